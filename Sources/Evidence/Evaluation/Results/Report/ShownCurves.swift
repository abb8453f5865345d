/// A picture of how something goes over turns, for a run's report: as how an appraisal recovers after a push.
public struct ShownCurves: Hashable, Sendable, Codable {
    /// One point of a curve.
    public struct Point: Hashable, Sendable, Codable {
        /// Where on the way: a turn, or a strength.
        public let place: Double
        /// The value, within what the picture shows.
        public let value: Double
        /// The lower end of its interval. Nil: not known.
        public let lower: Double?
        /// The upper end of its interval. Nil: not known.
        public let upper: Double?
        /// Conversations that it is from. Nil: not told.
        public let conversations: Int?
        /// Conversations whose watching ended here. Nil: not told.
        public let censored: Int?

        /// A point.
        public init(
            place: Double, value: Double, lower: Double?, upper: Double?, conversations: Int? = nil,
            censored: Int? = nil
        ) {
            self.place = place
            self.value = value
            self.lower = lower
            self.upper = upper
            self.conversations = conversations
            self.censored = censored
        }
    }

    /// One curve.
    public struct Curve: Hashable, Sendable, Codable {
        /// Whose it is.
        public let name: String
        /// Its points, in ascending order of place.
        public let points: [Point]

        /// A curve.
        public init(name: String, points: [Point]) {
            self.name = name
            self.points = points
        }
    }

    /// What the values are.
    public enum Kind: String, Hashable, Sendable, Codable {
        /// Levels, from -1 to 1, joined by lines.
        case level
        /// Differences of levels, from -2 to 2, joined by lines.
        case difference
        /// Shares that something hasn't happened to yet, from 0 to 1, in steps, with marks where watching ended.
        case survival
    }

    /// What is shown, as in "understanding, after flattery".
    public let title: String
    /// What the way is, as in "turn".
    public let way: String
    /// What it means, and what it doesn't.
    public let about: String
    /// What the values are. Nil: levels.
    public let kind: Kind?
    /// The curves.
    public let curves: [Curve]

    /// A picture of curves.
    public init(title: String, way: String, about: String = "", kind: Kind? = nil, curves: [Curve]) {
        self.title = title
        self.way = way
        self.about = about
        self.kind = kind
        self.curves = curves
    }

    /// From where to where the picture reaches: differences no further than they need.
    var reach: ClosedRange<Double> {
        switch kind ?? .level {
        case .level: return -1...1
        case .survival: return 0...1
        case .difference:
            let isFar = curves.flatMap(\.points).contains { point in
                max(abs(point.value), abs(point.lower ?? 0), abs(point.upper ?? 0)) > 1
            }
            return isFar ? -2...2 : -1...1
        }
    }
}
