/// What Schulze's method finds: how strong the strongest path is from each candidate to each other.
///
/// A path goes from candidate to candidate along majorities and is as strong as its weakest one. A candidate is better
/// than another if the strongest path there is stronger than the strongest path back.
///
/// Schulze, "A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner election
/// method", *Social Choice and Welfare* 36 (2011), doi:10.1007/s00355-010-0475-4. It also keeps to the Smith set. It is
/// not for people who must see at a glance why somebody won, nor does it satisfy participation: as with every Condorcet
/// method, a few voters can do better by staying away (Moulin 1988, doi:10.1016/0022-0531(88)90253-0).
public struct SchulzeResult: Hashable, Sendable {
    /// How many candidates there are, numbered from 0.
    public let candidateCount: Int
    /// Row by row, from whom and then to whom: the rank of the weakest majority on the strongest path, 0 for no path.
    private let ranks: [Int32]
    /// What each rank is worth: votes or margin.
    private let worth: [Int]

    /// Finds the strongest paths by Floyd and Warshall's method.
    ///
    /// - Complexity: O(*m*³) for *m* candidates.
    init(_ matrix: PairwiseMatrix, by strength: MajorityStrength) {
        let count = matrix.candidateCount
        var ranks = [Int32](repeating: 0, count: count * count)
        var worth = [0]
        // Only the order of strengths matters, so each distinct strength becomes a small rank.
        for group in matrix.majorities(by: strength).reversed() {
            for majority in group { ranks[majority.winner * count + majority.loser] = Int32(worth.count) }
            worth.append(group.first.map { strength == .margins ? $0.support - $0.opposition : $0.support } ?? 0)
        }
        ranks.withUnsafeMutableBufferPointer { ranks in
            for middle in 0..<count {
                for from in 0..<count where from != middle {
                    let first = ranks[from * count + middle]
                    if first == 0 { continue }
                    for to in 0..<count {
                        let through = min(first, ranks[middle * count + to])
                        if through > ranks[from * count + to] { ranks[from * count + to] = through }
                    }
                }
            }
            for candidate in 0..<count { ranks[candidate * count + candidate] = 0 }
        }
        candidateCount = count
        self.ranks = ranks
        self.worth = worth
    }

    /// How strong the strongest path is: the votes for its weakest majority, or that majority's margin. Zero if there
    /// is no path.
    public func strength(from first: Int, to second: Int) -> Int {
        worth[Int(ranks[first * candidateCount + second])]
    }

    /// Whether the first is better than the second: a strict partial order, so never in a circle.
    public func isBetter(_ first: Int, than second: Int) -> Bool {
        ranks[first * candidateCount + second] > ranks[second * candidateCount + first]
    }

    /// Everybody than whom nobody is better, in rising order. Never empty; more than one is a tie.
    public var winners: [Int] {
        (0..<candidateCount).filter { candidate in
            !(0..<candidateCount).contains { isBetter($0, than: candidate) }
        }
    }

    /// Everybody in tiers: the winners, then those who win once these are gone from the order, and so on.
    public var ranking: [[Int]] {
        var left = Array(0..<candidateCount)
        var tiers: [[Int]] = []
        while !left.isEmpty {
            let tier = left.filter { candidate in !left.contains { isBetter($0, than: candidate) } }
            tiers.append(tier)
            left.removeAll { tier.contains($0) }
        }
        return tiers
    }

    /// Everybody in one row: at each step, of those than whom nobody left is better, the first in a given order.
    ///
    /// - Throws: ``RankingError/order(count:expected:)`` if the order is of another length.
    public func ranking(settlingTiesBy order: ChoiceOrder) throws(RankingError) -> [Int] {
        try order.fits(candidateCount)
        var left = order.choices
        var row: [Int] = []
        while let place = left.firstIndex(where: { candidate in !left.contains { isBetter($0, than: candidate) } }) {
            row.append(left.remove(at: place))
        }
        return row
    }
}

extension PairwiseMatrix {
    /// Schulze's method over this matrix. See ``SchulzeResult``.
    ///
    /// - Complexity: O(*m*³) for *m* candidates.
    public func schulze(by strength: MajorityStrength = .winningVotes) -> SchulzeResult {
        SchulzeResult(self, by: strength)
    }
}
