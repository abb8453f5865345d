import Synchronization

/// What people get to see of the conversations that are held here: landscapes, live or in steps, and signs of manipulation.
///
/// Each process keeps its own: what was shown last, how sure groups are, and the signs that were found.
public final class ConversationViews: Sendable {
    /// At most so many conversations are kept, those that were asked for last.
    private static let limit = 256

    private struct Held {
        let landscape: SeenConversation
        let signs: WatchedConversation
        var turn: Int
    }

    private let conversations: ConversationStore
    private let samples: Int
    private let held = Mutex<(all: [ConversationID: Held], turn: Int)>(([:], 0))

    /// Views of these conversations.
    ///
    /// - Parameter samples: so often people are drawn again to see whether groups are real; below 49 none can be called so.
    public init(_ conversations: ConversationStore, samples: Int = 60) {
        self.conversations = conversations
        self.samples = samples
    }

    private func views(of id: ConversationID) -> Held {
        held.withLock { held in
            held.turn += 1
            var views =
                held.all[id]
                ?? Held(
                    landscape: SeenConversation(id, in: conversations, samples: samples),
                    signs: WatchedConversation(id, in: conversations), turn: 0)
            views.turn = held.turn
            held.all[id] = views
            if held.all.count > Self.limit, let oldest = held.all.min(by: { $0.value.turn < $1.value.turn }) {
                held.all[oldest.key] = nil
            }
            return views
        }
    }

    /// The landscape of a conversation: for whoever looks after it with every vote that is kept by now, for everybody else as
    /// it was when it was last shown, until five people or more have voted, changed a vote or left since.
    ///
    /// - Parameters:
    ///   - overseer: who looks after the conversation; nil for anybody else.
    ///   - limit: So many statements in each list, up to 1,000.
    ///   - isWhole: reckon anew rather than take up the last votes, where something new may be shown.
    ///   - moment: Now, in milliseconds since 1970.
    /// - Throws: ``ConversationError/notAModerator`` where the one who is named isn't.
    public func landscape(
        of id: ConversationID, of application: String? = nil, for overseer: Overseer?, limit: Int = 10,
        isWhole: Bool = false, at moment: Int64
    ) async throws(ConversationError) -> SeenLandscape {
        let limit = min(max(limit, 1), SeenConversation.limit)
        // First of all whether there is one: nothing is kept of those that aren't there.
        let withdrawn = try await conversations.mark(of: id, of: application, by: overseer).withdrawn
        let views = views(of: id)
        guard overseer != nil else {
            return try await views.landscape.inSteps(
                for: application, limit: limit, isWhole: isWhole, withdrawn: withdrawn, at: moment)
        }
        return try await views.landscape.live(
            for: application, limit: limit, isWhole: isWhole, withdrawn: withdrawn, at: moment)
    }

    /// Signs of manipulation, for whoever looks after the conversation: those of its votes as they are, or as they were when
    /// somebody asked whose signs are still being looked for.
    ///
    /// - Complexity: seconds to minutes the first time after a vote; see ``SignalFindings``.
    public func signals(
        of id: ConversationID, of application: String? = nil, by overseer: Overseer
    ) async throws(ConversationError) -> SeenSignals {
        let mark = try await conversations.mark(of: id, of: application, by: overseer)
        return try await views(of: id).signs.signals(since: mark, of: application, by: overseer)
    }

    /// Waits until no groups are being examined.
    func examined(_ id: ConversationID) async {
        await views(of: id).landscape.examining?.value
    }
}
