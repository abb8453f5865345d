import Flourishing

extension CanonicalJSON {
    /// The canonical form of a charter. A key stands in it only when it says something: an absent list and an empty
    /// one are the same, and so are a default left out and a default written down.
    static func charter(
        id: CharterID, version: SemanticVersion, community: String?, purpose: String, goods: [GoodClause],
        roles: [Role], floor: [FloorClause], memory: MemoryTerms?, amendment: Amendment?, dissent: [Dissent]
    ) -> CanonicalJSON {
        var members: [Member] = [
            ("charter", .text(id.description)), ("version", .text(version.description)), ("purpose", .text(purpose)),
            ("community", community.map(CanonicalJSON.text)),
        ]
        members.append(("goods", named(goods, good)))
        members.append(
            (
                "roles",
                named(roles) { role in
                    [
                        ("stance", .text(role.stance.rawValue)), ("moves", texts(role.moves.map(\.rawValue))),
                        ("standards", texts(role.standards)),
                    ]
                }
            ))
        members.append(
            ("floor", named(floor) { [("says", .text($0.says)), ("severity", .text($0.severity.rawValue))] }))
        if let memory, memory != MemoryTerms(purposes: [], retentionDays: nil, receipts: .facts) {
            members.append(
                (
                    "memory",
                    object([
                        ("purposes", texts(memory.purposes)),
                        ("retention", memory.retentionDays.map { .text("\($0)d") }),
                        ("receipts", .text(memory.receipts.rawValue)),
                    ])
                ))
        }
        if let amendment {
            members.append(
                (
                    "amendment",
                    object([
                        ("by", .text(amendment.by)), ("quorum", amendment.quorum.map(CanonicalJSON.integer)),
                        ("consensus", amendment.consensus.map { .tenThousandths($0.tenThousandths) }),
                        ("review", amendment.reviewDays.map { .text("\($0)d") }),
                    ])
                ))
        }
        if !dissent.isEmpty {
            members.append(
                (
                    "dissent",
                    .list(
                        dissent.map { dissent in
                            object([
                                ("says", .text(dissent.says)),
                                ("held-by", dissent.heldBy.map { .tenThousandths($0.tenThousandths) }),
                            ])
                        })
                ))
        }
        return object(members)
    }

    private static func good(_ clause: GoodClause) -> [Member] {
        [
            ("says", .text(clause.good.says)), ("circle", .text(clause.good.circle.rawValue)),
            ("lens", clause.good.lens.map { .text($0.rawValue) }), ("traditions", texts(clause.good.traditions)),
            ("signs", texts(clause.signs)), ("failures", texts(clause.failures)),
            (
                "examples",
                clause.examples.isEmpty
                    ? nil
                    : .list(
                        clause.examples.map { example in
                            object([
                                ("person", .text(example.person)), ("shows", .text(example.shows)),
                                ("fails", example.fails.map(CanonicalJSON.text)),
                            ])
                        })
            ),
        ]
    }

    /// A key with its value, or with nil when the charter says nothing there.
    private typealias Member = (key: String, value: CanonicalJSON?)

    private static func object(_ members: [Member]) -> CanonicalJSON {
        .object(members.compactMap { member in member.value.map { (member.key, $0) } })
    }

    private static func texts(_ texts: [String]) -> CanonicalJSON? {
        texts.isEmpty ? nil : .list(texts.map(CanonicalJSON.text))
    }

    private static func named<Clause: Identifiable>(
        _ clauses: [Clause], _ members: (Clause) -> [Member]
    ) -> CanonicalJSON? where Clause.ID == String {
        clauses.isEmpty ? nil : .object(clauses.map { ($0.id, object(members($0))) })
    }
}
