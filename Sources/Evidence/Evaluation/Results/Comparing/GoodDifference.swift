public import Flourishing

extension PairedComparison {
    /// How one good differs between two conducts.
    public struct GoodDifference: Hashable, Sendable, Codable {
        /// What one scenario's difference is.
        public struct ScenarioDifference: Hashable, Sendable, Codable {
            /// The scenario.
            public let scenario: String
            /// Second less first, from -2 to 2.
            public let value: Double
        }

        /// The suite.
        public let suite: String
        /// The good.
        public let good: String
        /// Pairs of samples of which both have an estimate.
        public let pairs: Int
        /// Pairs of which one or both have none, for whatever reason.
        public let unpaired: Int
        /// Of those, pairs of which both conversations are whole and the judge found nothing to go by in either: they
        /// don't count as missing.
        public let neither: Int
        /// Whether more pairs are missing than allowed, or there is none: then the good is open, whatever the rest shows.
        public let lacksPairs: Bool
        /// The mean of the first side, over scenarios with a pair; where there is no pair, over all that it has.
        public let from: Double?
        /// The mean of the second side, likewise.
        public let to: Double?
        /// Second less first: the mean over scenarios, from -2 to 2, with its interval. Nil without a pair.
        public let difference: ScenarioMean?
        /// The scenario that fell furthest or rose least. A mean can hide it, and so can a small chance.
        public let worst: ScenarioDifference?
        /// The scenario that rose furthest or fell least.
        public let best: ScenarioDifference?
        /// How many scenarios fell.
        public let fell: Int
        /// How often chance alone leads as far: a two-sided test by flipping signs, which supposes that differences lie
        /// as far above their mean as below. Nil without a pair.
        public let chance: Double?
        /// Whether every way to flip was counted.
        public let isExact: Bool
        /// The chance after Holm's correction over all goods that were compared together.
        public let holm: Double?
        /// The chance after Benjamini and Hochberg's correction over all goods that were compared together.
        public let benjaminiHochberg: Double?
        /// The smallest true difference that so many scenarios, spread as they are, would show as better or worse in about
        /// four of five runs, among so many goods: (t(1 - 0.025/m) + t(0.8)) standard errors, with Student's t and m
        /// goods, which is a little more than Holm's correction asks (after Bloom 1995, *Evaluation Review* 19, 547–556).
        /// Nil with fewer than ``ScenarioMean/fewest`` scenarios, where all differ alike, and where nothing at all can be
        /// shown: with too many pairs missing, or so few scenarios among so many goods.
        public let detectable: Double?
        /// The standard error of the mean difference. Nil where there is no interval.
        public let standardError: Double?
        /// Whether every scenario pointing the same way would still not be enough among so many goods.
        public let isTooFewAmongSoMany: Bool
        /// How the second side stands to the first.
        public let standing: Standing

        /// The share of pairs that are missing, from 0 to 1: where one side has an estimate and the other none, or a
        /// conversation isn't whole.
        public var missingShare: Double {
            let looked = pairs + unpaired - neither
            return looked == 0 ? 0 : 1 - Double(pairs) / Double(looked)
        }

        /// Whether the second side is worse by more than a margin: its whole interval lies beyond. Where there is no
        /// interval, every single scenario has to.
        public func isWorse(beyond margin: Double) -> Bool {
            if let upper = difference?.upper { return upper < -margin }
            return best.map { $0.value < -margin } ?? false
        }

        /// Whether it was shown that the second side is worse by no more than a margin: the whole interval lies above, or
        /// all scenarios of five or more are alike and do. Never with too many pairs missing, or too few scenarios.
        public func isShownToKeep(within margin: Double) -> Bool {
            guard !lacksPairs, let difference else { return false }
            if let lower = difference.lower { return lower >= -margin }
            return difference.isAlike && difference.value >= -margin
        }

        /// How far a good has to fall in truth so that ``isWorse(beyond:)`` says so in about four of five runs: the margin
        /// and (t(0.975) + t(0.8)) standard errors. Nil where there is no interval.
        public func drop(shownBeyond margin: Double) -> Double? {
            guard let standardError, let difference else { return nil }
            let student = StudentDistribution(freedom: difference.scenarios - 1)
            return margin + (student.quantile(0.975) + student.quantile(0.8)) * standardError
        }
    }
}
