/// Votes made up from one crowd without groups: the same people take a side on the same statements, and opinions lie in
/// the same directions with the same spread, but nobody stands apart.
///
/// Positions are normally distributed; agreeing has a probability that is linear in the position, between 2% and 98%.
struct CrowdWithoutGroups {
    /// Who took a side on what; passes are left out.
    private let sides: VoteMatrix
    private let rejected: Set<Int>
    private let model: LowRankOpinion

    init(_ landscape: OpinionLandscape) {
        rejected = landscape.moderation.rejected
        sides = landscape.votes.takingSides()
        let centred = CentredVotes(sides, excluding: rejected)
        let components = LeadingComponents(
            dimension: sides.statementCount, wanted: min(4, sides.participantCount), tolerance: 1e-4, passLimit: 30,
            product: centred.gram)
        model = LowRankOpinion(
            sides, rejected: rejected, rank: 4, start: components.vectors, iterations: 20)
    }

    /// How much better groups explain these votes than no groups do: the groups as many as the landscape has.
    func evidence(of votes: VoteMatrix, _ landscape: OpinionLandscape, seed: UInt64) -> Double {
        var settings = landscape.settings
        settings.seed = seed
        settings.starts = min(settings.starts, 4)
        let many = GroupSearch.classes(votes, rejected: rejected, count: landscape.groupCount, settings: settings)
        let one = GroupSearch.classes(votes, rejected: rejected, count: 1, settings: settings)
        return many.evidence - one.evidence
    }

    /// A crowd's votes.
    func votes(_ random: inout SplitMix) -> VoteMatrix {
        let positions = (0..<sides.participantCount).map { _ in
            SIMD4(random.normal(), random.normal(), random.normal(), random.normal())
        }
        return sides.mapping { participant, statement in
            let expected = model.means[statement] + (model.directions[statement] * positions[participant]).sum()
            let share = min(max((1 + expected) / 2, 0.02), 0.98)
            return random.share() < share ? .agree : .disagree
        }
    }
}
