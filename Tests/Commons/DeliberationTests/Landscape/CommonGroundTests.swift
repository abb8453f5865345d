import Deliberation
import Testing

@Suite("Common ground and dissent")
struct CommonGroundTests {
    @Test("Wilson's interval is the published one")
    func wilson() {
        // Newcombe 1998, doi 10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E, table I, method 3.
        let cases: [(Int, Int, Double, Double)] = [
            (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718),
        ]
        for (count, total, lower, upper) in cases {
            let share = ShareEstimate(count: count, of: total)
            #expect(abs(share.lower - lower) < 5e-5 && abs(share.upper - upper) < 5e-5)
        }
        #expect(ShareEstimate(count: 0, of: 0) == ShareEstimate(count: 0, of: 0))
        #expect(ShareEstimate(count: 0, of: 0).upper == 1)
    }

    @Test("Newcombe's interval of a difference is the published one")
    func newcombe() {
        // Newcombe 1998, doi 10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I, table II, method 10.
        let cases: [(Int, Int, Int, Int, Double, Double)] = [
            (56, 70, 48, 80, 0.0524, 0.3339), (9, 10, 3, 10, 0.1705, 0.8090), (10, 10, 0, 10, 0.6075, 1),
        ]
        for (first, ofFirst, second, ofSecond, lower, upper) in cases {
            let difference = ShareDifference(
                ShareEstimate(count: first, of: ofFirst), ShareEstimate(count: second, of: ofSecond))
            #expect(abs(difference.lower - lower) < 5e-5 && abs(difference.upper - upper) < 5e-5)
        }
    }

    @Test("consensus across groups is the product that Polis has, within its interval", arguments: 1...30)
    func consensus(seed: Int) {
        var draws = Draws(UInt64(seed))
        let groups = (0..<Int.random(in: 1...5, using: &draws)).map { _ in
            VoteTally(
                agreed: .random(in: 0...50, using: &draws), disagreed: .random(in: 0...50, using: &draws),
                passed: .random(in: 0...9, using: &draws))
        }
        let estimate = ConsensusEstimate(.agree, groups)
        #expect(abs(estimate.value - GroupAwareConsensus.agreement(groups)) < 1e-15)
        #expect(0 <= estimate.lower && estimate.lower <= estimate.value)
        #expect(estimate.value <= estimate.upper && estimate.upper <= 1)
        // Another agreeing vote raises it, another disagreeing one lowers it.
        var more = groups
        more[0].agreed += 1
        #expect(ConsensusEstimate(.agree, more).value > estimate.value)
        more[0].agreed -= 1
        more[0].disagreed += 1
        #expect(ConsensusEstimate(.agree, more).value < estimate.value)
    }

    @Test("what unites comes first among the agreed, what divides among the divisive")
    func ranking() throws {
        let unites = [VoteTally(agreed: 40, disagreed: 2), VoteTally(agreed: 30, disagreed: 1)]
        let divides = [VoteTally(agreed: 40, disagreed: 2), VoteTally(agreed: 1, disagreed: 30)]
        let refused = [VoteTally(agreed: 1, disagreed: 40), VoteTally(agreed: 1, disagreed: 30)]
        let unknown = [VoteTally(agreed: 1), VoteTally(agreed: 1)]
        let ground = CommonGround([0, 1].map { group in [unites, divides, refused, unknown].map { $0[group] } })
        #expect(ground.agreed(1).map(\.statement) == [0])
        #expect(ground.refused(1).map(\.statement) == [2])
        #expect(ground.divisive(9).map(\.statement) == [1])
        #expect(ground.statements[1].widestGap?.more == 0)
        #expect(ground.representative(of: 0, 9).map(\.statement) == [1])
        #expect(ground.representative(of: 1, 9).map(\.stance) == [.disagree])
    }

    @Test("a statement that both sides like bridges more than one that half of all like for their side")
    func bridging() throws {
        var draws = Draws(3)
        var cast: [CastVote] = []
        for person in 0..<200 {
            for statement in 0..<30 where draws.share() < 0.6 {
                let side = person % 2 == 0
                let agreement: Double
                switch statement {
                case 0: agreement = 0.75  // both sides
                case 1: agreement = side ? 0.98 : 0.52  // as many, but one side more
                default: agreement = (statement % 2 == 0) == side ? 0.9 : 0.1
                }
                cast.append(
                    CastVote(
                        participant: person, statement: statement,
                        stance: draws.share() < agreement ? .agree : .disagree
                    ))
            }
        }
        let votes = try VoteMatrix(cast)
        let bridging = Bridging(votes, rejected: [29])
        let scores = bridging.scores
        let both = try #require(scores[0])
        let partisan = try #require(scores[2])
        #expect(both.value > 0.1)
        #expect(both.lower > partisan.upper)
        #expect(abs(both.side) < abs(partisan.side) / 3)
        #expect(scores[29] == nil)
        let mean = { (side: Int) in
            let sides = (0..<200).filter { $0 % 2 == side }.map { bridging.sides[$0] }
            return sides.reduce(0, +) / Double(sides.count)
        }
        #expect(mean(0) * mean(1) < 0)
        let one = try #require(scores[1])
        #expect(both.lower <= both.value && both.value <= both.upper)
        #expect(abs(one.side) > abs(both.side))
    }

    @Test("adjusted Rand index: known values")
    func rand() {
        #expect(AdjustedRandIndex.value([0, 0, 1, 1], [1, 1, 0, 0]) == 1)
        #expect(abs(AdjustedRandIndex.value([0, 0, 1, 1], [0, 0, 1, 2]) - 0.571_428_571) < 1e-8)
        #expect(abs(AdjustedRandIndex.value([0, 0, 1, 1], [0, 1, 0, 1]) + 0.5) < 1e-12)
        #expect(AdjustedRandIndex.value([0, 0, -1, 0], [0, 0, 3, 0]) == 1)
    }
}
