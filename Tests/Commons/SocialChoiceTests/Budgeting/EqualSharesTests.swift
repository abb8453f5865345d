import SocialChoice
import Testing

@Suite("The Method of Equal Shares over budgets")
struct EqualSharesTests {
    static let satisfactions: [BudgetSatisfaction] = [.cardinality, .cost, .points]

    /// The rule as the paper writes it, over fractions, voter by voter: slow and plain.
    static func plain(
        _ election: BudgetElection, _ satisfaction: BudgetSatisfaction, share: BudgetAmount, order: ChoiceOrder
    ) -> [Int] {
        var utilities: [[Int: BudgetAmount]] = []
        for ballot in election.ballots {
            var own: [Int: BudgetAmount] = [:]
            for (place, project) in ballot.projects.enumerated() {
                switch satisfaction {
                case .cardinality: own[project] = 1
                case .cost: own[project] = election.projects[project].cost
                case .points where ballot.points[place] > .zero: own[project] = ballot.points[place]
                case .points: break
                }
            }
            for _ in 0..<ballot.weight { utilities.append(own) }
        }
        var money = utilities.map { _ in share }
        let free = election.projects.indices.filter { project in
            election.projects[project].cost == .zero && utilities.contains { $0[project] != nil }
        }
        var chosen = order.choices.filter { free.contains($0) }
        while true {
            var best: (price: BudgetAmount, project: Int)?
            for project in order.choices where !chosen.contains(project) && election.projects[project].cost > .zero {
                let supporters = utilities.indices.filter { utilities[$0][project] != nil }
                let all = supporters.reduce(BudgetAmount.zero) { $0 + money[$1] }
                guard !supporters.isEmpty, all >= election.projects[project].cost else { continue }
                // The price is where everybody who runs out before it has given all.
                let ends = supporters.map { money[$0].divided(by: utilities[$0][project]!)! }
                var price: BudgetAmount?
                for candidate in ([.zero] + ends).sorted() {
                    let poor = zip(supporters, ends).filter { $0.1 < candidate || ($0.1 == candidate) }.map(\.0)
                    let rich = supporters.filter { !poor.contains($0) }
                    let given = poor.reduce(BudgetAmount.zero) { $0 + money[$1] }
                    let units = rich.reduce(BudgetAmount.zero) { $0 + utilities[$1][project]! }
                    let need = election.projects[project].cost - given
                    let this = units == .zero ? candidate : need.divided(by: units)!
                    let paid = zip(supporters, ends).reduce(BudgetAmount.zero) { sum, voter in
                        sum + min(money[voter.0], this * utilities[voter.0][project]!)
                    }
                    if paid == election.projects[project].cost {
                        price = price.map { min($0, this) } ?? this
                    }
                }
                if let price, best == nil || price < best!.price { best = (price, project) }
            }
            guard let best else { return chosen }
            chosen.append(best.project)
            for voter in utilities.indices {
                if let utility = utilities[voter][best.project] {
                    money[voter] = money[voter] - min(money[voter], best.price * utility)
                }
            }
        }
    }

    @Test(
        "agrees with the paper's definition, whatever the order, and lists each of these outcomes",
        arguments: UInt64(0)..<8)
    func definition(seed: UInt64) throws {
        var random = RankingSeed(seed)
        for round in 0..<8 {
            let election = try BudgetElection.random(
                projects: 1...4, voters: 1...6, costs: round % 4 == 0 ? 0...3 : 1...60, kind: .cumulative,
                using: &random)
            let share = try #require(election.budget.divided(by: BudgetAmount(election.voterWeight)))
            for satisfaction in Self.satisfactions {
                var all: Set<[Int]> = []
                let orders = permutations(Array(election.projects.indices)).shuffled(using: &random).prefix(6)
                for order in orders.compactMap(ChoiceOrder.init) {
                    let outcome = try election.equalShares(for: satisfaction, settlingTiesBy: order)
                    #expect(outcome.chosen == Self.plain(election, satisfaction, share: share, order: order))
                    #expect(outcome.share == share && outcome.raises == 0 && outcome.isComplete)
                    #expect(election.cost(of: outcome.chosen) <= election.budget)
                    all.insert(outcome.chosen.sorted())
                }
                let tied = try election.equalSharesOutcomes(for: satisfaction)
                #expect(tied.isComplete)
                #expect(all.isSubset(of: tied.outcomes))
            }
        }
    }

    @Test("counts the same in numbers of any size as in 128 bits", arguments: UInt64(0)..<10)
    func size(seed: UInt64) throws {
        var random = RankingSeed(seed)
        let huge = try #require(BudgetAmount("1234567890123456789012345678901234567.89"))
        for _ in 0..<8 {
            let election = try BudgetElection.random(projects: 2...8, voters: 2...20, kind: .scoring, using: &random)
            let scaled = try election.scaled(by: huge)
            let order = ChoiceOrder(count: election.projects.count, seed: seed)
            for satisfaction in Self.satisfactions {
                let (small, large) = (
                    try election.equalShares(for: satisfaction, completion: .raise(step: 1), settlingTiesBy: order),
                    try scaled.equalShares(for: satisfaction, completion: .raise(step: huge), settlingTiesBy: order)
                )
                #expect(small.chosen == large.chosen && small.raises == large.raises)
                #expect(large.purchases.map(\.price) == small.purchases.map { $0.price * huge })
                let ties = try (
                    election.equalSharesOutcomes(for: satisfaction), scaled.equalSharesOutcomes(for: satisfaction)
                )
                #expect(ties.0 == ties.1)
            }
        }
    }

