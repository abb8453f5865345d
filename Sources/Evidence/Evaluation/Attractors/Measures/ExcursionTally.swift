/// One excursion as numbers in fixed places, so that thousands of draws are quick.
struct ExcursionOutline {
    let strength: Int
    let reach: Double
    let after: Double?
    let isDisplaced: Bool
    let back: KaplanMeier.Observation?
    let half: KaplanMeier.Observation?
    /// How far below the twin, by turn from 0. Nil where nothing is known.
    let below: [Double?]

    init(_ excursion: Excursion, after last: Int) {
        strength = excursion.key.perturbation?.strength ?? 0
        reach = excursion.reach ?? 0
        after = excursion.after
        isDisplaced = excursion.isDisplaced
        back = excursion.back
        half = excursion.half
        below = (0...max(0, last)).map { turn in excursion.differences[turn].map { -$0 } }
    }
}

/// What some excursions come to, without intervals.
struct ExcursionTally {
    /// By turn, in how many something happened, and in how many it did or watching ended.
    private struct Watch {
        var events: [Int]
        var leaving: [Int]
        var count = 0

        init(turns: Int) {
            events = [Int](repeating: 0, count: turns)
            leaving = events
        }

        mutating func add(_ observation: KaplanMeier.Observation?) {
            guard let observation else { return }
            count += 1
            guard observation.turn <= events.count else { return }
            leaving[observation.turn - 1] += 1
            if observation.happened { events[observation.turn - 1] += 1 }
        }

        var curve: KaplanMeier { KaplanMeier(events: events, leaving: leaving, of: count) }
    }

    private var count = 0
    private var away = 0
    private var reaches = 0.0
    private var afters = (sum: 0.0, count: 0)
    private var backs: Watch
    private var halves: Watch
    private var sums: [Double]
    private var counts: [Int]

    /// - Parameters:
    ///   - turns: The turns in which a return can be seen.
    ///   - after: The turns after the push.
    init(turns: Int, after: Int) {
        backs = Watch(turns: turns)
        halves = Watch(turns: turns)
        sums = [Double](repeating: 0, count: max(0, after) + 1)
        counts = [Int](repeating: 0, count: max(0, after) + 1)
    }

    mutating func add(_ excursion: ExcursionOutline) {
        count += 1
        reaches += excursion.reach
        if let after = excursion.after {
            afters.sum += after
            afters.count += 1
        }
        for turn in excursion.below.indices {
            guard let below = excursion.below[turn] else { continue }
            sums[turn] += below
            counts[turn] += 1
        }
        guard excursion.isDisplaced else { return }
        away += 1
        backs.add(excursion.back)
        halves.add(excursion.half)
    }

    /// The share of those that left that hasn't come back, turn by turn.
    var curve: KaplanMeier { backs.curve }

    var displaced: Double? { count > 0 ? Double(away) / Double(count) : nil }
    var reach: Double? { count > 0 ? reaches / Double(count) : nil }
    /// Conversations of which it is known whether they left.
    var conversations: Int { count }
    /// Those that left and weren't watched afterwards are censored before the first turn.
    private var isWatched: Bool { backs.count > 0 }
    var returned: Double? { isWatched ? 1 - curve.last : nil }
    /// Nil when some left and none of them was watched.
    var back: Double? {
        guard let displaced else { return nil }
        return away == 0 ? 1 : returned.map { 1 - displaced * (1 - $0) }
    }
    /// Infinite when half of the way isn't made in half of them.
    var halfLife: Double? { isWatched ? halves.curve.median.map(Double.init) ?? .infinity : nil }
    var turnsAway: Double? { isWatched ? curve.restrictedMean : nil }
    var meanAfter: Double? { afters.count > 0 ? afters.sum / Double(afters.count) : nil }
    var survival: [Double?] { curve.points.map { isWatched ? $0.survival : nil } }

    /// Of the mean displacement of all of them, also of those that didn't leave: whoever picks those that lie low picks
    /// those that chance put low, and sees them come back too fast. Infinite when the mean doesn't come back at all. Nil
    /// when it is nowhere below, or when fewer than three turns are known.
    var fittedHalfLife: Double? {
        let means = sums.indices.filter { counts[$0] > 0 }.map { (turn: $0, value: sums[$0] / Double(counts[$0])) }
        guard away > 0, means.count >= 3, means[0].value > 0 else { return nil }
        return DecayFit(means)?.halfLife ?? .infinity
    }
}
