/// Newcomers who come at once and take one side of a statement.
///
/// A burst is five newcomers or more, each within a tenth of the usual time after the one before (the median between two
/// newcomers). Bursts are common: a link is shared, a talk is held. One counts only if on some statement those who came in
/// it give an answer much more often than everybody else does: binomial tail, with every burst, statement and answer
/// paid for.
struct NewcomerBursts {
    /// So many newcomers, and so many votes on a statement, at least.
    static let fewest = 5

    private let votes: VoteMatrix
    private let bursts: [[(person: Int, time: Int)]]
    private let usual: Int

    init(_ votes: VoteMatrix, _ course: VotingCourse) {
        self.votes = votes
        let arrivals = course.steps.enumerated().compactMap { person, steps in
            steps.first.map { (person: person, time: $0.time) }
        }.sorted { ($0.time, $0.person) < ($1.time, $1.person) }
        let gaps = zip(arrivals, arrivals.dropFirst()).map { $1.time - $0.time }
        usual = gaps.isEmpty ? 0 : gaps.sorted()[gaps.count / 2]
        var bursts: [[(person: Int, time: Int)]] = []
        var current: [(person: Int, time: Int)] = []
        for (place, arrival) in arrivals.enumerated() {
            if place > 0, gaps[place - 1] * 10 > usual {
                bursts.append(current)
                current = []
            }
            current.append(arrival)
        }
        bursts.append(current)
        self.bursts = bursts.filter { $0.count >= Self.fewest }
    }

    var clusters: [SuspiciousCluster] {
        let open = votes.tallies.count { $0.seen > 0 }
        guard usual > 0, open > 0, !bursts.isEmpty else { return [] }
        let limit = logarithm(3 * Double(open) * Double(bursts.count)) - logarithm(ConversationSignals.chance)
        return bursts.compactMap { burst in
            let people = burst.map(\.person).sorted()
            var groups = [Int](repeating: -1, count: votes.participantCount)
            for person in people { groups[person] = 0 }
            let inside = votes.tallies(in: groups, groupCount: 1)[0]
            var best: (surprise: Double, evidence: SuspiciousCluster.Evidence)?
            for statement in inside.indices where inside[statement].seen >= Self.fewest {
                let (own, others) = (inside[statement], votes.tallies[statement] - inside[statement])
                for stance in Stance.allCases {
                    let chance = Double(others[stance] + 1) / Double(others.seen + 3)
                    let surprise = -logarithmOfBinomialTail(own[stance], of: own.seen, chance: chance) - limit
                    guard surprise > best?.surprise ?? 0 else { continue }
                    best = (
                        surprise,
                        .burst(
                            took: burst[burst.count - 1].time - burst[0].time, usual: usual * (burst.count - 1),
                            statement: statement, stance: stance, count: own[stance], seen: own.seen,
                            others: Double(others[stance]) / Double(max(others.seen, 1)))
                    )
                }
            }
            return best.map { SuspiciousCluster(people: people, evidence: $0.evidence, surprise: $0.surprise) }
        }
    }
}
