import Flourishing

extension CanonicalJSON {
    /// The canonical form of a charter. A key stands in it only when it says something: an absent list and an empty
    /// one are the same, and so are a default left out and a default written down.
    static func charter(
        id: CharterID, version: SemanticVersion, community: String?, extends: [Extension], layer: CharterLayer,
        amendment: Amendment?, dissent: [Dissent]
    ) -> CanonicalJSON {
        object(
            [
                ("amendment", amendment.map(members)),
                ("charter", .text(id.description)),
                ("community", community.map(CanonicalJSON.text)),
                ("dissent", list(dissent, members)),
                ("extends", list(extends) { .text($0.text) }),
                ("version", .text(version.description)),
            ] + sections(of: layer, hasLowerLayers: !extends.isEmpty))
    }

    /// The canonical form of a person's own wishes.
    static func wishes(_ layer: CharterLayer) -> CanonicalJSON {
        object([("wishes", .integer(1))] + sections(of: layer, hasLowerLayers: true))
    }

    /// The canonical form of a layer alone, read or composed.
    static func layer(_ layer: CharterLayer) -> CanonicalJSON {
        object(sections(of: layer, hasLowerLayers: true))
    }

    private static func sections(
        of layer: CharterLayer, hasLowerLayers: Bool
    ) -> [(key: String, value: CanonicalJSON?)] {
        [
            ("avoid", list(layer.avoids) { .text($0.rawValue) }),
            ("choices", list(layer.choices, members)),
            ("contexts", list(layer.contexts, members)),
            ("critique", layer.critique.map(members)),
            ("dispositions", named(layer.dispositions, members)),
            ("floor", named(layer.floor, members)),
            ("goods", named(layer.goods, members)),
            ("guidance", named(layer.guidance, members)),
            ("memory", layer.memory.flatMap { members(of: $0, hasLowerLayers: hasLowerLayers) }),
            ("purpose", layer.purpose.map(CanonicalJSON.text)),
            ("resources", named(layer.resources) { object([("says", .text($0.says))]) }),
            ("roles", named(layer.roles, members)),
            ("tensions", list(layer.tensions, members)),
            ("topics", named(layer.topics, members)),
            ("without", named(layer.withdrawals) { .text($0.because) }),
        ]
    }

    // MARK: Clauses. Keys are written in their canonical order, where sorting is quickest.

    private static func members(of clause: GoodClause) -> CanonicalJSON {
        object([
            ("circle", .text(clause.good.circle.rawValue)),
            ("examples", list(clause.examples, members)),
            ("failures", list(clause.failures, CanonicalJSON.text)),
            ("lens", clause.good.lens.map { .text($0.rawValue) }),
            ("says", .text(clause.good.says)),
            ("signs", list(clause.signs, CanonicalJSON.text)),
            ("traditions", list(clause.good.traditions, CanonicalJSON.text)),
            ("when", clause.when?.canonicalJSON),
        ])
    }

    private static func members(of clause: DispositionClause) -> CanonicalJSON {
        object([
            ("examples", list(clause.examples, members)),
            ("near-enemies", list(clause.nearEnemies, CanonicalJSON.text)),
            ("says", .text(clause.says)),
            ("signs", list(clause.signs, CanonicalJSON.text)),
            ("traditions", list(clause.traditions, CanonicalJSON.text)),
            ("when", clause.when?.canonicalJSON),
        ])
    }

    private static func members(of clause: TensionClause) -> CanonicalJSON {
        object([
            ("advise", text(of: clause.advice)),
            ("between", .list(clause.between.map(CanonicalJSON.text))),
            ("decide", .text(clause.decide.rawValue)),
            ("examples", list(clause.examples, members)),
            ("when", clause.when?.canonicalJSON),
        ])
    }

    private static func members(of choice: TensionChoice) -> CanonicalJSON {
        object([
            ("between", .list(choice.between.map(CanonicalJSON.text))),
            ("choose", choice.choose.map(CanonicalJSON.text)),
        ])
    }

    private static func members(of clause: ContextClause) -> CanonicalJSON {
        object([
            ("id", .text(clause.id)), ("then", action(of: clause)), ("when", clause.when.canonicalJSON),
        ])
    }

    /// What a context does, without its name and condition.
    static func action(of clause: ContextClause) -> CanonicalJSON {
        object([
            ("move", clause.move.map { .text($0.rawValue) }),
            ("says", clause.says.map(CanonicalJSON.text)),
            ("to", clause.to.map(CanonicalJSON.text)),
        ])
    }

