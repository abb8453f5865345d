import Deliberation
import Hummingbird

extension ConversationRoutes {
    /// What one participant may see of themselves.
    func addOwnPart(to router: Router<BasicRequestContext>) {
        router.get("\(Self.root)/:conversation/participants/me") { request, context in
            let asked = try asked(request, context)
            let secret = try asked.participant()
            return json(
                OwnPartAnswer(
                    try await kept {
                        try await conversations.part(of: secret, in: asked.id, of: asked.application)
                    }))
        }
    }
}

/// All that a conversation holds of one participant, as the API shows it to them.
struct OwnPartAnswer: Encodable {
    struct Written: Encodable {
        let statement: StatementAnswer
        /// Why moderators took it out; missing where they didn't.
        let reason: String?
    }

    let participant: Int64
    let votes: [OwnVotes.Vote]
    let statements: [Written]

    init(_ part: OwnPart) {
        participant = part.participant.number
        votes = part.votes.map(OwnVotes.Vote.init)
        statements = part.statements.map {
            Written(statement: StatementAnswer($0.statement, showsAuthor: false), reason: $0.reason)
        }
    }
}
