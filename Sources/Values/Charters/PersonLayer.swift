/// What one person wishes for themselves, read from a file of `wishes` and found sound.
///
/// It stands above every charter in a stack and can add, strengthen and decide what was left to the person; it can't
/// weaken the floor. One person's layer never touches another's.
///
/// The only way to get one is to read it (``read(_:file:)-(String,_)``), so a value of this type is always valid.
public struct PersonLayer: Sendable {
    /// What the person says.
    public let layer: CharterLayer
    /// The wishes' meaning as RFC 8785 JSON: one form for everything that says the same.
    public let canonicalForm: [UInt8]
    /// The SHA-256 of the canonical form.
    public let fingerprint: CharterFingerprint
    /// Where its clauses stand in its file, for problems that only show beside other layers.
    let places: SourcePlaces?

    init(layer: CharterLayer, places: SourcePlaces? = nil) {
        self.layer = layer
        self.places = places
        let canonicalForm = CanonicalWriter.file(nil, layer)
        self.canonicalForm = canonicalForm
        fingerprint = CharterFingerprint(of: canonicalForm)
    }
}

extension PersonLayer: Hashable {
    /// Whether two people's wishes mean the same. Their fingerprints decide.
    public static func == (first: PersonLayer, second: PersonLayer) -> Bool { first.fingerprint == second.fingerprint }

    /// Feeds the fingerprint into a hasher.
    public func hash(into hasher: inout Hasher) { hasher.combine(fingerprint) }
}
