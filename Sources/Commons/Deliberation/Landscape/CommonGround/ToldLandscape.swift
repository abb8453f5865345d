/// A landscape as it may be told: groups with how sure they are, what they share and what divides them, without what
/// fewer than five people hold (``TellableGround``).
///
/// What a statement is called is up to whoever shows it: a number and words, or the id of an export.
public struct ToldLandscape<Statement: Encodable & Sendable>: Encodable, Sendable {
    /// Whether there are votes enough to speak of groups.
    public struct Basis: Encodable, Sendable {
        /// Whether there are.
        public let isEnough: Bool
        /// In a sentence.
        public let words: String
    }

    /// A group of five people or more.
    public struct Group: Encodable, Sendable {
        /// From 1.
        public let number: Int
        /// How many people it has.
        public let people: Int
        /// Whether it is real, as a word: a ``GroupExamination/Verdict``, or `unexamined`.
        public internal(set) var verdict: String
        /// Why.
        public internal(set) var reason: String
        /// How similar it was to the group found again among other people, from 0 to 1; nil where that wasn't asked.
        public internal(set) var stability: Double?
        /// What sets it apart, most surely first.
        public var holds: [Held]
    }

    /// What a group holds more than the others.
    public struct Held: Encodable, Sendable {
        /// The statement.
        public let statement: Statement
        /// `agree` or `disagree`.
        public let stance: String
        /// The share of the group that does, of those who voted on it.
        public let share: ShareEstimate
        /// How much larger that is than among the other groups; nil by Polis's mathematics.
        public let difference: ShareDifference?
        /// How many times as much it is as among the others; only by Polis's mathematics.
        public let times: Double?

        /// What a group holds.
        public init(
            statement: Statement, stance: Stance, share: ShareEstimate, difference: ShareDifference? = nil,
            times: Double? = nil
        ) {
            self.statement = statement
            self.stance = stance.word
            self.share = share
            self.difference = difference
            self.times = times
        }
    }

    /// A statement as each group sees it.
    public struct Ground: Encodable, Sendable {
        /// The statement.
        public let statement: Statement
        /// The share of each group in `groups` that agrees, in that order, of those who voted on it; of everybody where
        /// there are no groups; nil where fewer than five voted.
        public let agreement: [ShareEstimate?]
        /// The same for those who disagree.
        public let disagreement: [ShareEstimate?]
        /// The product over groups of (agreed + 1) ⁄ (voted + 2).
        public let groupAwareConsensus: Double
        /// Whether each group's interval of 95% lies on one side of one half; for what divides, that two groups differ.
        public let isSure: Bool
    }

    /// Whether there are votes enough.
    public let basis: Basis
    /// Whether the groups are real, as a word: a ``GroupVerdict/Whole``, or `unexamined`.
    public internal(set) var verdict: String
    /// Why.
    public internal(set) var reason: String
    /// Groups of five people or more; empty with no division into groups.
    public var groups: [Group]
    /// How many people are in none of these groups.
    public let withoutGroup: Int
    /// Which groups are left out because they are too small; nil where none is.
    public let untold: String?
    /// What every group agrees on, most surely first.
    public var agreed: [Ground]
    /// What every group refuses, most surely first.
    public var refused: [Ground]
    /// What divides groups, most surely first.
    public var divisive: [Ground]

