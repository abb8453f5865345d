/// What instant runoff finds when an order settles the ties.
public struct InstantRunoffResult: Hashable, Sendable {
    /// One round of the count.
    public struct Round: Hashable, Sendable {
        /// Who is still in, in rising order.
        public let remaining: [Int]
        /// The weight that holds each of them highest, in the same order.
        public let votes: [Int]
        /// The weight of the ballots that rank nobody who is still in.
        public let exhausted: Int
        /// Who goes.
        public let eliminated: Int
        /// Others who had as few votes, so that the order decided. In rising order.
        public let tied: [Int]
    }

    /// Who wins.
    public let winner: Int
    /// Every round, until one candidate is left.
    public let rounds: [Round]

    /// Everybody, best first: the winner, then the others from the last who went to the first.
    public var ranking: [Int] { [winner] + rounds.reversed().map(\.eliminated) }
}

extension RankedProfile {
    /// Instant runoff: whoever is held highest by the fewest goes, again and again, until one is left.
    ///
    /// Also called the alternative vote; on ballots without ties it is the rule in use in Ireland and Australia. A
    /// ballot counts in full for every candidate of the highest tier in which anybody is left: Delemazure and Peters,
    /// "Generalizing instant runoff voting to allow for indifferences" (2024, arXiv 2404.11407), show that this is the
    /// one way among elimination rules to keep independence of clones and a majority's first choices. A ballot that
    /// ranks nobody who is left counts for nobody.
    ///
    /// Independent of clones; a majority that puts the same candidates in front gets one of them. It isn't for
    /// electorates that expect a candidate never to lose by gaining votes: it is not monotonic (Doron and Kronick,
    /// "Single transferrable vote: an example of a perverse social choice function", *American Journal of Political
    /// Science* 1977), and it can pass over the Condorcet winner.
    ///
    /// - Parameter order: among those with the fewest votes, whoever comes last in it goes.
    /// - Throws: ``RankingError/order(count:expected:)`` if the order is of another length.
    /// - Complexity: O(*m* *l*) for *m* candidates and ballots of length *l* together.
    public func instantRunoff(settlingTiesBy order: ChoiceOrder) throws(RankingError) -> InstantRunoffResult {
        try order.fits(candidateCount)
        var isIn = [Bool](repeating: true, count: candidateCount)
        var rounds: [InstantRunoffResult.Round] = []
        while rounds.count < candidateCount - 1 {
            let count = tally(isIn)
            let last = lowest(isIn, count.votes)
            // There are at least two left, so somebody has the fewest.
            guard let goes = last.max(by: { order.places[$0] < order.places[$1] }) else { break }
            let remaining = isIn.indices.filter { isIn[$0] }
            rounds.append(
                InstantRunoffResult.Round(
                    remaining: remaining, votes: remaining.map { count.votes[$0] }, exhausted: count.exhausted,
                    eliminated: goes, tied: last.filter { $0 != goes }))
            isIn[goes] = false
        }
        return InstantRunoffResult(winner: isIn.firstIndex(of: true) ?? 0, rounds: rounds)
    }

    /// Everybody whom instant runoff can elect under some way of settling each tie.
    ///
    /// The parallel universes of Conitzer, Rognlie and Xia (IJCAI 2009), who show that to tell whether somebody wins in
    /// one of them is NP-complete; so the search stops at a limit and says so.
    ///
    /// - Parameter limit: how many different sets of remaining candidates to count, at least 1.
    /// - Complexity: O(*l* + *m*) a set, for *m* candidates and ballots of length *l* together.
    public func instantRunoffWinners(limit: Int = 10_000) -> TiedWinners {
        var winners: Set<Int> = []
        var stack = [[Bool](repeating: true, count: candidateCount)]
        var seen: Set<[Bool]> = []
        while var isIn = stack.popLast() {
            guard seen.insert(isIn).inserted else { continue }
            let isLast = seen.count >= max(1, limit)
            var isCut = false
            var left = isIn.reduce(0) { $0 + ($1 ? 1 : 0) }
            while left > 1 {
                let votes = tally(isIn).votes
                let lost = sureLosers(isIn, votes)
                if !lost.isEmpty {
                    for candidate in lost { isIn[candidate] = false }
                    left -= lost.count
                    continue
                }
                let last = lowest(isIn, votes)
                if last.count > 1 {
                    guard isLast else {
                        for goes in last {
                            var next = isIn
                            next[goes] = false
                            stack.append(next)
                        }
                        break
                    }
                    // One universe is followed to its end, so that there is always a winner to tell.
                    isCut = true
                }
                isIn[last[0]] = false
                left -= 1
            }
            if left == 1, let winner = isIn.firstIndex(of: true) { winners.insert(winner) }
            if isLast {
                let isAll = winners.count == candidateCount || (!isCut && stack.allSatisfy { seen.contains($0) })
                return TiedWinners(winners: winners.sorted(), isComplete: isAll)
            }
        }
        return TiedWinners(winners: winners.sorted(), isComplete: true)
    }

    private func tally(_ isIn: [Bool]) -> (votes: [Int], exhausted: Int) {
        var votes = [Int](repeating: 0, count: candidateCount)
        var exhausted = 0
        for ballot in ballots {
            if let tier = ballot.tiers.first(where: { $0.contains { isIn[$0] } }) {
                for candidate in tier where isIn[candidate] { votes[candidate] += ballot.weight }
            } else {
                exhausted += ballot.weight
            }
        }
        return (votes, exhausted)
    }

    /// The most candidates who together have fewer votes than anybody else has. They go before all others, whichever
    /// goes first, since none of them can gain more than the votes of the rest of them.
    private func sureLosers(_ isIn: [Bool], _ votes: [Int]) -> ArraySlice<Int> {
        let remaining = isIn.indices.filter { isIn[$0] }.sorted { votes[$0] < votes[$1] }
        var (sum, count) = (0, 0)
        for place in 0..<(remaining.count - 1) {
            sum += votes[remaining[place]]
            if sum < votes[remaining[place + 1]] { count = place + 1 }
        }
        return remaining[..<count]
    }

    private func lowest(_ isIn: [Bool], _ votes: [Int]) -> [Int] {
        let remaining = isIn.indices.filter { isIn[$0] }
        let fewest = remaining.map { votes[$0] }.min()
        return remaining.filter { votes[$0] == fewest }
    }
}
