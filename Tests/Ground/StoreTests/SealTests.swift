import Foundation
import Store
import Testing

@Suite("A seal")
struct SealTests {
    let folder: TemporaryFolder
    let store: DataStore
    let key: KeyEncryptionKey
    let seal: Seal

    init() throws {
        folder = try TemporaryFolder()
        store = try DataStore(path: folder("t.sqlite"), migrations: Seal.migrations)
        key = try KeyEncryptionKey(keptAt: folder("keys/kek"))
        seal = try Seal(store: store, keyEncryptionKey: key)
    }

    private let words = Array("I am afraid of the exam.".utf8)

    private func sealed(_ plain: [UInt8], for owner: String, context: String = "c") throws -> [UInt8] {
        try store.write { try seal.seal(plain, for: owner, context: context, in: $0) }
    }

    private func opened(_ sealed: [UInt8], context: String = "c", by other: Seal? = nil) throws -> [UInt8] {
        try store.read { try (other ?? seal).open(sealed, context: context, in: $0) }
    }

    @Test("opens what it sealed, and after a restart with the same key file too")
    func roundTrip() throws {
        let box = try sealed(words, for: "person/1")
        #expect(try opened(box) == words)
        #expect(try opened(sealed([], for: "person/1")) == [])
        let later = try Seal(store: store, keyEncryptionKey: KeyEncryptionKey(keptAt: folder("keys/kek")))
        #expect(try opened(box, by: later) == words)
        #expect(later.secret(named: "a") == seal.secret(named: "a"))
        #expect(seal.secret(named: "a") != seal.secret(named: "b"))
    }

    @Test("makes everything of an owner unreadable by destroying one key, and nothing of others")
    func destroyedKey() throws {
        let hers = try sealed(words, for: "person/1")
        let his = try sealed(words, for: "person/2")
        #expect(try seal.destroyKey(of: "person/1"))
        #expect(throws: SealError.keyDestroyed) { try opened(hers) }
        #expect(try opened(his) == words)
        #expect(try !seal.destroyKey(of: "person/1"))
        // She may come back: then there is a new key, which opens nothing old.
        let again = try sealed(words, for: "person/1")
        #expect(try opened(again) == words)
        #expect(throws: SealError.keyDestroyed) { try opened(hers) }
    }

    @Test("leaves no trace of a destroyed key in any file of the store, or in a backup made afterwards")
    func noTraceOfKey() throws {
        _ = try sealed(words, for: "person/1")
        _ = try sealed(words, for: "person/2")
        let wrapped = try store.read { session in
            try session.firstRow("SELECT wrapped FROM seal_keys WHERE owner = ?", "person/1")?.blob("wrapped")
        }
        let trace = try Data(#require(wrapped))
        let files = { (names: [String]) in
            names.compactMap { try? Data(contentsOf: URL(fileURLWithPath: folder($0))) }.reduce(Data(), +)
        }
        #expect(files(["t.sqlite", "t.sqlite-wal"]).range(of: trace) != nil)
        try seal.destroyKey(of: "person/1")
        try store.backup(to: folder("b.sqlite"))
        #expect(files(["t.sqlite", "t.sqlite-wal", "b.sqlite"]).range(of: trace) == nil)
    }

    @Test("opens nothing in another's place, and nothing that was changed")
    func contextAndDamage() throws {
        let box = try sealed(words, for: "person/1", context: "receipt 1")
        #expect(throws: SealError.damaged) { try opened(box, context: "receipt 2") }
        for index in box.indices {
            var changed = box
            changed[index] ^= 1
            #expect(throws: SealError.self, "byte \(index)") { try opened(changed, context: "receipt 1") }
            #expect(throws: SealError.self) { try opened(Array(box[..<index]), context: "receipt 1") }
        }
    }

    @Test("never shows what was sealed, and never seals the same twice alike")
    func opacity() throws {
        let first = try sealed(words, for: "person/1")
        let second = try sealed(words, for: "person/1")
        #expect(first != second)
        #expect(Data(first).range(of: Data(words.prefix(8))) == nil)
        #expect("\(key)" == "a key-encryption key")
        #expect(!String(reflecting: key).contains("Symmetric"))
    }

    @Test("refuses another key-encryption key and says which it needs")
    func wrongKey() throws {
        let other = try KeyEncryptionKey(text: String(repeating: "ab", count: 32), source: "a test")
        #expect(throws: SealError.wrongKeyEncryptionKey) { _ = try Seal(store: store, keyEncryptionKey: other) }
        #expect(SealError.wrongKeyEncryptionKey.description.contains("keys/kek"))
    }

    @Test("seals what is on its way without the store, and opens it again")
    func transit() throws {
        let box = try seal.sealInTransit(words, context: "r")
        #expect(try seal.openInTransit(box, context: "r") == words)
        #expect(throws: SealError.damaged) { try seal.openInTransit(box, context: "s") }
    }

    @Test("makes its key file for this user alone, and refuses one that others may read")
    func keyFile() throws {
        let path = folder("keys/kek")
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        #expect {
            _ = try KeyEncryptionKey(keptAt: path)
        } throws: { error in
            "\(error)".contains("chmod 600")
        }
        #expect(throws: SealError.self) { _ = try KeyEncryptionKey(file: folder("nowhere")) }
        for text in ["", "short", String(repeating: "g", count: 64), String(repeating: "a", count: 63)] {
            #expect(throws: SealError.malformedKey(source: "a test")) {
                _ = try KeyEncryptionKey(text: text, source: "a test")
            }
        }
        _ = try KeyEncryptionKey(text: Data(1...32).base64EncodedString() + "\n", source: "a test")
    }

    @Test("made by many at once has one key")
    func concurrentKeyFile() async throws {
        let path = folder("others/kek")
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 { group.addTask { _ = try? KeyEncryptionKey(keptAt: path) } }
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder("others"))
        #expect(names == ["kek"])
        let other = try DataStore(path: folder("other.sqlite"), migrations: Seal.migrations)
        _ = try Seal(store: other, keyEncryptionKey: KeyEncryptionKey(keptAt: path))
        _ = try Seal(store: other, keyEncryptionKey: KeyEncryptionKey(keptAt: path))
    }
}
