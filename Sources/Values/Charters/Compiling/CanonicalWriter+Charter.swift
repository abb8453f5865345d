import Flourishing

// Keys are written in their canonical order. A key stands there only when it says something: an absent list and an empty
// one are the same, and so are a default left out and a default written down.
extension CanonicalWriter {
    /// What only a charter says, and no person's wishes.
    struct Heading {
        let id: CharterID
        let version: SemanticVersion
        let community: String?
        let extends: [Extension]
        let amendment: Amendment?
        let dissent: [Dissent]
    }

    /// The canonical form of a charter, or, without a heading, of a person's own wishes.
    static func file(_ heading: Heading?, _ layer: CharterLayer) -> [UInt8] {
        let hasLowerLayers = heading?.extends.isEmpty != true
        var writer = CanonicalWriter()
        writer.object { writer in
            if let amendment = heading?.amendment {
                writer.key("amendment")
                writer.write(amendment)
            }
            writer.member("avoid", words: layer.avoids)
            writer.member("charter", heading?.id.description)
            writer.member("choices", layer.choices) { $0.write($1) }
            writer.member("community", heading?.community)
            writer.member("contexts", layer.contexts) { $0.write($1) }
            if let critique = layer.critique {
                writer.key("critique")
                writer.write(critique)
            }
            writer.named("dispositions", layer.dispositions) { $0.write($1) }
            writer.member("dissent", heading?.dissent ?? []) { $0.write($1) }
            writer.member("extends", heading?.extends.map(\.text) ?? [])
            writer.named("floor", layer.floor) { $0.write($1) }
            writer.named("goods", layer.goods) { $0.write($1) }
            writer.named("guidance", layer.guidance) { $0.write($1) }
            // Above nothing, what is empty says nothing. Above another layer, it takes that layer's place.
            if let memory = hasLowerLayers ? layer.memory : layer.memory?.aboveNothing {
                writer.key("memory")
                writer.write(memory)
            }
            writer.member("purpose", layer.purpose)
            writer.named("resources", layer.resources) { writer, resource in
                writer.object { $0.member("says", resource.says) }
            }
            writer.named("roles", layer.roles) { $0.write($1) }
            writer.member("tensions", layer.tensions) { $0.write($1) }
            writer.named("topics", layer.topics) { $0.write($1) }
            writer.member("version", heading?.version.description)
            if heading == nil {
                writer.key("wishes")
                writer.value(.integer(1))
            }
            writer.named("without", layer.withdrawals) { $0.text($1.because) }
        }
        return writer.bytes
    }

    // MARK: Clauses

    private mutating func write(_ clause: GoodClause) {
        object { writer in
            writer.member("circle", clause.good.circle.rawValue)
            writer.member("examples", clause.examples) { $0.write($1) }
            writer.member("failures", clause.failures)
            writer.member(from: clause.origins)
            writer.member("lens", clause.good.lens?.rawValue)
            writer.member("says", clause.good.says)
            writer.member("signs", clause.signs)
            writer.member("traditions", clause.good.traditions)
            writer.member("when", clause.when)
        }
    }

    private mutating func write(_ clause: DispositionClause) {
        object { writer in
            writer.member("examples", clause.examples) { $0.write($1) }
            writer.member("near-enemies", clause.nearEnemies)
            writer.member("says", clause.says)
            writer.member("signs", clause.signs)
            writer.member("traditions", clause.traditions)
            writer.member("when", clause.when)
        }
    }

    private mutating func write(_ clause: TensionClause) {
        object { writer in
            writer.member("advise", oneOrMore: clause.advice)
            writer.member("between", clause.between)
            writer.member("decide", clause.decide.rawValue)
            writer.member("examples", clause.examples) { $0.write($1) }
            writer.member(from: clause.origins)
            writer.member("when", clause.when)
        }
    }

    private mutating func write(_ choice: TensionChoice) {
        object { writer in
            writer.member("between", choice.between)
            writer.member("choose", choice.choose)
        }
    }

    private mutating func write(_ clause: ContextClause) {
        object { writer in
            writer.member("id", clause.id)
            writer.key("then")
            writer.action(of: clause)
            writer.member("when", clause.when)
        }
    }

    /// What a context does, without its name and condition.
    mutating func action(of clause: ContextClause) {
        object { writer in
            writer.member("move", clause.move?.rawValue)
            writer.member("says", clause.says)
            writer.member("to", clause.to)
        }
    }

