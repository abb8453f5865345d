/// A statement on which most people agree, or most disagree, whatever their group.
public struct PolisConsensusStatement: Sendable, Hashable {
    /// Which statement.
    public let statement: Int
    /// Whether they agree or disagree.
    public let stance: Stance
    /// People who took this stance.
    public let successes: Int
    /// People who voted.
    public let trials: Int
    /// (successes+1) ⁄ (trials+2).
    public let share: Double
    /// z-value of the share above one half.
    public let shareTest: Double

    /// The five statements with the most of one stance, as Polis chooses them: a share above one half, significantly, by
    /// share × z-value.
    ///
    /// - Parameter tallies: Everybody's votes on each statement, by statement.
    public static func selection(_ stance: Stance, _ tallies: [VoteTally], rejected: Set<Int>) -> [Self] {
        let all = tallies.indices.filter { !rejected.contains($0) && tallies[$0].seen > 0 }.map { statement in
            let tally = tallies[statement]
            return Self(
                statement: statement, stance: stance, successes: tally[stance], trials: tally.seen,
                share: Double(tally[stance] + 1) / Double(tally.seen + 2),
                shareTest: PolisTest.proportion(successes: tally[stance], trials: tally.seen))
        }
        let sorted = all.filter { $0.share > 0.5 && $0.shareTest > PolisTest.threshold }.enumerated()
            .sorted {
                ($1.element.share * $1.element.shareTest, $0.offset) < (
                    $0.element.share * $0.element.shareTest, $1.offset
                )
            }
        return sorted.prefix(5).map(\.element)
    }
}

/// Agreement that reaches across groups.
public enum GroupAwareConsensus {
    /// The product over groups of (A+1) ⁄ (S+2): high only where every group that voted agrees. From 0 to 1.
    ///
    /// (Small et al. 2021, doi 10.6035/recerca.5516.)
    public static func agreement(_ groups: [VoteTally]) -> Double {
        groups.reduce(1) { $0 * (Double($1.agreed) + 1) / (Double($1.seen) + 2) }
    }

    /// The same for disagreeing: what every group rejects.
    public static func disagreement(_ groups: [VoteTally]) -> Double {
        groups.reduce(1) { $0 * (Double($1.disagreed) + 1) / (Double($1.seen) + 2) }
    }
}

/// How much Polis wants a statement to be seen next.
public enum PolisPriority {
    /// What a statement about the voters gets.
    public static let meta = 49.0

    /// (importance × (1 + 8 · 2^(−S ⁄ 5)))², importance being (1 − p)(1 + extremity) · a with p = (P+1) ⁄ (S+2) and a =
    /// (A+1) ⁄ (S+2): statements that people agree with, don't pass on, and that sort people; new ones above all.
    public static func value(_ votes: VoteTally, extremity: Double, isMeta: Bool = false) -> Double {
        if isMeta { return meta }
        let seen = Double(votes.seen)
        let passed = (Double(votes.passed) + 1) / (seen + 2)
        let agreed = (Double(votes.agreed) + 1) / (seen + 2)
        let importance = (1 - passed) * (extremity + 1) * agreed
        let newness = 1 + 8 * exponential(-seen / 5 * 0.693_147_180_559_945_3)
        return importance * newness * (importance * newness)
    }
}
