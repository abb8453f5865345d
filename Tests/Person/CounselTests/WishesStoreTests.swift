import Charters
import Consents
import Flourishing
import Foundation
import Logging
import Memory
import Store
import Testing

@testable import Counsel

@Suite("A person's wishes")
struct WishesStoreTests {
    private let now: Int64 = 1_790_000_000_000
    private let ada = PersonKey(application: "homework", person: String(repeating: "a", count: 32))
    private let ben = PersonKey(application: "homework", person: String(repeating: "b", count: 32))
    private let folder: TemporaryFolder
    private let store: DataStore
    private let seal: Seal
    private let wishes: WishesStore

    private static let migrations =
        CounselMigrations.all + ConsentsMigrations.all + Seal.migrations
        + MemoryMigrations.all
    private static let text = """
        # Just so that I remember why.
        wishes: 1
        avoid: [celebrate]
        goods:
          patience: { says: I take my time and nobody hurries me. }
        """

    init() throws {
        folder = try TemporaryFolder()
        store = try DataStore(path: folder("t.sqlite"), migrations: Self.migrations)
        seal = try Seal(store: store, keyEncryptionKey: try KeyEncryptionKey(keptAt: folder("kek")))
        wishes = WishesStore(store: store, seal: seal)
    }

    @Test("are kept word for word, for that person alone, and are ready to be laid on a charter")
    func keeping() async throws {
        #expect(try wishes.layer(of: ada) == nil)
        try await wishes.set(Self.text, of: ada, at: now)
        #expect(try await wishes.text(of: ada) == Self.text)
        #expect(try wishes.layer(of: ada)?.layer.avoids == [.celebrate])
        #expect(try wishes.layer(of: ada)?.layer.goods.map(\.id) == ["patience"])
        #expect(try wishes.layer(of: ben) == nil)
        #expect(try wishes.layer(of: PersonKey(application: "another", person: ada.person)) == nil)
        let again = WishesStore(store: store, seal: seal)
        #expect(try again.layer(of: ada) == wishes.layer(of: ada))
    }

    @Test("replace what was wished before, of which nothing is kept")
    func replacing() async throws {
        try await wishes.set(Self.text, of: ada, at: now)
        _ = try wishes.layer(of: ada)
        try await wishes.set("wishes: 1\navoid: [challenge]\n", of: ada, at: now + 1)
        #expect(try wishes.layer(of: ada)?.layer.avoids == [.challenge])
        let rows = try await store.read { try $0.rows("SELECT application FROM wishes") }
        #expect(rows.count == 1)
    }

