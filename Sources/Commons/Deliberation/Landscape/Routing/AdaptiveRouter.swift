/// Asks for the vote from which most can be learned: which statements all groups agree on, and where the person stands.
///
/// Whether a statement belongs among the most agreed on is uncertain where its consensus lies near the limit, and its
/// groups have few votes. A vote of a group that has said little about such a statement is worth most. For a person whose
/// group isn't known, statements that tell groups apart are worth something as well: the mutual information between
/// their vote and their group (Lindley 1956, doi 10.1214/aoms/1177728069). What is near the limit is chosen as in
/// best-arm identification (Chen et al. 2014, "Combinatorial pure exploration", NIPS 27; Russo 2020, doi
/// 10.1287/opre.2019.1911).
public struct AdaptiveRouter: StatementRouter {
    /// How many statements are looked for.
    public let listLength: Int
    /// What knowing a person's group is worth beside knowing the list.
    public let groupWorth: Double

    private var groupVotes: [[VoteTally]] = [[]]
    private var memberships: [[Double]] = []
    /// The worth of a vote of each group on each statement.
    private var worth: [[Double]] = [[]]
    private var untilFresh = 0

    /// A router that looks for so many statements.
    public init(listLength: Int = 20, groupWorth: Double = 0.1) {
        self.listLength = max(1, listLength)
        self.groupWorth = groupWorth
    }

    /// Takes up groups and their votes.
    public mutating func learn(_ knowledge: RoutingKnowledge) {
        groupVotes = knowledge.groupVotes.isEmpty ? [knowledge.tallies] : knowledge.groupVotes
        memberships = knowledge.memberships
        refresh()
    }

    /// Counts the vote with the person's most probable group.
    public mutating func take(_ vote: CastVote) { take(vote, replacing: nil) }

    /// Counts the vote with the person's most probable group, and no longer the one that they had on the statement: however
    /// often somebody changes their mind, they count once.
    public mutating func take(_ vote: CastVote, replacing before: Stance?) {
        let group = likely(vote.participant)
        for index in groupVotes.indices where vote.statement >= groupVotes[index].count {
            groupVotes[index].append(
                contentsOf: repeatElement(.zero, count: vote.statement + 1 - groupVotes[index].count))
        }
        if let before, groupVotes[group][vote.statement][before] > 0 {
            groupVotes[group][vote.statement][before] -= 1
        }
        groupVotes[group][vote.statement][vote.stance] += 1
        untilFresh -= 1
        if untilFresh <= 0 { refresh() }
    }

    private func membership(_ participant: Int) -> [Double] {
        if participant < memberships.count, memberships[participant].count == groupVotes.count {
            return memberships[participant]
        }
        return [Double](repeating: 1 / Double(groupVotes.count), count: groupVotes.count)
    }

    private func likely(_ participant: Int) -> Int {
        let membership = membership(participant)
        return membership.indices.max { membership[$0] < membership[$1] } ?? 0
    }

    private mutating func refresh() {
        let count = groupVotes[0].count
        untilFresh = max(10, count / 2)
        let estimates = (0..<count).map { statement in ConsensusEstimate(.agree, groupVotes.map { $0[statement] }) }
        let sorted = estimates.map(\.value).sorted(by: >)
        let limit: Double
        if sorted.count > listLength {
            limit = (sorted[listLength - 1] + sorted[listLength]) / 2
        } else {
            limit = sorted.last ?? 0
        }
        worth = groupVotes.map { votes in
            (0..<count).map { statement in
                let estimate = estimates[statement]
                let distance = (estimate.value - limit) / max(estimate.deviation, 1e-12)
                let seen = Double(votes[statement].seen)
                let share = (Double(votes[statement].agreed) + 1) / (seen + 2)
                // The part of the uncertainty that comes from this group, and how much of it one more vote takes away.
                let uncertainty = (1 - share) / (share * (seen + 3))
                return exponential(-distance * distance / 2) * estimate.value * estimate.value * uncertainty
                    / (seen + 4)
            }
        }
        let most = worth.reduce(0) { max($0, $1.max() ?? 0) }
        if most > 0 { worth = worth.map { $0.map { ($0 / most).squareRoot() } } }
    }

    /// The choice that is worth most; of equals, any.
    public mutating func next(
        for participant: Int, among choices: [Int], using random: inout some RandomNumberGenerator
    ) -> Int {
        let membership = membership(participant)
        var best: [Int] = []
        var most = -Double.infinity
        for choice in choices {
            var value = 0.0
            for (group, share) in membership.enumerated() {
                value += share * (choice < worth[group].count ? worth[group][choice] : 1)
            }
            value += groupWorth * information(membership, choice)
            if value > most {
                most = value
                best = [choice]
            } else if value == most {
                best.append(choice)
            }
        }
        return best[Int.random(in: best.indices, using: &random)]
    }

    /// How much a vote on a statement would tell about the person's group, in nats.
    private func information(_ membership: [Double], _ statement: Int) -> Double {
        guard membership.count > 1, statement < groupVotes[0].count else { return 0 }
        var information = 0.0
        let totals = groupVotes.map { $0[statement] }
        for stance in Stance.allCases {
            let shares = totals.map { (Double($0[stance]) + 1) / (Double($0.seen) + 3) }
            let overall = zip(membership, shares).reduce(0.0) { $0 + $1.0 * $1.1 }
            for (weight, share) in zip(membership, shares) where weight > 0 {
                information += weight * share * logarithm(share / overall)
            }
        }
        return information
    }
}
