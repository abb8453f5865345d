/// Finds all committees of the highest score, where a voter's score depends on how many members they approve of and
/// each further one adds no more than the one before: PAV, Chamberlin-Courant, SLAV and their relatives.
///
/// A depth-first branch and bound. A partial committee is given up when it can't reach the best that is known, by the
/// smaller of two bounds: the sum of the largest additions that are left (additions only fall), and the sum over voters
/// of what each could gain if all seats left were theirs. With bounds in exact numbers, what is given up is surely worse.
struct ConcaveSearch<Number: ExactInteger> {
    private let profile: ApprovalProfile
    private let seats: Int
    private let limit: WorkLimit
    /// `gains[table[v]][t]`: what the next member adds for voter `v` who has `t`.
    private let gains: [[Number]]
    private let table: [Int]
    /// `totals[i][t]`: the sum of the first `t` gains.
    private let totals: [[Number]]

    private var order: [Int]
    private var chosen: [Int] = []
    private var satisfaction: [Int]
    /// How many candidates of each voter's ballot are still open.
    private var open: [Int]
    private var addition: [Number]
    private var score: Number = 0
    private var nodes = 0
    private var best: Number
    private var found: [Committee] = []
    /// Whether all tied committees are wanted, and whether they are still being kept.
    private var wantsAll = true
    private var listsAll = true
    private var stopsAtFirst = false
    private var isCapped = false
    private var isExhausted = false
    /// The highest bound of what was left unseen when the work ran out.
    private var unseen: Number?

    /// - Parameter profile: best with equal ballots merged.
    init(profile: ApprovalProfile, seats: Int, gains: [[Number]], table: [Int], limit: WorkLimit) {
        self.profile = profile
        self.seats = seats
        self.limit = limit
        self.gains = gains
        self.table = table
        totals = gains.map { gain in
            var sums: [Number] = [0]
            for step in gain { sums.append(sums[sums.count - 1] + step) }
            return sums
        }
        satisfaction = Array(repeating: 0, count: profile.voterCount)
        open = profile.weights.indices.map { profile.ballotStart[$0 + 1] - profile.ballotStart[$0] }
        addition = Array(repeating: 0, count: profile.candidateCount)
        order = []
        best = 0
        for voter in profile.weights.indices where open[voter] > 0 {
            let share = Number(profile.weights[voter]) * gains[table[voter]][0]
            for place in profile.ballotStart[voter]..<profile.ballotStart[voter + 1] {
                addition[Int(profile.ballotMembers[place])] += share
            }
        }
        order = addition.indices.sorted { (addition[$1], $0) < (addition[$0], $1) }
    }

    /// The best committees: all of them, or the first by `order`.
    ///
    /// - Returns: the committees with their score, and a bound where the work ran out.
    mutating func run(order tieOrder: CandidateOrder?) -> (outcome: CommitteeOutcome, score: Number, bound: Number) {
        startFromGreedy()
        wantsAll = tieOrder == nil
        search(from: 0)
        let isProven = !isExhausted
        if let tieOrder {
            let proven = [tieOrder.preferred(of: found)].compactMap(\.self)
            if isProven, !listsAll {
                // The best score is known; now the first committee, in the given order, that reaches it.
                found = []
                order = tieOrder.sequence(of: profile.candidateCount)
                stopsAtFirst = true
                listsAll = true
                search(from: 0)
            } else {
                found = []
            }
            if found.isEmpty { found = proven }
        }
        let bound = isProven ? best : max(unseen ?? best, best)
        let completeness: CommitteeOutcome.Completeness =
            isExhausted ? .limitReached : isCapped ? .moreCommittees : .complete
        return (CommitteeOutcome(found, completeness: completeness, nodes: nodes), best, bound)
    }

    private var greedy = Committee([])

    /// The sequential rule's committee is a good start: what can't reach it is cut from the beginning.
    private mutating func startFromGreedy() {
        var isChosen = Array(repeating: false, count: profile.candidateCount)
        while chosen.count < seats {
            var pick = -1
            for candidate in order where !isChosen[candidate] {
                if pick < 0 || addition[candidate] > addition[pick] { pick = candidate }
            }
            isChosen[pick] = true
            include(pick)
        }
        best = score
        greedy = Committee(chosen)
        found = [greedy]
        for candidate in chosen.reversed() { exclude(candidate) }
    }

