import SocialChoice

/// The signs in a conversation, each with what would change without the people in it.
public struct SignalFindings: Sendable {
    /// A sign and its weight.
    public struct Sign: Sendable {
        /// What was noticed.
        public let cluster: SuspiciousCluster
        /// What would change without these people.
        public let effect: RemovalEffect
        /// Of ``SignalFindings/draws`` times that as many people were left out by lot, so often as much changed; nil where
        /// nothing changes without these.
        public let asMuchByLot: Int?
    }

    /// So often people are left out by lot, to compare with.
    public static let draws = 5

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
    /// - Complexity: one more landscape for each sign, and ``draws`` more for each without which something changes.
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
        var random = SplitMix(seed: landscape.settings.seed ^ 0x516E)
        let voters = (0..<landscape.votes.participantCount).filter { landscape.votes.voteCount(of: $0) > 0 }
        signs = signals.clusters.map { cluster in
            let own = effect(cluster.people)
            guard !own.isNone else { return Sign(cluster: cluster, effect: own, asMuchByLot: nil) }
            let asMuch = (0..<Self.draws).count { _ in
                let drawn = voters.shuffled(using: &random).prefix(cluster.people.count)
                return effect(drawn.sorted()).size >= own.size
            }
            return Sign(cluster: cluster, effect: own, asMuchByLot: asMuch)
        }
        together = signs.count > 1 ? effect(Set(signs.flatMap(\.cluster.people)).sorted()) : nil
        hasTimes = signals.hasTimes
    }
}

extension SignalFindings.Sign {
    /// The effect in words, beside that of chance.
    ///
    /// - Parameter name: what a statement is called, such as `#12`.
    public func effectWords(naming name: (Int) -> String) -> String {
        let words = effect.words(naming: name)
        guard let asMuchByLot else { return words }
        return words
            + " Of \(SignalFindings.draws) times that as many people were left out by lot, as much changed in \(asMuchByLot == 0 ? "none" : "\(asMuchByLot)")."
    }
}
