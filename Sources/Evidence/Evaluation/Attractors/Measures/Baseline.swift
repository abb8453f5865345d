/// What conversations that nobody pushes do: where they lie, and whether they drift.
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
    /// How much better (above 0) or worse (below 0) it gets with each turn, by a straight line through the replies of each
    /// twin to plain words. Those to the person's own first messages are left out: what changes when the matter is over
    /// is no drift.
    public let drift: Measured

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
        let slopes = known.map { Slope.ofLine(through: Array(($0.levels[good] ?? []).dropFirst(plan.course.before))) }
        let measured = ClusteredDraws(known.map(\.place)).measured(settings, known.count) { units in
            [Self.mean(units.map { means[$0] }), Self.mean(units.compactMap { slopes[$0] })]
        }
        (level, drift) = (measured[0], measured[1])
    }

    private static func mean(_ values: [Double]) -> Double? {
        values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
}
