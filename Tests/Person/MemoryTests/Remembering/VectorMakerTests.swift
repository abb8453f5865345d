import Consents
import Foundation
import Logging
import Store
import Synchronization
import Testing

@testable import Memory
@testable import Models

/// An embedder as small ones are: it refuses what is too long for it, and anything else that a test wants refused.
private final class PickyEmbedder: Models.Embedder {
    struct Behaviour: Sendable {
        var longest = 600
        var dimension = 8
        var refusedWord: String?
        var status: Int?
    }
    let behaviour = Mutex(Behaviour())
    /// The texts of every request.
    let asked = Mutex<[[String]]>([])

    func embed(_ texts: [String]) async throws -> [[Float]] {
        asked.withLock { $0.append(texts) }
        let now = behaviour.withLock { $0 }
        if let status = now.status { throw ChatRefusal(status: status, message: "no") }
        for text in texts where text.count > now.longest || now.refusedWord.map(text.contains) == true {
            throw ChatRefusal(status: 400, message: "input is too large: \(text)")
        }
        return texts.map { text in (0..<now.dimension).map { Float(text.utf8.count % ($0 + 2)) + 0.5 } }
    }

    func change(_ body: (inout Behaviour) -> Void) { behaviour.withLock { body(&$0) } }
}

/// Keeps what was logged.
private final class KeptLog: Sendable {
    let lines = Mutex<[String]>([])

    var logger: Logger {
        Logger(label: "test") { _ in Handler(log: self) }
    }

    private struct Handler: LogHandler {
        let log: KeptLog
        var metadata: Logger.Metadata = [:]
        var logLevel: Logger.Level = .trace
        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }
        func log(event: LogEvent) {
            log.lines.withLock { $0.append("\(event.message) \(event.metadata ?? [:])") }
        }
    }
}

@Suite("Embedding what is remembered")
struct VectorMakerTests {
    let place: Place
    private let embedder = PickyEmbedder()
    private let log = KeptLog()

    init() throws { place = try Place() }

    private func maker() -> VectorMaker {
        let start = ContinuousClock.now
        return VectorMaker(embedder, name: "picky", logger: log.logger) { start }
    }

    private func make(_ maker: VectorMaker) async throws {
        try await place.grants.grant(
            .useInReplies, Set(MemoryItem.Kind.allCases), by: ada, at: now, through: .api)
        try await maker.make(of: place.memories.memory(of: ada), grants: place.grants) { now + 10 }
    }

    private func unembedded(dimension: Int = 8) async throws -> [String] {
        let permit = try #require(place.grants.permit(.useInReplies, for: ada, at: now + 10))
        let embedder = try #require(Embedder(name: "picky", dimension: dimension))
        return try await place.memories.memory(of: ada).unembedded(for: embedder, under: permit, at: now + 10).map(
            \.words)
    }

    @Test("an item that is too long for the model is cut, and stops no other")
    func long() async throws {
        let long = String(repeating: "my long story goes on and on ", count: 130)
        try await place.say([long, "plays chess", "allergic to peanuts"])
        let maker = maker()
        try await make(maker)
        #expect(try await unembedded().isEmpty)
        // Nothing that was asked at last is longer than the model takes, and nothing is asked again.
        let count = embedder.asked.withLock { $0.count }
        try await make(maker)
        #expect(embedder.asked.withLock { $0.count } == count)
        #expect(log.lines.withLock { $0 }.isEmpty)
    }

    @Test("one that is refused however short it is stays out, is said once without its words, and stops no other")
    func refused() async throws {
        embedder.change { $0.refusedWord = "heliotrope" }
        try await place.say((0..<40).map { "thing \($0)" } + ["heliotrope"])
        let maker = maker()
        try await make(maker)
        #expect(try await unembedded() == ["heliotrope"])
        try await place.say(["a later thing"])
        let count = embedder.asked.withLock { $0.count }
        try await make(maker)
        #expect(try await unembedded() == ["heliotrope"])
        #expect(embedder.asked.withLock { $0[count...].flatMap(\.self) } == ["a later thing"])
        let lines = log.lines.withLock { $0 }
        #expect(lines.count == 1 && lines[0].contains("refuses") && !lines[0].contains("heliotrope"))
    }

    @Test("an embedder that is down is said once, in words of its own, and asked again later")
    func down() async throws {
        embedder.change { $0.status = 503 }
        try await place.say(["plays chess"])
        let maker = maker()
        try await make(maker)
        try await make(maker)
        let lines = log.lines.withLock { $0 }
        #expect(lines.count == 1 && lines[0].contains("the embedding model answered with status 503"))
        embedder.change { $0.status = nil }
        try await make(maker)
        #expect(try await unembedded().isEmpty)
        #expect(log.lines.withLock { $0.last }?.contains("embedded again") == true)
        // One that refuses everything is no trouble of one item.
        embedder.change { $0.status = 400 }
        try await place.say(["another thing"])
        try await make(maker)
        embedder.change { $0.status = nil }
        try await make(maker)
        #expect(try await unembedded().isEmpty)
    }

    @Test("vectors of another length under the same name take the place of the old ones, without a restart")
    func dimension() async throws {
        try await place.say(["plays chess"])
        let maker = maker()
        try await make(maker)
        embedder.change { $0.dimension = 16 }
        try await place.say(["allergic to peanuts"])
        try await make(maker)
        #expect(try await unembedded(dimension: 16).isEmpty)
        // A question tells it too, when there is nothing new to embed.
        embedder.change { $0.dimension = 12 }
        #expect(await maker.question("chess", within: .seconds(60)).vector?.count == 12)
        try await make(maker)
        #expect(try await unembedded(dimension: 12).isEmpty)
    }

    @Test("a question after several without a vector in time isn't sent for a while, and then is again")
    func rests() async throws {
        let time = Mutex(ContinuousClock.now)
        let maker = VectorMaker(embedder, name: "picky", logger: .silent) { time.withLock { $0 } }
        embedder.change { $0.status = 503 }
        for _ in 0..<VectorMaker.mostMisses {
            #expect(maker.resting == nil)
            let found = await maker.question("chess", within: .seconds(60))
            #expect(found.vector == nil && found.missing?.contains("could not be asked") == true)
        }
        let count = embedder.asked.withLock { $0.count }
        #expect(await maker.question("chess", within: .seconds(60)).missing?.contains("a moment ago") == true)
        #expect(embedder.asked.withLock { $0.count } == count)
        time.withLock { $0 += VectorMaker.rest }
        embedder.change { $0.status = nil }
        #expect(await maker.question("chess", within: .seconds(60)).vector != nil)
        #expect(maker.resting == nil)
    }

    @Test("text is cut to what small models read, at its end for items and at its beginning for questions")
    func cut() {
        let text = String(repeating: "word ", count: 900)
        #expect(text.hasPrefix(EmbeddedText.beginning(of: text)) && text.hasSuffix(EmbeddedText.end(of: text)))
        #expect(EmbeddedText.beginning(of: text).count == EmbeddedText.end(of: text).count)
        #expect((1_000..<1_600).contains(EmbeddedText.beginning(of: text).count))
        let dense = String(repeating: "東京", count: 2_000)
        #expect(EmbeddedText.beginning(of: dense).count == EmbeddedText.mostTokens)
        #expect(EmbeddedText.end(of: "short") == "short" && EmbeddedText.beginning(of: "") == "")
    }
}
