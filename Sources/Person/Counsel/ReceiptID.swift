/// The name of one receipt: `rcp_` and 26 characters of Crockford's base 32, in order of time.
///
/// The first 48 bits are milliseconds since 1970 and the other 80 are random (the ULID layout), so ids made later
/// sort later, and nobody can guess one.
public struct ReceiptID: Hashable, Sendable {
    let high: UInt64
    let low: UInt64

    init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// A new id for a moment.
    /// - Parameter milliseconds: since 1970; only the low 48 bits are kept, enough until the year 10889.
    public init(
        at milliseconds: Int64, using generator: inout some RandomNumberGenerator
    ) {
        let first = UInt64.random(in: .min ... .max, using: &generator)
        low = UInt64.random(in: .min ... .max, using: &generator)
        high = UInt64(truncatingIfNeeded: milliseconds) << 16 | first & 0xFFFF
    }

    /// A new id for a moment, from the system's random numbers.
    /// - Parameter milliseconds: since 1970.
    public init(at milliseconds: Int64) {
        var generator = SystemRandomNumberGenerator()
        self.init(at: milliseconds, using: &generator)
    }

    /// Reads an id, nil for anything but exactly what ``description`` writes.
    public init?(_ text: some StringProtocol) {
        var high: UInt64 = 0
        var low: UInt64 = 0
        var index = 0
        for byte in text.utf8 {
            if index < 4 {
                guard byte == Self.prefix[index] else { return nil }
            } else {
                let value = Self.values[Int(byte)]
                // The first character carries three bits only: 26 × 5 is two more than 128.
                guard index < 30, value < (index == 4 ? 8 : 32) else { return nil }
                high = high << 5 | low >> 59
                low = low << 5 | UInt64(value)
            }
            index += 1
        }
        guard index == 30 else { return nil }
        self.high = high
        self.low = low
    }

    /// The moment that the id was made for, in milliseconds since 1970.
    public var milliseconds: Int64 { Int64(high >> 16) }

    /// How many bytes ``description`` has.
    static let length = 30
    static let prefix = Array("rcp_".utf8)
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
        return values
    }()

    /// Writes the 30 characters into `bytes`.
    func write(into bytes: UnsafeMutableBufferPointer<UInt8>) {
        for (index, byte) in Self.prefix.enumerated() { bytes[index] = byte }
        var high = high
        var low = low
        for index in stride(from: Self.length - 1, through: 4, by: -1) {
            bytes[index] = Self.alphabet[Int(low & 31)]
            low = low >> 5 | high << 59
            high >>= 5
        }
    }
}

extension ReceiptID: CustomStringConvertible {
    /// `rcp_` and 26 characters.
    public var description: String {
        String(unsafeUninitializedCapacity: Self.length) { bytes in
            write(into: bytes)
            return Self.length
        }
    }
}

extension ReceiptID: Comparable {
    /// Earlier before later.
    public static func < (left: ReceiptID, right: ReceiptID) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}

extension ReceiptID: Codable {
    /// Reads the id from its text.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let id = ReceiptID(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "A receipt id is rcp_ and 26 characters, as Trellis wrote it.")
        }
        self = id
    }

    /// Writes the id as its text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
