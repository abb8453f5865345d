import Models
import Store

extension ConversationStore {
    /// The most statements that one person may write in a conversation.
    public static let statementsEach = 50
    /// So many near statements are pointed out at most.
    static let nearLimit = 5
    /// So many statements that have no vector yet are embedded along with a new one.
    static let catchUpLimit = 32

    /// Keeps a statement that a participant wrote, and finds others that say nearly the same.
    ///
    /// Under strict moderation it waits until somebody accepts it; otherwise it is shown until somebody rejects it.
    ///
    /// - Throws: ``ConversationError/duplicate(of:)`` where the same words are there already.
    public func write(
        _ text: StatementText, language: String? = nil, by secret: ConversationSecret, in id: ConversationID,
        of application: String? = nil, at moment: Int64
    ) async throws(ConversationError) -> WrittenStatement {
        let language = try language.map { tag throws(ConversationError) in try ConversationTerms.language(tag) }
        let words = StatementLikeness.form(of: text.words)
        let form = StatementLikeness.fingerprint(of: text.words)
        let limit = Self.statementsEach
        let model = embedderName
        // First what costs nothing to refuse; whoever is refused has no model work for them.
        let others = try await read { session in
            let head = try ConversationRows.head(id, of: application, in: session)
            guard head.isOpen else { throw ConversationError.closed }
            _ = try ConversationRows.participant(secret, of: head.number, in: session)
            try Self.refuseTwin(of: form, in: head, session)
            return try StatementRows.compared(in: head.number, model: model, session)
        }
        let meaning = await vectors(of: text.words, beside: others)
        let near = Self.near(words, meaning, others)
        return try await write { [seal] session in
            let head = try ConversationRows.head(id, of: application, in: session)
            guard head.isOpen else { throw ConversationError.closed }
            let author = try ConversationRows.participant(secret, of: head.number, in: session)
            let own = try ConversationKey(of: head, with: seal, in: session)
            var keys = ParticipantKeys(own)
            guard let key = try keys.key(of: author, session) else { throw ConversationError.notAParticipant }
            // Asked again: another process may have taken the same words a moment ago.
            try Self.refuseTwin(of: form, in: head, session)
            guard try ParticipantRows.statementCount(by: author, in: head.number, session) < limit else {
                throw ConversationError.tooManyStatements(limit: limit)
            }
            let statement = HeldStatement(
                number: try StatementRows.nextNumber(in: head.number, session), words: text.words,
                language: language ?? head.terms.language, author: author, isSeed: false, standing: .waiting, at: moment
            )
            try StatementRows.add(
                statement, form: form, vector: meaning?.own, model: model, to: head.number, in: session)
            try ParticipantRows.add(authorOf: statement.number, key, to: own, in: session)
            try StatementRows.keep(near, of: statement.number, in: head.number, session)
            for (number, vector) in meaning?.others ?? [:] {
                if let model {
                    try StatementRows.keep(vector, by: model, of: number, in: head.number, session)
                }
            }
            try ConversationRows.raiseRevision(head.number, in: session)
            return WrittenStatement(statement: statement, near: near)
        }
    }

    /// The same words again: whoever sends them is told what became of those that were first.
    private static func refuseTwin(
        of form: [UInt8], in head: ConversationRows.Head, _ session: borrowing Session
    ) throws {
        guard let twin = try StatementRows.twin(of: form, in: head.number, session) else { return }
        let standing = try StatementRows.statement(twin, of: head.number, in: session).standing
        switch standing {
        case .rejected: throw ConversationError.rejected(twin)
        case .waiting where head.terms.isStrict: throw ConversationError.waiting(twin)
        case .waiting, .accepted: throw ConversationError.duplicate(of: twin)
        }
    }

    /// The vector of a new statement, and of some that have none yet; nil where there is no model, or it fails.
    private func vectors(
        of words: String, beside others: [StatementRows.Compared]
    ) async -> (own: [Float], others: [Int: [Float]])? {
        guard let embedder else { return nil }
        let missing = others.filter { $0.vector == nil }.suffix(Self.catchUpLimit)
        guard let found = try? await embedder.embed([words] + missing.map(\.words)),
            found.count == missing.count + 1, found.allSatisfy({ $0.count == found[0].count && !$0.isEmpty })
        else { return nil }
        return (
            found[0], Dictionary(zip(missing.map(\.number), found.dropFirst()), uniquingKeysWith: { first, _ in first })
        )
    }

