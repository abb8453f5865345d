import Crypto
import Foundation

/// A person as Trellis's records know them: 32 hexadecimal digits that can't be turned back into who they are.
///
/// It is the first 128 bits of HMAC-SHA256 over the application and the name that it gave the person, under a
/// secret of this store (RFC 2104). The name itself never reaches the disk. Two applications that both call
/// somebody `42` mean two people, so the application is part of it.
public struct PersonPseudonym: Hashable, Sendable {
    let high: UInt64
    let low: UInt64

    init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Reads 32 lower-case hexadecimal digits, nil for anything else.
    public init?(_ text: some StringProtocol) {
        var high: UInt64 = 0
        var low: UInt64 = 0
        var count = 0
        for byte in text.utf8 {
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            default: return nil
            }
            high = high << 4 | low >> 60
            low = low << 4 | UInt64(digit)
            count += 1
            guard count <= Self.length else { return nil }
        }
        guard count == Self.length else { return nil }
        self.high = high
        self.low = low
    }

    /// How many bytes ``description`` has.
    static let length = 32

    /// Writes the 32 digits into `bytes`.
    func write(into bytes: UnsafeMutableBufferPointer<UInt8>) {
        for index in 0..<Self.length {
            let word = index < 16 ? high : low
            let digit = UInt8(truncatingIfNeeded: word >> UInt64(60 - (index % 16) * 4)) & 15
            bytes[index] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
        }
    }
}

extension PersonPseudonym: CustomStringConvertible {
    /// 32 hexadecimal digits.
    public var description: String {
        String(unsafeUninitializedCapacity: Self.length) { bytes in
            write(into: bytes)
            return Self.length
        }
    }
}

extension PersonPseudonym: Codable {
    /// Reads the pseudonym from its text.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let pseudonym = PersonPseudonym(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "A person's pseudonym is 32 hexadecimal digits.")
        }
        self = pseudonym
    }

    /// Writes the pseudonym as its text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// Gives people their pseudonyms, under one secret.
///
/// ```swift
/// let pseudonyms = Pseudonyms(secret: Array("a secret of this store".utf8))
/// let person = pseudonyms.pseudonym(of: "ada@example.org", in: "riverside")
/// ```
public struct Pseudonyms: Sendable {
    private let key: SymmetricKey

    /// - Parameter secret: at least 16 bytes that nobody else knows; see `Seal.secret(named:)`.
    public init(secret: [UInt8]) {
        key = SymmetricKey(data: secret)
    }

    /// The pseudonym of a person, by the name that an application gave them. The same always for the same two.
    public func pseudonym(of person: String, in application: String) -> PersonPseudonym {
        var code = HMAC<SHA256>(key: key)
        // The length in front keeps ("ab", "c") and ("a", "bc") apart.
        withUnsafeBytes(of: UInt64(application.utf8.count).bigEndian) { code.update(data: $0) }
        var application = application
        var person = person
        application.withUTF8 { code.update(data: UnsafeRawBufferPointer($0)) }
        person.withUTF8 { code.update(data: UnsafeRawBufferPointer($0)) }
        return code.finalize().withUnsafeBytes { bytes in
            PersonPseudonym(
                high: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
                low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
        }
    }
}
