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
    private var listsAll = true
    private var nodes = 0
    private var isCapped = false
    private var isExhausted = false
    private var isSecondPass = false

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

    /// The best committees, all of them or the first by `order`, with their value.
    ///
    /// `sequence` is the order in which candidates are tried, and `start` a committee to begin with: both change only
    /// how quickly the answer is found.
    mutating func run(order: CandidateOrder?, sequence: [Int], start: [Int]) -> (outcome: CommitteeOutcome, best: Value)
    {
        let first = value(start)
        best = first
        found = [Committee(start)]
        self.sequence = sequence
        listsAll = order == nil
        search(from: 0)
        if let order, !isExhausted {
            let proven = found
            found = []
            isSecondPass = true
            listsAll = true
            self.sequence = order.sequence(of: candidateCount)
            search(from: 0)
            if found.isEmpty { found = proven }
        }
        let completeness: CommitteeOutcome.Completeness =
            isExhausted ? .limitReached : isCapped ? .moreCommittees : .complete
        return (CommitteeOutcome(Array(found), completeness: completeness, nodes: nodes), best ?? first)
    }

    private var isDone: Bool { isCapped || isExhausted || (isSecondPass && !found.isEmpty) }

    private mutating func search(from place: Int) {
        if members.count == seats {
            let own = value(members)
            if let best {
                if own < best || (own == best && !listsAll) { return }
                if own > best { found = [] }
            }
            best = own
            let committee = Committee(members)
            if found.count >= limit.committees, !found.contains(committee) {
                isCapped = true
            } else {
                found.insert(committee)
            }
            return
        }
        for place in place..<sequence.count {
            guard sequence.count - place >= seats - members.count else { return }
            nodes += 1
            if nodes > limit.nodes || members.count >= deepestSearch {
                isExhausted = true
                return
            }
            if let best {
                let reach = promise(members, sequence[place...])
                if reach < best || (reach == best && !listsAll) { return }
            }
            members.append(sequence[place])
            search(from: place + 1)
            members.removeLast()
            if isDone { return }
        }
    }
}
