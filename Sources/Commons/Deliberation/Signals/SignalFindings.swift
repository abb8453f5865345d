/// The signs in a conversation, each with what would change without the people in it.
public struct SignalFindings: Sendable {
    /// A sign and its weight.
    public struct Sign: Sendable {
        /// What was noticed.
        public let cluster: SuspiciousCluster
        /// What would change without these people.
        public let effect: RemovalEffect
    }

    /// What was noticed, the most surprising first.
    public let signs: [Sign]
    /// What would change without all of them together; nil with fewer than two signs.
    public let together: RemovalEffect?
    /// Whether times are known.
    public let hasTimes: Bool

    /// Looks for signs, and asks of each what hangs on it.
    ///
    /// - Parameters:
    ///   - landscape: The conversation as everybody's votes make it.
    ///   - history: Votes with their times, the earliest first; empty where none are known.
    ///   - seats: How long the slate is on which the effect is shown.
    /// - Complexity: one more landscape for each sign.
    public init(_ landscape: OpinionLandscape, history: [TimedVote] = [], seats: Int = 5) {
        let signals = ConversationSignals(
            landscape.votes, history: history, moderation: landscape.moderation, groups: landscape.assignment(),
            groupCount: landscape.groupCount)
        let outcome = ConversationOutcome(landscape, seats: seats)
        let effect = { (people: [Int]) in
            RemovalEffect(
                removing: people, from: landscape.votes, moderation: landscape.moderation, outcome: outcome,
                seats: seats, seed: landscape.settings.seed)
        }
        signs = signals.clusters.map { Sign(cluster: $0, effect: effect($0.people)) }
        together = signs.count > 1 ? effect(Set(signs.flatMap(\.cluster.people)).sorted()) : nil
        hasTimes = signals.hasTimes
    }
}
