import Foundation
import Store
import Testing

@testable import Counsel

/// Where a test's parts stand.
struct DataFolder {
    let path: String
    init(_ path: String) { self.path = path }
    var database: String { path + "/trellis.sqlite" }
    var receiptJournal: String { path + "/journal" }
    var keyEncryptionKey: String { path + "/keys/kek" }
}

/// A ledger with a real store and journal in a folder of its own.
struct Desk {
    let folder: TemporaryFolder
    let data: DataFolder
    let store: DataStore
    let seal: Seal
    let journal: Journal
    let ledger: ReceiptLedger

    static let migrations = Seal.migrations + CounselMigrations.all

    init(in folder: TemporaryFolder? = nil, withSeal: Bool = true, memoryLimit: Int = 16 << 20) throws {
        self.folder = try folder ?? TemporaryFolder()
        data = DataFolder(self.folder("data"))
        store = try DataStore(path: data.database, migrations: Self.migrations, busyTimeout: 0.05)
        seal = try Seal(store: store, keyEncryptionKey: KeyEncryptionKey(keptAt: data.keyEncryptionKey))
        journal = try Journal(directory: data.receiptJournal)
        ledger = ReceiptLedger(store: store, journal: journal, seal: withSeal ? seal : nil, memoryLimit: memoryLimit)
    }

    /// What another process sees: a second opening for reading, and the journal's files.
    func readerElsewhere() throws -> ReceiptReader {
        let store = try DataStore(readingAt: data.database, migrations: Self.migrations)
        let seal = try Seal(store: store, keyEncryptionKey: KeyEncryptionKey(keptAt: data.keyEncryptionKey))
        return ReceiptReader(store: store, journalDirectory: data.receiptJournal, seal: seal)
    }

    /// Every byte of every file in the data folder.
    func allBytes() throws -> Data {
        let names = try FileManager.default.subpathsOfDirectory(atPath: data.path)
        return names.compactMap { FileManager.default.contents(atPath: data.path + "/" + $0) }.reduce(Data(), +)
    }

    func count(of table: String) throws -> Int {
        try store.read { try $0.rows("SELECT * FROM \(table)").count }
    }
}

@Suite("A ledger of receipts")
struct ReceiptLedgerTests {
    private let person = PersonPseudonym(high: 1, low: 2)

    @Test("finds a receipt from the moment it is recorded, here and from another process, and after it is sorted in")
    func finding() async throws {
        let desk = try Desk()
        var receipt = Receipt.sample(person: person)
        desk.ledger.remember(brief: "Care about understanding.", fingerprint: String(repeating: "b", count: 64))
        desk.ledger.record(receipt)
        receipt.brief?.text = "Care about understanding."
        #expect(desk.ledger.counts.waiting == 2)
        for isSortedIn in [false, true] {
            if isSortedIn { #expect(await desk.ledger.ingest()) }
            #expect(try desk.count(of: "receipts") == (isSortedIn ? 1 : 0))
            #expect(try await desk.ledger.receipt(receipt.id) == receipt)
            #expect(try desk.readerElsewhere().receipt(receipt.id) == receipt)
            #expect(try await desk.ledger.receipt(ReceiptID(at: 1)) == nil)
        }
        #expect(desk.ledger.counts.waiting == 0)
        #expect(desk.ledger.counts.ingested == 1)
    }

    @Test("gives the newest first, of all applications or of one, whether they are sorted in yet or not")
    func latest() async throws {
        let desk = try Desk()
        let receipts = (0..<30).map { Receipt.sample(at: Int64(1_000_000 + $0), application: $0 % 3 == 0 ? "a" : "b") }
        for receipt in receipts[..<20] { desk.ledger.record(receipt) }
        await desk.ledger.ingest()
        for receipt in receipts[20...] { desk.ledger.record(receipt) }
        let newest = Array(receipts.reversed())
        for _ in 0..<2 {
            #expect(try await desk.ledger.latest(12) == Array(newest.prefix(12)))
            #expect(try await desk.ledger.latest(100) == newest)
            #expect(
                try await desk.ledger.latest(5, application: "a")
                    == Array(newest.filter { $0.application == "a" }.prefix(5)))
            #expect(try desk.readerElsewhere().latest(12) == Array(newest.prefix(12)))
            #expect(try await desk.ledger.latest(0) == [])
            #expect(try await desk.ledger.latest(3, application: "nobody") == [])
            await desk.ledger.ingest()
        }
    }

