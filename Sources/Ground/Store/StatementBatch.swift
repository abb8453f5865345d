import Foundation
import GRDB
import GRDBSQLite

/// One prepared statement, run for one row of values after another with nothing between us and SQLite.
///
/// GRDB's way through `StatementArguments` costs as much as the insertion itself; here values are bound as they are.
struct StatementBatch {
    private let statement: Statement
    private let database: Database
    private let raw: SQLiteStatement

    /// SQLite's own limit, and less than a C `int` can count.
    private static let longestValue = 1_000_000_000

    init(_ statement: Statement, of database: Database) {
        self.statement = statement
        self.database = database
        raw = statement.sqliteStatement
        sqlite3_reset(raw)
    }

    /// Leaves the statement as it was found, holding on to no values.
    func end() {
        sqlite3_reset(raw)
        sqlite3_clear_bindings(raw)
    }

    /// Runs the statement with these values.
    /// - Returns: how many rows it changed.
    func run(_ values: [SQLValue]) throws -> Int {
        guard values.count == Int(sqlite3_bind_parameter_count(raw)) else {
            throw StoreError.sql(
                code: Int(SQLITE_RANGE), message: "\(values.count) values for the placeholders of the statement",
                statement: statement.sql)
        }
        for value in values where value.length > Self.longestValue {
            throw StoreError.sql(
                code: Int(SQLITE_TOOBIG), message: "a value of \(value.length) bytes is longer than a store takes",
                statement: statement.sql)
        }
        for (index, value) in values.enumerated() { try bind(value, at: CInt(index + 1)) }
        var code = sqlite3_step(raw)
        while code == SQLITE_ROW { code = sqlite3_step(raw) }
        guard code == SQLITE_DONE else { throw failure(sqlite3_reset(raw)) }
        sqlite3_reset(raw)
        return database.changesCount
    }

    private func bind(_ value: SQLValue, at place: CInt) throws {
        // SQLite copies what is bound so; the value may be gone before the statement is run.
        let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        let code: CInt
        switch value {
        case .null: code = sqlite3_bind_null(raw, place)
        case .integer(let integer): code = sqlite3_bind_int64(raw, place, integer)
        case .real(let real): code = sqlite3_bind_double(raw, place, real)
        case .text(var text):
            guard text.isStorable else { throw StoreError.textHoldsNUL }
            code = text.withUTF8 { utf8 in
                utf8.withMemoryRebound(to: CChar.self) { characters in
                    sqlite3_bind_text(raw, place, characters.baseAddress, CInt(characters.count), copied)
                }
            }
        case .blob(let bytes):
            code = bytes.withUnsafeBytes { bytes in
                // A null pointer would bind null, and no bytes are not null.
                bytes.isEmpty
                    ? sqlite3_bind_zeroblob(raw, place, 0)
                    : sqlite3_bind_blob(raw, place, bytes.baseAddress, CInt(bytes.count), copied)
            }
        }
        guard code == SQLITE_OK else { throw failure(code) }
    }

    private func failure(_ code: CInt) -> DatabaseError {
        DatabaseError(
            resultCode: ResultCode(rawValue: code),
            message: database.sqliteConnection.map { String(cString: sqlite3_errmsg($0)) }, sql: statement.sql)
    }
}

extension SQLValue {
    /// How many bytes a text or blob has.
    fileprivate var length: Int {
        switch self {
        case .text(let text): text.utf8.count
        case .blob(let bytes): bytes.count
        default: 0
        }
    }
}
