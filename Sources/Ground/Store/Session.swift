import Foundation
import GRDB

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A connection in a transaction, lent to the body of ``DataStore/read(_:)-(borrowing_Session)`` or
/// ``DataStore/write(_:)-(borrowing_Session)``.
///
/// A session can't be copied, so it can't outlive the body that it was lent to. Statements use `?` placeholders
/// and the dialect of the room's README; each distinct statement is prepared once and kept by its connection, so
/// write values as parameters, never into the text.
public struct Session: ~Copyable {
    let database: Database
    let path: String

    /// Runs a statement that returns no rows.
    /// - Returns: how many rows it changed.
    @discardableResult
    public func run(_ sql: String, _ values: SQLValue...) throws(StoreError) -> Int {
        try run(sql, values)
    }

    /// Runs a statement that returns no rows, with its values in an array.
    /// - Returns: how many rows it changed.
    @discardableResult
    public func run(_ sql: String, _ values: [SQLValue]) throws(StoreError) -> Int {
        try attempt { () throws in
            let statement = try database.cachedStatement(sql: sql)
            try statement.execute(arguments: Self.arguments(values))
            return database.changesCount
        }
    }

    /// Runs one statement once for each row of values, prepared once.
    /// - Returns: how many rows were changed in all. Complexity: O(rows).
    @discardableResult
    public func runBatch(_ sql: String, _ rows: some Sequence<[SQLValue]>) throws(StoreError) -> Int {
        try attempt { () throws in
            let statement = try database.cachedStatement(sql: sql)
            let batch = StatementBatch(statement, of: database)
            defer { batch.end() }
            var changed = 0
            for values in rows { changed += try batch.run(values) }
            return changed
        }
    }

    /// All rows that a query gives.
    public func rows(_ sql: String, _ values: SQLValue...) throws(StoreError) -> [SQLRow] {
        try rows(sql, values)
    }

    /// All rows that a query gives, with its values in an array.
    public func rows(_ sql: String, _ values: [SQLValue]) throws(StoreError) -> [SQLRow] {
        var rows: [SQLRow] = []
        try attempt { () throws in try forEachRow(sql, values) { rows.append($0) } }
        return rows
    }

    /// The first row that a query gives, nil when it gives none.
    public func firstRow(_ sql: String, _ values: SQLValue...) throws(StoreError) -> SQLRow? {
        try attempt { () throws in
            let cursor = try cursor(sql, values)
            return try cursor.rows.next().map { SQLRow($0, columns: cursor.columns) }
        }
    }

    /// Hands each row of a query to `body` in turn, so that a large result need not fit in memory.
    public func forEachRow(_ sql: String, _ values: [SQLValue] = [], _ body: (SQLRow) throws -> Void) throws {
        do {
            let cursor = try cursor(sql, values)
            while let row = try cursor.rows.next() { try body(SQLRow(row, columns: cursor.columns)) }
        } catch let error as DatabaseError {
            throw StoreError(error, path: path)
        }
    }

    private static func arguments(_ values: [SQLValue]) throws(StoreError) -> StatementArguments {
        var bound: [DatabaseValue] = []
        bound.reserveCapacity(values.count)
        for value in values { bound.append(try value.databaseValue) }
        return StatementArguments(bound)
    }

    private func cursor(_ sql: String, _ values: [SQLValue]) throws -> (rows: RowCursor, columns: [String: Int]) {
        let statement = try database.cachedStatement(sql: sql)
        let rows = try Row.fetchCursor(statement, arguments: Self.arguments(values))
        // The first of two columns with one name wins, as a person reading left to right would expect.
        let columns = Dictionary(
            statement.columnNames.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
        return (rows, columns)
    }

    private func attempt<Value>(_ body: () throws -> Value) throws(StoreError) -> Value {
        do {
            return try body()
        } catch {
            throw StoreError(any: error, path: path)
        }
    }
}

extension String {
    /// Engines end a text at a NUL or refuse it; cutting it short in silence would be worse than either.
    var isStorable: Bool {
        var text = self
        return text.withUTF8 { utf8 in utf8.baseAddress.map { memchr($0, 0, utf8.count) == nil } ?? true }
    }
}

extension SQLValue {
    var databaseValue: DatabaseValue {
        get throws(StoreError) {
            switch self {
            case .null: return .null
            case .integer(let integer): return integer.databaseValue
            case .real(let real): return real.databaseValue
            case .text(let text):
                guard text.isStorable else { throw .textHoldsNUL }
                return text.databaseValue
            case .blob(let bytes): return Data(bytes).databaseValue
            }
        }
    }

    init(_ value: DatabaseValue) {
        self =
            switch value.storage {
            case .null: .null
            case .int64(let integer): .integer(integer)
            case .double(let real): .real(real)
            case .string(let text): .text(text)
            case .blob(let data): .blob([UInt8](data))
            }
    }
}

extension SQLRow {
    init(_ row: Row, columns: [String: Int]) {
        self.init(columns: columns, values: row.databaseValues.map { SQLValue($0) })
    }
}
