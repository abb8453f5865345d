import Consents
import Foundation
import Store
import Testing

@testable import Memory

@Suite("What is kept of a person")
struct KeepingTests {
    @Test("is there again after a new start, every part of it")
    func acrossStarts() async throws {
        let place = try Place()
        let first = try await place.say(["likes rain"], kind: .preference)[0]
        var draft = ItemDraft(
            .commitment, "call Nadia", source: .inferred, origin: .init(conversation: "c1", turn: 4), speaker: "Ada",
            validFrom: now - day, validUntil: now + day, due: now + 2 * day, confidence: 0.5, supports: [first.id])
        draft.words = "call Nadia — ☎️ 日本"
        let second = try await place.own().state([.add(draft)], at: now + 1)[0].item
        #expect(second.words == draft.words && second.links == [.init(relation: .supports, item: first.id)])
        try await place.own().pin(first.id, at: now + 2)
        let before = try await place.own().items()
        #expect(before.map(\.isPinned) == [true, false])
        try place.store.close()
        let again = try place.again()
        #expect(try await again.own().items() == before)
        #expect(try await again.own().decisions().map(\.act) == [.pinned, .remembered, .remembered])
        #expect(try await again.own(ben).items().isEmpty)
    }

    @Test("lies in few sealed pieces however it was written, and reads the same")
    func segments() async throws {
        let place = try Place()
        var random = SeededGenerator(seed: 4)
        var expected: [String] = []
        for round in 0..<120 {
            let words = (0..<Int.random(in: 1...12, using: &random)).map {
                "item \(round) \($0) " + String(repeating: "w", count: .random(in: 0..<300, using: &random))
            }
            expected += words
            try await place.say(words, at: now + Int64(round))
        }
        let contents = try #require(try place.memories.contents(of: ada))
        let items = contents.segments.filter { $0.kind == .items }
        #expect(items.count < 14)
        #expect(items.allSatisfy { $0.length < SegmentKind.items.longest + 1_000 })
        #expect(contents.items.map(\.words) == expected)
        let again = try place.again()
        let read = try #require(try again.memories.contents(of: ada))
        #expect(read.items == contents.items)
        #expect(read.homes == contents.homes)
        #expect(read.segments == contents.segments)
        #expect(try await again.own().decisions(limit: .max).count == expected.count)
    }

    @Test("can't be read by whoever has the files")
    func sealed() async throws {
        let place = try Place()
        try await place.say(["the quick brown secret"])
        let all = try place.folder.allBytes()
        #expect(all.range(of: Data("ada0".utf8)) != nil)
        for trace in ["quick", "brown", "secret", "fact"] {
            #expect(all.range(of: Data(trace.utf8)) == nil, "\(trace)")
        }
    }

