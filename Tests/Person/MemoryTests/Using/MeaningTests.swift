import Consents
import Foundation
import Store
import Synchronization
import Testing

@testable import Memory
@testable import Models

/// Knows two matters: games and food. Slow or down when it is told to be.
private final class MatterEmbedder: Models.Embedder {
    enum State { case well, slow, down }
    let state = Mutex(State.well)
    let asked = Mutex(0)

    func embed(_ texts: [String]) async throws -> [[Float]] {
        asked.withLock { $0 += 1 }
        switch state.withLock({ $0 }) {
        case .well: break
        case .slow: try await Task.sleep(for: .seconds(600))
        case .down: throw ChatRefusal(status: 503, message: "no")
        }
        return texts.map { text in
            ["chess", "board game", "peanut", "lunch"].enumerated().reduce(into: [0.1, 0.1, 0.1] as [Float]) {
                if text.contains($1.element) { $0[$1.offset / 2] += 2 }
            }
        }
    }
}

@Suite("Recall by meaning, before a reply")
struct MeaningTests {
    let place: Place
    let recollecting: Recollecting
    private let embedder = MatterEmbedder()
    private let vectors: VectorMaker

    init() throws {
        place = try Place()
        vectors = VectorMaker(embedder, name: "matters", logger: .silent)
        let queue = HeardQueue(
            memories: place.memories, journal: try Journal(directory: place.folder("heard")), vectors: vectors,
            logger: .silent, clock: { now + 50 })
        var bounds = Recollecting.Bounds()
        bounds.embedding = .milliseconds(20)
        recollecting = Recollecting(memories: place.memories, queue: queue, vectors: vectors, bounds: bounds)
    }

    private func turn(_ words: String) -> TurnForMemory {
        TurnForMemory(by: ada, words, before: [], conversation: "talk", turn: 4, at: now + 100)
    }

    private func embedded() async throws {
        try await place.grants.grant(.useInReplies, Set(MemoryItem.Kind.allCases), by: ada, at: now, through: .api)
        try await place.say(["plays chess on Fridays", "allergic to peanuts"])
        _ = await recollecting.recollection(turn("Hello"))
        try await vectors.make(of: place.memories.memory(of: ada), grants: place.grants) { now + 100 }
        _ = try await place.memories.memory(of: ada).recall(
            RecallQuery(words: "chess", at: now + 100),
            under: try #require(place.grants.permit(.useInReplies, for: ada, at: now + 100)))
        embedder.asked.withLock { $0 = 0 }
    }

    @Test("what the words don't hold is found by meaning, which is worth a short wait")
    func meaning() async throws {
        try await embedded()
        #expect(recollecting.atOnce(turn("Any board game ideas?")) == nil, "its vector has to be waited for")
        let told = await recollecting.recollection(turn("Any board game ideas?"))
        #expect(told.used.map(\.item.words) == ["plays chess on Fridays"] && told.missing.isEmpty)
        #expect(told.used.first?.recalled.reasons.contains(.meaning) == true)
    }

    @Test("a message that an item answers in the same words doesn't wait for the embedder")
    func sure() async throws {
        try await embedded()
        let told = try #require(recollecting.atOnce(turn("Who plays chess on Fridays?")))
        #expect(told.used.first?.item.words == "plays chess on Fridays" && told.missing.isEmpty)
        #expect(embedder.asked.withLock { $0 } == 0)
    }

    @Test("where nothing is embedded yet there is nothing to wait for, and what lacks vectors gets them")
    func nothingEmbedded() async throws {
        try await place.grants.grant(.useInReplies, Set(MemoryItem.Kind.allCases), by: ada, at: now, through: .api)
        try await place.say(["plays chess on Fridays"])
        let first = await recollecting.recollection(turn("Tell me about chess and other games."))
        #expect(first.used.count == 1 && first.missing.isEmpty)
        #expect(embedder.asked.withLock { $0 } == 0)
        #expect(recollecting.atOnce(turn("Tell me about chess and other games."))?.used.count == 1)
        #expect(await recollecting.queue.round())
        #expect(recollecting.atOnce(turn("Any board game ideas?")) == nil)
    }

    @Test("an embedder that is down or slow is said to be missing in the receipt, and soon isn't waited for")
    func missing() async throws {
        try await embedded()
        embedder.state.withLock { $0 = .down }
        let down = await recollecting.recollection(turn("Is there chess, or another board game?"))
        #expect(down.used.map(\.item.words) == ["plays chess on Fridays"])
        #expect(down.missing.count == 1 && down.missing[0].contains("could not be asked"))
        embedder.state.withLock { $0 = .slow }
        for _ in 1..<VectorMaker.mostMisses {
            let slow = await recollecting.recollection(turn("Is there chess, or another board game?"))
            #expect(slow.used.count == 1 && slow.missing.first?.contains("took longer than") == true)
        }
        let atOnce = try #require(recollecting.atOnce(turn("Is there chess, or another board game?")))
        #expect(atOnce.used.count == 1 && atOnce.missing.first?.contains("a moment ago") == true)
    }
}
