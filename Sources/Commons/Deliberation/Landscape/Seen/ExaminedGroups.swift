/// The examination of a landscape that goes on changing, with who was in which group then.
struct ExaminedGroups: Sendable {
    /// The number of the newest vote that was in it.
    let event: Int64
    /// How many votes were in it.
    let votes: Int
    let rejected: Set<Int>
    let chance: Double
    let findings: [GroupVerdict]
    /// Of each group, the numbers of its participants.
    let members: [Set<Int64>]

    init(_ reading: LandscapeReading, samples: Int) {
        let landscape = reading.landscape
        event = reading.event
        votes = landscape.votes.voteCount
        rejected = landscape.moderation.rejected
        let examination = GroupExamination(landscape, replicates: samples, seed: landscape.settings.seed)
        chance = examination.chance
        findings = examination.findings.map(GroupVerdict.init)
        members = Self.members(of: reading)
    }

    /// Who is in each group.
    static func members(of reading: LandscapeReading) -> [Set<Int64>] {
        var members = [Set<Int64>](repeating: [], count: reading.landscape.groupCount)
        for (row, group) in reading.landscape.assignment().enumerated() where group >= 0 {
            members[group].insert(reading.participants[row])
        }
        return members
    }

    /// What was found of each of these groups: of the one with which it shares at least half of the people that the two have
    /// together (Hennig's limit, below which a group counts as dissolved); nil where the groups are other ones.
    func verdicts(of groups: [Set<Int64>], rejected: Set<Int>) -> [GroupVerdict]? {
        guard groups.count == members.count, rejected == self.rejected else { return nil }
        var found: [GroupVerdict] = []
        for group in groups {
            guard
                let same = members.indices.first(where: { place in
                    let shared = group.intersection(members[place]).count
                    return 2 * shared >= group.count + members[place].count - shared && shared > 0
                })
            else { return nil }
            found.append(findings[same])
        }
        return found
    }
}
