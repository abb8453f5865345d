public import Flourishing

/// A good, with how a reply shows it and how a reply fails it.
public struct GoodClause: Hashable, Sendable, Identifiable {
    /// The good itself.
    public var good: Good
    /// What a reply that serves the good does, as phrases that follow "A good reply …".
    public var signs: [String]
    /// What a reply that fails the good does, as phrases that follow "A poor reply …".
    public var failures: [String]
    /// Short scenes that show the difference.
    public var examples: [Example]
    /// When the clause applies. Nil: always.
    public var when: Condition?
    /// What it came from, where a community drew it from its own statements. At most one: it goes with the words.
    public var origins: [ClauseOrigin]

    /// The good's short name.
    public var id: String { good.id }

    /// Describes a good and its signs.
    public init(
        good: Good, signs: [String] = [], failures: [String] = [], examples: [Example] = [], when: Condition? = nil,
        origins: [ClauseOrigin] = []
    ) {
        self.good = good
        self.signs = signs
        self.failures = failures
        self.examples = examples
        self.when = when
        self.origins = origins
    }
}

/// A short scene: what a person says, a reply that shows a clause, and a reply that fails it.
public struct Example: Hashable, Sendable {
    /// What the person says.
    public var person: String
    /// A reply that shows the clause.
    public var shows: String
    /// A reply that fails it.
    public var fails: String?
    /// The move that a reply should make here, when the charter's authors say so.
    public var move: Move?

    /// Describes a scene.
    public init(person: String, shows: String, fails: String? = nil, move: Move? = nil) {
        self.person = person
        self.shows = shows
        self.fails = fails
        self.move = move
    }
}
