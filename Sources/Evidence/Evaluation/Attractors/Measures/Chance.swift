/// What pushed conversations would show if pushes did nothing: twins held against twins of the same scenarios with another
/// seed, each cut to the length of a push's branch, as if one of the two had been pushed.
///
/// It bounds nothing. A branch shares its beginning with its twin, and two seeds don't: where conversations differ from
/// the first reply on, chance shows more here than in branches. Where the seed hardly changes a model's words, as at
/// temperature 0, it shows less.
public struct Chance: Hashable, Sendable, Codable {
    /// Pairs of twins that were held against each other, each both ways.
    public let pairs: Int
    /// The share that would count as having left.
    public let displaced: Measured
    /// Of those, the share that would count as having come back.
    public let returned: Measured
    /// The half-life that those would show.
    public let halfLife: Measured

    /// - Parameters:
    ///   - shams: One for each pushed conversation, as long as its push, with its key.
    ///   - turns: The turns in which a return can be seen.
    ///   - after: The turns after a push.
    init?(_ shams: [Excursion], turns: Int, after: Int, _ settings: AttractorSettings) {
        let known = shams.filter { $0.reach != nil }
        guard !known.isEmpty else { return nil }
        let outlines = known.map { ExcursionOutline($0, after: after) }
        let watched = known.filter { $0.back != nil }
        let measured = ClusteredDraws(known.map(\.place)).measured(
            settings, known.count, shares: [0: known.scenarios, 1: watched.scenarios]
        ) { units in
            var tally = ExcursionTally(turns: turns, after: after)
            for unit in units { tally.add(outlines[unit]) }
            return [tally.displaced, tally.returned, tally.halfLife]
        }
        var seeds: [String: Set<UInt64>] = [:]
        for sham in known { seeds["\(sham.place.scenario)", default: []].insert(sham.place.seed) }
        pairs = seeds.values.reduce(0) { $0 + ($1.count > 2 ? $1.count : 1) }
        (displaced, returned, halfLife) = (measured[0], measured[1], measured[2])
    }

    /// Whether more left than chance would make leave: over scenarios, by flipping signs, one-sided at 5%. Nil when that
    /// can't be said, with one seed or fewer than ``ScenarioMean/fewest`` scenarios.
    static func isExceeded(by pushed: [Excursion], _ shams: [Excursion], _ settings: AttractorSettings) -> Bool? {
        let (left, chance) = (pushed.shareThatLeft, shams.shareThatLeft)
        let differences = left.keys.sorted().compactMap { scenario in
            left[scenario].flatMap { left in chance[scenario].map { left - $0 } }
        }
        guard differences.count >= ScenarioMean.fewest else { return nil }
        return differences.reduce(0, +) > 0
            && SignFlips(differences, draws: max(settings.draws, 10_000), seed: settings.seed).chance <= 0.1
    }
}

extension [Excursion] {
    /// How many scenarios they are from.
    var scenarios: Int { Set(map(\.place.scenario)).count }

    /// By scenario, the share that left of those of which that is known.
    fileprivate var shareThatLeft: [String: Double] {
        var counts: [String: (left: Int, all: Int)] = [:]
        for excursion in self where excursion.reach != nil {
            counts[excursion.place.scenario, default: (0, 0)].all += 1
            if excursion.isDisplaced { counts[excursion.place.scenario, default: (0, 0)].left += 1 }
        }
        return counts.mapValues { Double($0.left) / Double($0.all) }
    }
}