    @Test("that are not in the language, or too long, are refused with the place, and what was kept stays")
    func refusing() async throws {
        try await wishes.set(Self.text, of: ada, at: now)
        for text in [
            "", "nonsense", "wishes: 1\navoid: [singing]\n", "charter: a/b\nversion: 1.0.0\npurpose: X\n", "\u{0}",
        ] {
            let error = await #expect(throws: WishesError.self) { try await wishes.set(text, of: ada, at: now) }
            guard case .unfit(let diagnostics) = error else {
                Issue.record("\(text): \(String(describing: error))")
                continue
            }
            #expect(!diagnostics.isEmpty)
            #expect(error?.description.contains("line ") == true)
        }
        let long = Self.text + "\n# " + String(repeating: "x", count: WishesStore.maximumBytes)
        await #expect(throws: WishesError.tooLong(bytes: long.utf8.count)) {
            try await wishes.set(long, of: ada, at: now)
        }
        #expect(try await wishes.text(of: ada) == Self.text)
    }

    @Test("are sealed at rest, and gone from the file when they are erased")
    func sealing() async throws {
        try await wishes.set(Self.text, of: ada, at: now)
        func isInFiles(_ words: String) throws -> Bool {
            try FileManager.default.contentsOfDirectory(atPath: folder.path).contains { name in
                try Data(contentsOf: URL(fileURLWithPath: folder(name))).range(of: Data(words.utf8)) != nil
            }
        }
        #expect(try !isInFiles("nobody hurries me"))
        #expect(try await wishes.erase(ada))
        #expect(try wishes.layer(of: ada) == nil)
        #expect(try await wishes.text(of: ada) == nil)
        #expect(try await !wishes.erase(ada))
    }

    @Test("end with the person's key, and can be made anew afterwards")
    func keyDestroyed() async throws {
        try await wishes.set(Self.text, of: ada, at: now)
        try await wishes.set(Self.text, of: ben, at: now)
        try seal.destroyKey(of: "person/\(ada.person)")
        let again = WishesStore(store: store, seal: seal)
        #expect(try again.layer(of: ada) == nil)
        #expect(try await again.text(of: ada) == nil)
        #expect(try again.layer(of: ben) != nil)
        try await again.set(Self.text, of: ada, at: now + 1)
        #expect(try again.layer(of: ada) != nil)
    }

    @Test("that one process changes are known to another at once")
    func otherProcess() async throws {
        let other = WishesStore(
            store: try DataStore(path: folder("t.sqlite"), migrations: Self.migrations), seal: seal)
        #expect(try other.layer(of: ada) == nil)
        try await wishes.set(Self.text, of: ada, at: now)
        #expect(try other.layer(of: ada) != nil)
    }

    @Test("go with everything else when a person is erased, and nobody else's do")
    func erasingAPerson() async throws {
        let ledger = ReceiptLedger(store: store, journal: try Journal(directory: folder("journal")), seal: seal)
        let consents = ConsentLedger(store: store)
        let grants = GrantLedger(store: store)
        let memories = MemoryStore(store: store, seal: seal, grants: grants)
        let pseudonyms = Pseudonyms(secret: Array("a secret for this test".utf8))
        let question = ConsentQuestion(
            GuidanceClause(id: "drift", says: "s", asks: "May I?"), charter: "riverside/tutor")
        var receipts: [ReceiptID] = []
        for name in ["ada", "ben"] {
            let person = pseudonyms.pseudonym(of: name, in: "riverside")
            let key = PersonKey(person, in: "riverside")
            var receipt = Receipt.sample(application: "riverside", person: person)
            receipt.bodies = Receipt.Bodies(request: "a secret of \(name)", reply: "I see")
            ledger.record(receipt)
            receipts.append(receipt.id)
            try await consents.grant(question, by: key, at: now, through: .api)
            try await wishes.set(Self.text, of: key, at: now)
            try await grants.grant(.remember, [.goal], by: key, at: now, through: .api)
            try await memories.memory(of: key).own.state([.add(ItemDraft(.goal, "a goal of \(name)"))], at: now)
        }
        let ada = pseudonyms.pseudonym(of: "ada", in: "riverside")
        let ben = pseudonyms.pseudonym(of: "ben", in: "riverside")
        let erasure = PersonErasure(receipts: ledger, consents: consents, wishes: wishes, memories: memories)
        let certificate = try #require(try await erasure.erase(ada, in: "riverside", at: now + 1))
        #expect(certificate.isSound && certificate.scope == .everything && certificate.count == 1)
        try await erasure.erase(ada, in: "riverside", at: now + 2)
        #expect(grants.permit(.remember, for: PersonKey(ada, in: "riverside"), at: now) == nil)
        #expect(grants.permit(.remember, for: PersonKey(ben, in: "riverside"), at: now) != nil)
        #expect(try await memories.memory(of: PersonKey(ada, in: "riverside")).own.items().isEmpty)
        #expect(
            try await memories.memory(of: PersonKey(ben, in: "riverside")).own.items().map(\.words) == ["a goal of ben"]
        )
        #expect(try await ledger.receipt(receipts[0])?.bodies == nil)
        #expect(try await ledger.receipt(receipts[1])?.bodies?.request == "a secret of ben")
        #expect(consents.live([question], for: PersonKey(ada, in: "riverside"), at: now).isEmpty)
        #expect(!consents.live([question], for: PersonKey(ben, in: "riverside"), at: now).isEmpty)
        #expect(try wishes.layer(of: PersonKey(ada, in: "riverside")) == nil)
        #expect(try wishes.layer(of: PersonKey(ben, in: "riverside")) != nil)
    }

    @Test("and all else of a person go at the next start when the erasure was cut short")
    func finishing() async throws {
        let ledger = ReceiptLedger(store: store, journal: try Journal(directory: folder("journal")), seal: seal)
        let consents = ConsentLedger(store: store)
        let memories = MemoryStore(store: store, seal: seal, grants: GrantLedger(store: store))
        let ada = Pseudonyms(secret: Array("a secret for this test".utf8)).pseudonym(of: "ada", in: "riverside")
        let key = PersonKey(ada, in: "riverside")
        try await wishes.set(Self.text, of: key, at: now)
        try await memories.memory(of: key).own.state([.add(ItemDraft(.goal, "a goal"))], at: now)
        let erasure = PersonErasure(receipts: ledger, consents: consents, wishes: wishes, memories: memories)
        #expect(try await erasure.finish() == 0)
        // As it stands when the process died after the first step.
        try await store.write { session in
            try session.run(
                "INSERT INTO person_erasures (id, application, person, at) VALUES ('x', 'riverside', ?, 5)",
                .text(key.person))
        }
        #expect(try await erasure.finish() == 1)
        #expect(try await erasure.finish() == 0)
        #expect(try await wishes.text(of: key) == nil)
        #expect(try await memories.memory(of: key).own.items().isEmpty)
        let keys = try await store.read { session in
            try session.rows("SELECT owner FROM seal_keys WHERE owner <> 'store'")
        }
        #expect(keys.isEmpty)
    }
}
