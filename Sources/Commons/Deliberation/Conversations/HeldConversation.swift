/// A conversation that is held here, as it stands.
public struct HeldConversation: Sendable, Hashable {
    /// Which one.
    public let id: ConversationID
    /// The application that opened it.
    public let application: String
    /// What holds in it.
    public let terms: ConversationTerms
    /// Whether people join, write and vote.
    public let isOpen: Bool
    /// When it was opened, in milliseconds since 1970.
    public let openedAt: Int64
    /// How many people take part.
    public let participants: Int
    /// How many statements there are, by where they stand with the moderators.
    public let statements: [HeldStatement.Standing: Int]
    /// How many votes count: the last one of each participant on each statement that is shown.
    public internal(set) var votes: Int
    /// How many took themselves out again.
    public let withdrawn: Int
    /// The key of its rows.
    let number: Int64
    /// The number of the newest vote.
    let lastEvent: Int64
    /// Grows with everything but votes.
    let revision: Int64
}

/// A conversation that was just opened, with the key of its first moderator, which is told only now.
public struct OpenedConversation: Sendable {
    /// Which one.
    public let id: ConversationID
    /// Decides about statements, invites people, and closes the conversation.
    public let moderator: ConversationSecret
}

/// A statement to begin with.
public struct SeedStatement: Sendable, Hashable {
    /// What it says.
    public let text: StatementText
    /// Its language; nil for that of the conversation.
    public let language: String?

    /// A statement to begin with.
    public init(_ text: StatementText, language: String? = nil) {
        self.text = text
        self.language = language
    }
}

/// Somebody who takes part, under a number that says nothing of who they are.
public struct ConversationParticipant: Sendable, Hashable {
    /// From 0; drawn at random within the conversation.
    public let number: Int64
}

/// A vote that is kept.
public struct VoteReceipt: Sendable, Hashable {
    /// The number of the vote among all of the conversation; nil where it says what the person had said already.
    public let event: Int64?
    /// What the person had said before, if anything.
    public let previous: Stance?
}

/// A vote as a person casts it.
public struct NewVote: Sendable, Hashable {
    /// The number of the statement.
    public let statement: Int
    /// What they say to it.
    public let stance: Stance
    /// How much it matters to them, if they say so.
    public let importance: Importance?

    /// A vote.
    public init(statement: Int, stance: Stance, importance: Importance? = nil) {
        self.statement = statement
        self.stance = stance
        self.importance = importance
    }
}

/// A statement that somebody wrote, once it is kept.
public struct WrittenStatement: Sendable, Hashable {
    /// The statement.
    public let statement: HeldStatement
    /// Others that say nearly the same, the most alike first.
    public let near: [NearStatement]
}
