/// Eneström's rule, also known as Phragmén's first method: everyone starts with their weight, the candidate whose
/// supporters have most left comes next, and they pay a quota for it in proportion to what they have (Janson 2016, arXiv
/// 1611.08826, section 18.5).
struct EnestroemPhragmen: SteppingRule {
    /// Each seat can double the length of the exact numbers, so more seats than this would take minutes.
    static let mostSeats = 12

    let profile: ApprovalProfile
    let seats: Int
    private var members: [Int] = []
    private var isMember: [Bool]
    private var budget: [Rational]

    init(profile: ApprovalProfile, seats: Int) {
        self.profile = profile
        self.seats = seats
        isMember = Array(repeating: false, count: profile.candidateCount)
        budget = profile.weights.map { Rational($0) }
    }

    private func backing(of candidate: Int) -> Rational {
        profile.supporters(of: candidate).reduce(.zero) { $0 + budget[$1] }
    }

    mutating func next(into tied: inout [Int]) {
        tied.removeAll(keepingCapacity: true)
        guard members.count < seats else { return }
        tied = candidatesWithMost(among: isMember, backing: backing)
    }

    mutating func take(_ candidate: Int) {
        members.append(candidate)
        isMember[candidate] = true
        let backing = backing(of: candidate)
        let price = Rational(profile.totalWeight, dividedBy: seats)
        let kept = backing > price ? (backing - price).divided(by: backing) ?? .zero : .zero
        for voter in profile.supporters(of: candidate) { budget[voter] = budget[voter] * kept }
    }

    var keySize: Int { profile.voterCount + seats }
    var committee: Committee { Committee(members) }
    func finished(with candidate: Int) -> Committee? {
        members.count + 1 == seats ? Committee(members + [candidate]) : nil
    }
    var key: BudgetKey { BudgetKey(members: members.sorted(), budget: budget) }
}

/// The consensus rule: before each step everyone gets their weight; the candidate whose supporters with something left
/// have most in sum comes next, and they pay everyone's weight for it, shared equally (Lackner 2020, "Perpetual voting",
/// DOI 10.1609/aaai.v34i02.5584).
struct ConsensusRule: SteppingRule {
    let profile: ApprovalProfile
    let seats: Int
    private var members: [Int] = []
    private var isMember: [Bool]
    private var budget: [Rational]

    init(profile: ApprovalProfile, seats: Int) {
        self.profile = profile
        self.seats = seats
        isMember = Array(repeating: false, count: profile.candidateCount)
        budget = profile.weights.map { Rational($0) }
    }

    private func backing(of candidate: Int) -> Rational {
        profile.supporters(of: candidate).reduce(.zero) { budget[$1] > .zero ? $0 + budget[$1] : $0 }
    }

    mutating func next(into tied: inout [Int]) {
        tied.removeAll(keepingCapacity: true)
        guard members.count < seats else { return }
        tied = candidatesWithMost(among: isMember, backing: backing)
    }

    mutating func take(_ candidate: Int) {
        members.append(candidate)
        isMember[candidate] = true
        let payers = profile.supporters(of: candidate).filter { budget[$0] > .zero }
        let weight = payers.reduce(0) { $0 + profile.weights[$1] }
        for voter in payers {
            budget[voter] =
                budget[voter] - Rational(profile.weights[voter]) * Rational(profile.totalWeight, dividedBy: weight)
        }
        for voter in budget.indices { budget[voter] = budget[voter] + Rational(profile.weights[voter]) }
    }

    var keySize: Int { profile.voterCount + seats }
    var committee: Committee { Committee(members) }
    func finished(with candidate: Int) -> Committee? {
        members.count + 1 == seats ? Committee(members + [candidate]) : nil
    }
    var key: BudgetKey { BudgetKey(members: members.sorted(), budget: budget) }
}

/// Who is in, and what each voter has left.
struct BudgetKey: Hashable {
    let members: [Int]
    let budget: [Rational]
}

/// Those who aren't members yet and have the most backing.
private func candidatesWithMost(among isMember: [Bool], backing: (Int) -> Rational) -> [Int] {
    var tied: [Int] = []
    var most = Rational.zero
    for candidate in isMember.indices where !isMember[candidate] {
        let own = backing(candidate)
        if tied.isEmpty || own > most {
            most = own
            tied = [candidate]
        } else if own == most {
            tied.append(candidate)
        }
    }
    return tied
}

/// E Pluribus Hugo: in each round everyone's one vote is shared among the candidates left on their ballot; of those with
/// the two lowest scores the less approved leaves, until the seats suffice (Quinn and Schneier 2016).
enum EPluribusHugo {
    static func outcome(profile: ApprovalProfile, seats: Int, order: CandidateOrder?, limit: WorkLimit)
        -> CommitteeOutcome
    {
        var remaining = (order ?? .byIndex).sequence(of: profile.candidateCount)
        var isLeft = Array(repeating: true, count: profile.candidateCount)
        while remaining.count > seats {
            var share = Array(repeating: Rational.zero, count: profile.candidateCount)
            for voter in profile.weights.indices {
                let ballot = profile.ballot(of: voter).filter { isLeft[$0] }
                for candidate in ballot {
                    share[candidate] = share[candidate] + Rational(profile.weights[voter], dividedBy: ballot.count)
                }
            }
            let lowest = remaining.map { share[$0] }.sorted()
            let cutoff = lowest[min(1, lowest.count - 1)]
            let weak = remaining.filter { share[$0] <= cutoff }
            let approvals = weak.reduce(Int.max) { min($0, profile.support[$1]) }
            let leaving = weak.filter { profile.support[$0] == approvals }
            if remaining.count - leaving.count > seats {
                for candidate in leaving { isLeft[candidate] = false }
                remaining.removeAll { !isLeft[$0] }
                continue
            }
            let excess = remaining.count - seats
            if order != nil {
                // The order's last leave first.
                let gone = Set(leaving.suffix(excess))
                return CommitteeOutcome([Committee(remaining.filter { !gone.contains($0) })])
            }
            var committees: [Committee] = []
            let isWhole = leaving.forEachCombination(of: excess) { gone in
                if committees.count == limit.committees { return false }
                committees.append(Committee(remaining.filter { !gone.contains($0) }))
                return true
            }
            return CommitteeOutcome(committees, completeness: isWhole ? .complete : .moreCommittees)
        }
        return CommitteeOutcome([Committee(remaining)])
    }
}
