/// How much larger one share of people is than another, with its interval of 95% (Newcombe 1998, method 10, doi
/// 10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I).
public struct ShareDifference: Sendable, Hashable, Encodable {
    /// The first share less the second, from -1 to 1.
    public let value: Double
    /// Where the interval begins.
    public let lower: Double
    /// Where it ends.
    public let upper: Double

    /// Compares two shares.
    public init(_ first: ShareEstimate, _ second: ShareEstimate) {
        value = first.value - second.value
        let root = { (left: Double, right: Double) in (left * left + right * right).squareRoot() }
        lower = max(-1, value - root(first.value - first.lower, second.upper - second.value))
        upper = min(1, value + root(first.upper - first.value, second.value - second.lower))
    }

    /// How far from zero it surely is: 0 when the interval holds zero.
    public var sure: Double { max(0, lower, -upper) }
}
