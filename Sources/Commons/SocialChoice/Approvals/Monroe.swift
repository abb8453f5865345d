/// Monroe's rule (1995, DOI 10.2307/2082518): every member stands for an equal part of the voters, and as many voters as
/// possible get a member of whom they approve. A weight counts as that many voters.
enum Monroe {
    /// How many voters get a member of whom they approve when the parts are as equal as they can be.
    ///
    /// - Complexity: one maximum flow.
    static func score(profile: ApprovalProfile, members: [Int]) -> Int {
        guard !members.isEmpty else { return 0 }
        let flow = SupportFlow(profile: profile, members: members)
        let (part, extra) = profile.totalWeight.quotientAndRemainder(dividingBy: members.count)
        let (source, more) = (members.count + flow.kinds.count, members.count + flow.kinds.count + 1)
        let sink = more + 1
        var network = FlowNetwork(nodes: sink + 1)
        for (index, kind) in flow.kinds.enumerated() {
            network.connect(source, members.count + index, capacity: kind.weight)
            for member in kind.members { network.connect(members.count + index, member, capacity: kind.weight) }
        }
        for index in members.indices {
            network.connect(index, sink, capacity: part)
            if extra > 0 { network.connect(index, more, capacity: 1) }
        }
        // Only so many parts may be larger by one.
        if extra > 0 { network.connect(more, sink, capacity: extra) }
        return network.maximise(from: source, to: sink)
    }

    /// Greedy Monroe (Skowron, Faliszewski and Slinko 2015, DOI 10.1016/j.artint.2015.01.003): the candidate with the
    /// most approvals among those not yet represented comes next, and takes its part of them, in the order of ballots.
    static func greedy(profile: ApprovalProfile, seats: Int, order: CandidateOrder) -> CommitteeOutcome {
        var left = profile.weights
        var approvals = profile.support
        var isMember = Array(repeating: false, count: profile.candidateCount)
        var members: [Int] = []
        var represented = 0
        let sequence = order.sequence(of: profile.candidateCount)
        for seat in 0..<seats {
            var pick = -1
            for candidate in sequence where !isMember[candidate] {
                if pick < 0 || approvals[candidate] > approvals[pick] { pick = candidate }
            }
            isMember[pick] = true
            members.append(pick)
            var part = profile.totalWeight / seats + (seat < profile.totalWeight % seats ? 1 : 0)
            for place in profile.supporterStart[pick]..<profile.supporterStart[pick + 1] where part > 0 {
                let voter = Int(profile.supporters[place])
                let taken = min(part, left[voter])
                if taken == 0 { continue }
                part -= taken
                left[voter] -= taken
                represented += taken
                for place in profile.ballotStart[voter]..<profile.ballotStart[voter + 1] {
                    approvals[Int(profile.ballotMembers[place])] -= taken
                }
            }
        }
        return CommitteeOutcome([Committee(members)], score: Rational(represented), nodes: seats)
    }
}
