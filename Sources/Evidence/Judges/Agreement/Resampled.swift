/// A number with an interval from drawing the units anew.
public struct Resampled: Sendable, Hashable, Codable {
    /// The number from the units as they are.
    public let value: Double
    /// The lower end of the interval.
    public let lower: Double
    /// The upper end of the interval.
    public let upper: Double
    /// How many of the draws gave a number.
    public let draws: Int
}

/// A measure of agreement, with an interval where there is enough to draw from.
public struct MeasuredAgreement: Sendable, Hashable, Codable {
    /// The number from the units as they are.
    public let value: Double
    /// The lower end of the interval; nil with fewer than ``RatingTable/fewestForInterval`` units that two raters rated.
    public let lower: Double?
    /// The upper end of the interval; nil together with ``lower``.
    public let upper: Double?
    /// How many of the draws gave a number; 0 without an interval.
    public let draws: Int
}

extension RatingTable {
    /// Drawing fewer units anew gives the same ones again and again, and an interval that says nothing.
    public static let fewestForInterval = 5

    /// A measure of agreement with a percentile interval: units are drawn with replacement, raters stay.
    ///
    /// With few units, or units that belong together (replies to one question), the interval is too narrow, and with fewer
    /// than ``fewestForInterval`` that two raters rated there is none. Draws in which the measure has no value are left out;
    /// with fewer than half left nothing is known.
    ///
    /// Efron and Tibshirani 1993, *An Introduction to the Bootstrap*, chapter 13.
    ///
    /// - Parameters:
    ///   - draws: 100 at least.
    ///   - level: The share of draws within, above 0 and below 1.
    ///   - seed: The same seed gives the same interval.
    /// - Returns: Nil when the measure has no value for the table, or for more than half of the draws.
    public func resampled(
        draws: Int = 2_000, level: Double = 0.95, seed: UInt64 = 1, _ measure: (RatingTable) -> Double?
    ) -> MeasuredAgreement? {
        guard draws >= 100, level > 0, level < 1, let value = measure(self) else { return nil }
        guard ratings.count(where: { $0.count { $0 != nil } >= 2 }) >= Self.fewestForInterval else {
            return MeasuredAgreement(value: value, lower: nil, upper: nil, draws: 0)
        }
        var generator = SeededDraws(seed: seed)
        var found: [Double] = []
        for _ in 0..<draws {
            let rows = units.indices.map { _ in generator.next(below: units.count) }
            if let drawn = measure(drawing(rows)) { found.append(drawn) }
        }
        guard found.count * 2 >= draws else { return nil }
        found.sort()
        return MeasuredAgreement(
            value: value, lower: found.quantile((1 - level) / 2), upper: found.quantile((1 + level) / 2),
            draws: found.count)
    }
}

/// Random numbers that follow from a seed, the same on every machine and in every version of Swift: SplitMix64
/// (Steele, Lea and Flood 2014, doi 10.1145/2660193.2660195).
package struct SeededDraws: Sendable {
    private var state: UInt64

    /// Numbers that follow from a seed.
    package init(seed: UInt64) { state = seed }

    /// The next 64 bits.
    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to, and without, `bound`, by the high word of a product: off by less than 2⁻³² of chance.
    package mutating func next(below bound: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }
}

extension [Double] {
    /// The quantile of ascending numbers, between neighbours in a straight line (type 7 of Hyndman and Fan 1996,
    /// doi 10.1080/00031305.1996.10473566).
    package func quantile(_ share: Double) -> Double {
        let place = share * Double(count - 1)
        let low = Int(place.rounded(.down))
        let high = Swift.min(low + 1, count - 1)
        return self[low] + (place - Double(low)) * (self[high] - self[low])
    }
}
