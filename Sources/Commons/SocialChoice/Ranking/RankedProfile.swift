/// Everybody's ranked ballots, checked once at the door: every rule here can rely on them.
public struct RankedProfile: Hashable, Sendable {
    /// The most candidates that a profile takes: pairwise matrices have the square of it.
    public static let mostCandidates = 4_096
    /// The most that all weights together may come to, so that no sum of any rule here can overflow.
    public static let mostWeight = 1_000_000_000_000

    /// How many candidates there are, numbered from 0.
    public let candidateCount: Int
    /// The ballots, as they were given.
    public let ballots: [RankedBallot]
    /// The sum of all weights.
    public let totalWeight: Int

    /// Checks ballots and keeps them. No ballots at all is a profile in which everybody is tied.
    ///
    /// - Parameters:
    ///   - candidateCount: from 1 to ``mostCandidates``.
    ///   - ballots: each may rank any part of the candidates, with ties.
    /// - Throws: ``RankingError`` for the first thing that is wrong.
    /// - Complexity: linear in the length of the ballots.
    public init(candidateCount: Int, ballots: [RankedBallot]) throws(RankingError) {
        guard (1...Self.mostCandidates).contains(candidateCount) else {
            throw RankingError.candidateCount(candidateCount)
        }
        var lastSeen = [Int](repeating: -1, count: candidateCount)
        var total = 0
        for (number, ballot) in ballots.enumerated() {
            guard ballot.weight >= 1 else { throw RankingError.weight(ballot.weight, ballot: number) }
            let sum = total.addingReportingOverflow(ballot.weight)
            guard !sum.overflow, sum.partialValue <= Self.mostWeight else { throw RankingError.tooMuchWeight }
            total = sum.partialValue
            for tier in ballot.tiers {
                guard !tier.isEmpty else { throw RankingError.emptyTier(ballot: number) }
                for candidate in tier {
                    guard lastSeen.indices.contains(candidate) else {
                        throw RankingError.unknownCandidate(candidate, ballot: number)
                    }
                    guard lastSeen[candidate] != number else {
                        throw RankingError.repeatedCandidate(candidate, ballot: number)
                    }
                    lastSeen[candidate] = number
                }
            }
        }
        self.candidateCount = candidateCount
        self.ballots = ballots
        totalWeight = total
    }
}

/// What can be wrong with ranked ballots, or with what a rule is asked to do with them.
public enum RankingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// There are no candidates, or too many.
    case candidateCount(Int)
    /// A ballot ranks somebody who doesn't stand. Ballots are counted from 0.
    case unknownCandidate(Int, ballot: Int)
    /// A ballot ranks somebody twice.
    case repeatedCandidate(Int, ballot: Int)
    /// A ballot has a tier with nobody in it.
    case emptyTier(ballot: Int)
    /// A ballot has a weight below 1.
    case weight(Int, ballot: Int)
    /// All weights together are more than ``RankedProfile/mostWeight``.
    case tooMuchWeight
    /// An order that is to settle ties ranks another number of candidates than there are.
    case order(count: Int, expected: Int)

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .candidateCount(let count):
            "\(count) candidates: give from 1 to \(RankedProfile.mostCandidates)."
        case .unknownCandidate(let candidate, let ballot):
            "Ballot \(ballot) ranks candidate \(candidate), who doesn't stand: number candidates from 0."
        case .repeatedCandidate(let candidate, let ballot):
            "Ballot \(ballot) ranks candidate \(candidate) twice: keep one of the two places."
        case .emptyTier(let ballot):
            "Ballot \(ballot) has an empty tier: leave it out."
        case .weight(let weight, let ballot):
            "Ballot \(ballot) has weight \(weight): a weight is a whole number from 1."
        case .tooMuchWeight:
            "All weights together are more than \(RankedProfile.mostWeight): divide them by a common factor."
        case .order(let count, let expected):
            "The order that settles ties ranks \(count), but there are \(expected): rank each one once."
        }
    }
}
