import Flourishing

@testable import Charters

/// Layers and charters put together at random, from few names and few words, so that two of them often speak of the
/// same thing, agree and contradict each other.
///
/// Named clauses stand in the order of their names and each name once, as in a layer that was read.
enum GeneratedCharters {
    static let goods = ["comfort", "courage", "friendship", "honesty", "understanding"]
    static let floor = ["crisis-help", "no-deception", "no-graded-work", "not-human", "own-clause"]

    static func layer(using random: inout SeededGenerator) -> CharterLayer {
        var layer = CharterLayer()
        if Bool.random(using: &random) { layer.purpose = text(using: &random) }
        layer.goods = named(goods, using: &random) { id, random in
            GoodClause(
                good: Good(
                    id: id, says: text(using: &random), lens: maybe(Lens.allCases, using: &random),
                    circle: maybe(Circle.allCases, using: &random) ?? .person, traditions: texts(using: &random)),
                signs: texts(using: &random), failures: texts(using: &random), examples: examples(using: &random),
                when: maybeCondition(using: &random), origins: origins(using: &random))
        }
        layer.dispositions = named(["compassion", "equanimity", "patience"], using: &random) { id, random in
            DispositionClause(
                id: id, says: text(using: &random), signs: texts(using: &random), nearEnemies: texts(using: &random),
                traditions: texts(using: &random), examples: examples(using: &random),
                when: maybeCondition(using: &random))
        }
        layer.tensions = tensions(using: &random)
        layer.roles = named(["advisor", "tutor"], using: &random) { id, random in
            Role(
                id: id, stance: Stance.allCases.randomElement(using: &random) ?? .advisor,
                moves: subset(Move.allCases, using: &random), standards: texts(using: &random))
        }
        layer.topics = named(["exam-stress", "gardens"], using: &random) { id, random in
            TopicClause(
                id: id, says: text(using: &random), cues: texts(using: &random), phrases: texts(using: &random))
        }
        layer.contexts = named(["at-night", "crisis", "voice"], using: &random) { id, random in
            ContextClause(
                id: id, when: condition(depth: 2, using: &random), move: maybe(Move.allCases, using: &random),
                to: maybe(["counsellor", "line"], using: &random),
                says: Bool.random(using: &random) ? text(using: &random) : nil)
        }.shuffled(using: &random)
        layer.guidance = named(["goal-reminder", "rest"], using: &random) { id, random in
            GuidanceClause(
                id: id, says: text(using: &random), asks: text(using: &random),
                expiresDays: maybe([1, 7, 30], using: &random), when: maybeCondition(using: &random),
                move: maybe(Move.allCases, using: &random), origins: origins(using: &random))
        }
        layer.resources = named(["counsellor", "line"], using: &random) { id, random in
            Resource(id: id, says: text(using: &random))
        }
        if Bool.random(using: &random) {
            layer.memory = MemoryTerms(
                purposes: Bool.random(using: &random) ? texts(using: &random) : nil,
                retentionDays: maybe([10, 90, 180], using: &random),
                receipts: maybe([.facts, .bodies], using: &random))
        }
        if Int.random(in: 0..<4, using: &random) == 0 {
            layer.critique = CritiqueTerms(rounds: Int.random(in: 1...3, using: &random))
        }
        layer.floor = floorClauses(using: &random)
        layer.withdrawals = withdrawals(using: &random)
        return layer
    }

    /// What a person may say: goods, dispositions, contexts, a stricter floor, moves to avoid, choices, withdrawals.
    static func wishes(using random: inout SeededGenerator) -> CharterLayer {
        let any = layer(using: &random)
        var layer = CharterLayer()
        layer.goods = any.goods
        layer.dispositions = any.dispositions
        layer.contexts = any.contexts
        layer.floor = any.floor
        layer.withdrawals = any.withdrawals
        layer.critique = any.critique
        layer.avoids = subset(Move.allCases, using: &random)
        layer.choices = any.tensions.map { tension in
            TensionChoice(
                between: tension.between[0], tension.between[1], choose: maybe(tension.between, using: &random))
        }
        return layer
    }

    static func charter(_ name: String = "a/b", using random: inout SeededGenerator) -> Charter {
        charter(name, layer: layer(using: &random))
    }

    static func charter(_ name: String = "a/b", layer: CharterLayer) -> Charter {
        Charter(
            id: CharterID(name)!, version: SemanticVersion("1.0.0")!, community: nil, extends: [], layer: layer,
            amendment: nil, dissent: [])
    }

    static func circumstances(using random: inout SeededGenerator) -> Circumstances {
        Circumstances(
            topics: Bool.random(using: &random) ? Set(subset(topicNames, using: &random)) : nil,
            age: maybe(AgeBand.allCases, using: &random), role: maybe(["advisor", "tutor"], using: &random),
            channel: maybe(["chat", "voice"], using: &random), hour: maybe(Array(0...23), using: &random),
            language: maybe(["de", "en"], using: &random), risk: maybe(Risk.allCases, using: &random))
    }

    // MARK: Parts

    static func origins(using random: inout SeededGenerator) -> [ClauseOrigin] {
        guard Int.random(in: 0..<3, using: &random) == 0 else { return [] }
        return [
            ClauseOrigin(
                conversation: text(using: &random), statements: [0, Int.random(in: 1...3, using: &random)],
                agree: Int.random(in: 0...4, using: &random), disagree: maybe([0, 1], using: &random),
                of: Int.random(in: 5...6, using: &random))
        ]
    }

    private static let topicNames = ["crisis", "exams", "exam-stress", "grief"]

