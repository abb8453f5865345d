import Crypto

/// Which conversation: `cv_` and sixteen letters and digits, drawn at random.
public struct ConversationID: Hashable, Sendable, CustomStringConvertible {
    /// The whole id.
    public let description: String
    private static let prefix = "cv_"
    private static let length = 16

    /// Reads an id, in capitals or not; nil for anything else.
    public init?(_ text: String) {
        let lowered = text.lowercased()
        guard lowered.hasPrefix(Self.prefix), lowered.utf8.count == Self.prefix.utf8.count + Self.length,
            lowered.dropFirst(Self.prefix.count).utf8.allSatisfy(RandomText.digits.contains)
        else { return nil }
        description = lowered
    }

    private init(proved text: String) { description = text }

    /// A new one.
    static func make() -> ConversationID { ConversationID(proved: prefix + RandomText.make(length)) }
}

/// Letters and digits that are hard to mistake for each other (Crockford's base 32, without I, L, O and U).
enum RandomText {
    static let digits = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    /// So many of them, drawn by the system's generator for secrets: five bits each.
    static func make(_ count: Int) -> String {
        String(decoding: bytes(count).map { digits[Int($0 & 31)] }, as: UTF8.self)
    }

    /// So many random bytes.
    static func bytes(_ count: Int) -> [UInt8] {
        SymmetricKey(size: SymmetricKeySize(bitCount: 8 * count)).withUnsafeBytes { [UInt8]($0) }
    }

    /// Bytes in the same letters, five bits each; what is left over at the end is filled up with zeros.
    static func text(_ bytes: some Sequence<UInt8>) -> String {
        var (pending, count) = (0, 0)
        var text: [UInt8] = []
        for byte in bytes {
            pending = (pending << 8 | Int(byte)) & 0xFFFF
            count += 8
            while count >= 5 {
                count -= 5
                text.append(digits[pending >> count & 31])
            }
        }
        if count > 0 { text.append(digits[pending << (5 - count) & 31]) }
        return String(decoding: text, as: UTF8.self)
    }
}
