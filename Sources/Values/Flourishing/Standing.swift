/// How one judgement stands to another.
///
/// There are four answers, not three: much of what matters can't be ranked, and saying so is an answer.
public enum Standing: String, Hashable, Sendable, Codable, CaseIterable {
    /// The first is better.
    case better
    /// The first is worse.
    case worse
    /// Nothing that is known tells them apart.
    case equal
    /// What is known doesn't rank them.
    case incomparable

    /// The same seen from the other side.
    public var reversed: Standing {
        switch self {
        case .better: .worse
        case .worse: .better
        case .equal: .equal
        case .incomparable: .incomparable
        }
    }
}

extension Estimate {
    /// How this estimate stands to another: interval dominance.
    ///
    /// One is better only when its whole interval lies above the other's; intervals that overlap are incomparable,
    /// unless they and their values are the same. Coverage plays no part: it is said beside the interval.
    public func standing(to other: Estimate) -> Standing {
        if value == other.value, lower == other.lower, upper == other.upper { return .equal }
        if lower > other.upper { return .better }
        if upper < other.lower { return .worse }
        return .incomparable
    }
}
