import Flourishing

// How two clauses of one name become one. Each of these is associative and idempotent; together they make composing
// layers so.

extension GoodClause {
    func composed(with higher: GoodClause) -> GoodClause {
        GoodClause(
            good: Good(
                id: id, says: higher.good.says, lens: higher.good.lens ?? good.lens,
                // `person` is also what a file that doesn't name a circle means, so only another circle is an answer.
                circle: higher.good.circle == .person ? good.circle : higher.good.circle,
                traditions: good.traditions.union(higher.good.traditions)),
            signs: signs.union(higher.signs), failures: failures.union(higher.failures),
            examples: examples.union(higher.examples), when: Condition.widened(when, higher.when),
            // It goes with the words, which are the higher layer's.
            origins: higher.origins)
    }
}

extension DispositionClause {
    func composed(with higher: DispositionClause) -> DispositionClause {
        DispositionClause(
            id: id, says: higher.says, signs: signs.union(higher.signs),
            nearEnemies: nearEnemies.union(higher.nearEnemies), traditions: traditions.union(higher.traditions),
            examples: examples.union(higher.examples), when: Condition.widened(when, higher.when))
    }
}

extension Condition {
    /// A condition that holds when one of two holds. Nil holds always.
    ///
    /// So a later layer can't make a good disappear by a condition that never holds.
    static func widened(_ first: Condition?, _ second: Condition?) -> Condition? {
        guard let first, let second else { return nil }
        let alternatives = first.alternatives.union(second.alternatives)
        // One alternative stands as it was: `any` of one would be the same in other words.
        return alternatives.count == 1 ? first : .any(alternatives)
    }

    private var alternatives: [Condition] {
        if case .any(let conditions) = self, conditions.count > 1 { conditions } else { [self] }
    }
}

extension TensionClause {
    func composed(with higher: TensionClause) -> TensionClause {
        // Given to the person by one layer only: that layer's words alone count, since the other's say how somebody
        // else decides.
        if (decide == .person) != (higher.decide == .person) { return decide == .person ? self : higher }
        var result = self
        result.decide = higher.decide
        // Both give it to the person: whoever gave it first says how it is laid out. Advice of a higher layer could
        // decide in the person's place.
        if decide != .person {
            result.advice = advice.union(higher.advice)
            result.origins = origins.union(higher.origins)
        }
        result.examples = examples.union(higher.examples)
        result.when = Condition.widened(when, higher.when)
        return result
    }
}

extension Role {
    func composed(with higher: Role) -> Role {
        Role(
            id: id, stance: higher.stance, moves: higher.moves.isEmpty ? moves : higher.moves,
            standards: standards.union(higher.standards))
    }
}

extension TopicClause {
    func composed(with higher: TopicClause) -> TopicClause {
        TopicClause(
            id: id, says: higher.says, cues: cues.union(higher.cues), phrases: phrases.union(higher.phrases))
    }
}

extension ContextClause {
    func composed(with higher: ContextClause) -> ContextClause {
        ContextClause(
            id: id, when: higher.when, move: higher.move ?? move, to: higher.to ?? to, says: higher.says ?? says)
    }
}

extension GuidanceClause {
    /// Here a condition stays until a layer says another: unlike a good, guidance must not spread by being said again.
    func composed(with higher: GuidanceClause) -> GuidanceClause {
        GuidanceClause(
            id: id, says: higher.says, asks: higher.asks, expiresDays: higher.expiresDays ?? expiresDays,
            when: higher.when ?? when, move: higher.move ?? move, origins: higher.origins)
    }
}

extension MemoryTerms {
    func composed(with higher: MemoryTerms) -> MemoryTerms {
        let days = [retentionDays, higher.retentionDays].compactMap(\.self)
        return MemoryTerms(
            purposes: higher.purposes ?? purposes, retentionDays: days.min(), receipts: higher.receipts ?? receipts)
    }
}

extension FloorClause {
    func composed(with higher: FloorClause) -> FloorClause {
        FloorClause(
            id: id, sayings: sayings.union(higher.sayings), severity: max(severity, higher.severity),
            detection: Detection(
                phrases: detection.phrases.union(higher.detection.phrases),
                detectors: detection.detectors.union(higher.detection.detectors),
                guardCategories: detection.guardCategories.union(higher.detection.guardCategories),
                sides: detection.sides(with: higher.detection)),
            instead: instead.union(higher.instead), to: to.union(higher.to), examples: examples.union(higher.examples),
            origins: origins.union(higher.origins))
    }
}

extension FloorClause.Detection {
    /// The sides that one of two looks at.
    ///
    /// None named means the model's side. That is said out loud here, or a layer that names only `input` would turn off
    /// the `output` that a lower layer left unsaid.
    fileprivate func sides(with other: Self) -> Set<Side> {
        if sides.isEmpty && other.sides.isEmpty { return [] }
        return sidesLookedAt.union(other.sidesLookedAt)
    }

    private var sidesLookedAt: Set<Side> { isEmpty || !sides.isEmpty ? sides : [.output] }
}
