/// What changes between two versions of a charter, by clauses and in words, and for whom.
///
/// It compares meanings, not lines: a file that was only put in form differs in nothing.
public struct CharterDiff: Hashable, Sendable, Codable {
    /// One of the two charters.
    public struct Side: Hashable, Sendable, Codable {
        /// Its name, as in `riverside/tutor`.
        public let charter: String
        /// Its version.
        public let version: String
        /// What it means, in 32 bytes.
        public let fingerprint: CharterFingerprint
    }

    /// The charter before.
    public let from: Side
    /// The charter now.
    public let to: Side
    /// Whether what comes into force was compared, with all that the charters build on, or only what each says itself.
    public let isWhole: Bool
    /// What changed: weightiest for people first, then in the order of the paths.
    public let changes: [CharterChange]
    /// How far the version should have been raised.
    public let advice: VersionAdvice

    /// Compares what two charters say themselves, without what they build on.
    ///
    /// - Complexity: O(*n* log *n*) in the number of clauses.
    public init(from old: Charter, to new: Charter) {
        var comparison = CharterComparison()
        comparison.charters(old, new)
        self.init(from: old, to: new, isWhole: old.extends.isEmpty && new.extends.isEmpty, comparison)
    }

    /// Compares what comes into force by two charters, with all that they build on: what changes for people even where
    /// neither says it itself, and nothing that one says itself and the other takes from its parents.
    ///
    /// - Complexity: O(*n* log *n*) in the number of clauses of the stacks.
    public init(
        from old: (charter: Charter, stack: CharterStack), to new: (charter: Charter, stack: CharterStack)
    ) {
        var comparison = CharterComparison()
        comparison.whole(old, new)
        self.init(from: old.charter, to: new.charter, isWhole: true, comparison)
    }

    private init(from old: Charter, to new: Charter, isWhole: Bool, _ comparison: CharterComparison) {
        from = Side(charter: old.id.description, version: old.version.description, fingerprint: old.fingerprint)
        to = Side(charter: new.id.description, version: new.version.description, fingerprint: new.fingerprint)
        self.isWhole = isWhole
        changes = comparison.changes.sorted {
            ($1.level, $0.audience, $0.path, $0.words) < ($0.level, $1.audience, $1.path, $1.words)
        }
        advice = VersionAdvice(from: old.version, to: new.version, needed: changes.map(\.level).max())
    }

    /// Whether both mean the same, but perhaps for their versions.
    public var isEmpty: Bool { changes.isEmpty }

    /// The changes that weaken the floor or take a choice away: what nobody should have to look for.
    public var losses: [CharterChange] {
        changes.filter { $0.effect == .weakensFloor || $0.effect == .takesChoice || $0.effect == .dropsDissent }
    }

    /// The changes as text for people: first what is lost, then what changes for whom, then the version.
    public var text: String {
        var paragraphs = ["From \(from.charter) \(from.version) to \(to.charter) \(to.version)."]
        if !isWhole {
            paragraphs.append(
                "This is about what they say themselves. What they build on wasn't looked at, and may change more.")
        }
        if changes.isEmpty { paragraphs.append("Both say the same.") }
        let headings: [(CharterChange.Audience, String)] = [
            (.persons, "For people who talk under it:"), (.community, "For the community:"),
            (.auditors, "For those who check it:"),
        ]
        for (audience, heading) in headings {
            let own = changes.filter { $0.audience == audience }
            guard !own.isEmpty else { continue }
            let lines = own.map { change in
                let marks = [change.effect?.words, change.origin == .parents ? "through what it builds on" : nil]
                let mark = marks.compactMap { $0 }.map { " [\($0)]" }.joined()
                return "  - \(change.words)\(mark)\n    \(change.path)"
            }
            paragraphs.append(([heading] + lines).joined(separator: "\n"))
        }
        paragraphs.append(advice.words)
        return paragraphs.joined(separator: "\n\n")
    }
}

extension CharterChange.Effect {
    /// The effect in a few words.
    public var words: String {
        switch self {
        case .strengthensFloor: "the floor gets stronger"
        case .addsToFloor: "the floor has one more clause"
        case .weakensFloor: "the floor gets weaker"
        case .rewordsFloor: "read this with care: is the floor still as strong?"
        case .givesChoice: "people may decide more"
        case .takesChoice: "people may decide less"
        case .keepsMore: "more is kept about people"
        case .keepsLess: "less is kept about people"
        case .dropsDissent: "a dissent disappears"
        }
    }
}
