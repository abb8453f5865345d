import Deliberation
import Testing

@Suite("A matrix of votes")
struct VoteMatrixTests {
    private struct Cell: Hashable {
        var participant: Int
        var statement: Int
    }

    @Test("holds what a plain dictionary would hold, whatever is cast, changed and taken back", arguments: 1...20)
    func likeADictionary(seed: Int) throws {
        var draws = Draws(UInt64(seed))
        var matrix = try VoteMatrix()
        var plain: [Cell: Stance] = [:]
        for _ in 0..<2_000 {
            let cell = Cell(
                participant: .random(in: 0..<40, using: &draws), statement: .random(in: 0..<60, using: &draws))
            if draws.share() < 0.2 {
                let before = matrix.withdraw(participant: cell.participant, statement: cell.statement)
                #expect(before == plain.removeValue(forKey: cell))
            } else {
                let stance = Stance.allCases.randomElement(using: &draws) ?? .pass
                let before = try matrix.cast(
                    CastVote(participant: cell.participant, statement: cell.statement, stance: stance))
                #expect(before == plain.updateValue(stance, forKey: cell))
            }
        }
        #expect(matrix.voteCount == plain.count)
        for (cell, stance) in plain { #expect(matrix[cell.participant, cell.statement] == stance) }
        for statement in 0..<matrix.statementCount {
            let votes = plain.filter { $0.key.statement == statement }.values
            for stance in Stance.allCases {
                #expect(matrix.tallies[statement][stance] == votes.count { $0 == stance })
            }
        }
        let again = try VoteMatrix(
            matrix.votes.shuffled(using: &draws), participantCount: matrix.participantCount,
            statementCount: matrix.statementCount)
        #expect(again.votes == matrix.votes)
        #expect(again.tallies == matrix.tallies)
    }

    @Test("a person's last vote on a statement counts, in one go as one by one")
    func lastCounts() throws {
        let cast = [
            CastVote(participant: 0, statement: 2, stance: .agree),
            CastVote(participant: 0, statement: 1, stance: .pass),
            CastVote(participant: 0, statement: 2, stance: .disagree),
            CastVote(participant: 0, statement: 2, stance: .disagree),
        ]
        let whole = try VoteMatrix(cast)
        var single = try VoteMatrix()
        for vote in cast { try single.cast(vote) }
        #expect(whole.votes == single.votes)
        #expect(whole[0, 2] == .disagree)
        #expect(whole.tallies[2] == VoteTally(disagreed: 1))
        #expect(whole.voteCount == 2)
    }

    @Test("numbers that can't be are refused, with what to do")
    func refused() throws {
        #expect(throws: VoteMatrixError.noSuchParticipant(-1)) {
            try VoteMatrix([CastVote(participant: -1, statement: 0, stance: .agree)])
        }
        var matrix = try VoteMatrix()
        #expect(throws: VoteMatrixError.noSuchStatement(VoteMatrix.statementLimit)) {
            try matrix.cast(CastVote(participant: 0, statement: VoteMatrix.statementLimit, stance: .agree))
        }
        #expect(matrix.participantCount == 0)
        #expect(VoteMatrixError.noSuchStatement(-3).description.contains("Number statements from 0"))
    }

    @Test("importance is kept, and counts nobody twice")
    func importance() throws {
        var matrix = try VoteMatrix()
        try matrix.cast(CastVote(participant: 0, statement: 0, stance: .agree, importance: .highest))
        #expect(matrix.votes(of: 0).first?.importance == .highest)
        #expect(matrix.tallies[0].agreed == 1)
        #expect(Importance(share: 0) == nil)
        #expect(Importance(share: 1) == .highest)
        #expect(Importance(share: 1e-9)?.steps == 1)
    }

    @Test("votes of groups add up to everybody's votes", arguments: 1...10)
    func groups(seed: Int) throws {
        let made = try MadeUp([20, 15, 5], statements: 12, apart: 0.5, seen: 0.5, seed: UInt64(seed))
        let groups = made.votes.tallies(in: made.groups, groupCount: 3)
        for statement in 0..<12 {
            #expect(groups.reduce(VoteTally.zero) { $0 + $1[statement] } == made.votes.tallies[statement])
        }
        let nobody = made.votes.tallies(in: made.groups.map { _ in -1 }, groupCount: 3)
        #expect(nobody.allSatisfy { $0.allSatisfy { $0 == .zero } })
    }

    @Test("rows are chosen, also twice over, and votes are left out, with the counts to match")
    func choosing() throws {
        let matrix = try MadeUp.rows(["+-0", "..+", "---"])
        let chosen = matrix.selecting([2, 2, 0])
        #expect(chosen.participantCount == 3)
        #expect(chosen[0, 0] == .disagree && chosen[1, 0] == .disagree && chosen[2, 0] == .agree)
        #expect(chosen.tallies[0] == VoteTally(agreed: 1, disagreed: 2))
        let kept = matrix.filter { _, _, stance in stance == .agree }
        #expect(kept.voteCount == 2)
        #expect(kept.tallies.map(\.disagreed) == [0, 0, 0])
        #expect(kept[2, 1] == nil)
    }
}
