import Foundation
import Store
import Synchronization
import Testing

@testable import Counsel
@testable import Store

@Suite("A ledger of receipts in trouble")
struct ReceiptTroubleTests {
    @Test("goes on recording while the store is locked, says so, and catches up when it is free")
    func locked() async throws {
        let desk = try Desk()
        let other = try DataStore(path: desk.data.database, migrations: [])
        let receipts = (0..<20).map { Receipt.sample(at: Int64($0)) }
        let gate = Gate()
        other.holdLocked(until: "tried", gate)
        await gate.waitAsync(for: "held")
        for receipt in receipts { desk.ledger.record(receipt) }
        #expect(await !desk.ledger.ingest())
        #expect(desk.ledger.trouble?.contains("locked") == true)
        #expect(desk.ledger.counts.waiting == 20)
        #expect(try await desk.ledger.receipt(receipts[7].id) == receipts[7])
        gate.open("tried")
        await gate.waitAsync(for: "let go")
        #expect(await desk.ledger.ingest())
        #expect(desk.ledger.trouble == nil)
        #expect(try desk.count(of: "receipts") == 20)
    }

    @Test("tries again by itself until the lock is gone")
    func lockedWhileRunning() async throws {
        let desk = try Desk()
        let other = try DataStore(path: desk.data.database, migrations: [])
        let gate = Gate()
        other.holdLocked(until: "tried", gate)
        await gate.waitAsync(for: "held")
        let running = Task { await desk.ledger.run() }
        desk.ledger.record(.sample())
        while desk.ledger.trouble == nil { try await Task.sleep(for: .milliseconds(5)) }
        gate.open("tried")
        await gate.waitAsync(for: "let go")
        while desk.ledger.counts.ingested == 0 { try await Task.sleep(for: .milliseconds(5)) }
        #expect(desk.ledger.trouble == nil)
        running.cancel()
        await running.value
    }

    @Test("keeps everything in the journal when the store turns out damaged, and says what to do")
    func corruptLater() async throws {
        let folder = try TemporaryFolder()
        let receipts = (0..<600).map { Receipt.sample(at: Int64($0)) }
        do {
            let desk = try Desk(in: folder)
            for receipt in receipts { desk.ledger.record(receipt) }
            await desk.ledger.ingest()
            try desk.store.compactLog()
            try desk.store.close()
        }
        let desk = try Desk(in: folder)
        let path = desk.data.database
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        let size = try file.seekToEnd()
        // Once the store is open, so that it is not refused at its start.
        for page in stride(from: UInt64(16384), to: size, by: 16384) {
            try file.seek(toOffset: page)
            try file.write(contentsOf: Data(repeating: 0xEE, count: 2000))
        }
        try file.close()
        let late = Receipt.sample(at: 10_000)
        desk.ledger.record(late)
        #expect(await !desk.ledger.ingest())
        let trouble = try #require(desk.ledger.trouble)
        #expect(trouble.contains(path) && trouble.contains("backup") && trouble.contains("aside"))
        #expect(desk.ledger.counts.waiting == 1)
        let waiting = try Journal.records(inDirectory: desk.data.receiptJournal)
        #expect(waiting.count == 1)
    }

    @Test("can't be opened on a damaged store, with an error that names the file and both ways out")
    func corruptAtStart() throws {
        let folder = try TemporaryFolder()
        let path = DataFolder(folder("data")).database
        _ = try Desk(in: folder)
        for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
        try Data("this is no database, whatever its name says".utf8).write(to: URL(fileURLWithPath: path))
        #expect {
            _ = try Desk(in: folder)
        } throws: { error in
            let words = "\(error)"
            return words.contains(path) && words.contains("backup") && words.contains("aside")
        }
    }

    @Test("holds receipts in memory while the journal's disk is full, and writes them when there is room")
    func fullDisk() async throws {
        let desk = try Desk()
        let isFull = Flag()
        let journal = try Journal(
            directory: desk.folder("other"), segmentBytes: 1 << 20,
            system: .init { file, parts, count in
                guard isFull.isSet else { return writev(file, parts, count) }
                errno = ENOSPC
                return -1
            })
        let ledger = ReceiptLedger(store: desk.store, journal: journal, memoryLimit: 20_000)
        let receipts = (0..<50).map { Receipt.sample(at: Int64($0)) }
        ledger.record(receipts[0])
        isFull.set(true)
        for receipt in receipts[1...] { ledger.record(receipt) }
        #expect(ledger.trouble?.contains("no room") == true)
        let lost = ledger.counts.failed
        #expect(lost > 0 && lost < 49)
        #expect(ledger.counts.waiting == 50 - lost)
        #expect(try await ledger.receipt(receipts[1].id) == receipts[1])
        #expect(await !ledger.ingest())
        #expect(ledger.trouble != nil)
        isFull.set(false)
        #expect(await ledger.ingest())
        #expect(ledger.trouble == nil)
        #expect(ledger.counts.waiting == 0)
        #expect(try desk.count(of: "receipts") == 50 - lost)
        let oldest = try await ledger.latest(100).last
        #expect(oldest == receipts[0])
    }
}

/// Something that one thread sets and another asks.
final class Flag: Sendable {
    private let value = Atomic(false)
    var isSet: Bool { value.load(ordering: .acquiring) }
    func set(_ isSet: Bool) { value.store(isSet, ordering: .releasing) }
}

/// Named moments that threads and tasks wait for.
final class Gate: Sendable {
    private let opened = Mutex<Set<String>>([])
    func open(_ name: String) { opened.withLock { _ = $0.insert(name) } }
    func wait(for name: String) { while !opened.withLock({ $0.contains(name) }) { usleep(1000) } }
    func waitAsync(for name: String) async {
        while !opened.withLock({ $0.contains(name) }) { try? await Task.sleep(for: .milliseconds(1)) }
    }
}

extension DataStore {
    /// Holds the write lock, on a thread of its own, from when `held` opens until the gate of that name does.
    func holdLocked(until name: String, _ gate: Gate) {
        Thread.detachNewThread {
            try? self.write { session in
                try session.run("DELETE FROM briefs")
                gate.open("held")
                gate.wait(for: name)
            }
            gate.open("let go")
        }
    }
}