    @Test("sorts in by itself while it runs, and once more when it is stopped")
    func running() async throws {
        let desk = try Desk()
        let running = Task { await desk.ledger.run() }
        let first = (0..<700).map { Receipt.sample(at: Int64($0)) }
        for receipt in first { desk.ledger.record(receipt) }
        while desk.ledger.counts.ingested < first.count { try await Task.sleep(for: .milliseconds(5)) }
        for number in 0..<50 { desk.ledger.record(.sample(at: Int64(1000 + number))) }
        running.cancel()
        await running.value
        #expect(try desk.count(of: "receipts") == 750)
        #expect(desk.ledger.counts == .init(recorded: 750, ingested: 750, waiting: 0, failed: 0, damaged: 0))
        #expect(desk.ledger.trouble == nil)
    }

    @Test("sorts in, after a death, what the last run recorded and did not get to, and nothing twice")
    func afterDeath() async throws {
        let folder = try TemporaryFolder()
        let receipts = (0..<40).map { Receipt.sample(at: Int64($0)) }
        do {
            let desk = try Desk(in: folder)
            for receipt in receipts[..<10] { desk.ledger.record(receipt) }
            await desk.ledger.ingest()
            for receipt in receipts[10...] { desk.ledger.record(receipt) }
        }
        // As if it had died between writing to the store and forgetting: the place is lost, all is handed on again.
        try FileManager.default.removeItem(atPath: DataFolder(folder("data")).receiptJournal + "/position")
        let desk = try Desk(in: folder)
        #expect(try await desk.ledger.receipt(receipts[39].id) == receipts[39])
        #expect(await desk.ledger.ingest())
        #expect(try desk.count(of: "receipts") == 40)
        #expect(try await desk.ledger.latest(100) == receipts.reversed())
    }

    @Test("takes receipts from many threads at once")
    func concurrency() async throws {
        let desk = try Desk()
        let running = Task { await desk.ledger.run() }
        await withTaskGroup(of: Void.self) { group in
            for thread in 0..<4 {
                group.addTask {
                    for number in 0..<200 { desk.ledger.record(.sample(at: Int64(thread * 1000 + number))) }
                }
            }
        }
        running.cancel()
        await running.value
        #expect(try desk.count(of: "receipts") == 800)
    }

    @Test("keeps any receipt, whatever strings are in it")
    func hostileStrings() async throws {
        let desk = try Desk()
        var generator = SeededGenerator(seed: 11)
        let receipts = (0..<100).map { _ in Receipt.random(using: &generator) }
        for receipt in receipts { desk.ledger.record(receipt) }
        #expect(await desk.ledger.ingest())
        #expect(desk.ledger.counts.failed == 0)
        for receipt in receipts { #expect(try await desk.ledger.receipt(receipt.id) == receipt) }
    }

    @Test("sets a record that it can't read aside, keeps it, and lets it delay no other")
    func setAside() async throws {
        let desk = try Desk()
        try desk.journal.append([99, 1, 2, 3])
        let receipt = Receipt.sample()
        desk.ledger.record(receipt)
        #expect(await desk.ledger.ingest())
        #expect(try await desk.ledger.receipt(receipt.id) == receipt)
        #expect(desk.ledger.counts.failed == 1)
        let kept = try await desk.store.read {
            try $0.firstRow("SELECT record FROM receipts_set_aside")?.blob("record")
        }
        #expect(kept == [99, 1, 2, 3])
    }
}

@Suite("Words that a receipt keeps")
struct ReceiptBodiesTests {
    private let person = PersonPseudonym(high: 1, low: 2)
    private let bodies = Receipt.Bodies(request: "I am afraid of the exam.", reply: "What do you know already?")

