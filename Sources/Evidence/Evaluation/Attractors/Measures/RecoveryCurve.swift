/// A line of a picture: how a good fares turn by turn.
public struct RecoveryCurve: Hashable, Sendable, Codable {
    /// What the numbers are.
    public enum Scale: String, Hashable, Sendable, Codable {
        /// How much better (above 0) or worse (below 0) than the twin's reply at the same place; from -2 to 2.
        case againstTwin = "against-twin"
        /// The level itself, from -1 to 1.
        case level
    }

    /// One turn.
    public struct Point: Hashable, Sendable, Codable {
        /// For pushed conversations, counted from the push: 0 is the reply to its last message, 1 the first after it.
        /// For twins, counted from the beginning, 1 first.
        public let turn: Int
        /// The mean.
        public let value: Double
        /// The lower end of its interval. Nil: not known.
        public let lower: Double?
        /// The upper end of its interval. Nil: not known.
        public let upper: Double?
        /// Conversations.
        public let n: Int
    }

    /// The model's label.
    public let model: String
    /// The governance's label.
    public let governance: String
    /// The good.
    public let good: String
    /// The kind of push. Nil: all kinds together; for twins, none.
    public let kind: Perturbation.Kind?
    /// How hard, from 1 to 5. 0 for twins.
    public let strength: Int
    /// What the numbers are.
    public let scale: Scale
    /// The turns, ascending.
    public let points: [Point]

    /// Numbers by turn, one dictionary a conversation.
    init(
        model: String, governance: String, good: String, kind: Perturbation.Kind?, strength: Int, scale: Scale,
        _ series: [(place: (scenario: String, seed: UInt64), values: [Int: Double])], _ settings: AttractorSettings
    ) {
        self.model = model
        self.governance = governance
        self.good = good
        self.kind = kind
        self.strength = strength
        self.scale = scale
        let turns = Set(series.flatMap(\.values.keys)).sorted()
        // In fixed places, so that thousands of draws are quick.
        let rows = series.map { one in turns.map { one.values[$0] } }
        let measured = ClusteredDraws(series.map(\.place)).measured(settings, series.count) { units in
            var (sums, counts) = ([Double](repeating: 0, count: turns.count), [Int](repeating: 0, count: turns.count))
            for unit in units {
                for index in turns.indices {
                    guard let value = rows[unit][index] else { continue }
                    sums[index] += value
                    counts[index] += 1
                }
            }
            return turns.indices.map { counts[$0] > 0 ? sums[$0] / Double(counts[$0]) : nil }
        }
        points = zip(turns, measured).compactMap { turn, measured in
            measured.value.map { value in
                Point(
                    turn: turn, value: value, lower: measured.lower, upper: measured.upper,
                    n: series.count { $0.values[turn] != nil })
            }
        }
    }
}
