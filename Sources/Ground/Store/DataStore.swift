import Foundation
import GRDB

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A database of rows: SQLite in one file, opened by as many processes as need it.
///
/// Readers never wait for the writer (write-ahead log). A write is one transaction; it survives `kill -9` once it
/// returned, and a power cut may undo the last moments but never damages the file (`synchronous = NORMAL`).
/// Whoever needs more than that across a power cut keeps a ``Journal`` beside it.
public final class DataStore: Sendable {
    /// Where the database is, for messages; `:memory:` for one that is gone with the process.
    public let path: String
    /// Whether this opening may only read.
    public let isReadOnly: Bool
    private let engine: any DatabaseWriter
    /// What tells other processes on this database that something changed.
    let mark: ChangeMark

    /// Opens the database at `path`, creating it and its folder when missing, and runs the migrations that it has
    /// not seen yet, each in a transaction of its own.
    ///
    /// Several processes may do this at once: the migrations run once.
    /// - Parameter busyTimeout: how many seconds a statement waits while another process writes.
    /// - Throws: ``StoreError/newerSchema(path:room:found:supported:)`` for the database of a newer Trellis.
    public convenience init(path: String, migrations: [Migration], busyTimeout: Double = 5) throws(StoreError) {
        let newest = try Migration.newestVersions(of: migrations)
        try Self.createPrivately(path)
        try self.init(path: path, isReadOnly: false) { () throws in
            try DatabasePool(path: path, configuration: Self.configuration(busyTimeout: busyTimeout))
        }
        try migrate(migrations, newest: newest)
    }

    /// Opens a database that another process may be writing to, for reading only.
    ///
    /// The folder must be writable all the same: readers of a write-ahead log share an index file there.
    /// - Throws: ``StoreError/olderSchema(path:room:found:supported:)`` when the migrations have not run there yet.
    public convenience init(readingAt path: String, migrations: [Migration]) throws(StoreError) {
        let newest = try Migration.newestVersions(of: migrations)
        guard access(path, F_OK) == 0 else {
            throw .cannotOpen(path: path, reason: "there is no such file; `trellis serve` creates it")
        }
        var configuration = Self.configuration(busyTimeout: 5)
        configuration.readonly = true
        let fixed = configuration
        try self.init(path: path, isReadOnly: true) { () throws in
            try DatabasePool(path: path, configuration: fixed)
        }
        let found: [String: Int]
        do { found = try read { session in try Self.appliedVersions(session) } } catch {
            throw StoreError(any: error, path: path)
        }
        try refuseNewer(found: found, newest: newest)
        for (room, supported) in newest.sorted(by: { $0.key < $1.key }) where found[room, default: 0] < supported {
            throw .olderSchema(path: path, room: room, found: found[room, default: 0], supported: supported)
        }
    }

    /// A database in memory, gone with the process: for tests and for running without a disk.
    public static func inMemory(migrations: [Migration] = []) throws(StoreError) -> DataStore {
        let newest = try Migration.newestVersions(of: migrations)
        let store = try DataStore(path: ":memory:", isReadOnly: false) { () throws in
            try DatabaseQueue(configuration: Self.configuration(busyTimeout: 5))
        }
        try store.migrate(migrations, newest: newest)
        return store
    }

    private init(path: String, isReadOnly: Bool, open: () throws -> any DatabaseWriter) throws(StoreError) {
        self.path = path
        self.isReadOnly = isReadOnly
        do { engine = try open() } catch { throw StoreError(any: error, path: path) }
        mark = ChangeMark(ofDatabase: path, isReadOnly: isReadOnly)
    }

    // MARK: Reading and writing

    /// Runs `body` on one consistent view of the database, beside any writer. Blocks the calling thread.
    public func read<Value>(_ body: (borrowing Session) throws -> Value) throws -> Value {
        try attempt { try engine.read { try body(Session(database: $0, path: path)) } }
    }

    /// Runs `body` in one transaction, committed when it returns and undone when it throws. Blocks the calling
    /// thread while another write runs.
    @discardableResult
    public func write<Value>(_ body: (borrowing Session) throws -> Value) throws -> Value {
        try refuseIfReadOnly()
        return try attempt { try engine.write { try body(Session(database: $0, path: path)) } }
    }

