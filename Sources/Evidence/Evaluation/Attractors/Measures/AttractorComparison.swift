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
        /// all conversations of a scenario and seed together. Not adjusted for how many comparisons there are.
        public let p: Double?
    }

    /// The good.
    public let good: String
    /// What is compared with.
    public let first: Side
    /// What is compared.
    public let second: Side
    /// Pushed conversations that both sides have.
    public let pairs: Int
    /// Scenarios with seeds in which they lie: what chance flips.
    public let blocks: Int
    /// In the share that never left or came back.
    public let back: Difference
    /// In how far from their twins replies lie after the push; above 0, the second stays nearer to its twin or above it.
    public let after: Difference

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
            let blocks = draws.blocks.map { block in block.compactMap { values[$0] } }.filter { !$0.isEmpty }
            return Difference(
                mean: measured[index],
                p: BlockFlips.chance(
                    blocks.map { $0.reduce(0, +) }, draws: max(settings.draws, 10_000), seed: settings.seed))
        }
        self.good = good
        self.first = first.side
        self.second = second.side
        self.pairs = pairs.count
        blocks = draws.blocks.count
        back = difference(0, backs)
        after = difference(1, afters)
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
