/// How well something serves one good, as far as anybody can tell: a value with an interval, never a bare number.
///
/// The scale runs from -1 (as far from the good as can be) over 0 (neither) to 1 (as near as can be).
public struct Estimate: Hashable, Sendable {
    /// The best single guess, from -1 to 1.
    public let value: Double
    /// The lower end of the interval, from -1 to the value.
    public let lower: Double
    /// The upper end of the interval, from the value to 1.
    public let upper: Double
    /// The share of what should have been looked at that was, from 0 to 1.
    public let coverage: Double

    /// Makes an estimate. Nil unless -1 ≤ lower ≤ value ≤ upper ≤ 1 and 0 ≤ coverage ≤ 1.
    public init?(value: Double, lower: Double, upper: Double, coverage: Double = 1) {
        // Written so that a NaN anywhere makes it fail.
        guard -1 <= lower, lower <= value, value <= upper, upper <= 1, 0 <= coverage, coverage <= 1 else { return nil }
        self.value = value
        self.lower = lower
        self.upper = upper
        self.coverage = coverage
    }
}

extension Estimate: Codable {
    private enum CodingKeys: CodingKey {
        case value, lower, upper, coverage
    }

    /// Reads an estimate, and refuses one that isn't an interval on the scale.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let estimate = Estimate(
            value: try container.decode(Double.self, forKey: .value),
            lower: try container.decode(Double.self, forKey: .lower),
            upper: try container.decode(Double.self, forKey: .upper),
            coverage: try container.decode(Double.self, forKey: .coverage))
        guard let estimate else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription: "An estimate needs -1 ≤ lower ≤ value ≤ upper ≤ 1 and 0 ≤ coverage ≤ 1."))
        }
        self = estimate
    }
}
