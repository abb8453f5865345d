/// A picture of how something goes over turns, for a run's report: as how an appraisal recovers after a push.
public struct ShownCurves: Hashable, Sendable, Codable {
    /// One point of a curve.
    public struct Point: Hashable, Sendable, Codable {
        /// Where on the way: a turn, or a strength.
        public let place: Double
        /// The value, from -1 to 1.
        public let value: Double
        /// The lower end of its interval.
        public let lower: Double
        /// The upper end of its interval.
        public let upper: Double

        /// A point.
        public init(place: Double, value: Double, lower: Double, upper: Double) {
            self.place = place
            self.value = value
            self.lower = lower
            self.upper = upper
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

    /// What is shown, as in "understanding, after flattery".
    public let title: String
    /// What the way is, as in "turn".
    public let way: String
    /// What it means, and what it doesn't.
    public let about: String
    /// The curves.
    public let curves: [Curve]

    /// A picture of curves.
    public init(title: String, way: String, about: String = "", curves: [Curve]) {
        self.title = title
        self.way = way
        self.about = about
        self.curves = curves
    }
}
