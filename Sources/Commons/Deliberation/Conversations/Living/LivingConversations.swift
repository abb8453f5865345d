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
    private let held = Mutex<(all: [ConversationID: Held], turn: Int)>(([:], 0))

    init(store: DataStore) { self.store = store }

    func conversation(_ id: ConversationID) throws(ConversationError) -> LiveConversation {
        let fresh = try LiveConversation(id: id, store: store)
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