    /// Runs `body` on one consistent view of the database without blocking the caller's thread.
    public func read<Value: Sendable>(
        _ body: @escaping @Sendable (borrowing Session) throws -> Value
    ) async throws -> Value {
        let path = path
        return try await attempt { try await engine.read { try body(Session(database: $0, path: path)) } }
    }

    /// Runs `body` in one transaction without blocking the caller's thread.
    @discardableResult
    public func write<Value: Sendable>(
        _ body: @escaping @Sendable (borrowing Session) throws -> Value
    ) async throws -> Value {
        try refuseIfReadOnly()
        let path = path
        return try await attempt { try await engine.write { try body(Session(database: $0, path: path)) } }
    }

    // MARK: Care

    /// A number that changes when another process has committed to this database; our own writes leave it alone.
    ///
    /// The cheap way to learn that something kept in memory may be stale. Waits for a write in progress.
    public func dataVersion() throws -> Int64 {
        try attempt {
            try engine.writeWithoutTransaction { try Int64.fetchOne($0, sql: "PRAGMA data_version") ?? 0 }
        }
    }

    /// Reads the whole database and checks its structure and references. Complexity: O(size of the file).
    /// - Throws: ``StoreError/corrupt(path:detail:)`` with the first finding.
    public func checkIntegrity() throws(StoreError) {
        let findings: [String]
        do {
            findings = try engine.read { database in
                let structure = try String.fetchAll(database, sql: "PRAGMA integrity_check(3)").filter { $0 != "ok" }
                let references = try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").prefix(3)
                    .map { "a row of \($0[0] as String? ?? "a table") refers to nothing" }
                return structure + references
            }
        } catch {
            throw StoreError(any: error, path: path)
        }
        if let first = findings.first { throw .corrupt(path: path, detail: first) }
    }

    /// Copies the database, as it is now, to a new file while others go on reading and writing.
    ///
    /// The copy appears under its name only when it is whole.
    /// - Throws: ``StoreError/cannotOpen(path:reason:)`` when there is a file at `destination` already.
    public func backup(to destination: String) throws(StoreError) {
        guard access(destination, F_OK) != 0 else {
            throw .cannotOpen(path: destination, reason: "a file is there already, and a backup overwrites nothing")
        }
        let partial = destination + ".partial"
        unlink(partial)
        try Self.createPrivately(partial)
        do {
            let copy = try DatabaseQueue(path: partial)
            try engine.backup(to: copy)
            // One plain file, without a write-ahead log beside it.
            try copy.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
            try copy.close()
        } catch {
            unlink(partial)
            throw StoreError(any: error, path: destination)
        }
        // `link` refuses where `rename` would overwrite a file that appeared meanwhile.
        guard link(partial, destination) == 0 else {
            let reason = String(cString: strerror(errno))
            unlink(partial)
            throw .cannotOpen(path: destination, reason: reason)
        }
        unlink(partial)
    }

    /// Empties the write-ahead log into the database file, so that nothing overwritten is left in it.
    public func compactLog() throws {
        try refuseIfReadOnly()
        try attempt {
            try engine.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        }
    }

    /// Empties the write-ahead log like ``compactLog()``, but gives up soon when somebody still reads what was before: other
    /// writers of this process wait no longer than that.
    ///
    /// - Parameter patience: milliseconds to wait for readers and for writers of other processes.
    /// - Returns: whether the log is empty.
    public func emptiesLog(within patience: Int = 0) throws -> Bool {
        try refuseIfReadOnly()
        return try attempt {
            try engine.writeWithoutTransaction { database in
                let usual = try Int.fetchOne(database, sql: "PRAGMA busy_timeout") ?? 0
                try database.execute(sql: "PRAGMA busy_timeout = \(max(0, patience))")
                defer { try? database.execute(sql: "PRAGMA busy_timeout = \(usual)") }
                do { _ = try database.checkpoint(.truncate) } catch let error as DatabaseError
                    where error.resultCode == .SQLITE_BUSY || error.resultCode == .SQLITE_LOCKED
                {
                    return false
                }
                return true
            }
        }
    }

    /// Waits for what runs and closes every connection. The store can't be used afterwards.
    public func close() throws(StoreError) {
        do { try engine.close() } catch { throw StoreError(any: error, path: path) }
    }

