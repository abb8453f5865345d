/// People who cast one vote in all, where more of them than expected cast the same one.
///
/// What is expected of people with one vote: a statement as often as it is the first for others (where no times are
/// known, as often as it is voted on), and the answer as often as others give it. Binomial tail, with every statement and
/// answer paid for.
struct OneVotePeople {
    private let votes: VoteMatrix
    private let course: VotingCourse

    init(_ votes: VoteMatrix, _ course: VotingCourse) {
        self.votes = votes
        self.course = course
    }

    var clusters: [SuspiciousCluster] {
        var single: [CastVote: [Int]] = [:]
        var first = [Double](repeating: 0, count: votes.statementCount)
        var others = votes.tallies
        var number = 0
        for person in 0..<votes.participantCount {
            let own = votes.votes(of: person)
            if own.count == 1 {
                let vote = CastVote(participant: 0, statement: own[0].statement, stance: own[0].stance)
                single[vote, default: []].append(person)
                others[vote.statement][vote.stance] -= 1
                number += 1
            } else if let step = course.steps[person].first {
                first[step.statement] += 1
            } else {
                for vote in own { first[vote.statement] += 1 / Double(own.count) }
            }
        }
        let open = Double(max(1, votes.tallies.count { $0.seen > 0 }))
        let firsts = first.reduce(0, +)
        let limit = logarithm(3 * open) - logarithm(ConversationSignals.chance)
        return single.compactMap { vote, people -> SuspiciousCluster? in
            guard people.count >= ConversationSignals.fewestPeople else { return nil }
            let tally = others[vote.statement]
            // As if every statement had been met once more, and every answer given once more.
            let met = (first[vote.statement] + 1) / (firsts + open)
            let chance = met * Double(tally[vote.stance] + 1) / Double(tally.seen + 3)
            let surprise = -logarithmOfBinomialTail(people.count, of: number, chance: chance) - limit
            guard surprise > 0 else { return nil }
            return SuspiciousCluster(
                people: people,
                evidence: .oneVote(
                    statement: vote.statement, stance: vote.stance, expected: chance * Double(number)),
                surprise: surprise)
        }
    }
}
