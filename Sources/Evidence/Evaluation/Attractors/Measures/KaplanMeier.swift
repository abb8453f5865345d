import Foundation

/// The share of conversations that something hasn't happened to yet, turn by turn, when some weren't watched long enough
/// to see it.
///
/// ```swift
/// let curve = KaplanMeier([.init(2, happened: true), .init(3, happened: false), .init(5, happened: true)], through: 6)
/// curve.median   // 5
/// ```
///
/// Kaplan and Meier 1958, doi 10.1080/01621459.1958.10501452. Intervals: Greenwood 1926 for the variance, on the scale of
/// log(−log S) (Kalbfleisch and Prentice 1980), for conversations that are independent of each other; those about one
/// scenario aren't, so what reports show comes from drawing scenarios anew.
///
/// - Complexity: O(*n* + *t*) in observations and turns.
public struct KaplanMeier: Hashable, Sendable, Codable {
    /// One conversation: when it happened, or until when it was watched without its happening.
    public struct Observation: Hashable, Sendable, Codable {
        /// The turn, from 1.
        public let turn: Int
        /// Whether it happened then. False: it was watched through this turn, and it hadn't happened.
        public let happened: Bool

        /// An observation; a turn below 1 counts as 1.
        public init(_ turn: Int, happened: Bool) {
            self.turn = max(1, turn)
            self.happened = happened
        }
    }

    /// One turn of the curve.
    public struct Point: Hashable, Sendable, Codable {
        /// The turn, from 1.
        public let turn: Int
        /// Conversations in which it hadn't happened before and that were still watched.
        public let atRisk: Int
        /// Conversations in which it happened at this turn.
        public let events: Int
        /// The share in which it hasn't happened by the end of this turn, from 0 to 1.
        public let survival: Double
        /// The lower end of the interval of 95%. At a share of 0 or 1 the variance is 0 and says nothing.
        public let lower: Double
        /// The upper end.
        public let upper: Double
    }

    /// Every turn from 1 on.
    public let points: [Point]

    /// The curve of some observations. Without any, nothing has happened and nothing is at risk.
    ///
    /// - Parameter last: The last turn of the curve.
    public init(_ observations: some Sequence<Observation>, through last: Int) {
        var events = [Int](repeating: 0, count: max(0, last))
        var leaving = events
        var count = 0
        for observation in observations {
            count += 1
            guard observation.turn <= last else { continue }
            if observation.happened { events[observation.turn - 1] += 1 }
            leaving[observation.turn - 1] += 1
        }
        self.init(events: events, leaving: leaving, of: count)
    }

    /// The curve of counts by turn, 1 first: in how many it happened, and in how many it did or watching ended.
    init(events: [Int], leaving: [Int], of count: Int) {
        var atRisk = count
        var points: [Point] = []
        points.reserveCapacity(events.count)
        var survival = 1.0
        var sum = 0.0
        for index in events.indices {
            let happened = events[index]
            if happened > 0 {
                survival *= Double(atRisk - happened) / Double(atRisk)
                sum += Double(happened) / (Double(atRisk) * Double(atRisk - happened))
            }
            let (lower, upper) = Self.interval(survival, sum)
            points.append(
                Point(
                    turn: index + 1, atRisk: atRisk, events: happened, survival: survival, lower: lower, upper: upper))
            // Who is watched through this turn is at risk in it, and no longer after it.
            atRisk -= leaving[index]
        }
        self.points = points
    }

    private static func interval(_ survival: Double, _ greenwood: Double) -> (lower: Double, upper: Double) {
        guard survival > 0, survival < 1 else { return (survival, survival) }
        let place = log(-log(survival))
        let reach = 1.959_963_984_540_054 * greenwood.squareRoot() / abs(log(survival))
        return (exp(-exp(place + reach)), exp(-exp(place - reach)))
    }

    /// The first turn by whose end it has happened in at least half. Nil: it hasn't within the curve.
    public var median: Int? { points.first { $0.survival <= 0.5 + 1e-12 }?.turn }

    /// The share in which it hasn't happened by the end of the curve.
    public var last: Double { points.last?.survival ?? 1 }

    /// The mean number of turns until it happens, counting no more than the curve is long (the restricted mean).
    public var restrictedMean: Double {
        // Until the first turn nothing can have happened, so all of them spend it.
        points.dropLast().reduce(points.isEmpty ? 0 : 1) { $0 + $1.survival }
    }
}
