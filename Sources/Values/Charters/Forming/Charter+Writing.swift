import Flourishing

extension Charter {
    /// The charter as a file that says the same: in form, without comments, clauses in the order of their names.
    ///
    /// Reading it gives a charter with the same fingerprint.
    public var text: String { WrittenFile(written).text }

    /// The charter as the values of a file.
    ///
    /// What it doesn't say isn't in it, so two charters that mean the same are written the same.
    var written: WrittenNode {
        WrittenNode.map([
            ("charter", .text(id.description)),
            ("version", .text(version.description, isQuoted: false)),
            ("community", community.map { .text($0) }),
            ("purpose", purpose.map { .text($0) }),
            ("extends", .listed(extends.map { .text($0.text) }, isFlow: true)),
        ]).adding(layer.writtenClauses).adding([
            ("amendment", amendment.map(WrittenNode.amendment)),
            ("dissent", .listed(dissent.map(WrittenNode.dissent))),
        ]).inForm.withSpacedSections
    }
}

extension PersonLayer {
    /// The wishes as a file that says the same: in form, without comments, clauses in the order of their names.
    ///
    /// Reading it gives wishes with the same fingerprint.
    public var text: String { WrittenFile(written).text }

    /// The wishes as the values of a file.
    var written: WrittenNode {
        WrittenNode.map([
            ("wishes", .text("1", isQuoted: false)),
            ("avoid", .listed(layer.avoids.map { .text($0.rawValue) }, isFlow: true)),
            ("choices", .listed(layer.choices.map(WrittenNode.choice))),
        ]).adding(layer.writtenClauses).inForm.withSpacedSections
    }
}

extension CharterLayer {
    /// The sections that hold clauses, in their order.
    fileprivate var writtenClauses: [(key: String, value: WrittenNode?)] {
        [
            ("without", .named(withdrawals.map { ($0.section == .goods ? $0.clause : $0.id, .text($0.because)) })),
            ("goods", .named(goods.map { ($0.id, .good($0)) })),
            ("dispositions", .named(dispositions.map { ($0.id, .disposition($0)) })),
            ("tensions", .listed(tensions.map(WrittenNode.tension))),
            ("roles", .named(roles.map { ($0.id, .role($0)) })),
            ("topics", .named(topics.map { ($0.id, .topic($0)) })),
            ("contexts", .listed(contexts.map(WrittenNode.context))),
            ("guidance", .named(guidance.map { ($0.id, .guidance($0)) })),
            ("resources", .named(resources.map { ($0.id, .map([("says", .text($0.says))])) })),
            ("memory", memory.map(WrittenNode.memory)),
            ("critique", critique.map(WrittenNode.critique)),
            ("floor", .named(floor.map { ($0.id, .floor($0)) })),
        ]
    }
}

extension WrittenNode {
    // MARK: Clauses

    fileprivate static func good(_ clause: GoodClause) -> WrittenNode {
        map([
            ("says", .text(clause.good.says)),
            ("lens", clause.good.lens.map { .text($0.rawValue) }),
            ("circle", clause.good.circle == .person ? nil : .text(clause.good.circle.rawValue)),
            ("traditions", listed(clause.good.traditions.map { .text($0) }, isFlow: true)),
            ("when", clause.when.map(condition)),
            ("signs", listed(clause.signs.map { .text($0) })),
            ("failures", listed(clause.failures.map { .text($0) })),
            ("examples", listed(clause.examples.map(example))),
            ("from", WrittenNode.origin(clause.origins)),
        ])
    }

    fileprivate static func disposition(_ clause: DispositionClause) -> WrittenNode {
        map([
            ("says", .text(clause.says)),
            ("traditions", listed(clause.traditions.map { .text($0) }, isFlow: true)),
            ("when", clause.when.map(condition)),
            (
                "signs",
                clause.signs == Disposition(rawValue: clause.id)?.signs
                    ? nil : listed(clause.signs.map { .text($0) })
            ),
            (
                "near-enemies",
                // Those that Trellis knows need not be written down.
                clause.nearEnemies == Disposition(rawValue: clause.id)?.nearEnemies
                    ? nil : listed(clause.nearEnemies.map { .text($0) }, isFlow: true)
            ),
            ("examples", listed(clause.examples.map(example))),
        ])
    }

    fileprivate static func tension(_ clause: TensionClause) -> WrittenNode {
        map([
            ("between", .texts(clause.between, isFlow: true)),
            ("decide", .text(clause.decide.rawValue)),
            ("advise", clause.advice.isEmpty ? nil : .text(clause.advice.joined(separator: " "))),
            ("when", clause.when.map(condition)),
            ("examples", listed(clause.examples.map(example))),
            ("from", WrittenNode.origin(clause.origins)),
        ])
    }

