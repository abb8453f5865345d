import Crypto

/// A key that an application presents: `tr_live_`, 43 characters of secret, 6 characters of checksum.
///
/// The secret is 32 random bytes in base 62, so nobody can guess it. The checksum lets Trellis say "this key was
/// mistyped or cut short" instead of "this key is unknown", and lets secret scanners recognise a leaked key.
///
/// Only the SHA-256 of a key is kept. A slow password hash would add nothing: it makes guessing *weak* secrets dear,
/// and 256 random bits can't be guessed at any speed; but it would add milliseconds to every request.
public struct APIKey: Sendable, CustomStringConvertible {
    /// What every key starts with.
    public static let prefix = "tr_live_"
    /// How many characters a key has.
    public static let length = 57

    private static let secretLength = 43
    private static let checksumLength = 6
    private static let digits = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

    /// The key in full. Shown once, when it is created; never logged or stored.
    private let text: String

    /// A new key from the system's secure random numbers.
    public init() {
        var generator = SystemRandomNumberGenerator()
        self.init(using: &generator)
    }

    /// A new key from the given random numbers. For tests: outside them, ``init()`` is the only right source.
    init(using generator: inout some RandomNumberGenerator) {
        let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        let secret = Self.base62(bytes, width: Self.secretLength)
        let body = Array(Self.prefix.utf8) + secret
        text = String(decoding: body + Self.checksum(of: body), as: UTF8.self)
    }

    /// The key in full.
    public func reveal() -> String { text }

    /// The first characters, enough to recognise a key in a list and far too few to use it.
    public var hint: String { String(text.prefix(Self.prefix.count + 4)) + "…" }

    /// The hint, so that printing a key by accident doesn't give it away.
    public var description: String { hint }

    /// What is kept of the key.
    public var digest: KeyDigest { KeyDigest(of: Array(text.utf8)) }

    /// Whether some text could be a key at all.
    public enum Shape: Sendable, Hashable {
        /// It has a key's form and its checksum fits.
        case wellFormed
        /// It starts like a key but was cut short, stretched or mistyped.
        case mistyped
        /// It isn't one of our keys.
        case foreign
    }

    /// Tells a mistyped key from a text that never was one.
    public static func shape(of presented: [UInt8]) -> Shape {
        guard presented.starts(with: prefix.utf8) else { return .foreign }
        guard presented.count == length, presented.dropFirst(prefix.utf8.count).allSatisfy(digits.contains) else {
            return .mistyped
        }
        let body = presented.dropLast(checksumLength)
        return presented.suffix(checksumLength).elementsEqual(checksum(of: Array(body))) ? .wellFormed : .mistyped
    }

    /// Six base-62 digits from the first 32 bits of the body's SHA-256. One mistyped character slips through once in
    /// four thousand million times.
    private static func checksum(of body: [UInt8]) -> [UInt8] {
        base62(Array(SHA256.hash(data: body).prefix(4)), width: checksumLength)
    }

    /// The bytes, read as one big-endian number, in base 62, padded on the left with zeros.
    static func base62(_ bytes: [UInt8], width: Int) -> [UInt8] {
        var number = bytes
        return Array(
            (0..<width).map { _ -> UInt8 in
                var remainder = 0
                for index in number.indices {
                    let value = remainder << 8 | Int(number[index])
                    number[index] = UInt8(value / 62)
                    remainder = value % 62
                }
                return digits[remainder]
            }.reversed())
    }
}

/// The SHA-256 of a key: what is stored, and what is looked up.
///
/// Looking up the digest of what was presented, rather than comparing the key itself, leaves nothing to learn from
/// how long a comparison takes: to steer the digest, one would have to invert SHA-256.
public struct KeyDigest: Sendable, Hashable {
    /// The digest as four numbers, so that comparing and hashing it costs a few instructions.
    private let words: (UInt64, UInt64, UInt64, UInt64)

    /// The digest of what was presented.
    public init(of presented: some Sequence<UInt8>) {
        let digest = presented.withContiguousStorageIfAvailable { SHA256.hash(data: UnsafeRawBufferPointer($0)) }
        self.init(digest ?? SHA256.hash(data: Array(presented)))
    }

    /// The digest of what was presented, straight from a network buffer.
    public init(of presented: UnsafeRawBufferPointer) {
        self.init(SHA256.hash(data: presented))
    }

    private init(_ digest: SHA256Digest) {
        words = digest.withUnsafeBytes { bytes in
            (
                bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self),
                bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self),
                bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self),
                bytes.loadUnaligned(fromByteOffset: 24, as: UInt64.self)
            )
        }
    }

    /// A digest as it was stored, or nil when it doesn't have 32 bytes.
    public init?(stored bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        words = bytes.withUnsafeBytes { bytes in
            (
                bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self),
                bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self),
                bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self),
                bytes.loadUnaligned(fromByteOffset: 24, as: UInt64.self)
            )
        }
    }

    /// The 32 bytes.
    public var bytes: [UInt8] {
        withUnsafeBytes(of: words) { Array($0) }
    }

    /// Whether two digests are the same.
    public static func == (one: Self, other: Self) -> Bool {
        one.words == other.words
    }

    /// Feeds a quarter of the digest into a hasher: it is as random as the whole.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(words.0)
    }
}
