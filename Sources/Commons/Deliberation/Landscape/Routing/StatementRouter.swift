/// Chooses which statement a person is shown next.
public protocol StatementRouter: Sendable {
    /// Takes up what is known by now. Called now and then, not after every vote.
    mutating func learn(_ knowledge: RoutingKnowledge)

    /// Takes up one vote that came since.
    mutating func take(_ vote: CastVote)

    /// The statement that this person should see next.
    ///
    /// - Parameters:
    ///   - participant: Who is asked.
    ///   - choices: The statements that they haven't voted on and that may be shown; not empty.
    ///   - random: For routers that draw.
    mutating func next(
        for participant: Int, among choices: [Int], using random: inout some RandomNumberGenerator
    ) -> Int
}

/// What a router can know of a conversation.
public struct RoutingKnowledge: Sendable {
    /// Everybody's votes on each statement.
    public var tallies: [VoteTally]
    /// The votes of each group: `[group][statement]`.
    public var groupVotes: [[VoteTally]]
    /// How probable each group is for each person: `[participant][group]`.
    public var memberships: [[Double]]
    /// How far out each statement puts people.
    public var extremity: [Double]
    /// Statements about the voters.
    public var meta: Set<Int>

    /// What Polis's mathematics knows.
    public init(_ landscape: PolisLandscape) {
        tallies = landscape.votes.tallies
        groupVotes = landscape.groupVotes
        let assignment = landscape.groups.assignment(participantCount: landscape.votes.participantCount)
        let count = landscape.groups.groups.count
        memberships = assignment.map { group in
            (0..<count).map { group < 0 ? 1 / Double(count) : $0 == group ? 1 : 0 }
        }
        extremity = landscape.map.extremity
        meta = landscape.moderation.meta
    }

    /// What the better landscape knows.
    public init(_ landscape: OpinionLandscape) {
        tallies = landscape.votes.tallies
        groupVotes = landscape.groupVotes(confidence: 0)
        memberships = (0..<landscape.votes.participantCount).map { landscape.membership(of: $0) }
        extremity = tallies.indices.map { statement in
            let direction = landscape.direction(of: statement)
            return (direction * direction).sum().squareRoot()
        }
        meta = landscape.moderation.meta
    }
}

/// Any statement with the same chance: what the others have to be better than.
public struct RandomRouter: StatementRouter {
    /// A router.
    public init() {}
    /// Nothing to learn.
    public mutating func learn(_ knowledge: RoutingKnowledge) {}
    /// Nothing to take up.
    public mutating func take(_ vote: CastVote) {}
    /// Any of the choices.
    public mutating func next(
        for participant: Int, among choices: [Int], using random: inout some RandomNumberGenerator
    ) -> Int { choices[Int.random(in: choices.indices, using: &random)] }
}

/// Polis's router: a statement is drawn with a chance in proportion to its priority (``PolisPriority``).
public struct PolisRouter: StatementRouter {
    private var tallies: [VoteTally] = []
    private var extremity: [Double] = []
    private var meta: Set<Int> = []

    /// A router that knows nothing yet.
    public init() {}

    /// Takes up tallies and extremities.
    public mutating func learn(_ knowledge: RoutingKnowledge) {
        tallies =
            knowledge.groupVotes.isEmpty
            ? knowledge.tallies
            : knowledge.tallies.indices.map { statement in
                knowledge.groupVotes.reduce(VoteTally.zero) { $0 + $1[statement] }
            }
        extremity = knowledge.extremity
        meta = knowledge.meta
    }

    /// Polis's priorities change only when its mathematics runs.
    public mutating func take(_ vote: CastVote) {}

    /// Draws by priority.
    public mutating func next(
        for participant: Int, among choices: [Int], using random: inout some RandomNumberGenerator
    ) -> Int {
        let weights = choices.map { statement in
            PolisPriority.value(
                statement < tallies.count ? tallies[statement] : .zero,
                extremity: statement < extremity.count ? extremity[statement] : 0, isMeta: meta.contains(statement))
        }
        var target = Double.random(in: 0..<1, using: &random) * weights.reduce(0, +)
        for (choice, weight) in zip(choices, weights) {
            target -= weight
            if target < 0 { return choice }
        }
        return choices[choices.count - 1]
    }
}
