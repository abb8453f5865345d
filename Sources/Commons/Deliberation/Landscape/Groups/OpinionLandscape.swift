/// Where people stand and which groups they form, with how sure that is: beside Polis's landscape, and better than it at
/// finding groups that are there and at not finding groups that aren't.
///
/// Groups are classes of people who vote alike (latent class analysis with missing votes, its number of classes by a
/// lower bound of the evidence). A person belongs to each with a probability, so that a person with three votes isn't
/// forced into a group by them; and "no groups" is an answer. The map is a probabilistic low-rank model with missing
/// votes; every position has an interval.
///
/// Measured in `Landscape/README.md`: recovery of planted groups, and agreement between resampled conversations, beside
/// Polis's mathematics.
public struct OpinionLandscape: Sendable {
    /// Who voted what.
    public private(set) var votes: VoteMatrix
    /// Rejected statements take no part in the map or the groups.
    public let moderation: StatementModeration
    /// How it was looked for.
    public let settings: LandscapeSettings
    /// Whether there were votes enough to speak of groups.
    public let basis: LandscapeBasis
    /// For each number of groups that was tried, from 1, how well it explains the votes beyond none: in nats, each number
    /// of groups paid for. The first is 0.
    public let evidence: [Double]
    /// Votes that came since it was worked out in full. They are reflected, but no new group can come from them.
    public private(set) var votesSince = 0

    private(set) var classes: OpinionClasses
    private(set) var memberships: OpinionClasses.Memberships
    private(set) var map: LowRankOpinion
    let included: [Bool]

    /// Works everything out: O(passes × votes), in all some hundred passes.
    ///
    /// - Parameters:
    ///   - votes: Who voted what.
    ///   - moderation: Which statements are rejected.
    ///   - settings: How hard to look, and the seed.
    ///   - previous: An earlier landscape: the map isn't mirrored against it, and groups keep their places in the list.
    public init(
        _ votes: VoteMatrix, moderation: StatementModeration = .init(), settings: LandscapeSettings = .init(),
        previous: OpinionLandscape? = nil
    ) {
        self.votes = votes
        self.moderation = moderation
        self.settings = settings
        basis = LandscapeBasis(votes, rejected: moderation.rejected)
        let centred = CentredVotes(votes, excluding: moderation.rejected)
        included = centred.included
        let components = LeadingComponents(
            dimension: votes.statementCount, wanted: min(4, votes.participantCount), tolerance: 1e-6, passLimit: 60,
            product: centred.gram)
        var map = LowRankOpinion(
            votes, rejected: moderation.rejected, rank: 2, start: components.vectors)
        if let previous { map.orient(along: previous.map) }
        self.map = map
        let source = OpinionClasses.Source(
            votes, rejected: moderation.rejected, weights: [Double](repeating: 1, count: votes.participantCount))
        let search = GroupSearch(source, components.vectors, centred, settings)
        let found = basis.isEnough ? search.all(upTo: settings.groupLimit) : [search.classes(1)]
        evidence = found.map { $0.evidence - found[0].evidence }
        let count = GroupSearch.stableChoice(found, votes, rejected: moderation.rejected, settings: settings)
        var classes = found[count - 1]
        let memberships = classes.memberships(votes)
        classes.reorder(
            Self.order(memberships, classes.groupCount, previous: previous))
        self.classes = classes
        self.memberships = classes.memberships(votes)
    }

    /// The order of groups: as in an earlier landscape, where they share most people; else the largest first.
    private static func order(
        _ memberships: OpinionClasses.Memberships, _ count: Int, previous: OpinionLandscape?
    ) -> [Int] {
        let sizes = memberships.reduce(SIMD8<Double>.zero, +)
        let bySize = (0..<count).sorted { (sizes[$1], $0) < (sizes[$0], $1) }
        guard let previous, previous.groupCount > 1, count > 1 else { return bySize }
        var shared: [(Int, Int, Double)] = []
        for group in 0..<count {
            for earlier in 0..<previous.groupCount {
                let overlap = zip(memberships, previous.memberships).reduce(0.0) { $0 + $1.0[group] * $1.1[earlier] }
                shared.append((group, earlier, overlap))
            }
        }
        var place = [Int?](repeating: nil, count: count)
        for (group, earlier, _) in shared.sorted(by: { $0.2 > $1.2 })
        where place[group] == nil && !place.contains(earlier) { place[group] = earlier }
        let rank = { (group: Int) in (place[group] ?? previous.groupCount, bySize.firstIndex(of: group) ?? 0) }
        return bySize.sorted { rank($0) < rank($1) }
    }

    // MARK: Reading

    /// How many groups: 1 means that no division into groups explains the votes better than none.
    public var groupCount: Int { classes.groupCount }

    /// How probable each group is for a person. The sum is 1; equal to the groups' shares for a person without votes.
    public func membership(of participant: Int) -> [Double] {
        (0..<groupCount).map { memberships[participant][$0] }
    }

    /// The group of each person, or -1 for those whose most probable group isn't as probable as `confidence`.
    public func assignment(confidence: Double = 0.5) -> [Int] {
        zip(OpinionClasses.hard(memberships, groupCount), memberships).map { $1[$0] >= confidence ? $0 : -1 }
    }

    /// Where a person stands.
    public func position(of participant: Int) -> MapPosition {
        let place = map.positions[participant]
        let variance = map.variances[participant]
        return MapPosition(
            x: .init(place[0], variance: variance[0]), y: .init(place[1], variance: variance[1]))
    }

    /// Where a statement pulls those who agree with it.
    public func direction(of statement: Int) -> SIMD2<Double> {
        guard statement < map.directions.count else { return .zero }
        return SIMD2(map.directions[statement][0], map.directions[statement][1])
    }

    /// The votes of each group, counting everybody with the group that is most probable: `[group][statement]`.
    public func groupVotes(confidence: Double = 0.5) -> [[VoteTally]] {
        votes.tallies(in: assignment(confidence: confidence), groupCount: groupCount)
    }

    // MARK: A new vote

    /// Takes up one vote: the person's place and groups, and what each group agrees on. O(votes of the person).
    ///
    /// Everybody else stays where they are until the next full reckoning; ``votesSince`` says how many votes ago that is.
    ///
    /// - Throws: ``VoteMatrixError`` for a vote that can't be in the matrix.
    public mutating func reflect(_ vote: CastVote) throws(VoteMatrixError) {
        let known = (0..<votes.participantCount).contains(vote.participant)
        let before = known ? Array(votes.row(vote.participant)) : []
        try votes.cast(vote)
        votesSince += 1
        while memberships.count < votes.participantCount { memberships.append(classes.shares) }
        let after = Array(votes.row(vote.participant))
        let old = known ? memberships[vote.participant] : .zero
        let agreement = AgreementShares(votes.tallies)
        let included = included
        before.withUnsafeBufferPointer { before in
            after.withUnsafeBufferPointer { after in
                classes.extend(to: votes.statementCount)
                let new = classes.membership(after)
                classes.replace(before, old, after, new, agreement: agreement) { $0 >= included.count || included[$0] }
                memberships[vote.participant] = classes.membership(after)
                map.place(vote.participant, after)
            }
        }
    }
}

extension GroupSearch {
    init(
        _ source: OpinionClasses.Source, _ components: [[Double]], _ centred: CentredVotes,
        _ settings: LandscapeSettings
    ) {
        let places = centred.positions(along: components)
        self.init(
            source: source, places: [places.map { SIMD4($0.x, $0.y, 0, 0) }, places], starts: settings.starts,
            seed: settings.seed)
    }
}