    /// Others that say nearly the same: by meaning where both have a vector, by letters in any case.
    static func near(
        _ form: String, _ meaning: (own: [Float], others: [Int: [Float]])?, _ others: [StatementRows.Compared]
    ) -> [NearStatement] {
        let letters = StatementLikeness.Letters(form)
        let found = others.compactMap { other -> NearStatement? in
            if let own = meaning?.own, let vector = other.vector ?? meaning?.others[other.number] {
                let likeness = StatementLikeness.likeness(own, vector)
                if likeness >= StatementLikeness.byMeaning {
                    return NearStatement(statement: other.number, likeness: likeness, means: .meaning)
                }
            }
            let likeness = letters.likeness(to: .init(StatementLikeness.form(of: other.words)))
            return likeness >= StatementLikeness.byLetters
                ? NearStatement(statement: other.number, likeness: likeness, means: .letters) : nil
        }
        return Array(found.sorted { ($1.likeness, $0.statement) < ($0.likeness, $1.statement) }.prefix(nearLimit))
    }

    /// The statements that people see, by their numbers; for those who look after the conversation, all of them.
    public func statements(
        of id: ConversationID, of application: String? = nil, for overseer: Overseer? = nil
    ) async throws(ConversationError) -> [HeldStatement] {
        try await read { [seal] session in
            let head = try ConversationRows.head(id, of: application, in: session)
            guard let overseer else {
                return try StatementRows.all(of: head.number, in: session).filter {
                    $0.isShown(strictly: head.terms.isStrict)
                }
            }
            _ = try overseer.name(in: head.number, session)
            return try Self.withAuthors(head, seal, session)
        }
    }

    /// All statements with who wrote them.
    static func withAuthors(
        _ head: ConversationRows.Head, _ seal: Seal, _ session: borrowing Session
    ) throws -> [HeldStatement] {
        var keys = ParticipantKeys(try ConversationKey(of: head, with: seal, in: session))
        return try StatementRows.all(
            of: head.number, authors: try ParticipantRows.authors(&keys, session), in: session)
    }

    /// What waits for a decision, the earliest first; or all that stands as `standing`, with what was decided and what
    /// says nearly the same.
    public func queue(
        of id: ConversationID, of application: String? = nil, by overseer: Overseer,
        standing: HeldStatement.Standing = .waiting
    ) async throws(ConversationError) -> [QueuedStatement] {
        try await read { [seal] session in
            let head = try ConversationRows.head(id, of: application, in: session)
            _ = try overseer.name(in: head.number, session)
            let near = try StatementRows.near(in: head.number, session)
            let decisions = try StatementRows.decisions(in: head.number, session)
            return try Self.withAuthors(head, seal, session).filter { $0.standing == standing }.map {
                QueuedStatement(
                    statement: $0, near: near[$0.number] ?? [], decisions: decisions[$0.number] ?? [])
            }
        }
    }

    /// Decides about a statement. Each decision is kept, with who made it and why; the last one holds, and what was
    /// reckoned from the votes is reckoned anew.
    ///
    /// - Throws: ``ConversationError/unfit(_:_:)`` for a rejection without a reason.
    @discardableResult
    public func decide(
        _ standing: HeldStatement.Standing, about statement: Int, in id: ConversationID, of application: String? = nil,
        because reason: String? = nil, by overseer: Overseer, at moment: Int64
    ) async throws(ConversationError) -> ModeratorDecision {
        let reason = reason.map(PublicText.closingDirections)
        if let reason, reason.utf8.count > ModeratorDecision.reasonLimit || !PublicText.isShowable(reason) {
            throw .unfit(
                "reason",
                "A reason has at most \(ModeratorDecision.reasonLimit) bytes, something to read, and no control characters."
            )
        }
        guard standing != .rejected || reason != nil else {
            throw .unfit("reason", "Whoever rejects a statement says why: people may ask. Send a reason.")
        }
        return try await write { session in
            let head = try ConversationRows.head(id, of: application, in: session)
            let name = try overseer.name(in: head.number, session)
            _ = try StatementRows.statement(statement, of: head.number, in: session)
            let decision = ModeratorDecision(
                statement: statement, standing: standing, reason: reason, moderator: name, at: moment)
            try StatementRows.decide(decision, in: head.number, session)
            try ConversationRows.raiseRevision(head.number, in: session)
            return decision
        }
    }
}