    @Test(
        "raising goes on while the outcome can be paid for, and completing takes what still fits",
        arguments: UInt64(0)..<10)
    func completions(seed: UInt64) throws {
        var random = RankingSeed(seed)
        var raised = 0
        for _ in 0..<8 {
            let election = try BudgetElection.random(projects: 2...6, voters: 2...8, using: &random)
            let order = ChoiceOrder(count: election.projects.count, seed: seed)
            let share = try #require(election.budget.divided(by: BudgetAmount(election.voterWeight)))
            let step = try #require(BudgetAmount("0.25"))
            for satisfaction in [BudgetSatisfaction.cardinality, .cost] {
                func run(_ completion: EqualSharesCompletion) throws -> EqualSharesOutcome {
                    try election.equalShares(for: satisfaction, completion: completion, settlingTiesBy: order)
                }
                // By hand: again and again, until too dear or nothing that somebody wants fits.
                var (own, steps) = (share, 0)
                var chosen = Self.plain(election, satisfaction, share: own, order: order)
                while election.projects.indices.contains(where: {
                    !chosen.contains($0) && election.votes[$0] > 0
                        && election.cost(of: chosen + [$0]) <= election.budget
                }) {
                    let next = Self.plain(election, satisfaction, share: own + step, order: order)
                    if election.cost(of: next) > election.budget { break }
                    (chosen, own, steps) = (next, own + step, steps + 1)
                }
                let outcome = try run(.raise(step: step))
                #expect(outcome.chosen == chosen)
                #expect(outcome.share == own && outcome.raises == steps && outcome.isComplete)
                raised += min(steps, 1)
                let both = try run(.raiseThenUtilitarian(step: step))
                #expect(both.purchases == outcome.purchases)
                let left = election.budget - election.cost(of: both.chosen)
                #expect(left >= .zero)
                #expect(!order.choices.contains { !both.chosen.contains($0) && election.projects[$0].cost <= left })
                let votes = both.completedBy.map { election.votes[$0] }
                #expect(votes == votes.sorted(by: >))
            }
        }
        #expect(raised > 3)
    }

    @Test("gives each half of a divided town half of the money, where greedy gives all to the larger")
    func divided() throws {
        let projects = (0..<8).map { BudgetProject(id: "\($0)", cost: 10) }
        let election = try BudgetElection(
            budget: 40, projects: projects, kind: .approval,
            ballots: [BudgetBallot([0, 1, 2, 3], weight: 51), BudgetBallot([4, 5, 6, 7], weight: 50)])
        let order = ChoiceOrder(listed: 8)
        #expect(try election.greedy(settlingTiesBy: order) == [0, 1, 2, 3])
        #expect(
            try election.equalShares(for: .cost, completion: .utilitarian, settlingTiesBy: order).chosen.sorted() == [
                0, 1, 2, 4,
            ])
        let raised = try election.equalShares(
            for: .cost, completion: .raise(step: BudgetAmount("0.01")!), settlingTiesBy: order)
        #expect(raised.chosen.sorted() == [0, 1, 4, 5])
        #expect(try election.representation(of: [0, 1, 2, 3], for: .cardinality) != .holds)
    }

    @Test("says when raising stopped at its limit, and refuses a step of nothing")
    func limits() throws {
        let election = try BudgetElection(
            budget: 1000, projects: [BudgetProject(id: "a", cost: 900), BudgetProject(id: "b", cost: 1)],
            kind: .approval, ballots: [BudgetBallot([0]), BudgetBallot([1], weight: 9)])
        let order = ChoiceOrder(listed: 2)
        let cut = try election.equalShares(
            for: .cost, completion: .raise(step: 1), settlingTiesBy: order, raiseLimit: 3)
        #expect(cut.chosen == [1] && cut.raises == 3 && !cut.isComplete)
        let whole = try election.equalShares(for: .cost, completion: .raise(step: 1), settlingTiesBy: order)
        #expect(whole.chosen.sorted() == [0, 1] && whole.raises == 800 && whole.isComplete)
        #expect(throws: BudgetError.step) {
            try election.equalShares(for: .cost, completion: .raise(step: 0), settlingTiesBy: order)
        }
        #expect(throws: BudgetError.noPoints(.approval)) {
            try election.equalShares(for: .points, settlingTiesBy: order)
        }
        #expect(try election.equalSharesOutcomes(for: .cost, limit: 1).isComplete == false)
    }

    @Test("nobody, nothing and no money are no trouble")
    func nothing() throws {
        for (budget, costs, ballots): (BudgetAmount, [BudgetAmount], [BudgetBallot]) in [
            (0, [], []), (5, [1], []), (0, [1, 0], [BudgetBallot([0, 1])]), (5, [3], [BudgetBallot([])]),
        ] {
            let projects = costs.enumerated().map { BudgetProject(id: "\($0.offset)", cost: $0.element) }
            let election = try BudgetElection(budget: budget, projects: projects, kind: .approval, ballots: ballots)
            let order = ChoiceOrder(listed: costs.count)
            let outcome = try election.equalShares(
                for: .cost, completion: .raise(step: 1), settlingTiesBy: order)
            #expect(outcome.chosen == (ballots == [BudgetBallot([0, 1])] ? [1] : []))
            #expect(try election.representation(of: outcome.chosen, for: .cost) == .holds)
            #expect(try election.equalSharesOutcomes(for: .cost).outcomes == [outcome.chosen])
        }
    }
}
