import Foundation
import Logging
import Store
import Testing

@testable import Gateway

@Suite("The key ring")
struct KeyRingTests {
    private let log = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// A store in a folder of its own, opened as often as there are processes to play.
    private struct Place: ~Copyable {
        let folder = FileManager.default.temporaryDirectory.appending(path: "trellis-keys-\(UUID().uuidString)")
        func open() throws -> DataStore {
            try DataStore(path: folder.appending(path: "trellis.sqlite").path, migrations: gatewayMigrations)
        }
        deinit { try? FileManager.default.removeItem(at: folder) }
    }

    @Test("a key that was made is found, with what it is bound to")
    func found() throws {
        let store = try DataStore.inMemory(migrations: gatewayMigrations)
        let order = KeyTable.Order(
            application: "homework", charter: .commons("commons/tutor"), role: "tutor",
            limits: KeyLimits(requestsPerMinute: 60), label: "Class 7b")
        let (key, record) = try KeyTable(store).create(order)
        let ring = try KeyRing(store: store, defaults: KeyLimits(concurrent: 4), log: log)
        let held = try ring.find(key.reveal().utf8)
        #expect(held.record == record)
        #expect(held.record.charter == .commons("commons/tutor"))
        #expect(held.record.role == "tutor")
        #expect(ring.count == 1)
    }

