/// A depth-first branch and bound over committees, for rules whose value isn't a sum over voters.
///
/// `Value` compares so that larger is better. `promise` says what a partial committee can reach at most: it gets the
/// members so far and those who may still join.
struct TreeSearch<Value: Comparable> {
    let candidateCount: Int
    let seats: Int
    let limit: WorkLimit
    let value: ([Int]) -> Value
    let promise: (_ members: [Int], _ open: ArraySlice<Int>) -> Value

    private var sequence: [Int] = []
    private var members: [Int] = []
    private var best: Value?
    private var found: Set<Committee> = []
    /// Whether all tied committees are wanted, and whether they are still being kept.
    private var wantsAll = true
    private var listsAll = true
    private var nodes = 0
    private var isCapped = false
    private var isExhausted = false
    private var isSecondPass = false
    private var unseen: Value?

    init(
        candidateCount: Int, seats: Int, limit: WorkLimit, value: @escaping ([Int]) -> Value,
        promise: @escaping (_ members: [Int], _ open: ArraySlice<Int>) -> Value
    ) {
        self.candidateCount = candidateCount
        self.seats = seats
        self.limit = limit
        self.value = value
        self.promise = promise
    }

    /// The best committees, all of them or the first by `order`, with their value and one that none can pass.
    ///
    /// `sequence` is the order in which candidates are tried, and `start` a committee to begin with: both change only
    /// how quickly the answer is found.
    mutating func run(order: CandidateOrder?, sequence: [Int], start: [Int]) -> (
        outcome: CommitteeOutcome, best: Value, bound: Value
    ) {
        let first = value(start)
        best = first
        found = [Committee(start)]
        self.sequence = sequence
        wantsAll = order == nil
        search(from: 0)
        let isProven = !isExhausted
        if let order, isProven, listsAll {
            found = Set([order.preferred(of: found)].compactMap(\.self))
        } else if let order {
            let proven = Set([order.preferred(of: found)].compactMap(\.self))
            found = isProven ? [] : proven
            isSecondPass = true
            listsAll = true
            self.sequence = order.sequence(of: candidateCount)
            if isProven { search(from: 0) }
            if found.isEmpty { found = proven }
        }
        let completeness: CommitteeOutcome.Completeness =
            isExhausted ? .limitReached : isCapped ? .moreCommittees : .complete
        let reached = best ?? first
        let bound = isProven ? reached : max(unseen ?? reached, reached)
        return (CommitteeOutcome(Array(found), completeness: completeness, nodes: nodes), reached, bound)
    }

    /// Remembers what was left unseen when the work ran out.
    private mutating func leave(_ reach: Value) { unseen = unseen.map { max($0, reach) } ?? reach }

    private var isDone: Bool { isCapped || isExhausted || (isSecondPass && !found.isEmpty) }

    private mutating func search(from place: Int) {
        if members.count == seats {
            let own = value(members)
            if let best {
                if own < best || (own == best && !listsAll) { return }
                if own > best {
                    found = []
                    listsAll = true
                }
            }
            best = own
            let committee = Committee(members)
            if found.contains(committee) { return }
            if found.count < (wantsAll ? limit.committees : tiesKept) {
                found.insert(committee)
            } else if wantsAll {
                isCapped = true
            } else {
                listsAll = false
            }
            return
        }
        for place in place..<sequence.count {
            guard sequence.count - place >= seats - members.count else { return }
            nodes += 1
            let reach = promise(members, sequence[place...])
            if let best, reach < best || (reach == best && !listsAll) { return }
            if nodes > limit.nodes || members.count >= deepestSearch {
                isExhausted = true
                leave(reach)
                return
            }
            members.append(sequence[place])
            search(from: place + 1)
            members.removeLast()
            if isExhausted, sequence.count - place - 1 >= seats - members.count {
                leave(promise(members, sequence[(place + 1)...]))
            }
            if isDone { return }
        }
    }
}
