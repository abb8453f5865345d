import Charters
import Consents
import Foundation
import Store
import Testing

@testable import Counsel

@Suite("What a receipt tells of its person")
struct ReceiptReasonsTests {
    private let person = PersonPseudonym(high: 1, low: 2)
    private let other = PersonPseudonym(high: 3, low: 4)
    /// What must stand in no file in the clear, and can't be guessed from what does.
    private let words = [
        "self-harm", "in danger", "end it all", "hand-over", "contexts/crisis-line", "danger-to-life", "feedface",
        "quit-drinking", "beef0123", "sleep-earlier",
    ]

    private func telling(at moment: Int64 = 1, of person: PersonPseudonym?) -> Receipt {
        var receipt = Receipt.sample(at: moment, person: person)
        receipt.clauses.append("contexts/crisis-line")
        receipt.move = "hand-over"
        receipt.moveReason = "somebody may be in danger"
        receipt.moveRule = "danger"
        receipt.layers = [
            .init(kind: "floor", name: "trellis/floor", version: "1.0.0", fingerprint: "0f"),
            .init(kind: "person", name: "person", fingerprint: "feedface"),
        ]
        receipt.situation = .init(
            topics: ["self-harm"], stakes: "high",
            readings: [.init(about: "danger", certainty: 95, evidence: "the cue “end it all”")])
        receipt.alternatives = [.init(move: "answer", whyNot: "not while somebody may be in danger")]
        receipt.floor = [
            FloorFinding(clause: "crisis-help", severity: .handOver, side: .input, detector: "danger-to-life", at: 3)
        ]
        receipt.guidance = ["quit-drinking"]
        receipt.consents = [.init(guidance: "quit-drinking", question: "beef0123")]
        receipt.asked = "sleep-earlier"
        receipt.critique = .init(rounds: 1, failed: ["guidance/quit-drinking"], revised: true)
        receipt.brief?.text = "Words that many share."
        return receipt
    }

    private func isClear(_ data: Data) -> [String] { words.filter { data.range(of: Data($0.utf8)) != nil } }

    @Test("is given back here and elsewhere, and stands in no file in the clear, in the journal or sorted in")
    func sealedAtRest() async throws {
        let desk = try Desk()
        let receipts = [telling(of: person), telling(of: nil)]
        desk.ledger.remember(brief: "Words that many share.", fingerprint: String(repeating: "b", count: 64))
        for receipt in receipts { desk.ledger.record(receipt) }
        for isSortedIn in [false, true] {
            if isSortedIn { await desk.ledger.ingest() }
            for receipt in receipts {
                #expect(try await desk.ledger.receipt(receipt.id) == receipt)
                #expect(try desk.readerElsewhere().receipt(receipt.id) == receipt)
            }
            #expect(isClear(try desk.allBytes()) == [])
        }
        let row = try #require(try await desk.store.read { try $0.firstRow("SELECT brief FROM receipts") })
        #expect(try row.optionalText("brief") == nil, "which brief it was tells what it was written for")
    }

