/// What conversations that nobody pushes do: where they lie, whether they drift, and how often chance alone looks like a
/// push.
public struct Baseline: Hashable, Sendable, Codable {
    /// The model's label.
    public let model: String
    /// The governance's label.
    public let governance: String
    /// The good.
    public let good: String
    /// Twins of which something is known.
    public let twins: Int
    /// How well their replies serve the good at the mean, from -1 to 1.
    public let level: Measured
    /// How much better (above 0) or worse (below 0) it gets with each turn, by a straight line through each twin.
    public let drift: Measured
    /// What chance alone looks like. Nil with one seed.
    public let chance: Chance?

    /// Twins held against the twins of the same scenarios with the next seed, as if one had been pushed: how often two
    /// conversations that nobody pushed look as if one had left the other and come back.
    ///
    /// It is an upper bound rather than an estimate: a branch shares its beginning and its plain words with its twin, two
    /// twins of different seeds don't.
    public struct Chance: Hashable, Sendable, Codable {
        /// Pairs of twins.
        public let pairs: Int
        /// The share that would count as having left.
        public let displaced: Measured
        /// Of those, the share that would count as having come back.
        public let returned: Measured
    }

    init(
        _ twins: [LevelSeries], model: String, governance: String, good: String, plan: AttractorPlan,
        _ settings: AttractorSettings
    ) {
        self.model = model
        self.governance = governance
        self.good = good
        let known = twins.filter { $0.levels[good]?.contains { $0 != nil } ?? false }
        self.twins = known.count
        let means = known.map { series in
            let values = (series.levels[good] ?? []).compactMap { $0 }
            return values.reduce(0, +) / Double(max(1, values.count))
        }
        let slopes = known.map { Slope.ofLine(through: $0.levels[good] ?? []) }
        let measured = ClusteredDraws(known.map(\.place)).measured(settings, known.count) { units in
            [Self.mean(units.map { means[$0] }), Self.mean(units.compactMap { slopes[$0] })]
        }
        (level, drift) = (measured[0], measured[1])
        let shams = Self.shams(known, good, plan, settings)
        guard !shams.isEmpty else {
            chance = nil
            return
        }
        let turns = max(1, plan.course.after - settings.stay + 1)
        let outlines = shams.map { ExcursionOutline($0, after: plan.course.after) }
        let both = ClusteredDraws(shams.map(\.place)).measured(settings, shams.count) { units in
            var tally = ExcursionTally(turns: turns, after: plan.course.after)
            for unit in units { tally.add(outlines[unit]) }
            return [tally.displaced, tally.returned]
        }
        chance = Chance(pairs: shams.count, displaced: both[0], returned: both[1])
    }

    private static func mean(_ values: [Double]) -> Double? {
        values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }

    private static func shams(
        _ twins: [LevelSeries], _ good: String, _ plan: AttractorPlan, _ settings: AttractorSettings
    ) -> [Excursion] {
        var shams: [Excursion] = []
        for (_, group) in Dictionary(grouping: twins, by: \.place.scenario).sorted(by: { $0.key < $1.key }) {
            let seeds = group.sorted { $0.key.sample.seed < $1.key.sample.seed }
            guard seeds.count > 1 else { continue }
            for (index, twin) in seeds.enumerated() {
                // Two seeds make one pair, not the same twice.
                guard seeds.count > 2 || index == 0 else { continue }
                let other = seeds[(index + 1) % seeds.count]
                let pushed = LevelSeries(
                    key: twin.key, shared: plan.course.before, pushed: plan.longestStretch,
                    levels: [good: Array((twin.levels[good] ?? []).dropFirst(plan.course.before))])
                if let sham = Excursion(pushed, twin: other, good: good, settings), sham.isKnown { shams.append(sham) }
            }
        }
        return shams
    }
}

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
