import Consents
import Memory

/// Items as a terminal shows them.
enum MemoryListing {
    /// How many columns a table takes at most, so that it fits a terminal or a page.
    static let columns = 100

    /// How an item stands, in a word.
    static func state(_ item: MemoryItem, at moment: Int64) -> String {
        switch item.status {
        case .rejected: "rejected"
        case .proposed: item.closedAt == nil ? "proposed" : "past"
        case .confirmed where item.closedAt != nil: "past"
        case .confirmed where item.validUntil.map({ $0 <= moment }) == true: "ended"
        case .confirmed: item.isPinned ? "pinned" : "held"
        }
    }

    /// Items as a table, their words cut to fit.
    static func table(_ items: [MemoryItem], at moment: Int64) -> Table {
        var table = Table(head: ["ITEM", "KIND", "STATE", "SINCE", "WORDS"])
        let kinds = items.map(\.kind.rawValue.count).max() ?? 0
        let states = items.map { state($0, at: moment).count }.max() ?? 0
        let room = columns - (26 + max(4, kinds) + max(5, states) + 10 + 4 * 2)
        for item in items {
            table.rows.append([
                item.id.description, item.kind.rawValue, state(item, at: moment), day(item.recordedAt),
                cut(WrappedText.plain(item.words), to: room),
            ])
        }
        return table
    }

    /// The day of a moment.
    static func day(_ moment: Int64) -> String { String(WrittenMoment.text(moment).prefix(10)) }

    /// The text, at most so many columns wide.
    static func cut(_ text: String, to width: Int) -> String {
        var cut = ""
        var used = 0
        for character in text {
            let columns = WrappedText.columns(of: character)
            guard used + columns <= width else {
                // One column is the ellipsis's.
                while used > width - 1, let last = cut.popLast() { used -= WrappedText.columns(of: last) }
                return cut + "…"
            }
            cut.append(character)
            used += columns
        }
        return cut
    }

    /// Everything about an item, a line each.
    static func lines(of item: MemoryItem, at moment: Int64) -> [(name: String, text: String)] {
        var lines: [(String, String)] = [
            ("kind", item.kind.rawValue), ("state", state(item, at: moment)), ("source", item.source.rawValue),
            ("since", WrittenMoment.text(item.recordedAt) + " UTC"),
        ]
        if let closedAt = item.closedAt { lines.append(("until", WrittenMoment.text(closedAt) + " UTC")) }
        if let origin = item.origin { lines.append(("from", "\(origin.conversation), turn \(origin.turn)")) }
        if let speaker = item.speaker { lines.append(("speaker", speaker)) }
        if let from = item.validFrom { lines.append(("true from", WrittenMoment.text(from) + " UTC")) }
        if let until = item.validUntil { lines.append(("true until", WrittenMoment.text(until) + " UTC")) }
        if let due = item.due { lines.append(("due", WrittenMoment.text(due) + " UTC")) }
        if item.confidence < 1 { lines.append(("sure", "\(Int((item.confidence * 100).rounded())) %")) }
        if item.isPinned { lines.append(("pinned", "yes")) }
        for link in item.links {
            let name =
                switch link.relation {
                case .supports: "reason for"
                case .conflictsWith: "conflicts"
                case .replaces: "replaces"
                }
            lines.append((name, link.item.description))
        }
        return lines.map { ($0.0, WrappedText.plain($0.1)) }
    }

    /// Shows an item in full.
    static func show(_ item: MemoryItem, at moment: Int64) {
        let out = Terminal.output
        out.line(out.styled(item.id.description, .bold))
        var wrapped = WrappedText(width: out.isInteractive ? out.columns - 1 : nil)
        out.line(wrapped.add(item.words) + wrapped.end())
        for (name, text) in lines(of: item, at: moment) {
            out.line("  " + name + String(repeating: " ", count: max(1, 12 - name.count)) + text)
        }
    }

    /// Shows some of a person's items, and says what there is beyond them.
    static func show(_ page: ItemPage, at moment: Int64, none: String) {
        guard !page.items.isEmpty else {
            Terminal.error.line(none)
            return
        }
        for line in table(page.items, at: moment).lines { Terminal.output.line(line) }
        if let next = page.next {
            Terminal.error.line("\(page.items.count) of \(page.total). The next ones: --before \(next)")
        }
    }
}
