extension CharterReader {
    /// When a clause applies. Notes a condition that can never hold.
    mutating func condition(_ entry: SourceEntry) -> Condition? {
        guard let read = condition(entry.value, named: entry.keySpan) else { return nil }
        // Counted as written, before any work that grows with it.
        guard read.tests <= Condition.maximumTests else {
            log.error(
                "too-many", at: entry.keySpan, "This condition makes more than \(Condition.maximumTests) tests.",
                help: "Declare a topic of your own under `topics:`, or make several clauses of it.")
            return nil
        }
        let condition = read.inNormalForm
        if !condition.canHold {
            log.warning(
                "never-applies", at: entry.keySpan, "This condition can never hold: its parts rule each other out.",
                help: "Several keys together mean all of them. For one or the other write `any:` or a list.")
        }
        return condition
    }

    private mutating func condition(_ node: SourceNode, named span: Range<Int>? = nil) -> Condition? {
        guard let fields = mapping(node, as: Grammar.condition, named: span) else { return nil }
        let errors = log.errors
        var parts: [Condition] = []
        parts += tests(fields["topic"], "topic") { reader, topic, span in
            guard topic.isIdentifier else {
                reader.badIdentifier(topic, at: span)
                return nil
            }
            reader.refer(to: topic, .topics, at: span)
            return .topic(topic)
        }
        parts += tests(fields["age"], "age") { reader, word, span in
            reader.choice(word, span, "age", of: AgeBand.self).map(Condition.age)
        }
        parts += tests(fields["role"], "role") { reader, role, span in
            guard role.isIdentifier else {
                reader.badIdentifier(role, at: span)
                return nil
            }
            reader.refer(to: role, .roles, at: span)
            return .role(role)
        }
        parts += tests(fields["channel"], "channel") { reader, channel, span in
            reader.channel(channel, at: span).map(Condition.channel)
        }
        parts += tests(fields["language"], "language") { reader, language, span in
            reader.language(language, at: span).map(Condition.language)
        }
        if let hours = fields["hour"].flatMap({ self.hours($0) }) { parts.append(hours) }
        if let risk = choice(fields["risk"], "risk", of: Risk.self) { parts.append(.risk(risk)) }
        for (key, together) in [("all", Condition.all), ("any", Condition.any)] {
            guard let entry = fields[key] else { continue }
            let inner = items(entry, key) { $0.condition($1) }
            if inner.isEmpty, log.errors == errors { emptyList(entry, key) }
            parts.append(together(inner))
        }
        if let entry = fields["not"], let inner = condition(entry.value, named: entry.keySpan) {
            parts.append(.not(inner))
        }
        guard log.errors == errors, !parts.isEmpty else { return nil }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    /// One test for each word behind a key, of which at least one must hold.
    private mutating func tests(
        _ entry: SourceEntry?, _ key: String, _ test: (inout CharterReader, String, Range<Int>) -> Condition?
    ) -> [Condition] {
        guard let entry else { return [] }
        let words = oneOrMore(entry, key)
        let tests = words.compactMap { test(&self, $0.text, $0.span) }
        return tests.count > 1 ? [.any(tests)] : tests
    }

    private mutating func hours(_ entry: SourceEntry) -> Condition? {
        guard let text = sentence(entry, "hour") else { return nil }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { part -> Int? in
            let isNumber =
                (1...2).contains(part.utf8.count) && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
            return isNumber ? Int(part) : nil
        }
        guard parts.count == 2, let from = parts[0], let until = parts[1], from <= 23, until <= 24 else {
            log.error(
                "bad-hours", at: entry.value.span, "`\(text.prefix(80))` is not a range of hours.",
                help:
                    "Write two hours from 0 to 24 with a hyphen, as in `hour: 21-6` for nine in the evening to six in the morning."
            )
            return nil
        }
        guard from != until % 24 else {
            log.error(
                "bad-hours", at: entry.value.span, "These hours end where they start.",
                help:
                    "The second hour is where the range ends, as in `hour: 21-22`. For the whole day leave `hour` out.")
            return nil
        }
        return .hours(from: from, until: until % 24)
    }

    private mutating func channel(_ channel: String, at span: Range<Int>) -> String? {
        guard channel.isIdentifier else {
            badIdentifier(channel, at: span)
            return nil
        }
        if !KnownChannel.names.contains(channel), let near = nearMiss(of: channel, among: KnownChannel.names) {
            log.warning(
                "unknown-word", at: span, "`\(channel)` is none of the common channels, and close to one.",
                help: "Did you mean `\(near)`?")
        }
        return channel
    }

    mutating func language(_ language: String, at span: Range<Int>) -> String? {
        let isSubtag = { (text: Substring) in
            (2...3).contains(text.utf8.count) && text.utf8.allSatisfy { (0x61...0x7A).contains($0) }
        }
        guard isSubtag(language[...]) else {
            let first = language.lowercased().prefix { $0 != "-" && $0 != "_" }
            log.error(
                "bad-language", at: span, "`\(language.prefix(80))` is not the code of a language.",
                help: isSubtag(first)
                    ? "Write only the language: `\(first)`."
                    : "Write two or three lower-case letters, as in `en`, `de` or `yue`.")
            return nil
        }
        return language
    }
}
