/// Votes made up from one crowd without groups: the same people take a side on the same statements, as many agree with
/// each, and opinions differ along the same directions as much as they do in truth; but nobody stands apart.
///
/// Positions are normally distributed, and agreeing follows the logistic curve along them. The directions are those of
/// the probabilistic low-rank model, each stretched until the made-up votes have the eigenvalue of the true ones.
struct CrowdWithoutGroups {
    /// Who took a side on what; passes are left out.
    private let sides: VoteMatrix
    private let rejected: Set<Int>
    private let count: Int
    private let settings: LandscapeSettings
    private var directions: [SIMD4<Double>]
    private var intercepts: [Double] = []

    init(_ landscape: OpinionLandscape, _ random: inout SplitMix) {
        rejected = landscape.moderation.rejected
        count = landscape.groupCount
        settings = landscape.settings
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

    /// How much better groups explain these votes than no groups do: as many groups as the landscape has.
    func evidence(of votes: VoteMatrix, seed: UInt64) -> Double {
        var settings = settings
        settings.seed = seed
        settings.starts = min(settings.starts, 4)
        let many = GroupSearch.classes(votes, rejected: rejected, count: count, settings: settings)
        let one = GroupSearch.classes(votes, rejected: rejected, count: 1, settings: settings)
        return many.evidence - one.evidence
    }

    /// A crowd's votes.
    func votes(_ random: inout SplitMix) -> VoteMatrix {
        let positions = (0..<sides.participantCount).map { _ in
            SIMD4(random.normal(), random.normal(), random.normal(), random.normal())
        }
        return sides.mapping { participant, statement in
            let odds = intercepts[statement] + (directions[statement] * positions[participant]).sum()
            return random.share() < logistic(odds) ? .agree : .disagree
        }
    }
}