    fileprivate static func choice(_ choice: TensionChoice) -> WrittenNode {
        map([
            ("between", .texts(choice.between, isFlow: true)),
            ("choose", choice.choose.map { .text($0) }),
        ])
    }

    fileprivate static func role(_ role: Role) -> WrittenNode {
        map([
            ("stance", .text(role.stance.rawValue)),
            ("moves", listed(role.moves.map { .text($0.rawValue) }, isFlow: true)),
            ("standards", listed(role.standards.map { .text($0) })),
        ])
    }

    fileprivate static func topic(_ clause: TopicClause) -> WrittenNode {
        map([
            ("says", .text(clause.says)),
            ("cues", listed(clause.cues.map { .text($0) }, isFlow: true)),
            ("phrases", listed(clause.phrases.map { .text($0) })),
        ])
    }

    fileprivate static func context(_ clause: ContextClause) -> WrittenNode {
        map([
            ("id", clause.id == clause.idFromContent ? nil : .text(clause.id)),
            ("when", condition(clause.when)),
            (
                "then",
                map(
                    [
                        ("move", clause.move.map { .text($0.rawValue) }),
                        ("to", clause.to.map { .text($0) }),
                        ("says", clause.says.map { .text($0) }),
                    ], isFlow: true)
            ),
        ])
    }

    fileprivate static func guidance(_ clause: GuidanceClause) -> WrittenNode {
        map([
            ("says", .text(clause.says)),
            ("asks", .text(clause.asks)),
            ("expires", clause.expiresDays.map { .text("\($0)d", isQuoted: false) }),
            ("move", clause.move.map { .text($0.rawValue) }),
            ("when", clause.when.map(condition)),
            ("from", WrittenNode.origin(clause.origins)),
        ])
    }

    fileprivate static func floor(_ clause: FloorClause) -> WrittenNode {
        let detection = clause.detection
        let sides = FloorClause.Detection.Side.allCases.filter(detection.sides.contains)
        return map([
            ("says", .text(clause.says)),
            ("severity", .text(clause.severity.rawValue)),
            (
                "detect",
                detection.isEmpty && sides.isEmpty
                    ? nil
                    : map([
                        ("phrases", listed(detection.phrases.map { .text($0) })),
                        ("detectors", listed(detection.detectors.map { .text($0) }, isFlow: true)),
                        ("guard", listed(detection.guardCategories.map { .text($0) }, isFlow: true)),
                        ("in", listed(sides.map { .text($0.rawValue) }, isFlow: true)),
                    ])
            ),
            ("instead", wording(clause)),
            ("to", clause.to.count == 1 ? .text(clause.to[0]) : listed(clause.to.map { .text($0) }, isFlow: true)),
            ("examples", listed(clause.examples.map(example))),
            ("from", WrittenNode.origin(clause.origins)),
        ])
    }

    /// What is said instead: a text, or a mapping of languages.
    private static func wording(_ clause: FloorClause) -> WrittenNode? {
        guard !clause.instead.isEmpty else { return nil }
        let everybody = clause.instead(in: nil).joined(separator: " ")
        let languages = Set(clause.instead.flatMap(\.byLanguage.keys)).sorted()
        guard !languages.isEmpty else { return .text(everybody) }
        return map(
            [(FloorClause.Wording.everybody, .text(everybody))]
                + languages.map { ($0, .text(clause.instead(in: $0).joined(separator: " "))) })
    }

    static func example(_ example: Example) -> WrittenNode {
        map([
            ("person", .text(example.person)),
            ("move", example.move.map { .text($0.rawValue) }),
            ("shows", .text(example.shows)),
            ("fails", example.fails.map { .text($0) }),
        ])
    }

    // MARK: Terms and records

    fileprivate static func memory(_ terms: MemoryTerms) -> WrittenNode {
        // An empty list of purposes says something: it takes the place of a parent's.
        map([
            ("purposes", terms.purposes.map { texts($0, isFlow: true) }),
            ("retention", terms.retentionDays.map { .text("\($0)d", isQuoted: false) }),
            ("receipts", terms.receipts.map { .text($0.rawValue) }),
        ])
    }

    fileprivate static func critique(_ terms: CritiqueTerms) -> WrittenNode {
        map(
            [
                ("rounds", .number(terms.rounds)), ("seconds", .number(terms.seconds)),
                ("tokens", .number(terms.tokens)),
            ], isFlow: true)
    }

    fileprivate static func amendment(_ amendment: Amendment) -> WrittenNode {
        map([
            ("by", .text(amendment.by)),
            ("quorum", amendment.quorum.map(number)),
            ("consensus", amendment.consensus.map { .text($0.decimal, isQuoted: false) }),
            ("review", amendment.reviewDays.map { .text("\($0)d", isQuoted: false) }),
        ])
    }

