import Crypto

/// What a charter means, in 32 bytes: the SHA-256 of its canonical form.
///
/// Two files that say the same, in whatever order, quoting or layout, have the same fingerprint; two that differ in
/// one word don't.
public struct CharterFingerprint: Hashable, Sendable {
    /// The fingerprint as 64 lower-case hexadecimal digits.
    public let hexadecimal: String

    /// The fingerprint of a canonical form.
    init(of canonicalForm: [UInt8]) {
        hexadecimal = sha256Hexadecimal(canonicalForm)
    }

    /// Reads a fingerprint from its 64 lower-case hexadecimal digits. Anything else gives nil.
    public init?(_ hexadecimal: String) {
        let digits = hexadecimal.utf8
        let isDigit = { (byte: UInt8) in (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte) }
        guard digits.count == 64, digits.allSatisfy(isDigit) else { return nil }
        self.hexadecimal = hexadecimal
    }

    /// The first 12 digits: enough for people to tell charters apart, not enough to pin one.
    public var short: String { String(hexadecimal.prefix(12)) }
}

extension CharterFingerprint: CustomStringConvertible {
    /// The 64 hexadecimal digits.
    public var description: String { hexadecimal }
}

extension CharterFingerprint: Codable {
    /// Reads a fingerprint from a string of 64 hexadecimal digits.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let fingerprint = CharterFingerprint(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "A charter's fingerprint is 64 lower-case hexadecimal digits.")
        }
        self = fingerprint
    }

    /// Writes the 64 hexadecimal digits as a string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(hexadecimal)
    }
}

/// SHA-256 as 64 lower-case hexadecimal digits.
package func sha256Hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(64)
    for byte in SHA256.hash(data: Array(bytes)) {
        text.append(digits[Int(byte >> 4)])
        text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
}