    private static func floorClauses(using random: inout SeededGenerator) -> [FloorClause] {
        named(floor, using: &random) { id, random in
            FloorClause(
                id: id, sayings: [text(using: &random)],
                severity: FloorClause.Severity.allCases.randomElement(using: &random) ?? .note,
                detection: FloorClause.Detection(
                    phrases: texts(using: &random),
                    detectors: subset(["claims-human", "personal-data"], using: &random),
                    guardCategories: subset(["self-harm", "violence"], using: &random),
                    sides: Set(subset(FloorClause.Detection.Side.allCases, using: &random))),
                instead: wording(using: &random),
                to: subset(["counsellor", "line"], using: &random), examples: examples(using: &random),
                origins: origins(using: &random))
        }
    }

    private static func wording(using random: inout SeededGenerator) -> [FloorClause.Wording] {
        guard Bool.random(using: &random) else { return [] }
        let languages = subset(["de", "pt", "yue"], using: &random)
        return [
            FloorClause.Wording(
                text(using: &random),
                byLanguage: Dictionary(uniqueKeysWithValues: languages.map { ($0, text(using: &random)) }))
        ]
    }

    private static func tensions(using random: inout SeededGenerator) -> [TensionClause] {
        let pairs = [("comfort", "understanding"), ("courage", "comfort"), ("honesty", "friendship")]
        return pairs.filter { _ in Bool.random(using: &random) }.map { first, second in
            TensionClause(
                between: first, second,
                decide: TensionClause.Decider.allCases.randomElement(using: &random) ?? .person,
                advice: texts(using: &random), examples: examples(using: &random), when: maybeCondition(using: &random),
                origins: origins(using: &random))
        }.sorted { $0.id < $1.id }
    }

    private static func withdrawals(using random: inout SeededGenerator) -> [Withdrawal] {
        var found: [Withdrawal] = []
        for good in goods where Int.random(in: 0..<6, using: &random) == 0 {
            found.append(Withdrawal(section: .goods, clause: good, because: text(using: &random)))
        }
        for (section, clause) in [
            (Withdrawal.Section.tensions, "comfort~understanding"), (.tensions, "comfort~courage"), (.roles, "tutor"),
            (.contexts, "crisis"), (.guidance, "rest"), (.resources, "line"), (.topics, "gardens"),
            (.dispositions, "patience"),
        ] where Int.random(in: 0..<5, using: &random) == 0 {
            found.append(Withdrawal(section: section, clause: clause, because: text(using: &random)))
        }
        return found.sorted { $0.id < $1.id }
    }

    static func condition(depth: Int, using random: inout SeededGenerator) -> Condition {
        let kind = Int.random(in: 0..<(depth > 0 ? 10 : 7), using: &random)
        func inner(_ random: inout SeededGenerator) -> [Condition] {
            (0..<Int.random(in: 1...3, using: &random)).map { _ in condition(depth: depth - 1, using: &random) }
        }
        switch kind {
        case 0: return .topic(topicNames.randomElement(using: &random) ?? "grief")
        case 1: return .age(AgeBand.allCases.randomElement(using: &random) ?? .adult)
        case 2: return .role(["advisor", "tutor"].randomElement(using: &random) ?? "tutor")
        case 3: return .channel(["chat", "voice"].randomElement(using: &random) ?? "chat")
        case 4:
            return .hours(from: Int.random(in: 0...23, using: &random), until: Int.random(in: 0...23, using: &random))
        case 5: return .language(["de", "en"].randomElement(using: &random) ?? "en")
        case 6: return .risk(Risk.allCases.randomElement(using: &random) ?? .low)
        case 7: return .all(inner(&random))
        case 8: return .any(inner(&random))
        default: return .not(condition(depth: depth - 1, using: &random))
        }
    }

    private static func maybeCondition(using random: inout SeededGenerator) -> Condition? {
        Int.random(in: 0..<3, using: &random) == 0 ? condition(depth: 2, using: &random) : nil
    }

    private static func examples(using random: inout SeededGenerator) -> [Example] {
        texts(using: &random).map { Example(person: $0, shows: "Yes: \($0)", fails: "No: \($0)") }
    }

    private static func text(using random: inout SeededGenerator) -> String {
        "Say \(Int.random(in: 1...6, using: &random))"
    }

    private static func texts(using random: inout SeededGenerator) -> [String] {
        subset((1...4).map { "do \($0)" }, using: &random).shuffled(using: &random)
    }

    private static func subset<Item>(_ items: [Item], using random: inout SeededGenerator) -> [Item] {
        items.filter { _ in Int.random(in: 0..<3, using: &random) == 0 }
    }

    private static func maybe<Item>(_ items: [Item], using random: inout SeededGenerator) -> Item? {
        Bool.random(using: &random) ? items.randomElement(using: &random) : nil
    }

    private static func named<Clause>(
        _ ids: [String], using random: inout SeededGenerator, _ make: (String, inout SeededGenerator) -> Clause
    ) -> [Clause] {
        ids.filter { _ in Bool.random(using: &random) }.map { make($0, &random) }
    }
}

extension CharterLayer {
    /// The same layer with everything that a file writes as a mapping in another order.
    func shuffled(using random: inout SeededGenerator) -> CharterLayer {
        var layer = self
        layer.goods.shuffle(using: &random)
        layer.dispositions.shuffle(using: &random)
        layer.tensions.shuffle(using: &random)
        layer.roles.shuffle(using: &random)
        layer.topics.shuffle(using: &random)
        layer.guidance.shuffle(using: &random)
        layer.resources.shuffle(using: &random)
        layer.floor.shuffle(using: &random)
        layer.withdrawals.shuffle(using: &random)
        layer.choices.shuffle(using: &random)
        return layer
    }
}
