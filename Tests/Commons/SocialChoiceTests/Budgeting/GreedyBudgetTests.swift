import SocialChoice
import Testing

@Suite("The greedy rule over budgets")
struct GreedyBudgetTests {
    static func election() throws -> BudgetElection {
        try BudgetElection(
            budget: 10,
            projects: [6, 5, 4, 1, 0].enumerated().map { BudgetProject(id: "\($0.offset)", cost: $0.element) },
            kind: .approval,
            ballots: [BudgetBallot([0, 1], weight: 5), BudgetBallot([0, 2], weight: 3), BudgetBallot([3], weight: 2)])
    }

    @Test("takes by votes and skips what it can't pay for, or stops there if told to")
    func byVotes() throws {
        let election = try Self.election()
        let order = ChoiceOrder(listed: 5)
        #expect(election.votes == [8, 5, 3, 2, 0])
        #expect(try election.greedy(settlingTiesBy: order) == [0, 2, 4])
        #expect(try election.greedy(settlingTiesBy: order, stopsEarly: true) == [0])
        // 8/6, 5/5, 3/4, 2/1, and what costs nothing first.
        #expect(try election.greedy(by: .votesPerCost, settlingTiesBy: order) == [4, 3, 0])
        #expect(throws: BudgetError.noPoints(.approval)) { try election.greedy(by: .points, settlingTiesBy: order) }
        #expect(throws: BudgetError.order(count: 2, expected: 5)) {
            try election.greedy(settlingTiesBy: ChoiceOrder(listed: 2))
        }
    }

    @Test("lists just the outcomes that some order gives", arguments: UInt64(0)..<10)
    func outcomes(seed: UInt64) throws {
        var random = RankingSeed(seed)
        for _ in 0..<30 {
            let election = try BudgetElection.random(projects: 1...5, voters: 1...4, kind: .scoring, using: &random)
            let orders = permutations(Array(election.projects.indices)).compactMap(ChoiceOrder.init)
            for measure in GreedyMeasure.allCases {
                let expected = Set(try orders.map { try election.greedy(by: measure, settlingTiesBy: $0).sorted() })
                let found = try election.greedyOutcomes(by: measure)
                #expect(found.isComplete)
                #expect(Set(found.outcomes) == expected)
                let cut = try election.greedyOutcomes(by: measure, limit: 1)
                #expect(cut.outcomes.count == 1 && expected.contains(cut.outcomes[0]))
                #expect(cut.isComplete == (expected.count == 1) || !cut.isComplete)
            }
        }
    }

    @Test("what is wrong with an election is refused")
    func refusals() throws {
        func error(_ budget: BudgetAmount, _ costs: [BudgetAmount], _ ballots: [BudgetBallot]) -> BudgetError? {
            #expect(throws: BudgetError.self) {
                try BudgetElection(
                    budget: budget,
                    projects: costs.enumerated().map { BudgetProject(id: "\($0.offset)", cost: $0.element) },
                    kind: .approval, ballots: ballots)
            }
        }
        #expect(error(-1, [], []) == .negativeBudget)
        #expect(error(1, [1, -1], []) == .negativeCost(project: 1))
        #expect(error(1, [1], [BudgetBallot([1])]) == .project(1, ballot: 0))
        #expect(error(1, [1], [BudgetBallot([0, 0])]) == .project(0, ballot: 0))
        #expect(error(1, [1], [BudgetBallot([0], points: [1])]) == .points(ballot: 0))
        #expect(error(1, [1], [BudgetBallot([0], weight: 0)]) == .weight(0, ballot: 0))
        #expect(error(1, [1], [BudgetBallot([0], weight: .max)]) == .tooMuchWeight)
        #expect(throws: BudgetError.repeatedProject(id: "a")) {
            try BudgetElection(
                budget: 1, projects: [BudgetProject(id: "a", cost: 1), BudgetProject(id: "a", cost: 2)],
                kind: .approval, ballots: [])
        }
    }
}
