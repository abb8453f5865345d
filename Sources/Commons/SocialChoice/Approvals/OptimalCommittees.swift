/// The rules that seek the best committee of all, each as a search with its own bounds.
enum OptimalCommittees {
    /// A Thiele rule: the highest sum of what voters gain.
    static func thiele(
        _ function: ThieleFunction, profile: ApprovalProfile, seats: Int, order: CandidateOrder?, limit: WorkLimit
    ) -> CommitteeOutcome {
        let profile = profile.merged()
        func outcome<Number: ExactInteger>(_ table: ThieleTable<Number>) -> CommitteeOutcome {
            var search = ConcaveSearch(
                profile: profile, seats: seats, gains: [table.gain],
                table: Array(repeating: 0, count: profile.voterCount), limit: limit)
            var (outcome, score, bound) = search.run(order: order)
            if function.isOneNumber {
                outcome.score = Rational(score, over: table.scale)
                outcome.bound = Rational(bound, over: table.scale)
            }
            return outcome
        }
        if let table = ThieleTable<Int>(function, length: seats, totalWeight: profile.totalWeight) {
            return outcome(table)
        }
        if let table = ThieleTable<Int128>(function, length: seats, totalWeight: profile.totalWeight) {
            return outcome(table)
        }
        return outcome(ThieleTable<Unbounded>(unbounded: function, length: seats, totalWeight: profile.totalWeight))
    }

    /// The committee whose largest Hamming distance to a ballot is smallest (Brams, Kilgour and Sanver 2007, DOI
    /// 10.1007/s11127-007-9165-x).
    static func minimax(profile: ApprovalProfile, seats: Int, order: CandidateOrder?, limit: WorkLimit)
        -> CommitteeOutcome
    {
        let profile = profile.merged()
        func largestDistance(members: [Int], open: ArraySlice<Int>) -> Int {
            var isOpen = Array(repeating: false, count: profile.candidateCount)
            var isMember = isOpen
            for candidate in open { isOpen[candidate] = true }
            for member in members { isMember[member] = true }
            let left = seats - members.count
            var largest = 0
            for voter in profile.weights.indices {
                let range = profile.ballotStart[voter]..<profile.ballotStart[voter + 1]
                var (common, possible) = (0, 0)
                for place in range {
                    let candidate = Int(profile.ballotMembers[place])
                    if isMember[candidate] { common += 1 } else if isOpen[candidate] { possible += 1 }
                }
                largest = max(largest, range.count + seats - 2 * (common + min(left, possible)))
            }
            return largest
        }
        let sequence = byApprovals(profile)
        var search = TreeSearch(
            candidateCount: profile.candidateCount, seats: seats, limit: limit,
            value: { -largestDistance(members: $0, open: []) },
            promise: { -largestDistance(members: $0, open: $1) })
        var (outcome, best, bound) = search.run(order: order, sequence: sequence, start: Array(sequence.prefix(seats)))
        outcome.score = Rational(-best)
        outcome.bound = Rational(-bound)
        return outcome
    }

    /// The same with ties in the largest distance broken by the second largest, and so on. Written as a sum over voters
    /// of a power of their distance that outweighs everyone's smaller ones, it is a search like Thiele's.
    static func lexicographicMinimax(profile: ApprovalProfile, seats: Int, order: CandidateOrder?, limit: WorkLimit)
        -> CommitteeOutcome
    {
        let profile = profile.merged()
        let sizes = profile.weights.indices.map { profile.ballotStart[$0 + 1] - profile.ballotStart[$0] }
        let largest = sizes.max() ?? 0
        func outcome<Number: ExactInteger>(as type: Number.Type) -> CommitteeOutcome {
            var powers: [Number] = [1]
            for _ in 0..<(largest + seats) { powers.append(powers[powers.count - 1] * Number(profile.totalWeight + 1)) }
            let gains: [[Number]] = (0...largest).map { size in
                (0..<min(size, seats)).map { had in powers[size + seats - 2 * had] - powers[size + seats - 2 * had - 2]
                }
                    + [0]
            }
            var search = ConcaveSearch(profile: profile, seats: seats, gains: gains, table: sizes, limit: limit)
            return search.run(order: order).outcome
        }
        let bits = bitLength(profile.totalWeight + 1) * (largest + seats + 1) + bitLength(seats) + 1
        return switch ExactWidth(bits: bits) {
        case .word: outcome(as: Int.self)
        case .doubleWord: outcome(as: Int128.self)
        case .unbounded: outcome(as: Unbounded.self)
        }
    }

