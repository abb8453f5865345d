import SocialChoice

/// Which statements to show next to somebody who comes new, and what a vote on each would help to find out.
///
/// As the adaptive router chooses: first where the list of what all groups agree on is most uncertain.
public struct NextStatements: Sendable {
    /// The statements, the most useful first.
    public let statements: [Int]

    /// - Parameters:
    ///   - landscape: What is known by now.
    ///   - limit: How many statements.
    ///   - listLength: How long the list is that is looked for.
    ///   - seed: What draws among equals follow from.
    /// - Complexity: O(limit × statements × groups).
    public init(_ landscape: OpinionLandscape, limit: Int, listLength: Int = 20, seed: UInt64 = 1) {
        var router = AdaptiveRouter(listLength: listLength)
        router.learn(RoutingKnowledge(landscape))
        var random = SplitMix(seed: seed)
        var choices = landscape.votes.tallies.indices.filter { !landscape.moderation.rejected.contains($0) }
        var statements: [Int] = []
        while statements.count < limit, !choices.isEmpty {
            let next = router.next(for: landscape.votes.participantCount, among: choices, using: &random)
            statements.append(next)
            choices.removeAll { $0 == next }
        }
        self.statements = statements
    }
}
