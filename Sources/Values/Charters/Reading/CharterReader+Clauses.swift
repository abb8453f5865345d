import Flourishing

extension CharterReader {
    mutating func good(_ entry: SourceEntry) -> GoodClause? {
        guard
            let fields = mapping(
                entry.value, of: "a good", named: entry.keySpan,
                known: ["says", "lens", "circle", "traditions", "signs", "failures", "examples"],
                example: "`says: A pupil can explain an idea in their own words.`")
        else { return nil }
        let says = requiredSentence(
            fields, "says", of: "a good",
            help: "Say the good in one sentence: `says: A pupil can explain an idea in their own words.`")
        let lens = choice(fields["lens"], "lens", of: Lens.self)
        let circle = choice(fields["circle"], "circle", of: Circle.self) ?? .person
        let traditions = sentences(fields["traditions"], "traditions")
        let signs = sentences(fields["signs"], "signs")
        let failures = sentences(fields["failures"], "failures")
        let failed = TextCollection(failures.map(\.text))
        for (sign, span) in signs where failed.contains(sign) {
            log.error(
                "contradiction", at: span, "This stands under `signs` and under `failures` of the same good.",
                help: "Keep it where it belongs: a reply can't both show a good and fail it by the same deed.")
        }
        let examples = items(fields["examples"], "examples") { $0.example($1) }
        guard let says else { return nil }
        return GoodClause(
            good: Good(id: entry.key, says: says, lens: lens, circle: circle, traditions: traditions.map(\.text)),
            signs: signs.map(\.text), failures: failures.map(\.text), examples: examples)
    }

    private mutating func example(_ node: SourceNode) -> Example? {
        guard
            let fields = mapping(
                node, of: "an example", known: ["person", "shows", "fails"],
                example: "`person: Can you write my essay?` and under it `shows:` with a reply that shows the good")
        else { return nil }
        let person = requiredPassage(
            fields, "person", of: "an example",
            help: "Write what the person says: `person: Can you write my essay?`")
        let shows = requiredPassage(
            fields, "shows", of: "an example",
            help: "Write a reply that shows the good: `shows: What would your first sentence say?`")
        let fails = fields["fails"].flatMap { passage($0, "fails") }
        guard let person, let shows else { return nil }
        if let entry = fields["fails"], fails == shows {
            log.error(
                "contradiction", at: entry.value.span,
                "The reply that fails is the same as the reply that shows the good.",
                help: "Write a reply that fails the good, or leave `fails` out.")
        }
        return Example(person: person, shows: shows, fails: fails)
    }

    mutating func role(_ entry: SourceEntry) -> Role? {
        guard
            let fields = mapping(
                entry.value, of: "a role", named: entry.keySpan, known: ["stance", "moves", "standards"],
                example: "`stance: advisor`")
        else { return nil }
        let stance = choice(fields["stance"], "stance", of: Stance.self)
        if stance == nil, !fields.isPresent("stance") {
            missing(
                at: fields.span, "This role has no `stance`.",
                help: "Write one of: \(Stance.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        let moves = choices(fields["moves"], "moves", of: Move.self)
        let standards = sentences(fields["standards"], "standards").map(\.text)
        guard let stance else { return nil }
        return Role(id: entry.key, stance: stance, moves: moves, standards: standards)
    }

    mutating func floorClause(_ entry: SourceEntry) -> FloorClause? {
        guard
            let fields = mapping(
                entry.value, of: "a floor clause", named: entry.keySpan, known: ["says", "severity"],
                example: "`says: Never write graded work for a pupil.` and `severity: block`")
        else { return nil }
        let says = requiredSentence(
            fields, "says", of: "a floor clause",
            help: "Say the clause as a sentence to the model: `says: Never write graded work for a pupil.`")
        let severity = choice(fields["severity"], "severity", of: FloorClause.Severity.self)
        if severity == nil, !fields.isPresent("severity") {
            missing(
                at: fields.span, "This floor clause has no `severity`.",
                help: "Write what happens to a reply that breaks it: `severity: note`, `revise`, `replace` or `block`.")
        }
        guard let says, let severity else { return nil }
        return FloorClause(id: entry.key, sayings: [says], severity: severity)
    }

    mutating func memory(_ entry: SourceEntry) -> MemoryTerms? {
        guard
            let fields = mapping(
                entry.value, of: "`memory`", named: entry.keySpan, known: ["purposes", "retention", "receipts"],
                example: "`receipts: facts`")
        else { return nil }
        let purposes = identifiers(fields["purposes"], "purposes")
        let retention = fields["retention"].flatMap { days($0, "retention") }
        let receipts = choice(fields["receipts"], "receipts", of: MemoryTerms.Receipts.self) ?? .facts
        for key in ["purposes", "retention"] {
            guard let entry = fields[key] else { continue }
            log.warning(
                "not-yet", at: entry.keySpan,
                "This version remembers nothing about a person, so `\(key)` changes nothing yet.",
                help: "You may leave it in: it is checked, and part of what the charter means.")
        }
        return MemoryTerms(purposes: purposes, retentionDays: retention, receipts: receipts)
    }

    mutating func amendment(_ entry: SourceEntry) -> Amendment? {
        guard
            let fields = mapping(
                entry.value, of: "`amendment`", named: entry.keySpan, known: ["by", "quorum", "consensus", "review"],
                example: "`by: deliberation`")
        else { return nil }
        let by = requiredSentence(
            fields, "by", of: "`amendment`",
            help: "Say how the charter is changed: `by: deliberation`.")
        let quorum = fields["quorum"].flatMap { wholeNumber($0, "quorum") }
        let consensus = fields["consensus"].flatMap { share($0, "consensus") }
        let review = fields["review"].flatMap { days($0, "review") }
        guard let by else { return nil }
        return Amendment(by: by, quorum: quorum, consensus: consensus, reviewDays: review)
    }

    mutating func dissent(_ entry: SourceEntry?) -> [Dissent] {
        items(entry, "dissent") { reader, node in
            guard
                let fields = reader.mapping(
                    node, of: "a dissent", known: ["says", "held-by"],
                    example: "`says: A third of us want stricter limits in the evening.`")
            else { return nil }
            let says = reader.requiredSentence(
                fields, "says", of: "a dissent",
                help: "Say the dissent in the words of those who hold it.")
            let heldBy = fields["held-by"].flatMap { reader.share($0, "held-by") }
            guard let says else { return nil }
            return Dissent(says: says, heldBy: heldBy)
        }
    }
}
