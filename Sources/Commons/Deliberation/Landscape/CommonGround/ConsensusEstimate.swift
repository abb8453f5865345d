/// Agreement across groups with its interval.
///
/// If nothing is known of a group's share of agreement beforehand, and the votes of groups are independent, the mean of
/// the product of shares given the votes is exactly Polis's product of (A+1) ⁄ (S+2). Its variance is exact as well, by
/// the second moments of Beta distributions; the interval of 95% is that of a log-normal distribution with both.
public struct ConsensusEstimate: Sendable, Hashable {
    /// The product over groups of (A+1) ⁄ (S+2), from 0 to 1.
    public let value: Double
    /// The standard deviation of what it may be given the votes.
    public let deviation: Double
    /// Where the interval begins.
    public let lower: Double
    /// Where it ends.
    public let upper: Double

    /// The product for people who took this stance, one tally for each group. 1 for no groups.
    public init(_ stance: Stance, _ groups: [VoteTally]) {
        var mean = 1.0
        var square = 1.0
        for tally in groups {
            let count = Double(tally[stance])
            let seen = Double(tally.seen)
            mean *= (count + 1) / (seen + 2)
            square *= (count + 1) * (count + 2) / ((seen + 2) * (seen + 3))
        }
        value = mean
        let variance = max(0, square - mean * mean)
        deviation = variance.squareRoot()
        let spread = logarithm(1 + variance / (mean * mean))
        let middle = logarithm(mean) - spread / 2
        let reach = 1.959_963_985 * spread.squareRoot()
        lower = min(mean, exponential(middle - reach))
        upper = max(mean, min(1, exponential(middle + reach)))
    }
}
