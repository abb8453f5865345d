/// Each stepping rule in the narrowest numbers that surely hold it.
extension CommitteeRule {
    func sequentialThiele(
        _ function: ThieleFunction, profile: ApprovalProfile, seats: Int, order: CandidateOrder?, limit: WorkLimit
    ) -> CommitteeOutcome {
        let weight = profile.totalWeight
        if let table = ThieleTable<Int>(function, length: seats, totalWeight: weight) {
            return SequentialThiele(table, profile: profile, seats: seats).outcome(order: order, limit: limit)
        }
        if let table = ThieleTable<Int128>(function, length: seats, totalWeight: weight) {
            return SequentialThiele(table, profile: profile, seats: seats).outcome(order: order, limit: limit)
        }
        let table = ThieleTable<Unbounded>(unbounded: function, length: seats, totalWeight: weight)
        return SequentialThiele(table, profile: profile, seats: seats).outcome(order: order, limit: limit)
    }

    func reverseSequentialThiele(
        _ function: ThieleFunction, profile: ApprovalProfile, seats: Int, order: CandidateOrder?, limit: WorkLimit
    ) -> CommitteeOutcome {
        let (length, weight) = (profile.largestBallot, profile.totalWeight)
        if let table = ThieleTable<Int>(function, length: length, totalWeight: weight) {
            return ReverseSequentialThiele(table, profile: profile, seats: seats).outcome(order: order, limit: limit)
        }
        if let table = ThieleTable<Int128>(function, length: length, totalWeight: weight) {
            return ReverseSequentialThiele(table, profile: profile, seats: seats).outcome(order: order, limit: limit)
        }
        let table = ThieleTable<Unbounded>(unbounded: function, length: length, totalWeight: weight)
        return ReverseSequentialThiele(table, profile: profile, seats: seats).outcome(order: order, limit: limit)
    }

    func sequentialPhragmen(profile: ApprovalProfile, seats: Int, order: CandidateOrder?, limit: WorkLimit)
        -> CommitteeOutcome
    {
        switch ExactWidth(bits: SequentialPhragmen<Int>.bits(profile: profile, seats: seats)) {
        case .word: SequentialPhragmen<Int>(profile: profile, seats: seats).outcome(order: order, limit: limit)
        case .doubleWord:
            SequentialPhragmen<Int128>(profile: profile, seats: seats).outcome(order: order, limit: limit)
        case .unbounded:
            SequentialPhragmen<Unbounded>(profile: profile, seats: seats).outcome(order: order, limit: limit)
        }
    }

    func equalShares(
        _ completion: CommitteeCompletion, profile: ApprovalProfile, seats: Int, virtualSeats: Int? = nil,
        order: CandidateOrder?, limit: WorkLimit
    ) -> CommitteeOutcome {
        func outcome<Number: ExactInteger>(in type: Number.Type) -> CommitteeOutcome {
            EqualSharesCommittee<Number>(
                profile: profile, seats: seats, completion: completion, virtualSeats: virtualSeats
            )
            .outcome(order: order, limit: limit)
        }
        let bits = EqualSharesCommittee<Int>.bits(profile: profile, seats: seats, virtualSeats: virtualSeats)
        return switch ExactWidth(bits: bits) {
        case .word: outcome(in: Int.self)
        case .doubleWord: outcome(in: Int128.self)
        case .unbounded: outcome(in: Unbounded.self)
        }
    }

    /// Runs Equal Shares with ever more virtual seats until the committee is full.
    func equalSharesWithRaisedBudget(
        profile: ApprovalProfile, seats: Int, order: CandidateOrder, limit: WorkLimit
    ) -> CommitteeOutcome {
        // Where fewer candidates than seats are approved of, no budget suffices.
        guard profile.support.reduce(0, { $1 > 0 ? $0 + 1 : $0 }) >= seats, profile.totalWeight > 0 else {
            return SeparableRule.approvals(profile: profile, seats: seats, order: order, limit: limit)
        }
        var nodes = 0
        var virtualSeats = seats
        while true {
            let outcome = equalShares(
                .none, profile: profile, seats: seats, virtualSeats: virtualSeats, order: order, limit: limit)
            nodes += outcome.nodes
            // With a full unit each, one supporter alone can pay for each candidate, so this ends.
            if outcome.committees[0].count == seats { return CommitteeOutcome(outcome.committees, nodes: nodes) }
            if nodes > limit.nodes {
                return CommitteeOutcome(outcome.committees, completeness: .limitReached, nodes: nodes)
            }
            virtualSeats += 1
        }
    }
}
