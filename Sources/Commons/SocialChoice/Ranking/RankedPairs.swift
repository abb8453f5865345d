/// What ranked pairs finds when an order settles the ties.
public struct RankedPairsResult: Hashable, Sendable {
    /// Everybody, best first.
    public let ranking: [Int]
    /// The majorities that hold in the ranking, in the order in which they were locked in.
    public let locked: [Majority]
    /// The majorities that the ranking goes against, because stronger ones had settled the matter.
    public let overruled: [Majority]

    /// Who wins.
    public var winner: Int { ranking[0] }
}

extension PairwiseMatrix {
    /// Ranked pairs: majorities are locked in, the strongest first, except those that contradict what is locked.
    ///
    /// Tideman, "Independence of clones as a criterion for voting rules", *Social Choice and Welfare* 4 (1987),
    /// doi:10.1007/BF00433944. It is Condorcet-consistent, monotonic, keeps to the Smith set and, where no two
    /// majorities are equal, is independent of clones and the reverse of its own ranking when every ballot is reversed.
    /// It isn't for electorates in which many majorities are equal, where the order that settles them decides a lot
    /// (ask ``rankedPairsWinners(by:limit:)`` how much), and like all Condorcet methods it fails participation.
    ///
    /// Equal majorities, by the order: first the one whose loser comes last; between two of the same loser, the one
    /// whose winner comes first. Pairs that are tied outright come after all majorities, each won by whoever comes
    /// first. To settle pairs by one order of candidates is Zavist and Tideman's idea (1989, doi:10.1007/BF00303170).
    ///
    /// - Throws: ``RankingError/order(count:expected:)`` if the order is of another length.
    /// - Complexity: O(*m*² log *m* + *m*⁴/64) for *m* candidates; the last part is seldom reached.
    public func rankedPairs(
        settlingTiesBy order: ChoiceOrder, by strength: MajorityStrength = .margins
    ) throws(RankingError) -> RankedPairsResult {
        try order.fits(candidateCount)
        var precedence = Precedence(count: candidateCount)
        var locked: [Majority] = []
        var overruled: [Majority] = []
        for group in majorities(by: strength) {
            let sorted = group.sorted {
                (order.places[$1.loser], order.places[$0.winner]) < (order.places[$0.loser], order.places[$1.winner])
            }
            for majority in sorted {
                if precedence.add(majority.winner, over: majority.loser) {
                    locked.append(majority)
                } else {
                    overruled.append(majority)
                }
            }
        }
        for upper in order.choices {
            for lower in order.choices.reversed() {
                if lower == upper { break }
                if margin(upper, over: lower) == 0 { precedence.add(upper, over: lower) }
            }
        }
        // Every pair is settled by now, so the numbers below are all different.
        let ranking = (0..<candidateCount).map { (below: precedence.countBelow($0), candidate: $0) }
            .sorted { $0.below > $1.below }.map(\.candidate)
        return RankedPairsResult(ranking: ranking, locked: locked, overruled: overruled)
    }

    /// Everybody whom ranked pairs can elect under some order of the majorities that are equal.
    ///
    /// These are the parallel universes of Conitzer, Rognlie and Xia (IJCAI 2009). To tell whether somebody wins in one
    /// of them is NP-complete (Brill and Fischer, "The price of neutrality for the ranked pairs method", AAAI 2012), so
    /// the search stops at a limit and says so. Without ties it needs no search.
    ///
    /// - Parameters:
    ///   - strength: how strong one majority is against another.
    ///   - limit: how many different states of the search to look at, at least 1.
    /// - Complexity: O(*m*⁴/64) a state for *m* candidates; the number of states can grow exponentially with the number
    ///   of equal majorities that can close a circle.
    public func rankedPairsWinners(by strength: MajorityStrength = .margins, limit: Int = 10_000) -> TiedWinners {
        let groups = majorities(by: strength)
        var winners: Set<Int> = []
        var stack = [RankedPairsState(group: 0, precedence: Precedence(count: candidateCount))]
        var seen: Set<RankedPairsState> = []
        while var state = stack.popLast() {
            guard seen.insert(state).inserted else { continue }
            let isLast = seen.count >= max(1, limit)
            var isCut = false
            // Settle what is the same in every universe, then branch over what is not.
            while state.group < groups.count {
                let open = state.lockSafe(groups[state.group])
                if open.isEmpty {
                    state.group += 1
                } else if isLast {
                    // One universe is followed to its end, so that there is always a winner to tell.
                    isCut = true
                    state.precedence.add(open[0].winner, over: open[0].loser)
                } else {
                    for majority in open {
                        var next = state
                        next.precedence.add(majority.winner, over: majority.loser)
                        stack.append(next)
                    }
                    break
                }
            }
            // Whoever is at the top now can be put first in every pair that is tied outright.
            if state.group == groups.count { winners.formUnion(state.precedence.tops) }
            if isLast {
                let isAll = winners.count == candidateCount || (!isCut && stack.allSatisfy { seen.contains($0) })
                return TiedWinners(winners: winners.sorted(), isComplete: isAll)
            }
        }
        return TiedWinners(winners: winners.sorted(), isComplete: true)
    }
}

/// How far one universe has come.
private struct RankedPairsState: Hashable {
    var group: Int
    var precedence: Precedence

    /// Locks in those of some equal majorities that can't be part of a circle, and returns those that are still open:
    /// neither implied nor contradicted.
    mutating func lockSafe(_ group: [Majority]) -> [Majority] {
        func isOpen(_ majority: Majority) -> Bool {
            !precedence.holds(majority.winner, over: majority.loser)
                && !precedence.holds(majority.loser, over: majority.winner)
        }
        var open = group.filter(isOpen)
        guard !open.isEmpty else { return [] }
        let reach = precedence.reaching(open)
        for majority in open where !reach.holds(majority.loser, over: majority.winner) {
            precedence.add(majority.winner, over: majority.loser)
        }
        open = open.filter(isOpen)
        return open
    }
}
