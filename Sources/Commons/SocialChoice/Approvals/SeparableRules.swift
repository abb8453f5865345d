/// Rules that give each candidate a score of their own and take the highest: approval voting and satisfaction approval
/// voting (Brams and Kilgour 2014, DOI 10.1007/978-3-319-05158-1_18).
enum SeparableRule {
    /// Approvals, each counted whole.
    static func approvals(profile: ApprovalProfile, seats: Int, order: CandidateOrder?, limit: WorkLimit)
        -> CommitteeOutcome
    {
        best(profile.support, seats: seats, order: order, limit: limit)
    }

    /// Approvals, each counted as one part of its voter's ballot.
    static func satisfaction(profile: ApprovalProfile, seats: Int, order: CandidateOrder?, limit: WorkLimit)
        -> CommitteeOutcome
    {
        func outcome<Number: ExactInteger>(_ common: Number) -> CommitteeOutcome {
            var scores = Array(repeating: 0 as Number, count: profile.candidateCount)
            for voter in profile.weights.indices {
                let range = profile.ballotStart[voter]..<profile.ballotStart[voter + 1]
                if range.isEmpty { continue }
                let share = Number(profile.weights[voter]) * (common / Number(range.count))
                for place in range { scores[Int(profile.ballotMembers[place])] += share }
            }
            return best(scores, seats: seats, order: order, limit: limit)
        }
        let sizes = Set(profile.weights.indices.map { profile.ballotStart[$0 + 1] - profile.ballotStart[$0] })
            .subtracting([0])
        let weightBits = bitLength(profile.totalWeight)
        if let common = leastCommonMultiple(of: sizes, as: Int.self), common.bits + weightBits <= Int.capacity {
            return outcome(common)
        }
        return withUnboundedMultiple(of: sizes) { outcome($0) }
    }

    private static func best<Number: ExactInteger>(
        _ scores: [Number], seats: Int, order: CandidateOrder?, limit: WorkLimit
    ) -> CommitteeOutcome {
        guard seats > 0 else { return CommitteeOutcome([[]]) }
        let sequence = (order ?? .byIndex).sequence(of: scores.count)
        var place = Array(repeating: 0, count: scores.count)
        for (index, candidate) in sequence.enumerated() { place[candidate] = index }
        let ranked = sequence.sorted { scores[$0] != scores[$1] ? scores[$0] > scores[$1] : place[$0] < place[$1] }
        if order != nil { return CommitteeOutcome([Committee(ranked[..<seats])]) }
        let cutoff = scores[ranked[seats - 1]]
        let certain = ranked.filter { scores[$0] > cutoff }
        let possible = ranked.filter { scores[$0] == cutoff }
        var committees: [Committee] = []
        let isWhole = possible.forEachCombination(of: seats - certain.count) { chosen in
            if committees.count == limit.committees { return false }
            committees.append(Committee(certain + chosen))
            return true
        }
        return CommitteeOutcome(committees, completeness: isWhole ? .complete : .moreCommittees)
    }
}

extension Array where Element == Int {
    /// Visits all selections of so many elements, in lexicographic order of places, until `visit` says to stop.
    ///
    /// - Returns: whether all were visited.
    @discardableResult
    func forEachCombination(of size: Int, _ visit: ([Int]) -> Bool) -> Bool {
        guard size <= count else { return true }
        var places = Array(0..<size)
        while true {
            if !visit(places.map { self[$0] }) { return false }
            guard let moved = places.indices.last(where: { places[$0] < count - size + $0 }) else { return true }
            places[moved] += 1
            for place in places.indices where place > moved { places[place] = places[place - 1] + 1 }
        }
    }
}
