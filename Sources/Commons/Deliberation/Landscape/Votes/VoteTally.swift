/// How many people agreed, disagreed and passed.
public struct VoteTally: Sendable, Hashable, AdditiveArithmetic {
    /// People who agreed.
    public var agreed: Int
    /// People who disagreed.
    public var disagreed: Int
    /// People who passed.
    public var passed: Int

    /// A count of votes.
    public init(agreed: Int = 0, disagreed: Int = 0, passed: Int = 0) {
        self.agreed = agreed
        self.disagreed = disagreed
        self.passed = passed
    }

    /// People who voted at all.
    @inlinable public var seen: Int { agreed + disagreed + passed }

    /// How many took this stance.
    public subscript(stance: Stance) -> Int {
        get {
            switch stance {
            case .agree: agreed
            case .disagree: disagreed
            case .pass: passed
            }
        }
        set {
            switch stance {
            case .agree: agreed = newValue
            case .disagree: disagreed = newValue
            case .pass: passed = newValue
            }
        }
    }

    /// The mean of the votes with agree 1, disagree -1 and pass 0; 0 without votes.
    public var mean: Double { seen == 0 ? 0 : Double(agreed - disagreed) / Double(seen) }

    /// Nobody.
    public static var zero: VoteTally { VoteTally() }
    /// Both counts together.
    public static func + (left: VoteTally, right: VoteTally) -> VoteTally {
        VoteTally(
            agreed: left.agreed + right.agreed, disagreed: left.disagreed + right.disagreed,
            passed: left.passed + right.passed)
    }
    /// The first without the second.
    public static func - (left: VoteTally, right: VoteTally) -> VoteTally {
        VoteTally(
            agreed: left.agreed - right.agreed, disagreed: left.disagreed - right.disagreed,
            passed: left.passed - right.passed)
    }
}