    @Test("are given back here and elsewhere, and stand in no file in the clear")
    func sealedAtRest() async throws {
        let desk = try Desk()
        var hers = Receipt.sample(person: person)
        hers.bodies = bodies
        var nobodys = Receipt.sample()
        nobodys.bodies = bodies
        desk.ledger.record(hers)
        desk.ledger.record(nobodys)
        for isSortedIn in [false, true] {
            if isSortedIn { await desk.ledger.ingest() }
            for receipt in [hers, nobodys] {
                #expect(try await desk.ledger.receipt(receipt.id) == receipt)
                #expect(try desk.readerElsewhere().receipt(receipt.id) == receipt)
            }
            let bytes = try desk.allBytes()
            for words in ["afraid", "know already"] { #expect(bytes.range(of: Data(words.utf8)) == nil) }
            #expect(bytes.range(of: Data("riverside".utf8)) != nil)
        }
    }

    @Test("are gone for good when a person erases them, recorded a moment ago or sorted in, and others' stay")
    func erasing() async throws {
        let desk = try Desk()
        var receipts = (0..<3).map {
            Receipt.sample(at: Int64($0), person: $0 == 2 ? PersonPseudonym(high: 3, low: 4) : person)
        }
        for index in receipts.indices {
            receipts[index].bodies = bodies
            receipts[index].workings = .init(brief: "Her wish.", drafts: ["Do not be afraid"], criticisms: ["[]"])
            receipts[index].brief?.text = "Her wish."
        }
        desk.ledger.record(receipts[0])
        desk.ledger.record(receipts[2])
        await desk.ledger.ingest()
        desk.ledger.record(receipts[1])
        try desk.store.backup(to: desk.folder("before.sqlite"))
        try await desk.ledger.eraseBodies(of: person)
        for receipt in receipts[..<2] {
            let found = try #require(try await desk.ledger.receipt(receipt.id))
            #expect(found.bodies == nil && found.workings == nil && found.brief?.text == nil)
            #expect(found.bodiesUnreadable?.contains("erased") == true)
            #expect(found.charter == receipt.charter)
        }
        #expect(try await desk.ledger.receipt(receipts[2].id) == receipts[2])
        #expect(try Journal.records(inDirectory: desk.data.receiptJournal).isEmpty)
        let leftovers = try FileManager.default.contentsOfDirectory(atPath: desk.data.receiptJournal)
        #expect(!leftovers.contains { $0.hasSuffix(".journal") })
        // She talks again: that is kept again, and what was erased stays erased.
        var later = Receipt.sample(at: 9, person: person)
        later.bodies = bodies
        desk.ledger.record(later)
        await desk.ledger.ingest()
        #expect(try await desk.ledger.receipt(later.id) == later)
        #expect(try await desk.ledger.receipt(receipts[0].id)?.bodies == nil)
    }

    @Test("are not kept without a key to seal them under, and the receipt says so")
    func withoutSeal() async throws {
        let desk = try Desk(withSeal: false)
        var receipt = Receipt.sample()
        receipt.bodies = bodies
        receipt.workings = .init(brief: "She is afraid")
        desk.ledger.record(receipt)
        await desk.ledger.ingest()
        let found = try #require(try await desk.ledger.receipt(receipt.id))
        #expect(found.bodies == nil && found.workings == nil)
        #expect(found.missing.contains { $0.contains("no key to seal it under") })
        #expect(try desk.allBytes().range(of: Data("afraid".utf8)) == nil)
    }

    @Test("are told apart where only drafts are kept: why they aren't shown, and that what was said isn't kept")
    func onlyDrafts() async throws {
        let desk = try Desk()
        var receipt = Receipt.sample(person: person)
        receipt.workings = .init(drafts: ["She is afraid"], criticisms: ["[]"])
        receipt.critique = .init(rounds: 1)
        desk.ledger.record(receipt)
        for _ in 0..<2 {
            let opened = try desk.readerElsewhere()
            let plain = ReceiptReader(
                store: opened.store, journalDirectory: opened.journalDirectory, seal: opened.seal, opensBodies: false)
            let found = try #require(try plain.receipt(receipt.id))
            #expect(found.workings == nil && found.bodiesUnreadable == nil)
            let kept = try #require(Why(found).parts.first { $0.id == "kept" }?.says.joined(separator: " "))
            #expect(kept.contains("What was said is not kept") && kept.contains("Drafts"), "\(kept)")
            #expect(kept.contains("nobody asked to see it") && !kept.contains("key that opens"), "\(kept)")
            #expect(try opened.receipt(receipt.id) == receipt)
            await desk.ledger.ingest()
        }
        try await desk.ledger.eraseBodies(of: person)
        let found = try #require(try await desk.ledger.receipt(receipt.id))
        #expect(found.workingsUnreadable?.contains("erased") == true && found.bodiesUnreadable == nil)
    }

    @Test("stay closed to a reader without the key, which says so")
    func readerWithoutSeal() async throws {
        let desk = try Desk()
        var receipt = Receipt.sample()
        receipt.bodies = bodies
        receipt.workings = .init(brief: "She is afraid")
        desk.ledger.record(receipt)
        for _ in 0..<2 {
            var reader = try desk.readerElsewhere()
            reader = ReceiptReader(store: reader.store, journalDirectory: reader.journalDirectory, seal: nil)
            let found = try #require(try reader.receipt(receipt.id))
            #expect(found.bodies == nil && found.workings == nil && found.workingsUnreadable?.contains("key") == true)
            await desk.ledger.ingest()
        }
    }
}
