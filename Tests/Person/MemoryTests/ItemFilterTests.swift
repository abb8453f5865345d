import Consents
import Testing

@testable import Memory

@Suite("Narrowing what is shown")
struct ItemFilterTests {
    private func items(_ count: Int, _ random: inout SeededGenerator) throws -> [MemoryItem] {
        var last: MemoryItem.ID?
        return try (0..<count).map { _ in
            let id = MemoryItem.ID.next(after: last, at: now, using: &random)
            last = id
            return try MemoryItem(
                id: id, kind: MemoryItem.Kind.allCases.randomElement(using: &random) ?? .fact,
                words: ["Pass the Chémistry exam", "lives in Lyon", "exam in Lyon"].randomElement(using: &random)
                    ?? "x",
                status: MemoryItem.Status.allCases.randomElement(using: &random) ?? .confirmed, recordedAt: now,
                closedAt: Bool.random(using: &random) ? now + 1 : nil)
        }
    }

    @Test("pages joined are what passes, newest first, each item once", arguments: 0..<40)
    func pages(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let all = try items(Int.random(in: 0...60, using: &random), &random)
        var filter = ItemFilter(limit: Int.random(in: 1...9, using: &random))
        if Bool.random(using: &random) { filter.kinds = [.goal, .fact, .value] }
        if Bool.random(using: &random) { filter.statuses = [.confirmed, .proposed] }
        if Bool.random(using: &random) { filter.isHeld = Bool.random(using: &random) }
        if Bool.random(using: &random) { filter.words = "EXAM  lyon" }
        let expected = all.filter { item in
            filter.kinds?.contains(item.kind) != false && filter.statuses?.contains(item.status) != false
                && (filter.isHeld == nil || filter.isHeld == (item.closedAt == nil))
                && (filter.words == nil || item.words == "exam in Lyon")
        }
        var found: [MemoryItem] = []
        repeat {
            let page = filter.page(of: all)
            #expect(page.total == expected.count && page.items.count <= filter.limit)
            found += page.items
            filter.before = page.next
        } while filter.before != nil && found.count <= all.count
        #expect(found == expected.reversed())
    }

    @Test("words are found whatever their capitals and accents are")
    func folding() throws {
        var random = SeededGenerator(seed: 1)
        let all = try items(30, &random)
        let page = ItemFilter(words: "chemistry", limit: 100).page(of: all)
        #expect(!page.items.isEmpty && page.items.allSatisfy { $0.words.contains("Chémistry") })
        #expect(ItemFilter(words: "physics").page(of: all) == ItemPage(items: [], total: 0, next: nil))
    }
}

@Suite("Putting some of an item right")
struct ItemCorrectionTests {
    @Test("changes what is named and nothing else")
    func parts() async throws {
        let place = try Place()
        let old = try await place.own().state(
            [
                .add(
                    ItemDraft(
                        .goal, "pass physics", source: .inferred, speaker: "Ada", validFrom: now, due: now + day,
                        confidence: 0.5))
            ], at: now)[0].item
        var correction = ItemCorrection()
        #expect(correction.isEmpty)
        correction.due = .set(now + 2 * day)
        let dated = try await place.own().correct(old.id, correction, at: now + 1)
        #expect(dated.due == now + 2 * day && dated.words == "pass physics" && dated.source == .inferred)
        #expect(dated.validFrom == now && dated.speaker == "Ada" && dated.confidence == 0.5)
        correction = ItemCorrection()
        correction.words = "pass chemistry"
        correction.validFrom = .removed
        let new = try await place.own().correct(dated.id, correction, at: now + 2)
        #expect(new.words == "pass chemistry" && new.source == .stated && new.validFrom == nil)
        #expect(new.due == now + 2 * day && new.kind == .goal)
        // What was corrected meanwhile is refused, and not overwritten.
        await #expect(throws: MemoryError.self) { try await place.own().correct(old.id, correction, at: now + 3) }
    }

    @Test("a retention is set for all kinds at once, or not at all")
    func retention() async throws {
        let own = try Place().own()
        try await own.setRetention([.episode: 90, .fact: 7], at: now)
        await #expect(throws: MemoryError.unfitRetention(days: 0)) {
            try await own.setRetention([.episode: 1, .goal: 0], at: now)
        }
        #expect(try await own.retention() == [.episode: 90, .fact: 7])
        try await own.setRetention([:], at: now)
        #expect(try await own.retention().isEmpty)
    }
}
