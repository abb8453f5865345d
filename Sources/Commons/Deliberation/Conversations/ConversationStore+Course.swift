import Store

/// Every vote of a conversation with the moment at which it was cast, for looking whether it was steered. It is shown to
/// nobody as it is, and exported nowhere.
struct ConversationCourse: Sendable {
    /// Which state of the conversation it is.
    let mark: ConversationMark
    let statements: [HeldStatement]
    let moderation: StatementModeration
    /// The numbers of those who voted, by row.
    let participants: [Int64]
    let votes: VoteMatrix
    /// In the order in which they were kept.
    let history: [TimedVote]
}

/// What a state of a conversation is told apart by.
struct ConversationMark: Sendable, Hashable {
    let event: Int64
    let revision: Int64
    let withdrawn: Int64
}

extension ConversationStore {
    /// Which state a conversation is in, for somebody or for whoever looks after it.
    func mark(
        of id: ConversationID, of application: String?, by overseer: Overseer?
    ) async throws(ConversationError) -> ConversationMark {
        try await read { session in
            let head = try ConversationRows.head(id, of: application, in: session)
            _ = try overseer?.name(in: head.number, session)
            return ConversationMark(event: head.lastEvent, revision: head.revision, withdrawn: head.withdrawn)
        }
    }

    /// How a conversation went.
    func course(
        of id: ConversationID, of application: String?, by overseer: Overseer
    ) async throws(ConversationError) -> ConversationCourse {
        let (head, statements, events) = try await read { [seal] session in
            let head = try ConversationRows.head(id, of: application, in: session)
            _ = try overseer.name(in: head.number, session)
            var keys = ParticipantKeys(try ConversationKey(of: head, with: seal, in: session))
            return (
                head, try StatementRows.all(of: head.number, in: session),
                try VoteRows.events(after: 0, &keys, session)
            )
        }
        let columns = Dictionary(
            statements.enumerated().map { ($1.number, $0) }, uniquingKeysWith: { first, _ in first })
        var rows: [Int64: Int] = [:]
        let history = events.compactMap { event -> TimedVote? in
            guard let column = columns[event.statement] else { return nil }
            let row = rows[event.participant, default: rows.count]
            rows[event.participant] = row
            return TimedVote(
                vote: CastVote(
                    participant: row, statement: column, stance: event.stance, importance: event.importance),
                time: Int(event.at))
        }
        let votes: VoteMatrix
        do throws(VoteMatrixError) {
            votes = try VoteMatrix(
                history.map(\.vote), participantCount: rows.count, statementCount: statements.count)
        } catch {
            throw .unfit("votes", "\(error)")
        }
        let rejected = statements.indices.filter { !statements[$0].isShown(strictly: head.terms.isStrict) }
        return ConversationCourse(
            mark: ConversationMark(event: head.lastEvent, revision: head.revision, withdrawn: head.withdrawn),
            statements: statements, moderation: StatementModeration(rejected: Set(rejected)),
            participants: rows.sorted { $0.value < $1.value }.map(\.key), votes: votes, history: history)
    }

    /// A conversation that was exported from here, with the moments at which its votes were cast, which exports don't have.
    ///
    /// For signs of manipulation alone: with them a vote can be laid to whoever was seen casting it.
    public func timed(
        _ conversation: PolisConversation, as id: ConversationID, by overseer: Overseer
    ) async throws(ConversationError) -> PolisConversation {
        let course = try await course(of: id, of: nil, by: overseer)
        let rows = Dictionary(
            conversation.participants.enumerated().map { (Int64($1), $0) }, uniquingKeysWith: { first, _ in first })
        let columns = Dictionary(
            conversation.statements.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        return conversation.timed(
            course.history.compactMap { timed in
                guard let row = rows[course.participants[timed.vote.participant]],
                    let column = columns[course.statements[timed.vote.statement].number]
                else { return nil }
                return TimedVote(
                    vote: CastVote(
                        participant: row, statement: column, stance: timed.vote.stance,
                        importance: timed.vote.importance), time: timed.time)
            })
    }
}
