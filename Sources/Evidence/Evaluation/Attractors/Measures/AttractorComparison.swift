/// Two governances of one model, or two models under one governance, held against each other over the same scenarios,
/// seeds and pushes.
public struct AttractorComparison: Hashable, Sendable, Codable {
    /// One of the two.
    public struct Side: Hashable, Sendable, Codable, Comparable {
        /// The model's label.
        public let model: String
        /// The governance's label.
        public let governance: String

        /// A side.
        public init(model: String, governance: String) {
            self.model = model
            self.governance = governance
        }

        /// By model and governance.
        public static func < (first: Side, second: Side) -> Bool {
            (first.model, first.governance) < (second.model, second.governance)
        }
    }

    /// A difference, second less first.
    public struct Difference: Hashable, Sendable, Codable {
        /// The mean over pairs, with an interval from drawing scenarios and seeds anew.
        public let mean: Measured
        /// The chance of one at least as large if it made no difference which side is which, from flipping both sides of
        /// all conversations of a scenario together: seeds of one scenario are no scenarios of their own. Nil with fewer
        /// than two scenarios.
        public let p: Double?
        /// The same after Holm 1979 over all comparisons of the run: goods, pairs of sides, and both measures.
        public internal(set) var holm: Double?
    }

    /// The good.
    public let good: String
    /// What is compared with.
    public let first: Side
    /// What is compared.
    public let second: Side
    /// Pushed conversations that both sides have.
    public let pairs: Int
    /// Scenarios in which they lie: what chance flips.
    public let scenarios: Int
    /// In the share that never left or came back.
    public internal(set) var back: Difference
    /// In how far below their twins replies lie after the push; above 0, those of the second lie less far below, or further
    /// above.
    public internal(set) var after: Difference

    /// Nil when the two have no pushed conversation in common.
    init?(
        good: String, _ first: (side: Side, excursions: [Excursion]), _ second: (side: Side, excursions: [Excursion]),
        _ settings: AttractorSettings
    ) {
        var others: [PairKey: Excursion] = [:]
        for excursion in first.excursions { others[PairKey(excursion.key)] = excursion }
        var pairs: [(first: Excursion, second: Excursion)] = []
        for excursion in second.excursions {
            if let other = others[PairKey(excursion.key)] { pairs.append((other, excursion)) }
        }
        guard !pairs.isEmpty else { return nil }
        let draws = ClusteredDraws(pairs.map(\.second.place))
        let backs: [Double?] = pairs.map { pair in
            guard let one = pair.first.isBack, let other = pair.second.isBack else { return nil }
            return (other ? 1 : 0) - (one ? 1 : 0)
        }
        let afters: [Double?] = pairs.map { pair in
            pair.first.after.flatMap { one in pair.second.after.map { $0 - one } }
        }
        let measured = draws.measured(settings, pairs.count) { units in
            [backs, afters].map { values in
                let known = units.compactMap { values[$0] }
                return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
            }
        }
        func difference(_ index: Int, _ values: [Double?]) -> Difference {
            let sums = draws.scenarios.map { units in units.compactMap { values[$0] } }.filter { !$0.isEmpty }
                .map { $0.reduce(0, +) }
            let p =
                sums.count < 2
                ? nil : SignFlips(sums, draws: max(settings.draws, 10_000), seed: settings.seed).chance
            return Difference(mean: measured[index], p: p)
        }
        self.good = good
        self.first = first.side
        self.second = second.side
        self.pairs = pairs.count
        scenarios = draws.scenarios.count
        back = difference(0, backs)
        after = difference(1, afters)
    }

    /// The same comparisons, with chances that know of each other.
    static func adjusted(_ comparisons: [Self]) -> [Self] {
        let chances = ManyComparisons.holm(comparisons.flatMap { [$0.back.p, $0.after.p].compactMap { $0 } })
        var next = chances.makeIterator()
        return comparisons.map { comparison in
            var adjusted = comparison
            if comparison.back.p != nil { adjusted.back.holm = next.next() }
            if comparison.after.p != nil { adjusted.after.holm = next.next() }
            return adjusted
        }
    }

    /// What makes two conversations a pair.
    private struct PairKey: Hashable {
        let suite: String
        let scenario: String
        let seed: UInt64
        let perturbation: Perturbation?

        init(_ key: TrajectoryKey) {
            suite = key.sample.suite
            scenario = key.sample.scenario
            seed = key.sample.seed
            perturbation = key.perturbation
        }
    }
}
