import Store

/// All that a conversation holds of one participant: what they said to statements, and what they wrote.
public struct OwnPart: Sendable {
    /// A statement that they wrote.
    public struct Written: Sendable, Hashable {
        /// The statement, wherever it stands with the moderators.
        public let statement: HeldStatement
        /// Why moderators took it out, in their words; nil where they didn't.
        public let reason: String?
    }

    /// Under which number they take part.
    public let participant: ConversationParticipant
    /// Their votes, by statement: the last one on each.
    public let votes: [NewVote]
    /// Their statements, by number.
    public let statements: [Written]
}

extension ConversationStore {
    /// All that the conversation holds of a participant, also where it is closed.
    ///
    /// - Throws: ``ConversationError/notAParticipant``.
    public func part(
        of secret: ConversationSecret, in id: ConversationID, of application: String? = nil
    ) async throws(ConversationError) -> OwnPart {
        try await read { [seal] session in
            let head = try ConversationRows.head(id, of: application, in: session)
            let participant = try ConversationRows.participant(secret, of: head.number, in: session)
            var keys = ParticipantKeys(try ConversationKey(of: head, with: seal, in: session))
            guard let key = try keys.key(of: participant, session) else { throw ConversationError.notAParticipant }
            let votes = try VoteRows.standing(of: key, in: head.number, session).map {
                NewVote(statement: $0.statement, stance: $0.stance, importance: $0.importance)
            }
            let written = try Self.withAuthors(head, seal, session).filter { $0.author == participant }
            let decisions = written.isEmpty ? [:] : try StatementRows.decisions(in: head.number, session)
            return OwnPart(
                participant: ConversationParticipant(number: participant),
                votes: votes.sorted { $0.statement < $1.statement },
                statements: written.map { statement in
                    OwnPart.Written(
                        statement: statement,
                        reason: statement.standing == .rejected ? decisions[statement.number]?.last?.reason : nil)
                })
        }
    }
}
