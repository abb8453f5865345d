import Flourishing

extension CanonicalJSON {
    /// The canonical form of a charter. A key stands in it only when it says something: an absent list and an empty
    /// one are the same, and so are a default left out and a default written down.
    static func charter(
        id: CharterID, version: SemanticVersion, community: String?, purpose: String, goods: [GoodClause],
        roles: [Role], floor: [FloorClause], memory: MemoryTerms?, amendment: Amendment?, dissent: [Dissent]
    ) -> CanonicalJSON {
        object([
            ("amendment", amendment.map(members)),
            ("charter", .text(id.description)),
            ("community", community.map(CanonicalJSON.text)),
            ("dissent", list(dissent, members)),
            ("floor", named(floor, members)),
            ("goods", named(goods, members)),
            ("memory", memory.flatMap(members)),
            ("purpose", .text(purpose)),
            ("roles", named(roles, members)),
            ("version", .text(version.description)),
        ])
    }

    // MARK: Clauses. Keys are written in their canonical order, which spares sorting them.

    private static func members(of clause: GoodClause) -> CanonicalJSON {
        object([
            ("circle", .text(clause.good.circle.rawValue)),
            ("examples", list(clause.examples, members)),
            ("failures", list(clause.failures, CanonicalJSON.text)),
            ("lens", clause.good.lens.map { .text($0.rawValue) }),
            ("says", .text(clause.good.says)),
            ("signs", list(clause.signs, CanonicalJSON.text)),
            ("traditions", list(clause.good.traditions, CanonicalJSON.text)),
        ])
    }

    private static func members(of example: Example) -> CanonicalJSON {
        object([
            ("fails", example.fails.map(CanonicalJSON.text)),
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
        object([("says", .text(clause.says)), ("severity", .text(clause.severity.rawValue))])
    }

    private static func members(of terms: MemoryTerms) -> CanonicalJSON? {
        guard !(terms.purposes ?? []).isEmpty || terms.retentionDays != nil || terms.receipts == .bodies else {
            return nil
        }
        return object([
            ("purposes", list(terms.purposes ?? [], CanonicalJSON.text)),
            ("receipts", .text((terms.receipts ?? .facts).rawValue)),
            ("retention", terms.retentionDays.map { .text("\($0)d") }),
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

    private static func list<Item>(_ items: [Item], _ value: (Item) -> CanonicalJSON) -> CanonicalJSON? {
        items.isEmpty ? nil : .list(items.map(value))
    }

    private static func named<Clause: Identifiable>(
        _ clauses: [Clause], _ value: (Clause) -> CanonicalJSON
    ) -> CanonicalJSON? where Clause.ID == String {
        clauses.isEmpty ? nil : .object(clauses.map { ($0.id, value($0)) })
    }
}
