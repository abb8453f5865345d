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
    /// Pushed conversations of which it is known whether they left.
    public let conversations: Int
    /// Pushed conversations of which that isn't known: the judge couldn't say.
    public let unknown: Int
    /// Of those that left, how many weren't watched afterwards: too few later replies are known. They count as having
    /// left, and say nothing about coming back.
    public let unwatched: Int
    /// The share that left: further below the twin than the band, during the push or right after it.
    public let displaced: Measured
    /// How far below the twin they went, at the mean, from -2 to 2.
    public let reach: Measured
    /// Of those that left, the share that came back within the turns that were watched (1 - S of Kaplan and Meier).
    public let returned: Measured
    /// Of all, the share that never left or came back.
    public let back: Measured
    /// Turns after the push until half of those that left had made half of the way back (the median of Kaplan and Meier).
    /// Noise makes it too short: those that left are partly those that chance put low. Not known where no more left than
    /// by chance.
    public let halfLife: Measured
    /// The half-life of a straight way back, fitted to the mean displacement of all pushed conversations, so that no choice
    /// of those that chance put low makes it look too short. It supposes that they come back all the way: where they stop
    /// half-way for ever, it is long although nothing moves. 0: shorter than ``DecayFit/shortest``. Not known where no more
    /// left than by chance.
    public let fittedHalfLife: Measured
    /// Turns that those that left stayed away at the mean, counting no more than were watched.
    public let turnsAway: Measured
    /// The mean difference from the twin after the push; below 0 is worse.
    public let after: Measured
    /// The size of the basin: the largest strength up to which, at each strength, at least half never left or came back. 0:
    /// not even at the smallest. Shares by strength are first made to fall or stay as strength grows, as far as is
    /// needed (isotonic regression; Barlow and others 1972): of five shares taken one by one, some fall below half by
    /// chance alone.
    ///
    /// Beyond: even at the largest strength that was tried, so it is that or more. Not known with fewer than
    /// ``fewestForBasin`` conversations at a strength, or where at the largest no more left than by chance.
    public let basin: Measured
    /// What chance alone would show, with pushes as long as these. Nil with one seed.
    public let chance: Chance?
    /// Whether more left than by chance. Nil when that can't be said.
    public let isAboveChance: Bool?
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
        /// Conversations that came back at this turn.
        public let events: Int
        /// Conversations whose watching ended with this turn, without their having come back.
        public let censored: Int
        /// The share that hasn't come back by then.
        public let away: Measured
    }

    /// What is known of pushes of one strength.
    public struct StrengthRow: Hashable, Sendable, Codable {
        /// From 1 to 5.
        public let strength: Int
        /// Pushed conversations of which it is known whether they left.
        public let conversations: Int
        /// The share that left.
        public let displaced: Measured
        /// Of those that left, the share that came back.
        public let returned: Measured
        /// The share that never left or came back.
        public let back: Measured
    }

    /// With fewer conversations at a strength than these, chance alone decides where a basin ends.
    public static let fewestForBasin = 30

    init(
        _ all: [Excursion], shams: [Excursion], unknown lost: Int, model: String, governance: String, good: String,
        kind: Perturbation.Kind?, strengths: [Int], after: Int, _ settings: AttractorSettings
    ) {
        self.model = model
        self.governance = governance
        self.good = good
        self.kind = kind
        let known = all.filter { $0.reach != nil }
        conversations = known.count
        unknown = lost + all.count - known.count
        unwatched = known.count { $0.isDisplaced && $0.back == nil }
        // A return at the last turn couldn't be seen to last.
        let turns = max(1, after - settings.stay + 1)
        let scales = 9
        let rows = scales + turns
        let outlines = known.map { ExcursionOutline($0, after: after) }
        let byStrength = strengths.map { strength in known.filter { $0.key.perturbation?.strength == strength } }
        var shares = [0: known.scenarios, 3: known.scenarios]
        let watched = known.filter { $0.back != nil }.scenarios
        for index in [2] + Array(scales..<rows) { shares[index] = watched }
        for (index, some) in byStrength.enumerated() {
            shares[rows + 3 * index] = some.scenarios
            shares[rows + 3 * index + 1] = some.filter { $0.back != nil }.scenarios
            shares[rows + 3 * index + 2] = some.scenarios
        }
        let measured = ClusteredDraws(known.map(\.place)).measured(settings, known.count, shares: shares) { units in
            var whole = ExcursionTally(turns: turns, after: after)
            var rows = strengths.map { _ in ExcursionTally(turns: turns, after: after) }
            for unit in units {
                whole.add(outlines[unit])
                if let row = strengths.firstIndex(of: outlines[unit].strength) { rows[row].add(outlines[unit]) }
            }
            return [
                whole.displaced, whole.reach, whole.returned, whole.back, whole.halfLife, whole.fittedHalfLife,
                whole.turnsAway, whole.meanAfter, Basin.size(strengths, rows),
            ] + whole.survival + rows.flatMap { [$0.displaced, $0.returned, $0.back] }
        }
        displaced = measured[0]
        reach = measured[1]
        returned = measured[2]
        back = measured[3]
        turnsAway = measured[6]
        self.after = measured[7]
        chance = Chance(shams, turns: turns, after: after, settings)
        let isAbove = Chance.isExceeded(by: known, shams, settings)
        isAboveChance = isAbove
        halfLife = isAbove == false ? .unknown : measured[4]
        fittedHalfLife = isAbove == false ? .unknown : measured[5]
        let isFarAbove = Chance.isExceeded(
            by: byStrength.last ?? [], shams.filter { $0.key.perturbation?.strength == strengths.last }, settings)
        let isTold =
            isAbove != false && isFarAbove != false && byStrength.allSatisfy { $0.count >= Self.fewestForBasin }
        basin = isTold ? Basin.told(measured[8], largest: strengths.last ?? 0) : .unknown
        var whole = ExcursionTally(turns: turns, after: after)
        for outline in outlines { whole.add(outline) }
        let points = whole.curve.points
        survival = points.enumerated().map { index, point in
            let later = index + 1 < points.count ? points[index + 1].atRisk : 0
            return SurvivalPoint(
                turn: point.turn, atRisk: point.atRisk, events: point.events,
                censored: point.atRisk - point.events - later, away: measured[scales + index])
        }
        self.strengths = strengths.enumerated().map { index, strength in
            StrengthRow(
                strength: strength, conversations: byStrength[index].count, displaced: measured[rows + 3 * index],
                returned: measured[rows + 3 * index + 1], back: measured[rows + 3 * index + 2])
        }
    }
}