    private mutating func write(_ clause: GuidanceClause) {
        object { writer in
            writer.member("asks", clause.asks)
            writer.member("expires", days: clause.expiresDays)
            writer.member(from: clause.origins)
            writer.member("move", clause.move?.rawValue)
            writer.member("says", clause.says)
            writer.member("when", clause.when)
        }
    }

    private mutating func write(_ clause: TopicClause) {
        object { writer in
            writer.member("cues", clause.cues)
            writer.member("phrases", clause.phrases)
            writer.member("says", clause.says)
        }
    }

    private mutating func write(_ example: Example) {
        object { writer in
            writer.member("fails", example.fails)
            writer.member("move", example.move?.rawValue)
            writer.member("person", example.person)
            writer.member("shows", example.shows)
        }
    }

    private mutating func write(_ role: Role) {
        object { writer in
            writer.member("moves", words: role.moves)
            writer.member("stance", role.stance.rawValue)
            writer.member("standards", role.standards)
        }
    }

    private mutating func write(_ clause: FloorClause) {
        object { writer in
            if clause.detection != FloorClause.Detection() {
                writer.key("detect")
                writer.write(clause.detection)
            }
            writer.member("examples", clause.examples) { $0.write($1) }
            writer.member(from: clause.origins)
            writer.member("instead", wordings: clause.instead)
            writer.member("says", oneOrMore: clause.sayings.isEmpty ? [""] : clause.sayings)
            writer.member("severity", clause.severity.rawValue)
            writer.member("to", oneOrMore: clause.to)
        }
    }

    private mutating func write(_ detection: FloorClause.Detection) {
        object { writer in
            writer.member("detectors", detection.detectors)
            writer.member("guard", detection.guardCategories)
            writer.member("in", detection.sides.map(\.rawValue).sorted())
            writer.member("phrases", detection.phrases)
        }
    }

    // MARK: Terms and records

    private mutating func write(_ terms: MemoryTerms) {
        object { writer in
            if let purposes = terms.purposes {
                // No purpose at all is an answer too.
                writer.key("purposes")
                writer.list(purposes) { $0.text($1) }
            }
            writer.member("receipts", terms.receipts?.rawValue)
            writer.member("retention", days: terms.retentionDays)
        }
    }

    private mutating func write(_ terms: CritiqueTerms) {
        object { writer in
            writer.member("rounds", terms.rounds)
            writer.member("seconds", terms.seconds)
            writer.member("tokens", terms.tokens)
        }
    }

    private mutating func write(_ amendment: Amendment) {
        object { writer in
            writer.member("by", amendment.by)
            writer.member("consensus", amendment.consensus)
            writer.member("quorum", amendment.quorum)
            writer.member("review", days: amendment.reviewDays)
        }
    }

    private mutating func write(_ dissent: Dissent) {
        object { writer in
            writer.member(from: dissent.origin.map { [$0] } ?? [])
            writer.member("held-by", dissent.heldBy)
            writer.member("says", dissent.says)
        }
    }

    /// One origin as a mapping, several as a list: a clause has several only when layers were composed.
    private mutating func member(from origins: [ClauseOrigin]) {
        guard let first = origins.first else { return }
        key("from")
        if origins.count == 1 { write(first) } else { list(origins) { $0.write($1) } }
    }

    private mutating func write(_ origin: ClauseOrigin) {
        object { writer in
            writer.member("agree", origin.agree)
            writer.member("conversation", origin.conversation)
            writer.member("disagree", origin.disagree)
            writer.member("of", origin.of)
            writer.key("statements")
            writer.list(origin.statements) { $0.value(.integer($1)) }
        }
    }

    // MARK: Conditions

    /// Writes a condition as it is written in a file.
    mutating func condition(_ condition: Condition) {
        object { writer in
            switch condition {
            case .topic(let topic): writer.member("topic", topic)
            case .age(let age): writer.member("age", age.rawValue)
            case .role(let role): writer.member("role", role)
            case .channel(let channel): writer.member("channel", channel)
            case .hours(let from, let until): writer.member("hour", "\(from)-\(until)")
            case .language(let language): writer.member("language", language)
            case .risk(let risk): writer.member("risk", risk.rawValue)
            case .all(let conditions):
                writer.key("all")
                writer.list(conditions) { $0.condition($1) }
            case .any(let conditions):
                writer.key("any")
                writer.list(conditions) { $0.condition($1) }
            case .not(let condition):
                writer.key("not")
                writer.condition(condition)
            }
        }
    }
}