    @Test("is gone for good when the person is erased, recorded a moment ago or sorted in, and others' stays")
    func erasing() async throws {
        let desk = try Desk()
        let hers = [telling(at: 1, of: person), telling(at: 2, of: person)]
        let his = telling(at: 3, of: other)
        desk.ledger.remember(brief: "Words that many share.", fingerprint: String(repeating: "b", count: 64))
        desk.ledger.record(hers[0])
        desk.ledger.record(his)
        await desk.ledger.ingest()
        desk.ledger.record(hers[1])
        try await desk.ledger.eraseBodies(of: person)
        let copy = try Desk.Copy(of: desk)
        for reader in [try desk.readerElsewhere(), try copy.reader()] {
            for receipt in hers {
                let found = try #require(try reader.receipt(receipt.id))
                #expect(found.move == "erased" && found.situation == nil && found.alternatives == nil)
                #expect(found.floor == nil && found.tension == nil && found.moveRule == nil && found.clauses == [])
                #expect(found.brief == nil && found.layers?.map(\.kind) == ["floor"])
                #expect(found.charter == receipt.charter && found.usage == receipt.usage)
                #expect(found.guidance == nil && found.consents == nil && found.asked == nil && found.critique == nil)
                #expect(found.guided == 1, "how many is left, so that an audit can count them")
                let why = Why(found).text
                #expect(why.contains("It was erased") && !why.contains("because"), "\(why)")
                #expect(why.contains("One guidance spoke here.") && !why.contains("agreed to be steered"), "\(why)")
            }
            #expect(try reader.receipt(his.id) == his)
            let replies = try reader.guidedReplies().sorted { $0.at < $1.at }
            #expect(replies.map(\.unreadable) == [1, 1, 0])
            #expect(replies.map(\.guidance) == [[], [], ["quit-drinking"]])
            #expect(replies.last?.questions == ["quit-drinking": "beef0123"])
        }
        #expect(isClear(try desk.allBytes()) == [])
        #expect(
            !(try FileManager.default.contentsOfDirectory(atPath: desk.data.receiptJournal))
                .contains { $0.hasSuffix(".journal") })
    }

    @Test("isn't kept without a key to seal it under, and the receipt says so")
    func withoutSeal() async throws {
        let desk = try Desk(withSeal: false)
        let receipt = telling(of: person)
        desk.ledger.record(receipt)
        await desk.ledger.ingest()
        let found = try #require(try await desk.ledger.receipt(receipt.id))
        #expect(found.situation == nil && found.missing.contains { $0.contains("no key to seal it under") })
        #expect(isClear(try desk.allBytes()) == [])
    }

    @Test("is shown to a reader that opens no bodies, and to none without the key")
    func readers() async throws {
        let desk = try Desk()
        var receipt = telling(of: person)
        receipt.bodies = .init(request: "I can't go on.", reply: "I am here.")
        desk.ledger.record(receipt)
        for _ in 0..<2 {
            let opened = try desk.readerElsewhere()
            let plain = ReceiptReader(
                store: opened.store, journalDirectory: opened.journalDirectory, seal: opened.seal, opensBodies: false)
            let found = try #require(try plain.receipt(receipt.id))
            #expect(found.situation == receipt.situation && found.bodies == nil && found.bodiesUnreadable != nil)
            let closed = ReceiptReader(store: opened.store, journalDirectory: opened.journalDirectory, seal: nil)
            let less = try #require(try closed.receipt(receipt.id))
            #expect(less.move == "sealed" && less.situation == nil && less.bodies == nil)
            #expect(less.guidance == nil && less.guided == 1)
            #expect(throws: SealError.keyNotGiven, "without the key nobody can judge") { try closed.guidedReplies() }
            #expect(try plain.guidedReplies().map(\.guidance) == [["quit-drinking"]])
            #expect(Why(less).text.contains("sealed under the person's own key"))
            await desk.ledger.ingest()
        }
    }

    // MARK: From older Trellises

    /// A receipt as a Trellis before this wrote it: everything in one text.
    private static func oldText(_ receipt: Receipt) -> String {
        var json = JSONBytes(after: [])
        receipt.write(to: &json)
        return String(decoding: json.bytes, as: UTF8.self)
    }

    @Test("in a store of the release before is sealed at the first start, and what was erased since isn't")
    func upgrade() async throws {
        let folder = try TemporaryFolder()
        let path = folder("t.sqlite")
        let before = Array(CounselMigrations.all.prefix(4)) + Seal.migrations
        let gone = PersonPseudonym(high: 5, low: 6)
        let receipts =
            (1...600).map { telling(at: Int64($0), of: $0 % 2 == 0 ? person : other) }
            + [telling(at: 700, of: gone), telling(at: 900, of: gone)]
        let plain = Receipt.sample(at: 800)
        do {
            let old = try DataStore(path: path, migrations: before)
            try await old.write { session in
                try session.run(
                    "INSERT INTO briefs VALUES (?, 'Words that many share.')", .text(String(repeating: "b", count: 64)))
                for receipt in receipts + [plain] {
                    try session.run(
                        "INSERT INTO receipts (id, at, application, person, brief, content) VALUES (?, ?, ?, ?, ?, ?)",
                        .text(receipt.id.description), .integer(receipt.at), .text(receipt.application),
                        .text(ifAny: receipt.person?.description), .text(ifAny: receipt.brief?.fingerprint),
                        .text(Self.oldText(receipt)))
                }
            }
            try old.close()
        }
        let store = try DataStore(path: path, migrations: CounselMigrations.all + Seal.migrations)
        let seal = try Seal(store: store, keyEncryptionKey: KeyEncryptionKey(keptAt: folder("kek")))
        let ledger = ReceiptLedger(store: store, journal: try Journal(directory: folder("journal")), seal: seal)
        #expect(try ledger.holdsUnsealedReceipts)
        #expect(try await ledger.receipt(receipts[0].id) == receipts[0], "readable all the while")
        try await ledger.sealOldReceipts(
            erasures: [PersonKey(application: "riverside", person: gone.description): 800])
        #expect(try !ledger.holdsUnsealedReceipts)
        for receipt in receipts where receipt.at != 700 {
            #expect(try await ledger.receipt(receipt.id) == receipt)
        }
        #expect(try await ledger.receipt(receipts[600].id)?.move == "erased", "not brought back under a new key")
        var expected = plain
        expected.brief?.text = "Words that many share."
        #expect(try await ledger.receipt(plain.id) == expected)
        func allBytes() throws -> Data {
            let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
            return names.compactMap { FileManager.default.contents(atPath: folder($0)) }.reduce(Data(), +)
        }
        #expect(isClear(try allBytes()) == [], "nor in what the file had room for")
        try await ledger.eraseBodies(of: person)
        #expect(try await ledger.receipt(receipts[1].id)?.move == "erased")
        #expect(try await ledger.receipt(receipts[0].id) == receipts[0])
        // A second start has nothing to do.
        try await ledger.sealOldReceipts(erasures: [:])
        #expect(try await ledger.receipt(receipts[0].id) == receipts[0])
    }

    /// A receipt as the release before this wrote it: the reasons sealed apart, and what was consented to in the clear.
    private static func textBesideReasons(_ receipt: Receipt) throws -> (content: String, reasons: [UInt8]) {
        var rest = receipt
        (rest.guidance, rest.consents, rest.asked, rest.critique) = (nil, nil, nil, nil)
        var json = JSONBytes(after: [])
        rest.write(to: &json, withoutReasons: true)
        let clear = #"""
            "guidance":["quit-drinking"],"consents":[{"guidance":"quit-drinking","question":"beef0123"}],\
            "asked":"sleep-earlier","critique":{"rounds":1,"failed":["guidance/quit-drinking"],"revised":true,"tokens":0,\
            "took":0},"upstream":
            """#.replacing("\\\n", with: "")
        let content = String(decoding: json.bytes, as: UTF8.self).replacing(#""upstream":"#, with: clear)
        #expect(try JSONDecoder().decode(Receipt.self, from: Data(content.utf8)).guidance == ["quit-drinking"])
        return (content, rest.reasonsJSON)
    }

    @Test("is sealed at the first start where the release before kept what was consented to in the clear")
    func consentsUpgrade() async throws {
        let folder = try TemporaryFolder()
        let path = folder("t.sqlite")
        let before = Array(CounselMigrations.all.prefix(5)) + Seal.migrations
        let (gone, back) = (PersonPseudonym(high: 5, low: 6), PersonPseudonym(high: 7, low: 8))
        let kept = (1...300).map { telling(at: Int64($0), of: $0 % 2 == 0 ? person : nil) }
        let lost = [telling(at: 701, of: gone), telling(at: 702, of: back)]
        let returned = telling(at: 900, of: back)
        let plain = Receipt.sample(at: 950)
        do {
            let old = try DataStore(path: path, migrations: before)
            let seal = try Seal(store: old, keyEncryptionKey: KeyEncryptionKey(keptAt: folder("kek")))
            func write(_ receipts: [Receipt]) async throws {
                try await old.write { session in
                    for receipt in receipts {
                        let text = try Self.textBesideReasons(receipt)
                        let owner = ReceiptRecord.Entry.owner(
                            person: receipt.person?.description, application: receipt.application)
                        let sealed = try seal.seal(
                            text.reasons, for: owner, context: "\(receipt.id)/reasons", in: session)
                        try session.run(
                            "INSERT INTO receipts (id, at, application, person, content, reasons) VALUES (?, ?, ?, ?, ?, ?)",
                            .text(receipt.id.description), .integer(receipt.at), .text(receipt.application),
                            .text(ifAny: receipt.person?.description), .text(text.content), .blob(sealed))
                    }
                }
            }
            try await write(kept + lost)
            for person in [gone, back] { try seal.destroyKey(of: "person/\(person)") }
            try await write([returned])
            try await old.write { session in
                try session.run(
                    "INSERT INTO receipts (id, at, application, content) VALUES (?, ?, ?, ?)",
                    .text(plain.id.description), .integer(plain.at), .text(plain.application),
                    .text(Self.oldText(plain)))
            }
            try old.close()
        }
        let store = try DataStore(path: path, migrations: CounselMigrations.all + Seal.migrations)
        let seal = try Seal(store: store, keyEncryptionKey: KeyEncryptionKey(keptAt: folder("kek")))
        let ledger = ReceiptLedger(store: store, journal: try Journal(directory: folder("journal")), seal: seal)
        #expect(try ledger.holdsUnsealedReceipts)
        let reader = ReceiptReader(store: store, journalDirectory: folder("journal"), seal: seal)
        #expect(try reader.guidedReplies().count == 303, "an audit reads the older form too")
        try await ledger.sealOldReceipts(
            erasures: [PersonKey(application: "riverside", person: back.description): 800])
        #expect(try !ledger.holdsUnsealedReceipts)
        for receipt in kept + [returned] {
            var expected = receipt
            expected.brief?.text = nil
            #expect(try await ledger.receipt(receipt.id) == expected)
        }
        for receipt in lost {
            let found = try #require(try await ledger.receipt(receipt.id))
            #expect(found.move == "erased" && found.guidance == nil && found.asked == nil && found.guided == 1)
        }
        #expect(try await ledger.receipt(plain.id) == plain)
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        let bytes = names.compactMap { FileManager.default.contents(atPath: folder($0)) }.reduce(Data(), +)
        #expect(isClear(bytes) == [], "nor in what the file had room for")
        #expect(try reader.guidedReplies().count { $0.unreadable == 1 } == 2)
        try await ledger.eraseBodies(of: person)
        #expect(try await ledger.receipt(kept[1].id)?.move == "erased")
        #expect(try await ledger.receipt(kept[0].id)?.guidance == ["quit-drinking"])
    }

    @Test("is sealed when it is sorted in from a journal where the release before kept it in the clear")
    func journalBesideReasons() async throws {
        let desk = try Desk()
        let receipt = telling(of: person)
        let text = try Self.textBesideReasons(receipt)
        var rest = receipt
        (rest.guidance, rest.consents, rest.asked, rest.critique) = (nil, nil, nil, nil)
        var json = JSONBytes(after: [])
        rest.write(to: &json, withoutReasons: true)
        let sealed = try desk.seal.sealInTransit(text.reasons, context: "\(receipt.id)/reasons")
        let record = ReceiptRecord.bytes(of: rest, sealedBodies: nil, withoutReasons: true, sealedReasons: sealed)
        try desk.journal.append(Self.replacing(json.bytes, with: Array(text.content.utf8), in: record))
        desk.journal.rotate()
        #expect(try desk.readerElsewhere().guidedReplies().map(\.guidance) == [["quit-drinking"]])
        #expect(await desk.ledger.ingest())
        #expect(isClear(try desk.allBytes()) == [])
        var expected = receipt
        expected.brief?.text = nil
        #expect(try await desk.ledger.receipt(receipt.id) == expected)
    }

    /// A record with other bytes in place of some counted ones.
    private static func replacing(_ old: [UInt8], with new: [UInt8], in record: [UInt8]) throws -> [UInt8] {
        func counted(_ bytes: [UInt8]) -> [UInt8] {
            withUnsafeBytes(of: UInt32(bytes.count).littleEndian) { Array($0) } + bytes
        }
        let place = try #require(Data(record).range(of: Data(counted(old))))
        return Array(record[..<place.lowerBound]) + counted(new) + Array(record[place.upperBound...])
    }

    @Test("in a journal of the release before is sealed when it is sorted in")
    func oldJournal() async throws {
        let desk = try Desk()
        let receipt = telling(of: person)
        try desk.journal.append(ReceiptRecord.bytes(of: receipt, sealedBodies: nil))
        desk.journal.rotate()
        #expect(await desk.ledger.ingest())
        #expect(isClear(try desk.allBytes()) == [])
        var found = try #require(try await desk.ledger.receipt(receipt.id))
        found.brief?.text = receipt.brief?.text
        #expect(found == receipt)
    }
}

extension Desk {
    /// The data folder as somebody else has it who copied it after an erasure, keys and all.
    final class Copy {
        private let folder: TemporaryFolder

        init(of desk: Desk) throws {
            folder = try TemporaryFolder()
            for name in try FileManager.default.contentsOfDirectory(atPath: desk.data.path) {
                try FileManager.default.copyItem(atPath: desk.data.path + "/" + name, toPath: folder(name))
            }
        }

        func reader() throws -> ReceiptReader {
            let data = DataFolder(folder.path)
            let store = try DataStore(path: data.database, migrations: Desk.migrations)
            let seal = try Seal(store: store, keyEncryptionKey: KeyEncryptionKey(keptAt: data.keyEncryptionKey))
            return ReceiptReader(store: store, journalDirectory: data.receiptJournal, seal: seal)
        }
    }
}
