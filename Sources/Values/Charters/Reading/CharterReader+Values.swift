import Foundation

/// The keys of one mapping, each once.
struct Fields {
    /// Where to point when a key is missing.
    let span: Range<Int>
    fileprivate var entries: [String: SourceEntry] = [:]
    fileprivate var unusable: Set<String> = []

    /// The key with its value. Nil when it is missing or has no value.
    subscript(key: String) -> SourceEntry? { entries[key] }

    /// Whether the key was written, even if nothing usable stands behind it.
    func isPresent(_ key: String) -> Bool { entries[key] != nil || unusable.contains(key) }
}

extension CharterReader {
    /// The keys of a mapping that are known. Notes keys that are unknown, written twice or without a value.
    mutating func fields(
        of node: SourceNode, in what: String, known: [String], later: [String: String] = [:], at span: Range<Int>? = nil
    ) -> Fields {
        var fields = Fields(span: span ?? node.span)
        guard case .map(let entries) = node.form else { return fields }
        var first: [String: Range<Int>] = [:]
        for entry in entries {
            if let span = first.updateValue(entry.keySpan, forKey: entry.key) {
                first[entry.key] = span
                duplicate(
                    entry, of: span, help: "Put both together under one `\(entry.key.prefix(80)):`, or take one away.")
                continue
            }
            if known.contains(entry.key) {
                switch entry.value.form {
                case .empty:
                    fields.unusable.insert(entry.key)
                    log.error(
                        "empty", at: entry.keySpan, "`\(entry.key)` has nothing behind it.",
                        help: "Write its value, or take the line away.")
                case .broken:
                    fields.unusable.insert(entry.key)
                default:
                    fields.entries[entry.key] = entry
                }
            } else if let use = later[entry.key] {
                log.error(
                    "not-yet", at: entry.keySpan,
                    "This version of Trellis does not read `\(entry.key)` yet (it will \(use)).",
                    help:
                        "Take the section away for now. It is refused because a charter must not promise what nothing carries out."
                )
            } else if !log.isFull {
                let near = nearMiss(of: entry.key, among: known + later.keys.sorted())
                log.error(
                    "unknown-key", at: entry.keySpan, "There is no key `\(entry.key.prefix(80))` in \(what).",
                    help: near.map { "Did you mean `\($0)`?" } ?? "The keys here are: \(known.joined(separator: ", "))."
                )
            } else {
                log.error("unknown-key", at: entry.keySpan, "", help: "")
            }
        }
        return fields
    }

    /// The keys of something that must be a mapping. Missing keys are noted at the mapping's name, if it has one.
    mutating func mapping(
        _ node: SourceNode, of what: String, named span: Range<Int>? = nil, known: [String], example: String
    ) -> Fields? {
        guard case .map = node.form else {
            wrongType(node, "\(what) is a mapping", help: "Under it, further in, write \(example).")
            return nil
        }
        return fields(of: node, in: what, known: known, at: span)
    }

    /// The clauses of a section whose keys are names.
    mutating func named<Clause>(
        _ entry: SourceEntry?, _ section: String, _ read: (inout CharterReader, SourceEntry) -> Clause?
    ) -> [Clause] {
        guard let entry else { return [] }
        guard case .map(let entries) = entry.value.form else {
            wrongType(
                entry.value, "`\(section)` is a mapping of names",
                help: "Under `\(section):`, further in, write a name and a colon, and under that what belongs to it.")
            return []
        }
        var clauses: [Clause] = []
        var first: [String: Range<Int>] = [:]
        for entry in entries {
            if let span = first.updateValue(entry.keySpan, forKey: entry.key) {
                first[entry.key] = span
                duplicate(entry, of: span, help: "Give one of them another name, or put them together.")
                continue
            }
            if !entry.key.isIdentifier { badIdentifier(entry.key, at: entry.keySpan) }
            if let clause = read(&self, entry) { clauses.append(clause) }
        }
        return clauses
    }

