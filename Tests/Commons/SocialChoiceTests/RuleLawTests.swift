import Testing

@testable import SocialChoice

@Suite("Laws of committee rules")
struct RuleLawTests {
    @Test("a weight counts as that many voters with the same ballot", arguments: AllRules.list)
    func weightsAreCopies(rule: CommitteeRule) throws {
        for (profile, seats) in try RandomProfiles.some(60, seed: 1, voters: 1...6, candidates: 2...6, weighted: true) {
            let copies = zip(RandomProfiles.ballots(of: profile), profile.weights).flatMap {
                Array(repeating: $0, count: $1)
            }
            let copied = try ApprovalProfile(candidateCount: profile.candidateCount, ballots: copies)
            let ties: TieBreaking = AllRules.withoutOrder.contains(rule) ? .all : .byIndex
            let first = try rule.outcome(of: profile, seats: seats, ties: ties)
            let second = try rule.outcome(of: copied, seats: seats, ties: ties)
            #expect(first.committees == second.committees, "\(rule.name)")
            #expect(first.score == second.score)
        }
    }

    @Test("renaming the candidates renames the committees and nothing else", arguments: AllRules.withoutOrder)
    func relabelling(rule: CommitteeRule) throws {
        var random = SplitMix(state: 2)
        for (profile, seats) in try RandomProfiles.some(60, seed: 2, voters: 1...8, candidates: 2...6) {
            let names = Array(0..<profile.candidateCount).shuffled(using: &random)
            let renamed = try ApprovalProfile(
                candidateCount: profile.candidateCount,
                ballots: RandomProfiles.ballots(of: profile).map { $0.map { names[$0] } })
            let expected = try rule.outcome(of: profile, seats: seats).committees.map {
                Committee($0.members.map { names[$0] })
            }
            #expect(try rule.outcome(of: renamed, seats: seats).committees == expected.sorted(), "\(rule.name)")
        }
    }

    @Test("an order picks one of all tied committees, and equal seeds pick equally", arguments: AllRules.withoutOrder)
    func ordersPickAmongAll(rule: CommitteeRule) throws {
        for (index, (profile, seats)) in try RandomProfiles.some(40, seed: 3, voters: 0...8, candidates: 1...6)
            .enumerated()
        {
            let all = try rule.outcome(of: profile, seats: seats).committees
            let seed = UInt64(index)
            let drawn = try rule.outcome(of: profile, seats: seats, ties: .seeded(seed)).committees
            #expect(drawn.count == 1)
            #expect(all.contains(drawn[0]), "\(rule.name)")
            #expect(try rule.outcome(of: profile, seats: seats, ties: .seeded(seed)).committees == drawn)
            let byIndex = try rule.outcome(of: profile, seats: seats, ties: .byIndex).committees
            #expect(
                try rule.outcome(of: profile, seats: seats, ties: .order(Array(0..<profile.candidateCount))).committees
                    == byIndex)
            #expect(all.contains(byIndex[0]))
        }
    }

    @Test("an order that turns around turns around who wins a full tie", arguments: AllRules.withoutOrder)
    func reversedOrder(rule: CommitteeRule) throws {
        let profile = try ApprovalProfile(candidateCount: 4, ballots: [[0, 1, 2, 3]])
        if rule == .equalShares(.none) { return }
        #expect(try rule.outcome(of: profile, seats: 2, ties: .byIndex).committees == [[0, 1]])
        #expect(try rule.outcome(of: profile, seats: 2, ties: .order([3, 2, 1, 0])).committees == [[2, 3]])
        #expect(try rule.outcome(of: profile, seats: 2).committees.count == 6)
    }

    @Test("every rule fills every seat but unfinished Equal Shares", arguments: AllRules.list)
    func seatsAreFilled(rule: CommitteeRule) throws {
        for (profile, seats) in try RandomProfiles.some(60, seed: 4, voters: 0...6, candidates: 1...7) {
            let committee = try rule.outcome(of: profile, seats: seats, ties: .byIndex).committees[0]
            #expect(committee.count == seats || rule == .equalShares(.none) && committee.count < seats)
        }
    }

    @Test("optimal committees are those that brute force finds")
    func bruteForce() throws {
        for (profile, seats) in try RandomProfiles.some(80, seed: 5, voters: 1...8, candidates: 2...7, weighted: true) {
            for function in [ThieleFunction.proportional, .sainteLague, .chamberlinCourant, .halving] {
                let value: ([Int]) -> Rational = { members in
                    var sum = Rational.zero
                    for voter in 0..<profile.voterCount {
                        for had in 0..<profile.ballot(of: voter).filter(members.contains).count {
                            let gain =
                                switch function {
                                case .proportional: Rational(1, dividedBy: had + 1)
                                case .sainteLague: Rational(1, dividedBy: 2 * had + 1)
                                case .halving: Rational(1, dividedBy: 1 << had)
                                default: Rational(had == 0 ? 1 : 0)
                                }
                            sum = sum + Rational(profile.weights[voter]) * gain
                        }
                    }
                    return sum
                }
                let (best, committees) = bruteForceBest(profile, seats, value)
                let outcome = try CommitteeRule.thiele(function).outcome(of: profile, seats: seats)
                #expect(outcome.committees == committees)
                #expect(outcome.score == best && outcome.bound == best)
            }
            let (best, committees) = bruteForceBest(profile, seats) { members in
                let distances = (0..<profile.voterCount).map { voter in
                    Set(profile.ballot(of: voter)).symmetricDifference(members).count
                }
                return Rational(-(distances.max() ?? 0))
            }
            let outcome = try CommitteeRule.minimaxApprovalVoting.outcome(of: profile, seats: seats)
            #expect(outcome.committees == committees)
            #expect(outcome.score == -best)
        }
    }

    private func bruteForceBest(_ profile: ApprovalProfile, _ seats: Int, _ value: ([Int]) -> Rational) -> (
        Rational, [Committee]
    ) {
        var best: Rational?
        var found: [Committee] = []
        Array(0..<profile.candidateCount).forEachCombination(of: seats) { members in
            let own = value(members)
            if best.map({ own > $0 }) ?? true { (best, found) = (own, []) }
            if own == best { found.append(Committee(members)) }
            return true
        }
        return (best ?? .zero, found.sorted())
    }

    @Test("the highest load of minimax Phragmén is what brute force over groups says")
    func minimaxPhragmenLoads() throws {
        for (profile, seats) in try RandomProfiles.some(60, seed: 6, voters: 1...7, candidates: 2...6, weighted: true) {
            let outcome = try CommitteeRule.minimaxPhragmen.outcome(of: profile, seats: seats)
            guard let score = outcome.score else { continue }
            var least: Rational?
            Array(0..<profile.candidateCount).forEachCombination(of: seats) { members in
                guard members.allSatisfy({ profile.support[$0] > 0 }) else { return true }
                var highest = Rational.zero
                for size in 1...members.count {
                    members.forEachCombination(of: size) { group in
                        let weight = (0..<profile.voterCount).filter { voter in
                            profile.ballot(of: voter).contains(where: group.contains)
                        }.reduce(0) { $0 + profile.weights[$1] }
                        highest = max(highest, Rational(size, dividedBy: weight))
                        return true
                    }
                }
                least = min(least ?? highest, highest)
                return true
            }
            #expect(least == score)
        }
    }
}
