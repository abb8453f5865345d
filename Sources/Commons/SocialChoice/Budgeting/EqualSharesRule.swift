import BigInt

/// The Method of Equal Shares over one election: single runs, raised shares, and all ways of settling ties.
struct EqualSharesRule {
    typealias Purchase = EqualSharesOutcome.Purchase

    let election: BudgetElection
    let input: EqualSharesInput
    let order: ChoiceOrder

    /// The projects with a supporter and a cost, and those with a supporter and none.
    private var supported: (priced: [Int], free: [Int]) {
        let supported = input.supporters.indices.filter { !input.supporters[$0].isEmpty }
        return (supported.filter { input.costs[$0] > 0 }, supported.filter { input.costs[$0] == 0 })
    }

    /// What each voter has at first. Nil without voters.
    private var share: BudgetAmount? {
        election.budget.divided(by: BudgetAmount(election.voterWeight))
    }

    /// Runs once, or again and again with more, as long as what is bought can be paid for.
    func raised(
        by step: BudgetAmount?, limit: Int
    ) -> (purchases: [Purchase], share: BudgetAmount, raises: Int, isComplete: Bool) {
        guard var share else { return ([], .zero, 0, true) }
        let (priced, free) = supported
        let gifts = free.sorted { order.places[$0] < order.places[$1] }.map { Purchase(project: $0, price: .zero) }
        // Kept from run to run: copying the profile each time would cost more than the run itself.
        var small = EqualSharesCount<Int128>(input)
        var large: EqualSharesCount<BigInt>?
        func once(_ share: BudgetAmount) -> [Purchase] {
            if small != nil, let found = try? run(&small, share, priced) { return found }
            small = nil
            if large == nil { large = EqualSharesCount<BigInt>(input) }
            // Numbers of any size don't overflow.
            return (try? run(&large, share, priced)) ?? []
        }
        var bought = once(share)
        guard let step else { return (gifts + bought, share, 0, true) }
        var raises = 0
        while true {
            let money = election.budget - election.cost(of: bought.map(\.project))
            let has = Set(bought.map(\.project))
            guard priced.contains(where: { !has.contains($0) && election.projects[$0].cost <= money }) else { break }
            guard raises < limit else { return (gifts + bought, share, raises, false) }
            let next = once(share + step)
            if election.cost(of: next.map(\.project)) > election.budget { break }
            bought = next
            share = share + step
            raises += 1
        }
        return (gifts + bought, share, raises, true)
    }

    /// One run. The count comes in and goes out, so that its arrays are used again.
    private func run<Number>(
        _ count: inout EqualSharesCount<Number>?, _ share: BudgetAmount, _ projects: [Int]
    ) throws(BudgetOverflow) -> [Purchase] {
        guard var own = count.take() else { throw BudgetOverflow() }
        defer { count = own }
        try own.start(share: share * BudgetAmount(input.parts, over: 1), projects: projects)
        var bought: [Purchase] = []
        while let offer = order.first(of: try own.offers()) {
            bought.append(purchase(offer, at: own.denominator))
            try own.buy(offer)
        }
        return bought
    }

    private func purchase<Number>(_ offer: EqualSharesCount<Number>.Offer, at denominator: Number) -> Purchase {
        // Utilities in points were scaled up by the inputs' own parts; the price is for a point as it was given.
        let price = BudgetAmount(offer.need.big, over: denominator.big * offer.payers.big * input.parts)
        return Purchase(project: offer.project, price: price * BudgetAmount(input.pointParts, over: 1))
    }

    /// Follows every tie.
    func outcomes(limit: Int) -> TiedBudgets {
        guard let share else { return TiedBudgets([[]], isComplete: true) }
        if let small = EqualSharesCount<Int128>(input),
            let found = try? outcomes(small, share, limit: max(1, limit))
        {
            return found
        }
        // Numbers of any size don't overflow.
        guard let large = EqualSharesCount<BigInt>(input),
            let found = try? outcomes(large, share, limit: max(1, limit))
        else { return TiedBudgets([], isComplete: false) }
        return found
    }

    private func outcomes<Number>(
        _ count: EqualSharesCount<Number>, _ share: BudgetAmount, limit: Int
    ) throws(BudgetOverflow) -> TiedBudgets {
        let (priced, free) = supported
        var first = count
        try first.start(share: share * BudgetAmount(input.parts, over: 1), projects: priced)
        var outcomes: Set<[Int]> = []
        // The same projects bought in another order can leave voters with other money; then both are looked at.
        var seen: Set<Standing<Number>> = []
        var stack = [(count: first, bought: free)]
        var rounds = 0
        while var state = stack.popLast() {
            while seen.insert(Standing(bought: state.bought.sorted(), money: try state.count.standing())).inserted {
                if rounds == limit { return TiedBudgets(outcomes, isComplete: false) }
                rounds += 1
                let offers = try state.count.offers()
                guard let next = offers.first else {
                    outcomes.insert(state.bought.sorted())
                    break
                }
                for other in offers.dropFirst() {
                    var branch = state
                    try branch.count.buy(other)
                    branch.bought.append(other.project)
                    stack.append(branch)
                }
                try state.count.buy(next)
                state.bought.append(next.project)
            }
        }
        return TiedBudgets(outcomes, isComplete: true)
    }

    /// What is bought and what is left to whom, in lowest terms: from here on everything is the same.
    private struct Standing<Number: BudgetInteger>: Hashable {
        let bought: [Int]
        let money: [Number]
    }
}

extension ChoiceOrder {
    /// The offer whose project comes first. Nil if there are none.
    fileprivate func first<Number>(
        of offers: [EqualSharesCount<Number>.Offer]
    ) -> EqualSharesCount<Number>.Offer? {
        offers.min { places[$0.project] < places[$1.project] }
    }
}
