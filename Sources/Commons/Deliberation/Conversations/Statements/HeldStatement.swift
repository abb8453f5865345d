/// A statement in a conversation that is held here.
public struct HeldStatement: Sendable, Hashable {
    /// Where it stands with the moderators.
    public enum Standing: String, Sendable, Hashable, CaseIterable, Codable {
        /// Nobody decided yet.
        case waiting
        /// A moderator let it in.
        case accepted
        /// A moderator took it out: it is shown to nobody, and votes on it count for nothing.
        case rejected

        var decision: PolisConversation.Decision {
            switch self {
            case .waiting: .undecided
            case .accepted: .accepted
            case .rejected: .rejected
            }
        }

        init(_ decision: PolisConversation.Decision) {
            switch decision {
            case .undecided: self = .waiting
            case .accepted: self = .accepted
            case .rejected: self = .rejected
            }
        }
    }

    /// Its number in the conversation, from 0.
    public let number: Int
    /// What it says, as it was written.
    public let words: String
    /// The language that it is in.
    public let language: String
    /// The number of the participant who wrote it; nil for one that was there from the start, and where the author left.
    public let author: Int64?
    /// Whether whoever opened the conversation put it in.
    public let isSeed: Bool
    /// Where it stands with the moderators.
    public let standing: Standing
    /// When it came, in milliseconds since 1970.
    public let at: Int64

    /// Whether people see it and vote on it.
    public func isShown(strictly isStrict: Bool) -> Bool {
        standing == .accepted || (standing == .waiting && !isStrict)
    }
}

/// What a moderator decided about a statement. Decisions are only ever added; the last one holds.
public struct ModeratorDecision: Sendable, Hashable {
    /// Which statement.
    public let statement: Int
    /// What was decided.
    public let standing: HeldStatement.Standing
    /// Why, in the moderator's own words; nil where they gave no reason, which only accepting doesn't need.
    public let reason: String?
    /// The name of the moderator's key.
    public let moderator: String
    /// When, in milliseconds since 1970.
    public let at: Int64

    /// The longest reason: 2,000 bytes.
    public static let reasonLimit = 2_000
}

/// A statement in the queue of the moderators, with what they should know of it.
public struct QueuedStatement: Sendable, Hashable {
    /// The statement.
    public let statement: HeldStatement
    /// Others that say nearly the same, the most alike first.
    public let near: [NearStatement]
    /// What was decided about it before, the earliest first.
    public let decisions: [ModeratorDecision]
}
