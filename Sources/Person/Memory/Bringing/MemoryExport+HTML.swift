import Charters
import Consents

extension MemoryExport {
    /// The page as one HTML file that needs nothing else, to be read on a screen or printed: what is held by kind, then
    /// what waits for the person's word, then what is past.
    ///
    /// Every word of the person is escaped, so none of it can become markup.
    public var html: String {
        let byID = Dictionary(items.map { ($0.id, $0) }) { first, _ in first }
        let held = items.filter { $0.status == .confirmed && $0.closedAt == nil }
        var body = "<p>Made on \(Self.day(exportedAt)) in universal time. \(Self.count(items.count)) "
        body += "Everything here is yours: you can have it corrected, taken along or erased at any time.</p>\n"
        func section(_ title: String, _ says: String, _ chosen: [MemoryItem]) {
            guard !chosen.isEmpty else { return }
            body += "<section>\n<h2>\(title.escapedForHTML)</h2>\n<p>\(says.escapedForHTML)</p>\n<ul>\n"
            for item in chosen { body += Self.entry(item, among: byID) }
            body += "</ul>\n</section>\n"
        }
        for kind in MemoryItem.Kind.allCases {
            section(Self.title(kind), Self.meaning(kind), held.filter { $0.kind == kind })
        }
        section(
            "Waiting for your word", "This was read out of what you said. It is used for nothing until you confirm it.",
            items.filter { $0.status == .proposed && $0.closedAt == nil })
        section(
            "You said that this is not so", "It is used for nothing, and not proposed again while it is kept.",
            items.filter { $0.status == .rejected })
        section(
            "No longer held", "It was replaced, came to an end, or was taken back. It is used for nothing.",
            items.filter { $0.closedAt != nil && $0.status != .rejected })
        if !retention.isEmpty {
            body += "<section>\n<h2>How long it is kept</h2>\n<dl>\n"
            for (kind, days) in retention.sorted(by: { $0.key < $1.key }) {
                body += "<dt>\(kind.escapedForHTML)</dt><dd>\(days) days</dd>\n"
            }
            body += "</dl>\n</section>\n"
        }
        return HTMLPage(title: "What is remembered of you", body: body, style: Self.style).text
    }

    private static let style = """
        section li { margin: 0.9rem 0; break-inside: avoid; }
        section li p { margin: 0; }
        .notes { font-size: 0.9rem; opacity: 0.85; }
        """

    private static func count(_ number: Int) -> String {
        switch number {
        case 0: "Nothing is remembered."
        case 1: "One thing is remembered, past ones included."
        default: "\(number) things are remembered, past ones included."
        }
    }

    /// What a kind is, in a sentence.
    private static func meaning(_ kind: MemoryItem.Kind) -> String {
        switch kind {
        case .value: "Values: what you hold to on reflection. They weigh more than a passing wish."
        case .goal: "Goals: what you are working toward. They weigh more than a passing wish."
        case .commitment: "Commitments, often with a day. They weigh more than a passing wish."
        case .preference: "Preferences: what you like or want for now."
        case .skill: "Skills: what you can do without help."
        case .relationship: "Relationships: the people in your life."
        case .episode: "Episodes, and when they were."
        case .fact: "Anything else that is so."
        }
    }

    /// An item with what it is, since when, where from, and what it stands against.
    private static func entry(_ item: MemoryItem, among byID: [MemoryItem.ID: MemoryItem]) -> String {
        var sentences = [since(item)]
        if let origin = item.origin {
            sentences.append("From the conversation “\(origin.conversation)”, turn \(origin.turn).")
        }
        if let speaker = item.speaker { sentences.append("Said by \(speaker).") }
        switch (item.validFrom, item.validUntil) {
        case (let from?, let until?): sentences.append("True from \(day(from)) until \(day(until)).")
        case (let from?, nil): sentences.append("True from \(day(from)) on.")
        case (nil, let until?): sentences.append("True until \(day(until)).")
        case (nil, nil): break
        }
        if let due = item.due { sentences.append("To be done by \(day(due)).") }
        if item.confidence < 1 { sentences.append("\(Int((item.confidence * 100).rounded())) % sure.") }
        if item.isPinned { sentences.append("Pinned: kept whatever its kind’s time is.") }
        for link in item.links {
            let other = byID[link.item].map { "“\($0.words)”" } ?? "something that was erased"
            switch link.relation {
            case .conflictsWith:
                sentences.append("Pulls against \(other). Both are kept, because nobody decided for you.")
            case .replaces: sentences.append("In the place of \(other).")
            case .supports: sentences.append("A reason for \(other).")
            }
        }
        if let closedAt = item.closedAt { sentences.append("Held until \(day(closedAt)).") }
        let notes = sentences.map(\.escapedForHTML).joined(separator: " ")
        return "<li><p dir=\"auto\">\(item.words.escapedForHTML)</p><p class=\"notes\">\(notes)</p></li>\n"
    }

    private static func since(_ item: MemoryItem) -> String {
        let day = day(item.recordedAt)
        return switch (item.source, item.status) {
        case (.stated, _): "You said so on \(day)."
        case (.inferred, .confirmed): "Read out of your words on \(day), and held with your leave."
        case (.inferred, _): "Read out of your words on \(day)."
        case (.imported, _): "Brought in from a file; first held on \(day)."
        }
    }
}
