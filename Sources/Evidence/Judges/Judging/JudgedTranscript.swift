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
        /// The words as quotes are compared with them.
        let comparable: ComparableText
        /// Where a line begins that pretends to be the head of another turn. Nil: nowhere.
        let staged: String.Index?

        init(number: Int, isAssistants: Bool, words: String) {
            self.number = number
            self.isAssistants = isAssistants
            self.words = words
            comparable = ComparableText(words)
            staged = Self.stagedTurn(in: words)
        }

        /// The first line such as `[reply 2]` or `Person 3:`, as no turn has one of its own.
        private static func stagedTurn(in words: String) -> String.Index? {
            words.split(whereSeparator: \.isNewline).first { line in
                let line = line.lowercased().drop { !$0.isLetter && $0 != "[" }
                let isBracketed = line.hasPrefix("[")
                let inner = line.drop { $0 == "[" }
                guard let name = speakers.first(where: { inner.hasPrefix($0) }) else { return false }
                let rest = inner.dropFirst(name.count).drop { $0 == " " || $0.isNumber }
                return rest.first == (isBracketed ? "]" : ":") && (isBracketed || name != "reply")
            }?.startIndex
        }

        private static let speakers = ["reply", "person", "assistant", "user", "human"]
    }

    let turns: [Turn]
    /// The share of the assistant's letters that is shown, from 0 to 1.
    let shown: Double
    /// Words that can't stand in the conversation, to mark where it and each of its turns begin: nobody who writes a turn
    /// knows them.
    let fence: String

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
        let told = turns.map { "\($0.isAssistants) \($0.number)\n\($0.words)" }.joined(separator: "\n\n")
        fence = String(sha256Hexadecimal("trellis judge\n\(told)".utf8).prefix(16))
        shown = said == 0 ? 0 : min(1, Double(seen) / Double(said))
    }

    /// Whether the assistant says anything in it.
    var hasReplies: Bool { turns.contains { $0.isAssistants && $0.words.contains { !$0.isWhitespace } } }

    /// The turns in words, each under a head that holds the mark, so that none can be made up inside another. "Reply"
    /// stands for whoever wrote them.
    var text: String {
        turns.map { turn in
            "[\(turn.isAssistants ? "reply" : "person") \(turn.number) · \(fence)]\n\(turn.words)"
        }.joined(separator: "\n\n")
    }

    /// Where a quote stands, and how it stands there.
    enum Place: Hashable {
        case reply(Int, words: String)
        /// In a reply, behind a line that pretends to be another turn.
        case staged
        /// The person said it, perhaps before the assistant repeated it.
        case person
        case nowhere
    }

    /// Finds a quote word for word, in the turn that says it first: what the person said isn't the assistant's when it is
    /// repeated. Only blanks may differ, kinds of quotation marks, apostrophes, dashes and dots, how accents are written,
    /// and letters that don't show: models write those as they please.
    func place(of quote: String) -> Place {
        let wanted = ComparableText(quote).scalars
        guard !wanted.isEmpty else { return .nowhere }
        for turn in turns {
            guard let part = turn.comparable.part(like: wanted) else { continue }
            guard turn.isAssistants else { return .person }
            if let staged = turn.staged, part.upperBound > staged { return .staged }
            return .reply(turn.number, words: String(turn.words[part]))
        }
        return .nowhere
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
