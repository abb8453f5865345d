import Testing

@testable import SocialChoice

@Suite("Numbers of every width choose alike")
struct ExactWidthTests {
    @Test("Phragmén and Equal Shares in words, double words and unbounded numbers")
    func stepping() throws {
        for (index, (profile, seats)) in try RandomProfiles.some(
            400, seed: 11, voters: 1...12, candidates: 2...7, weighted: true
        ).enumerated() {
            for order: CandidateOrder? in [nil, .byIndex] {
                let limit = WorkLimit()
                let word = SequentialPhragmen<Int>(profile: profile, seats: seats).outcome(order: order, limit: limit)
                #expect(
                    SequentialPhragmen<Int128>(profile: profile, seats: seats).outcome(order: order, limit: limit)
                        == word)
                #expect(
                    SequentialPhragmen<Unbounded>(profile: profile, seats: seats).outcome(order: order, limit: limit)
                        == word)
                for completion in [CommitteeCompletion.none, .phragmen, .mostApproved] {
                    let virtual = index % 2 == 0 ? nil : seats + index % 3
                    func run<Number: ExactInteger>(_ type: Number.Type) -> CommitteeOutcome {
                        EqualSharesCommittee<Number>(
                            profile: profile, seats: seats, completion: completion, virtualSeats: virtual
                        )
                        .outcome(order: order, limit: limit)
                    }
                    let word = run(Int.self)
                    #expect(run(Int128.self) == word)
                    #expect(run(Unbounded.self) == word)
                }
            }
        }
    }

    @Test("larger profiles, where classes of voters come and go")
    func larger() throws {
        for (profile, seats) in try RandomProfiles.some(40, seed: 12, voters: 30...60, candidates: 8...12)
        where seats <= 8 {
            for completion in [CommitteeCompletion.none, .phragmen, .mostApproved] {
                func run<Number: ExactInteger>(_ type: Number.Type) -> CommitteeOutcome {
                    EqualSharesCommittee<Number>(profile: profile, seats: seats, completion: completion)
                        .outcome(order: .byIndex, limit: WorkLimit())
                }
                #expect(run(Int128.self) == run(Unbounded.self))
            }
            #expect(
                SequentialPhragmen<Int128>(profile: profile, seats: seats).outcome(order: .byIndex, limit: WorkLimit())
                    == SequentialPhragmen<Unbounded>(profile: profile, seats: seats).outcome(
                        order: .byIndex, limit: WorkLimit()))
        }
    }

    @Test("Thiele rules in words, double words and unbounded numbers", arguments: ThieleFunction.allCases)
    func thiele(function: ThieleFunction) throws {
        for (profile, seats) in try RandomProfiles.some(80, seed: 13, voters: 1...10, candidates: 2...7, weighted: true)
        {
            func run<Number: ExactInteger>(_ type: Number.Type) throws -> [CommitteeOutcome] {
                let weight = profile.totalWeight
                let short = try #require(ThieleTable<Number>(function, length: seats, totalWeight: weight))
                let long = try #require(
                    ThieleTable<Number>(function, length: max(profile.largestBallot, 1), totalWeight: weight))
                var search = ConcaveSearch(
                    profile: profile, seats: seats, gains: [short.gain],
                    table: Array(repeating: 0, count: profile.voterCount), limit: WorkLimit())
                return [
                    SequentialThiele(short, profile: profile, seats: seats).outcome(order: nil, limit: WorkLimit()),
                    ReverseSequentialThiele(long, profile: profile, seats: seats).outcome(
                        order: nil, limit: WorkLimit()),
                    search.run(order: nil).outcome,
                ]
            }
            let wide = try run(Unbounded.self)
            #expect(try run(Int128.self) == wide)
            if function != .lexicographic, function != .adams { #expect(try run(Int.self) == wide) }
        }
    }

    @Test("a profile whose numbers outgrow a word still ties exactly")
    func cloneTies() throws {
        // Twelve disjoint groups of equal size with three clones each: every step is a tie among many.
        let ballots = (0..<600).map { voter in (0..<36).filter { $0 % 12 == voter % 12 } }
        let profile = try ApprovalProfile(candidateCount: 36, ballots: ballots)
        for rule in [CommitteeRule.phragmen, .equalShares(.phragmen), .sequentialThiele(.proportional)] {
            let committee = try rule.outcome(of: profile, seats: 24, ties: .byIndex).committees[0]
            #expect(committee.members == Array(0..<24), "\(rule.name)")
        }
        let capped = try CommitteeRule.phragmen.outcome(
            of: profile, seats: 24, limit: WorkLimit(nodes: 5_000, committees: 20))
        #expect(capped.completeness != .complete)
        #expect(!capped.committees.isEmpty)
    }
}