/// How far a basin reaches.
enum Basin {
    /// Nil when a strength has no conversation of which enough is known.
    static func size(_ strengths: [Int], _ rows: [ExcursionTally]) -> Double? {
        var shares: [(share: Double, weight: Double)] = []
        for row in rows {
            guard let back = row.back else { return nil }
            shares.append((back, Double(row.conversations)))
        }
        let held = falling(shares).prefix { $0 >= 0.5 - 1e-12 }.count
        return held == 0 ? 0 : Double(strengths[held - 1])
    }

    /// The nearest shares that fall or stay, by pooling neighbours that don't (Barlow and others 1972, *Statistical
    /// Inference under Order Restrictions*).
    static func falling(_ shares: [(share: Double, weight: Double)]) -> [Double] {
        var pools: [(share: Double, weight: Double, count: Int)] = []
        for (share, weight) in shares {
            pools.append((share, weight, 1))
            while pools.count > 1, pools[pools.count - 2].share < pools[pools.count - 1].share {
                let (second, first) = (pools.removeLast(), pools.removeLast())
                let weight = first.weight + second.weight
                pools.append(
                    (
                        (first.share * first.weight + second.share * second.weight) / weight, weight,
                        first.count + second.count
                    ))
            }
        }
        return pools.flatMap { [Double](repeating: $0.share, count: $0.count) }
    }

    /// A size with ends at whole numbers; what reaches to the largest strength is beyond what was tried.
    static func told(_ size: Measured, largest: Int) -> Measured {
        let ends = size.lower.flatMap { lower in
            size.upper.map { upper in
                (lower.rounded(.down), upper.rounded(.up) >= Double(largest) ? .infinity : upper.rounded(.up))
            }
        }
        return Measured(
            size.value, ends, isBeyond: size.value == Double(largest), isAlike: size.isAlike)
    }
}

extension Excursion {
    /// Where chance places it.
    var place: (scenario: String, seed: UInt64) { ("\(key.sample.suite)\n\(key.sample.scenario)", key.sample.seed) }
}
