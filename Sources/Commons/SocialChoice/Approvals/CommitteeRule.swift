/// The ways to choose a committee from approvals.
///
/// ```swift
/// let outcome = try CommitteeRule.equalShares(.phragmen).outcome(of: profile, seats: 5)
/// ```
///
/// Every rule computes in exact numbers. Sources stand with each rule; Lackner and Skowron (2023, "Multi-Winner Voting
/// with Approval Preferences", DOI 10.1007/978-3-031-09016-5) describe nearly all of them in one place.
public enum CommitteeRule: Sendable, Hashable {
    /// The most approved candidates. Majorities can take every seat.
    case approvalVoting
    /// The same, with each ballot's weight shared out over the candidates on it.
    case satisfactionApprovalVoting
    /// The highest sum of what voters gain. Exact by branch and bound.
    case thiele(ThieleFunction)
    /// The candidate who adds most to that sum, again and again.
    case sequentialThiele(ThieleFunction)
    /// Everyone, and then without the candidate who is missed least, again and again.
    case reverseSequentialThiele(ThieleFunction)
    /// Phragmén's sequential rule: each member's cost is spread over supporters so that the highest load stays lowest.
    case phragmen
    /// The committee with the lowest highest load. Exact by branch and bound.
    case minimaxPhragmen
    /// The same, with the second highest load next, and so on. Exact by branch and bound.
    case leximaxPhragmen
    /// The candidate with whom the least supported member can be given most.
    case maximinSupport
    /// The Method of Equal Shares.
    case equalShares(CommitteeCompletion)
    /// Equal parts of the voters for each member, as many of them represented as possible. Exact by branch and bound.
    case monroe
    /// The same, filled greedily. Defined only along an order that breaks ties.
    case greedyMonroe
    /// The smallest largest distance to a ballot. Exact by branch and bound.
    case minimaxApprovalVoting
    /// The same, with the second largest distance next, and so on. Exact by branch and bound.
    case lexicographicMinimaxApprovalVoting
    /// Eneström's rule, Phragmén's first method; for up to 12 seats.
    case enestroemPhragmen
    /// The consensus rule.
    case consensus
    /// E Pluribus Hugo.
    case ePluribusHugo

    /// Proportional approval voting.
    public static let proportionalApprovalVoting = thiele(.proportional)
    /// Chamberlin and Courant's rule over approvals: as many voters as possible have a member they approve of.
    public static let chamberlinCourant = thiele(.chamberlinCourant)

    /// Chooses.
    ///
    /// - Parameters:
    ///   - profile: who approves what.
    ///   - seats: how many members, from 0 up to the number of candidates.
    ///   - ties: what happens where the rule leaves candidates or committees equal.
    ///   - limit: how much may be tried; the outcome says where it was reached.
    /// - Throws: ``ApprovalError``.
    /// - Complexity: the sequential rules and Equal Shares take about one walk through the ballots of a member's
    ///   supporters for each seat; with `ties: .all`, that for each way of breaking ties. Exact optima can take
    ///   exponential time, up to `limit`.
    public func outcome(
        of profile: ApprovalProfile, seats: Int, ties: TieBreaking = .all, limit: WorkLimit = WorkLimit()
    ) throws(ApprovalError) -> CommitteeOutcome {
        guard seats >= 0 else { throw .negative("The number of seats", seats) }
        guard seats <= profile.candidateCount else {
            throw .moreSeatsThanCandidates(seats: seats, candidates: profile.candidateCount)
        }
        let order = try ties.order(of: profile.candidateCount)
        // Equal ballots do the same at every step; where ties are followed, fewer voters make smaller states. For a few
        // voters, joining them costs more than it saves.
        let voters = order == nil && profile.voterCount > 64 ? profile.merged() : profile
        switch self {
        case .approvalVoting:
            return SeparableRule.approvals(profile: profile, seats: seats, order: order, limit: limit)
        case .satisfactionApprovalVoting:
            return SeparableRule.satisfaction(profile: profile, seats: seats, order: order, limit: limit)
        case .thiele(let function):
            return OptimalCommittees.thiele(function, profile: profile, seats: seats, order: order, limit: limit)
        case .sequentialThiele(let function):
            return sequentialThiele(function, profile: voters, seats: seats, order: order, limit: limit)
        case .reverseSequentialThiele(let function):
            return reverseSequentialThiele(function, profile: voters, seats: seats, order: order, limit: limit)
        case .phragmen:
            return sequentialPhragmen(profile: voters, seats: seats, order: order, limit: limit)
        case .minimaxPhragmen:
            return OptimalCommittees.phragmen(
                profile: profile, seats: seats, lexicographic: false, order: order, limit: limit)
        case .leximaxPhragmen:
            return OptimalCommittees.phragmen(
                profile: profile, seats: seats, lexicographic: true, order: order, limit: limit)
        case .maximinSupport:
            return MaximinSupport(profile: profile.merged(), seats: seats).outcome(order: order, limit: limit)
        case .equalShares(.raisedBudget):
            guard let order else { throw .needsAnOrder(self) }
            return equalSharesWithRaisedBudget(profile: profile, seats: seats, order: order, limit: limit)
        case .equalShares(let completion):
            return equalShares(completion, profile: voters, seats: seats, order: order, limit: limit)
        case .monroe:
            return OptimalCommittees.monroe(profile: profile, seats: seats, order: order, limit: limit)
        case .greedyMonroe:
            guard let order else { throw .needsAnOrder(self) }
            return Monroe.greedy(profile: profile, seats: seats, order: order)
        case .minimaxApprovalVoting:
            return OptimalCommittees.minimax(profile: profile, seats: seats, order: order, limit: limit)
        case .lexicographicMinimaxApprovalVoting:
            return OptimalCommittees.lexicographicMinimax(profile: profile, seats: seats, order: order, limit: limit)
        case .enestroemPhragmen:
            guard seats <= EnestroemPhragmen.mostSeats else {
                throw .tooManySeats(self, seats: seats, most: EnestroemPhragmen.mostSeats)
            }
            return EnestroemPhragmen(profile: profile.merged(), seats: seats).outcome(order: order, limit: limit)
        case .consensus:
            return ConsensusRule(profile: profile.merged(), seats: seats).outcome(order: order, limit: limit)
        case .ePluribusHugo:
            return EPluribusHugo.outcome(profile: profile.merged(), seats: seats, order: order, limit: limit)
        }
    }
}
