/// The maximin support method: the candidate comes next with whom the least supported member can be given most, when
/// everyone's weight is spread over the members they approve of as evenly as can be (Sánchez-Fernández, Fernández,
/// Fisteus and Brill 2022, DOI 10.1007/s10107-022-01805-9).
struct MaximinSupport: SteppingRule {
    let profile: ApprovalProfile
    let seats: Int
    private var members: [Int] = []

    init(profile: ApprovalProfile, seats: Int) {
        self.profile = profile
        self.seats = seats
    }

    mutating func next(into tied: inout [Int]) {
        tied.removeAll(keepingCapacity: true)
        guard members.count < seats else { return }
        let hasUnsupported = members.contains { profile.support[$0] == 0 }
        var best: (weight: Int, size: Int) = (0, 1)
        for candidate in 0..<profile.candidateCount where !members.contains(candidate) {
            // Support is shared out among a group; with somebody unsupported the least is 0.
            var own = (weight: 0, size: 1)
            if !hasUnsupported, profile.support[candidate] > 0 {
                let flow = SupportFlow(profile: profile, members: members + [candidate])
                let (weight, group) = flow.leastSupported(among: Array(0...members.count))
                own = (weight, group.count)
            }
            let (mine, theirs) = (own.weight * best.size, best.weight * own.size)
            if tied.isEmpty || mine > theirs {
                best = own
                tied = [candidate]
            } else if mine == theirs {
                tied.append(candidate)
            }
        }
    }

    mutating func take(_ candidate: Int) { members.append(candidate) }
    var keySize: Int { seats }
    var committee: Committee { Committee(members) }
    func finished(with candidate: Int) -> Committee? {
        members.count + 1 == seats ? Committee(members + [candidate]) : nil
    }
    var key: [Int] { members.sorted() }
}
