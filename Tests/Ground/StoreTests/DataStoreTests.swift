import Foundation
import Store
import Testing

private let notes = [
    Migration(
        room: "Notes", version: 1, name: "notes",
        statements: ["CREATE TABLE notes (id TEXT PRIMARY KEY, words TEXT NOT NULL, at BIGINT)"]),
    Migration(
        room: "Notes", version: 2, name: "weights",
        statements: ["ALTER TABLE notes ADD COLUMN weight DOUBLE PRECISION", "CREATE INDEX notes_at ON notes (at)"]),
]

@Suite("A data store")
struct DataStoreTests {
    let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    @Test("gives back every kind of value as it was given")
    func valuesRoundTrip() throws {
        let store = try DataStore.inMemory(migrations: [
            Migration(
                room: "Kinds", version: 1, name: "kinds",
                statements: [
                    "CREATE TABLE kinds (id BIGINT PRIMARY KEY, t TEXT, i BIGINT, r DOUBLE PRECISION, b BYTEA)"
                ])
        ])
        try store.write { session in
            try session.run(
                "INSERT INTO kinds (id, t, i, r, b) VALUES (?, ?, ?, ?, ?)", 1, "naïve 🌱", .integer(.min), 0.1,
                .blob([0, 255, 7]))
            try session.run("INSERT INTO kinds (id) VALUES (?)", 2)
        }
        let rows = try store.read { session in try session.rows("SELECT * FROM kinds ORDER BY id") }
        #expect(rows.count == 2)
        #expect(try rows[0].text("t") == "naïve 🌱")
        #expect(try rows[0].integer("i") == .min)
        #expect(try rows[0].real("r") == 0.1)
        #expect(try rows[0].blob("b") == [0, 255, 7])
        #expect(try rows[1].optionalText("t") == nil)
        #expect(try rows[1].optionalBlob("b") == nil)
        #expect(throws: StoreError.self) { try rows[1].text("t") }
        #expect(throws: StoreError.self) { try rows[0].integer("t") }
        #expect(throws: StoreError.self) { try rows[0].text("missing") }
    }

