/// What a place on a ballot is worth where a ballot has ties or leaves candidates out.
///
/// With *m* candidates and a ballot that ranks all of them without ties, each of these gives what Borda gave: *m* - 1
/// points to the first, one less to each next.
public enum BordaConvention: String, Hashable, Sendable, Codable, CaseIterable {
    /// Candidates who share a tier share its places: each gets the mean. Those left out share the last places. A point
    /// for each candidate whom one is preferred to and half for each tie, so the sum over all is the same for every
    /// ballot. For ballots on which leaving out means "I hold these equal, and last".
    case averaged
    /// As ``averaged`` for those who are ranked; those left out get nothing. Leaving out lowers what the ballot gives
    /// in all, but not what its first choice gets: to rank only one's favourite hurts all others the most.
    case nothingForUnranked
    /// A ballot that ranks *k* gives *k* points to its first, one less to each next, 1 to its last, and nothing to
    /// those left out; a full ballot thus gives *m* points to its first. Emerson's modified Borda count (2013,
    /// doi:10.1007/s00355-011-0603-9): whoever says more counts more. For groups that want everybody to weigh every
    /// option.
    case modified
}

/// Borda scores, exact, and who has the most.
public struct BordaResult: Hashable, Sendable {
    /// Twice the points of each candidate, so that half points are whole numbers.
    public let halfPoints: [Int]

    /// Everybody with the most points, in rising order. Never empty; more than one is a tie.
    public var winners: [Int] { ranking[0] }

    /// Everybody in tiers of equal points, the most first.
    public var ranking: [[Int]] {
        let sorted = halfPoints.indices.sorted { (halfPoints[$1], $0) < (halfPoints[$0], $1) }
        var tiers: [[Int]] = []
        for candidate in sorted {
            if let last = tiers.last?.first, halfPoints[last] == halfPoints[candidate] {
                tiers[tiers.count - 1].append(candidate)
            } else {
                tiers.append([candidate])
            }
        }
        return tiers
    }

    /// Everybody in one row: by points, and where these are equal by a given order.
    ///
    /// - Throws: ``RankingError/order(count:expected:)`` if the order is of another length.
    public func ranking(settlingTiesBy order: ChoiceOrder) throws(RankingError) -> [Int] {
        try order.fits(halfPoints.count)
        return order.choices.sorted {
            (halfPoints[$1], order.places[$0]) < (halfPoints[$0], order.places[$1])
        }
    }
}

extension RankedProfile {
    /// Borda's count: points by place, added up.
    ///
    /// Borda, "Mémoire sur les élections au scrutin", *Histoire de l'Académie royale des sciences* (1781). It is
    /// monotonic, satisfies participation, never elects the Condorcet loser on full ballots, and is the reverse of its
    /// own ranking when all full ballots are reversed. It isn't for contests in which one side can put up many similar
    /// candidates: it is not independent of clones, and a majority's favourite can lose.
    ///
    /// - Complexity: O(*b* *m*) for *b* ballots and *m* candidates.
    public func borda(_ convention: BordaConvention = .averaged) -> BordaResult {
        var scores = [Int](repeating: 0, count: candidateCount)
        var isRanked = [Bool](repeating: false, count: candidateCount)
        for ballot in ballots {
            let ranked = ballot.tiers.reduce(0) { $0 + $1.count }
            // The points of the best place, then down one place at a time.
            var best = convention == .modified ? ranked : candidateCount - 1
            for tier in ballot.tiers {
                // The places of a tier are worth best, best - 1, … best - size + 1: twice their mean is
                // 2 best - size + 1.
                let worth = (2 * best - tier.count + 1) * ballot.weight
                for candidate in tier { scores[candidate] += worth }
                best -= tier.count
            }
            if convention == .averaged, ranked < candidateCount {
                for candidate in ballot.tiers.joined() { isRanked[candidate] = true }
                // The places left are worth best, … 0: twice their mean is best.
                for candidate in 0..<candidateCount {
                    if isRanked[candidate] {
                        isRanked[candidate] = false
                    } else {
                        scores[candidate] += best * ballot.weight
                    }
                }
            }
        }
        return BordaResult(halfPoints: scores)
    }
}
