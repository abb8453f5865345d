public import Consents
import Crypto
import Foundation
public import Store

/// A signed word that something was erased: what, when and how, and nothing of what it said.
///
/// Signed with Ed25519 (RFC 8032) by a key of this store; ``isSound`` checks it, and whoever keeps the store's
/// ``ErasureSigner/key`` can tell whose word it is.
public struct ErasureCertificate: Sendable, Hashable, Codable {
    /// How much was erased.
    public enum Scope: String, Sendable, Hashable, Codable, CaseIterable {
        /// Some items, with their history where it was asked.
        case items
        /// Everything that was remembered of the person.
        case memory
        /// Everything that Trellis kept of the person: memory, grants, consents, wishes, and what was said.
        case everything
    }

    /// The certificate's name.
    public let id: MemoryItem.ID
    /// The application that knows the person.
    public let application: String
    /// The person's pseudonym.
    public let person: String
    /// How much was erased.
    public let scope: Scope
    /// The ids of the items, when it was some.
    public let items: [MemoryItem.ID]
    /// How many items there were; nil when they could not be counted, because their key was gone already.
    public let count: Int?
    /// When it was asked for, in milliseconds since 1970.
    public let askedAt: Int64
    /// What was done, in sentences.
    public let done: [String]
    /// The store's public key, in base64.
    public let key: String
    /// Always `ed25519`.
    public let algorithm: String
    /// The signature, in base64.
    public let signature: String

    /// Whether the signature was made with the key that it names, for what the certificate says.
    public var isSound: Bool {
        guard algorithm == Self.ed25519, let raw = Data(base64Encoded: key), let bytes = Data(base64Encoded: signature),
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: raw)
        else { return false }
        return key.isValidSignature(bytes, for: Self.message(self))
    }

    /// The only ``algorithm``.
    public static let ed25519 = "ed25519"

    /// What is signed: a line that names the purpose, then each part with its length in front, so that no two
    /// certificates are signed alike.
    static func message(_ certificate: ErasureCertificate) -> [UInt8] {
        var writer = RecordWriter()
        writer.write("trellis erasure certificate 1")
        writer.write(certificate.id)
        writer.write(certificate.application)
        writer.write(certificate.person)
        writer.write(certificate.scope.rawValue)
        writer.writeLength(certificate.items.count)
        for id in certificate.items { writer.write(id) }
        writer.write(certificate.count.map(String.init) ?? "unknown")
        writer.write(certificate.askedAt)
        writer.writeLength(certificate.done.count)
        for sentence in certificate.done { writer.write(sentence) }
        writer.write(certificate.key)
        return writer.bytes
    }
}

/// Signs certificates of erasure with a key of the store.
public struct ErasureSigner: Sendable {
    private let signer: Curve25519.Signing.PrivateKey?

    /// The key of a store, always the same while the store lives.
    public init(seal: Seal) {
        signer = try? Curve25519.Signing.PrivateKey(rawRepresentation: seal.secret(named: "erasure certificates"))
    }

    /// The public half in base64: what others need to tell this store's certificates from anybody's.
    public var key: String { signer?.publicKey.rawRepresentation.base64EncodedString() ?? "" }

    /// A signed certificate.
    public func certificate(
        of scope: ErasureCertificate.Scope, person: PersonKey, items: [MemoryItem.ID] = [], count: Int?,
        askedAt: Int64, done: [String]
    ) -> ErasureCertificate {
        func signed(_ signature: String) -> ErasureCertificate {
            ErasureCertificate(
                id: id, application: person.application, person: person.person, scope: scope, items: items,
                count: count, askedAt: askedAt, done: done, key: key, algorithm: ErasureCertificate.ed25519,
                signature: signature)
        }
        let id = MemoryItem.ID(at: askedAt)
        // Making a signature fails for no message; without one the certificate is not sound, and says so.
        let bytes = try? signer?.signature(for: ErasureCertificate.message(signed("")))
        return signed(bytes?.base64EncodedString() ?? "")
    }
}
