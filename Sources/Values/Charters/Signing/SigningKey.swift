import Crypto
import Foundation

/// The secret half of a signer's key: Ed25519 (RFC 8032).
///
/// It is kept as PKCS #8 in PEM, as OpenSSL writes it (`openssl genpkey -algorithm ed25519`), so that a signer is bound to
/// no program of ours. It has no description: a secret must not get into a log by chance.
public struct SigningKey: Sendable {
    let key: Curve25519.Signing.PrivateKey

    /// The public half.
    public var verifyingKey: VerifyingKey { VerifyingKey(key: key.publicKey) }

    /// Makes a key from 32 random bytes. Any other number gives nil.
    ///
    /// The room has no source of chance of its own: take the bytes from the system's.
    public init?(seed: [UInt8]) {
        guard seed.count == 32, let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else {
            return nil
        }
        self.key = key
    }

    /// Reads a key from PEM, or from the base64 of its 32 bytes. Anything else gives nil.
    public init?(_ text: String) {
        guard let bytes = KeyText.bytes(of: text, label: "PRIVATE KEY", prefix: KeyText.privatePrefix) else {
            return nil
        }
        self.init(seed: bytes)
    }

    /// The key as PEM, with a line feed at its end. Whoever has this text can sign as its owner.
    public func reveal() -> String {
        KeyText.pem(KeyText.privatePrefix + Array(key.rawRepresentation), label: "PRIVATE KEY")
    }
}

/// The public half of a signer's key: what others need to check a signature.
public struct VerifyingKey: Sendable {
    let key: Curve25519.Signing.PublicKey

    init(key: Curve25519.Signing.PublicKey) {
        self.key = key
    }

    /// Reads a key from PEM, or from the base64 of its 32 bytes. Anything else gives nil.
    public init?(_ text: String) {
        guard let bytes = KeyText.bytes(of: text, label: "PUBLIC KEY", prefix: KeyText.publicPrefix),
            bytes.count == 32, let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)
        else { return nil }
        self.key = key
    }

    /// The key's 32 bytes in base64.
    public var base64: String { Data(key.rawRepresentation).base64EncodedString() }

    /// The key as SubjectPublicKeyInfo in PEM, with a line feed at its end, as OpenSSL reads it.
    public var pem: String { KeyText.pem(KeyText.publicPrefix + Array(key.rawRepresentation), label: "PUBLIC KEY") }
}

extension VerifyingKey: Hashable {
    /// Whether two keys are the same.
    public static func == (first: VerifyingKey, second: VerifyingKey) -> Bool {
        first.key.rawRepresentation == second.key.rawRepresentation
    }

    /// Feeds the key's bytes into a hasher.
    public func hash(into hasher: inout Hasher) { hasher.combine(key.rawRepresentation) }
}

extension VerifyingKey: CustomStringConvertible {
    /// The key's bytes in base64.
    public var description: String { base64 }
}

/// How keys stand in files.
private enum KeyText {
    /// What stands before the 32 bytes in PKCS #8 (RFC 8410, section 7).
    static let privatePrefix: [UInt8] = [
        0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
    ]
    /// What stands before the 32 bytes in SubjectPublicKeyInfo (RFC 8410, section 4).
    static let publicPrefix: [UInt8] = [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00]

    static func pem(_ bytes: [UInt8], label: String) -> String {
        "-----BEGIN \(label)-----\n\(Data(bytes).base64EncodedString())\n-----END \(label)-----\n"
    }

    /// The 32 bytes of a key in PEM or in plain base64.
    static func bytes(of text: String, label: String, prefix: [UInt8]) -> [UInt8]? {
        guard text.utf8.count <= 4_096 else { return nil }
        var body = text
        let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
        if let begin = lines.firstIndex(of: "-----BEGIN \(label)-----"),
            let end = lines.firstIndex(of: "-----END \(label)-----"), begin < end
        {
            body = lines[(begin + 1)..<end].joined()
            guard let data = Data(base64Encoded: body), data.starts(with: prefix) else { return nil }
            return Array(data.dropFirst(prefix.count))
        }
        body = body.trimmingCharacters(in: .whitespacesAndNewlines)
        return Data(base64Encoded: body).map { Array($0) }
    }
}
