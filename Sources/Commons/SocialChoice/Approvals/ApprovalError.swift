/// Why a profile or a question about it can't be taken, with what to do.
public enum ApprovalError: Error, Sendable, Hashable {
    /// A number that can't be negative is.
    case negative(String, Int)
    /// A ballot names a candidate that doesn't exist.
    case unknownCandidate(Int, voter: Int, candidateCount: Int)
    /// There isn't one weight for each ballot.
    case weightsAndBallotsDiffer(weights: Int, ballots: Int)
    /// A weight is 0 or negative.
    case weightNotPositive(Int, voter: Int)
    /// More voters, candidates, approvals or weight than is counted here.
    case tooLarge
    /// More seats than candidates.
    case moreSeatsThanCandidates(seats: Int, candidates: Int)
    /// The order that breaks ties doesn't name every candidate exactly once.
    case orderIsNotAPermutation(candidateCount: Int)
    /// The rule is defined only once an order breaks its ties.
    case needsAnOrder(CommitteeRule)
    /// A committee that is to be checked has more members than there were seats.
    case moreMembersThanSeats(members: Int, seats: Int)
    /// The rule's exact numbers would grow too long for so many seats.
    case tooManySeats(CommitteeRule, seats: Int, most: Int)
    /// A committee that is to be checked names a candidate twice or one that doesn't exist.
    case notACommittee([Int], candidateCount: Int)
}

extension ApprovalError: CustomStringConvertible {
    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .negative(let what, let number):
            "\(what) is \(number). Give 0 or more."
        case .unknownCandidate(let candidate, let voter, let count):
            "Ballot \(voter) names candidate \(candidate), but candidates are numbered from 0 up to, and without, \(count)."
        case .weightsAndBallotsDiffer(let weights, let ballots):
            "There are \(weights) weights for \(ballots) ballots. Give one weight for each ballot, or none at all."
        case .weightNotPositive(let weight, let voter):
            "Voter \(voter) has the weight \(weight). Give 1 or more, or leave the voter out."
        case .tooLarge:
            "There is more than can be counted here: 2^30 voters, candidates and approvals, and a weight of 2^40 in all."
        case .moreSeatsThanCandidates(let seats, let candidates):
            "\(seats) seats can't be filled from \(candidates) candidates. Ask for at most \(candidates)."
        case .orderIsNotAPermutation(let count):
            "The order that breaks ties must name each candidate from 0 up to, and without, \(count) exactly once."
        case .needsAnOrder(let rule):
            "\(rule.name) is defined only once its ties are broken. Ask for it with an order of the candidates."
        case .moreMembersThanSeats(let members, let seats):
            "The committee has \(members) members for \(seats) seats. Give the number of seats that there were."
        case .tooManySeats(let rule, let seats, let most):
            "\(rule.name) is exact here for up to \(most) seats, not \(seats). Ask for fewer, or for Phragmén's sequential rule."
        case .notACommittee(let members, let count):
            "\(members) isn't a committee: it must name candidates from 0 up to, and without, \(count), each at most once."
        }
    }
}
