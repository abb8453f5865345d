/// One step of a room's schema: from version `version - 1` to `version`.
///
/// A released migration is history and never changes; a mistake is mended by the next one. A room lists its
/// migrations in one file, read from top to bottom.
///
/// ```swift
/// let history = [
///     Migration(room: "Notes", version: 1, name: "notes", statements: [
///         "CREATE TABLE notes (id TEXT PRIMARY KEY, words TEXT NOT NULL)"
///     ])
/// ]
/// ```
public struct Migration: Sendable, Hashable {
    /// The room whose tables these are.
    public let room: String
    /// 1 for the first, then one more each.
    public let version: Int
    /// A few words that say what the step does.
    public let name: String
    /// Statements in the store's dialect (see the room's README), run in order in one transaction.
    public let statements: [String]

    /// A step of a room's schema.
    public init(room: String, version: Int, name: String, statements: [String]) {
        self.room = room
        self.version = version
        self.name = name
        self.statements = statements
    }

    /// The newest version of each room, after checking that every room's steps run 1, 2, 3 … without a gap.
    static func newestVersions(of migrations: [Migration]) throws(StoreError) -> [String: Int] {
        var newest: [String: Int] = [:]
        for migration in migrations {
            let expected = newest[migration.room, default: 0] + 1
            guard migration.version == expected else {
                throw .impossibleHistory(
                    room: migration.room, reason: "version \(migration.version) stands where \(expected) should")
            }
            newest[migration.room] = expected
        }
        return newest
    }
}
