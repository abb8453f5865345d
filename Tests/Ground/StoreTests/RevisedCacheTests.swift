import Foundation
import Synchronization
import Testing

@testable import Store

@Suite("Values kept until somebody changes them")
struct RevisedCacheTests {
    private static let migrations = [
        Migration(
            room: "Notes", version: 1, name: "notes",
            statements: [
                "CREATE TABLE notes (id TEXT PRIMARY KEY, words TEXT NOT NULL)",
                "CREATE TABLE revision (id BIGINT PRIMARY KEY, number BIGINT NOT NULL)",
                "INSERT INTO revision (id, number) VALUES (1, 0)",
            ])
    ]

    /// A cache over notes, which counts how often it reads.
    private final class Notes: Sendable {
        let store: DataStore
        let cache: RevisedCache<String, String?>

        init(_ path: String, capacity: Int = 100) throws {
            let store = try DataStore(path: path, migrations: RevisedCacheTests.migrations)
            self.store = store
            let counted = Counter()
            counter = counted
            cache = RevisedCache(
                store: store, capacity: capacity,
                revision: { try $0.firstRow("SELECT number FROM revision")?.integer("number") ?? 0 },
                load: { id, session in
                    counted.add()
                    return try session.firstRow("SELECT words FROM notes WHERE id = ?", .text(id))?.text("words")
                })
        }

        private let counter: Counter
        var count: Int { counter.value }

        func write(_ id: String, _ words: String, tells: Bool = true) throws {
            let revision = try store.write { session in
                try session.run(
                    "INSERT INTO notes (id, words) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET words = excluded.words",
                    .text(id), .text(words))
                try session.run("UPDATE revision SET number = number + 1")
                return try session.firstRow("SELECT number FROM revision")?.integer("number") ?? 0
            }
            if tells { cache.wrote(id, revision: revision) }
        }
    }

    private final class Counter: Sendable {
        private let number = Mutex(0)
        func add() { number.withLock { $0 += 1 } }
        var value: Int { number.withLock { $0 } }
    }

    @Test("are read once, missing ones too")
    func once() throws {
        let folder = try TemporaryFolder()
        let notes = try Notes(folder("t.sqlite"))
        try notes.write("a", "one")
        for _ in 0..<5 {
            #expect(try notes.cache.value(of: "a") == "one")
            #expect(try notes.cache.value(of: "b") == nil)
        }
        #expect(notes.count == 2)
    }

    @Test("are read anew after a write of ours, and only those that were written")
    func own() throws {
        let folder = try TemporaryFolder()
        let notes = try Notes(folder("t.sqlite"))
        try notes.write("a", "one")
        try notes.write("b", "one")
        _ = try (notes.cache.value(of: "a"), notes.cache.value(of: "b"))
        try notes.write("a", "two")
        try notes.cache.refresh()
        #expect(try notes.cache.value(of: "a") == "two")
        #expect(try notes.cache.value(of: "b") == "one")
        #expect(notes.count == 3)
    }

    @Test("are all read anew after a write of another process, though we wrote since")
    func foreign() throws {
        let folder = try TemporaryFolder()
        let here = try Notes(folder("t.sqlite"))
        let there = try Notes(folder("t.sqlite"))
        try here.write("a", "one")
        #expect(try here.cache.value(of: "a") == "one")
        try there.write("a", "two")
        try here.write("b", "mine")
        try here.cache.refresh()
        #expect(try here.cache.value(of: "a") == "two")
    }

    @Test("are noticed to be stale at the very next lookup after another process says that it wrote, each time")
    func atOnce() throws {
        let folder = try TemporaryFolder()
        let here = try Notes(folder("t.sqlite"))
        let there = try Notes(folder("t.sqlite"))
        #expect(try here.cache.value(of: "a") == nil)
        for number in 0..<50 {
            try (number % 3 == 0 ? here : there).write("a", "\(number)")
            #expect(try here.cache.value(of: "a") == "\(number)")
            #expect(try there.cache.value(of: "a") == "\(number)")
        }
        let read = here.count
        for _ in 0..<50 { _ = try here.cache.value(of: "a") }
        #expect(here.count == read, "and while nothing changes, nothing is read")
    }

    @Test("are noticed to be stale without anybody saying so, within a second")
    func byItself() async throws {
        let folder = try TemporaryFolder()
        let here = try Notes(folder("t.sqlite"))
        let there = try Notes(folder("t.sqlite"))
        #expect(try here.cache.value(of: "a") == nil)
        try there.write("a", "two", tells: false)
        try await Task.sleep(for: .milliseconds(1_050))
        #expect(try here.cache.value(of: "a") == "two")
    }

    @Test("are right where the mark that tells of changes is gone, torn or can't be written")
    func withoutMark() throws {
        let folder = try TemporaryFolder()
        let here = try Notes(folder("t.sqlite"))
        let there = try Notes(folder("t.sqlite"))
        try here.write("a", "one")
        #expect(try here.cache.value(of: "a") == "one")
        // Somebody empties the file under us: nobody can tell any more whether something changed, so each lookup asks.
        #expect(truncate(folder("t.sqlite-mark"), 3) == 0)
        try there.write("a", "two", tells: false)
        #expect(try here.cache.value(of: "a") == "two")
        try there.write("a", "three")
        #expect(try here.cache.value(of: "a") == "three")
        let elsewhere = try TemporaryFolder()
        try FileManager.default.createDirectory(
            atPath: elsewhere("t.sqlite-mark"), withIntermediateDirectories: true)
        let unmarked = try Notes(elsewhere("t.sqlite"))
        let other = try Notes(elsewhere("t.sqlite"))
        for number in 0..<5 {
            try other.write("a", "\(number)")
            #expect(try unmarked.cache.value(of: "a") == "\(number)")
        }
    }

    @Test("are bounded in number, and those in use stay longest")
    func bounded() throws {
        let folder = try TemporaryFolder()
        let notes = try Notes(folder("t.sqlite"), capacity: 10)
        try notes.write("often", "x")
        for index in 0..<500 {
            _ = try notes.cache.value(of: "\(index)")
            #expect(try notes.cache.value(of: "often") == "x")
            #expect(notes.cache.count <= 21)
        }
        #expect(notes.count < 510)
    }

    @Test("that can't be checked are an error and never a guess")
    func unreadable() async throws {
        let folder = try TemporaryFolder()
        let notes = try Notes(folder("t.sqlite"))
        try notes.write("a", "one")
        #expect(try notes.cache.value(of: "a") == "one")
        try await notes.store.write { try $0.run("DROP TABLE revision") }
        try await Task.sleep(for: .milliseconds(1_050))
        #expect(throws: StoreError.self) { try notes.cache.value(of: "a") }
        try await notes.store.write { session in
            try session.run("CREATE TABLE revision (id BIGINT PRIMARY KEY, number BIGINT NOT NULL)")
            try session.run("INSERT INTO revision (id, number) VALUES (1, 900)")
        }
        #expect(try notes.cache.value(of: "a") == "one")
    }

    @Test("read while somebody writes are right for the reader and are not kept")
    func racing() async throws {
        let folder = try TemporaryFolder()
        let notes = try Notes(folder("t.sqlite"))
        await withTaskGroup(of: Void.self) { tasks in
            for _ in 0..<4 {
                tasks.addTask { for _ in 0..<300 { _ = try? notes.cache.value(of: "a") } }
            }
            tasks.addTask {
                for number in 0..<200 {
                    try? notes.write("a", "\(number)")
                    let seen = try? notes.cache.value(of: "a")
                    #expect(seen == "\(number)")
                }
            }
        }
    }
}
