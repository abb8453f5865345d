/// One layer of a stack: who says it, and what it says.
public struct StackLayer: Hashable, Sendable {
    /// Whose layer it is, from the lowest to the highest.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        /// Trellis's own: what no charter can take away.
        case floor
        /// A charter that the community's builds on.
        case parent
        /// The charter in force.
        case community
        /// One person's own wishes.
        case person
    }

    /// Whose layer it is.
    public let kind: Kind
    /// The charter's name, as in `riverside/tutor`; `person` for a person's own layer.
    public let name: String
    /// The charter's version. Nil for a person's own layer.
    public let version: String?
    /// What it means, in 32 bytes.
    public let fingerprint: CharterFingerprint
    /// What it says.
    public let layer: CharterLayer
    /// Where its clauses stand in its file. Nil for a layer that wasn't read.
    let places: SourcePlaces?
    /// Whether it names no parents, so that its file alone was enough to find what it contradicts in itself.
    let standsAlone: Bool

    /// A charter as a layer.
    init(_ kind: Kind, _ charter: Charter) {
        self.kind = kind
        name = charter.id.description
        version = charter.version.description
        fingerprint = charter.fingerprint
        places = charter.places
        standsAlone = charter.extends.isEmpty
        var layer = charter.layer
        // The purpose in the floor's file is for people who read it.
        if kind == .floor { layer.purpose = nil }
        self.layer = layer
    }

    /// A person's own layer.
    init(_ person: PersonLayer) {
        kind = .person
        name = Kind.person.rawValue
        version = nil
        fingerprint = person.fingerprint
        layer = person.layer
        places = person.places
        standsAlone = false
    }

    /// Which layer it is, without what it says: for receipts.
    public var reference: LayerReference {
        LayerReference(kind: kind, name: name, version: version, fingerprint: fingerprint)
    }

    /// Whether two are the same layer. Fingerprints decide what they say.
    public static func == (first: StackLayer, second: StackLayer) -> Bool { first.reference == second.reference }

    /// Feeds what tells layers apart into a hasher.
    public func hash(into hasher: inout Hasher) { hasher.combine(reference) }
}

/// Which layer something comes from: what a receipt keeps of it.
public struct LayerReference: Hashable, Sendable, Codable {
    /// Whose layer it is.
    public let kind: StackLayer.Kind
    /// The charter's name; `person` for a person's own layer.
    public let name: String
    /// The charter's version. Nil for a person's own layer.
    public let version: String?
    /// What it means, in 32 bytes.
    public let fingerprint: CharterFingerprint

    /// Names a layer.
    public init(kind: StackLayer.Kind, name: String, version: String?, fingerprint: CharterFingerprint) {
        self.kind = kind
        self.name = name
        self.version = version
        self.fingerprint = fingerprint
    }
}
