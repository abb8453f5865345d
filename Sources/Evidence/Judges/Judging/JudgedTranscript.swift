import Charters
import Models

/// A conversation as a judge sees it: without system turns, which would tell the charter, and without who wrote it.
struct JudgedTranscript: Sendable {
    /// One turn that is shown.
    struct Turn: Sendable {
        /// Its number among the assistant's turns, or among the person's, from 1.
        let number: Int
        let isAssistants: Bool
        let words: String
    }

    let turns: [Turn]
    /// The share of the assistant's letters that is shown, from 0 to 1.
    let shown: Double

    /// The most bytes of a conversation that a judge is shown; its end counts more than its beginning.
    static let mostBytes = 24_000

    init(_ conversation: [ChatTurn], mostBytes: Int = mostBytes) {
        var numbers = (person: 0, assistant: 0)
        var all: [Turn] = []
        for turn in conversation where turn.role != .system {
            let isAssistants = turn.role == .assistant
            if isAssistants { numbers.assistant += 1 } else { numbers.person += 1 }
            all.append(
                Turn(
                    number: isAssistants ? numbers.assistant : numbers.person, isAssistants: isAssistants,
                    words: turn.content))
        }
        var room = mostBytes
        var kept: [Turn] = []
        for turn in all.reversed() {
            guard room > 0 else { break }
            let words = turn.words.utf8.count <= room ? turn.words : turn.words.lastPart(bytes: room)
            room -= words.utf8.count
            kept.append(Turn(number: turn.number, isAssistants: turn.isAssistants, words: words))
        }
        turns = kept.reversed()
        let said = all.reduce(0) { $0 + ($1.isAssistants ? $1.words.utf8.count : 0) }
        let seen = turns.reduce(0) { $0 + ($1.isAssistants ? $1.words.utf8.count : 0) }
        shown = said == 0 ? 0 : min(1, Double(seen) / Double(said))
    }

    /// Whether the assistant says anything in it.
    var hasReplies: Bool { turns.contains { $0.isAssistants && $0.words.contains { !$0.isWhitespace } } }

    /// The turns in words. "Reply" stands for whoever wrote them.
    var text: String {
        turns.map { turn in
            "[\(turn.isAssistants ? "reply" : "person") \(turn.number)]\n\(turn.words)"
        }.joined(separator: "\n\n")
    }

    /// Words that can't stand in the conversation, to mark where it begins and ends: nobody who writes a turn knows them.
    var fence: String { String(sha256Hexadecimal("trellis judge\n\(text)".utf8).prefix(16)) }

    /// Where a quote stands, and how it stands there.
    enum Place: Hashable {
        case reply(Int, words: String)
        case person
        case nowhere
    }

    /// Finds a quote word for word. Only runs of blanks and line breaks may differ, and what kind of quotation marks,
    /// apostrophes, dashes and dots stand in it: models write those as they please.
    func place(of quote: String) -> Place {
        let wanted = ComparableText(quote).scalars
        guard !wanted.isEmpty else { return .nowhere }
        for turn in turns where turn.isAssistants {
            if let words = ComparableText(turn.words).words(like: wanted) { return .reply(turn.number, words: words) }
        }
        let isPersons = turns.contains { !$0.isAssistants && ComparableText($0.words).words(like: wanted) != nil }
        return isPersons ? .person : .nowhere
    }
}

/// A text in the form in which quotes are compared, with the place of each letter in the text itself.
private struct ComparableText {
    let text: String
    private(set) var scalars: [Unicode.Scalar] = []
    private var places: [String.Index] = []

    init(_ text: String) {
        self.text = text
        var afterBlank = true
        for index in text.unicodeScalars.indices {
            let scalar = text.unicodeScalars[index]
            guard !scalar.properties.isWhitespace else {
                if !afterBlank { append(" ", index) }
                afterBlank = true
                continue
            }
            afterBlank = false
            switch scalar {
            case "\u{2018}", "\u{2019}", "\u{201A}", "\u{2032}": append("'", index)
            case "\u{201C}", "\u{201D}", "\u{201E}", "\u{00AB}", "\u{00BB}": append("\"", index)
            case "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2014}": append("-", index)
            case "\u{2026}": for _ in 0..<3 { append(".", index) }
            default: append(scalar, index)
            }
        }
        if scalars.last == " " {
            scalars.removeLast()
            places.removeLast()
        }
    }

    private mutating func append(_ scalar: Unicode.Scalar, _ index: String.Index) {
        scalars.append(scalar)
        places.append(index)
    }

    /// The first part of the text that is alike, as it stands.
    func words(like wanted: [Unicode.Scalar]) -> String? {
        guard let found = scalars.firstRange(of: wanted), let last = found.last else { return nil }
        return String(text.unicodeScalars[places[found.lowerBound]...places[last]])
    }
}

extension String {
    /// The end of the text, at most `bytes` long.
    fileprivate func lastPart(bytes: Int) -> String {
        var start = utf8.index(utf8.endIndex, offsetBy: -min(bytes, utf8.count))
        while start.samePosition(in: unicodeScalars) == nil { start = utf8.index(after: start) }
        return String(unicodeScalars[start...])
    }
}
