extension CharterReader {
    mutating func badIdentifier(_ text: String, at span: Range<Int>) {
        log.error(
            "bad-id", at: span, "`\(text.prefix(80))` can't be a name.",
            help:
                "Names are lower-case letters a to z, digits and single hyphens, start with a letter, and have at most 64 characters"
                + (text.asIdentifier.map { ": write `\($0)`." } ?? "."))
    }

    /// A list of sentences, with where each stands. Notes one that stands twice.
    mutating func sentences(
        _ entry: SourceEntry?, _ key: String, mayRepeat: Bool = false
    ) -> [(text: String, span: Range<Int>)] {
        var found: [(text: String, span: Range<Int>)] = []
        // Lists in a charter are nearly always short, and there comparing beats hashing; a hostile file's long list is
        // hashed, so that reading stays linear.
        var many: Set<String> = []
        let _: [Never] = items(entry, key) { reader, node in
            guard let text = reader.sentence(node, "an item of `\(key)`") else { return nil }
            let isRepeated: Bool
            if found.count < 8 {
                isRepeated = found.contains { $0.text == text }
            } else {
                if many.isEmpty { many = Set(found.map(\.text)) }
                isRepeated = !many.insert(text).inserted
            }
            if isRepeated, !mayRepeat {
                reader.log.warning(
                    "said-twice", at: node.span, "This stands twice under `\(key)`.", help: "Take one of them away.")
            } else {
                found.append((text, node.span))
            }
            return nil
        }
        return found
    }

    /// One word, or a list of words that isn't empty.
    mutating func oneOrMore(_ entry: SourceEntry, _ key: String) -> [(text: String, span: Range<Int>)] {
        guard case .list(let nodes) = entry.value.form else {
            return sentence(entry, key).map { [($0, entry.value.span)] } ?? []
        }
        if nodes.isEmpty { emptyList(entry, key) }
        return sentences(entry, key)
    }

    mutating func emptyList(_ entry: SourceEntry, _ key: String) {
        log.error(
            "empty", at: entry.value.span, "The list of `\(key)` is empty.",
            help: "Write at least one item, or take the key away.")
    }

    mutating func identifier(_ entry: SourceEntry, _ key: String) -> String? {
        guard let text = sentence(entry, key) else { return nil }
        guard text.isIdentifier else {
            badIdentifier(text, at: entry.value.span)
            return nil
        }
        return text
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
    mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ entry: SourceEntry?, _ key: String, of type: Choice.Type
    ) -> Choice? {
        guard let entry, let text = sentence(entry, key) else { return nil }
        return choice(text, entry.value.span, key, of: type)
    }

    mutating func choices<Choice: RawRepresentable<String> & CaseIterable>(
        _ entry: SourceEntry?, _ key: String, of type: Choice.Type
    ) -> [Choice] {
        sentences(entry, key).compactMap { choice($0.text, $0.span, key, of: type) }
    }

    mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ text: String, _ span: Range<Int>, _ key: String, of type: Choice.Type
    ) -> Choice? {
        if let choice = Choice(rawValue: text) { return choice }
        let words = type.allCases.map(\.rawValue)
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

    mutating func wholeNumber(
        _ entry: SourceEntry, _ key: String, in allowed: ClosedRange<Int> = 1...1_000_000_000
    ) -> Int? {
        guard let text = sentence(entry, key) else { return nil }
        return wholeNumber(text, key, at: entry.value.span, in: allowed)
    }

    mutating func wholeNumber(
        _ text: String, _ key: String, at span: Range<Int>, in allowed: ClosedRange<Int>
    ) -> Int? {
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), text.utf8.first != UInt8(ascii: "0") || text == "0",
            let number = Int(text), allowed.contains(number)
        else {
            log.error(
                "bad-number", at: span,
                "`\(text.prefix(80))` is not a whole number from \(allowed.lowerBound) to \(allowed.upperBound).",
                help: "Write digits only, as in `\(key): \(min(30, allowed.upperBound))`.")
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
    private mutating func sentence(_ node: SourceNode, _ what: @autoclosure () -> String) -> String? {
        guard let text = text(node, what()) else { return nil }
        return text.isPlain ? text : nonempty(text.composed.onOneLine, node, what())
    }

    mutating func passage(_ entry: SourceEntry, _ key: String) -> String? {
        guard let text = text(entry.value, "`\(key)`") else { return nil }
        return text.isPlain ? text : nonempty(text.composed.trimmedLines, entry.value, "`\(key)`")
    }

    /// Notes that something is missing, unless parts of the file couldn't be read: it may well stand there.
    mutating func missing(at span: Range<Int>, _ message: String, help: String) {
        guard !isPartial else { return }
        log.error("missing-key", at: span, message, help: help)
    }

    private mutating func text(_ node: SourceNode, _ what: @autoclosure () -> String) -> String? {
        guard case .text(let text) = node.form else {
            wrongType(
                node, "\(what()) is a text",
                help: "Write a text behind the colon. If it has `: ` or `#` in it, put it in quotes.")
            return nil
        }
        return text
    }

    private mutating func nonempty(
        _ text: String, _ node: SourceNode, _ what: @autoclosure () -> String
    ) -> String? {
        guard text.isEmpty else { return text }
        log.error("empty", at: node.span, "\(what().capitalizedFirst) is empty.", help: "Write it, or take it away.")
        return nil
    }

    mutating func wrongType(_ node: SourceNode, _ rule: String, help: String) {
        if case .broken = node.form { return }
        log.error("wrong-type", at: node.span, "\(rule.capitalizedFirst), and this is \(node.kind).", help: help)
    }
}

extension String {
    /// The text with a capital at its start.
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
