/// How many prefer one candidate to another, for every pair.
///
/// Convention: candidates whom a ballot leaves out are tied with one another below all that it ranks, as in Schulze
/// (2011, doi:10.1007/s00355-010-0475-4). A tie on a ballot counts for neither side.
public struct PairwiseMatrix: Hashable, Sendable {
    /// How many candidates there are, numbered from 0.
    public let candidateCount: Int
    /// Row by row: who is preferred, then to whom.
    private let supports: [Int]

    /// Counts a profile.
    ///
    /// - Complexity: O(*b* *m*²) time for *b* ballots and *m* candidates, O(*m*²) space.
    public init(_ profile: RankedProfile) {
        let count = profile.candidateCount
        var supports = [Int](repeating: 0, count: count * count)
        // A ballot's candidates in its order, with where the tier of each ends: all behind that end rank lower.
        var order: [Int] = []
        var isRanked = [Bool](repeating: false, count: count)
        for ballot in profile.ballots {
            order.removeAll(keepingCapacity: true)
            for tier in ballot.tiers {
                order.append(contentsOf: tier)
                for candidate in tier { isRanked[candidate] = true }
            }
            let rankedCount = order.count
            for candidate in 0..<count where !isRanked[candidate] { order.append(candidate) }
            var start = 0
            for tier in ballot.tiers {
                let end = start + tier.count
                for upper in order[start..<end] {
                    let row = upper * count
                    for place in end..<count { supports[row + order[place]] += ballot.weight }
                }
                start = end
            }
            for candidate in order[..<rankedCount] { isRanked[candidate] = false }
        }
        candidateCount = count
        self.supports = supports
    }

    /// How much weight prefers the first candidate to the second. Zero for a candidate and themself.
    public subscript(preferred: Int, to other: Int) -> Int {
        supports[preferred * candidateCount + other]
    }

    /// By how much the first beats the second: negative if the second wins.
    public func margin(_ first: Int, over second: Int) -> Int {
        self[first, to: second] - self[second, to: first]
    }

    /// Whether a majority of those who have a preference prefer the first.
    public func beats(_ first: Int, _ second: Int) -> Bool {
        margin(first, over: second) > 0
    }
}
