import Foundation
import Store
import Testing

private let notes = [
    Migration(
        room: "Notes", version: 1, name: "notes",
        statements: ["CREATE TABLE notes (id BIGINT PRIMARY KEY, words TEXT NOT NULL)"])
]

@Suite("A data store in trouble")
struct DamagedStoreTests {
    let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    @Test("says that a file is no database, names it, and gives both ways out")
    func notADatabase() throws {
        let path = folder("t.sqlite")
        try Data(repeating: 0x41, count: 8192).write(to: URL(fileURLWithPath: path))
        #expect(throws: StoreError.notADatabase(path: path)) { _ = try DataStore(path: path, migrations: notes) }
        let words = StoreError.notADatabase(path: path).description
        #expect(words.contains(path) && words.contains("backup") && words.contains("aside"))
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data(repeating: 0x41, count: 8192))
    }

    @Test("finds a damaged page, and says so instead of crashing")
    func damagedPages() throws {
        let path = folder("t.sqlite")
        let store = try DataStore(path: path, migrations: notes)
        try store.write { session in
            try session.runBatch(
                "INSERT INTO notes (id, words) VALUES (?, ?)",
                (0..<4000).map { [SQLValue($0), .text(String(repeating: "word ", count: 20))] })
        }
        try store.checkIntegrity()
        try store.compactLog()
        try store.close()
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        let size = try file.seekToEnd()
        for page in stride(from: UInt64(16384 * 4), to: size, by: 16384) {
            try file.seek(toOffset: page)
            try file.write(contentsOf: Data(repeating: 0xEE, count: 1000))
        }
        try file.close()
        let damaged = try DataStore(path: path, migrations: notes)
        #expect {
            try damaged.checkIntegrity()
        } throws: { error in
            guard case .corrupt(path, _)? = error as? StoreError else { return false }
            return true
        }
        #expect(throws: StoreError.self) { try damaged.read { try $0.rows("SELECT SUM(LENGTH(words)) FROM notes") } }
    }

    @Test("truncated in the middle is reported as damaged, at opening or at the first read")
    func truncated() throws {
        let path = folder("t.sqlite")
        let store = try DataStore(path: path, migrations: notes)
        try store.write { session in
            try session.runBatch(
                "INSERT INTO notes (id, words) VALUES (?, ?)",
                (0..<500).map { [SQLValue($0), .text(String(repeating: "word ", count: 20))] })
        }
        try store.compactLog()
        try store.close()
        #expect(truncate(path, 16384 * 2 + 100) == 0)
        #expect {
            let store = try DataStore(path: path, migrations: notes)
            _ = try store.read { try $0.rows("SELECT * FROM notes") }
        } throws: { error in
            guard case .corrupt? = error as? StoreError else { return false }
            return true
        }
    }

    @Test("locked by another says so after the busy timeout, and writes when it is free again")
    func locked() throws {
        let path = folder("t.sqlite")
        let ours = try DataStore(path: path, migrations: notes, busyTimeout: 0.05)
        let theirs = try DataStore(path: path, migrations: notes)
        try theirs.write { session in
            try session.run("INSERT INTO notes (id, words) VALUES (?, ?)", 1, "theirs")
            #expect(throws: StoreError.locked(path: path)) {
                try ours.write { try $0.run("INSERT INTO notes (id, words) VALUES (?, ?)", 2, "ours") }
            }
        }
        try ours.write { try $0.run("INSERT INTO notes (id, words) VALUES (?, ?)", 2, "ours") }
        #expect(StoreError.locked(path: path).isTransient)
        #expect(try ours.read { try $0.rows("SELECT * FROM notes").count } == 2)
    }

    @Test("in a place where nothing can be made says which place")
    func cannotOpen() throws {
        try Data().write(to: URL(fileURLWithPath: folder("plain")))
        #expect {
            _ = try DataStore(path: folder("plain/t.sqlite"), migrations: notes)
        } throws: { error in
            guard case .cannotOpen(let path, _)? = error as? StoreError else { return false }
            return path == folder("plain/t.sqlite")
        }
        #expect(throws: StoreError.self) { _ = try DataStore(path: folder.path, migrations: notes) }
    }

    @Test("is copied whole while it is written to, and the copy opens like the original")
    func backup() async throws {
        let store = try DataStore(path: folder("t.sqlite"), migrations: notes)
        try await store.write { try $0.run("INSERT INTO notes (id, words) VALUES (?, ?)", -1, "before") }
        let writing = Task {
            for id in 0..<400 {
                try await store.write { try $0.run("INSERT INTO notes (id, words) VALUES (?, ?)", SQLValue(id), "w") }
            }
        }
        try store.backup(to: folder("copy.sqlite"))
        try await writing.value
        let copy = try DataStore(path: folder("copy.sqlite"), migrations: notes)
        try copy.checkIntegrity()
        #expect(try await copy.read { try $0.rows("SELECT * FROM notes WHERE id = -1").count } == 1)
        #expect(throws: StoreError.self) { try store.backup(to: folder("copy.sqlite")) }
        #expect(!FileManager.default.fileExists(atPath: folder("copy.sqlite.partial")))
    }
}
