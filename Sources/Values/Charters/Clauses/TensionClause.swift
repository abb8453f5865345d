/// Two goods that can pull apart, and who decides when they do.
public struct TensionClause: Hashable, Sendable, Identifiable {
    /// Who decides.
    public enum Decider: String, Hashable, Sendable, CaseIterable {
        /// The person: the reply lays out both goods and what each choice costs, and doesn't decide. Once a layer has
        /// given a tension to the person, no later layer can take it back.
        case person
        /// The community: it has decided, and `advise` says how.
        case community
        /// Nobody beforehand: the reply may advise, as `advise` says.
        case advise
    }

    /// The ids of the two goods, in the order of the names: a tension has no direction.
    public let between: [String]
    /// Who decides.
    public var decide: Decider
    /// What the model is told to do about it, in the charter's order. One in a file; composing gathers them.
    public var advice: [String]
    /// Short scenes that show it.
    public var examples: [Example]
    /// When the clause applies. Nil: whenever the two goods are seen to pull apart.
    public var when: Condition?
    /// What it came from, where a community drew it from its own statements. One in a file; composing gathers them.
    public var origins: [ClauseOrigin]

    /// The tension's name: its goods with `~` between, as in `comfort~understanding`.
    public var id: String { between.joined(separator: "~") }

    /// Describes a tension. The goods may come in any order.
    public init(
        between first: String, _ second: String, decide: Decider, advice: [String] = [], examples: [Example] = [],
        when: Condition? = nil, origins: [ClauseOrigin] = []
    ) {
        between = [first, second].sorted()
        self.decide = decide
        self.advice = advice
        self.examples = examples
        self.when = when
        self.origins = origins
    }
}

/// What a person has decided about a tension that was theirs to decide. Only a person's own layer holds these.
public struct TensionChoice: Hashable, Sendable, Identifiable {
    /// The ids of the two goods, in the order of the names.
    public let between: [String]
    /// The id of the good that goes first for this person; nil: they want to be asked each time.
    public var choose: String?

    /// The tension's name, as ``TensionClause/id``.
    public var id: String { between.joined(separator: "~") }

    /// Describes a choice.
    public init(between first: String, _ second: String, choose: String?) {
        between = [first, second].sorted()
        self.choose = choose
    }
}
