/// What can go wrong with a store, each with what to do next in its ``description``.
public enum StoreError: Error, Hashable, Sendable {
    /// Another process held the database for longer than the busy timeout. Nothing was written; try again.
    case locked(path: String)
    /// The disk that holds the database has no room left. Nothing was written; try again when there is.
    case full(path: String)
    /// Pages of the database are damaged.
    case corrupt(path: String, detail: String)
    /// The file is there and is something else than a database.
    case notADatabase(path: String)
    /// A newer Trellis wrote this database, so this one must not touch it.
    case newerSchema(path: String, room: String, found: Int, supported: Int)
    /// A read-only opening found a database that an older Trellis wrote.
    case olderSchema(path: String, room: String, found: Int, supported: Int)
    /// The file or its folder can't be opened: missing, or not ours to read or write.
    case cannotOpen(path: String, reason: String)
    /// The operating system failed while the database was read or written.
    case inputOutput(path: String, reason: String)
    /// A write was asked of a store that was opened for reading.
    case readOnly(path: String)
    /// The rooms' migrations don't form a history: a version twice, or one missing.
    case impossibleHistory(room: String, reason: String)
    /// A migration's statement failed; that migration was rolled back and those before it stand.
    case migrationFailed(path: String, room: String, version: Int, name: String, reason: String)
    /// A rule of the schema refused a row: a key that is there already, a reference to nothing.
    case constraint(message: String)
    /// A row did not hold what the code expected.
    case unexpectedColumn(name: String, reason: String)
    /// A text value holds a NUL character, which no engine keeps.
    case textHoldsNUL
    /// Any other refusal by the engine, with its own code and words.
    case sql(code: Int, message: String, statement: String?)

    /// Whether the same call may succeed later with nothing changed in the program.
    public var isTransient: Bool {
        switch self {
        case .locked, .full, .inputOutput: true
        default: false
        }
    }
}

extension StoreError: CustomStringConvertible {
    /// The whole story for a person: what happened, where, and what to do next.
    public var description: String {
        switch self {
        case .locked(let path):
            """
            The database \(path) is locked by another process. Nothing was lost: it is tried again. If it stays so, \
            find who holds it with `fuser \(path)` and stop that process.
            """
        case .full(let path):
            """
            There is no room left on the disk that holds \(path). Free some space (`df -h \(path)` shows how much is \
            there); Trellis goes on by itself.
            """
        case .corrupt(let path, let detail):
            """
            The database \(path) is damaged (\(detail)). Two ways out, both with Trellis stopped: put a backup in its \
            place, or move \(path), \(path)-wal and \(path)-shm aside and start with an empty store. \
            `sqlite3 \(path) .recover` may read what is left of the damaged file.
            """
        case .notADatabase(let path):
            """
            The file \(path) is not a Trellis database. Two ways out, both with Trellis stopped: put a backup in its \
            place, or move the file aside and start with an empty store.
            """
        case .newerSchema(let path, let room, let found, let supported):
            """
            The database \(path) was written by a newer Trellis (\(room) is at version \(found), this Trellis knows \
            \(supported)). Run that newer Trellis, or restore a backup made before the upgrade.
            """
        case .olderSchema(let path, let room, let found, let supported):
            """
            The database \(path) was written by an older Trellis (\(room) is at version \(found), this Trellis needs \
            \(supported)). Start `trellis serve` once with this version: it brings the database up to date.
            """
        case .cannotOpen(let path, let reason):
            """
            The database \(path) can't be opened: \(reason). Check that the folder is there and that this user may \
            write in it.
            """
        case .inputOutput(let path, let reason):
            """
            Reading or writing \(path) failed: \(reason). Check the disk and its free space (`df -h`, `dmesg`); \
            Trellis tries again.
            """
        case .readOnly(let path):
            "The database \(path) was opened for reading only, so nothing can be written to it."
        case .impossibleHistory(let room, let reason):
            "The migrations of \(room) can't be right: \(reason). This is a fault in Trellis; please report it."
        case .migrationFailed(let path, let room, let version, let name, let reason):
            """
            The database \(path) could not be brought to \(room) version \(version) (\(name)): \(reason). It stands \
            as it was before that step. Restore a backup or report this with the message.
            """
        case .constraint(let message):
            "The store refused a row: \(message)."
        case .unexpectedColumn(let name, let reason):
            "The column \(name) is not as expected: \(reason)."
        case .textHoldsNUL:
            "A text can't hold a NUL character (U+0000) in the store. Leave it out, or keep the text as bytes."
        case .sql(let code, let message, let statement):
            "The store refused a statement (code \(code)): \(message)\(statement.map { ", in: \($0)" } ?? "")."
        }
    }
}
