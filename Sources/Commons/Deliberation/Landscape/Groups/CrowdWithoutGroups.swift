import SocialChoice

/// Votes made up from one crowd without groups: the same people take a side on the same statements, as many agree with
/// each, and opinions differ along the same directions as much as they do in truth; but nobody stands apart.
///
/// Positions are normally distributed, and agreeing follows the logistic curve along them. The directions are those of
/// the probabilistic low-rank model, each stretched until the made-up votes have the eigenvalue of the true ones.
struct CrowdWithoutGroups {
    /// Who took a side on what; passes are left out.
    let sides: VoteMatrix
    private let rejected: Set<Int>
    private let count: Int
    private var directions: [SIMD4<Double>]
    private var intercepts: [Double] = []

    init(_ landscape: OpinionLandscape, _ random: inout SplitMix) {
        rejected = landscape.moderation.rejected
        count = landscape.groupCount
        sides = landscape.votes.takingSides()
        let truth = Self.leading(sides, rejected)
        let rank = max(1, min(4, truth.vectors.count))
        directions =
            LowRankOpinion(sides, rejected: rejected, rank: rank, start: truth.vectors, iterations: 20).directions
            .map { 3 * $0 }
        for _ in 0..<8 {
            settle()
            let made = Self.leading(votes(&random), rejected)
            var stretch = SIMD4<Double>(repeating: 1)
            for lane in 0..<min(truth.values.count, made.values.count) {
                stretch[lane] = min(max(truth.values[lane] / made.values[lane], 0.5), 2)
            }
            directions = directions.map { $0 * stretch }
        }
        settle()
    }

    private static func leading(_ votes: VoteMatrix, _ rejected: Set<Int>) -> LeadingComponents {
        LeadingComponents(
            dimension: votes.statementCount, wanted: min(4, votes.participantCount), tolerance: 1e-3, passLimit: 24,
            product: CentredVotes(votes, excluding: rejected).gram)
    }

    /// The log-odds in the middle of the crowd at which as many agree with each statement as do (MacKay 1992's
    /// approximation of a logistic curve averaged over a normal distribution, doi 10.1162/neco.1992.4.5.720).
    private mutating func settle() {
        let shares = AgreementShares(sides.tallies)
        intercepts = directions.indices.map { statement in
            let variance = (directions[statement] * directions[statement]).sum()
            let share = shares[statement]
            return logarithm(share / (1 - share)) * (1 + 0.392_699_081_698_724 * variance).squareRoot()
        }
    }

    /// How tightly people stand around the centres of so many groups: the squares of their distances to the nearest centre
    /// as a share of those to the common centre, along as many directions as it takes to tell the groups apart. Small
    /// where there are groups.
    ///
    /// (The cluster index of Liu, Hayes, Nobel and Marron 2008, doi 10.1198/016214508000000454.) Only people who took a
    /// side often enough count.
    func tightness(of votes: VoteMatrix, _ random: inout SplitMix) -> Double {
        let directions = Self.leading(votes, rejected).vectors.prefix(count - 1)
        guard !directions.isEmpty else { return 1 }
        let positions = CentredVotes(votes, excluding: rejected).positions(along: Array(directions))
        let points = positions.indices.filter { votes.voteCount(of: $0) >= LandscapeBasis.leastVotes }
            .map { positions[$0] }
        let groups = PointSeeds.groups(
            points, weights: points.map { _ in 1 }, count: count, runs: 8, steps: 40, random: &random)
        var sums = [SIMD4<Double>](repeating: .zero, count: count)
        var sizes = [Double](repeating: 0, count: count)
        for (point, group) in zip(points, groups) {
            sums[group] += point
            sizes[group] += 1
        }
        let middle = sums.reduce(SIMD4<Double>.zero, +) / Double(max(points.count, 1))
        var within = 0.0
        var whole = 0.0
        for (point, group) in zip(points, groups) {
            let inner = point - sums[group] / sizes[group]
            let outer = point - middle
            within += (inner * inner).sum()
            whole += (outer * outer).sum()
        }
        return whole > 0 ? within / whole : 1
    }

    /// A crowd's votes.
    func votes(_ random: inout SplitMix) -> VoteMatrix {
        let positions = (0..<sides.participantCount).map { _ in
            SIMD4(random.normal(), random.normal(), random.normal(), random.normal())
        }
        return sides.mapping { participant, statement in
            let odds = intercepts[statement] + (directions[statement] * positions[participant]).sum()
            // Even at the ends of a crowd one vote in twenty goes the other way.
            return random.share() < 0.05 + 0.9 * logistic(odds) ? .agree : .disagree
        }
    }
}
