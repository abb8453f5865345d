/// A Thiele rule that takes the candidate who adds most, again and again (Thiele 1895).
struct SequentialThiele<Number: ExactInteger>: SteppingRule {
    let profile: ApprovalProfile
    let seats: Int
    let gain: [Number]
    private var members: [Int] = []
    private var isMember: [Bool]
    /// How many members each voter approves of.
    private var satisfaction: [Int32]
    /// What each candidate would add now.
    private var addition: [Number]

    init(_ table: ThieleTable<Number>, profile: ApprovalProfile, seats: Int) {
        self.profile = profile
        self.seats = seats
        gain = table.gain
        isMember = Array(repeating: false, count: profile.candidateCount)
        satisfaction = Array(repeating: 0, count: profile.voterCount)
        let first = table.gain[0]
        addition = profile.support.map { Number($0) * first }
        members.reserveCapacity(seats)
    }

    mutating func next(into tied: inout [Int]) {
        tied.removeAll(keepingCapacity: true)
        guard members.count < seats else { return }
        for candidate in 0..<profile.candidateCount where !isMember[candidate] {
            if let first = tied.first {
                if addition[candidate] < addition[first] { continue }
                if addition[candidate] > addition[first] { tied.removeAll(keepingCapacity: true) }
            }
            tied.append(candidate)
        }
    }

    mutating func take(_ candidate: Int) {
        members.append(candidate)
        isMember[candidate] = true
        guard members.count < seats else { return }
        let profile = profile
        for place in profile.supporterStart[candidate]..<profile.supporterStart[candidate + 1] {
            let voter = Int(profile.supporters[place])
            let had = Int(satisfaction[voter])
            satisfaction[voter] += 1
            let loss = Number(profile.weights[voter]) * (gain[had] - gain[had + 1])
            if loss == 0 { continue }
            for place in profile.ballotStart[voter]..<profile.ballotStart[voter + 1] {
                addition[Int(profile.ballotMembers[place])] -= loss
            }
        }
    }

    var keySize: Int { seats }
    var committee: Committee { Committee(members) }
    func finished(with candidate: Int) -> Committee? {
        members.count + 1 == seats ? Committee(members + [candidate]) : nil
    }
    /// The rest of the way depends on nothing but who is in.
    var key: [Int] { members.sorted() }
}

/// A Thiele rule that starts with everyone and takes out the candidate who is missed least, until the seats suffice.
struct ReverseSequentialThiele<Number: ExactInteger>: SteppingRule {
    let profile: ApprovalProfile
    let seats: Int
    let gain: [Number]
    private var left: Int
    private var isMember: [Bool]
    private var satisfaction: [Int32]
    /// What the committee would lose with each member.
    private var loss: [Number]

    static var takesLeastPreferred: Bool { true }

    init(_ table: ThieleTable<Number>, profile: ApprovalProfile, seats: Int) {
        self.profile = profile
        self.seats = seats
        gain = table.gain
        left = profile.candidateCount
        isMember = Array(repeating: true, count: profile.candidateCount)
        satisfaction = profile.weights.indices.map { Int32(profile.ballotStart[$0 + 1] - profile.ballotStart[$0]) }
        loss = Array(repeating: 0, count: profile.candidateCount)
        for voter in profile.weights.indices where satisfaction[voter] > 0 {
            let share = Number(profile.weights[voter]) * gain[Int(satisfaction[voter]) - 1]
            for place in profile.ballotStart[voter]..<profile.ballotStart[voter + 1] {
                loss[Int(profile.ballotMembers[place])] += share
            }
        }
    }

    mutating func next(into tied: inout [Int]) {
        tied.removeAll(keepingCapacity: true)
        guard left > seats else { return }
        for candidate in 0..<profile.candidateCount where isMember[candidate] {
            if let first = tied.first {
                if loss[candidate] > loss[first] { continue }
                if loss[candidate] < loss[first] { tied.removeAll(keepingCapacity: true) }
            }
            tied.append(candidate)
        }
    }

    mutating func take(_ candidate: Int) {
        isMember[candidate] = false
        left -= 1
        for place in profile.supporterStart[candidate]..<profile.supporterStart[candidate + 1] {
            let voter = Int(profile.supporters[place])
            satisfaction[voter] -= 1
            let had = Int(satisfaction[voter])
            guard had > 0 else { continue }
            let rise = Number(profile.weights[voter]) * (gain[had - 1] - gain[had])
            for place in profile.ballotStart[voter]..<profile.ballotStart[voter + 1] {
                loss[Int(profile.ballotMembers[place])] += rise
            }
        }
    }

    var keySize: Int { profile.candidateCount }
    var committee: Committee { Committee(isMember.indices.filter { isMember[$0] }) }
    func finished(with candidate: Int) -> Committee? {
        left == seats + 1 ? Committee(isMember.indices.filter { isMember[$0] && $0 != candidate }) : nil
    }
    var key: [Bool] { isMember }
}
