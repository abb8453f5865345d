/// One row of a result: values by column name.
///
/// Each getter says what it expects, so that a column that is missing or of another kind is an error with its
/// name in it, and never a silent zero.
public struct SQLRow: Sendable {
    let columns: [String: Int]
    let values: [SQLValue]

    /// The names of the columns, in no particular order.
    public var columnNames: [String] { Array(columns.keys) }

    /// The value in a column, of whatever kind.
    /// - Throws: ``StoreError/unexpectedColumn(name:reason:)`` when the row has no such column.
    public subscript(_ column: String) -> SQLValue {
        get throws(StoreError) {
            guard let index = columns[column] else {
                throw .unexpectedColumn(
                    name: column, reason: "the result has no such column, only \(columns.keys.sorted())")
            }
            return values[index]
        }
    }

    /// The text in a column.
    public func text(_ column: String) throws(StoreError) -> String {
        guard let text = try optionalText(column) else { throw Self.unexpected(column, found: .null, wanted: "text") }
        return text
    }

    /// The text in a column, nil when it is null.
    public func optionalText(_ column: String) throws(StoreError) -> String? {
        switch try self[column] {
        case .text(let text): text
        case .null: nil
        case let other: throw Self.unexpected(column, found: other, wanted: "text")
        }
    }

    /// The whole number in a column.
    public func integer(_ column: String) throws(StoreError) -> Int64 {
        guard let integer = try optionalInteger(column) else {
            throw Self.unexpected(column, found: .null, wanted: "integer")
        }
        return integer
    }

    /// The whole number in a column, nil when it is null.
    public func optionalInteger(_ column: String) throws(StoreError) -> Int64? {
        switch try self[column] {
        case .integer(let integer): integer
        case .null: nil
        case let other: throw Self.unexpected(column, found: other, wanted: "integer")
        }
    }

    /// The floating-point number in a column; a whole number counts as one.
    public func real(_ column: String) throws(StoreError) -> Double {
        guard let real = try optionalReal(column) else { throw Self.unexpected(column, found: .null, wanted: "real") }
        return real
    }

    /// The floating-point number in a column, nil when it is null.
    public func optionalReal(_ column: String) throws(StoreError) -> Double? {
        switch try self[column] {
        case .real(let real): real
        case .integer(let integer): Double(integer)
        case .null: nil
        case let other: throw Self.unexpected(column, found: other, wanted: "real")
        }
    }

    /// The bytes in a column.
    public func blob(_ column: String) throws(StoreError) -> [UInt8] {
        guard let blob = try optionalBlob(column) else { throw Self.unexpected(column, found: .null, wanted: "blob") }
        return blob
    }

    /// The bytes in a column, nil when it is null.
    public func optionalBlob(_ column: String) throws(StoreError) -> [UInt8]? {
        switch try self[column] {
        case .blob(let blob): blob
        case .null: nil
        case let other: throw Self.unexpected(column, found: other, wanted: "blob")
        }
    }

    private static func unexpected(_ column: String, found: SQLValue, wanted: String) -> StoreError {
        .unexpectedColumn(name: column, reason: "it holds \(found.kind) where \(wanted) was expected")
    }
}
