/// A charter's name: `owner/name`, as in `riverside/tutor`.
///
/// Both parts are lower-case ASCII words joined by hyphens, so that two names that look alike are alike.
public struct CharterID: Hashable, Sendable {
    /// Who answers for the charter.
    public let owner: String
    /// The charter's name among its owner's.
    public let name: String

    /// Reads `owner/name`. Anything else gives nil.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].isIdentifier, parts[1].isIdentifier else { return nil }
        owner = String(parts[0])
        name = String(parts[1])
    }
}

extension CharterID: CustomStringConvertible {
    /// `owner/name`.
    public var description: String { "\(owner)/\(name)" }
}

extension StringProtocol {
    /// Whether the text is a name of the charter language: lower-case ASCII words and digits, joined by single
    /// hyphens, starting with a letter, at most 64 bytes.
    package var isIdentifier: Bool {
        guard let first = utf8.first, (0x61...0x7A).contains(first), utf8.count <= 64 else { return false }
        var previous: UInt8 = 0
        for byte in utf8 {
            switch byte {
            case 0x61...0x7A, 0x30...0x39: break
            case 0x2D where previous != 0x2D: break
            default: return false
            }
            previous = byte
        }
        return previous != 0x2D
    }

    /// The nearest name that would be allowed, for a suggestion: nil when nothing is left of the text.
    package var asIdentifier: String? {
        var words: [[UInt8]] = [[]]
        for byte in utf8 {
            switch byte {
            case 0x61...0x7A, 0x30...0x39: words[words.count - 1].append(byte)
            case 0x41...0x5A: words[words.count - 1].append(byte | 0x20)
            case 0x27: break  // "don't" becomes "dont"
            default: words.append([])
            }
        }
        let joined = Array(words.filter { !$0.isEmpty }.joined(separator: [0x2D]))
        let text = String(decoding: joined.prefix(64), as: UTF8.self)
        return text.isIdentifier ? text : nil
    }
}
