/// A rule that fills seats step by step, stopped between two steps.
///
/// Copies are values, so that a walk through ties can come back to a fork.
protocol SteppingRule {
    /// What is equal for two states exactly when they go on equally.
    associatedtype Key: Hashable

    /// Puts every candidate that the next step may take into `tied`; leaves it empty where the rule has finished.
    mutating func next(into tied: inout [Int])
    /// Takes one of them.
    mutating func take(_ candidate: Int)
    /// Who is in the committee now.
    var committee: Committee { get }
    var key: Key { get }
    /// About how many numbers a key holds.
    var keySize: Int { get }
    /// The committee that comes out with this candidate, where this step is the last one; `nil` where it isn't.
    func finished(with candidate: Int) -> Committee?
    /// Of tied candidates, whether the one that the order prefers is taken last: so for rules that take candidates out.
    static var takesLeastPreferred: Bool { get }
}

extension SteppingRule {
    static var takesLeastPreferred: Bool { false }
}

/// Which of tied candidates goes first.
enum CandidateOrder {
    case byIndex
    /// The place of each candidate in the order.
    case places([Int])

    func preferred(of tied: [Int], last: Bool) -> Int {
        switch self {
        case .byIndex: return last ? tied[tied.count - 1] : tied[0]
        case .places(let places):
            var best = tied[0]
            for candidate in tied where last ? places[candidate] > places[best] : places[candidate] < places[best] {
                best = candidate
            }
            return best
        }
    }

    /// Of some committees the one whose best member stands first, then whose second best does, and so on.
    func preferred(of committees: some Sequence<Committee>) -> Committee? {
        switch self {
        case .byIndex: return committees.min()
        case .places(let places):
            func ranks(_ committee: Committee) -> [Int] { committee.members.map { places[$0] }.sorted() }
            return committees.min { ranks($0).lexicographicallyPrecedes(ranks($1)) }
        }
    }

    /// The candidates, the most preferred first.
    func sequence(of count: Int) -> [Int] {
        switch self {
        case .byIndex: return Array(0..<count)
        case .places(let places):
            var sequence = Array(repeating: 0, count: count)
            for candidate in 0..<count { sequence[places[candidate]] = candidate }
            return sequence
        }
    }
}

extension TieBreaking {
    /// The order, or nothing where all ties are followed.
    func order(of candidateCount: Int) throws(ApprovalError) -> CandidateOrder? {
        switch self {
        case .all: return nil
        case .byIndex: return .byIndex
        case .order(let sequence):
            guard sequence.count == candidateCount, let order = ChoiceOrder(sequence) else {
                throw .orderIsNotAPermutation(candidateCount: candidateCount)
            }
            return .places(order.places)
        case .seeded(let seed):
            return .places(ChoiceOrder(count: candidateCount, seed: seed).places)
        }
    }
}

/// So many tied committees are kept while the best is sought along an order; where there are more, a second search
/// goes along the order itself.
let tiesKept = 64

extension SteppingRule {
    /// Runs the rule to its end: along one order, or through every way of breaking its ties.
    consuming func outcome(order: CandidateOrder?, limit: WorkLimit) -> CommitteeOutcome {
        guard let order else { return Self.everyOutcome(from: self, limit: limit) }
        var tied: [Int] = []
        var steps = 0
        while true {
            next(into: &tied)
            if tied.isEmpty { break }
            take(order.preferred(of: tied, last: Self.takesLeastPreferred))
            steps += 1
        }
        return CommitteeOutcome([committee], nodes: steps)
    }

    private static func everyOutcome(from start: Self, limit: WorkLimit) -> CommitteeOutcome {
        var found: Set<Committee> = []
        var seen: Set<Key> = []
        var open = [start]
        // Where keys would fill the memory, some states are walked again instead: slower, and as right.
        let room = 8_000_000 / max(start.keySize, 1)
        func isNew(_ key: Key) -> Bool { seen.count < room ? seen.insert(key).inserted : !seen.contains(key) }
        var tied: [Int] = []
        var nodes = 0
        walk: while var state = open.popLast() {
            while true {
                state.next(into: &tied)
                nodes += 1
                if tied.isEmpty {
                    let committee = state.committee
                    if found.count == limit.committees, !found.contains(committee) {
                        return CommitteeOutcome(Array(found), completeness: .moreCommittees, nodes: nodes)
                    }
                    found.insert(committee)
                    break
                }
                if nodes > limit.nodes {
                    if found.isEmpty {
                        // One committee is always given: this walk's, finished in the order of indices.
                        while !tied.isEmpty {
                            state.take(CandidateOrder.byIndex.preferred(of: tied, last: takesLeastPreferred))
                            state.next(into: &tied)
                        }
                        found.insert(state.committee)
                    }
                    return CommitteeOutcome(Array(found), completeness: .limitReached, nodes: nodes)
                }
                if state.finished(with: tied[0]) != nil {
                    for candidate in tied {
                        guard let committee = state.finished(with: candidate) else { continue }
                        if found.count == limit.committees, !found.contains(committee) {
                            return CommitteeOutcome(Array(found), completeness: .moreCommittees, nodes: nodes)
                        }
                        found.insert(committee)
                    }
                    continue walk
                }
                if tied.count > 1 {
                    for candidate in tied.dropFirst().reversed() {
                        var branch = state
                        branch.take(candidate)
                        if isNew(branch.key) { open.append(branch) }
                    }
                    state.take(tied[0])
                    if !isNew(state.key) { continue walk }
                } else {
                    state.take(tied[0])
                }
            }
        }
        return CommitteeOutcome(Array(found), nodes: nodes)
    }
}
