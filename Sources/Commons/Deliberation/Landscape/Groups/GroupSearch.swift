import SocialChoice

/// Finds groups of people who vote alike, for each number of groups, from many beginnings.
///
/// What expectation maximisation ends with depends on where it begins. It begins here from k-means++ over people's
/// positions, in the plane and in four dimensions, each time from other seeds; after a few steps the best goes on to the
/// end. In large conversations the beginnings are tried on some of the people.
struct GroupSearch {
    /// So many people at most are used to try beginnings.
    static let sampleLimit = 4_000

    var source: OpinionClasses.Source
    /// Places that beginnings are looked for in: positions of everybody, several times over.
    var places: [[SIMD4<Double>]]
    var starts: Int
    var seed: UInt64

    private var sample: [Int] = []
    private var sampleSource: OpinionClasses.Source?

    init(source: OpinionClasses.Source, places: [[SIMD4<Double>]], starts: Int, seed: UInt64) {
        self.source = source
        self.places = places
        self.starts = starts
        self.seed = seed
        sample = source.weights.indices.filter { source.weights[$0] > 0 }
        if sample.count > Self.sampleLimit {
            var random = SplitMix(seed: seed ^ 0x5A)
            for index in 0..<Self.sampleLimit {
                sample.swapAt(index, index + random.below(sample.count - index))
            }
            sample = sample.prefix(Self.sampleLimit).sorted()
            sampleSource = source.selecting(sample)
        }
    }

    /// The best groups of this number.
    func classes(_ count: Int) -> OpinionClasses {
        let people = source.votes.participantCount
        guard count > 1, !sample.isEmpty else {
            return OpinionClasses(
                source, groupCount: 1, start: OpinionClasses.certain([Int](repeating: 0, count: people)), iterations: 1)
        }
        var random = SplitMix(seed: seed &+ UInt64(count) &* 0x9E37)
        let tried = sampleSource ?? source
        let weights = sample.map { source.weights[$0] }
        var best: OpinionClasses?
        for attempt in 0..<starts {
            let place = places[attempt % places.count]
            let groups = PointSeeds.groups(
                sample.map { place[$0] }, weights: weights, count: count, runs: attempt < places.count ? 4 : 1,
                random: &random)
            var start = groups
            if sampleSource == nil {
                start = [Int](repeating: -1, count: people)
                for (person, group) in zip(sample, groups) { start[person] = group }
            }
            let found = OpinionClasses(
                tried, groupCount: count, start: OpinionClasses.certain(start), iterations: 12, tolerance: 1e-5)
            if found.evidence > best?.evidence ?? -.infinity { best = found }
        }
        guard let best else { return classes(1) }
        return OpinionClasses(
            source, groupCount: count, start: best.memberships(source.votes), iterations: 60, tolerance: 1e-6)
    }

    /// The best groups of every number from one to `limit`, as long as more are worth it.
    func all(upTo limit: Int) -> [OpinionClasses] {
        var found = [classes(1)]
        while found.count < limit {
            found.append(classes(found.count + 1))
            // Twice no better in a row: more won't be either.
            let count = found.count
            if count > 2, found[count - 1].evidence < found[count - 2].evidence,
                found[count - 2].evidence < found[count - 3].evidence
            {
                break
            }
        }
        return found
    }

    /// How many groups to speak of: the fewest that explain nine tenths of what can be explained by groups at all. One,
    /// when no number of groups explains the votes better than none.
    static func choice(_ found: [OpinionClasses]) -> Int {
        let none = found[0].evidence
        let most = found.map(\.evidence).max() ?? none
        guard most > none else { return 1 }
        return (found.firstIndex { $0.evidence - none >= 0.9 * (most - none) } ?? 0) + 1
    }
}

extension GroupSearch {
    /// A grouping that comes out so alike among resampled people counts as stable: adjusted Rand index.
    static let stable = 0.7
    /// So many people at most are drawn.
    static let drawLimit = 1_500

    /// The largest number of groups, up to that which the evidence asks for, that is found again when people are drawn
    /// anew; if none is, the one that is found again best.
    static func stableChoice(
        _ found: [OpinionClasses], _ votes: VoteMatrix, rejected: Set<Int>, settings: LandscapeSettings
    ) -> Int {
        let most = choice(found)
        guard most > 2, settings.stabilitySamples > 0 else { return most }
        let placed = (0..<votes.participantCount).filter { votes.voteCount(of: $0) >= LandscapeBasis.leastVotes }
        guard !placed.isEmpty else { return most }
        var random = SplitMix(seed: settings.seed ^ 0xA5A5)
        var people = placed
        if people.count > drawLimit {
            people.shuffle(using: &random)
            people.removeLast(people.count - drawLimit)
            people.sort()
        }
        let compared = votes.selecting(people)
        let draws = (0..<settings.stabilitySamples).map { _ in
            compared.selecting(Resampling.people(people.count, &random))
        }
        var best = (count: 2, stability: -1.0)
        for count in (2...most).reversed() {
            let whole = OpinionClasses.hard(found[count - 1].memberships(compared), count)
            var sum = 0.0
            for draw in draws {
                var anew = settings
                anew.seed = random.next()
                anew.starts = min(settings.starts, 6)
                let again = classes(draw, rejected: rejected, count: count, settings: anew)
                sum += AdjustedRandIndex.value(whole, OpinionClasses.hard(again.memberships(compared), count))
            }
            let stability = sum / Double(draws.count)
            if stability >= stable { return count }
            if stability > best.stability { best = (count, stability) }
        }
        return best.count
    }
}

extension OpinionClasses {
    /// Everybody surely in one group; nobody is in a group below 0.
    static func certain(_ groups: [Int]) -> Memberships {
        groups.map { group in
            var membership = SIMD8<Double>.zero
            if group >= 0 { membership[group] = 1 }
            return membership
        }
    }
}

extension OpinionClasses.Source {
    /// The same with only these people.
    func selecting(_ people: [Int]) -> OpinionClasses.Source {
        OpinionClasses.Source(
            votes: votes.selecting(people), included: included, weights: people.map { weights[$0] },
            agreement: agreement)
    }

    private init(votes: VoteMatrix, included: [Bool], weights: OpinionClasses.Weights, agreement: AgreementShares) {
        self.votes = votes
        self.included = included
        self.weights = weights
        self.agreement = agreement
    }
}