    /// Gathers what may be told.
    ///
    /// - Parameters:
    ///   - ground: What groups said.
    ///   - basis: Whether there are votes enough, and in words.
    ///   - people: How many people there are in all.
    ///   - isDivided: Whether there are groups; else `ground` is everybody's.
    ///   - limit: So many statements in each list.
    ///   - name: What a statement is called.
    init(
        _ ground: TellableGround, basis: Basis, people: Int, isDivided: Bool, limit: Int,
        naming name: (Int) -> Statement
    ) {
        func told(_ statement: CommonGround.Statement, _ isSure: Bool) -> Ground {
            let shares = { (stance: Stance) in
                statement.votes.map { $0.seen == 0 ? nil : ShareEstimate(count: $0[stance], of: $0.seen) }
            }
            return Ground(
                statement: name(statement.statement), agreement: shares(.agree), disagreement: shares(.disagree),
                groupAwareConsensus: statement.consensus.value, isSure: isSure)
        }
        self.basis = basis
        (verdict, reason) = (GroupVerdict.unexamined.finding, GroupVerdict.unexamined.reason)
        groups =
            !isDivided
            ? []
            : ground.groups.enumerated().map { place, group in
                Group(
                    number: group + 1, people: ground.people[place], verdict: GroupVerdict.unexamined.finding,
                    reason: GroupVerdict.unexamined.reason, stability: nil,
                    holds: ground.representative(at: place, limit).map {
                        Held(
                            statement: name($0.statement), stance: $0.stance, share: $0.share, difference: $0.difference
                        )
                    })
            }
        withoutGroup = isDivided ? people - ground.people.reduce(0, +) : 0
        untold = ground.remark
        agreed = ground.shared(.agree, limit).map { told($0.statement, $0.isSure) }
        refused = ground.shared(.disagree, limit).map { told($0.statement, $0.isSure) }
        divisive = ground.divisive(limit).map { told($0, true) }
    }

    /// What may be told of a landscape; how sure groups are is left open until it is ``judged(_:chance:)``.
    public init(_ landscape: OpinionLandscape, limit: Int, naming name: (Int) -> Statement) {
        self.init(
            TellableGround(landscape),
            basis: Basis(isEnough: landscape.basis.isEnough, words: landscape.basis.description),
            people: landscape.votes.participantCount, isDivided: landscape.groupCount > 1, limit: limit, naming: name)
        judge([], of: landscape, chance: nil)
    }

    /// What may be told of a landscape as Polis reckons it, which always finds groups and doesn't say how sure it is.
    public init(_ landscape: PolisLandscape, people: Int, limit: Int, naming name: (Int) -> Statement) {
        let assignment = landscape.groups.assignment(participantCount: people)
        let count = landscape.groups.groups.count
        let ground = TellableGround(
            landscape.groupVotes, people: (0..<count).map { group in assignment.count { $0 == group } },
            everybody: landscape.votes.tallies, rejected: landscape.moderation.rejected)
        self.init(
            ground,
            basis: Basis(
                isEnough: true,
                words: "Groups by Polis's mathematics, which always finds some and doesn't say how sure it is of them."),
            people: people, isDivided: count > 1, limit: limit, naming: name)
        for (place, group) in ground.groups.enumerated() where groups.indices.contains(place) {
            // Beside a group that isn't told, how much more one holds than the others would tell what it holds.
            groups[place].holds =
                ground.untold > 0
                ? []
                : landscape.representatives[group].filter { one in
                    one.trials >= TellableGround.fewestPeople && ground.others(than: place, on: one.statement) != nil
                }.map {
                    Held(
                        statement: name($0.statement), stance: $0.stance,
                        share: ShareEstimate(count: $0.successes, of: $0.trials), times: $0.representativeness)
                }
        }
    }

    // MARK: How sure

    /// Says how sure groups are.
    ///
    /// - Parameters:
    ///   - verdicts: Of each group of the landscape, from the first; missing ones are unexamined.
    ///   - chance: As ``GroupExamination/chance``.
    mutating func judge(_ verdicts: [GroupVerdict], of landscape: OpinionLandscape, chance: Double?) {
        judge(verdicts, basis: landscape.basis, groupCount: landscape.groupCount, chance: chance)
    }

    mutating func judge(_ verdicts: [GroupVerdict], basis: LandscapeBasis, groupCount: Int, chance: Double?) {
        let all = (0..<groupCount).map { verdicts.indices.contains($0) ? verdicts[$0] : .unexamined }
        for place in groups.indices {
            let own = all[groups[place].number - 1]
            (groups[place].verdict, groups[place].reason) = (own.finding, own.reason)
            groups[place].stability = own.stability
        }
        let whole = GroupVerdict(basis, of: all, chance: chance)
        (verdict, reason) = (whole.finding, whole.reason)
    }

    /// The same with the findings of an examination of this landscape.
    public func judged(by examination: GroupExamination, of landscape: OpinionLandscape) -> ToldLandscape {
        var judged = self
        judged.judge(
            examination.findings.map(GroupVerdict.init), of: landscape, chance: examination.chance)
        return judged
    }
}