    /// Monroe's rule: the most voters represented in equal parts.
    static func monroe(profile: ApprovalProfile, seats: Int, order: CandidateOrder?, limit: WorkLimit)
        -> CommitteeOutcome
    {
        let merged = profile.merged()
        let sequence = byApprovals(merged)
        var search = TreeSearch(
            candidateCount: merged.candidateCount, seats: seats, limit: limit,
            value: { Monroe.score(profile: merged, members: $0) },
            promise: { members, open in
                // Nobody is represented by someone they don't approve of, and no member by more than a part.
                let part = (merged.totalWeight + seats - 1) / seats
                let parts = (members + open.prefix(seats - members.count)).map { min(part, merged.support[$0]) }
                return min(coverage(merged, seats: seats, members: members, open: open), parts.reduce(0, +))
            })
        let start = Monroe.greedy(profile: profile, seats: seats, order: .byIndex).committees[0].members
        var (outcome, best, bound) = search.run(order: order, sequence: sequence, start: start)
        outcome.score = Rational(best)
        outcome.bound = Rational(bound)
        return outcome
    }

    /// Phragmén's optimising rules: the lowest highest load, and with `lexicographic` then the lowest second highest, and
    /// so on.
    static func phragmen(
        profile: ApprovalProfile, seats: Int, lexicographic: Bool, order: CandidateOrder?, limit: WorkLimit
    ) -> CommitteeOutcome {
        let profile = profile.merged()
        let supported = profile.support.reduce(0) { $1 > 0 ? $0 + 1 : $0 }
        func loads(_ members: [Int]) -> PhragmenLoads {
            PhragmenLoads(profile: profile, members: members, onlyHighest: !lexicographic)
        }
        let sequence = byApprovals(profile)
        var search = TreeSearch(
            candidateCount: profile.candidateCount, seats: seats, limit: limit, value: loads,
            promise: { members, open in
                // At best all members' cost is spread evenly over all who approve of any of them, and more members
                // never lower a load.
                let weight = coverage(profile, seats: seats, members: members, open: open)
                let lightest = PhragmenLoads(
                    lightest: min(seats, supported), unsupported: max(seats - supported, 0), weight: weight)
                return min(lightest, loads(members))
            })
        let start = CommitteeRule.phragmen.sequentialPhragmen(
            profile: profile, seats: seats, order: .byIndex, limit: limit)
        var (outcome, best, bound) = search.run(order: order, sequence: sequence, start: start.committees[0].members)
        outcome.score = best.unsupported == 0 ? best.highest : nil
        outcome.bound = best.unsupported == 0 ? bound.highest : nil
        return outcome
    }

    /// The most weight that could approve of some member of a committee that goes on from here.
    private static func coverage(_ profile: ApprovalProfile, seats: Int, members: [Int], open: ArraySlice<Int>) -> Int {
        var isCovered = Array(repeating: false, count: profile.voterCount)
        var more = profile.support
        var weight = 0
        for member in members {
            for place in profile.supporterStart[member]..<profile.supporterStart[member + 1] {
                let voter = Int(profile.supporters[place])
                if isCovered[voter] { continue }
                isCovered[voter] = true
                weight += profile.weights[voter]
                for place in profile.ballotStart[voter]..<profile.ballotStart[voter + 1] {
                    more[Int(profile.ballotMembers[place])] -= profile.weights[voter]
                }
            }
        }
        let left = seats - members.count
        return min(profile.totalWeight, weight + open.map { more[$0] }.sorted(by: >).prefix(left).reduce(0, +))
    }

    private static func byApprovals(_ profile: ApprovalProfile) -> [Int] {
        profile.support.indices.sorted { (profile.support[$1], $0) < (profile.support[$0], $1) }
    }
}

extension ThieleFunction {
    /// Whether the sum is a number that means something to people.
    fileprivate var isOneNumber: Bool { self != .lexicographic && self != .adams }
}
