import Store
import Synchronization

/// The conversations that are in memory, the most recently asked for.
final class LivingConversations: Sendable {
    /// At most so many.
    private static let limit = 32

    private struct Held {
        var live: LiveConversation
        var turn: Int
    }

    private let store: DataStore
    private let seal: Seal
    /// How many votes counted in conversations that somebody asked for, and when that was.
    private let counts = Mutex<[ConversationID: VoteCount]>([:])
    private let held = Mutex<(all: [ConversationID: Held], turn: Int)>(([:], 0))

    init(store: DataStore, seal: Seal) { (self.store, self.seal) = (store, seal) }

    func conversation(_ id: ConversationID) throws(ConversationError) -> LiveConversation {
        let fresh = try LiveConversation(id: id, store: store, seal: seal)
        return held.withLock { held in
            held.turn += 1
            let live = held.all[id]?.live ?? fresh
            held.all[id] = Held(live: live, turn: held.turn)
            if held.all.count > Self.limit, let oldest = held.all.min(by: { $0.value.turn < $1.value.turn }) {
                held.all[oldest.key] = nil
            }
            return live
        }
    }

    /// A conversation was deleted.
    func forget(_ id: ConversationID) {
        held.withLock { $0.all[id] = nil }
        counts.withLock { $0[id] = nil }
    }

    /// How many votes count in a conversation. One that was counted is opened again only when something changed.
    ///
    /// - Parameter keeping: whether the conversation is kept in memory for the next question.
    func voteCount(of conversation: HeldConversation, keeping: Bool) async throws(ConversationError) -> Int {
        let id = conversation.id
        if let known = counts.withLock({ $0[id] }), known.event == conversation.lastEvent,
            known.revision == conversation.revision
        {
            return known.votes
        }
        let isInMemory = held.withLock { $0.all[id] != nil }
        let count =
            keeping || isInMemory
            ? try await self.conversation(id).voteCount(for: conversation.application) : try await opened(conversation)
        counts.withLock { $0[id] = count }
        return count.votes
    }

    private func opened(_ conversation: HeldConversation) async throws(ConversationError) -> VoteCount {
        do {
            return try await store.read { [seal] session in
                let head = try ConversationRows.head(conversation.id, of: nil, in: session)
                var keys = ParticipantKeys(try ConversationKey(of: head, with: seal, in: session))
                let shown = Set(
                    try StatementRows.all(of: head.number, in: session).filter {
                        $0.isShown(strictly: head.terms.isStrict)
                    }.map(\.number))
                let votes = try VoteRows.standing(&keys, session).count { shown.contains($0.statement) }
                return VoteCount(event: head.lastEvent, revision: head.revision, votes: votes)
            }
        } catch {
            throw ConversationError(any: error, path: store.path)
        }
    }

    /// Somebody voted: what is in memory takes it up soon, and not once for each of many votes.
    func heard(_ id: ConversationID) {
        guard let live = held.withLock({ $0.all[id]?.live }) else { return }
        let isFirst = live.isDue.withLock { isDue in
            defer { isDue = true }
            return !isDue
        }
        guard isFirst else { return }
        Task {
            live.isDue.withLock { $0 = false }
            // Whoever reads next looks again, and hears what is wrong.
            try? await live.refresh(for: nil)
        }
    }
}

/// How many votes counted when a conversation stood at some vote and revision.
struct VoteCount: Sendable {
    let event: Int64
    let revision: Int64
    let votes: Int
}

extension ConversationStore {
    /// The landscape with every vote that was kept when this was called.
    ///
    /// - Parameter isWhole: reckon anew, which takes seconds in a large conversation, rather than give a landscape in which
    ///   the last votes were only taken up.
    public func landscape(
        of id: ConversationID, of application: String? = nil, isWhole: Bool = false
    ) async throws(ConversationError) -> LandscapeReading {
        try await living.conversation(id).reading(for: application, isWhole: isWhole)
    }

    /// The statement from a participant's vote on which most is learned; the same until they vote again.
    public func next(
        for secret: ConversationSecret, in id: ConversationID, of application: String? = nil
    ) async throws(ConversationError) -> NextStatement {
        let participant = try await read { session in
            let head = try ConversationRows.head(id, of: application, in: session)
            return try ConversationRows.participant(secret, of: head.number, in: session)
        }
        return try await living.conversation(id).next(for: participant, of: application)
    }
}
