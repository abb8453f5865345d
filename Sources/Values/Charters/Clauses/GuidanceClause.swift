public import Flourishing

/// A way of steering a person beyond answering well. It is off until that person consents.
public struct GuidanceClause: Hashable, Sendable, Identifiable {
    /// The guidance's short name.
    public var id: String
    /// What the model is told while a consent is live.
    public var says: String
    /// The question that the person is asked, in the charter's own words.
    public var asks: String
    /// For how many days a consent holds. Nil: the charter doesn't say, and Trellis takes
    /// ``GuidanceClause/defaultDays``.
    public var expiresDays: Int?
    /// When it may speak. Nil: in every conversation.
    public var when: Condition?
    /// The move that it makes, if any.
    public var move: Move?
    /// What it came from, where a community drew it from its own statements. At most one: it goes with the words.
    public var origins: [ClauseOrigin]

    /// How long a consent holds when the charter doesn't say: 30 days.
    public static let defaultDays = 30

    /// Describes a guidance.
    public init(
        id: String, says: String, asks: String, expiresDays: Int? = nil, when: Condition? = nil, move: Move? = nil,
        origins: [ClauseOrigin] = []
    ) {
        self.id = id
        self.says = says
        self.asks = asks
        self.expiresDays = expiresDays
        self.when = when
        self.move = move
        self.origins = origins
    }
}
