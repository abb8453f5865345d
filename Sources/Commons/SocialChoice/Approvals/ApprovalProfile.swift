/// Who approves what: the ballots of a committee election.
///
/// Candidates and voters are numbered from 0. A ballot is a set of candidates and may be empty. A voter may carry a
/// weight, which counts as that many voters with the same ballot; for fractional weights, multiply all of them by their
/// common denominator first (of the rules here only Monroe's reads more into a weight than its share).
///
/// Ballots are kept twice in flat arrays, by voter and by candidate, so that a rule walks memory in order.
public struct ApprovalProfile: Sendable, Hashable {
    /// How many candidates there are.
    public let candidateCount: Int
    /// The weight of each voter, 1 or more.
    public let weights: [Int]
    /// The sum of all weights: the number of voters where nobody carries a weight.
    public let totalWeight: Int
    /// For each candidate the weight of all who approve of it.
    public let support: [Int]
    /// Whether every weight is 1.
    public let isUnweighted: Bool

    /// Ballot `v` is `ballotMembers[ballotStart[v]..<ballotStart[v + 1]]`, ascending.
    let ballotStart: [Int]
    let ballotMembers: [Int32]
    /// The voters who approve of `c` are `supporters[supporterStart[c]..<supporterStart[c + 1]]`, ascending.
    let supporterStart: [Int]
    let supporters: [Int32]

    /// The most voters, candidates or approvals that are taken, and the largest sum of weights.
    static let largestCount = 1 << 30
    static let largestWeight = 1 << 40

    /// How many voters there are, those with an empty ballot included.
    public var voterCount: Int { weights.count }

    /// Reads ballots.
    ///
    /// - Parameters:
    ///   - candidateCount: how many candidates there are, 0 or more.
    ///   - ballots: for each voter the candidates that they approve of, in any order; a repeated candidate counts once.
    ///   - weights: the weight of each voter, 1 or more; all 1 where it is left out.
    /// - Throws: ``ApprovalError`` where a candidate doesn't exist, a weight isn't positive, or there is too much to
    ///   count.
    /// - Complexity: linear in the approvals, and `a log a` for a ballot of `a` that isn't in ascending order.
    public init(candidateCount: Int, ballots: [[Int]], weights: [Int]? = nil) throws(ApprovalError) {
        guard candidateCount >= 0 else { throw .negative("The number of candidates", candidateCount) }
        guard candidateCount <= Self.largestCount, ballots.count <= Self.largestCount else { throw .tooLarge }
        if let weights, weights.count != ballots.count {
            throw .weightsAndBallotsDiffer(weights: weights.count, ballots: ballots.count)
        }
        var start = [0]
        start.reserveCapacity(ballots.count + 1)
        var members: [Int32] = []
        members.reserveCapacity(ballots.reduce(0) { $0 + $1.count })
        for (voter, ballot) in ballots.enumerated() {
            var last = -1
            for candidate in ballot {
                guard candidate >= 0, candidate < candidateCount else {
                    throw .unknownCandidate(candidate, voter: voter, candidateCount: candidateCount)
                }
                members.append(Int32(candidate))
                last = candidate <= last ? candidateCount : candidate
            }
            if last == candidateCount {
                let tidy = Set(members[start[voter]...]).sorted()
                members.replaceSubrange(start[voter]..., with: tidy)
            }
            guard members.count <= Self.largestCount else { throw .tooLarge }
            start.append(members.count)
        }
        var total = 0
        for (voter, weight) in (weights ?? []).enumerated() {
            guard weight > 0 else { throw .weightNotPositive(weight, voter: voter) }
            guard weight <= Self.largestWeight, total + weight <= Self.largestWeight else { throw .tooLarge }
            total += weight
        }
        self.init(
            candidateCount: candidateCount, start: start, members: members,
            weights: weights ?? Array(repeating: 1, count: ballots.count),
            totalWeight: weights == nil ? ballots.count : total)
    }

    /// From parts that are known to be in order.
    init(candidateCount: Int, start: [Int], members: [Int32], weights: [Int], totalWeight: Int) {
        var support = Array(repeating: 0, count: candidateCount)
        var places = Array(repeating: 0, count: candidateCount + 1)
        for voter in weights.indices {
            for candidate in members[start[voter]..<start[voter + 1]] {
                support[Int(candidate)] += weights[voter]
                places[Int(candidate) + 1] += 1
            }
        }
        for candidate in 0..<candidateCount { places[candidate + 1] += places[candidate] }
        var next = places
        var supporters = [Int32](repeating: 0, count: members.count)
        for voter in weights.indices {
            for candidate in members[start[voter]..<start[voter + 1]] {
                supporters[next[Int(candidate)]] = Int32(voter)
                next[Int(candidate)] += 1
            }
        }
        self.candidateCount = candidateCount
        self.weights = weights
        self.totalWeight = totalWeight
        self.support = support
        self.isUnweighted = totalWeight == weights.count
        ballotStart = start
        ballotMembers = members
        supporterStart = places
        self.supporters = supporters
    }

    /// The candidates that a voter approves of, ascending.
    public func ballot(of voter: Int) -> [Int] {
        ballotMembers[ballotStart[voter]..<ballotStart[voter + 1]].map(Int.init)
    }

    /// The voters who approve of a candidate, ascending.
    public func supporters(of candidate: Int) -> [Int] {
        supporters[supporterStart[candidate]..<supporterStart[candidate + 1]].map(Int.init)
    }

    /// The same profile with equal ballots joined into one voter of their common weight, in order of first appearance.
    ///
    /// Every rule but Monroe's greedy one gives the same committees for both, and the exact ones are faster on this.
    /// - Complexity: linear in the approvals.
    public func merged() -> ApprovalProfile {
        var places: [ArraySlice<Int32>: Int] = [:]
        var start = [0]
        var members: [Int32] = []
        var joined: [Int] = []
        for voter in weights.indices {
            let ballot = ballotMembers[ballotStart[voter]..<ballotStart[voter + 1]]
            if let place = places[ballot] {
                joined[place] += weights[voter]
            } else {
                places[ballot] = joined.count
                joined.append(weights[voter])
                members += ballot
                start.append(members.count)
            }
        }
        return ApprovalProfile(
            candidateCount: candidateCount, start: start, members: members, weights: joined, totalWeight: totalWeight)
    }

    /// How many candidates of the largest ballot.
    var largestBallot: Int {
        weights.indices.reduce(0) { max($0, ballotStart[$1 + 1] - ballotStart[$1]) }
    }
}
