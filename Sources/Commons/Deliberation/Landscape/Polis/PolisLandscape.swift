/// The whole of what Polis reckons about a conversation, by Polis's own mathematics.
///
/// Every value is reproduced to 10⁻⁹ from published output of Polis's servers. Where theirs depends on the order in which
/// votes came, pass in what was known then: ``init(_:moderation:previous:)``.
public struct PolisLandscape: Sendable {
    /// Who voted what.
    public let votes: VoteMatrix
    /// Which statements were rejected or are about the voters.
    public let moderation: StatementModeration
    /// Who is in groups.
    public let participation: PolisParticipation
    /// Where people and statements stand.
    public let map: PolisMap
    /// Base clusters and groups.
    public let groups: PolisGroups
    /// How each group voted: `groupVotes[group][statement]`. Rejected statements are counted too.
    public let groupVotes: [[VoteTally]]

    /// Reckons everything. Some dozen passes over the votes, and k-means over the people.
    ///
    /// - Parameter previous: The last update of the same conversation. Directions, groups and names carry on from it.
    public init(_ votes: VoteMatrix, moderation: StatementModeration = .init(), previous: PolisLandscape? = nil) {
        let map = PolisMap(votes, moderation: moderation, previous: previous?.map)
        let participation = PolisParticipation(votes, previous: previous?.participation)
        let groups = PolisGroups(map, participation: participation, previous: previous?.groups)
        self.init(votes, moderation: moderation, participation: participation, map: map, groups: groups)
    }

    /// The landscape of parts that are known, such as those that Polis published.
    public init(
        _ votes: VoteMatrix, moderation: StatementModeration, participation: PolisParticipation, map: PolisMap,
        groups: PolisGroups
    ) {
        self.votes = votes
        self.moderation = moderation
        self.participation = participation
        self.map = map
        self.groups = groups
        let assignment = groups.assignment(participantCount: votes.participantCount)
        groupVotes = votes.tallies(in: assignment, groupCount: groups.groups.count)
    }

    /// Agreement across groups for each statement: see ``GroupAwareConsensus``.
    public var groupAwareConsensus: [Double] {
        votes.tallies.indices.map { statement in
            GroupAwareConsensus.agreement(groupVotes.map { $0[statement] })
        }
    }

    /// What Polis wants to be seen next, for each statement.
    public var priorities: [Double] {
        votes.tallies.indices.map { statement in
            PolisPriority.value(
                groupVotes.reduce(VoteTally.zero) { $0 + $1[statement] }, extremity: map.extremity[statement],
                isMeta: moderation.meta.contains(statement))
        }
    }

    /// The statements that represent each group, in the order of the groups.
    public var representatives: [[PolisRepresentativeStatement]] {
        let statements = votes.tallies.indices.filter {
            !moderation.rejected.contains($0) && votes.tallies[$0].seen > 0
        }
        let totals = votes.tallies.indices.map { statement in
            groupVotes.reduce(VoteTally.zero) { $0 + $1[statement] }
        }
        return groupVotes.map { own in
            PolisRepresentativeStatement.selection(
                statements.map { statement in
                    (
                        statement,
                        PolisStatementStatistics(
                            votes: own[statement], otherVotes: totals[statement] - own[statement])
                    )
                })
        }
    }

    /// The statements on which most people take this stance, whatever their group.
    public func consensus(_ stance: Stance) -> [PolisConsensusStatement] {
        PolisConsensusStatement.selection(stance, votes.tallies, rejected: moderation.rejected)
    }
}
