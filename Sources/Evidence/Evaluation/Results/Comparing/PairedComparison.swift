public import Flourishing
import Foundation
public import Judges

/// Two conducts side by side, good by good: the same scenarios with the same seeds, under two charters or by two models.
///
/// ```swift
/// let found = results.comparison(of: .init(model: "local", governance: "none"),
///     with: .init(model: "local", governance: "commons/advisor"))
/// found.map(\.standing)     // of each judge: better, worse, equal or incomparable
/// ```
///
/// Both talked with the same people, so what is compared is the difference in each scenario, and what a judge gets wrong
/// in the same way on both sides falls out. There is no total: the vectors are better only if no good is worse and none
/// is left open.
public struct PairedComparison: Hashable, Sendable, Codable {
    /// One of the two.
    public struct Side: Hashable, Sendable, Codable {
        /// The model's label.
        public let model: String
        /// The governance's label.
        public let governance: String

        /// One of the two.
        public init(model: String, governance: String) {
            self.model = model
            self.governance = governance
        }

        /// In words.
        public var name: String {
            governance == Governance.none.label ? "\(model), no charter" : "\(model) under \(governance)"
        }
    }

    /// How one good differs.
    public struct GoodDifference: Hashable, Sendable, Codable {
        /// The suite.
        public let suite: String
        /// The good.
        public let good: String
        /// Pairs of samples of which both have an estimate.
        public let pairs: Int
        /// Pairs of which one or both have none.
        public let unpaired: Int
        /// The mean of the first side, over scenarios.
        public let from: Double
        /// The mean of the second side, over scenarios.
        public let to: Double
        /// Second less first: the mean over scenarios, from -2 to 2, with its interval.
        public let difference: ScenarioMean
        /// How often chance alone leads as far: a two-sided test by flipping signs.
        public let chance: Double
        /// Whether every way to flip was counted.
        public let isExact: Bool
        /// The chance after Holm's correction over all goods of the comparison.
        public let holm: Double
        /// The chance after Benjamini and Hochberg's correction over all goods of the comparison.
        public let benjaminiHochberg: Double
        /// The smallest true difference that so many scenarios, spread as they are, would show in four of five runs at
        /// the 5% level (Bloom 1995, *Evaluation Review* 19, 547–556; by the normal distribution, which flatters with
        /// fewer than 20 scenarios). Nil with fewer than ``ScenarioMean/fewest`` scenarios, and where all differ alike.
        public let detectable: Double?
        /// How the second side stands to the first.
        public let standing: Standing

        /// Whether the second side is worse by more than a margin: its whole interval lies beyond.
        public func isWorse(beyond margin: Double) -> Bool { difference.upper.map { $0 < -margin } ?? false }
    }

    /// What is compared with.
    public let from: Side
    /// What is compared.
    public let to: Side
    /// Who judged both.
    public let judge: JudgeIdentity
    /// The goods, suite by suite.
    public let goods: [GoodDifference]
    /// How the second side stands to the first over all goods: never better as long as one good is open or worse.
    public let standing: Standing
    /// How it stands suite by suite.
    public let suites: [String: Standing]

    /// The level below which a corrected chance counts.
    static let level = 0.05

    /// How a vector stands, by how its goods stand: the rule of ``Flourishing/Appraisal/standing(to:)``. Nothing to
    /// compare is incomparable.
    static func together(_ standings: [Standing]) -> Standing {
        guard !standings.isEmpty else { return .incomparable }
        var together = Standing.equal
        for standing in standings {
            switch (together, standing) {
            case (_, .incomparable), (.better, .worse), (.worse, .better): return .incomparable
            case (_, .equal): continue
            case (_, let decided): together = decided
            }
        }
        return together
    }
}

extension RunResults {
    /// Compares two conducts, once for each judge of both.
    ///
    /// - Parameters:
    ///   - from: What is compared with, in this run.
    ///   - to: What is compared, in `other`.
    ///   - other: Another run; this one if nil. Suites whose words differ aren't compared.
    /// - Returns: One comparison for each judge that judged both in the same way.
    /// - Complexity: O(*draws* · scenarios) for each good.
    public func comparison(
        of from: PairedComparison.Side, with to: PairedComparison.Side, in other: RunResults? = nil
    ) -> [PairedComparison] {
        let other = other ?? self
        return plan.judges.enumerated().compactMap { index, judge in
            guard let otherIndex = other.plan.judges.firstIndex(of: judge) else { return nil }
            return comparison(of: from, with: to, in: other, judge, (Int32(index), Int32(otherIndex)))
        }
    }

