/// One value in a row or a bound parameter: the five kinds that every engine knows.
public enum SQLValue: Hashable, Sendable {
    /// No value.
    case null
    /// A whole number, 64 bits, signed. Truth is 0 or 1, a moment is milliseconds since 1970.
    case integer(Int64)
    /// A floating-point number.
    case real(Double)
    /// Text, UTF-8.
    case text(String)
    /// Bytes.
    case blob([UInt8])

    /// A whole number from any integer that fits.
    public init(_ number: some BinaryInteger) { self = .integer(Int64(clamping: number)) }

    /// The text, or null when there is none.
    public static func text(ifAny text: String?) -> SQLValue { text.map(SQLValue.text) ?? .null }

    /// The bytes, or null when there are none.
    public static func blob(ifAny bytes: [UInt8]?) -> SQLValue { bytes.map(SQLValue.blob) ?? .null }

    /// The whole number, or null when there is none.
    public static func integer(ifAny number: Int64?) -> SQLValue { number.map(SQLValue.integer) ?? .null }

    var kind: String {
        switch self {
        case .null: "null"
        case .integer: "integer"
        case .real: "real"
        case .text: "text"
        case .blob: "blob"
        }
    }
}

extension SQLValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByNilLiteral
{
    /// A text literal.
    public init(stringLiteral value: String) { self = .text(value) }
    /// A whole-number literal.
    public init(integerLiteral value: Int64) { self = .integer(value) }
    /// A floating-point literal.
    public init(floatLiteral value: Double) { self = .real(value) }
    /// `nil` is null.
    public init(nilLiteral: ()) { self = .null }
}