    @Test("refuses a text that holds a NUL instead of cutting it short")
    func textWithNUL() throws {
        let store = try DataStore.inMemory(migrations: notes)
        #expect(throws: StoreError.textHoldsNUL) {
            try store.write { try $0.run("INSERT INTO notes (id, words) VALUES (?, ?)", "1", "cut\u{0}short") }
        }
        #expect(try store.read { try $0.rows("SELECT * FROM notes").isEmpty })
    }

    @Test("keeps what was written when it is opened again, in files for this user alone")
    func reopening() throws {
        let path = folder("a/b/trellis.sqlite")
        let first = try DataStore(path: path, migrations: notes)
        try first.write { try $0.run("INSERT INTO notes (id, words) VALUES (?, ?)", "1", "one") }
        for suffix in ["", "-wal", "-shm"] {
            let mode = try FileManager.default.attributesOfItem(atPath: path + suffix)[.posixPermissions] as? Int
            #expect(mode == 0o600, "\(suffix)")
        }
        try first.close()
        let second = try DataStore(path: path, migrations: notes)
        let words = try second.read { try $0.firstRow("SELECT words FROM notes WHERE id = ?", "1")?.text("words") }
        #expect(words == "one")
    }

    @Test("undoes a transaction whose body throws, and hands the body's error on")
    func rollback() throws {
        struct Refusal: Error {}
        let store = try DataStore(path: folder("t.sqlite"), migrations: notes)
        #expect(throws: Refusal.self) {
            try store.write { session in
                try session.run("INSERT INTO notes (id, words) VALUES (?, ?)", "1", "one")
                throw Refusal()
            }
        }
        #expect(try store.read { try $0.rows("SELECT * FROM notes").count } == 0)
    }

    @Test("runs a batch with one statement, and refuses what the schema refuses")
    func batches() throws {
        let store = try DataStore(path: folder("t.sqlite"), migrations: notes)
        let changed = try store.write { session in
            try session.runBatch(
                "INSERT INTO notes (id, words) VALUES (?, ?) ON CONFLICT (id) DO NOTHING",
                (0..<300).map { [.text("\($0 % 200)"), "w"] })
        }
        #expect(changed == 200)
        #expect {
            try store.write { try $0.run("INSERT INTO notes (id, words) VALUES (?, ?)", "1", "again") }
        } throws: { error in
            if case .constraint? = error as? StoreError { true } else { false }
        }
    }

    @Test("binds every kind of value in a batch as it does alone")
    func batchesOfEveryKind() throws {
        let store = try DataStore.inMemory(migrations: [
            Migration(
                room: "Kinds", version: 1, name: "kinds",
                statements: [
                    "CREATE TABLE kinds (id BIGINT PRIMARY KEY, value TEXT, raw BYTEA, number DOUBLE PRECISION)"
                ])
        ])
        let kinds: [[SQLValue]] = [
            [1, "naïve 🌱", .blob([0, 255]), 0.5], [2, "", .blob([]), -1e300], [3, nil, nil, nil],
            [
                .integer(.max), .text(String(repeating: "x", count: 100_000)),
                .blob([UInt8](repeating: 9, count: 70_000)), 1.0,
            ],
        ]
        let inserted = try store.write { session in
            let insert = "INSERT INTO kinds (id, value, raw, number) VALUES (?, ?, ?, ?)"
            // Twice: what the first batch bound is not left in the statement.
            return [try session.runBatch(insert, kinds), try session.runBatch(insert, [[4, nil, nil, nil]])]
        }
        #expect(inserted == [kinds.count, 1])
        let rows = try store.read { try $0.rows("SELECT id, value, raw, number FROM kinds ORDER BY id") }
        let expected = kinds[..<3] + [[4, nil, nil, nil], kinds[3]]
        #expect(rows.count == expected.count)
        for (row, values) in zip(rows, expected) {
            // SQLite keeps a whole number in a column of reals as a real.
            let number = try row.optionalReal("number").map { SQLValue.real($0) } ?? .null
            let found = [try row["id"], try row["value"], try row["raw"], number]
            #expect(found == values)
        }
    }

    @Test("refuses in a batch what it refuses alone, and undoes the whole transaction")
    func refusedBatches() throws {
        let store = try DataStore(path: folder("t.sqlite"), migrations: notes)
        let insert = "INSERT INTO notes (id, words) VALUES (?, ?)"
        let refused: [[SQLValue]] = [
            ["1", "again"], ["2", "cut\u{0}short"], ["2"], ["2", "words", "more"], ["2", nil],
        ]
        for values in refused {
            #expect(throws: StoreError.self) {
                try store.write { try $0.runBatch(insert, [["1", "one"], values]) }
            }
            #expect(try store.read { try $0.rows("SELECT * FROM notes").isEmpty })
        }
        #expect(try store.write { try $0.runBatch(insert, [["1", "one"], ["2", "two"]]) } == 2)
    }

    @Test("runs migrations forward from every earlier version, once")
    func migrationsRunForward() throws {
        let path = folder("t.sqlite")
        try DataStore(path: path, migrations: [notes[0]]).write {
            try $0.run("INSERT INTO notes (id, words) VALUES (?, ?)", "old", "kept")
        }
        for _ in 0..<2 {
            let store = try DataStore(path: path, migrations: notes)
            let row = try store.read { try $0.firstRow("SELECT words, weight FROM notes WHERE id = ?", "old") }
            #expect(try row?.text("words") == "kept")
            #expect(try row?.optionalReal("weight") == nil)
        }
    }

    @Test("refuses the database of a newer Trellis and leaves it as it was")
    func newerSchema() throws {
        let path = folder("t.sqlite")
        try DataStore(path: path, migrations: notes).close()
        let expected = StoreError.newerSchema(path: path, room: "Notes", found: 2, supported: 1)
        #expect(throws: expected) { _ = try DataStore(path: path, migrations: [notes[0]]) }
        #expect(throws: expected) { _ = try DataStore(readingAt: path, migrations: [notes[0]]) }
        #expect(expected.description.contains("newer Trellis"))
    }

    @Test("undoes a migration that fails half-way, keeps those before it, and says which it was")
    func failingMigration() throws {
        let path = folder("t.sqlite")
        let broken = Migration(
            room: "Notes", version: 2, name: "broken",
            statements: ["CREATE TABLE half (id TEXT)", "CREATE TABLE notes (id TEXT)"])
        #expect {
            _ = try DataStore(path: path, migrations: [notes[0], broken])
        } throws: { error in
            guard case .migrationFailed(_, "Notes", 2, "broken", _)? = error as? StoreError else { return false }
            return true
        }
        let store = try DataStore(path: path, migrations: [notes[0]])
        #expect(try store.read { try $0.rows("SELECT name FROM sqlite_master WHERE name = 'half'").isEmpty })
    }

    @Test("refuses a history with a gap or a repeated version")
    func impossibleHistory() {
        #expect(throws: StoreError.self) { try DataStore.inMemory(migrations: [notes[1]]) }
        #expect(throws: StoreError.self) { try DataStore.inMemory(migrations: [notes[0], notes[0]]) }
    }

    @Test("opens many at once: the migrations still run once")
    func concurrentOpening() async throws {
        let path = folder("t.sqlite")
        let stores = try await withThrowingTaskGroup(of: DataStore.self) { group in
            for _ in 0..<6 { group.addTask { try DataStore(path: path, migrations: notes) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        for store in stores {
            let applied = try await store.read { try $0.rows("SELECT * FROM store_migrations").count }
            #expect(applied == 2)
        }
    }

    @Test("tells by its data version that another connection wrote, and not that we did")
    func dataVersion() throws {
        let path = folder("t.sqlite")
        let ours = try DataStore(path: path, migrations: notes)
        let theirs = try DataStore(path: path, migrations: notes)
        let before = try ours.dataVersion()
        try ours.write { try $0.run("INSERT INTO notes (id, words) VALUES (?, ?)", "1", "ours") }
        #expect(try ours.dataVersion() == before)
        try theirs.write { try $0.run("INSERT INTO notes (id, words) VALUES (?, ?)", "2", "theirs") }
        #expect(try ours.dataVersion() != before)
    }

    @Test("opened for reading sees what a live writer commits, and refuses to write")
    func readOnly() throws {
        let path = folder("t.sqlite")
        #expect(throws: StoreError.self) { _ = try DataStore(readingAt: path, migrations: notes) }
        let writer = try DataStore(path: path, migrations: notes)
        let reader = try DataStore(readingAt: path, migrations: notes)
        try writer.write { try $0.run("INSERT INTO notes (id, words) VALUES (?, ?)", "1", "one") }
        #expect(try reader.read { try $0.rows("SELECT * FROM notes").count } == 1)
        #expect(throws: StoreError.readOnly(path: path)) {
            try reader.write { try $0.run("DELETE FROM notes") }
        }
    }

    @Test("opened for reading says when an older Trellis wrote the database")
    func readOnlyOlder() throws {
        let path = folder("t.sqlite")
        try DataStore(path: path, migrations: [notes[0]]).close()
        #expect(throws: StoreError.olderSchema(path: path, room: "Notes", found: 1, supported: 2)) {
            _ = try DataStore(readingAt: path, migrations: notes)
        }
    }

    @Test("works from asynchronous code, and calls there that fail leave the store usable")
    func asynchronous() async throws {
        let store = try DataStore(path: folder("t.sqlite"), migrations: notes)
        try await store.write { try $0.run("INSERT INTO notes (id, words) VALUES (?, ?)", "1", "one") }
        await #expect(throws: StoreError.self) {
            try await store.write { try $0.run("INSERT INTO nowhere VALUES (1)") }
        }
        #expect(try await store.read { try $0.rows("SELECT * FROM notes").count } == 1)
    }
}
