/// How strong one majority is against another.
public enum MajorityStrength: String, Hashable, Sendable, Codable, CaseIterable {
    /// By how many are for it, and among equals by how few are against. Schulze's own recommendation; sincere voters
    /// who leave candidates out don't weaken the majorities among those whom they rank.
    case winningVotes
    /// By how many more are for it than against. Tideman's own choice.
    case margins
}

/// One pair of candidates in which a majority prefers the first.
public struct Majority: Hashable, Sendable {
    /// Whom the majority prefers.
    public let winner: Int
    /// To whom.
    public let loser: Int
    /// How much weight is for it.
    public let support: Int
    /// How much weight is against it: less than the support.
    public let opposition: Int

    /// Whether this is stronger than another.
    func isStronger(than other: Majority, by strength: MajorityStrength) -> Bool {
        switch strength {
        case .winningVotes:
            (support, other.opposition) > (other.support, opposition)
        case .margins:
            support - opposition > other.support - other.opposition
        }
    }
}

extension PairwiseMatrix {
    /// All majorities in groups of equal strength, the strongest group first; inside a group by winner, then loser.
    ///
    /// - Complexity: O(*m*² log *m*) for *m* candidates.
    func majorities(by strength: MajorityStrength) -> [[Majority]] {
        var all: [Majority] = []
        for winner in 0..<candidateCount {
            for loser in 0..<candidateCount where beats(winner, loser) {
                all.append(
                    Majority(
                        winner: winner, loser: loser, support: self[winner, to: loser],
                        opposition: self[loser, to: winner]))
            }
        }
        all.sort {
            if $0.isStronger(than: $1, by: strength) { return true }
            if $1.isStronger(than: $0, by: strength) { return false }
            return ($0.winner, $0.loser) < ($1.winner, $1.loser)
        }
        var groups: [[Majority]] = []
        for majority in all {
            if let last = groups.last?.first, !last.isStronger(than: majority, by: strength) {
                groups[groups.count - 1].append(majority)
            } else {
                groups.append([majority])
            }
        }
        return groups
    }
}
