import Foundation
import Testing

@testable import Store

@Suite("Changing the key-encryption key")
struct KeyChangeTests {
    let folder: TemporaryFolder
    let store: DataStore
    let path: String
    init() throws {
        folder = try TemporaryFolder()
        path = folder("keys/kek")
        store = try DataStore(path: folder("t.sqlite"), migrations: Seal.migrations)
    }

    private func seal() throws -> Seal {
        try Seal(store: store, keyEncryptionKey: KeyEncryptionKey(keptAt: path, of: store))
    }

    private func sealed(_ words: String, for owner: String, with seal: Seal) throws -> [UInt8] {
        try store.write { session in try seal.seal(Array(words.utf8), for: owner, context: "c", in: session) }
    }

    private func opened(_ sealed: [UInt8], with seal: Seal) throws -> String {
        String(decoding: try store.read { session in try seal.open(sealed, context: "c", in: session) }, as: UTF8.self)
    }

    private func wrappedKeys() throws -> [Data] {
        try store.read { session in
            try session.rows("SELECT wrapped FROM seal_keys ORDER BY id").map { Data(try $0.blob("wrapped")) }
        }
    }

    private func files() throws -> Data {
        ["t.sqlite", "t.sqlite-wal"].compactMap { try? Data(contentsOf: URL(fileURLWithPath: folder($0))) }.reduce(
            Data(), +)
    }

    @Test("rewrites nothing that was sealed, and leaves no key under the old one")
    func change() throws {
        let first = try seal()
        let secret = first.secret(named: "pseudonyms")
        let boxes = try (0..<20).map { try sealed("words \($0)", for: "person/\($0)", with: first) }
        let old = try String(contentsOfFile: path, encoding: .utf8)
        let wrapped = try wrappedKeys()
        #expect(wrapped.allSatisfy { (try? files().range(of: $0)) != nil })
        #expect(try KeyEncryptionKey.change(keptAt: path, of: store) == 21)
        #expect(try String(contentsOfFile: path, encoding: .utf8) != old)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder("keys")) == ["kek"])
        #expect(try Set(wrappedKeys()).isDisjoint(with: wrapped))
        let all = try files()
        #expect(wrapped.allSatisfy { all.range(of: $0) == nil })
        let second = try seal()
        #expect(try boxes.enumerated().allSatisfy { try opened($1, with: second) == "words \($0)" })
        #expect(second.secret(named: "pseudonyms") == secret)
        // Whoever goes on with the old key can open nothing and make no new key under it.
        #expect(throws: SealError.wrongKeyEncryptionKey) { _ = try opened(boxes[0], with: first) }
        #expect(throws: SealError.wrongKeyEncryptionKey) { _ = try sealed("more", for: "person/99", with: first) }
        #expect(try wrappedKeys().count == 21)
        let before = try KeyEncryptionKey(text: old, source: "a test")
        #expect(throws: SealError.wrongKeyEncryptionKey) { _ = try Seal(store: store, keyEncryptionKey: before) }
    }

