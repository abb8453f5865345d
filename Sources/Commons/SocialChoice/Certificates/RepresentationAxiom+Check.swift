extension RepresentationAxiom {
    /// Checks whether a committee satisfies this axiom.
    ///
    /// - Parameters:
    ///   - committee: the members; there may be fewer than seats.
    ///   - profile: who approves what.
    ///   - seats: how many seats there were; as many as members where it is left out.
    ///   - limit: how many partial sets of candidates may be looked at. JR and EJR+ need no limit; the others can take
    ///     exponential time, and are answered at once where EJR+ holds already (all but core stability follow from it).
    /// - Returns: a proof that it holds, a group that shows that it doesn't, or that the work ran out.
    /// - Throws: ``ApprovalError`` where the committee names a candidate twice or one that doesn't exist.
    /// - Complexity: JR and EJR+ take one walk through all approvals.
    public func certificate(
        for committee: [Int], in profile: ApprovalProfile, seats: Int? = nil, limit: WorkLimit = WorkLimit()
    ) throws(ApprovalError) -> Certificate {
        let seats = seats ?? committee.count
        guard seats >= committee.count else { throw .moreMembersThanSeats(members: committee.count, seats: seats) }
        var isMember = Array(repeating: false, count: profile.candidateCount)
        for member in committee {
            guard isMember.indices.contains(member), !isMember[member] else {
                throw .notACommittee(committee, candidateCount: profile.candidateCount)
            }
            isMember[member] = true
        }
        // No seats or no voters: nobody is forgotten.
        guard seats > 0, profile.totalWeight > 0 else {
            return .holds(RepresentationProof(shown: self, looked: 0))
        }
        let satisfaction = profile.satisfaction(with: committee)
        let claims = Claims(
            profile: profile, isMember: isMember, members: committee.count, satisfaction: satisfaction, seats: seats)
        switch self {
        case .justifiedRepresentation: return claims.justified()
        case .extendedJustifiedRepresentationPlus: return claims.plus()
        case .extendedJustifiedRepresentation, .proportionalJustifiedRepresentation:
            let plus = claims.plus()
            if case .holds = plus { return plus }
            var search = CohesionSearch(claims: claims, axiom: self, limit: limit.nodes)
            return search.run()
        case .coreStability:
            var search = DeviationSearch(claims: claims, limit: limit.nodes)
            return search.run()
        }
    }
}

extension ApprovalProfile {
    /// How many members each voter approves of.
    func satisfaction(with committee: [Int]) -> [Int32] {
        var counts = [Int32](repeating: 0, count: voterCount)
        for member in committee {
            for voter in supporters[supporterStart[member]..<supporterStart[member + 1]] { counts[Int(voter)] += 1 }
        }
        return counts
    }
}

/// A committee beside what groups of voters may claim.
struct Claims {
    let profile: ApprovalProfile
    let isMember: [Bool]
    let members: Int
    let satisfaction: [Int32]
    let seats: Int

    /// Whether so much weight is enough for so many seats. Weights are at most 2^40, so this needs no more than a word
    /// for seats up to 2^22; beyond that it takes two.
    func suffices(_ weight: Int, for claimed: Int) -> Bool {
        let (left, isLarge) = weight.multipliedReportingOverflow(by: seats)
        let (right, isLarger) = claimed.multipliedReportingOverflow(by: profile.totalWeight)
        if isLarge || isLarger {
            return Int128(weight) * Int128(seats) >= Int128(claimed) * Int128(profile.totalWeight)
        }
        return left >= right
    }

    /// JR: for each candidate the weight of those who approve of it and of no member.
    func justified() -> Certificate {
        var best: (candidate: Int, weight: Int)?
        for candidate in 0..<profile.candidateCount where suffices(profile.support[candidate], for: 1) {
            var weight = 0
            for place in profile.supporterStart[candidate]..<profile.supporterStart[candidate + 1] {
                let voter = Int(profile.supporters[place])
                if satisfaction[voter] == 0 { weight += profile.weights[voter] }
            }
            if suffices(weight, for: 1), weight > best?.weight ?? 0 { best = (candidate, weight) }
        }
        guard let best else {
            return .holds(RepresentationProof(shown: .justifiedRepresentation, looked: profile.candidateCount))
        }
        let group = profile.supporters(of: best.candidate).filter { satisfaction[$0] == 0 }
        return .fails(
            witness(.justifiedRepresentation, deserved: 1, candidates: [best.candidate], group: group, got: 0))
    }

    /// EJR+: for each candidate outside and each number of seats the weight of those who approve of it and of fewer
    /// members than that.
    func plus() -> Certificate {
        var best: (claimed: Int, candidate: Int, weight: Int)?
        // Nobody is below more members than there are, and nobody's claim is above all seats.
        var below = Array(repeating: 0, count: members + 1)
        for candidate in 0..<profile.candidateCount where !isMember[candidate] {
            guard suffices(profile.support[candidate], for: 1) else { continue }
            for index in below.indices { below[index] = 0 }
            for place in profile.supporterStart[candidate]..<profile.supporterStart[candidate + 1] {
                let voter = Int(profile.supporters[place])
                below[Int(satisfaction[voter])] += profile.weights[voter]
            }
            var weight = 0
            let most = best.map(\.claimed) ?? seats
            for claimed in 1...max(most, 1) where claimed - 1 < below.count {
                weight += below[claimed - 1]
                guard suffices(weight, for: claimed) else { continue }
                if best == nil || claimed < best?.claimed ?? .max || weight > best?.weight ?? 0 {
                    best = (claimed, candidate, weight)
                }
                break
            }
        }
        guard let best else {
            return .holds(
                RepresentationProof(
                    shown: .extendedJustifiedRepresentationPlus, looked: profile.candidateCount - members))
        }
        let group = profile.supporters(of: best.candidate).filter { satisfaction[$0] < best.claimed }
        return .fails(
            witness(
                .extendedJustifiedRepresentationPlus, deserved: best.claimed, candidates: [best.candidate],
                group: group,
                got: mostSatisfied(group)))
    }

    func mostSatisfied(_ group: [Int]) -> Int { Int(group.map { satisfaction[$0] }.max() ?? 0) }

    func witness(_ axiom: RepresentationAxiom, deserved: Int, candidates: [Int], group: [Int], got: Int)
        -> RepresentationWitness
    {
        let weight = group.reduce(0) { $0 + profile.weights[$1] }
        // The heaviest first are the fewest that suffice.
        var smallest: [Int] = []
        var sum = 0
        for voter in group.sorted(by: { (profile.weights[$1], $0) < (profile.weights[$0], $1) }) {
            if suffices(sum, for: deserved) { break }
            smallest.append(voter)
            sum += profile.weights[voter]
        }
        return RepresentationWitness(
            axiom: axiom, deserved: deserved, candidates: candidates.sorted(), group: group.sorted(),
            smallestGroup: smallest.sorted(), weight: weight, totalWeight: profile.totalWeight, got: got, seats: seats)
    }
}
