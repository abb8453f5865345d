/// Common ground without what fewer than five people hold, for answers that anybody may see.
///
/// Groups of fewer than five are left out before anything is reckoned, so nothing of them can be had by subtraction
/// either. Of those that are left, a statement is told only where at least five people of each voted on it. Whoever asks
/// before and after one vote still sees what that vote changed.
public struct TellableGround: Sendable {
    /// So many people make a group, or a share, that is told.
    public static let fewestPeople = 5

    /// The groups that are told, by their numbers in the landscape from 0; with no division into groups, 0 for everybody.
    public let groups: [Int]
    /// How many people each of them has.
    public let people: [Int]
    /// How many groups are left out because they are too small.
    public let untold: Int
    /// What the told groups said, one after another as in ``groups``; empty where there is none.
    private let ground: CommonGround

    /// The ground of groups as people are assigned to them.
    ///
    /// - Parameters:
    ///   - groupVotes: `[group][statement]`.
    ///   - people: How many people each group has.
    ///   - rejected: Statements that are left out.
    public init(_ groupVotes: [[VoteTally]], people: [Int], rejected: Set<Int> = []) {
        groups = groupVotes.indices.filter { people[$0] >= Self.fewestPeople }
        self.people = groups.map { people[$0] }
        untold = groupVotes.count - groups.count
        let told = groups.map { groupVotes[$0] }
        let count = told.first?.count ?? 0
        let thin = (0..<count).filter { statement in told.contains { $0[statement].seen < Self.fewestPeople } }
        ground = CommonGround(told, rejected: rejected.union(thin))
    }

    /// The ground of a landscape, with everybody together where it found no groups.
    public init(_ landscape: OpinionLandscape) {
        let assignment = landscape.assignment()
        let count = landscape.groupCount
        let rejected = landscape.moderation.rejected
        guard count > 1 else {
            let votes = landscape.votes
            self.init([votes.tallies], people: [votes.participantCount], rejected: rejected)
            return
        }
        self.init(
            landscape.groupVotes(), people: (0..<count).map { group in assignment.count { $0 == group } },
            rejected: rejected)
    }

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

    /// What isn't told, in a sentence; nil where everything is.
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
