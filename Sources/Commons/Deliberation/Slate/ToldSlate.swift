public import SocialChoice

/// A slate as it may be told: without what fewer than five people hold, and without what that would follow from.
///
/// The slate itself is chosen from everybody's votes, and its certificates are about everybody; only numbers are left out.
public struct ToldSlate: Sendable {
    /// A statement of the slate.
    public struct Entry: Sendable {
        /// The statement and why it is there.
        public let entry: Slate.Entry
        /// Everybody's votes on it, or those of the told groups alone where the others are too few; nil where fewer than five
        /// people voted.
        public let votes: VoteTally?
        /// Whether ``votes`` are everybody's.
        public let isEverybody: Bool
        /// The share of each told group that agrees, of those who voted on it, in the order of ``ToldSlate/groups``; nil where
        /// fewer than five did. Empty where there are no groups.
        public let groups: [ShareEstimate?]

        /// The share of ``votes`` that takes a side; nil where they aren't told.
        public func share(_ stance: Stance) -> ShareEstimate? {
            votes.map { ShareEstimate(count: $0[stance], of: $0.seen) }
        }
    }

    /// The slate.
    public let slate: Slate
    /// The groups that are told, by their numbers in the landscape from 0; empty where there are none.
    public let groups: [Int]
    /// Its statements, in their order.
    public let entries: [Entry]
    /// What at least five people hold and the slate leaves out, or has and they refuse.
    public let dissent: [Dissent]
    /// So many times fewer than five people, or a group of fewer than five, hold something that the slate leaves out.
    public let dissentUntold: Int
    /// How many people agree with nothing in the slate; nil where they are fewer than five, and somebody does.
    public let unheard: Int?

    /// What may be told of a slate.
    ///
    /// - Parameter landscape: whose groups the slate was chosen with.
    public init(_ slate: Slate, landscape: OpinionLandscape) {
        self.init(slate, ground: TellableGround(landscape), isDivided: landscape.groupCount > 1)
    }

    init(_ slate: Slate, ground: TellableGround, isDivided: Bool) {
        self.slate = slate
        groups = isDivided ? ground.groups : []
        entries = slate.entries.map { entry in
            let total = ground.total(on: entry.statement)
            return Entry(
                entry: entry, votes: total?.votes, isEverybody: total?.isEverybody ?? true,
                groups: !isDivided
                    ? []
                    : ground.groups.indices.map { place in
                        ground.votes(at: place, on: entry.statement).map {
                            ShareEstimate(count: $0.agreed, of: $0.seen)
                        }
                    })
        }
        dissent = slate.dissent.filter { one in
            guard one.count >= TellableGround.fewestPeople else { return false }
            if case .group(let group) = one.holder { return ground.groups.contains(group) }
            return true
        }
        dissentUntold = slate.dissent.count - dissent.count
        unheard = (1..<TellableGround.fewestPeople).contains(slate.unheard) ? nil : slate.unheard
    }

    /// What a certificate of the slate says; of a group of fewer than five that was forgotten only that there is one.
    ///
    /// - Parameter name: what a statement is called, such as `#12`.
    public func words(
        of certificate: Certificate, naming name: (Int) -> String
    ) -> (result: String, words: String) {
        if case .fails(let witness) = certificate, witness.weight < TellableGround.fewestPeople {
            return ("fails", "A group of fewer than five people was forgotten. What it agrees on isn't told.")
        }
        return slate.words(of: certificate, naming: name)
    }
}