    private mutating func duplicate(_ entry: SourceEntry, of first: Range<Int>, help: String) {
        let line = log.source.lineNumber(of: first.lowerBound)
        log.error(
            "duplicate-key", at: entry.keySpan,
            "`\(entry.key.prefix(80))` stands here a second time: the first is in line \(line).", help: help)
    }

    private mutating func badIdentifier(_ text: String, at span: Range<Int>) {
        log.error(
            "bad-id", at: span, "`\(text.prefix(80))` can't be a name.",
            help:
                "Names are lower-case letters a to z, digits and single hyphens, start with a letter, and have at most 64 characters"
                + (text.asIdentifier.map { ": write `\($0)`." } ?? "."))
    }

    /// The items of a list.
    mutating func items<Item>(
        _ entry: SourceEntry?, _ key: String, _ read: (inout CharterReader, SourceNode) -> Item?
    ) -> [Item] {
        guard let entry else { return [] }
        guard case .list(let nodes) = entry.value.form else {
            wrongType(entry.value, "`\(key)` is a list", help: "Start each item on a line of its own with `- `.")
            return []
        }
        var items: [Item] = []
        for node in nodes {
            switch node.form {
            case .empty:
                log.error("empty", at: node.span, "This item of `\(key)` is empty.", help: "Write it, or take it away.")
            case .broken:
                continue
            default:
                if let item = read(&self, node) { items.append(item) }
            }
        }
        return items
    }

    /// A list of sentences, with where each stands. Notes one that stands twice.
    mutating func sentences(_ entry: SourceEntry?, _ key: String) -> [(text: String, span: Range<Int>)] {
        var seen: Set<String> = []
        return items(entry, key) { reader, node in
            guard let text = reader.sentence(node, "an item of `\(key)`") else { return nil }
            guard seen.insert(text).inserted else {
                reader.log.warning(
                    "said-twice", at: node.span, "This stands twice under `\(key)`.", help: "Take one of them away.")
                return nil
            }
            return (text, node.span)
        }
    }

    mutating func identifiers(_ entry: SourceEntry?, _ key: String) -> [String] {
        sentences(entry, key).compactMap { text, span in
            guard text.isIdentifier else {
                badIdentifier(text, at: span)
                return nil
            }
            return text
        }
    }

    /// One of a fixed set of words.
    mutating func choice<Choice: RawRepresentable<String>>(
        _ entry: SourceEntry?, _ key: String, among choices: [Choice]
    ) -> Choice? {
        guard let entry, let text = sentence(entry, key) else { return nil }
        return choice(text, entry.value.span, key, among: choices)
    }

    mutating func choices<Choice: RawRepresentable<String>>(
        _ entry: SourceEntry?, _ key: String, among choices: [Choice]
    ) -> [Choice] {
        sentences(entry, key).compactMap { choice($0.text, $0.span, key, among: choices) }
    }

    private mutating func choice<Choice: RawRepresentable<String>>(
        _ text: String, _ span: Range<Int>, _ key: String, among choices: [Choice]
    ) -> Choice? {
        if let choice = Choice(rawValue: text) { return choice }
        let words = choices.map(\.rawValue)
        log.error(
            "unknown-word", at: span, "`\(text.prefix(80))` is not one of the words for `\(key)`.",
            help: nearMiss(of: text, among: words).map { "Did you mean `\($0)`?" }
                ?? "Write one of: \(words.joined(separator: ", ")).")
        return nil
    }

    mutating func days(_ entry: SourceEntry, _ key: String) -> Int? {
        guard let text = sentence(entry, key) else { return nil }
        guard text.last == "d", let days = Int(text.dropLast()), (1...36_500).contains(days),
            text.utf8.first != UInt8(ascii: "+"), text.utf8.first != UInt8(ascii: "0")
        else {
            log.error(
                "bad-duration", at: entry.value.span, "`\(text.prefix(80))` is not a number of days.",
                help: "Write a whole number from 1 to 36500 and a `d`, as in `\(key): 180d`.")
            return nil
        }
        return days
    }

