import Testing

@testable import SocialChoice

@Suite("Profiles, limits and edges")
struct ProfileAndLimitTests {
    @Test("ballots are sets: order and repetition don't matter")
    func ballotsAreSets() throws {
        let plain = try ApprovalProfile(candidateCount: 4, ballots: [[0, 2, 3], [], [1]])
        let odd = try ApprovalProfile(candidateCount: 4, ballots: [[3, 0, 2, 0], [], [1, 1, 1]])
        #expect(plain == odd)
        #expect(odd.ballot(of: 0) == [0, 2, 3])
        #expect(odd.supporters(of: 1) == [2])
        #expect(odd.support == [1, 1, 1, 1])
    }

    @Test("what can't be counted is refused with a next step")
    func refusals() throws {
        #expect(throws: ApprovalError.unknownCandidate(4, voter: 1, candidateCount: 4)) {
            try ApprovalProfile(candidateCount: 4, ballots: [[0], [4]])
        }
        #expect(throws: ApprovalError.unknownCandidate(-1, voter: 0, candidateCount: 4)) {
            try ApprovalProfile(candidateCount: 4, ballots: [[-1]])
        }
        #expect(throws: ApprovalError.weightNotPositive(0, voter: 0)) {
            try ApprovalProfile(candidateCount: 1, ballots: [[0]], weights: [0])
        }
        #expect(throws: ApprovalError.weightsAndBallotsDiffer(weights: 2, ballots: 1)) {
            try ApprovalProfile(candidateCount: 1, ballots: [[0]], weights: [1, 1])
        }
        #expect(throws: ApprovalError.tooLarge) {
            try ApprovalProfile(candidateCount: 1, ballots: [[0], [0]], weights: [.max, .max])
        }
        #expect(throws: ApprovalError.negative("The number of candidates", -1)) {
            try ApprovalProfile(candidateCount: -1, ballots: [])
        }
        let profile = try ApprovalProfile(candidateCount: 2, ballots: [[0]])
        #expect(throws: ApprovalError.orderIsNotAPermutation(candidateCount: 2)) {
            try CommitteeRule.phragmen.outcome(of: profile, seats: 1, ties: .order([0, 0]))
        }
        #expect(throws: ApprovalError.orderIsNotAPermutation(candidateCount: 2)) {
            try CommitteeRule.phragmen.outcome(of: profile, seats: 1, ties: .order([0]))
        }
        #expect(throws: ApprovalError.needsAnOrder(.greedyMonroe)) {
            try CommitteeRule.greedyMonroe.outcome(of: profile, seats: 1)
        }
        #expect(ApprovalError.moreSeatsThanCandidates(seats: 3, candidates: 2).description.contains("at most 2"))
    }

    @Test("more seats than candidates, or fewer than none, are refused", arguments: AllRules.list)
    func impossibleSeats(rule: CommitteeRule) throws {
        let profile = try ApprovalProfile(candidateCount: 2, ballots: [[0]])
        #expect(throws: ApprovalError.moreSeatsThanCandidates(seats: 3, candidates: 2)) {
            try rule.outcome(of: profile, seats: 3, ties: .byIndex)
        }
        #expect(throws: ApprovalError.negative("The number of seats", -1)) {
            try rule.outcome(of: profile, seats: -1, ties: .byIndex)
        }
    }

    @Test("without voters, or with empty ballots only, all committees are tied", arguments: AllRules.withoutOrder)
    func nobodyVotes(rule: CommitteeRule) throws {
        for ballots in [[], [[], []]] as [[[Int]]] {
            let profile = try ApprovalProfile(candidateCount: 4, ballots: ballots)
            let outcome = try rule.outcome(of: profile, seats: 2)
            #expect(outcome.committees.count == (rule == .equalShares(.none) ? 1 : 6), "\(rule.name)")
        }
    }

    @Test("no seats give the empty committee, and as many seats as candidates everyone", arguments: AllRules.list)
    func extremes(rule: CommitteeRule) throws {
        let profile = try ApprovalProfile(candidateCount: 3, ballots: [[0, 1, 2], [1, 2], [2]])
        #expect(try rule.outcome(of: profile, seats: 0, ties: .byIndex).committees == [[]])
        let all = try rule.outcome(of: profile, seats: 3, ties: .byIndex).committees[0]
        #expect(all == [0, 1, 2] || rule == .equalShares(.none))
        let none = try ApprovalProfile(candidateCount: 0, ballots: [[], []])
        #expect(try rule.outcome(of: none, seats: 0, ties: .byIndex).committees == [[]])
        let one = try ApprovalProfile(candidateCount: 1, ballots: [[0]])
        #expect(try rule.outcome(of: one, seats: 1, ties: .byIndex).committees == [[0]])
    }

    @Test("a search that runs out of work gives its best, and a bound that the best can't pass")
    func limitedSearch() throws {
        for (profile, seats) in try RandomProfiles.some(60, seed: 31, voters: 8...14, candidates: 7...9) where seats < 6
        {
            for rule in [CommitteeRule.thiele(.proportional), .thiele(.chamberlinCourant), .thiele(.sainteLague)] {
                let exact = try rule.outcome(of: profile, seats: seats)
                let best = try #require(exact.score)
                for nodes in [1, 3, 10] {
                    let limited = try rule.outcome(of: profile, seats: seats, limit: WorkLimit(nodes: nodes))
                    let score = try #require(limited.score)
                    let bound = try #require(limited.bound)
                    #expect(score <= best && best <= bound)
                    if limited.completeness == .complete { #expect(limited.committees == exact.committees) }
                }
            }
        }
    }

    @Test(
        "optimal rules that aren't sums give their best so far and an honest bound, too",
        arguments: [
            CommitteeRule.minimaxApprovalVoting, .monroe, .leximaxPhragmen, .minimaxPhragmen,
        ])
    func limitedTree(rule: CommitteeRule) throws {
        var reached = 0
        for (profile, seats) in try RandomProfiles.some(60, seed: 32, voters: 6...12, candidates: 6...8) where seats < 6
        {
            let best = try rule.outcome(of: profile, seats: seats)
            for nodes in [1, 4, 20] {
                let limited = try rule.outcome(of: profile, seats: seats, limit: WorkLimit(nodes: nodes))
                #expect(!limited.committees.isEmpty)
                guard let exact = best.score, let score = limited.score, let bound = limited.bound else { continue }
                // Only for Monroe's rule more is better.
                if rule == .monroe {
                    #expect(score <= exact && exact <= bound)
                } else {
                    #expect(bound <= exact && exact <= score)
                }
                if limited.completeness == .limitReached { reached += 1 }
            }
        }
        #expect(reached > 20)
    }

    @Test("a list that is cut short says so, and never before it is full", arguments: AllRules.withoutOrder)
    func cappedLists(rule: CommitteeRule) throws {
        let profile = try ApprovalProfile(candidateCount: 5, ballots: [[0, 1, 2, 3, 4]])
        if rule == .equalShares(.none) { return }
        let some = try rule.outcome(of: profile, seats: 2, limit: WorkLimit(committees: 4))
        #expect(some.committees.count == 4, "\(rule.name)")
        #expect(some.completeness == .moreCommittees)
        let all = try rule.outcome(of: profile, seats: 2, limit: WorkLimit(committees: 10))
        #expect(all.committees.count == 10)
        #expect(all.completeness == .complete, "\(rule.name)")
    }

    /// Six voters who approve of most of the first 450 candidates, beside 450 whom nobody approves of.
    private func wide() throws -> ApprovalProfile {
        let everyone = Array(0..<450)
        let ballots = (0..<5).map { voter in everyone.filter { ($0 + voter) % 7 != 0 } } + [everyone]
        return try ApprovalProfile(candidateCount: 900, ballots: ballots)
    }

    @Test(
        "many seats neither crash nor hang a search for the best",
        arguments: [CommitteeRule.thiele(.chamberlinCourant), .minimaxApprovalVoting])
    func manySeats(rule: CommitteeRule) throws {
        let outcome = try rule.outcome(of: wide(), seats: 420, limit: WorkLimit(nodes: 450, committees: 5))
        #expect(outcome.committees.allSatisfy { $0.count == 420 })
        #expect(outcome.completeness != .complete)
    }

    @Test("many seats neither crash nor hang a check", arguments: RepresentationAxiom.allCases)
    func manySeats(axiom: RepresentationAxiom) throws {
        let limit = WorkLimit(nodes: 450, committees: 5)
        // Members whom nobody asked for: every axiom is broken, and a single seat shows it.
        let unasked = Array(450..<870)
        guard case .fails(let witness) = try axiom.certificate(for: unasked, in: wide(), limit: limit) else {
            Issue.record("\(axiom.name) can't hold")
            return
        }
        #expect(witness.deserved == 1 && witness.got == 0)
        _ = try axiom.certificate(for: Array(0..<420), in: wide(), limit: limit)
    }
}
