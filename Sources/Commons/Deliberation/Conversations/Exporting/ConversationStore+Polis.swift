import Store

extension ConversationStore {
    /// The conversation in Polis's files, by the numbers of participants and statements that it has here.
    public func export(
        _ id: ConversationID, of application: String? = nil, by overseer: Overseer
    ) async throws(ConversationError) -> PolisExport {
        try await read { [seal] session in
            let head = try ConversationRows.head(id, of: application, in: session)
            _ = try overseer.name(in: head.number, session)
            var keys = ParticipantKeys(try ConversationKey(of: head, with: seal, in: session))
            return PolisExport(
                terms: head.terms, statements: try Self.withAuthors(head, seal, session),
                participants: try ParticipantRows.numbers(in: head.number, session),
                votes: try VoteRows.standing(&keys, session))
        }
    }

    /// Keeps a conversation that was held elsewhere. It is closed, and nobody can join, until its moderator changes that.
    ///
    /// Statements and participants keep their numbers, decisions stand as the moderators' of then. Who wrote what and when
    /// isn't read from the files.
    public func bringIn(
        _ conversation: PolisConversation, by application: String, at moment: Int64
    ) async throws(ConversationError) -> OpenedConversation {
        let opened = OpenedConversation(id: .make(), moderator: .make(.moderator))
        let votes = conversation.votes.votes.map { vote in
            VoteRows.Kept(
                participant: Int64(conversation.participants[vote.participant]),
                statement: conversation.statements[vote.statement].id, stance: vote.stance,
                importance: vote.importance, at: moment)
        }
        let terms = ConversationTerms(
            kept: conversation.topic, about: conversation.description, language: "und", ways: [],
            takesImportance: votes.contains { $0.importance != nil }, isStrict: false, proofBits: 18)
        try await write { [seal] session in
            let number = try ConversationRows.open(
                terms, id: opened.id, application: application, isOpen: false,
                linkKey: try ConversationKey.make(for: opened.id, with: seal, in: session), at: moment, in: session)
            try ConversationRows.addModerator(
                opened.moderator, named: "moderator", of: number, at: moment, in: session)
            for statement in conversation.statements {
                let standing = HeldStatement.Standing(statement.decision)
                try StatementRows.add(
                    HeldStatement(
                        number: statement.id, words: statement.text, language: terms.language, author: nil,
                        isSeed: false, standing: standing, at: moment),
                    form: StatementLikeness.fingerprint(of: statement.text), vector: nil,
                    model: nil, to: number, in: session)
                guard standing != .waiting else { continue }
                try StatementRows.decide(
                    ModeratorDecision(
                        statement: statement.id, standing: standing, reason: nil, moderator: "imported", at: moment),
                    in: number, session)
            }
            let key = try ConversationKey(of: opened.id, number: number, with: seal, in: session)
            for participant in conversation.participants {
                _ = try ParticipantRows.add(Int64(participant), to: key, in: session)
            }
            guard !votes.isEmpty else { return }
            var keys = ParticipantKeys(key)
            try keys.openAll(session)
            try VoteRows.add(votes, from: 1, &keys, in: session)
        }
        return opened
    }
}
