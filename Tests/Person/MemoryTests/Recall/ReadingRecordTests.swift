import Consents
import Foundation
import Store
import Testing

@testable import Memory

@Suite("What recall read ahead")
struct ReadingRecordTests {
    private static let words = [
        "tea", "piano", "sister's", "Lyon", "race", "yesterday", "in May", "blue", "what?", "茶道", "ran", "running",
        "the",
        "café", "Straße", "next Friday", "who knows?", "chess", "exam", "chemistry", "42", "ёлка", "3 June 2026",
    ]

    private static func drafts(_ count: Int, _ random: inout SeededGenerator) -> [ItemDraft] {
        (0..<count).map { number in
            let text = (0..<Int.random(in: 3...14, using: &random)).map { _ in words.randomElement(using: &random)! }
            return ItemDraft(
                MemoryItem.Kind.allCases.randomElement(using: &random)!, text.joined(separator: " ") + " \(number)",
                origin: .init(conversation: "c\(number / 9)", turn: number % 9),
                speaker: [nil, "Ada", "Ben"].randomElement(using: &random)!,
                validFrom: Bool.random(using: &random) ? nil : now - Int64(number) * day)
        }
    }

    private static func questions(_ random: inout SeededGenerator) -> [RecallQuery] {
        (0..<60).map { _ in
            let text = (0..<Int.random(in: 1...5, using: &random)).map { _ in words.randomElement(using: &random)! }
            return RecallQuery(
                words: text.joined(separator: " "),
                vector: (0..<8).map { _ in Float.random(in: -1...1, using: &random) },
                at: now + 10, limit: 12)
        }
    }

    private func readings(_ place: Place) throws -> Int {
        try place.store.read { try $0.rows("SELECT segment FROM memory_readings").count }
    }

    private func recalled(_ place: Place, _ queries: [RecallQuery]) throws -> [[Recalled]] {
        place.memories.close(ada)
        let index = try #require(try place.memories.indexed(ada)?.index)
        return queries.map { index.recall($0) }
    }

    @Test("finds the same as the words themselves, after every kind of change", arguments: 1...3)
    func same(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let place = try Place()
        let own = place.own()
        let embedder = try #require(Embedder(name: "test", dimension: 8))
        var items = try await own.state(Self.drafts(900, &random).map { .add($0) }, at: now).map(\.item)
        let vectors = items.enumerated().filter { $0.offset % 3 > 0 }.map {
            ($0.element.id, (0..<8).map { _ in Float.random(in: -1...1, using: &random) })
        }
        try await own.keep(vectors: vectors, of: embedder, at: now + 1)
        items.shuffle(using: &random)
        _ = try await own.erase(items.prefix(7).map(\.id), at: now + 2)
        for item in items[10..<16] {
            _ = try await own.correct(item.id, to: ItemDraft(item.kind, "\(item.words) piano again"), at: now + 3)
        }
        for item in items[20..<24] { try await own.reject(item.id, at: now + 4) }
        for item in items[30..<34] { try await own.pin(item.id, at: now + 5) }
        #expect(try readings(place) > 1)

        let queries = Self.questions(&random)
        let quick = try recalled(place, queries)
        #expect(quick.contains { !$0.isEmpty })
        // Another version's: the words are read.
        let contents = try #require(try place.memories.contents(of: ada))
        try await place.store.write { session in
            for row in try session.rows("SELECT segment, sealed FROM memory_readings") {
                let segment = try row.integer("segment")
                let at = MemoryKey.Place.readings(row: contents.row, segment: segment)
                var plain = [UInt8](try contents.key.open(try row.blob("sealed"), at: at))
                #expect(plain[0] == ReadingRecord.version)
                plain[0] += 1
                try session.run(
                    "UPDATE memory_readings SET sealed = ? WHERE segment = ?",
                    .blob(try contents.key.seal(plain, at: at)), .integer(segment))
            }
        }
        #expect(try recalled(place, queries) == quick)
        try await place.store.write { _ = try $0.run("DELETE FROM memory_readings") }
        #expect(try recalled(place, queries) == quick)
    }

    @Test("goes with the segment that it belongs to, and with the person")
    func goes() async throws {
        let place = try Place()
        let own = place.own()
        var random = SeededGenerator(seed: 9)
        let items = try await own.state(Self.drafts(600, &random).map { .add($0) }, at: now).map(\.item)
        func orphans() throws -> Int {
            try place.store.read { session in
                try session.rows(
                    """
                    SELECT segment FROM memory_readings WHERE NOT EXISTS (SELECT number FROM memory_segments
                    WHERE memory_segments.person = memory_readings.person AND number = segment AND kind = 0)
                    """
                ).count
            }
        }
        #expect(try readings(place) > 0 && orphans() == 0)
        for round in 0..<6 {
            _ = try await own.erase(items[(round * 100)..<(round * 100 + 90)].map(\.id), at: now + 1)
            try await own.state(Self.drafts(5, &random).map { .add($0) }, at: now + 2)
            #expect(try orphans() == 0)
        }
        _ = try await own.eraseEverything(at: now + 3)
        #expect(try readings(place) == 0)
    }

    @Test("holds no word, and of a stranger's or damaged row nothing is believed")
    func damaged() async throws {
        let place = try Place()
        var random = SeededGenerator(seed: 4)
        try await place.own().state(Self.drafts(600, &random).map { .add($0) }, at: now)
        let contents = try #require(try place.memories.contents(of: ada))
        try await place.store.read { session in
            for row in try session.rows("SELECT segment, sealed FROM memory_readings") {
                let plain = try contents.key.open(
                    try row.blob("sealed"), at: .readings(row: contents.row, segment: try row.integer("segment")))
                #expect(plain.range(of: Data("piano".utf8)) == nil && plain.range(of: Data("chemistry".utf8)) == nil)
            }
        }
        try await place.store.write { _ = try $0.run("UPDATE memory_readings SET segment = segment + 1000") }
        place.memories.close(ada)
        #expect(throws: MemoryError.damaged) { _ = try place.memories.indexed(ada) }
    }
}
