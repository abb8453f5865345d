/// Looks for a group that breaks EJR or PJR: first for one that is due one seat, then two, and so on.
///
/// For `l` seats it goes through the sets of `l` candidates depth first, keeping only the voters who approve of all
/// candidates so far and of fewer than `l` members, and turns back as soon as these are too few. For PJR the voters who
/// are left must fit below `l - 1` members together, and a second search chooses which.
struct CohesionSearch {
    let claims: Claims
    let axiom: RepresentationAxiom
    let limit: Int
    private var nodes = 0
    private var sets = 0
    private var isExhausted = false
    private var best: RepresentationWitness?

    init(claims: Claims, axiom: RepresentationAxiom, limit: Int) {
        self.claims = claims
        self.axiom = axiom
        self.limit = limit
    }

    mutating func run() -> Certificate {
        let profile = claims.profile
        // A group due more seats than this would have to agree on more candidates than anyone approves of.
        for claimed in stride(from: 1, through: min(claims.seats, profile.largestBallot), by: 1) {
            let voters = (0..<profile.voterCount).filter { claims.satisfaction[$0] < claimed }
            guard claims.suffices(weight(of: voters), for: claimed) else { continue }
            let candidates = (0..<profile.candidateCount).filter {
                claims.suffices(profile.support[$0], for: claimed)
            }
            search(chosen: [], voters: voters, open: candidates[...], claimed: claimed)
            if isExhausted { break }
            if let best { return .fails(best) }
        }
        // A group that was found before the work ran out still shows that the axiom is broken.
        if let best { return .fails(best) }
        return isExhausted ? .undecided(nodes: nodes) : .holds(RepresentationProof(shown: axiom, looked: sets))
    }

    private func weight(of voters: [Int]) -> Int { voters.reduce(0) { $0 + claims.profile.weights[$1] } }

    private mutating func search(chosen: [Int], voters: [Int], open: ArraySlice<Int>, claimed: Int) {
        if chosen.count == claimed {
            sets += 1
            consider(chosen: chosen, voters: voters, claimed: claimed)
            return
        }
        // Those who could be the next one: enough of the voters who are left approve of them.
        var counts = [Int](repeating: 0, count: claims.profile.candidateCount)
        for voter in voters {
            let range = claims.profile.ballotStart[voter]..<claims.profile.ballotStart[voter + 1]
            for candidate in claims.profile.ballotMembers[range] {
                counts[Int(candidate)] += claims.profile.weights[voter]
            }
        }
        let next = open.filter { claims.suffices(counts[$0], for: claimed) }
        for (index, candidate) in next.enumerated() {
            if next.count - index < claimed - chosen.count { return }
            nodes += 1
            if nodes > limit || chosen.count >= deepestSearch {
                isExhausted = true
                return
            }
            let supporters = claims.profile.supporters[
                claims.profile.supporterStart[candidate]..<claims.profile.supporterStart[candidate + 1]]
            search(
                chosen: chosen + [candidate], voters: common(voters, supporters), open: next[(index + 1)...],
                claimed: claimed)
            if isExhausted { return }
        }
    }

    /// The voters in both, each in ascending order.
    private func common(_ voters: [Int], _ supporters: ArraySlice<Int32>) -> [Int] {
        var both: [Int] = []
        var place = supporters.startIndex
        for voter in voters {
            while place < supporters.endIndex, Int(supporters[place]) < voter { place += 1 }
            if place == supporters.endIndex { break }
            if Int(supporters[place]) == voter { both.append(voter) }
        }
        return both
    }

    private mutating func consider(chosen: [Int], voters: [Int], claimed: Int) {
        switch axiom {
        case .proportionalJustifiedRepresentation:
            largestBelow(claimed: claimed, voters: voters, chosen: chosen)
        default:
            record(chosen: chosen, group: voters, claimed: claimed, got: claims.mostSatisfied(voters))
        }
    }

    private mutating func record(chosen: [Int], group: [Int], claimed: Int, got: Int) {
        if let best, best.weight >= weight(of: group) { return }
        best = claims.witness(axiom, deserved: claimed, candidates: chosen, group: group, got: got)
    }

    /// Chooses up to `claimed - 1` members so that those voters who approve of no other member weigh enough.
    private mutating func largestBelow(claimed: Int, voters: [Int], chosen: [Int]) {
        let profile = claims.profile
        let represented = voters.map { voter in
            profile.ballot(of: voter).filter { claims.isMember[$0] }
        }
        var allowed: Set<Int> = []
        // Members are branched on by kinds of voters: either all that a kind approves of are allowed, or it is left out.
        // Each step down allows another member, so it goes no deeper than `claimed`.
        func go(_ first: Int, _ lostBefore: Int) {
            var lost = lostBefore
            for index in first..<order.count {
                let (own, weight) = order[index]
                let new = own.filter { !allowed.contains($0) }
                if new.isEmpty { continue }
                if allowed.count + new.count < claimed {
                    nodes += 1
                    if nodes > limit { isExhausted = true }
                    if isExhausted { return }
                    allowed.formUnion(new)
                    go(index + 1, lost)
                    allowed.subtract(new)
                    if isExhausted { return }
                }
                lost += weight
                if !claims.suffices(total - lost, for: claimed) { return }
            }
            let group = voters.indices.filter { represented[$0].allSatisfy(allowed.contains) }.map { voters[$0] }
            record(chosen: chosen, group: group, claimed: claimed, got: allowed.count)
        }
        var kinds: [[Int]: Int] = [:]
        for (index, members) in represented.enumerated() {
            kinds[members, default: 0] += profile.weights[voters[index]]
        }
        let order = kinds.map { ($0.key, $0.value) }.sorted { first, second in
            first.1 != second.1 ? first.1 > second.1 : first.0.lexicographicallyPrecedes(second.0)
        }
        let total = weight(of: voters)
        go(0, 0)
    }
}