    @Test("is written whole or not at all when something of it is unfit")
    func unfit() async throws {
        let place = try Place()
        await #expect(
            throws: MemoryError.unfit([
                1: ItemProblems(problems: [.noWords]), 2: ItemProblems(problems: [.unfitConfidence]),
            ])
        ) {
            try await place.own().state(
                [
                    .add(ItemDraft(.fact, "fine")), .add(ItemDraft(.fact, " ")),
                    .add(ItemDraft(.fact, "x", confidence: 3)),
                ],
                at: now)
        }
        #expect(try await place.own().items().isEmpty)
    }

    @Test("by two at once on one store is all kept, whoever is quicker")
    func twoReplicas() async throws {
        let here = try Place()
        let there = try here.again()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (name, place) in [("here", here), ("there", there)] {
                for number in 0..<40 {
                    group.addTask { _ = try await place.say(["\(name) \(number)"], at: now + Int64(number)) }
                }
            }
            try await group.waitForAll()
        }
        let fresh = try here.again()
        let items = try await fresh.own().items()
        #expect(Set(items.map(\.words)).count == 80 && items.count == 80)
        #expect(items.map(\.id) == items.map(\.id).sorted())
        // A write of one is built on what the other wrote, and both see it.
        try await here.say(["last"], at: now + 100)
        try await there.say(["very last"], at: now + 101)
        #expect(try await there.own().items().count == 82)
    }

    @Test("and changed elsewhere is seen here within a second")
    func otherProcess() async throws {
        let here = try Place()
        let there = try here.again()
        try await here.say(["one"])
        #expect(try await there.own().items().count == 1)
        try await here.say(["two"], at: now + 1)
        try await Task.sleep(for: .milliseconds(500))
        #expect(try await there.own().items().count == 2)
        _ = try await here.own().eraseEverything(at: now + 2)
        try await Task.sleep(for: .milliseconds(500))
        #expect(try await there.own().items().isEmpty)
    }

    @Test("keeps its order when the clock is set back")
    func clockBack() async throws {
        let place = try Place()
        var ids: [MemoryItem.ID] = []
        for (number, at) in [now, now - day, now - 2 * day, now, now - 5].enumerated() {
            ids.append(try await place.say(["item \(number)"], at: at)[0].id)
        }
        #expect(ids == ids.sorted() && Set(ids).count == 5)
        #expect(try await place.own().items().map(\.words) == (0..<5).map { "item \($0)" })
        // Ceasing to hold something is never dated before it was held.
        try await place.own().reject(ids[0], at: now - 9 * day)
        #expect(try await place.own().item(ids[0])?.closedAt == now)
    }

    @Test("leaves memory when others need the room, and comes back")
    func leastRecentlyUsed() async throws {
        let place = try Place(byteLimit: 60_000)
        let people = (0..<40).map { PersonKey(application: "homework", person: "p\($0)") }
        for person in people {
            try await place.say((0..<20).map { "\(person.person) \($0)" }, by: person)
        }
        #expect(place.memories.opened.bytes <= 60_000 + 8_000)
        #expect(place.memories.opened.people < 20 && place.memories.opened.people > 0)
        for person in people {
            #expect(try await place.own(person).items().map(\.words) == (0..<20).map { "\(person.person) \($0)" })
        }
    }

    @Test("under a wrong key is refused at the start")
    func wrongKey() async throws {
        let place = try Place()
        try await place.say(["one"])
        let other = try KeyEncryptionKey(text: String(repeating: "ab", count: 32), source: "a test")
        #expect(throws: SealError.wrongKeyEncryptionKey) { _ = try Seal(store: place.store, keyEncryptionKey: other) }
    }

    @Test("under a lost key is told so; nothing is overwritten or begun anew until the person erases it")
    func lostKey() async throws {
        let place = try Place()
        try await place.say(["one"])
        func rows() throws -> [[UInt8]] {
            try place.store.read { session in
                try session.rows("SELECT sealed FROM memory_segments ORDER BY number").map { try $0.blob("sealed") }
            }
        }
        let before = try rows()
        try place.seal.destroyKey(of: "person/ada0")
        let again = try place.again()
        await #expect(throws: MemoryError.keyGone) { try await again.own().items() }
        await #expect(throws: MemoryError.keyGone) { _ = try await again.say(["two"]) }
        await #expect(throws: MemoryError.keyGone) { try await again.own().decisions() }
        await #expect(throws: MemoryError.keyGone) { try await again.own().setRetention(.fact, days: 3, at: now) }
        #expect(try rows() == before)
        let keys = try await place.store.read { session in
            try session.rows("SELECT owner FROM seal_keys").map { try $0.text("owner") }
        }
        #expect(keys == ["store"])
        let certificate = try await again.own().eraseEverything(at: now)
        #expect(certificate.count == nil && certificate.isSound)
        try await again.say(["anew"])
        #expect(try await again.own().items().map(\.words) == ["anew"])
    }

    @Test("is told to be damaged when it is, and left as it is")
    func damaged() async throws {
        let place = try Place()
        try await place.say(["one"])
        try await place.store.write { session in
            let row = try session.firstRow("SELECT sealed FROM memory_segments WHERE kind = 0")
            var sealed = try #require(try row?.blob("sealed"))
            sealed[20] ^= 1
            try session.run("UPDATE memory_segments SET sealed = ? WHERE kind = 0", .blob(sealed))
        }
        let again = try place.again()
        await #expect(throws: MemoryError.damaged) { try await again.own().items() }
        await #expect(throws: MemoryError.damaged) { _ = try await again.say(["two"]) }
    }
}
