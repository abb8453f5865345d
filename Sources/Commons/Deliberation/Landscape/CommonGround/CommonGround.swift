/// What groups agree on, what divides them, and what each holds: every share with its interval.
public struct CommonGround: Sendable {
    /// One statement as each group sees it.
    public struct Statement: Sendable, Hashable {
        /// Which statement.
        public let statement: Int
        /// The votes of each group.
        public let votes: [VoteTally]
        /// The share of each group that agrees, of those who voted on it.
        public let agreement: [ShareEstimate]
        /// Agreement across groups.
        public let consensus: ConsensusEstimate
        /// Disagreement across groups: what all reject.
        public let rejection: ConsensusEstimate
        /// The two groups that differ most surely, and by how much; nil with fewer than two groups that voted.
        public let widestGap: Gap?
    }

    /// Two groups on one statement.
    public struct Gap: Sendable, Hashable {
        /// The group that agrees more.
        public let more: Int
        /// The group that agrees less.
        public let less: Int
        /// By how much.
        public let difference: ShareDifference
    }

    /// A statement that sets a group apart.
    public struct Representative: Sendable, Hashable {
        /// Which statement.
        public let statement: Int
        /// Whether the group agrees with it or disagrees.
        public let stance: Stance
        /// The share of the group that takes this stance.
        public let share: ShareEstimate
        /// How much larger that is than among everybody else.
        public let difference: ShareDifference
    }

    /// Every statement that has votes and isn't rejected.
    public let statements: [Statement]

    /// Gathers what groups said. O(groups² × statements).
    ///
    /// - Parameters:
    ///   - groupVotes: `[group][statement]`, as ``OpinionLandscape/groupVotes(confidence:)`` or
    ///     ``PolisLandscape/groupVotes`` have them.
    ///   - rejected: Statements that are left out.
    public init(_ groupVotes: [[VoteTally]], rejected: Set<Int> = []) {
        let count = groupVotes.first?.count ?? 0
        statements = (0..<count).compactMap { statement in
            let votes = groupVotes.map { $0[statement] }
            guard !rejected.contains(statement), votes.contains(where: { $0.seen > 0 }) else { return nil }
            let agreement = votes.map { ShareEstimate(count: $0.agreed, of: $0.seen) }
            return Statement(
                statement: statement, votes: votes, agreement: agreement,
                consensus: ConsensusEstimate(.agree, votes), rejection: ConsensusEstimate(.disagree, votes),
                widestGap: Self.widestGap(votes, agreement))
        }
    }

    private static func widestGap(_ votes: [VoteTally], _ agreement: [ShareEstimate]) -> Gap? {
        var widest: Gap?
        for more in votes.indices where votes[more].seen > 0 {
            for less in votes.indices where less != more && votes[less].seen > 0 {
                let gap = Gap(
                    more: more, less: less, difference: ShareDifference(agreement[more], agreement[less]))
                if gap.difference.lower > widest?.difference.lower ?? -.infinity { widest = gap }
            }
        }
        return widest
    }

    /// What all groups agree on, by how much at least: the lower end of the interval.
    public func agreed(_ limit: Int) -> [Statement] { best(limit) { $0.consensus.lower } }

    /// What all groups reject, by how much at least.
    public func refused(_ limit: Int) -> [Statement] { best(limit) { $0.rejection.lower } }

    /// A statement on which every group takes the same side.
    public struct Shared: Sendable, Hashable {
        /// Which, with what each group said.
        public let statement: Statement
        /// The share of each group that takes the side.
        public let shares: [ShareEstimate]
        /// Whether each interval lies above one half.
        public let isSure: Bool
    }

    /// The statements on which more than half of each group, of those who voted on it, take this side; most surely first.
    public func shared(_ stance: Stance, _ limit: Int = .max) -> [Shared] {
        let sorted = stance == .disagree ? refused(.max) : agreed(.max)
        let found = sorted.lazy.compactMap { statement -> Shared? in
            let shares = statement.votes.map { ShareEstimate(count: $0[stance], of: $0.seen) }
            guard statement.votes.allSatisfy({ $0.seen > 0 }), shares.allSatisfy({ $0.value > 0.5 }) else { return nil }
            return Shared(statement: statement, shares: shares, isSure: shares.allSatisfy { $0.lower > 0.5 })
        }
        return Array(found.prefix(max(0, limit)))
    }

    /// What divides groups most surely. A statement on which no two groups surely differ isn't among them.
    public func divisive(_ limit: Int) -> [Statement] {
        best(limit) { $0.widestGap?.difference.lower ?? -1 }.filter { $0.widestGap?.difference.lower ?? -1 > 0 }
    }

    private func best(_ limit: Int, _ key: (Statement) -> Double) -> [Statement] {
        Array(statements.sorted { (key($1), $0.statement) < (key($0), $1.statement) }.prefix(max(0, limit)))
    }

    /// What sets a group apart from everybody else, most surely first: what more than half of it surely holds, and surely
    /// more of it than of the others.
    public func representative(of group: Int, _ limit: Int) -> [Representative] {
        var found: [Representative] = []
        for statement in statements {
            let own = statement.votes[group]
            let others = statement.votes.reduce(VoteTally.zero, +) - own
            for stance in [Stance.agree, .disagree] {
                let share = ShareEstimate(count: own[stance], of: own.seen)
                let difference = ShareDifference(share, ShareEstimate(count: others[stance], of: others.seen))
                if share.lower > 0.5, difference.lower > 0, others.seen > 0 {
                    found.append(
                        Representative(
                            statement: statement.statement, stance: stance, share: share, difference: difference))
                }
            }
        }
        found.sort { ($1.difference.lower, $0.statement) < ($0.difference.lower, $1.statement) }
        return Array(found.prefix(max(0, limit)))
    }
}
