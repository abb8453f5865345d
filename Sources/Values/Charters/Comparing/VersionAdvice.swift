/// How far a charter's version should have been raised for what changed in it, and whether it was.
///
/// Before 1.0.0 everything may still change, so there a number less is asked for: what would raise the first raises the
/// second, and what would raise the second the third (Semantic Versioning 2.0.0, rule 4).
public struct VersionAdvice: Hashable, Sendable, Codable {
    /// Which number the changes ask to raise. Nil: nothing changed in meaning but the version itself.
    public let needed: VersionLevel?
    /// The lowest version that is enough.
    public let lowest: String
    /// Whether the version is high enough.
    public let isEnough: Bool
    /// The advice in a sentence.
    public let words: String

    init(from old: SemanticVersion, to new: SemanticVersion, needed: VersionLevel?) {
        self.needed = needed
        guard let needed else {
            lowest = old.description
            isEnough = !new.precedes(old)
            words =
                isEnough
                ? "Nothing changes in meaning, so the version may stay at \(old)."
                : "Nothing changes in meaning, yet the version goes back from \(old) to \(new). Never reuse an older one."
            return
        }
        let level = old.major == 0 ? (needed == .major ? VersionLevel.minor : .patch) : needed
        // A draft of the version that is needed will do, and so will the release of a draft that was raised far enough.
        let numbers =
            switch level {
            case .major: (old.major + 1, 0, 0)
            case .minor: (old.major, old.minor + 1, 0)
            case .patch: (old.major, old.minor, old.patch + 1)
            }
        let isOldDraft = !old.prerelease.isEmpty
        let lowest =
            isOldDraft && old.isRaised(level)
            ? (old.major, old.minor, old.patch) : numbers
        self.lowest = "\(lowest.0).\(lowest.1).\(lowest.2)"
        let isHighEnough = (new.major, new.minor, new.patch) >= lowest
        isEnough = isHighEnough && old.precedes(new)
        let why =
            switch needed {
            case .major: "something is weakened or taken away that people relied on"
            case .minor: "something is added or works differently"
            case .patch: "only words change"
            }
        if isEnough {
            words = "The version goes from \(old) to \(new), which is enough: \(why)."
        } else {
            words = "The version goes from \(old) to \(new), and should be at least \(self.lowest): \(why)."
        }
    }
}

extension SemanticVersion {
    /// Whether a draft of this version has its numbers raised to a level already, as in `2.0.0-draft.1`.
    fileprivate func isRaised(_ level: VersionLevel) -> Bool {
        switch level {
        case .major: minor == 0 && patch == 0
        case .minor: patch == 0
        case .patch: true
        }
    }

    /// Whether the version is older than another: the order of Semantic Versioning 2.0.0, rule 11. Builds don't count.
    public func precedes(_ other: SemanticVersion) -> Bool {
        let numbers = (major, minor, patch)
        let others = (other.major, other.minor, other.patch)
        if numbers != others { return numbers < others }
        if prerelease.isEmpty || other.prerelease.isEmpty { return !prerelease.isEmpty && other.prerelease.isEmpty }
        let parts = prerelease.split(separator: ".")
        let otherParts = other.prerelease.split(separator: ".")
        for (part, otherPart) in zip(parts, otherParts) where part != otherPart {
            let isNumber = part.utf8.allSatisfy { (0x30...0x39).contains($0) }
            let isOtherNumber = otherPart.utf8.allSatisfy { (0x30...0x39).contains($0) }
            if isNumber, isOtherNumber {
                // Without zeros at the front, the longer number is the larger; no number is too long to compare.
                return (part.utf8.count, String(part)) < (otherPart.utf8.count, String(otherPart))
            }
            if isNumber != isOtherNumber { return isNumber }
            return part.utf8.lexicographicallyPrecedes(otherPart.utf8)
        }
        return parts.count < otherParts.count
    }
}
