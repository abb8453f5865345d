import Store

/// Writes votes down, those that come while a write is going on together in the next one: one transaction for many.
///
/// Under load a vote waits for one write that is going on and for its own, and the more come, the more share it.
actor VoteWriter {
    /// A vote that somebody sends.
    struct Order: Sendable {
        let vote: NewVote
        let secret: ConversationSecret
        let conversation: ConversationID
        let application: String?
        let at: Int64
    }

    typealias Outcome = Result<VoteReceipt, ConversationError>

    private struct Waiting {
        let order: Order
        let reply: CheckedContinuation<Outcome, Never>
    }

    /// At most so many in one transaction, so that other writers get their turn.
    private static let batchLimit = 1_000
    private let store: DataStore
    private let seal: Seal
    private var waiting: [Waiting] = []
    private var isWriting = false

    init(store: DataStore, seal: Seal) { (self.store, self.seal) = (store, seal) }

    func cast(_ order: Order) async throws(ConversationError) -> VoteReceipt {
        let outcome = await withCheckedContinuation { reply in
            waiting.append(Waiting(order: order, reply: reply))
            guard !isWriting else { return }
            isWriting = true
            Task { await write() }
        }
        return try outcome.get()
    }

    private func write() async {
        while !waiting.isEmpty {
            let batch = Array(waiting.prefix(Self.batchLimit))
            waiting.removeFirst(batch.count)
            let orders = batch.map(\.order)
            let seal = seal
            var outcomes: [Outcome]
            do {
                outcomes = try await store.write { session in try Self.take(orders, seal, in: session) }
            } catch {
                let failure = ConversationError(any: error, path: store.path)
                outcomes = orders.map { _ in .failure(failure) }
            }
            for (one, outcome) in zip(batch, outcomes) { one.reply.resume(returning: outcome) }
        }
        isWriting = false
    }

    // MARK: In one transaction

    /// What one batch knows of a conversation.
    private struct Table {
        let head: ConversationRows.Head
        var keys: ParticipantKeys
        var people: [ConversationSecret: Int64] = [:]
        var statements: [Int: HeldStatement.Standing] = [:]
        var votes: [VoteRows.Kept] = []
        /// The last vote of this batch, by participant and statement.
        var last: [Int64: [Int: VoteRows.Kept]] = [:]
        var nextEvent: Int64 { head.lastEvent + Int64(votes.count) + 1 }

        init(_ id: ConversationID, _ seal: Seal, in session: borrowing Session) throws {
            head = try ConversationRows.head(id, of: nil, in: session)
            keys = ParticipantKeys(try ConversationKey(of: head, with: seal, in: session))
        }
    }

    /// - Throws: what concerns all of them. What is wrong with one vote is its own outcome.
    private static func take(
        _ orders: [Order], _ seal: Seal, in session: borrowing Session
    ) throws -> [Outcome] {
        var tables: [ConversationID: Table] = [:]
        var outcomes: [Outcome] = []
        for order in orders {
            do {
                var table =
                    try tables.removeValue(forKey: order.conversation)
                    ?? Table(order.conversation, seal, in: session)
                defer { tables[order.conversation] = table }
                outcomes.append(.success(try take(order, &table, in: session)))
            } catch let error as ConversationError {
                outcomes.append(.failure(error))
            }
        }
        for var table in tables.values where !table.votes.isEmpty {
            try VoteRows.add(table.votes, from: table.head.lastEvent + 1, &table.keys, in: session)
        }
        return outcomes
    }

    private static func take(
        _ order: Order, _ table: inout Table, in session: borrowing Session
    ) throws -> VoteReceipt {
        let (conversation, vote) = (table.head.number, order.vote)
        if let application = order.application, application != table.head.application {
            throw ConversationError.noSuchConversation
        }
        guard table.head.isOpen else { throw ConversationError.closed }
        guard vote.importance == nil || table.head.terms.takesImportance else { throw ConversationError.noImportance }
        let participant: Int64
        if let known = table.people[order.secret] {
            participant = known
        } else {
            participant = try ConversationRows.participant(order.secret, of: conversation, in: session)
            table.people[order.secret] = participant
        }
        let standing: HeldStatement.Standing
        if let known = table.statements[vote.statement] {
            standing = known
        } else {
            standing = try StatementRows.statement(vote.statement, of: conversation, in: session).standing
            table.statements[vote.statement] = standing
        }
        switch standing {
        case .rejected: throw ConversationError.rejected(vote.statement)
        case .waiting where table.head.terms.isStrict: throw ConversationError.waiting(vote.statement)
        case .waiting, .accepted: break
        }
        guard let key = try table.keys.key(of: participant, session) else { throw ConversationError.notAParticipant }
        let before =
            try table.last[participant]?[vote.statement]
            ?? VoteRows.standing(of: key, on: vote.statement, in: conversation, session)
        if let before, before.stance == vote.stance, before.importance == vote.importance {
            return VoteReceipt(event: nil, previous: before.stance)
        }
        let kept = VoteRows.Kept(
            participant: participant, statement: vote.statement, stance: vote.stance, importance: vote.importance,
            at: order.at)
        let event = table.nextEvent
        table.votes.append(kept)
        table.last[participant, default: [:]][vote.statement] = kept
        return VoteReceipt(event: event, previous: before?.stance)
    }
}
