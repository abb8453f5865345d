import Crypto
import Foundation

/// One person's signature under what a charter means: not under its layout, which may change.
public struct CharterSignature: Hashable, Sendable, Codable {
    /// The charter's name, as in `riverside/tutor`.
    public let charter: String
    /// The charter's version.
    public let version: String
    /// What it means: the SHA-256 of its canonical form.
    public let fingerprint: CharterFingerprint
    /// What the charter built on when it was signed, and so what the signature stands for too: the SHA-256 of its parents'
    /// names and fingerprints in their order. Nil for a signature under the charter's own words alone.
    public let buildsOn: CharterFingerprint?
    /// Who signed, in their own words. A name alone proves nothing: the key does.
    public let signer: String
    /// When, in the signer's words. Nil when they didn't say. Nobody has checked it.
    public let signedAt: String?
    /// The signer's public key, in base64.
    public let key: String
    /// Always `ed25519`.
    public let algorithm: String
    /// The signature, in base64.
    public let signature: String

    /// The one algorithm there is.
    public static let ed25519 = "ed25519"

    private enum CodingKeys: String, CodingKey {
        case charter, version, fingerprint, signer, key, algorithm, signature
        case signedAt = "signed-at"
        case buildsOn = "builds-on"
    }

    /// Why a charter can't be signed so.
    public enum Refusal: Error, Hashable, Sendable {
        /// The name or the time is empty, longer than 200 characters, or has a character in it that readers can't see.
        case unclear(String)
        /// The signature couldn't be made.
        case failed
    }

    /// Signs a charter.
    ///
    /// - Parameters:
    ///   - parents: All that it builds on, ancestors first, for a signature that stands for that too. Nil: for the
    ///     charter's own words alone.
    ///   - signer: Who signs: one line, at most 200 characters.
    ///   - signedAt: When, as in `2026-11-23`. Nil leaves it out.
    /// - Throws: ``Refusal``.
    public init(
        of charter: Charter, buildingOn parents: [Charter]? = nil, by signer: String, with key: SigningKey,
        at signedAt: String? = nil
    ) throws(Refusal) {
        for text in [signer, signedAt].compactMap({ $0 }) where !text.canStandOnALine { throw .unclear(text) }
        self.charter = charter.id.description
        version = charter.version.description
        fingerprint = charter.fingerprint
        buildsOn = parents.map { CharterFingerprint(ofParents: $0) }
        self.signer = signer
        self.signedAt = signedAt
        self.key = key.verifyingKey.base64
        algorithm = Self.ed25519
        let message = Self.message(
            charter: self.charter, version: version, fingerprint: fingerprint, buildsOn: buildsOn, signer: signer,
            signedAt: signedAt)
        guard let bytes = try? key.key.signature(for: message) else { throw .failed }
        signature = Data(bytes).base64EncodedString()
    }

    /// Whether the signature was made with the key that it names, for what it says.
    public var isSound: Bool {
        guard algorithm == Self.ed25519, let key = VerifyingKey(key), let bytes = Data(base64Encoded: signature),
            signer.canStandOnALine, signedAt?.canStandOnALine ?? true, CharterID(charter) != nil,
            SemanticVersion(version) != nil
        else { return false }
        let message = Self.message(
            charter: charter, version: version, fingerprint: fingerprint, buildsOn: buildsOn, signer: signer,
            signedAt: signedAt)
        return key.key.isValidSignature(bytes, for: message)
    }

    /// What is signed: a line that names the purpose, so that the key's signature under anything else can't be passed
    /// off as one, then a line for each part. No part has a line break in it, so no two messages are the same.
    static func message(
        charter: String, version: String, fingerprint: CharterFingerprint, buildsOn: CharterFingerprint?,
        signer: String, signedAt: String?
    ) -> [UInt8] {
        var lines = [
            "trellis charter signature \(buildsOn == nil ? 1 : 2)", "charter: \(charter)", "version: \(version)",
            "fingerprint: \(fingerprint.hexadecimal)", "signer: \(signer)", "signed-at: \(signedAt ?? "")",
        ]
        if let buildsOn { lines.append("builds-on: \(buildsOn.hexadecimal)") }
        return Array(lines.map { $0 + "\n" }.joined().utf8)
    }
}

extension CharterFingerprint {
    /// What a charter builds on, in 32 bytes: every parent by its name and fingerprint, ancestors first.
    public init(ofParents parents: [Charter]) {
        self.init(
            of: Array(parents.map { "\($0.id) \($0.version) \($0.fingerprint.hexadecimal)\n" }.joined().utf8))
    }
}

extension String {
    /// Whether the text is one visible line.
    fileprivate var canStandOnALine: Bool {
        !isEmpty && utf8.count <= 800 && count <= 200 && first?.isWhitespace == false && last?.isWhitespace == false
            && !unicodeScalars.contains { $0.isUnsafeToPrint || $0 == "\t" || $0.value == 0x2028 || $0.value == 0x2029 }
    }
}
