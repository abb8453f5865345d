import SocialChoice
import Testing

@Suite("Examples with known answers")
struct RankingExamples {
    @Test("Schulze's example of 45 voters: E, A, C, B, D, with the strengths in his paper")
    func schulze() throws {
        let profile = try RankedProfile(
            5, "5 A>C>B>E>D", "5 A>D>E>C>B", "8 B>E>D>A>C", "3 C>A>B>E>D", "7 C>A>E>B>D", "2 C>B>A>D>E",
            "7 D>C>E>B>A", "8 E>B>A>D>C")
        let matrix = PairwiseMatrix(profile)
        let preferences = [
            [0, 20, 26, 30, 22], [25, 0, 16, 33, 18], [19, 29, 0, 17, 24], [15, 12, 28, 0, 14], [23, 27, 21, 31, 0],
        ]
        let strengths = [
            [0, 28, 28, 30, 24], [25, 0, 28, 33, 24], [25, 29, 0, 29, 24], [25, 28, 28, 0, 24], [25, 28, 28, 31, 0],
        ]
        let result = matrix.schulze()
        for a in 0..<5 {
            for b in 0..<5 {
                #expect(matrix[a, to: b] == preferences[a][b])
                #expect(result.strength(from: a, to: b) == strengths[a][b])
            }
        }
        #expect(result.winners == [4])
        #expect(result.ranking == [[4], [0], [2], [1], [3]])
        #expect(matrix.condorcetWinner == nil)
        #expect(matrix.smithSet == [0, 1, 2, 3, 4])
        // By hand, for ranked pairs: B>D 33, E>D 31, A>D 30, C>B 29 are locked, D>C 28 would close a circle, E>B 27 and
        // A>C 26 are locked, B>A 25 would close one, C>E 24 is locked, E>A 23 would close one.
        let pairs = try matrix.rankedPairs(settlingTiesBy: ChoiceOrder(listed: 5), by: .winningVotes)
        #expect(pairs.ranking == [0, 2, 4, 1, 3])
        #expect(pairs.overruled.map(\.support) == [28, 25, 23])
    }

    @Test(
        "Tennessee chooses its capital: Nashville for Condorcet, Schulze, ranked pairs and Borda, Knoxville for runoff")
    func tennessee() throws {
        // Memphis, Nashville, Chattanooga, Knoxville.
        let profile = try RankedProfile(4, "42 A>B>C>D", "26 B>C>D>A", "15 C>D>B>A", "17 D>C>B>A")
        let matrix = PairwiseMatrix(profile)
        let order = ChoiceOrder(listed: 4)
        #expect(matrix.condorcetWinner == 1)
        #expect(matrix.condorcetLoser == 0)
        #expect(matrix.smithSet == [1])
        #expect(matrix.schulze().ranking == [[1], [2], [3], [0]])
        #expect(try matrix.rankedPairs(settlingTiesBy: order).ranking == [1, 2, 3, 0])
        #expect(profile.borda().halfPoints == [252, 388, 346, 214])
        let runoff = try profile.instantRunoff(settlingTiesBy: order)
        #expect(runoff.ranking == [3, 0, 1, 2])
        #expect(runoff.rounds.map(\.votes) == [[42, 26, 15, 17], [42, 26, 32], [42, 58]])
        #expect(profile.instantRunoffWinners().winners == [3])
        #expect(profile.instantRunoffWinners().isComplete)
    }

    @Test("a circle of three equal majorities elects everybody under some order, and the order's own under it")
    func circle() throws {
        let profile = try RankedProfile(3, "1 A>B>C", "1 B>C>A", "1 C>A>B")
        let matrix = PairwiseMatrix(profile)
        #expect(matrix.schulze().winners == [0, 1, 2])
        #expect(matrix.rankedPairsWinners().winners == [0, 1, 2])
        #expect(matrix.rankedPairsWinners().isComplete)
        #expect(profile.instantRunoffWinners().winners == [0, 1, 2])
        for order in permutations([0, 1, 2]).compactMap(ChoiceOrder.init) {
            #expect(try matrix.rankedPairs(settlingTiesBy: order).winner == order.choices[0])
        }
    }

    @Test("instant runoff is not monotonic: two voters who lift the winner make the winner lose")
    func runoffIsNotMonotonic() throws {
        let before = try RankedProfile(3, "6 A>B>C", "5 C>A>B", "4 B>C>A", "2 B>A>C")
        let after = try RankedProfile(3, "6 A>B>C", "5 C>A>B", "4 B>C>A", "2 A>B>C")
        #expect(before.instantRunoffWinners().winners == [0])
        #expect(after.instantRunoffWinners().winners == [2])
    }

    @Test("Borda is not independent of clones: a clone of the second makes the second win")
    func bordaClones() throws {
        #expect(try RankedProfile(2, "3 A>B", "2 B>A").borda().winners == [0])
        #expect(try RankedProfile(3, "3 A>B>C", "2 B>C>A").borda().winners == [1])
    }

    @Test("the three conventions of Borda differ just where ballots have ties or leave somebody out")
    func bordaConventions() throws {
        let partial = try RankedProfile(4, "1 A>B")
        #expect(partial.borda(.averaged).halfPoints == [6, 4, 1, 1])
        #expect(partial.borda(.nothingForUnranked).halfPoints == [6, 4, 0, 0])
        #expect(partial.borda(.modified).halfPoints == [4, 2, 0, 0])
        let tied = try RankedProfile(3, "1 A=B>C")
        #expect(tied.borda(.averaged).halfPoints == [3, 3, 0])
        #expect(tied.borda(.modified).halfPoints == [5, 5, 2])
        let full = try RankedProfile(3, "2 C>A>B")
        #expect(full.borda(.averaged) == full.borda(.nothingForUnranked))
        #expect(full.borda(.modified).halfPoints == [8, 4, 12])
    }

    @Test("a ballot counts in full for everybody in its highest tier that is left")
    func approvalRunoff() throws {
        let profile = try RankedProfile(3, "3 A=B", "2 C", "1 B>C")
        let result = try profile.instantRunoff(settlingTiesBy: ChoiceOrder(listed: 3))
        #expect(result.rounds[0].votes == [3, 4, 2])
        #expect(result.rounds[1].exhausted == 2)
        #expect(result.winner == 1)
    }
}
