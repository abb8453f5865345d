/// A charter that another one builds on, as its file names it.
public struct Extension: Hashable, Sendable {
    /// Where it is found: a name in a registry (`commons/tutor`), a path (`./base.yaml`), or an address
    /// (`https://…`).
    public var reference: String
    /// Which versions fit: `1` (any 1.x.y), `1.2` (any 1.2.x) or `1.2.3`. Nil: any.
    public var version: String?

    /// Describes a parent.
    public init(reference: String, version: String? = nil) {
        self.reference = reference
        self.version = version
    }

    /// As in the file: `commons/tutor@1`.
    public var text: String { version.map { "\(reference)@\($0)" } ?? reference }
}

/// A clause of a lower layer that this layer leaves out, and why. It stays visible.
public struct Withdrawal: Hashable, Sendable, Identifiable {
    /// What kind of clause it is.
    public enum Section: String, Hashable, Sendable, CaseIterable, Comparable {
        case goods, dispositions, tensions, roles, contexts, guidance, resources, topics

        /// Whether the first comes first in the order of names.
        public static func < (first: Section, second: Section) -> Bool { first.rawValue < second.rawValue }
    }

    /// What kind of clause it is.
    public let section: Section
    /// The clause's id.
    public let clause: String
    /// Why, in the layer's own words.
    public var because: String

    /// The clause's path, as in `goods/comfort`.
    public var id: String { "\(section.rawValue)/\(clause)" }

    /// Describes a withdrawal.
    public init(section: Section, clause: String, because: String) {
        self.section = section
        self.clause = clause
        self.because = because
    }
}
