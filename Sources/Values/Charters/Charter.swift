/// What a community says is good here, and what must not happen: a charter that has been read and found sound.
///
/// The only way to get one is to read it (``read(_:file:)-(String,_)``), so a value of this type is always valid.
/// Whatever is a mapping in the file is held in the order of its names, because order carries no meaning there.
public struct Charter: Sendable, Identifiable {
    /// The charter's name, as in `riverside/tutor`.
    public let id: CharterID
    /// The charter's version.
    public let version: SemanticVersion
    /// Who wrote it, in their words.
    public let community: String?
    /// What the model is here for, in one or two sentences to the model.
    public let purpose: String
    /// What the charter is drawn to, by name.
    public let goods: [GoodClause]
    /// The parts that the model can play, by name.
    public let roles: [Role]
    /// What holds whatever is asked, by name.
    public let floor: [FloorClause]
    /// What may be kept about a person. Nil when the charter doesn't say: then nothing but facts is kept.
    public let memory: MemoryTerms?
    /// How the community changes the charter, when it says.
    public let amendment: Amendment?
    /// What parts of the community hold against it, in the charter's order.
    public let dissent: [Dissent]
    /// The charter's meaning as RFC 8785 JSON: one form for everything that says the same.
    public let canonicalForm: [UInt8]
    /// The SHA-256 of the canonical form.
    public let fingerprint: CharterFingerprint

    init(
        id: CharterID, version: SemanticVersion, community: String?, purpose: String, goods: [GoodClause],
        roles: [Role], floor: [FloorClause], memory: MemoryTerms?, amendment: Amendment?, dissent: [Dissent]
    ) {
        self.id = id
        self.version = version
        self.community = community
        self.purpose = purpose
        self.goods = goods.sorted { $0.id < $1.id }
        self.roles = roles.sorted { $0.id < $1.id }
        self.floor = floor.sorted { $0.id < $1.id }
        self.memory = memory
        self.amendment = amendment
        self.dissent = dissent
        let canonicalForm = CanonicalJSON.charter(
            id: id, version: version, community: community, purpose: purpose, goods: self.goods, roles: self.roles,
            floor: self.floor, memory: memory, amendment: amendment, dissent: dissent
        ).bytes
        self.canonicalForm = canonicalForm
        self.fingerprint = CharterFingerprint(of: canonicalForm)
    }
}

extension Charter: Hashable {
    /// Whether two charters mean the same. Their fingerprints decide.
    public static func == (first: Charter, second: Charter) -> Bool { first.fingerprint == second.fingerprint }

    /// Feeds the fingerprint into a hasher.
    public func hash(into hasher: inout Hasher) { hasher.combine(fingerprint) }
}
