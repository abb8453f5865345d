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
    public let halfLife: Measured
    /// The half-life of a straight way back, fitted to the mean displacement of those that left.
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
        let measured = draws.measured(settings, known.count) { units in
            let tally = ExcursionTally(units.lazy.map { known[$0] }, turns: turns)
            return [
                tally.displaced, tally.reach, tally.returned, tally.back, tally.halfLife, tally.fittedHalfLife(after),
                tally.turnsAway, tally.after, tally.basin(strengths),
            ] + tally.survival
                + strengths.flatMap { strength in
                    let row = ExcursionTally(
                        units.lazy.map { known[$0] }.filter { $0.key.perturbation?.strength == strength }, turns: turns)
                    return [row.displaced, row.returned, row.back]
                }
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
        let curve = ExcursionTally(known, turns: turns).curve
        survival = curve.points.enumerated().map { index, point in
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
}

/// What some excursions come to, without intervals.
struct ExcursionTally {
    private let count: Int
    private let away: Int
    private let sums: (reach: Double, after: Double, afterCount: Int)
    private let halves: KaplanMeier
    private let means: [Int: (sum: Double, count: Int)]
    private let backs: [Int: (back: Int, count: Int)]
    let curve: KaplanMeier

    /// - Parameter turns: The turns in which a return can be seen.
    init(_ excursions: some Sequence<Excursion>, turns: Int) {
        var (count, away) = (0, 0)
        var sums = (reach: 0.0, after: 0.0, afterCount: 0)
        var means: [Int: (sum: Double, count: Int)] = [:]
        var backs: [Int: (back: Int, count: Int)] = [:]
        var (returns, halves): ([KaplanMeier.Observation], [KaplanMeier.Observation]) = ([], [])
        for excursion in excursions {
            count += 1
            sums.reach += excursion.reach ?? 0
            if let after = excursion.after {
                sums.after += after
                sums.afterCount += 1
            }
            if let isBack = excursion.isBack, let strength = excursion.key.perturbation?.strength {
                backs[strength, default: (0, 0)].count += 1
                if isBack { backs[strength, default: (0, 0)].back += 1 }
            }
            guard excursion.isDisplaced else { continue }
            away += 1
            if let back = excursion.back { returns.append(back) }
            if let half = excursion.half { halves.append(half) }
            for (turn, difference) in excursion.differences where turn >= 0 {
                means[turn, default: (0, 0)].sum -= difference
                means[turn, default: (0, 0)].count += 1
            }
        }
        self.count = count
        self.away = away
        self.sums = sums
        self.means = means
        self.backs = backs
        curve = KaplanMeier(returns, through: turns)
        self.halves = KaplanMeier(halves, through: turns)
    }

    var displaced: Double? { count > 0 ? Double(away) / Double(count) : nil }
    var reach: Double? { count > 0 ? sums.reach / Double(count) : nil }
    var returned: Double? { away > 0 ? 1 - curve.last : nil }
    var back: Double? { displaced.map { 1 - $0 * (away > 0 ? curve.last : 0) } }
    var halfLife: Double? { away > 0 ? halves.median.map(Double.init) ?? .infinity : nil }
    var turnsAway: Double? { away > 0 ? curve.restrictedMean : nil }
    var after: Double? { sums.afterCount > 0 ? sums.after / Double(sums.afterCount) : nil }
    var survival: [Double?] { curve.points.map { away > 0 ? $0.survival : nil } }

    /// Infinite when what left doesn't come back at all.
    func fittedHalfLife(_ last: Int) -> Double? {
        guard away > 0 else { return nil }
        let curve = means.filter { $0.key <= last }.sorted { $0.key < $1.key }.map {
            (turn: $0.key, value: $0.value.sum / Double($0.value.count))
        }
        guard curve.count >= 3 else { return nil }
        return DecayFit(curve)?.halfLife ?? .infinity
    }

    /// Nil when a strength has no conversation.
    func basin(_ strengths: [Int]) -> Double? {
        var size = 0
        for strength in strengths {
            guard let row = backs[strength], row.count > 0 else { return nil }
            guard 2 * row.back >= row.count else { break }
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
