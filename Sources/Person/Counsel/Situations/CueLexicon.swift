/// Words and phrases in several languages that point to a signal or a topic.
///
/// A lexicon is written as text, because people who speak a language should be able to read and mend it:
///
///     = write-it-for-me: finished-work .85, topic/schoolwork .5
///     en: (write|do) … (essay|homework); finish my thesis
///     de: schreib* … aufsatz
///
/// A line with `=` opens a group: its id, then the features it points to, each with how surely (0…1). Below it stand
/// phrases by language (`*`: any), apart by semicolons. `(a|b)` is either; an empty alternative leaves the word out;
/// `…` stands for up to ``reach`` bytes within one sentence; `*` at the end of a word is any ending; `?` after a letter
/// leaves the letter out or in; `⁇` is a question mark that must stand there.
struct CueLexicon: Sendable {
    /// How far `…` reaches, in bytes of the folded text.
    static let reach = 48

    /// A phrase: literals that follow each other in one sentence.
    struct Phrase: Sendable {
        let group: Int
        let language: String
        /// For each place the literals that may stand there.
        let places: [[Literal]]
    }

    /// A piece of folded text that a phrase looks for.
    struct Literal: Sendable, Hashable {
        let bytes: [UInt8]
        /// Whether the word may go on.
        let isOpen: Bool
    }

    /// Phrases that mean the same thing.
    struct Group: Sendable {
        /// Its id, which stands as evidence in readings.
        let id: String
        /// The features that it points to, and how surely each.
        let weights: [(feature: String, weight: Double)]
    }

    private(set) var groups: [Group] = []
    private(set) var phrases: [Phrase] = []
    /// Lines that couldn't be read. A test holds the built-in lexicon to none.
    private(set) var problems: [String] = []

    init() {}

    /// Reads lexicon text and adds it.
    mutating func add(_ text: String) {
        for line in text.split(separator: "\n") {
            let line = line.drop { $0 == " " }
            if line.isEmpty || line.hasPrefix("#") { continue }
            if line.hasPrefix("=") {
                addGroup(line.dropFirst())
            } else if let colon = line.firstIndex(of: ":"), !groups.isEmpty {
                let language = String(line[..<colon])
                for phrase in line[line.index(after: colon)...].split(separator: ";") {
                    add(phrase: String(phrase), language: language, line: String(line))
                }
            } else {
                problems.append(String(line))
            }
        }
    }

    /// Adds one group and the phrases of it that are plain text, as a charter's own cues are.
    mutating func add(group id: String, feature: String, weight: Double, literals: [String]) {
        groups.append(Group(id: id, weights: [(feature, weight)]))
        for text in literals {
            let folded = Self.literal(text)
            if folded.bytes.count >= 2 {
                phrases.append(Phrase(group: groups.count - 1, language: "*", places: [[folded]]))
            }
        }
    }

    private mutating func addGroup(_ line: Substring) {
        let parts = line.split(separator: ":", maxSplits: 1)
        let weights = parts.dropFirst().first?.split(separator: ",").map { pair -> (String, Double)? in
            let words = pair.split(separator: " ")
            guard words.count == 2, let weight = Double(words[1].hasPrefix(".") ? "0\(words[1])" : "\(words[1])"),
                (0...1).contains(weight)
            else { return nil }
            return (String(words[0]), weight)
        }
        guard let weights, !weights.contains(where: { $0 == nil }) else {
            problems.append(String(line))
            return
        }
        let id = parts[0].split(separator: " ").joined()
        groups.append(Group(id: id, weights: weights.compactMap(\.self)))
    }

    private mutating func add(phrase: String, language: String, line: String) {
        let group = groups.count - 1
        // Alternatives that are one literal each stay together in their place; one with a gap of its own becomes a
        // phrase of its own.
        var simple: [[Literal]] = []
        var composed: [(place: Int, literals: [Literal])] = []
        for (place, text) in Self.places(phrase).enumerated() {
            simple.append([])
            for alternative in Self.expanded(text) {
                let literals = Self.literals(alternative)
                guard !literals.isEmpty, literals.allSatisfy({ !$0.bytes.isEmpty }) else {
                    problems.append(line)
                    return
                }
                if literals.count == 1 { simple[place] += literals } else { composed.append((place, literals)) }
            }
            if simple[place].isEmpty, !composed.contains(where: { $0.place == place }) {
                problems.append(line)
                return
            }
        }
        guard !simple.isEmpty else { return }
        func keep(_ places: [[Literal]]) {
            if places.allSatisfy({ !$0.isEmpty }) {
                phrases.append(Phrase(group: group, language: language, places: places))
            }
        }
        keep(simple)
        for (place, literals) in composed {
            keep(simple[..<place] + literals.map { [$0] } + simple[(place + 1)...])
        }
    }

    /// The places of a phrase: what stands between gaps outside brackets.
    private static func places(_ text: String) -> [String] {
        var places = [""]
        var depth = 0
        for letter in text {
            switch letter {
            case "(": depth += 1
            case ")": depth -= 1
            case "…" where depth == 0:
                places.append("")
                continue
            default: break
            }
            places[places.count - 1].append(letter)
        }
        return places
    }

    /// The literals of an alternative: apart at `…`, and after `*` inside it.
    private static func literals(_ text: String) -> [Literal] {
        text.replacing("*", with: "*…").split(separator: "…").filter { $0.contains { $0 != " " } }.map {
            literal(String($0))
        }
    }

    private static func literal(_ text: String) -> Literal {
        let trimmed = text.reversed().drop { $0 == " " }
        return Literal(bytes: FoldedText(text).bytes, isOpen: trimmed.first == "*")
    }

    /// Every reading of the alternatives in brackets.
    static func expanded(_ text: String) -> [String] {
        if let mark = text.firstIndex(of: "?") {
            let letter = mark > text.startIndex ? text.index(before: mark) : mark
            let rest = text[text.index(after: mark)...]
            return expanded(String(text[..<mark] + rest)) + expanded(String(text[..<letter] + rest))
        }
        guard let open = text.firstIndex(of: "(") else { return [text] }
        var depth = 0
        var close = open
        var bars: [String.Index] = []
        for index in text[open...].indices {
            switch text[index] {
            case "(": depth += 1
            case ")": depth -= 1
            case "|" where depth == 1: bars.append(index)
            default: break
            }
            if depth == 0 {
                close = index
                break
            }
        }
        guard close > open else { return [] }
        var alternatives: [Substring] = []
        var from = text.index(after: open)
        for end in bars + [close] {
            alternatives.append(text[from..<end])
            from = text.index(after: end)
        }
        let rests = expanded(String(text[text.index(after: close)...]))
        return alternatives.flatMap { alternative in
            expanded(String(alternative)).flatMap { inner in rests.map { text[..<open] + inner + $0 } }
        }
    }
}
