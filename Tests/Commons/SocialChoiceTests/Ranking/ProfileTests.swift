import SocialChoice
import Testing

@Suite("Ranked profiles and the orders that settle ties")
struct ProfileTests {
    @Test("each thing that can be wrong with ballots is refused, and the error says what to do")
    func refusals() throws {
        func error(_ count: Int, _ ballots: [RankedBallot]) -> RankingError? {
            #expect(throws: RankingError.self) { try RankedProfile(candidateCount: count, ballots: ballots) }
        }
        #expect(error(0, []) == .candidateCount(0))
        #expect(error(4_097, []) == .candidateCount(4_097))
        #expect(error(2, [RankedBallot([0]), RankedBallot([2])]) == .unknownCandidate(2, ballot: 1))
        #expect(error(2, [RankedBallot([-1])]) == .unknownCandidate(-1, ballot: 0))
        #expect(error(2, [RankedBallot(tiers: [[0, 1], [0]])]) == .repeatedCandidate(0, ballot: 0))
        #expect(error(2, [RankedBallot(tiers: [[0], []])]) == .emptyTier(ballot: 0))
        #expect(error(2, [RankedBallot([0], weight: 0)]) == .weight(0, ballot: 0))
        #expect(error(2, [RankedBallot([0], weight: .max), RankedBallot([0], weight: .max)]) == .tooMuchWeight)
        for error: RankingError in [.candidateCount(0), .tooMuchWeight, .emptyTier(ballot: 3)] {
            #expect(error.description.contains(":"))
        }
    }

    @Test("nobody votes: everybody is tied under every rule")
    func nobody() throws {
        let profile = try RankedProfile(candidateCount: 3, ballots: [])
        let matrix = PairwiseMatrix(profile)
        #expect(matrix.condorcetWinner == nil)
        #expect(matrix.weakCondorcetWinners == [0, 1, 2])
        #expect(matrix.smithSet == [0, 1, 2])
        #expect(matrix.schulze().winners == [0, 1, 2])
        #expect(matrix.rankedPairsWinners() == profile.instantRunoffWinners())
        #expect(profile.instantRunoffWinners().winners == [0, 1, 2])
        #expect(profile.borda().winners == [0, 1, 2])
        let order = try #require(ChoiceOrder([2, 0, 1]))
        #expect(try matrix.rankedPairs(settlingTiesBy: order).ranking == [2, 0, 1])
        #expect(try matrix.schulze().ranking(settlingTiesBy: order) == [2, 0, 1])
        #expect(try profile.instantRunoff(settlingTiesBy: order).ranking == [2, 0, 1])
        #expect(try profile.borda().ranking(settlingTiesBy: order) == [2, 0, 1])
    }

    @Test("one candidate wins alone under every rule")
    func alone() throws {
        let profile = try RankedProfile(1, "3 A")
        let matrix = PairwiseMatrix(profile)
        let order = ChoiceOrder(listed: 1)
        #expect(matrix.condorcetWinner == 0)
        #expect(matrix.condorcetLoser == nil)
        #expect(matrix.smithSet == [0])
        #expect(matrix.schulze().ranking == [[0]])
        #expect(try matrix.rankedPairs(settlingTiesBy: order).winner == 0)
        #expect(matrix.rankedPairsWinners().winners == [0])
        #expect(try profile.instantRunoff(settlingTiesBy: order).winner == 0)
        #expect(profile.borda().ranking == [[0]])
    }

    @Test("only an order of each choice once is an order, and one of another length is refused")
    func orders() throws {
        #expect(ChoiceOrder([0, 2]) == nil)
        #expect(ChoiceOrder([1, 1]) == nil)
        #expect(ChoiceOrder([0, -1]) == nil)
        let order = try #require(ChoiceOrder([2, 0, 1]))
        #expect(order.places == [1, 2, 0])
        let matrix = PairwiseMatrix(try RankedProfile(2, "1 A>B"))
        #expect(throws: RankingError.order(count: 3, expected: 2)) { try matrix.rankedPairs(settlingTiesBy: order) }
    }

    @Test("a lottery is the same for the same seed, and draws every order about as often")
    func lottery() {
        #expect(ChoiceOrder(count: 9, seed: 4) == ChoiceOrder(count: 9, seed: 4))
        var counts: [[Int]: Int] = [:]
        for seed in 0..<UInt64(6000) { counts[ChoiceOrder(count: 3, seed: seed).choices, default: 0] += 1 }
        #expect(counts.count == 6)
        #expect(counts.values.allSatisfy { (880...1120).contains($0) })
    }

    @Test("those left out are below all who are ranked and tied with one another")
    func truncation() throws {
        let matrix = PairwiseMatrix(try RankedProfile(4, "3 B>A=C", "2 D"))
        #expect(matrix[1, to: 0] == 3 && matrix[0, to: 2] == 0 && matrix[0, to: 3] == 3)
        #expect(matrix[3, to: 0] == 2 && matrix[0, to: 1] == 0)
        #expect(matrix.margin(0, over: 3) == 1 && matrix.margin(3, over: 0) == -1)
    }
}