    @Test("each way of being wrong gets its own answer, and none repeats the key")
    func refusals() throws {
        let store = try DataStore.inMemory(migrations: gatewayMigrations)
        let ring = try KeyRing(store: store, log: log)
        let unknown = APIKey().reveal()
        let cases: [(String, KeyRefusal)] = [
            ("", .missing), ("sk-live-abcdefgh", .foreign), (String(unknown.dropLast()), .mistyped),
            (unknown, .unknown), (String(repeating: "x", count: 100_000), .foreign),
        ]
        for (presented, expected) in cases {
            let refusal = #expect(throws: KeyRefusal.self) { try ring.find(presented.utf8) }
            #expect(refusal == expected)
            if presented.count > 12 { #expect(refusal.map { !$0.message.contains(presented.dropFirst(12)) } == true) }
        }
    }

    @Test("the key itself is nowhere in the store's files")
    func hashedAtRest() throws {
        let place = Place()
        let store = try place.open()
        let (key, record) = try KeyTable(store).create(.init(application: "a"))
        try store.close()
        let secret = Data(key.reveal().utf8.dropFirst(13))
        var sawRecord = false
        for name in try FileManager.default.contentsOfDirectory(atPath: place.folder.path) {
            let bytes = try Data(contentsOf: place.folder.appending(path: name))
            #expect(bytes.range(of: secret) == nil)
            sawRecord = sawRecord || bytes.range(of: Data(record.id.utf8)) != nil
        }
        #expect(sawRecord)
    }

    @Test("a key revoked by another process is refused after the next refresh, and a new one is found")
    func anotherProcess() throws {
        let place = Place()
        let ours = try place.open()
        let theirs = KeyTable(try place.open())
        let (key, record) = try theirs.create(.init(application: "a"))
        let ring = try KeyRing(store: ours, log: log)
        _ = try ring.find(key.reveal().utf8)

        let revoked = try #require(try theirs.revoke(id: record.id))
        #expect(revoked.revokedAt != nil)
        let (second, _) = try theirs.create(.init(application: "b"))
        ring.refresh()
        #expect(throws: KeyRefusal.revoked(id: record.id)) { try ring.find(key.reveal().utf8) }
        #expect(try ring.find(second.reveal().utf8).record.application == "b")
        #expect(try theirs.revoke(id: record.id)?.revokedAt == revoked.revokedAt)
        #expect(try theirs.revoke(id: "key_unknown") == nil)
    }

    @Test("the running ring notices by itself")
    func running() async throws {
        let place = Place()
        let ours = try place.open()
        let theirs = KeyTable(try place.open())
        let (key, record) = try theirs.create(.init(application: "a"))
        let ring = try KeyRing(store: ours, log: log)
        let task = Task { await ring.run() }
        _ = try theirs.revoke(id: record.id)
        var refused = false
        for _ in 0..<200 where !refused {
            try await Task.sleep(for: .milliseconds(50))
            refused = (try? ring.find(key.reveal().utf8)) == nil
        }
        task.cancel()
        await task.value
        #expect(refused)
    }

    @Test("what a key used survives a restart, and a change of its record")
    func useSurvives() throws {
        let place = Place()
        let (key, record): (APIKey, KeyRecord)
        do {
            let store = try place.open()
            (key, record) = try KeyTable(store).create(.init(application: "a", limits: .init(tokensPerDay: 1000)))
            let ring = try KeyRing(store: store, log: log)
            let held = try ring.find(key.reveal().utf8)
            for used in [100, 200, 300] {
                try held.admit(estimatedTokens: 400, at: .now()).settle(used: used)
                ring.save()
            }
            ring.save()
            let other = KeyTable(try place.open())
            _ = try other.create(.init(application: "b"))
            ring.refresh()
            #expect(held.usage.budget.standing(at: .now()).used == 600)
            try store.close()
        }
        let again = try place.open()
        let ring = try KeyRing(store: again, log: log)
        let held = try ring.find(key.reveal().utf8)
        #expect(held.usage.budget.standing(at: .now()).used == 600)
        #expect(throws: LimitRefusal.self) { try held.admit(estimatedTokens: 401, at: .now()) }
        let listed = try KeyTable(again).all().first { $0.record.id == record.id }
        #expect(listed?.tokensToday == 600)
    }

    @Test("two processes that share a store add their use together")
    func sharedUse() throws {
        let place = Place()
        let one = try place.open()
        let two = try place.open()
        let (key, _) = try KeyTable(one).create(.init(application: "a", limits: .init(tokensPerDay: 1000)))
        let first = try KeyRing(store: one, log: log)
        let second = try KeyRing(store: two, log: log)
        try first.find(key.reveal().utf8).admit(estimatedTokens: 400, at: .now()).settle(used: 400)
        try second.find(key.reveal().utf8).admit(estimatedTokens: 300, at: .now()).settle(used: 300)
        first.save()
        second.save()
        first.refresh()
        for ring in [first, second] {
            #expect(try ring.find(key.reveal().utf8).usage.budget.standing(at: .now()).used == 700)
        }
    }

    @Test("use that settles while it is being written down is written down once, to the last token")
    func savedInARace() async throws {
        let place = Place()
        let store = try place.open()
        let (key, _) = try KeyTable(store).create(.init(application: "a", limits: .init(tokensPerDay: 1 << 40)))
        let ring = try KeyRing(store: store, log: log)
        let other = KeyTable(try place.open())
        let held = try ring.find(key.reveal().utf8)
        let now = Moment.now()
        let total = SharedNumber()
        await withTaskGroup(of: Void.self) { group in
            for worker in 0..<4 {
                group.addTask {
                    var generator = SeededGenerator(seed: UInt64(worker))
                    for _ in 0..<2000 {
                        guard let admission = try? held.admit(estimatedTokens: 100, at: now) else { continue }
                        let used = Int.random(in: 0...100, using: &generator)
                        total.add(used)
                        admission.settle(used: used)
                    }
                }
            }
            group.addTask {
                for step in 0..<40 {
                    ring.save()
                    // Another process writes, so that the ring reads everything again in the middle of it.
                    if step % 8 == 0 { _ = try? other.create(.init(application: "b")) }
                    ring.refresh(at: now)
                    await Task.yield()
                }
            }
        }
        ring.save()
        ring.save()
        #expect(held.usage.budget.standing(at: now).used == total.value)
        #expect(held.usage.open == 0)
        let written = try KeyTable(store).all(at: now).first { $0.record.id == held.record.id }?.tokensToday
        #expect(written == total.value)
    }

    @Test("a key without limits of its own has the operator's")
    func defaults() throws {
        let store = try DataStore.inMemory(migrations: gatewayMigrations)
        let (key, _) = try KeyTable(store).create(.init(application: "a", limits: .init(tokensPerDay: 5)))
        let ring = try KeyRing(
            store: store, defaults: KeyLimits(requestsPerMinute: 1, tokensPerDay: 1, concurrent: 1), log: log)
        let held = try ring.find(key.reveal().utf8)
        let first = try held.admit(estimatedTokens: 5, at: .now())
        #expect(throws: LimitRefusal.concurrent(limit: 1)) { try held.admit(estimatedTokens: 0, at: .now()) }
        first.settle(used: 0)
        let now = Moment.now()
        #expect(throws: LimitRefusal.self) { try held.admit(estimatedTokens: 1, at: now) }
    }

    @Test("an order that can't be right says what to write instead")
    func orders() throws {
        let table = KeyTable(try DataStore.inMemory(migrations: gatewayMigrations))
        for order in [
            KeyTable.Order(application: ""), .init(application: "two words"), .init(application: "ü"),
            .init(application: String(repeating: "a", count: 101)), .init(application: "a", label: "line\nbreak"),
            .init(application: "a", limits: .init(tokensPerDay: -1)),
        ] {
            let problem = #expect(throws: KeyOrderProblem.self) { try table.create(order) }
            #expect(problem?.message.isEmpty == false)
        }
        #expect(try table.all().isEmpty)
    }
}

@Suite("Admission")
struct AdmissionTests {
    private let now = Moment(steady: 1, wall: 20_000 * 86_400_000)

