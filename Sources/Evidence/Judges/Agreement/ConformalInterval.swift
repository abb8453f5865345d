/// How far a judge may be off, learned from cases where people rated too: intervals that hold people's rating as often
/// as promised, whatever the judge is, as long as new cases are like those.
///
/// Split conformal prediction (Papadopoulos et al. 2002; Lei et al. 2018, doi 10.1080/01621459.2017.1307116). The
/// promise is on average over cases, not for each kind of case.
public struct ConformalInterval: Sendable, Hashable, Codable {
    /// Half of an interval's width, at least 0. Infinite when there were too few cases for the promise.
    public let reach: Double
    /// The share of cases that the interval holds, as promised.
    public let level: Double
    /// How many cases it was learned from.
    public let count: Int

    /// Learns from cases.
    ///
    /// - Parameters:
    ///   - cases: The judge's value and people's, both finite.
    ///   - level: The share promised, above 0 and below 1.
    /// - Returns: Nil without cases, for a level out of range, or when a value isn't finite.
    public init?(_ cases: [(judged: Double, rated: Double)], level: Double = 0.9) {
        guard !cases.isEmpty, level > 0, level < 1, cases.allSatisfy({ $0.judged.isFinite && $0.rated.isFinite })
        else { return nil }
        let misses = cases.map { abs($0.judged - $0.rated) }.sorted()
        let place = Int((level * Double(misses.count + 1)).rounded(.up))
        reach = place <= misses.count ? misses[place - 1] : .infinity
        self.level = level
        count = misses.count
    }

    /// The interval around a judged value, within a scale.
    public func around(_ judged: Double, on scale: ClosedRange<Double> = -1...1) -> ClosedRange<Double> {
        let middle = min(max(judged, scale.lowerBound), scale.upperBound)
        return max(scale.lowerBound, middle - reach)...min(scale.upperBound, middle + reach)
    }

    /// The share of other cases whose rating the interval holds; nil without cases.
    public func coverage(of cases: [(judged: Double, rated: Double)]) -> Double? {
        guard !cases.isEmpty else { return nil }
        return Double(cases.count { abs($0.judged - $0.rated) <= reach }) / Double(cases.count)
    }
}
