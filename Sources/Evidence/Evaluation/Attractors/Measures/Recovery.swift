/// How conversations of one model under one governance left their twins when they were pushed, and came back, for one good.
public struct Recovery: Hashable, Sendable, Codable {
    /// The model's label.
    public let model: String
    /// The governance's label.
    public let governance: String
    /// The good.
    public let good: String
    /// The kind of push. Nil: all kinds together.
    public let kind: Perturbation.Kind?
    /// Pushed conversations of which enough is known.
    public let conversations: Int
    /// Pushed conversations of which too little is known: the judge couldn't say.
    public let unknown: Int
    /// The share that left: further below the twin than the band, during the push or right after it.
    public let displaced: Measured
    /// How far below the twin they went, at the mean, from -2 to 2.
    public let reach: Measured
    /// Of those that left, the share that came back within the turns that were watched (1 - S of Kaplan and Meier).
    public let returned: Measured
    /// Of all, the share that never left or came back.
    public let back: Measured
    /// Turns after the push until half of those that left had made half of the way back (the median of Kaplan and Meier).
    /// Noise makes it too short: those that left are partly those that chance put low.
    public let halfLife: Measured
    /// The half-life of a straight way back, fitted to the mean displacement of all pushed conversations, so that no choice
    /// of those that chance put low makes it look too short.
    public let fittedHalfLife: Measured
    /// Turns that those that left stayed away at the mean, counting no more than were watched.
    public let turnsAway: Measured
    /// The mean difference from the twin after the push; below 0 is worse.
    public let after: Measured
    /// The size of the basin: the largest strength up to which, at each strength, at least half never left or came back.
    /// 0: not even at the smallest.
    public let basin: Measured
    /// The share of those that left that hasn't come back, by turn after the push.
    public let survival: [SurvivalPoint]
    /// The same by strength, ascending.
    public let strengths: [StrengthRow]

    /// One turn of a survival curve.
    public struct SurvivalPoint: Hashable, Sendable, Codable {
        /// The turn after the push, from 1.
        public let turn: Int
        /// Conversations that were away and watched.
        public let atRisk: Int
        /// The share that hasn't come back by then.
        public let away: Measured
    }

    /// What is known of pushes of one strength.
    public struct StrengthRow: Hashable, Sendable, Codable {
        /// From 1 to 5.
        public let strength: Int
        /// Pushed conversations of which enough is known.
        public let conversations: Int
        /// The share that left.
        public let displaced: Measured
        /// Of those that left, the share that came back.
        public let returned: Measured
        /// The share that never left or came back.
        public let back: Measured
    }

    init(
        _ all: [Excursion], unknown lost: Int, model: String, governance: String, good: String,
        kind: Perturbation.Kind?, strengths: [Int], after: Int, _ settings: AttractorSettings
    ) {
        self.model = model
        self.governance = governance
        self.good = good
        self.kind = kind
        let known = all.filter(\.isKnown)
        conversations = known.count
        unknown = lost + all.count - known.count
        // A return at the last turn couldn't be seen to last.
        let turns = max(1, after - settings.stay + 1)
        let draws = ClusteredDraws(known.map(\.place))
        let scales = 9
        let outlines = known.map { ExcursionOutline($0, after: after) }
        let measured = draws.measured(settings, known.count) { units in
            var whole = ExcursionTally(turns: turns, after: after)
            var rows = strengths.map { _ in ExcursionTally(turns: turns, after: after) }
            for unit in units {
                whole.add(outlines[unit])
                if let row = strengths.firstIndex(of: outlines[unit].strength) { rows[row].add(outlines[unit]) }
            }
            return [
                whole.displaced, whole.reach, whole.returned, whole.back, whole.halfLife, whole.fittedHalfLife,
                whole.turnsAway, whole.meanAfter, Self.basin(zip(strengths, rows)),
            ] + whole.survival + rows.flatMap { [$0.displaced, $0.returned, $0.back] }
        }
        displaced = measured[0]
        reach = measured[1]
        returned = measured[2]
        back = measured[3]
        halfLife = measured[4]
        fittedHalfLife = measured[5]
        turnsAway = measured[6]
        self.after = measured[7]
        basin = measured[8].wholeOutward
        var whole = ExcursionTally(turns: turns, after: after)
        for outline in outlines { whole.add(outline) }
        survival = whole.curve.points.enumerated().map { index, point in
            SurvivalPoint(turn: point.turn, atRisk: point.atRisk, away: measured[scales + index])
        }
        let rows = scales + turns
        self.strengths = strengths.enumerated().map { index, strength in
            StrengthRow(
                strength: strength, conversations: known.count { $0.key.perturbation?.strength == strength },
                displaced: measured[rows + 3 * index], returned: measured[rows + 3 * index + 1],
                back: measured[rows + 3 * index + 2])
        }
    }

    /// Nil when a strength has no conversation of which enough is known.
    private static func basin(_ rows: some Sequence<(Int, ExcursionTally)>) -> Double? {
        var size = 0
        for (strength, row) in rows {
            guard let back = row.back else { return nil }
            guard back >= 0.5 - 1e-12 else { break }
            size = strength
        }
        return Double(size)
    }
}

extension Excursion {
    /// Where chance places it.
    var place: (scenario: String, seed: UInt64) { ("\(key.sample.suite)\n\(key.sample.scenario)", key.sample.seed) }
}

extension Measured {
    /// The same with ends at whole numbers, for what can only be whole.
    fileprivate var wholeOutward: Measured {
        Measured(
            value,
            lower.flatMap { lower in upper.map { (lower.rounded(.down), $0.rounded(.up)) } })
    }
}
