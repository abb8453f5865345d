import Consents
import Foundation
import Models

/// Finds what a reply may be told of its person's memory, and does what the person asks of it in plain words, before the
/// model is asked: so the model can say truly what was done.
///
/// Nothing is read without a live grant to use it in replies; nothing is kept without one to remember; what the person
/// asks to be forgotten needs none.
public struct Recollecting: Sendable {
    /// People's memories.
    public let memories: MemoryStore
    /// What is read after the reply.
    public let queue: HeardQueue
    let vectors: VectorMaker?
    let bounds: Bounds

    /// How much may come, and how long it may take.
    public struct Bounds: Sendable, Hashable {
        /// About how many tokens remembered items may take in front of a message.
        public var tokens = 400
        /// How many items may come.
        public var items = 8
        /// How well an item must fit beside the best one, as a share of its ``Recalled/score``. The score itself is no
        /// measure here: in a memory of three things nothing is rare.
        public var leastShare = 0.05
        /// How long embedding a message may take; then its words alone are compared.
        public var embedding = Duration.milliseconds(30)

        /// The usual bounds.
        public init() {}

        /// Those of what was found that fit well enough to be brought up.
        public func fitting(_ found: [RecalledItem]) -> [RecalledItem] {
            let best = found.map(\.recalled.score).max() ?? 0
            return found.filter { item in
                let reasons = Set(item.recalled.reasons)
                // A day of the week in common is no reason to bring something up.
                return reasons.contains(.conflict)
                    || item.recalled.score >= leastShare * best && !reasons.isSubset(of: [.time, .speaker])
            }
        }
    }

    /// How many items a memory may have to be asked without leaving the caller's thread: about a tenth of a millisecond.
    static let mostAtOnce = 1_000
    /// How many items are listed when the person asks what is remembered.
    static let mostShown = 30
    /// So much of a message is compared with what is remembered: its end.
    static let comparedCharacters = 1_000

    /// A way to people's memories.
    ///
    /// - Parameter vectors: What embeds messages; nil where recall goes by words alone.
    public init(memories: MemoryStore, queue: HeardQueue, vectors: VectorMaker? = nil, bounds: Bounds = Bounds()) {
        self.memories = memories
        self.queue = queue
        self.vectors = vectors
        self.bounds = bounds
    }

    // MARK: At once

    /// What is told of a turn when nothing has to be waited for; nil when something has: a memory that isn't open, an
    /// embedder that could find more than the words did, or something that the person asks to be done first.
    public func atOnce(_ turn: TurnForMemory) -> Recollection? {
        let statements = PlainStatement.all(in: turn.message)
        // What is asked is held against what is remembered already.
        guard statements.isEmpty else { return nil }
        let use = memories.grants.permit(.useInReplies, for: turn.person, at: turn.at)
        let remember = memories.grants.permit(.remember, for: turn.person, at: turn.at)
        var told = Telling()
        if remember != nil, let conversation = turn.conversation {
            // A receipt must not say that something was read for a memory which the person paused.
            let memory = memories.memory(of: turn.person)
            guard let isPaused = try? memory.isPausedAtOnce(conversation) else { return nil }
            told.isPaused = isPaused
        }
        if let use {
            guard let found = try? recalledAtOnce(turn, under: use) else { return nil }
            told.take(found)
        }
        return told.recollection(of: turn, remember)
    }

    /// What was found of a memory, and what was missing when it was looked for.
    struct Found: Sendable {
        var items: [RecalledItem]
        var missing: String?
    }

    private func recalledAtOnce(_ turn: TurnForMemory, under permit: MemoryPermit) throws -> Found? {
        let memory = memories.memory(of: turn.person)
        guard let found = try memory.recallAtOnce(query(turn, nil), under: permit, upTo: Self.mostAtOnce) else {
            return nil
        }
        return sufficient(found, for: turn)
    }

    /// What was found by words, where it will do: no embedder is there, meaning can add nothing, or the embedder is slow.
    private func sufficient(_ found: FoundByWords, for turn: TurnForMemory) -> Found? {
        guard let vectors else { return Found(items: bounds.fitting(found.items)) }
        if found.lacksVectors { queue.wantsVectors(turn.person) }
        if found.suffices { return Found(items: bounds.fitting(found.items)) }
        return vectors.resting.map { Found(items: bounds.fitting(found.items), missing: $0) }
    }

    // MARK: In its time

    /// What is told of a turn.
    public func recollection(_ turn: TurnForMemory) async -> Recollection {
        let statements = PlainStatement.all(in: turn.message)
        let remember = memories.grants.permit(.remember, for: turn.person, at: turn.at)
        var told = Telling()
        do throws(MemoryError) {
            if remember != nil, let conversation = turn.conversation {
                told.isPaused = try await memories.memory(of: turn.person).isPaused(conversation)
            }
            if !statements.isEmpty { try await act(turn, remember, &told) }
            if let use = memories.grants.permit(.useInReplies, for: turn.person, at: turn.at), told.items.isEmpty {
                told.take(try await recalled(turn, under: use))
            }
        } catch {
            told.missing.append("What this person wants remembered could not be reached: \(error)")
        }
        told.note(statements, remember)
        return told.recollection(of: turn, remember)
    }

    func recalled(
        _ turn: TurnForMemory, under permit: MemoryPermit
    ) async throws(MemoryError) -> Found {
        let memory = memories.memory(of: turn.person)
        let byWords = try await memory.recallByWords(query(turn, nil), under: permit)
        if let found = sufficient(byWords, for: turn) { return found }
        guard let vectors else { return Found(items: bounds.fitting(byWords.items)) }
        let text = String(turn.message.suffix(Self.comparedCharacters))
        let question = await vectors.question(text, within: bounds.embedding)
        queue.wantsVectors(turn.person)
        guard let vector = question.vector else {
            return Found(items: bounds.fitting(byWords.items), missing: question.missing)
        }
        return Found(items: bounds.fitting(try await memory.recall(query(turn, vector), under: permit)))
    }

    private func query(_ turn: TurnForMemory, _ vector: [Float]?) -> RecallQuery {
        RecallQuery(
            words: String(turn.message.suffix(Self.comparedCharacters)), vector: vector, at: turn.at,
            purpose: turn.purposes.isEmpty
                ? nil : turn.purposes.joined(separator: " ").replacing("-", with: " "),
            tokenBudget: bounds.tokens, limit: bounds.items, conversation: turn.conversation)
    }
}

extension PlainStatement.Act {
    var isRemember: Bool { kind != nil }

    var kind: MemoryItem.Kind? {
        if case .remember(let kind) = self { kind } else { nil }
    }
}
