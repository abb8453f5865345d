/// Looks for a group that breaks core stability: first for one due one seat, then two, and so on.
///
/// Depth first through the sets of `l` candidates. A partial set is given up when the voters who could still come to
/// approve of more of the set than of members are too few for `l` seats.
struct DeviationSearch {
    let claims: Claims
    let limit: Int
    private let profile: ApprovalProfile
    private var nodes = 0
    private var sets = 0
    private var isExhausted = false
    private var best: RepresentationWitness?
    /// How many of the chosen candidates each voter approves of.
    private var gained: [Int32]
    /// How many of the candidates that can still be chosen each voter approves of.
    private var open: [Int32]

    init(claims: Claims, limit: Int) {
        self.claims = claims
        self.limit = limit
        profile = claims.profile
        gained = Array(repeating: 0, count: claims.profile.voterCount)
        open = gained
    }

    mutating func run() -> Certificate {
        // A candidate whom nobody approves of makes nobody better off.
        let candidates = (0..<profile.candidateCount).filter { profile.support[$0] > 0 }
            .sorted { (profile.support[$1], $0) < (profile.support[$0], $1) }
        for claimed in stride(from: 1, through: min(claims.seats, candidates.count), by: 1) {
            for voter in 0..<profile.voterCount {
                open[voter] = Int32(profile.ballotStart[voter + 1] - profile.ballotStart[voter])
            }
            search(chosen: [], candidates: candidates[...], claimed: claimed)
            if isExhausted { break }
            if let best { return .fails(best) }
        }
        if let best { return .fails(best) }
        return isExhausted ? .undecided(nodes: nodes) : .holds(RepresentationProof(shown: .coreStability, looked: sets))
    }

    private mutating func search(chosen: [Int], candidates: ArraySlice<Int>, claimed: Int) {
        var passed: [Int] = []
        defer { for candidate in passed { change(candidate, opens: true, by: 1) } }
        for (index, candidate) in zip(candidates.indices, candidates) {
            let left = claimed - chosen.count
            if candidates.endIndex - index < left { return }
            nodes += 1
            if nodes > limit || chosen.count >= deepestSearch {
                isExhausted = true
                return
            }
            if !claims.suffices(reachable(with: left), for: claimed) { return }
            change(candidate, opens: true, by: -1)
            passed.append(candidate)
            change(candidate, opens: false, by: 1)
            if left == 1 {
                consider(chosen + [candidate], claimed: claimed)
            } else {
                search(chosen: chosen + [candidate], candidates: candidates[(index + 1)...], claimed: claimed)
            }
            change(candidate, opens: false, by: -1)
            if isExhausted { return }
        }
    }

    /// The weight of those who could still prefer the set when so many more are chosen.
    private func reachable(with left: Int) -> Int {
        var weight = 0
        for voter in profile.weights.indices
        where gained[voter] + min(Int32(clamping: left), open[voter]) > claims.satisfaction[voter] {
            weight += profile.weights[voter]
        }
        return weight
    }

    private mutating func change(_ candidate: Int, opens: Bool, by step: Int32) {
        for place in profile.supporterStart[candidate]..<profile.supporterStart[candidate + 1] {
            let voter = Int(profile.supporters[place])
            if opens { open[voter] += step } else { gained[voter] += step }
        }
    }

    private mutating func consider(_ chosen: [Int], claimed: Int) {
        sets += 1
        let weight = reachable(with: 0)
        guard claims.suffices(weight, for: claimed), weight > best?.weight ?? 0 else { return }
        let group = profile.weights.indices.filter { gained[$0] > claims.satisfaction[$0] }
        best = claims.witness(
            .coreStability, deserved: claimed, candidates: chosen, group: group, got: claims.mostSatisfied(group))
    }
}
