import Flourishing

// What a charter is drawn to: goods, dispositions, and the tensions between goods.
extension CharterReader {
    mutating func good(_ entry: SourceEntry) -> GoodClause? {
        guard let fields = mapping(entry.value, as: Grammar.good, named: entry.keySpan) else { return nil }
        let says = fields["says"].flatMap { sentence($0, "says") }
        let lens = choice(fields["lens"], "lens", of: Lens.self)
        let circle = choice(fields["circle"], "circle", of: Circle.self) ?? .person
        let traditions = sentences(fields["traditions"], "traditions")
        let signs = sentences(fields["signs"], "signs")
        let failures = sentences(fields["failures"], "failures")
        let examples = self.examples(fields["examples"])
        let when = fields["when"].flatMap { condition($0) }
        let origins = origin(fields["from"])
        for (text, span) in signs { deeds.signs.append(Deed(clause: entry.key, text: text, span: span)) }
        for (text, span) in failures { deeds.failures.append(Deed(clause: entry.key, text: text, span: span)) }
        guard let says else { return nil }
        return GoodClause(
            good: Good(id: entry.key, says: says, lens: lens, circle: circle, traditions: traditions.map(\.text)),
            signs: signs.map(\.text), failures: failures.map(\.text), examples: examples, when: when, origins: origins)
    }

    mutating func disposition(_ entry: SourceEntry) -> DispositionClause? {
        guard let fields = mapping(entry.value, as: Grammar.disposition, named: entry.keySpan) else { return nil }
        let says = fields["says"].flatMap { sentence($0, "says") }
        let signs = sentences(fields["signs"], "signs")
        let nearEnemies = sentences(fields["near-enemies"], "near-enemies")
        let traditions = sentences(fields["traditions"], "traditions").map(\.text)
        let examples = self.examples(fields["examples"])
        let when = fields["when"].flatMap { condition($0) }
        // An own name can't be taken for one of a good's, so that contradictions are said of the right clause.
        let clause = "dispositions/" + entry.key
        for (text, span) in signs { deeds.signs.append(Deed(clause: clause, text: text, span: span)) }
        for (text, span) in nearEnemies { deeds.nearEnemies.append(Deed(clause: clause, text: text, span: span)) }
        let known = Disposition(rawValue: entry.key)
        if nearEnemies.isEmpty, !signs.isEmpty {
            for text in known?.nearEnemies ?? [] {
                deeds.nearEnemies.append(Deed(clause: clause, text: text, span: entry.keySpan, isKnown: true))
            }
        }
        if known == nil, nearEnemies.isEmpty, !hasLowerLayers, !fields.isPresent("near-enemies"), !isPartial {
            log.warning(
                "no-near-enemies", at: entry.keySpan, "This disposition doesn't say what it is easily confused with.",
                help: "Name what looks like it and isn't, as in `near-enemies: [pity]` for compassion.")
        }
        guard let says else { return nil }
        return DispositionClause(
            id: entry.key, says: says, signs: signs.isEmpty ? known?.signs ?? [] : signs.map(\.text),
            nearEnemies: nearEnemies.isEmpty ? known?.nearEnemies ?? [] : nearEnemies.map(\.text),
            traditions: traditions, examples: examples, when: when)
    }

    mutating func examples(_ entry: SourceEntry?) -> [Example] {
        items(entry, "examples") { $0.example($1) }
    }

    private mutating func example(_ node: SourceNode) -> Example? {
        guard let fields = mapping(node, as: Grammar.example) else { return nil }
        let person = fields["person"].flatMap { passage($0, "person") }
        let shows = fields["shows"].flatMap { passage($0, "shows") }
        let fails = fields["fails"].flatMap { passage($0, "fails") }
        let move = choice(fields["move"], "move", of: Move.self)
        guard let person, let shows else { return nil }
        let example = Example(person: person, shows: shows, fails: fails, move: move)
        if let entry = fields["fails"], let fails, fails.folded == shows.folded {
            log.error(
                "contradiction", at: entry.value.span,
                "The reply that fails is the same as the reply that shows the clause.",
                help: "Write a reply that fails the clause, or leave `fails` out.")
        } else if let person = fields["person"]?.value.span {
            compare(example, at: person)
        }
        return example
    }

    mutating func tensions(_ entry: SourceEntry?) -> [TensionClause] {
        var seen: [String: Range<Int>] = [:]
        let clauses = items(entry, "tensions") { reader, node -> TensionClause? in
            guard let fields = reader.mapping(node, as: Grammar.tension) else { return nil }
            let between = reader.between(fields, refersToGoods: true)
            let decide = reader.choice(fields["decide"], "decide", of: TensionClause.Decider.self)
            let advise = fields["advise"].flatMap { reader.sentence($0, "advise") }
            let examples = reader.examples(fields["examples"])
            let when = fields["when"].flatMap { reader.condition($0) }
            let origins = reader.origin(fields["from"])
            if let decide, decide != .person, !fields.isPresent("advise") {
                reader.missing(
                    at: fields["decide"]?.value.span ?? fields.span,
                    decide == .community
                        ? "The community decides here, and doesn't say how."
                        : "This tension is to be advised on, and says nothing.",
                    help:
                        "Write it as a sentence to the model: `advise: Name both goods, and say what each choice costs.`"
                )
            }
            guard let between, let decide else { return nil }
            let clause = TensionClause(
                between: between.first, between.second, decide: decide, advice: advise.map { [$0] } ?? [],
                examples: examples, when: when, origins: origins)
            guard reader.isNew(clause.id, at: between.span, among: &seen, "tension") else { return nil }
            reader.note(.clause("tensions"), clause.id, at: between.span, start: node.span.lowerBound)
            if let entry = fields["decide"] { reader.note(.decision, clause.id, at: entry.value.span) }
            return clause
        }
        return clauses.sorted { $0.id < $1.id }
    }

    /// The two goods of a tension.
    mutating func between(
        _ fields: Fields, refersToGoods: Bool
    ) -> (first: String, second: String, span: Range<Int>)? {
        guard let entry = fields["between"] else { return nil }
        let errors = log.errors
        let goods = sentences(entry, "between", mayRepeat: true)
        for good in goods {
            if !good.text.isIdentifier {
                badIdentifier(good.text, at: good.span)
            } else if refersToGoods {
                refer(to: good.text, .goods, at: good.span)
            }
        }
        guard log.errors == errors else {
            // What is named but not declared is still a pair: a second complaint would say nothing new.
            return nil
        }
        guard goods.count == 2, goods[0].text != goods[1].text else {
            log.error(
                "bad-pair", at: entry.value.span, "A tension is between two different goods.",
                help: "Name both: `between: [comfort, understanding]`.")
            return nil
        }
        return (goods[0].text, goods[1].text, entry.value.span)
    }

    /// Whether an id stands in a list for the first time. Notes it when it doesn't.
    mutating func isNew(
        _ id: String, at span: Range<Int>, among seen: inout [String: Range<Int>], _ what: String
    ) -> Bool {
        guard let first = seen[id] else {
            seen[id] = span
            return true
        }
        let line = log.source.lineNumber(of: first.lowerBound)
        log.error(
            "duplicate-id", at: span, "There are two clauses for the \(what) `\(id)`: the first is in line \(line).",
            help: "Put both together in one place.")
        return false
    }
}
