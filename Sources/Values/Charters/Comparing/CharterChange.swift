/// One difference in meaning between two versions of a charter: what it is, whom it touches, and how much it weighs.
public struct CharterChange: Hashable, Sendable, Codable {
    /// What happened to the thing at the path.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        case added, removed, changed
    }

    /// Whom the change touches first.
    public enum Audience: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
        /// The people who talk under the charter.
        case persons
        /// The people whose charter it is.
        case community
        /// Those who check it: records, references, names.
        case auditors

        /// Whether the first comes first when changes are told.
        public static func < (first: Audience, second: Audience) -> Bool {
            (allCases.firstIndex(of: first) ?? 0) < (allCases.firstIndex(of: second) ?? 0)
        }
    }

    /// What must not be overlooked in a change.
    public enum Effect: String, Hashable, Sendable, Codable, CaseIterable {
        /// A breach has a stricter consequence, or is noticed in more ways.
        case strengthensFloor = "strengthens-floor"
        /// The floor has one more clause; only people can tell what its words are worth.
        case addsToFloor = "adds-to-floor"
        /// Something is no longer forbidden, or a breach has a milder consequence.
        case weakensFloor = "weakens-floor"
        /// The floor is worded differently; only people can tell whether that makes it weaker.
        case rewordsFloor = "rewords-floor"
        /// People decide something themselves that they didn't.
        case givesChoice = "gives-choice"
        /// People no longer decide something that they did.
        case takesChoice = "takes-choice"
        /// More is kept about people, or longer, or for more purposes.
        case keepsMore = "keeps-more"
        /// Less is kept about people, or shorter, or for fewer purposes.
        case keepsLess = "keeps-less"
        /// What a part of the community holds against the charter no longer stands in it.
        case dropsDissent = "drops-dissent"
    }

    /// Where a change comes from.
    public enum Origin: String, Hashable, Sendable, Codable, CaseIterable {
        /// The charter says something else itself.
        case charter
        /// What it builds on says something else.
        case parents
    }

    /// The clause and the part of it, as in `goods/understanding/says`.
    public let path: String
    /// What happened there.
    public let kind: Kind
    /// Whom it touches first.
    public let audience: Audience
    /// What changes for them, in a sentence.
    public let words: String
    /// What must not be overlooked. Nil when there is nothing of the kind.
    public let effect: Effect?
    /// Which number of the version it asks to raise.
    public let level: VersionLevel
    /// Where it comes from.
    public internal(set) var origin = Origin.charter
    /// What stood there before. Nil when there was nothing, or when it is a whole clause.
    public let before: String?
    /// What stands there now. Nil when there is nothing, or when it is a whole clause.
    public let after: String?
}

/// Which of a version's three numbers is meant.
public enum VersionLevel: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
    /// The third: only words change.
    case patch
    /// The second: something is added.
    case minor
    /// The first: the floor is weakened, or something is taken away that people relied on.
    case major

    /// Whether the first weighs less.
    public static func < (first: VersionLevel, second: VersionLevel) -> Bool {
        (allCases.firstIndex(of: first) ?? 0) < (allCases.firstIndex(of: second) ?? 0)
    }
}
