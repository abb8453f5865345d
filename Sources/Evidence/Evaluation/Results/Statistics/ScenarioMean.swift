import Judges

/// The mean over scenarios, with the interval that drawing the scenarios anew gives.
///
/// Seeds of one scenario belong together, so they are first averaged, and scenarios are what is drawn: ten seeds of one
/// scenario say little about other scenarios. The interval is the bias-corrected and accelerated one (BCa) of Efron and
/// Tibshirani 1993, *An Introduction to the Bootstrap*, chapter 14, with its ends moved outward, since what is drawn from
/// few scenarios spreads less than new scenarios would (Hesterberg 2015, *The American Statistician* 69, 371–386).
/// With fewer than eight scenarios it is still somewhat too narrow. It says what other scenarios of the same kind might
/// have given; it knows nothing of how wrong a judge may be.
public struct ScenarioMean: Hashable, Sendable, Codable {
    /// The mean.
    public let value: Double
    /// The lower end of the interval; nil with fewer than ``fewest`` scenarios, and where all are alike.
    public let lower: Double?
    /// The upper end of the interval; nil with fewer than ``fewest`` scenarios, and where all are alike.
    public let upper: Double?
    /// How many scenarios it is the mean of.
    public let scenarios: Int

    /// With fewer scenarios there is no interval: drawing a handful anew says nothing.
    public static let fewest = 5

    /// Whether there were scenarios enough, and all gave the same number: drawing them anew then gives a point, which is
    /// no measure of how others would differ, so there is no interval.
    public var isAlike: Bool { lower == nil && scenarios >= Self.fewest }

    /// The mean of one number for each scenario. Nil when there is none.
    ///
    /// - Parameters:
    ///   - draws: How often scenarios are drawn anew, 100 at least.
    ///   - level: The share of draws within, above 0 and below 1.
    ///   - seed: The same seed gives the same interval.
    /// - Complexity: O(*draws* · *n*).
    init?(_ values: [Double], draws: Int, level: Double, seed: UInt64) {
        guard !values.isEmpty else { return nil }
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        value = mean
        scenarios = values.count
        guard values.count >= Self.fewest, !Self.areAlike(values) else {
            (lower, upper) = (nil, nil)
            return
        }
        var generator = SeededDraws(seed: seed)
        var means: [Double] = []
        means.reserveCapacity(draws)
        for _ in 0..<max(100, draws) {
            var sum = 0.0
            for _ in values.indices { sum += values[generator.next(below: values.count)] }
            means.append(sum / count)
        }
        means.sort()
        let total = values.reduce(0, +)
        let without = values.map { (total - $0) / (count - 1) }
        (lower, upper) = Self.interval(
            ofSorted: means, observed: mean, without: without, level: Self.widened(level, scenarios: values.count))
    }

    /// Whether all are the same, but for how sums round.
    private static func areAlike(_ values: [Double]) -> Bool {
        guard let least = values.min(), let most = values.max() else { return true }
        return most - least < 1e-9
    }

    /// The level to ask of the draws so that an interval over so few scenarios holds the truth about as often as it
    /// says: the draws' spread is too small by √((n-1)/n), and its own estimate is uncertain as Student's t is.
    static func widened(_ level: Double, scenarios: Int) -> Double {
        let count = Double(scenarios)
        let place =
            (count / (count - 1)).squareRoot()
            * StudentDistribution(freedom: scenarios - 1).quantile((1 + level) / 2)
        return 1 - 2 * NormalDistribution.share(below: -place)
    }

    /// The bias-corrected and accelerated interval.
    ///
    /// - Parameters:
    ///   - means: What the draws gave, ascending.
    ///   - observed: What the sample itself gives.
    ///   - without: What it gives without each one of its members.
    static func interval(
        ofSorted means: [Double], observed: Double, without: [Double], level: Double
    ) -> (Double, Double) {
        let below = means.count { $0 < observed } + means.count { $0 <= observed }
        let bias = NormalDistribution.quantile(Double(below) / Double(2 * means.count))
        let middle = without.reduce(0, +) / Double(without.count)
        var (squares, cubes) = (0.0, 0.0)
        for one in without {
            let apart = middle - one
            squares += apart * apart
            cubes += apart * apart * apart
        }
        let acceleration = squares > 0 ? cubes / (6 * squares * squares.squareRoot()) : 0
        func end(_ share: Double) -> Double {
            let moved = bias + NormalDistribution.quantile(share)
            let corrected = NormalDistribution.share(below: bias + moved / (1 - acceleration * moved))
            // Where all draws lie on one side there is nothing to correct by.
            return means.quantile(corrected.isNaN ? share : min(1, max(0, corrected)))
        }
        return (end((1 - level) / 2), end((1 + level) / 2))
    }
}
