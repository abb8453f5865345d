import SocialChoice

/// Plays a conversation that took place again, with another router, and counts the votes that it needs.
///
/// People come again and again in random order and answer a few statements each time. The router chooses which of those
/// that the person did vote on they are shown; their answer is the one that they gave. So routers differ only in which
/// votes come first. From time to time the list of what all groups agree on is drawn up from the votes so far, by Polis's
/// mathematics whatever the router, and compared with the list from all votes.
public struct RoutingReplay: Sendable {
    /// Who voted what, in the end.
    public let votes: VoteMatrix
    /// Which statements are rejected.
    public let moderation: StatementModeration
    /// How long the list is.
    public let listLength: Int
    /// The list from all votes.
    public let finalList: Set<Int>
    /// The consensus of each statement in the end.
    private let finalConsensus: [Double]
    private let finalGroups: [Int]
    private let groupCount: Int

    /// A conversation to play again.
    ///
    /// - Parameter listLength: How many statements the list has; a tenth of them, from 5 to 20, unless it is given.
    public init(_ votes: VoteMatrix, moderation: StatementModeration = .init(), listLength: Int? = nil) {
        self.votes = votes
        self.moderation = moderation
        let open = votes.tallies.indices.count { votes.tallies[$0].seen > 0 && !moderation.rejected.contains($0) }
        let length = max(1, listLength ?? min(20, max(5, open / 10)))
        self.listLength = length
        let whole = PolisLandscape(votes, moderation: moderation)
        finalGroups = whole.groups.assignment(participantCount: votes.participantCount)
        groupCount = whole.groups.groups.count
        finalConsensus = whole.groupAwareConsensus
        finalList = Self.list(finalConsensus, votes, moderation.rejected, length)
    }

    private static func list(_ consensus: [Double], _ votes: VoteMatrix, _ rejected: Set<Int>, _ length: Int) -> Set<
        Int
    > {
        let open = consensus.indices.filter { votes.tallies[$0].seen > 0 && !rejected.contains($0) }
        return Set(open.sorted { (consensus[$1], $0) < (consensus[$0], $1) }.prefix(length))
    }

    private func point(_ shown: VoteMatrix) -> Course.Point {
        let groups = shown.tallies(in: finalGroups, groupCount: groupCount)
        let consensus = shown.tallies.indices.map { statement in
            GroupAwareConsensus.agreement(groups.map { $0[statement] })
        }
        let list = Self.list(consensus, shown, moderation.rejected, listLength)
        // In order, so that rounding is the same every time.
        let value = { (list: Set<Int>) in list.sorted().reduce(0.0) { $0 + finalConsensus[$1] } }
        return Course.Point(
            votes: shown.voteCount, share: Double(list.intersection(finalList).count) / Double(max(finalList.count, 1)),
            value: value(list) / max(value(finalList), 1e-300))
    }

    /// What a replay showed.
    public struct Course: Sendable, Hashable {
        /// After so many votes, so large a share of the final list was there.
        public struct Point: Sendable, Hashable {
            /// Votes so far.
            public let votes: Int
            /// The share of the final list in the list so far.
            public let share: Double
            /// The consensus, in the end, of the statements in the list so far, as a share of that of the final list.
            public let value: Double
        }
        /// Looked at again and again.
        public let points: [Point]

        /// The votes after which so large a share of the final list was there, and stayed.
        public func votesNeeded(share: Double) -> Int? { needed { $0.share >= share } }

        /// The votes after which the list was so nearly as good as the final one, and stayed so.
        public func votesNeeded(value: Double) -> Int? { needed { $0.value >= value } }

        private func needed(_ isReached: (Point) -> Bool) -> Int? {
            var needed: Int?
            for point in points { needed = isReached(point) ? needed ?? point.votes : nil }
            return needed
        }

        /// The mean share over the whole course: 1 if the list was there from the first look on.
        public var meanShare: Double {
            points.isEmpty ? 0 : points.reduce(0) { $0 + $1.share } / Double(points.count)
        }
    }

    /// Plays the conversation.
    ///
    /// - Parameters:
    ///   - router: Who chooses.
    ///   - seed: What the order of people, and the router's draws, follow from.
    ///   - visit: How many votes a person casts each time they come.
    ///   - looks: How often the list is drawn up.
    public func course(
        _ router: some StatementRouter, seed: UInt64, visit: Int = 5, looks: Int = 50
    ) throws(VoteMatrixError) -> Course {
        var router = router
        var random = SplitMix(seed: seed)
        var remaining = (0..<votes.participantCount).map { person in
            votes.votes(of: person).filter { !moderation.rejected.contains($0.statement) }
        }
        let total = remaining.reduce(0) { $0 + $1.count }
        var shown = try VoteMatrix(participantCount: votes.participantCount, statementCount: votes.statementCount)
        var points: [Course.Point] = []
        let interval = max(1, total / max(1, looks))
        var count = 0
        var landscape: PolisLandscape?
        while count < total {
            for person in (0..<votes.participantCount).shuffled(using: &random) {
                for _ in 0..<visit where !remaining[person].isEmpty {
                    let choice = router.next(
                        for: person, among: remaining[person].map(\.statement), using: &random)
                    let position = remaining[person].firstIndex { $0.statement == choice } ?? 0
                    let vote = remaining[person].remove(at: position)
                    try shown.cast(vote)
                    router.take(vote)
                    count += 1
                    guard count % interval == 0 || count == total else { continue }
                    let next = PolisLandscape(shown, moderation: moderation, previous: landscape)
                    landscape = next
                    router.learn(RoutingKnowledge(next))
                    points.append(point(shown))
                }
            }
        }
        return Course(points: points)
    }
}
