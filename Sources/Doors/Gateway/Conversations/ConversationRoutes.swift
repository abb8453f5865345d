import Deliberation
import Foundation
import HTTPTypes
import Hummingbird

/// Conversations in which many people write statements and vote on them: opening one, its statements, votes and decisions.
///
/// The application's key says which conversations are meant; the secret in `Trellis-Participant` which participant
/// speaks, and that in `Trellis-Moderator` who looks after the conversation.
struct ConversationRoutes {
    let door: PersonDoor
    let conversations: ConversationStore
    /// What people get to see of them.
    let views: ConversationViews
    /// What checks ID tokens; nil where no issuer is configured.
    let identities: IdentityTokens?

    static let root = "/trellis/v1/conversations"

    init(door: PersonDoor, conversations: ConversationStore, identities: IdentityTokens?) {
        self.door = door
        self.conversations = conversations
        views = ConversationViews(conversations)
        self.identities = identities
    }

    func add(to router: Router<BasicRequestContext>) {
        addConversations(to: router)
        addDeleting(to: router)
        addStatements(to: router)
        addVotes(to: router)
        addOwnPart(to: router)
        addJoining(to: router)
        addLooking(to: router)
    }

    private func addConversations(to router: Router<BasicRequestContext>) {
        router.get("\(Self.root)") { request, _ in
            let asked = try asked(request)
            let all = try await kept { try await conversations.all(of: asked.application) }
            return json(ConversationList(conversations: all.map(ConversationAnswer.init)))
        }
        router.post("\(Self.root)") { request, _ in
            let asked = try asked(request)
            let sent = try await PersonDoor.value(
                SentConversation.self, from: request, limit: 4 << 20, example: #"{"topic": "Our market square"}"#)
            let terms = try await kept { try sent.terms() }
            try mayOffer(terms.ways)
            let opened = try await kept {
                try await conversations.open(
                    terms, by: asked.application, seeds: try sent.seeds(), at: asked.at)
            }
            let held = try await kept { try await conversations.conversation(opened.id, of: asked.application) }
            return json(
                OpenedAnswer(
                    conversation: ConversationAnswer(held), moderator: opened.moderator.reveal()), status: .created)
        }
        router.get("\(Self.root)/:conversation") { request, context in
            let asked = try asked(request, context)
            return json(
                ConversationAnswer(
                    try await kept { try await conversations.conversation(asked.id, of: asked.application) }))
        }
        router.patch("\(Self.root)/:conversation") { request, context in
            let asked = try asked(request, context)
            let sent = try await PersonDoor.value(
                SentChange.self, from: request, example: #"{"open": false}"#)
            try mayOffer(Set(sent.ways ?? []))
            try await kept {
                try await conversations.change(
                    asked.id, of: asked.application, by: asked.overseer, isOpen: sent.isOpen
                ) { try sent.changed($0) }
            }
            return json(
                ConversationAnswer(
                    try await kept { try await conversations.conversation(asked.id, of: asked.application) }))
        }
    }

    private func addDeleting(to router: Router<BasicRequestContext>) {
        router.delete("\(Self.root)/:conversation") { request, context in
            let asked = try asked(request, context)
            try await kept {
                try await conversations.delete(asked.id, of: asked.application, by: asked.overseer)
            }
            return Response(status: .noContent)
        }
    }

    /// Makes sure that people can come in by these ways.
    private func mayOffer(_ ways: Set<JoiningWay>) throws(GatewayRefusal) {
        guard ways.contains(.identity), identities == nil else { return }
        throw GatewayRefusal(
            status: 400, kind: .invalidRequest,
            message: "Nobody can join by oidc here: this Trellis knows no issuer. Whoever runs it names one under "
                + "deliberation.oidc; until then leave oidc out of `joining`.",
            param: "joining")
    }

    private func addStatements(to router: Router<BasicRequestContext>) {
        router.get("\(Self.root)/:conversation/statements") { request, context in
            let asked = try asked(request, context)
            // Who shows a moderator's key sees all of them, and who wrote them by their number.
            let overseer = asked.moderator == nil ? nil : asked.overseer
            let found = try await kept {
                try await conversations.statements(of: asked.id, of: asked.application, for: overseer)
            }
            return json(
                StatementList(statements: found.map { StatementAnswer($0, showsAuthor: overseer != nil) }))
        }
        router.post("\(Self.root)/:conversation/statements") { request, context in
            let asked = try asked(request, context)
            let sent = try await PersonDoor.value(
                SentStatement.self, from: request, example: #"{"words": "The library should open on Sundays."}"#)
            if asked.moderator != nil {
                let numbers = try await kept {
                    try await conversations.seed(
                        [SeedStatement(try StatementText(sent.words), language: sent.language)], into: asked.id,
                        of: asked.application, by: asked.overseer, at: asked.at)
                }
                let all = try await kept {
                    try await conversations.statements(of: asked.id, of: asked.application, for: asked.overseer)
                }
                guard let added = all.first(where: { $0.number == numbers.first }) else {
                    throw refusal(.noSuchStatement(numbers.first ?? 0))
                }
                return json(
                    WrittenAnswer(statement: StatementAnswer(added, showsAuthor: true), near: []), status: .created)
            }
            let secret = try asked.participant()
            let written = try await kept {
                try await conversations.write(
                    try StatementText(sent.words), language: sent.language, by: secret, in: asked.id,
                    of: asked.application, at: asked.at)
            }
            return json(
                WrittenAnswer(
                    statement: StatementAnswer(written.statement, showsAuthor: false), near: written.near),
                status: .created)
        }
        router.get("\(Self.root)/:conversation/queue") { request, context in
            let asked = try asked(request, context)
            let word = request.uri.queryParameters.get("standing") ?? HeldStatement.Standing.waiting.rawValue
            let standing = try SentObject.choice(word, "standing", HeldStatement.Standing.self)
            let queue = try await kept {
                try await conversations.queue(
                    of: asked.id, of: asked.application, by: asked.overseer, standing: standing)
            }
            return json(QueueAnswer(queue: queue.map(QueuedAnswer.init)))
        }
        router.post("\(Self.root)/:conversation/statements/:statement/decisions") { request, context in
            let asked = try asked(request, context)
            let statement = try Self.statement(context)
            let sent = try await PersonDoor.value(
                SentDecision.self, from: request, example: #"{"standing": "rejected", "reason": "It names a person."}"#)
            let decision = try await kept {
                try await conversations.decide(
                    sent.standing, about: statement, in: asked.id, of: asked.application, because: sent.reason,
                    by: asked.overseer, at: asked.at)
            }
            return json(DecisionAnswer(decision), status: .created)
        }
    }

    private func addVotes(to router: Router<BasicRequestContext>) {
        router.post("\(Self.root)/:conversation/votes") { request, context in
            let asked = try asked(request, context)
            let sent = try await PersonDoor.value(
                SentVote.self, from: request, limit: 4_096, example: #"{"statement": 3, "stance": "agree"}"#)
            let secret = try asked.participant()
            let receipt = try await kept {
                try await conversations.cast(
                    sent.vote, by: secret, in: asked.id, of: asked.application, at: asked.at)
            }
            return json(
                VoteAnswer(
                    statement: sent.vote.statement, stance: VoteAnswer.word(sent.vote.stance), event: receipt.event,
                    isNew: receipt.event != nil, previous: receipt.previous.map(VoteAnswer.word)))
        }
        router.get("\(Self.root)/:conversation/votes") { request, context in
            let asked = try asked(request, context)
            let secret = try asked.participant()
            let votes = try await kept {
                try await conversations.votes(of: secret, in: asked.id, of: asked.application)
            }
            return json(OwnVotes(votes: votes.map(OwnVotes.Vote.init)))
        }
        router.get("\(Self.root)/:conversation/next") { request, context in
            let asked = try asked(request, context)
            let secret = try asked.participant()
            let next = try await kept {
                try await conversations.next(for: secret, in: asked.id, of: asked.application)
            }
            return json(
                NextAnswer(
                    statement: next.statement.map { StatementAnswer($0, showsAuthor: false) }, left: next.left))
        }
    }

    // MARK: Who asks

    /// What a request is about, and on whose behalf.
    struct Asked: Sendable {
        let application: String
        let at: Int64
        let id: ConversationID
        /// The moderator's key that was shown; nil without one.
        let moderator: ConversationSecret?
        private let shown: ConversationSecret?

        init(_ asked: (application: String, at: Int64), _ id: ConversationID, _ request: Request) throws(GatewayRefusal)
        {
            application = asked.application
            at = asked.at
            self.id = id
            moderator = try Self.secret(.moderator, request.headers[.trellisModerator])
            shown = try Self.secret(.participant, request.headers[.trellisParticipant])
        }

        var overseer: Overseer { .moderator(moderator) }

        /// The secret of the participant who speaks.
        func participant() throws(GatewayRefusal) -> ConversationSecret {
            if let shown { return shown }
            throw GatewayRefusal(
                status: 403, kind: .permission,
                message:
                    "Say who takes part: send the secret that joining gave (tpt_…) in the header Trellis-Participant.",
                param: "Trellis-Participant")
        }

        private static func secret(
            _ kind: ConversationSecret.Kind, _ text: String?
        ) throws(GatewayRefusal) -> ConversationSecret? {
            guard let text, !text.isEmpty else { return nil }
            if let secret = ConversationSecret(text, kind) { return secret }
            throw ConversationRoutes.refusal(kind == .moderator ? .notAModerator : .notAParticipant)
        }
    }

    func asked(_ request: Request) throws(GatewayRefusal) -> (application: String, at: Int64) {
        let key = try TrellisRoutes.heldKey(request, door.core)
        return (key?.record.application ?? GatewayCore.developmentApplication, Moment.now().wall)
    }

    func asked(_ request: Request, _ context: BasicRequestContext) throws(GatewayRefusal) -> Asked {
        let asked = try asked(request)
        guard let id = ConversationID(PersonDoor.parameter("conversation", context)) else {
            throw Self.refusal(.noSuchConversation)
        }
        return try Asked(asked, id, request)
    }

    private static func statement(_ context: BasicRequestContext) throws(GatewayRefusal) -> Int {
        if let number = Int(PersonDoor.parameter("statement", context)), number >= 0 { return number }
        throw GatewayRefusal(
            status: 404, kind: .notFound, message: "A statement is named by its number, as its list shows it.",
            param: "statement")
    }

    // MARK: What goes wrong

    /// Runs some work on conversations, and turns what goes wrong into words for the client.
    func kept<Value>(_ work: () async throws -> Value) async throws(GatewayRefusal) -> Value {
        do { return try await work() } catch let refusal as GatewayRefusal { throw refusal } catch let error
            as ConversationError
        {
            throw refusal(error)
        } catch {
            throw door.unavailable(error)
        }
    }

    private func refusal(_ error: ConversationError) -> GatewayRefusal {
        switch error {
        case .store(let error): door.unavailable(error)
        case .seal(let error): door.unavailable(error)
        default: Self.refusal(error)
        }
    }

    static func refusal(_ error: ConversationError) -> GatewayRefusal {
        let words = error.description
        switch error {
        case .noSuchConversation: return GatewayRefusal(status: 404, kind: .notFound, message: words)
        case .noSuchStatement:
            return GatewayRefusal(status: 404, kind: .notFound, message: words, param: "statement")
        case .unfit(let field, _):
            return GatewayRefusal(status: 400, kind: .invalidRequest, message: words, param: field)
        case .noImportance:
            return GatewayRefusal(status: 400, kind: .invalidRequest, message: words, param: "importance")
        case .unfitProof(.spent), .usedInvitation, .usedToken, .closed, .closedToStatements, .duplicate, .rejected,
            .waiting, .tooManyStatements:
            return GatewayRefusal(status: 409, kind: .invalidRequest, message: words)
        case .unfitProof: return GatewayRefusal(status: 400, kind: .invalidRequest, message: words, param: "solution")
        case .notOffered, .unknownInvitation, .notAParticipant, .notAModerator:
            return GatewayRefusal(status: 403, kind: .permission, message: words)
        case .seal, .store:
            return GatewayRefusal(
                status: 503, kind: .unavailable,
                message: "Conversations can't be reached now, and nothing was changed. Try again in a moment.",
                retryAfter: 1)
        }
    }
}

extension HTTPField.Name {
    static let trellisParticipant = HTTPField.Name("trellis-participant")!  // a valid token, as RFC 9110 defines one
    static let trellisModerator = HTTPField.Name("trellis-moderator")!  // likewise
}
