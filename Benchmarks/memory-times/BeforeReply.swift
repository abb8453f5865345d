import Consents
import Foundation
import Memory
import Models
import Store

/// What memory adds to a message's way before the model is asked: the work of the room, without HTTP around it.
extension MemoryBench {
    /// Medians with memory off for the person, on and warm, and with an embedder that answers at once or is slow.
    func beforeReply() async throws {
        let nobody = person("nobody")
        try await row(items: 0, of: nobody, nil, "memory on, nothing granted")
        for count in [20, 200, 1_000] {
            let person = person("reply\(count)")
            try await fill(person, count)
            let off = try await row(items: count, of: person, nil, "granted, \(count) items, warm")
            guard count == 200 else { continue }
            row("… target: grows by under 0.1 ms", off < 100 ? "met" : "missed by \(Self.text(off - 100)) µs")
            try await row(items: count, of: person, FixedEmbedder(), "\(count) items, an embedder that answers at once")
            try await row(items: count, of: person, SlowEmbedder(), "\(count) items, an embedder that never answers")
        }
    }

    private func fill(_ person: PersonKey, _ count: Int) async throws {
        for use in [MemoryPurpose.useInReplies, .remember] {
            try await grants.grant(use, Set(MemoryItem.Kind.allCases), by: person, at: Self.now, through: .commandLine)
        }
        var words = GeneratedWords(seed: UInt64(count))
        let memory = memories.memory(of: person)
        let kept = try await memory.own.state((0..<count).map { _ in .add(words.draft()) }, at: Self.now)
        guard let permit = grants.permit(.useInReplies, for: person, at: Self.now + 1),
            let embedder = Embedder(name: "bench", dimension: Self.dimension)
        else { throw BenchFailure(words: "the grant is gone") }
        let vectors = kept.map { ($0.item.id, words.vector(Self.dimension)) }
        try await memory.keep(vectors: vectors, of: embedder, under: permit, at: Self.now + 1)
        try await memory.prepare(under: permit, at: Self.now + 1)
    }

    /// Prints the median over 2,000 messages, in microseconds, and returns it.
    @discardableResult
    private func row(
        items: Int, of person: PersonKey, _ embedder: (any Models.Embedder)?, _ what: String
    ) async throws -> Double {
        let vectors = embedder.map { VectorMaker($0, name: "bench", logger: Self.silent) }
        let queue = HeardQueue(
            memories: memories, journal: try Journal(directory: "\(folder)/heard-\(UUID().uuidString)"),
            vectors: vectors, logger: Self.silent)
        let recollecting = Recollecting(memories: memories, queue: queue, vectors: vectors)
        var words = GeneratedWords(seed: 5)
        var times: [Double] = []
        var atOnce = 0
        for number in 0..<2_000 {
            let turn = TurnForMemory(
                by: person, words.draft().words, conversation: "talk", turn: number, at: Self.now + 2)
            let start = ContinuousClock.now
            if recollecting.atOnce(turn) != nil { atOnce += 1 } else { _ = await recollecting.recollection(turn) }
            times.append((ContinuousClock.now - start).milliseconds * 1_000)
        }
        times.sort()
        row(
            "before a reply: \(what) (median, p95; \(atOnce * 100 / 2_000)% without waiting)",
            "\(Self.text(times[1_000])) µs, \(Self.text(times[1_900])) µs")
        return times[1_000]
    }
}

/// Answers at once.
private struct FixedEmbedder: Models.Embedder {
    func embed(_ texts: [String]) async throws -> [[Float]] {
        texts.map { text in (0..<MemoryBench.dimension).map { Float(text.utf8.count % ($0 + 2)) - 3 } }
    }
}

/// Takes longer than anybody waits.
private struct SlowEmbedder: Models.Embedder {
    func embed(_ texts: [String]) async throws -> [[Float]] {
        try await Task.sleep(for: .seconds(3_600))
        return []
    }
}
