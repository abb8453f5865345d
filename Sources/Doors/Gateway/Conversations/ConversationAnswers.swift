import Deliberation

/// A conversation as the API shows it.
struct ConversationAnswer: Encodable {
    let id: String
    let topic: String
    let description: String
    let language: String
    let joining: [String]
    let importance: Bool
    let strict: Bool
    let proofBits: Int
    let open: Bool
    let openedAt: Int64
    let participants: Int
    let withdrawn: Int
    let statements: [String: Int]
    let votes: Int

    init(_ held: HeldConversation) {
        id = held.id.description
        topic = held.terms.topic
        description = held.terms.about
        language = held.terms.language
        joining = held.terms.ways.map(\.rawValue).sorted()
        importance = held.terms.takesImportance
        strict = held.terms.isStrict
        proofBits = held.terms.proofBits
        open = held.isOpen
        openedAt = held.openedAt
        participants = held.participants
        withdrawn = held.withdrawn
        statements = Dictionary(
            uniqueKeysWithValues: HeldStatement.Standing.allCases.map { ($0.rawValue, held.statements[$0] ?? 0) })
        votes = held.votes
    }
}

struct ConversationList: Encodable {
    let conversations: [ConversationAnswer]
}

struct OpenedAnswer: Encodable {
    let conversation: ConversationAnswer
    /// Told only now.
    let moderator: String
}

/// A statement as the API shows it.
struct StatementAnswer: Encodable {
    let number: Int
    let words: String
    let language: String
    let standing: String
    let isSeed: Bool
    let at: Int64
    let author: Int64?

    init(_ statement: HeldStatement, showsAuthor: Bool) {
        number = statement.number
        words = statement.words
        language = statement.language
        standing = statement.standing.rawValue
        isSeed = statement.isSeed
        at = statement.at
        author = showsAuthor ? statement.author : nil
    }
}

struct StatementList: Encodable {
    let statements: [StatementAnswer]
}

struct WrittenAnswer: Encodable {
    let statement: StatementAnswer
    let near: [NearStatement]
}

struct DecisionAnswer: Encodable {
    let statement: Int
    let standing: String
    let reason: String?
    let moderator: String
    let at: Int64

    init(_ decision: ModeratorDecision) {
        statement = decision.statement
        standing = decision.standing.rawValue
        reason = decision.reason
        moderator = decision.moderator
        at = decision.at
    }
}

struct QueuedAnswer: Encodable {
    let statement: StatementAnswer
    let near: [NearStatement]
    let decisions: [DecisionAnswer]

    init(_ queued: QueuedStatement) {
        statement = StatementAnswer(queued.statement, showsAuthor: true)
        near = queued.near
        decisions = queued.decisions.map(DecisionAnswer.init)
    }
}

struct QueueAnswer: Encodable {
    let queue: [QueuedAnswer]
}

struct VoteAnswer: Encodable {
    let statement: Int
    let stance: String
    /// The number of the vote; missing where the person had said so already.
    let event: Int64?
    let isNew: Bool
    let previous: String?

    static func word(_ stance: Stance) -> String {
        switch stance {
        case .agree: "agree"
        case .disagree: "disagree"
        case .pass: "pass"
        }
    }
}

struct OwnVotes: Encodable {
    struct Vote: Encodable {
        let statement: Int
        let stance: String
        let importance: Double?

        init(_ vote: NewVote) {
            statement = vote.statement
            stance = VoteAnswer.word(vote.stance)
            importance = vote.importance.map { Double($0.steps) / 255 }
        }
    }

    let votes: [Vote]
}

struct NextAnswer: Encodable {
    /// Missing when there is nothing left to vote on.
    let statement: StatementAnswer?
    let left: Int
}

struct InvitationsAnswer: Encodable {
    let invitations: [String]
}

struct RevokedAnswer: Encodable {
    let revoked: Int
}

struct ChallengeAnswer: Encodable {
    let challenge: String
    let bits: Int
    let until: Int64
}

struct JoinedAnswer: Encodable {
    let participant: Int64
    /// Told only now.
    let secret: String
}
