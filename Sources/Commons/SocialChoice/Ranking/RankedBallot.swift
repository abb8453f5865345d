/// One ballot that ranks: tiers from the best down, each tier a set of candidates held equal.
///
/// Candidates are whole numbers from 0. Those whom the ballot leaves out are not ranked; what that means is each rule's
/// own convention, which its documentation states.
public struct RankedBallot: Hashable, Sendable {
    /// The tiers, best first. No tier is empty and no candidate stands twice (see ``RankedProfile``).
    public let tiers: [[Int]]
    /// How many people cast this ballot, or a whole-number weight, at least 1.
    public let weight: Int

    /// A ballot of tiers, best first.
    public init(tiers: [[Int]], weight: Int = 1) {
        self.tiers = tiers
        self.weight = weight
    }

    /// A ballot without ties, best first.
    public init(_ ranking: [Int], weight: Int = 1) {
        self.init(tiers: ranking.map { [$0] }, weight: weight)
    }

    /// The same opinion upside down, where those who weren't ranked come first as one tier.
    ///
    /// - Parameter candidateCount: how many candidates there are.
    /// - Complexity: O(*m*) for *m* candidates.
    public func reversed(candidateCount: Int) -> RankedBallot {
        let ranked = Set(tiers.joined())
        let unranked = (0..<max(0, candidateCount)).filter { !ranked.contains($0) }
        let all = unranked.isEmpty ? tiers : tiers + [unranked]
        return RankedBallot(tiers: all.reversed(), weight: weight)
    }
}
