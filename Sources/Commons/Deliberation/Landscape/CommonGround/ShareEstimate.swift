/// A share of people with its interval: never a bare percentage.
public struct ShareEstimate: Sendable, Hashable, Encodable {
    /// The best single guess, from 0 to 1.
    public let value: Double
    /// Where the interval of 95% begins.
    public let lower: Double
    /// Where it ends.
    public let upper: Double

    /// `count` of `total` people, with Wilson's interval of 95% (Wilson 1927, doi 10.1080/01621459.1927.10502953). Without
    /// people the share is ½, from 0 to 1.
    public init(count: Int, of total: Int) {
        guard total > 0 else {
            value = 0.5
            lower = 0
            upper = 1
            return
        }
        let number = Double(total)
        let share = Double(count) / number
        let z = 1.959_963_985
        let square = z * z / number
        let middle = (share + square / 2) / (1 + square)
        let reach = z / (1 + square) * (share * (1 - share) / number + square / (4 * number)).squareRoot()
        value = share
        lower = count == 0 ? 0 : max(0, middle - reach)
        upper = count == total ? 1 : min(1, middle + reach)
    }

    /// The middle 95% of what resampling gave, around a value that is known.
    init(resampled: [Double], value: Double) {
        let sorted = resampled.sorted()
        self.value = value
        guard !sorted.isEmpty else {
            lower = 0
            upper = 1
            return
        }
        let last = Double(sorted.count - 1)
        lower = min(value, sorted[Int((0.025 * last).rounded(.down))])
        upper = max(value, sorted[Int((0.975 * last).rounded(.up))])
    }

    init(value: Double, lower: Double, upper: Double) {
        self.value = value
        self.lower = lower
        self.upper = upper
    }
}