    @Test("cut short before or after the store was changed is completed at the next start")
    func cutShort() throws {
        let box = try sealed("words", for: "person/1", with: try seal())
        let old = try String(contentsOfFile: path, encoding: .utf8)
        // Before: the new key lies there and is used for nothing yet.
        let next = try KeyEncryptionKey(keptAt: path + ".next")
        #expect(try opened(box, with: seal()) == "words")
        #expect(try String(contentsOfFile: path, encoding: .utf8) == old)
        // After: all keys are under the new one, and the file is still the old.
        try Seal.wrapKeys(of: store, under: next, from: KeyEncryptionKey(keptAt: path))
        #expect(throws: SealError.wrongKeyEncryptionKey) {
            _ = try Seal(store: store, keyEncryptionKey: KeyEncryptionKey(keptAt: path))
        }
        #expect(try opened(box, with: seal()) == "words")
        #expect(try String(contentsOfFile: path, encoding: .utf8) != old)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder("keys")) == ["kek"])
        // Again, to the end.
        try KeyEncryptionKey.change(keptAt: path, of: store)
        #expect(try opened(box, with: seal()) == "words")
    }

    @Test("leaves a store that is open for reading as it is, wherever it was cut short")
    func reading() throws {
        let box = try sealed("words", for: "person/1", with: try seal())
        let next = try KeyEncryptionKey(keptAt: path + ".next")
        func words() throws -> String {
            let reading = try DataStore(readingAt: folder("t.sqlite"), migrations: Seal.migrations)
            let seal = try Seal(store: reading, keyEncryptionKey: KeyEncryptionKey(keptAt: path, of: reading))
            let plain = try reading.read { session in try seal.open(box, context: "c", in: session) }
            return String(decoding: plain, as: UTF8.self)
        }
        #expect(try words() == "words")
        try Seal.wrapKeys(of: store, under: next, from: KeyEncryptionKey(keptAt: path))
        #expect(try words() == "words")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder("keys"))
        #expect(files.sorted() == ["kek", "kek.next"])
        try FileManager.default.removeItem(atPath: folder("keys"))
        #expect(throws: SealError.keyLost(path: path)) { _ = try words() }
        let empty = try DataStore(path: folder("empty.sqlite"), migrations: Seal.migrations)
        try empty.close()
        let reading = try DataStore(readingAt: folder("empty.sqlite"), migrations: Seal.migrations)
        #expect(throws: SealError.noStoreKey(path: folder("empty.sqlite"))) {
            _ = try KeyEncryptionKey(keptAt: path, of: reading)
        }
        #expect(!FileManager.default.fileExists(atPath: folder("keys")))
    }

    @Test("from one that somebody else looks after to one that is kept, cut short anywhere, opens everything")
    func toKept() throws {
        let old = try KeyEncryptionKey(text: String(repeating: "ab", count: 32), source: "a test")
        let first = try Seal(store: store, keyEncryptionKey: old)
        let box = try sealed("words", for: "person/1", with: first)
        // Cut short after the keys were wrapped and before the file had its name.
        try Seal.wrapKeys(of: store, under: KeyEncryptionKey(keptAt: path + ".next"), from: old)
        #expect(try KeyEncryptionKey.change(from: old, toOneKeptAt: path, of: store) == 0)
        #expect(try opened(box, with: seal()) == "words")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder("keys")) == ["kek"])
        #expect(try KeyEncryptionKey.change(from: old, toOneKeptAt: path, of: store) == 0)
        // A file that is there and another store's is not written over.
        let other = try DataStore(path: folder("other.sqlite"), migrations: Seal.migrations)
        _ = try Seal(store: other, keyEncryptionKey: old)
        let kept = try String(contentsOfFile: path, encoding: .utf8)
        #expect(throws: SealError.self) { try KeyEncryptionKey.change(from: old, toOneKeptAt: path, of: other) }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == kept)
        #expect(try KeyEncryptionKey.change(from: old, toOneKeptAt: folder("second/kek"), of: other) == 1)
    }

    @Test("from a wrong one changes nothing")
    func wrong() throws {
        let box = try sealed("words", for: "person/1", with: try seal())
        let before = try wrappedKeys()
        let other = try KeyEncryptionKey(text: String(repeating: "ab", count: 32), source: "a test")
        let third = try KeyEncryptionKey(text: String(repeating: "cd", count: 32), source: "a test")
        #expect(throws: SealError.wrongKeyEncryptionKey) { try Seal.wrapKeys(of: store, under: third, from: other) }
        #expect(try wrappedKeys() == before)
        #expect(try opened(box, with: seal()) == "words")
    }

    @Test("that was lost is asked for, and none is made in its place")
    func lost() throws {
        _ = try sealed("words", for: "person/1", with: try seal())
        try FileManager.default.removeItem(atPath: path)
        #expect(throws: SealError.keyLost(path: path)) { _ = try seal() }
        #expect(!FileManager.default.fileExists(atPath: path))
        #expect(SealError.keyLost(path: path).description.contains("Put the file back"))
        // And a store that lost its own key, but not all keys, is not given a new one.
        try store.write { session in try session.run("DELETE FROM seal_keys WHERE owner = 'store'") }
        #expect(throws: SealError.damaged) {
            _ = try Seal(store: store, keyEncryptionKey: KeyEncryptionKey(keptAt: folder("other")))
        }
    }
}

#if os(Linux)
    private let childFolder = ProcessInfo.processInfo.environment["TRELLIS_TEST_KEY_CHANGE_CHILD"]

    @Suite("Changing the key-encryption key, killed with SIGKILL")
    struct KilledKeyChangeTests {
        @Test(
            "is what this test plays when another starts it: it changes the key again and again",
            .enabled(if: childFolder != nil, "only as a child of another test"))
        func child() throws {
            let folder = try #require(childFolder)
            let store = try DataStore(path: folder + "/t.sqlite", migrations: Seal.migrations)
            for _ in 0..<100_000 { try KeyEncryptionKey.change(keptAt: folder + "/kek", of: store) }
        }

        @Test(
            "leaves a key that opens everything, wherever the kill falls", .enabled(if: childFolder == nil),
            arguments: [40_000, 90_000, 170_000, 333_000])
        func killed(afterMicroseconds wait: UInt32) throws {
            let folder = try TemporaryFolder()
            let path = folder("kek")
            var box: [UInt8] = []
            do {
                let store = try DataStore(path: folder("t.sqlite"), migrations: Seal.migrations)
                let seal = try Seal(store: store, keyEncryptionKey: KeyEncryptionKey(keptAt: path, of: store))
                box = try store.write { session in
                    for number in 0..<200 { _ = try seal.seal([1], for: "person/\(number)", context: "c", in: session) }
                    return try seal.seal(Array("words".utf8), for: "person/7", context: "c", in: session)
                }
                try store.close()
            }
            let before = try String(contentsOfFile: path, encoding: .utf8)
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
            process.arguments = ["--testing-library", "swift-testing", "--filter", "KilledKeyChangeTests/child"]
            process.environment = ProcessInfo.processInfo.environment
                .merging(["TRELLIS_TEST_KEY_CHANGE_CHILD": folder.path]) { $1 }
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            while try String(contentsOfFile: path, encoding: .utf8) == before, process.isRunning { usleep(500) }
            usleep(wait)
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            #expect(process.terminationReason == .uncaughtSignal)
            let store = try DataStore(path: folder("t.sqlite"), migrations: Seal.migrations)
            let seal = try Seal(store: store, keyEncryptionKey: KeyEncryptionKey(keptAt: path, of: store))
            let words = try store.read { session in try seal.open(box, context: "c", in: session) }
            #expect(String(decoding: words, as: UTF8.self) == "words")
            for number in 0..<200 {
                _ = try store.write { session in try seal.seal([2], for: "person/\(number)", context: "c", in: session)
                }
            }
        }
    }
#endif
