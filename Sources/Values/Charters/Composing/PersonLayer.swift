/// What one person asks for on top of a charter: goods of their own, moves to be spared, what they have decided.
public struct PersonLayer: Hashable, Sendable {
    /// What it says.
    public let layer: CharterLayer
    /// Its meaning as RFC 8785 JSON.
    public let canonicalForm: [UInt8]
    /// The SHA-256 of the canonical form.
    public let fingerprint: CharterFingerprint

    init(layer: CharterLayer, canonicalForm: [UInt8]) {
        self.layer = layer
        self.canonicalForm = canonicalForm
        fingerprint = CharterFingerprint(of: canonicalForm)
    }
}
