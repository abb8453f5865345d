/// Common ground without what fewer than five people hold, for answers that may be passed on.
///
/// Groups of fewer than five are left out before anything is reckoned, so nothing of them can be had by subtraction
/// either. A group of which fewer than five voted on a statement takes no part in what is told of that statement, and
/// everybody's votes on it are told only where those who aren't told by group are none or five and more.
public struct TellableGround: Sendable {
    /// So many people make a group, or a share, that is told.
    public static let fewestPeople = 5

    /// The groups that are told, by their numbers in the landscape from 0; with no division into groups, 0 for everybody.
    public let groups: [Int]
    /// How many people each of them has.
    public let people: [Int]
    /// How many groups are left out because they are too small.
    public let untold: Int
    /// Of each told group, its votes on each statement; nobody's where fewer than five of it voted.
    private let cells: [[VoteTally]]
    private let everybody: [VoteTally]
    /// What the told groups said, one after another as in ``groups``; empty where there is none.
    private let ground: CommonGround

    /// The ground of groups as people are assigned to them.
    ///
    /// - Parameters:
    ///   - groupVotes: `[group][statement]`.
    ///   - people: How many people each group has.
    ///   - everybody: The votes on each statement, with those of people in no group; nil where everybody is in one.
    ///   - rejected: Statements that are left out.
    public init(
        _ groupVotes: [[VoteTally]], people: [Int], everybody: [VoteTally]? = nil, rejected: Set<Int> = []
    ) {
        groups = groupVotes.indices.filter { people[$0] >= Self.fewestPeople }
        self.people = groups.map { people[$0] }
        untold = groupVotes.count - groups.count
        cells = groups.map { group in groupVotes[group].map { $0.seen < Self.fewestPeople ? .zero : $0 } }
        let count = groupVotes.first?.count ?? 0
        self.everybody =
            everybody
            ?? (0..<count).map { statement in groupVotes.reduce(VoteTally.zero) { $0 + $1[statement] } }
        ground = CommonGround(cells, rejected: rejected)
    }

    /// The ground of a landscape, with everybody together where it found no groups.
    public init(_ landscape: OpinionLandscape) {
        let votes = landscape.votes
        let rejected = landscape.moderation.rejected
        guard landscape.groupCount > 1 else {
            self.init([votes.tallies], people: [votes.participantCount], rejected: rejected)
            return
        }
        let assignment = landscape.assignment()
        self.init(
            landscape.groupVotes(),
            people: (0..<landscape.groupCount).map { group in assignment.count { $0 == group } },
            everybody: votes.tallies, rejected: rejected)
    }

    // MARK: One statement

    /// What a told group said to a statement; nil where fewer than five of it voted on it.
    ///
    /// - Parameter place: its place in ``groups``.
    public func votes(at place: Int, on statement: Int) -> VoteTally? {
        guard cells[place].indices.contains(statement), cells[place][statement].seen > 0 else { return nil }
        return cells[place][statement]
    }

    /// What the other told groups said to a statement, together; nil where fewer than five of each voted on it.
    ///
    /// - Parameter place: the place in ``groups`` of the one that is left out.
    public func others(than place: Int, on statement: Int) -> VoteTally? {
        let all = groups.indices.filter { $0 != place }.compactMap { votes(at: $0, on: statement) }
        return all.isEmpty ? nil : all.reduce(.zero, +)
    }

    /// Everybody's votes on a statement, or those of the told groups together where the votes of fewer than five others
    /// would follow from the two; nil where fewer than five people are left.
    public func total(on statement: Int) -> (votes: VoteTally, isEverybody: Bool)? {
        guard everybody.indices.contains(statement) else { return nil }
        let told = groups.indices.compactMap { self.votes(at: $0, on: statement) }.reduce(VoteTally.zero, +)
        let rest = everybody[statement].seen - told.seen
        let isEverybody = rest == 0 || rest >= Self.fewestPeople
        let total = isEverybody ? everybody[statement] : told
        return total.seen < Self.fewestPeople ? nil : (total, isEverybody)
    }

    // MARK: Lists

    /// What more than half of each told group takes this side on.
    public func shared(_ stance: Stance, _ limit: Int = .max) -> [CommonGround.Shared] {
        groups.isEmpty ? [] : ground.shared(stance, limit)
    }

    /// What divides the told groups.
    public func divisive(_ limit: Int) -> [CommonGround.Statement] { groups.count < 2 ? [] : ground.divisive(limit) }

    /// What sets a told group apart from the other told groups.
    ///
    /// - Parameter place: its place in ``groups``.
    public func representative(at place: Int, _ limit: Int) -> [CommonGround.Representative] {
        groups.count < 2 ? [] : ground.representative(of: place, limit)
    }

    /// What isn't told, in a sentence; nil where every group is.
    public var remark: String? {
        guard untold > 0 else { return nil }
        guard !groups.isEmpty else {
            return "With fewer than \(Self.fewestPeople) people in each group, nothing of what they hold is told."
        }
        return untold == 1
            ? "One group has fewer than \(Self.fewestPeople) people. What it holds isn't told, and it takes no part in what is."
            : "\(untold) groups have fewer than \(Self.fewestPeople) people. What they hold isn't told, and they take no part in what is."
    }
}