    mutating func wholeNumber(_ entry: SourceEntry, _ key: String) -> Int? {
        guard let text = sentence(entry, key) else { return nil }
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), text.utf8.first != UInt8(ascii: "0"),
            let number = Int(text), number <= 1_000_000_000
        else {
            log.error(
                "bad-number", at: entry.value.span, "`\(text.prefix(80))` is not a whole number above zero.",
                help: "Write digits only, as in `\(key): 30`.")
            return nil
        }
        return number
    }

    mutating func share(_ entry: SourceEntry, _ key: String) -> Share? {
        guard let text = sentence(entry, key) else { return nil }
        guard let share = Share(text) else {
            log.error(
                "bad-number", at: entry.value.span, "`\(text.prefix(80))` is not a share.",
                help: "Write a decimal from 0 to 1 with at most four digits behind the point, as in `\(key): 0.31`.")
            return nil
        }
        return share
    }

    mutating func sentence(_ entry: SourceEntry, _ key: String) -> String? {
        sentence(entry.value, "`\(key)`")
    }

    /// A text on one line: every run of spaces and line breaks counts as one space, so layout carries no meaning.
    private mutating func sentence(_ node: SourceNode, _ what: String) -> String? {
        guard let text = text(node, what) else { return nil }
        let words = text.split { $0 == " " || $0.isNewline || $0 == "\t" }
        return nonempty(words.joined(separator: " "), node, what)
    }

    mutating func passage(_ entry: SourceEntry, _ key: String) -> String? {
        guard let text = text(entry.value, "`\(key)`") else { return nil }
        return nonempty(text.trimmingCharacters(in: .whitespacesAndNewlines), entry.value, "`\(key)`")
    }

    mutating func requiredSentence(
        _ fields: Fields, _ key: String, of what: String, at span: Range<Int>, help: String
    ) -> String? {
        guard let entry = required(fields, key, of: what, at: span, help: help) else { return nil }
        return sentence(entry, key)
    }

    mutating func requiredPassage(
        _ fields: Fields, _ key: String, of what: String, at span: Range<Int>, help: String
    ) -> String? {
        guard let entry = required(fields, key, of: what, at: span, help: help) else { return nil }
        return passage(entry, key)
    }

    private mutating func required(
        _ fields: Fields, _ key: String, of what: String, at span: Range<Int>, help: String
    ) -> SourceEntry? {
        if let entry = fields[key] { return entry }
        if !fields.isPresent(key) {
            missing(at: span, "\(what.capitalizedFirst) needs `\(key)`, and here is none.", help: help)
        }
        return nil
    }

    /// Notes that something is missing, unless parts of the file couldn't be read: it may well stand there.
    mutating func missing(at span: Range<Int>, _ message: String, help: String) {
        guard !isPartial else { return }
        log.error("missing-key", at: span, message, help: help)
    }

    private mutating func text(_ node: SourceNode, _ what: String) -> String? {
        guard case .text(let text) = node.form else {
            wrongType(
                node, "\(what) is a text",
                help: "Write a text behind the colon. If it has `: ` or `#` in it, put it in quotes.")
            return nil
        }
        // Composed and decomposed letters look alike, so they must mean alike (Unicode NFC).
        return text.utf8.allSatisfy { $0 < 0x80 } ? text : text.precomposedStringWithCanonicalMapping
    }

    private mutating func nonempty(_ text: String, _ node: SourceNode, _ what: String) -> String? {
        guard text.isEmpty else { return text }
        log.error("empty", at: node.span, "\(what.capitalizedFirst) is empty.", help: "Write it, or take it away.")
        return nil
    }

    private mutating func wrongType(_ node: SourceNode, _ rule: String, help: String) {
        if case .broken = node.form { return }
        log.error("wrong-type", at: node.span, "\(rule.capitalizedFirst), and this is \(node.kind).", help: help)
    }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
