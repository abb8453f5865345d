import Deliberation

/// A conversation that is to be opened.
struct SentConversation: Decodable {
    let topic: String
    let description: String
    let language: String
    let ways: [JoiningWay]
    let takesImportance: Bool
    let isStrict: Bool
    let proofBits: Int?
    let statements: [SentStatement]

    init(from decoder: any Decoder) throws {
        let sent = try SentObject(
            decoder,
            members: [
                "topic", "description", "language", "joining", "importance", "strict", "proofBits", "statements",
            ])
        topic = try sent.value("topic")
        description = try sent.optional("description") ?? ""
        language = try sent.optional("language") ?? "en"
        let words: [String] = try sent.optional("joining") ?? [JoiningWay.invitation.rawValue]
        ways = try words.map { try SentObject.choice($0, "joining") }
        takesImportance = try sent.optional("importance") ?? false
        isStrict = try sent.optional("strict") ?? false
        proofBits = try sent.optional("proofBits")
        statements = try sent.optional("statements") ?? []
    }

    func terms() throws(ConversationError) -> ConversationTerms {
        try ConversationTerms(
            topic: topic, about: description, language: language, ways: Set(ways), takesImportance: takesImportance,
            isStrict: isStrict, proofBits: proofBits ?? 18)
    }

    func seeds() throws(ConversationError) -> [SeedStatement] {
        try statements.map { sent throws(ConversationError) in
            SeedStatement(try StatementText(sent.words), language: sent.language)
        }
    }
}

/// What is to change in a conversation; what is left out stays.
struct SentChange: Decodable, Sendable {
    let isOpen: Bool?
    private let topic: String?
    private let description: String?
    let ways: [JoiningWay]?
    private let takesImportance: Bool?
    private let isStrict: Bool?
    private let proofBits: Int?

    init(from decoder: any Decoder) throws {
        let sent = try SentObject(
            decoder, members: ["open", "topic", "description", "joining", "importance", "strict", "proofBits"])
        isOpen = try sent.optional("open")
        topic = try sent.optional("topic")
        description = try sent.optional("description")
        let words: [String]? = try sent.optional("joining")
        ways = try words?.map { try SentObject.choice($0, "joining") }
        takesImportance = try sent.optional("importance")
        isStrict = try sent.optional("strict")
        proofBits = try sent.optional("proofBits")
    }

    /// The terms with the change.
    func changed(_ terms: ConversationTerms) throws(ConversationError) -> ConversationTerms {
        try terms.changed(
            topic: topic, about: description, ways: ways.map(Set.init), takesImportance: takesImportance,
            isStrict: isStrict, proofBits: proofBits)
    }
}

/// A statement that somebody writes: as an object, or for first statements as bare words.
struct SentStatement: Decodable {
    let words: String
    let language: String?

    init(from decoder: any Decoder) throws {
        if let bare = try? decoder.singleValueContainer().decode(String.self) {
            (words, language) = (bare, nil)
            return
        }
        let sent = try SentObject(decoder, members: ["words", "language"])
        words = try sent.value("words")
        language = try sent.optional("language")
    }
}

/// What a moderator decides.
struct SentDecision: Decodable {
    let standing: HeldStatement.Standing
    let reason: String?

    init(from decoder: any Decoder) throws {
        let sent = try SentObject(decoder, members: ["standing", "reason"])
        standing = try sent.choice("standing")
        reason = try sent.optional("reason")
    }
}

/// A vote.
struct SentVote: Decodable {
    let vote: NewVote

    /// The words for stances.
    private enum Word: String, CaseIterable {
        case agree, disagree, pass

        var stance: Stance {
            switch self {
            case .agree: .agree
            case .disagree: .disagree
            case .pass: .pass
            }
        }
    }

    init(from decoder: any Decoder) throws {
        let sent = try SentObject(decoder, members: ["statement", "stance", "importance"])
        var importance: Importance?
        if let share: Double = try sent.optional("importance") {
            importance = Importance(share: share)
            guard importance != nil else {
                throw GatewayRefusal(
                    status: 400, kind: .invalidRequest,
                    message: "`importance` is more than 0 and at most 1. Leave it out for an ordinary vote.",
                    param: "importance")
            }
        }
        vote = NewVote(
            statement: try sent.value("statement"), stance: try sent.choice("stance", Word.self).stance,
            importance: importance)
    }
}

/// How many invitations are to be made.
struct SentInvitations: Decodable {
    let count: Int

    init(from decoder: any Decoder) throws {
        count = try SentObject(decoder, members: ["count"]).value("count")
    }
}

/// Which invitations are to be taken back.
struct SentRevocation: Decodable, Sendable {
    /// Nil for all that nobody used.
    private let invitations: [String]?

    init(from decoder: any Decoder) throws {
        invitations = try SentObject(decoder, members: ["invitations"]).optional("invitations")
    }

    /// - Throws: ``ConversationError/unknownInvitation`` for what can be no code.
    func codes() throws(ConversationError) -> [ConversationSecret]? {
        try invitations?.map { text throws(ConversationError) in
            guard let code = ConversationSecret(text, .invitation) else { throw .unknownInvitation }
            return code
        }
    }
}

/// How somebody comes in.
enum SentJoining: Decodable {
    case invitation(String)
    case proof(challenge: String, solution: String)
    case token(String)

    init(from decoder: any Decoder) throws {
        let sent = try SentObject(decoder, members: ["invitation", "challenge", "solution", "token"])
        switch Set(sent.names) {
        case ["invitation"]: self = .invitation(try sent.value("invitation"))
        case ["challenge", "solution"]:
            self = .proof(challenge: try sent.value("challenge"), solution: try sent.value("solution"))
        case ["token"]: self = .token(try sent.value("token"))
        default:
            throw GatewayRefusal(
                status: 400, kind: .invalidRequest,
                message: "Join with one of: `invitation`; `challenge` and `solution`; or `token`, an ID token.")
        }
    }
}
