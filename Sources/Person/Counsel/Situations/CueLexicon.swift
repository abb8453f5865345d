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
        let places: [Place]
    }

    /// One place of a phrase.
    struct Place: Sendable {
        /// What may stand there.
        var literals: [Literal]
        /// How many bytes may stand between the place before and this one.
        var reach: Int
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
                phrases.append(
                    Phrase(group: groups.count - 1, language: "*", places: [Place(literals: [folded], reach: 0)]))
            }
        }
    }

    /// The part of the lexicon whose groups are wanted.
    func keeping(_ isWanted: (Group) -> Bool) -> CueLexicon {
        var kept = CueLexicon()
        var numbers: [Int: Int] = [:]
        for (number, group) in groups.enumerated() where isWanted(group) {
            numbers[number] = kept.groups.count
            kept.groups.append(group)
        }
        kept.phrases = phrases.compactMap { phrase in
            numbers[phrase.group].map { Phrase(group: $0, language: phrase.language, places: phrase.places) }
        }
        return kept
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
        var simple: [Place] = []
        var composed: [(place: Int, literals: [Literal])] = []
        let texts = Self.places(phrase).flatMap(Self.pieces)
        for (place, (text, reach)) in texts.enumerated() {
            simple.append(Place(literals: [], reach: reach))
            for alternative in Self.expanded(text) {
                let literals = Self.literals(alternative)
                guard !literals.isEmpty, literals.allSatisfy({ !$0.bytes.isEmpty }) else {
                    problems.append(line)
                    return
                }
                if literals.count == 1 {
                    simple[place].literals += literals
                } else {
                    composed.append((place, literals))
                }
            }
        }
        guard !simple.isEmpty else { return }
        func keep(_ places: [Place]) {
            if places.allSatisfy({ !$0.literals.isEmpty }) {
                phrases.append(Phrase(group: group, language: language, places: places))
            }
        }
        keep(simple)
        for (place, literals) in composed {
            let own = literals.enumerated().map { index, literal in
                Place(literals: [literal], reach: index == 0 ? simple[place].reach : Self.reach)
            }
            keep(simple[..<place] + own + simple[(place + 1)...])
        }
    }

    /// More alternatives than this in one place, and the place is cut where its brackets meet.
    private static let manyAlternatives = 24

    /// A place, cut into several that stand side by side when spelling it out would take too many literals. A bracket
    /// that may be left out becomes a gap as long as its longest alternative.
    private static func pieces(_ place: String) -> [(text: String, reach: Int)] {
        guard alternatives(place[...]) > manyAlternatives else { return [(place, reach)] }
        var pieces: [(text: String, reach: Int)] = []
        var current = ""
        var gap = reach
        func hasWords(_ text: String) -> Bool { text.contains { $0 != " " } }
        func cut(gapping next: Int) {
            let all = hasWords(current) ? expanded(current) : []
            if all.contains(where: { !hasWords($0) }) {
                gap += (all.map { FoldedText($0).bytes.count }.max() ?? 0) + next
            } else if hasWords(current) {
                pieces.append((current, gap))
                gap = next
            } else if !pieces.isEmpty {
                gap += next
            }
            current = ""
        }
        for part in parts(place) {
            if part.hasPrefix("("), let length = lengthIfFiller(part) {
                cut(gapping: length + 1)
            } else if part.hasPrefix("("), current.last == " ", hasWords(current) {
                cut(gapping: 1)
                current = part
            } else if part.first == " ", current.last == ")" {
                cut(gapping: 1)
                current = part
            } else {
                current += part
            }
        }
        cut(gapping: 0)
        return pieces
    }

    /// Text and brackets of the outermost level, in order.
    private static func parts(_ text: String) -> [String] {
        var parts = [""]
        var depth = 0
        for letter in text {
            if letter == "(", depth == 0, parts.last != "" { parts.append("") }
            if letter == "(" { depth += 1 }
            parts[parts.count - 1].append(letter)
            if letter == ")" {
                depth -= 1
                if depth == 0 { parts.append("") }
            }
        }
        return parts.filter { $0 != "" }
    }

    /// The length of a bracket's longest alternative in bytes, if it may be left out and holds whole words.
    private static func lengthIfFiller(_ bracket: String) -> Int? {
        let all = expanded(bracket)
        guard all.contains(""), all.allSatisfy({ $0 == "" || $0.last == " " || $0.first == " " }) else { return nil }
        return all.map { FoldedText($0).bytes.count }.max()
    }

    /// How many literals a text would spell out to.
    private static func alternatives(_ text: Substring) -> Int {
        parts(String(text)).reduce(1) { product, part in
            guard part.hasPrefix("("), product < 100_000 else { return product }
            return product * inner(part.dropFirst().dropLast()).reduce(0) { $0 + alternatives($1) }
        }
    }

    /// What stands between the bars of the outermost level.
    private static func inner(_ text: Substring) -> [Substring] {
        var found: [Substring] = []
        var depth = 0
        var from = text.startIndex
        for index in text.indices {
            switch text[index] {
            case "(": depth += 1
            case ")": depth -= 1
            case "|" where depth == 0:
                found.append(text[from..<index])
                from = text.index(after: index)
            default: break
            }
        }
        return found + [text[from...]]
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

    /// Every reading of the alternatives in brackets, and of letters that may be left out.
    static func expanded(_ text: String) -> [String] { expanded(text[...]) }

    private static func expanded(_ text: Substring) -> [String] {
        guard let open = text.firstIndex(of: "(") else { return withOptionalLetters(text) }
        var depth = 0
        var close: Substring.Index?
        var bars: [Substring.Index] = []
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
        guard let close else { return [] }
        var middles: [String] = []
        var from = text.index(after: open)
        for end in bars + [close] {
            middles += expanded(text[from..<end])
            from = text.index(after: end)
        }
        let rests = expanded(text[text.index(after: close)...])
        return withOptionalLetters(text[..<open]).flatMap { front in
            middles.flatMap { middle in rests.map { front + middle + $0 } }
        }
    }

    private static func withOptionalLetters(_ text: Substring) -> [String] {
        guard let mark = text.firstIndex(of: "?"), mark > text.startIndex else { return [String(text)] }
        let letter = text.index(before: mark)
        return withOptionalLetters(text[text.index(after: mark)...]).flatMap { rest in
            [String(text[..<mark]) + rest, String(text[..<letter]) + rest]
        }
    }
}