    @Test("a refused request takes nothing: no place, no tokens, no try")
    func refusedTakesNothing() throws {
        let usage = KeyUsage(limits: KeyLimits(requestsPerMinute: 2, tokensPerDay: 100, concurrent: 2))
        #expect(throws: LimitRefusal.self) { try usage.admit(estimatedTokens: 101, at: now) }
        #expect(usage.open == 0)
        let first = try usage.admit(estimatedTokens: 10, at: now)
        let second = try usage.admit(estimatedTokens: 10, at: now)
        second.settle(used: 10)
        #expect(throws: LimitRefusal.requestsPerMinute(retryAfter: 30)) {
            try usage.admit(estimatedTokens: 10, at: now)
        }
        #expect(usage.open == 1)
        #expect(usage.budget.standing(at: now).reserved == 10)
        first.settle(used: 3)
        #expect(usage.budget.standing(at: now).used == 13)
    }

    @Test("settling twice counts once")
    func twice() throws {
        let usage = KeyUsage(limits: KeyLimits())
        let admission = try usage.admit(estimatedTokens: 10, at: now)
        admission.settle(used: 7)
        admission.settle(used: 7)
        #expect(usage.budget.standing(at: now).used == 7)
        #expect(usage.open == 0)
    }

    @Test("an admission that is dropped frees its place and counts what it set aside")
    func dropped() throws {
        let usage = KeyUsage(limits: KeyLimits(concurrent: 1))
        do {
            let admission = try usage.admit(estimatedTokens: 10, at: now)
            #expect(admission.reservedTokens == 10)
        }
        #expect(usage.open == 0)
        #expect(usage.budget.standing(at: now).used == 10)
    }

    @Test("every refusal says when to try again and what happened")
    func words() throws {
        let refusal = TokenBudget.Refusal(limit: 100, left: 40, asked: 60, retryAfter: 9)
        let refusals: [LimitRefusal] = [
            .requestsPerMinute(retryAfter: 3), .tokensPerDay(refusal),
            .tokensPerDay(.init(limit: 100, left: 0, asked: 0, retryAfter: 9)), .concurrent(limit: 4),
        ]
        #expect(refusals.map(\.retryAfter) == [3, 9, 9, 1])
        #expect(refusals[1].message.contains("60") && refusals[1].message.contains("40"))
        #expect(Set(refusals.map(\.message)).count == 4)
    }
}
