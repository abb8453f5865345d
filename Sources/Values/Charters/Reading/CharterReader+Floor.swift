extension CharterReader {
    mutating func floorClause(_ entry: SourceEntry) -> FloorClause? {
        guard let fields = mapping(entry.value, as: Grammar.floorClause, named: entry.keySpan) else { return nil }
        let says = fields["says"].flatMap { sentence($0, "says") }
        let severity = choice(fields["severity"], "severity", of: FloorClause.Severity.self)
        let detection = fields["detect"].flatMap { self.detection($0) } ?? FloorClause.Detection()
        let instead = fields["instead"].flatMap { wording($0) }
        let to = fields["to"].map { resources($0) } ?? []
        let examples = self.examples(fields["examples"])
        let origins = origin(fields["from"])
        if severity == .handOver, !fields.isPresent("to"), !hasLowerLayers, !isPartial {
            log.warning(
                "nobody-named", at: fields["severity"]?.value.span ?? entry.keySpan,
                "This clause hands over, and doesn't say to whom.",
                help: "Name who can help under `resources:`, and write the name behind `to:`.")
        }
        guard let says, let severity else { return nil }
        if let span = fields["severity"]?.value.span { note(.severity, entry.key, at: span) }
        return FloorClause(
            id: entry.key, sayings: [says], severity: severity, detection: detection,
            instead: instead.map { [$0] } ?? [], to: to, examples: examples, origins: origins)
    }

    /// What is said in place of a reply: a text, or one for everybody and one for each of some languages.
    private mutating func wording(_ entry: SourceEntry) -> FloorClause.Wording? {
        guard case .map(let entries) = entry.value.form else {
            return sentence(entry, "instead").map { FloorClause.Wording($0) }
        }
        let everybody = FloorClause.Wording.everybody
        var texts: [String: String] = [:]
        var first: [String: Range<Int>] = [:]
        for entry in entries {
            if let span = first.updateValue(entry.keySpan, forKey: entry.key) {
                first[entry.key] = span
                duplicate(entry, of: span)
                continue
            }
            guard entry.key == everybody || spokenLanguage(entry.key, at: entry.keySpan) != nil else { continue }
            if case .empty = entry.value.form {
                log.error(
                    "empty", at: entry.keySpan, "`\(entry.key)` has nothing behind it.",
                    help:
                        "Write what is said in it, or take the line away: whoever speaks it then reads `\(everybody)`.")
            } else if let text = sentence(entry, entry.key) {
                texts[entry.key] = text
            }
        }
        guard let text = texts.removeValue(forKey: everybody) else {
            if first[everybody] == nil {
                missing(
                    at: entry.keySpan, "`instead` needs `\(everybody)`, and here is none.",
                    help:
                        "Write what everybody reads whose language isn't here: `\(everybody): Let us speak of something else.`"
                )
            }
            return nil
        }
        return FloorClause.Wording(text, byLanguage: texts)
    }

    private mutating func resources(_ entry: SourceEntry) -> [String] {
        oneOrMore(entry, "to").compactMap { name, span in
            guard name.isIdentifier else {
                badIdentifier(name, at: span)
                return nil
            }
            refer(to: name, .resources, at: span)
            return name
        }
    }

    private mutating func detection(_ entry: SourceEntry) -> FloorClause.Detection? {
        guard let fields = mapping(entry.value, as: Grammar.detection, named: entry.keySpan) else { return nil }
        return FloorClause.Detection(
            phrases: sentences(fields["phrases"], "phrases").map(\.text),
            detectors: choices(fields["detectors"], "detectors", of: FloorDetector.self).map(\.rawValue),
            guardCategories: guardCategories(fields["guard"]),
            sides: Set(choices(fields["in"], "in", of: FloorClause.Detection.Side.self)))
    }

    private mutating func guardCategories(_ entry: SourceEntry?) -> [String] {
        sentences(entry, "guard").compactMap { category, span in
            let parts = category.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count <= 2, parts.allSatisfy(\.isIdentifier) else {
                badIdentifier(category, at: span)
                return nil
            }
            if GuardCategory.names.contains(category) { return category }
            if let near = nearMiss(of: category, among: GuardCategory.names) {
                // Most likely misspelt, and then the clause would notice nothing.
                log.error(
                    "unknown-word", at: span, "`\(category.prefix(80))` is not a category of a guard model.",
                    help: "Did you mean `\(near)`?")
                return nil
            }
            log.warning(
                "unknown-word", at: span, "`\(category)` is none of the common categories of a guard model.",
                help: "They are: \(GuardCategory.names.joined(separator: ", ")).")
            return category
        }
    }
}