    private func comparison(
        of from: PairedComparison.Side, with to: PairedComparison.Side, in other: RunResults, _ judge: JudgeIdentity,
        _ indices: (Int32, Int32)
    ) -> PairedComparison {
        var found: [GoodPairs] = []
        for suite in plan.suites {
            guard
                let twin = other.plan.suites.first(where: { $0.id == suite.id && $0.fingerprint == suite.fingerprint })
            else { continue }
            let twins = Set(twin.scenarios)
            var goods: [String: GoodPairs] = [:]
            for scenario in suite.scenarios where twins.contains(scenario) {
                for seed in plan.seeds where other.plan.seeds.contains(seed) {
                    let first = said(from, suite.id, scenario, seed, indices.0)
                    let second = other.said(to, suite.id, scenario, seed, indices.1)
                    for good in Set(first.keys).union(second.keys) {
                        goods[good, default: GoodPairs(suite: suite.id, good: good)].take(
                            first[good] ?? nil, second[good] ?? nil, of: scenario)
                    }
                }
            }
            let order = book.suites[suite.id]?.rubric.entries.map(\.id) ?? []
            found += goods.values.sorted { one, two in
                (order.firstIndex(of: one.good) ?? .max, one.good) < (order.firstIndex(of: two.good) ?? .max, two.good)
            }
        }
        let tested = found.filter { !$0.scenarios.isEmpty }
        let flips = tested.map { SignFlips($0.differences, draws: 9_999, seed: settings.seed) }
        let holm = ManyComparisons.holm(flips.map(\.chance))
        let hochberg = ManyComparisons.benjaminiHochberg(flips.map(\.chance))
        let goods = tested.indices.compactMap { place in
            tested[place].difference(settings, flips[place], holm: holm[place], hochberg: hochberg[place])
        }
        return PairedComparison(
            from: from, to: to, judge: judge, goods: goods,
            standing: PairedComparison.together(goods.map(\.standing)),
            suites: Dictionary(grouping: goods, by: \.suite).mapValues {
                PairedComparison.together($0.map(\.standing))
            })
    }

    /// What one judge estimated of one sample, by good; a good that it couldn't estimate is there with nothing.
    private func said(
        _ side: PairedComparison.Side, _ suite: String, _ scenario: String, _ seed: UInt64, _ judge: Int32
    ) -> [String: Double?] {
        let key = SampleKey(
            suite: suite, scenario: scenario, model: side.model, governance: side.governance, seed: seed)
        guard let place = book.places.place(of: key), let record = book.records[place], record.failure == nil else {
            return [:]
        }
        var said: [String: Double?] = [:]
        for entry in record.entries where entry.judge == judge {
            said.updateValue(entry.estimate?.value, forKey: book.goods[entry.good])
        }
        return said
    }
}

/// The pairs of one good, scenario by scenario.
private struct GoodPairs {
    let suite: String
    let good: String
    private(set) var scenarios: [String: (from: Double, to: Double, pairs: Int)] = [:]
    private var unpaired = 0

    init(suite: String, good: String) {
        self.suite = suite
        self.good = good
    }

    mutating func take(_ first: Double?, _ second: Double?, of scenario: String) {
        guard let first, let second else {
            unpaired += 1
            return
        }
        let before = scenarios[scenario] ?? (0, 0, 0)
        scenarios[scenario] = (before.from + first, before.to + second, before.pairs + 1)
    }

    /// The mean of each scenario's pairs, in the order of the scenarios' names.
    private var means: [(from: Double, to: Double)] {
        scenarios.sorted { $0.key < $1.key }.map {
            ($0.value.from / Double($0.value.pairs), $0.value.to / Double($0.value.pairs))
        }
    }

    var differences: [Double] { means.map { $0.to - $0.from } }

    func difference(
        _ settings: RunResults.Settings, _ flips: SignFlips, holm: Double, hochberg: Double
    ) -> PairedComparison.GoodDifference? {
        let (means, differences) = (means, differences)
        guard
            let mean = ScenarioMean(
                differences, draws: settings.draws, level: settings.level, seed: settings.seed)
        else { return nil }
        let count = Double(means.count)
        var detectable: Double?
        if means.count >= ScenarioMean.fewest {
            let variance = differences.reduce(0) { $0 + ($1 - mean.value) * ($1 - mean.value) } / (count - 1)
            let multiple = NormalDistribution.quantile(0.975) + NormalDistribution.quantile(0.8)
            // Where every scenario differs by as much, how they spread isn't known.
            if variance > 0 { detectable = multiple * (variance / count).squareRoot() }
        }
        return PairedComparison.GoodDifference(
            suite: suite, good: good, pairs: scenarios.values.reduce(0) { $0 + $1.pairs }, unpaired: unpaired,
            from: means.reduce(0) { $0 + $1.from } / count, to: means.reduce(0) { $0 + $1.to } / count,
            difference: mean, chance: flips.chance, isExact: flips.isExact, holm: holm, benjaminiHochberg: hochberg,
            detectable: detectable, standing: Self.standing(mean, differences, holm: holm))
    }

    /// Better or worse only where the interval excludes 0 and the chance that this is luck stays small among all goods.
    private static func standing(_ mean: ScenarioMean, _ differences: [Double], holm: Double) -> Standing {
        if differences.count >= ScenarioMean.fewest, differences.allSatisfy({ $0 == 0 }) { return .equal }
        guard let lower = mean.lower, let upper = mean.upper, holm < PairedComparison.level else {
            return .incomparable
        }
        return lower > 0 ? .better : upper < 0 ? .worse : .incomparable
    }
}