    fileprivate static func dissent(_ dissent: Dissent) -> WrittenNode {
        map([
            ("says", .text(dissent.says)),
            ("held-by", dissent.heldBy.map { .text($0.decimal, isQuoted: false) }),
            ("from", WrittenNode.origin(dissent.origin.map { [$0] } ?? [])),
        ])
    }

    private static func origin(_ origins: [ClauseOrigin]) -> WrittenNode? {
        let nodes = origins.map { origin in
            map(
                [
                    ("conversation", .text(origin.conversation)),
                    ("statements", .list(origin.statements.map { WrittenNode.number($0) }, isFlow: true)),
                    ("agree", number(origin.agree)), ("disagree", origin.disagree.map(number)),
                    ("of", number(origin.of)),
                ], isFlow: true)
        }
        return nodes.count == 1 ? nodes[0] : listed(nodes)
    }

    // MARK: Conditions

    /// A condition as people write it: tests of different kinds side by side, several answers to one test in a list.
    static func condition(_ condition: Condition) -> WrittenNode {
        switch condition {
        case .all(let conditions):
            let tests = conditions.map(Self.condition)
            let keys = tests.compactMap(\.onlyKey)
            guard keys.count == tests.count, Set(keys).count == keys.count, !keys.isEmpty else {
                return map([("all", .list(tests))], isFlow: true)
            }
            return map(zip(keys, tests).map { ($0, $1[$0]) }, isFlow: true)
        case .any(let conditions):
            let answers = conditions.compactMap(\.namedAnswer)
            if let key = answers.first?.key, answers.count == conditions.count, answers.allSatisfy({ $0.key == key }) {
                return map([(key, .texts(answers.map(\.answer), isFlow: true))], isFlow: true)
            }
            return map([("any", .list(conditions.map(Self.condition)))], isFlow: true)
        case .not(let inner): return map([("not", Self.condition(inner))], isFlow: true)
        case .hours(let from, let until): return map([("hour", .text("\(from)-\(until)"))], isFlow: true)
        case .risk(let risk): return map([("risk", .text(risk.rawValue))], isFlow: true)
        case .topic, .age, .role, .channel, .language:
            return map(condition.namedAnswer.map { [($0.key, .text($0.answer))] } ?? [], isFlow: true)
        }
    }

    // MARK: Building

    /// A list, or nothing for an empty one: both mean the same.
    fileprivate static func listed(_ values: [WrittenNode], isFlow: Bool = false) -> WrittenNode? {
        values.isEmpty ? nil : list(values, isFlow: isFlow)
    }

    fileprivate static func named(_ members: [(String, WrittenNode)]) -> WrittenNode? {
        members.isEmpty ? nil : map(members.map { (key: $0.0, value: $0.1) })
    }

    fileprivate static func number(_ number: Int) -> WrittenNode { .text(String(number), isQuoted: false) }

    /// The key of a mapping that has one.
    private var onlyKey: String? {
        if case .map(let entries) = form, entries.count == 1 { entries[0].key } else { nil }
    }

    fileprivate func adding(_ members: [(key: String, value: WrittenNode?)]) -> WrittenNode {
        guard case .map(let entries) = form, case .map(let more) = WrittenNode.map(members).form else { return self }
        return WrittenNode(form: .map(entries + more))
    }

    /// The same with an empty line above each section that takes several lines, and between long clauses.
    var withSpacedSections: WrittenNode {
        guard case .map(var entries) = form else { return self }
        for index in entries.indices.dropFirst() {
            switch entries[index].value.form {
            case .map(let members):
                entries[index].notes.hasBlankAbove = true
                guard ["goods", "dispositions", "guidance"].contains(entries[index].key) else { continue }
                var spaced = members
                for member in spaced.indices.dropFirst() { spaced[member].notes.hasBlankAbove = true }
                entries[index].value.form = .map(spaced)
            case .list where !entries[index].value.isFlow: entries[index].notes.hasBlankAbove = true
            default: break
            }
        }
        var node = self
        node.form = .map(entries)
        return node
    }
}

extension Condition {
    /// The key and the answer of a test that can have several answers.
    fileprivate var namedAnswer: (key: String, answer: String)? {
        switch self {
        case .topic(let topic): ("topic", topic)
        case .age(let age): ("age", age.rawValue)
        case .role(let role): ("role", role)
        case .channel(let channel): ("channel", channel)
        case .language(let language): ("language", language)
        default: nil
        }
    }
}

extension Share {
    /// The share as a decimal: `0.31`.
    package var decimal: String { String(decoding: CanonicalJSON.tenThousandths(tenThousandths).bytes, as: UTF8.self) }
}
