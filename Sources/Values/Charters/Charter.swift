/// What a community says is good here, and what must not happen: a charter that has been read and found sound.
///
/// The only way to get one is to read it (``read(_:file:)-(String,_)``), so a value of this type is always valid.
public struct Charter: Sendable, Identifiable {
    /// The charter's name, as in `riverside/tutor`.
    public let id: CharterID
    /// The charter's version.
    public let version: SemanticVersion
    /// Who wrote it, in their words.
    public let community: String?
    /// The charters that it builds on, in their order.
    public let extends: [Extension]
    /// What it says itself, without its parents.
    public let layer: CharterLayer
    /// How the community changes the charter, when it says.
    public let amendment: Amendment?
    /// What parts of the community hold against it, in the charter's order.
    public let dissent: [Dissent]
    /// The charter's meaning as RFC 8785 JSON: one form for everything that says the same.
    public let canonicalForm: [UInt8]
    /// The SHA-256 of the canonical form.
    public let fingerprint: CharterFingerprint
    /// Where its clauses stand in its file, for problems that only show beside other layers.
    let places: SourcePlaces?

    init(
        id: CharterID, version: SemanticVersion, community: String?, extends: [Extension], layer: CharterLayer,
        amendment: Amendment?, dissent: [Dissent], places: SourcePlaces? = nil
    ) {
        self.id = id
        self.version = version
        self.community = community
        self.extends = extends
        var layer = layer
        // Above nothing, a default that is written down says no more than one that is left out.
        if extends.isEmpty { layer.memory = layer.memory.flatMap(\.aboveNothing) }
        self.layer = layer
        self.amendment = amendment
        self.dissent = dissent
        self.places = places
        let heading = CanonicalWriter.Heading(
            id: id, version: version, community: community, extends: extends, amendment: amendment, dissent: dissent)
        let canonicalForm = CanonicalWriter.file(heading, layer)
        self.canonicalForm = canonicalForm
        self.fingerprint = CharterFingerprint(of: canonicalForm)
    }
}

extension Charter {
    /// What the model is here for. Nil when the charter leaves that to its parents.
    public var purpose: String? { layer.purpose }
    /// What the charter is drawn to, by name.
    public var goods: [GoodClause] { layer.goods }
    /// The attitudes that replies are given from, by name.
    public var dispositions: [DispositionClause] { layer.dispositions }
    /// Goods that can pull apart, by name.
    public var tensions: [TensionClause] { layer.tensions }
    /// What is done in particular circumstances, in the charter's order.
    public var contexts: [ContextClause] { layer.contexts }
    /// Ways of steering that need a consent, by name.
    public var guidance: [GuidanceClause] { layer.guidance }
    /// The parts that the model can play, by name.
    public var roles: [Role] { layer.roles }
    /// What holds whatever is asked, by name.
    public var floor: [FloorClause] { layer.floor }
    /// What may be kept about a person. Nil when the charter doesn't say: then nothing but facts is kept.
    public var memory: MemoryTerms? { layer.memory }
}

extension Charter: Hashable {
    /// Whether two charters mean the same. Their fingerprints decide.
    public static func == (first: Charter, second: Charter) -> Bool { first.fingerprint == second.fingerprint }

    /// Feeds the fingerprint into a hasher.
    public func hash(into hasher: inout Hasher) { hasher.combine(fingerprint) }
}
