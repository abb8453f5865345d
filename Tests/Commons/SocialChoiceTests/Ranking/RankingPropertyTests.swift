import SocialChoice
import Testing

/// The properties that each rule's documentation promises, over random profiles with ties and partial ballots.
@Suite("Rules keep what they promise")
struct RankingPropertyTests {
    static func any(_ random: inout RankingSeed) throws -> RankedProfile {
        let isHeavy = Bool.random(using: &random)
        return try .random(
            2...6, ballots: 1...7, weights: isHeavy ? 1...1_000_000 : 1...3, isStrict: Bool.random(using: &random),
            using: &random)
    }

    @Test(
        "Schulze and ranked pairs elect the Condorcet winner, keep to the Smith set, and never elect the loser",
        arguments: UInt64(0)..<10)
    func condorcet(seed: UInt64) throws {
        var random = RankingSeed(seed)
        var winners = 0
        for _ in 0..<200 {
            let matrix = PairwiseMatrix(try Self.any(&random))
            let smith = Set(matrix.smithSet)
            for strength in MajorityStrength.allCases {
                let all = [matrix.schulze(by: strength).winners, matrix.rankedPairsWinners(by: strength).winners]
                for elected in all {
                    #expect(!elected.isEmpty && smith.isSuperset(of: elected))
                    if let winner = matrix.condorcetWinner { #expect(elected == [winner]) }
                    if let loser = matrix.condorcetLoser { #expect(!elected.contains(loser)) }
                }
            }
            let full = try RankedProfile.random(
                2...5, ballots: 1...7, weights: 1...3, isStrict: true, using: &random)
            if let loser = PairwiseMatrix(full).condorcetLoser { #expect(!full.borda().winners.contains(loser)) }
            if matrix.condorcetWinner != nil {
                winners += 1
                #expect(matrix.smithSet == matrix.weakCondorcetWinners)
            }
        }
        #expect(winners > 20 && winners < 200)
    }

    @Test(
        "lifting a winner never makes them lose: Schulze, ranked pairs and Borda are monotonic",
        arguments: UInt64(0)..<10)
    func monotonicity(seed: UInt64) throws {
        var random = RankingSeed(seed)
        for _ in 0..<200 {
            let profile = try Self.any(&random)
            let matrix = PairwiseMatrix(profile)
            for strength in MajorityStrength.allCases {
                for winner in matrix.schulze(by: strength).winners {
                    let lifted = PairwiseMatrix(try profile.lifting(winner, using: &random))
                    #expect(lifted.schulze(by: strength).winners.contains(winner))
                }
                for winner in matrix.rankedPairsWinners(by: strength).winners {
                    let lifted = PairwiseMatrix(try profile.lifting(winner, using: &random))
                    #expect(lifted.rankedPairsWinners(by: strength).winners.contains(winner))
                }
            }
            for convention in BordaConvention.allCases {
                for winner in profile.borda(convention).winners {
                    #expect(try profile.lifting(winner, using: &random).borda(convention).winners.contains(winner))
                }
            }
        }
    }

    @Test("a clone changes nothing for the others: Schulze", arguments: UInt64(0)..<10)
    func schulzeClones(seed: UInt64) throws {
        var random = RankingSeed(seed)
        for _ in 0..<200 {
            let profile = try Self.any(&random)
            let original = Int.random(in: 0..<profile.candidateCount, using: &random)
            // Beside a tie with somebody else there is no room for a clone: both would have to be level.
            let cloned = PairwiseMatrix(try profile.cloning(original, isStrict: false, using: &random))
            for strength in MajorityStrength.allCases {
                let before = PairwiseMatrix(profile).schulze(by: strength).winners
                let after = cloned.schulze(by: strength).winners
                let others = after.filter { $0 != original && $0 != profile.candidateCount }
                #expect(others == before.filter { $0 != original })
                #expect((others.count < after.count) == before.contains(original))
            }
        }
    }

    @Test(
        "a clone changes nothing for the others: ranked pairs without equal majorities, and instant runoff",
        arguments: UInt64(0)..<10)
    func otherClones(seed: UInt64) throws {
        var random = RankingSeed(seed)
        for _ in 0..<200 {
            let profile = try RankedProfile.random(
                2...5, ballots: 5...9, weights: 1...1_000_000, isStrict: true, using: &random)
            let original = Int.random(in: 0..<profile.candidateCount, using: &random)
            let cloned = try profile.cloning(original, isStrict: true, using: &random)
            func merged(_ tied: TiedWinners) -> Set<Int> {
                Set(tied.winners.map { $0 == profile.candidateCount ? original : $0 })
            }
            #expect(merged(cloned.instantRunoffWinners()) == merged(profile.instantRunoffWinners()))
            for strength in MajorityStrength.allCases {
                let before = PairwiseMatrix(profile).rankedPairsWinners(by: strength)
                let after = PairwiseMatrix(cloned).rankedPairsWinners(by: strength)
                #expect(merged(after) == merged(before))
            }
        }
    }

    @Test(
        "when every ballot is reversed, so is Schulze's order, and that of ranked pairs without equal majorities",
        arguments: UInt64(0)..<10)
    func reversal(seed: UInt64) throws {
        var random = RankingSeed(seed)
        for _ in 0..<200 {
            let profile = try Self.any(&random)
            let (forth, back) = (PairwiseMatrix(profile), PairwiseMatrix(try profile.reversed))
            for strength in MajorityStrength.allCases {
                let (there, here) = (forth.schulze(by: strength), back.schulze(by: strength))
                for a in 0..<profile.candidateCount {
                    for b in 0..<profile.candidateCount {
                        #expect(there.isBetter(a, than: b) == here.isBetter(b, than: a))
                    }
                }
            }
            let heavy = try RankedProfile.random(
                2...6, ballots: 5...9, weights: 1...1_000_000_000, isStrict: true, using: &random)
            let order = ChoiceOrder(listed: heavy.candidateCount)
            let ranking = try PairwiseMatrix(heavy).rankedPairs(settlingTiesBy: order).ranking
            #expect(try PairwiseMatrix(heavy.reversed).rankedPairs(settlingTiesBy: order).ranking == ranking.reversed())
            #expect(try heavy.reversed.borda().ranking == heavy.borda().ranking.reversed().map { $0 })
        }
    }

    @Test(
        "a majority that puts the same candidates in front gets one of them by instant runoff",
        arguments: UInt64(0)..<10)
    func mutualMajority(seed: UInt64) throws {
        var random = RankingSeed(seed)
        for _ in 0..<200 {
            let profile = try RankedProfile.random(
                3...6, ballots: 1...6, weights: 1...5, isStrict: true, using: &random)
            let group = Array(0..<Int.random(in: 1..<profile.candidateCount, using: &random))
            let rest = Array(group.count..<profile.candidateCount)
            let solid = RankedBallot(
                group.shuffled(using: &random) + rest.shuffled(using: &random), weight: profile.totalWeight + 1)
            let joined = try RankedProfile(
                candidateCount: profile.candidateCount, ballots: profile.ballots + [solid])
            #expect(joined.instantRunoffWinners().winners.allSatisfy { group.contains($0) })
        }
    }

    @Test("weights count as that many people, and names don't matter", arguments: UInt64(0)..<10)
    func fairness(seed: UInt64) throws {
        var random = RankingSeed(seed)
        for _ in 0..<100 {
            let profile = try RankedProfile.random(
                2...5, ballots: 1...6, weights: 1...3, isStrict: false, using: &random)
            let people = try RankedProfile(
                candidateCount: profile.candidateCount,
                ballots: profile.ballots.flatMap { ballot in
                    (0..<ballot.weight).map { _ in RankedBallot(tiers: ballot.tiers) }
                }.shuffled(using: &random))
            let names = Array(0..<profile.candidateCount).shuffled(using: &random)
            let renamed = try RankedProfile(
                candidateCount: profile.candidateCount,
                ballots: profile.ballots.map { ballot in
                    RankedBallot(tiers: ballot.tiers.map { $0.map { names[$0] } }, weight: ballot.weight)
                })
            func winners(_ profile: RankedProfile) -> [[Int]] {
                let matrix = PairwiseMatrix(profile)
                return [
                    matrix.schulze().winners, matrix.rankedPairsWinners().winners,
                    profile.instantRunoffWinners().winners, profile.borda(.modified).winners, matrix.smithSet,
                ]
            }
            #expect(winners(people) == winners(profile))
            #expect(winners(renamed) == winners(profile).map { $0.map { names[$0] }.sorted() })
        }
    }
}