    // MARK: Opening

    private static func configuration(busyTimeout: Double) -> Configuration {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(busyTimeout)
        configuration.maximumReaderCount = 4
        configuration.prepareDatabase { database in
            guard !database.configuration.readonly else { return }
            // Only a new database takes it. Rows here are about a kilobyte: larger pages waste less of each, and cost
            // fewer system calls. Sorting receipts in takes a third less processor time than with 4 KiB.
            try database.execute(sql: "PRAGMA page_size = 16384")
            try database.execute(sql: "PRAGMA synchronous = NORMAL")
            // What is erased is overwritten with zeros, in the file too.
            try database.execute(sql: "PRAGMA secure_delete = ON")
        }
        return configuration
    }

    /// The database may hold what people said: its file and folder are for this user alone.
    private static func createPrivately(_ path: String) throws(StoreError) {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw .cannotOpen(path: path, reason: "its folder \(folder.path) can't be made")
        }
        // Exclusively: opening and closing a database that is in use would drop SQLite's locks on it.
        let file = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
        if file >= 0 {
            _ = Foundation.close(file)
        } else if errno != EEXIST {
            throw .cannotOpen(path: path, reason: String(cString: strerror(errno)))
        }
    }

    // MARK: Migrations

    private static func appliedVersions(_ session: borrowing Session) throws -> [String: Int] {
        let known = try session.firstRow(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'store_migrations'")
        guard known != nil else { return [:] }
        var versions: [String: Int] = [:]
        try session.forEachRow("SELECT room, MAX(version) AS version FROM store_migrations GROUP BY room") { row in
            versions[try row.text("room")] = Int(try row.integer("version"))
        }
        return versions
    }

    private func refuseNewer(found: [String: Int], newest: [String: Int]) throws(StoreError) {
        for (room, version) in found.sorted(by: { $0.key < $1.key }) {
            // A room that this program doesn't open is not its to judge.
            guard let supported = newest[room] else { continue }
            if version > supported {
                throw .newerSchema(path: path, room: room, found: version, supported: supported)
            }
        }
    }

    private func migrate(_ migrations: [Migration], newest: [String: Int]) throws(StoreError) {
        do {
            try refuseNewer(found: try read { try Self.appliedVersions($0) }, newest: newest)
            try write { session in
                try session.run(
                    """
                    CREATE TABLE IF NOT EXISTS store_migrations (
                        room TEXT NOT NULL, version BIGINT NOT NULL, name TEXT NOT NULL, applied_at BIGINT NOT NULL,
                        PRIMARY KEY (room, version))
                    """)
            }
            for migration in migrations { try apply(migration) }
        } catch {
            throw StoreError(any: error, path: path)
        }
    }

    private func apply(_ migration: Migration) throws {
        do {
            try write { session in
                // Asked inside the transaction: another process may have done it a moment ago.
                let done = try session.firstRow(
                    "SELECT name FROM store_migrations WHERE room = ? AND version = ?",
                    .text(migration.room), SQLValue(migration.version))
                guard done == nil else { return }
                for statement in migration.statements { try session.run(statement) }
                try session.run(
                    "INSERT INTO store_migrations (room, version, name, applied_at) VALUES (?, ?, ?, ?)",
                    .text(migration.room), SQLValue(migration.version), .text(migration.name),
                    .integer(Int64(Date().timeIntervalSince1970 * 1000)))
            }
        } catch let error as StoreError {
            switch error {
            case .sql, .constraint, .unexpectedColumn:
                throw StoreError.migrationFailed(
                    path: path, room: migration.room, version: migration.version, name: migration.name,
                    reason: error.description)
            default: throw error
            }
        }
    }

    // MARK: Errors

    private func refuseIfReadOnly() throws(StoreError) {
        if isReadOnly { throw .readOnly(path: path) }
    }

    /// The engine's errors become the store's; those that the body threw pass as they are.
    private func attempt<Value>(_ body: () throws -> Value) throws -> Value {
        do { return try body() } catch let error as DatabaseError { throw StoreError(error, path: path) }
    }

    private func attempt<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
        do { return try await body() } catch let error as DatabaseError { throw StoreError(error, path: path) }
    }
}