    private mutating func include(_ candidate: Int) {
        score += addition[candidate]
        chosen.append(candidate)
        change(candidate, by: 1)
    }

    private mutating func exclude(_ candidate: Int) {
        chosen.removeLast()
        change(candidate, by: -1)
        score -= addition[candidate]
    }

    private mutating func change(_ candidate: Int, by step: Int) {
        let profile = profile
        for place in profile.supporterStart[candidate]..<profile.supporterStart[candidate + 1] {
            let voter = Int(profile.supporters[place])
            let had = satisfaction[voter]
            satisfaction[voter] = had + step
            let gain = gains[table[voter]]
            let change = Number(profile.weights[voter]) * (gain[had + step] - gain[had])
            if change == 0 { continue }
            for place in profile.ballotStart[voter]..<profile.ballotStart[voter + 1] {
                addition[Int(profile.ballotMembers[place])] += change
            }
        }
    }

    /// What no committee that goes on from here with candidates from `place` on can exceed.
    private func bound(from place: Int) -> Number {
        let left = seats - chosen.count
        let byCandidate = largestAdditions(left, from: place).reduce(score, +)
        if byCandidate < best { return byCandidate }
        var byVoter = score
        for voter in profile.weights.indices {
            let more = min(left, open[voter])
            if more == 0 { continue }
            let total = totals[table[voter]]
            let had = satisfaction[voter]
            byVoter += Number(profile.weights[voter]) * (total[had + more] - total[had])
        }
        return min(byCandidate, byVoter)
    }

    private func largestAdditions(_ count: Int, from place: Int) -> ArraySlice<Number> {
        if count > 16 { return order[place...].map { addition[$0] }.sorted(by: >).prefix(count) }
        var largest: [Number] = []
        largest.reserveCapacity(count + 1)
        for candidate in order[place...] {
            let addition = addition[candidate]
            if largest.count == count, addition <= largest[count - 1] { continue }
            var position = largest.count
            while position > 0, largest[position - 1] < addition { position -= 1 }
            largest.insert(addition, at: position)
            if largest.count > count { largest.removeLast() }
        }
        return largest[...]
    }

    private mutating func search(from first: Int) {
        if chosen.count == seats {
            arrive()
            return
        }
        var place = first
        while order.count - place >= seats - chosen.count {
            let reach = bound(from: place)
            if reach < best || (reach == best && !listsAll) { break }
            nodes += 1
            if nodes > limit.nodes || chosen.count >= deepestSearch {
                isExhausted = true
                unseen = max(unseen ?? reach, reach)
                break
            }
            let candidate = order[place]
            place += 1
            changeOpen(candidate, by: -1)
            include(candidate)
            search(from: place)
            exclude(candidate)
            if isExhausted, order.count - place >= seats - chosen.count {
                let rest = bound(from: place)
                unseen = max(unseen ?? rest, rest)
            }
            if isDone { break }
        }
        for candidate in order[first..<place] { changeOpen(candidate, by: 1) }
    }

    private mutating func changeOpen(_ candidate: Int, by step: Int) {
        for voter in profile.supporters[profile.supporterStart[candidate]..<profile.supporterStart[candidate + 1]] {
            open[Int(voter)] += step
        }
    }

    private var isDone: Bool { isCapped || isExhausted || (stopsAtFirst && !found.isEmpty) }

    private mutating func arrive() {
        if score < best || (score == best && !listsAll) { return }
        if score > best {
            best = score
            found = []
            listsAll = true
        }
        let committee = Committee(chosen)
        // The start is listed already, unless something better has replaced it.
        if committee == greedy, found.first == greedy { return }
        if found.count < (wantsAll ? limit.committees : tiesKept) {
            found.append(committee)
        } else if wantsAll {
            isCapped = true
        } else {
            listsAll = false
        }
    }
}

/// How many members deep a search goes at most, so that its recursion always fits on the stack.
let deepestSearch = 400