    private static func members(of clause: GuidanceClause) -> CanonicalJSON {
        object([
            ("asks", .text(clause.asks)),
            ("expires", clause.expiresDays.map { .text("\($0)d") }),
            ("move", clause.move.map { .text($0.rawValue) }),
            ("says", .text(clause.says)),
            ("when", clause.when?.canonicalJSON),
        ])
    }

    private static func members(of clause: TopicClause) -> CanonicalJSON {
        object([
            ("cues", list(clause.cues, CanonicalJSON.text)),
            ("phrases", list(clause.phrases, CanonicalJSON.text)),
            ("says", .text(clause.says)),
        ])
    }

    private static func members(of example: Example) -> CanonicalJSON {
        object([
            ("fails", example.fails.map(CanonicalJSON.text)),
            ("move", example.move.map { .text($0.rawValue) }),
            ("person", .text(example.person)),
            ("shows", .text(example.shows)),
        ])
    }

    private static func members(of role: Role) -> CanonicalJSON {
        object([
            ("moves", list(role.moves) { .text($0.rawValue) }),
            ("stance", .text(role.stance.rawValue)),
            ("standards", list(role.standards, CanonicalJSON.text)),
        ])
    }

    private static func members(of clause: FloorClause) -> CanonicalJSON {
        object([
            ("detect", clause.detection == FloorClause.Detection() ? nil : members(of: clause.detection)),
            ("examples", list(clause.examples, members)),
            ("instead", text(of: clause.instead)),
            ("says", text(of: clause.sayings) ?? .text("")),
            ("severity", .text(clause.severity.rawValue)),
            ("to", text(of: clause.to)),
        ])
    }

    private static func members(of detection: FloorClause.Detection) -> CanonicalJSON {
        object([
            ("detectors", list(detection.detectors, CanonicalJSON.text)),
            ("guard", list(detection.guardCategories, CanonicalJSON.text)),
            ("in", list(detection.sides.map(\.rawValue).sorted(), CanonicalJSON.text)),
            ("phrases", list(detection.phrases, CanonicalJSON.text)),
        ])
    }

    private static func members(of terms: MemoryTerms, hasLowerLayers: Bool) -> CanonicalJSON? {
        // Above nothing, what is empty says nothing. Above another layer, it takes that layer's place.
        guard let terms = hasLowerLayers ? terms : terms.aboveNothing else { return nil }
        return object([
            ("purposes", terms.purposes.map { .list($0.map(CanonicalJSON.text)) }),
            ("receipts", terms.receipts.map { .text($0.rawValue) }),
            ("retention", terms.retentionDays.map { .text("\($0)d") }),
        ])
    }

    private static func members(of terms: CritiqueTerms) -> CanonicalJSON {
        object([
            ("rounds", .integer(terms.rounds)), ("seconds", .integer(terms.seconds)),
            ("tokens", .integer(terms.tokens)),
        ])
    }

    private static func members(of amendment: Amendment) -> CanonicalJSON {
        object([
            ("by", .text(amendment.by)),
            ("consensus", amendment.consensus.map { .tenThousandths($0.tenThousandths) }),
            ("quorum", amendment.quorum.map(CanonicalJSON.integer)),
            ("review", amendment.reviewDays.map { .text("\($0)d") }),
        ])
    }

    private static func members(of dissent: Dissent) -> CanonicalJSON {
        object([
            ("held-by", dissent.heldBy.map { .tenThousandths($0.tenThousandths) }),
            ("says", .text(dissent.says)),
        ])
    }

    // MARK: Building

    private static func object(_ members: [(key: String, value: CanonicalJSON?)]) -> CanonicalJSON {
        .object(members.compactMap { member in member.value.map { (member.key, $0) } })
    }

    /// One text as a text, several as a list: a clause has several only when layers were composed.
    private static func text(of texts: [String]) -> CanonicalJSON? {
        texts.count == 1 ? .text(texts[0]) : list(texts, CanonicalJSON.text)
    }

    private static func list<Item>(_ items: [Item], _ value: (Item) -> CanonicalJSON) -> CanonicalJSON? {
        items.isEmpty ? nil : .list(items.map(value))
    }

    private static func named<Clause: Identifiable>(
        _ clauses: [Clause], _ value: (Clause) -> CanonicalJSON
    ) -> CanonicalJSON? where Clause.ID == String {
        clauses.isEmpty ? nil : .object(clauses.map { ($0.id, value($0)) })
    }
}
