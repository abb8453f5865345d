import Consents
import Foundation
import Store
import Synchronization
import Testing

@testable import Memory

@Suite("What a person erases")
struct ErasureTests {
    let place: Place
    init() throws { place = try Place() }

    /// Slices of sealed bytes that can't be found anywhere by chance.
    private func traces(_ place: Place) throws -> [Data] {
        try place.store.read { session in
            var traces: [Data] = []
            for query in [
                "SELECT sealed AS bytes FROM memory_segments", "SELECT sealed AS bytes FROM memory_readings",
                "SELECT sealed_key AS bytes FROM memory_people",
                "SELECT wrapped AS bytes FROM seal_keys WHERE owner <> 'store'",
            ] {
                for row in try session.rows(query) {
                    let bytes = Data(try row.blob("bytes"))
                    for start in stride(from: 0, to: max(1, bytes.count - 24), by: 512) {
                        traces.append(bytes.dropFirst(start).prefix(24))
                    }
                }
            }
            return traces.map { Data($0) }
        }
    }

    private func found(_ traces: [Data], in all: Data) -> Int { traces.count { all.range(of: $0) != nil } }

    @Test("one item of many is gone from the file, the log, the index and a later backup, and nothing else is")
    func oneItem() async throws {
        let own = place.own()
        let embedder = try #require(Embedder(name: "test", dimension: 96))
        let items = try await place.say((0..<300).map { "ordinary thing number \($0) of three hundred" })
        let secret = try await own.state([.add(ItemDraft(.episode, "xylophone zebra quagmire"))], at: now + 1)[0].item
        let wrong = try await own.state(
            [.replace(secret.id, with: ItemDraft(.episode, "xylophone zebra quagmire twice", supports: [items[0].id]))],
            at: now + 2)[0].item
        let bound = try await own.state([.keepBoth(wrong.id, ItemDraft(.fact, "goes with it"))], at: now + 3)[0].item
        var vectors = (items + [wrong, bound]).map { ($0.id, (0..<96).map { _ in Float.random(in: -1...1) }) }
        vectors[300].1 = (0..<96).map { Float($0) / 96 }
        try await own.keep(vectors: vectors, of: embedder, at: now + 4)
        let before = try traces(place)
        #expect(found(before, in: try place.folder.allBytes()) == before.count)

        let certificate = try await own.erase([wrong.id], at: now + 5)
        #expect(certificate.items == [secret.id, wrong.id] && certificate.count == 2 && certificate.scope == .items)
        #expect(certificate.isSound && certificate.person == "ada0")

        try place.store.backup(to: place.folder("later-backup.sqlite"))
        let all = try place.folder.allBytes()
        // Whatever still lies there is what lies in the tables now: no old piece is left anywhere.
        let after = Set(try traces(place))
        #expect(found(before.filter { !after.contains($0) }, in: all) == 0)
        #expect(before.contains { !after.contains($0) })
        #expect(found(Array(after), in: all) == after.count)

        // And whoever has the keys finds nothing of it, in the store or in the backup.
        for path in ["t.sqlite", "later-backup.sqlite"] {
            let store = try DataStore(path: place.folder(path), migrations: Place.migrations)
            let seal = try Seal(store: store, keyEncryptionKey: KeyEncryptionKey(keptAt: place.folder("keys/kek")))
            let plain = try opened(store, seal)
            #expect(plain.range(of: Data("ordinary thing number 7 ".utf8)) != nil)
            #expect(plain.range(of: Data("quagmire".utf8)) == nil)
            for id in [secret.id, wrong.id] {
                var writer = RecordWriter()
                writer.write(id)
                #expect(plain.range(of: Data(writer.bytes)) == nil)
            }
            var vector = RecordWriter()
            VectorRecord.write(vectors[300].1, of: wrong.id, to: &vector)
            #expect(plain.range(of: Data(vector.bytes.dropFirst(20))) == nil)
            var other = RecordWriter()
            VectorRecord.write(vectors[299].1, of: items[299].id, to: &other)
            #expect(plain.range(of: Data(other.bytes)) != nil)
        }
        #expect(try await own.items().count == 301)
        #expect(try await own.item(bound.id)?.links == [])
        #expect(
            try await own.decisions(limit: .max).allSatisfy { $0.changes.allSatisfy { !$0.items.contains(wrong.id) } })
        let again = try place.again()
        #expect(try await again.own().items() == (try await own.items()))
        await #expect(throws: MemoryError.noSuchItem(wrong.id)) { _ = try await own.erase([wrong.id], at: now + 6) }
    }

    /// Every sealed piece of everybody, opened.
    private func opened(_ store: DataStore, _ seal: Seal) throws -> Data {
        try store.read { session in
            var all = Data()
            for row in try session.rows("SELECT application, person FROM memory_people") {
                let person = PersonKey(application: try row.text("application"), person: try row.text("person"))
                let found = try #require(try MemoryRows.person(person, in: session))
                let key = try MemoryKey(opening: found.sealedKey, of: person, row: found.row, with: seal, in: session)
                for kind in SegmentKind.allCases {
                    for segment in try MemoryRows.sealed(kind, of: found.row, in: session) {
                        all += try key.open(
                            segment.sealed, at: .segment(row: found.row, number: segment.number, kind: kind))
                    }
                }
                for reading in try session.rows(
                    "SELECT segment, sealed FROM memory_readings WHERE person = ?", .integer(found.row))
                {
                    all += try key.open(
                        try reading.blob("sealed"),
                        at: .readings(row: found.row, segment: try reading.integer("segment")))
                }
            }
            return all
        }
    }

    @Test("everything is gone with its key, from every file and a later backup, and others' memory stays")
    func everything() async throws {
        try await place.say((0..<50).map { "Ben's \($0)" }, by: ben)
        let others = try traces(place)
        try await place.say((0..<400).map { "something of Ada's, number \($0)" })
        let hers = Set(try traces(place)).subtracting(others)
        #expect(found(Array(hers), in: try place.folder.allBytes()) == hers.count)
        let certificate = try await place.own().eraseEverything(at: now + 1)
        #expect(certificate.scope == .memory && certificate.count == 400 && certificate.isSound)
        try place.store.backup(to: place.folder("later-backup.sqlite"))
        let all = try place.folder.allBytes()
        // The person's own key stays for what else is sealed under it; what it sealed of the memory is gone.
        let key = try await place.store.read { session in
            try session.firstRow("SELECT wrapped FROM seal_keys WHERE owner = 'person/ada0'")?.blob("wrapped")
        }
        let rest = hers.filter { trace in key.map { Data($0).range(of: trace) == nil } ?? true }
        #expect(rest.count >= hers.count - 3 && rest.count > 5)
        #expect(found(Array(rest), in: all) == 0)
        #expect(found(others, in: all) == others.count)
        #expect(try await place.own().items().isEmpty)
        #expect(try await place.own(ben).items().count == 50)
        try await place.say(["anew"], at: now + 2)
        #expect(try await place.again().own().items().map(\.words) == ["anew"])
    }

    @Test("is certified in a way that nobody can change")
    func certificate() async throws {
        let item = try await place.say(["quagmire"])[0]
        let certificate = try await place.own().erase([item.id], at: now + 1)
        let data = try JSONEncoder().encode(certificate)
        #expect(try JSONDecoder().decode(ErasureCertificate.self, from: data).isSound)
        #expect(certificate.key == ErasureSigner(seal: try place.again().seal).key)
        #expect(data.range(of: Data("quagmire".utf8)) == nil)
        for (from, to) in [
            ("ada0", "ben0"), ("\"scope\":\"items\"", "\"scope\":\"memory\""), ("\"count\":1", "\"count\":2"),
            ("overwritten", "kept"),
            ("\(now + 1)", "\(now + 2)"),
        ] {
            let changed = String(decoding: data, as: UTF8.self).replacingOccurrences(of: from, with: to)
            #expect(Data(changed.utf8) != data)
            #expect(try !JSONDecoder().decode(ErasureCertificate.self, from: Data(changed.utf8)).isSound, "\(from)")
        }
    }

    private struct Died: Error {}

    @Test("half, because the process died, is completed at the next start", arguments: ErasureStep.allCases)
    func diedBetween(step: ErasureStep) async throws {
        let items = try await place.say((0..<30).map { "thing \($0)" })
        try await place.say(["Ben's"], by: ben)
        let before = try traces(place)
        place.memories.erasureStep.withLock { $0 = { if $0 == step { throw Died() } } }
        if step != .noted {
            await #expect(throws: MemoryError.self) { _ = try await place.own().erase([items[3].id], at: now + 1) }
            let again = try place.again()
            #expect(try await again.own().items().count == 29)
            #expect(try await again.memories.finishErasures() == 1)
            #expect(try await again.memories.finishErasures() == 0)
            let after = Set(try traces(again))
            #expect(found(before.filter { !after.contains($0) }, in: try place.folder.allBytes()) == 0)
        }
        let during = Set(try traces(place))
        await #expect(throws: MemoryError.self) { _ = try await place.own().eraseEverything(at: now + 2) }
        let again = try place.again()
        if step == .noted {
            // Asked for is asked for: nothing of it can be read or added to any more.
            #expect(try await again.own().items().isEmpty)
            await #expect(throws: MemoryError.beingErased) { _ = try await again.say(["more"]) }
        }
        #expect(try await again.memories.finishErasures() == 1)
        let after = Set(try traces(again))
        #expect(found(during.filter { !after.contains($0) }, in: try place.folder.allBytes()) == 0)
        #expect(during.contains { !after.contains($0) })
        #expect(try await again.own().items().isEmpty)
        #expect(try await again.own(ben).items().map(\.words) == ["Ben's"])
    }

    @Test("goes by itself when its time is over, and what is pinned stays")
    func retention() async throws {
        let own = place.own()
        let old = try await place.say(["old", "old and pinned"], kind: .episode)
        try await own.pin(old[1].id, at: now)
        try await place.say(["old fact"], kind: .fact)
        try await place.say(["young"], kind: .episode, at: now + 8 * day)
        try await own.state([.add(ItemDraft(.goal, "stated goal"))], at: now)
        #expect(try await place.memories.sweep(at: now + 9 * day) == 0)
        try await own.setRetention(.episode, days: 10, at: now + 9 * day)
        #expect(try await own.retention() == [.episode: 10])
        #expect(try await place.memories.sweep(at: now + 9 * day) == 0)
        #expect(try await place.memories.sweep(at: now + 11 * day) == 1)
        #expect(Set(try await own.items().map(\.words)) == ["old and pinned", "old fact", "young", "stated goal"])
        // Unpinned, it is over; in another process that never opened this memory.
        try await own.pin(old[1].id, false, at: now + 11 * day)
        #expect(try await place.again().memories.sweep(at: now + 12 * day) == 1)
        #expect(try await place.memories.sweep(at: now + 30 * day) == 1)
        #expect(try await place.memories.sweep(at: now + 3_000 * day) == 0)
        await #expect(throws: MemoryError.unfitRetention(days: 0)) {
            try await own.setRetention(.fact, days: 0, at: now)
        }
    }

    @Test("stays erased when something heard before comes late")
    func lateWriters() async throws {
        let kinds = Set(MemoryItem.Kind.allCases)
        try await place.grants.grant(.remember, kinds, by: ada, at: now, through: .api)
        let memory = place.memories.memory(of: ada)
        let before = try #require(place.grants.permit(.remember, for: ada, at: now + 1))
        try await memory.remember([.add(ItemDraft(.fact, "one"))], under: before, at: now + 1)
        _ = try await memory.own.eraseEverything(at: now + 10)
        await #expect(throws: MemoryError.erasedSince(now + 10)) {
            try await memory.remember([.add(ItemDraft(.fact, "late"))], under: before, at: now + 20)
        }
        let after = try #require(place.grants.permit(.remember, for: ada, at: now + 21))
        await #expect(throws: MemoryError.erasedSince(now + 10)) {
            try await memory.remember([.add(ItemDraft(.fact, "late"))], under: after, at: now + 21, heardAt: now + 9)
        }
        try await memory.remember([.add(ItemDraft(.fact, "new"))], under: after, at: now + 22, heardAt: now + 21)
        #expect(try await memory.own.items().map(\.words) == ["new"])
    }
}
