/// What a voter gets from a project, when Equal Shares asks.
public enum BudgetSatisfaction: String, Hashable, Sendable, Codable, CaseIterable {
    /// One for each funded project that the ballot names: many small projects please more than one large.
    case cardinality
    /// The cost of each funded project that the ballot names: what pleases is the money spent as one wished.
    case cost
    /// The points that the ballot gives, where ballots give points; those at or below 0 count as nothing.
    case points
}

/// What to do with the money that Equal Shares leaves.
public enum EqualSharesCompletion: Hashable, Sendable {
    /// Leave it.
    case none
    /// Take more projects by votes (by points, where points are what counts), as the greedy rule does.
    case utilitarian
    /// Act as if each voter had a step more, and again, while the outcome can be paid for; stop early once nothing more
    /// that has a supporter fits. With a step of 1 this is the "Add1" of equalshares.net.
    case raise(step: BudgetAmount)
    /// First raise, then take more by votes: "Add1U".
    case raiseThenUtilitarian(step: BudgetAmount)

    /// The step, where there is one.
    var step: BudgetAmount? {
        switch self {
        case .none, .utilitarian: nil
        case .raise(let step), .raiseThenUtilitarian(let step): step
        }
    }
}

/// What the Method of Equal Shares finds when an order settles the ties.
public struct EqualSharesOutcome: Hashable, Sendable {
    /// A project that its supporters paid for.
    public struct Purchase: Hashable, Sendable {
        /// Its place among the projects.
        public let project: Int
        /// What each supporter paid at most: in all, or for each point where points count. Whoever had less gave all
        /// they had. Exact.
        public let price: BudgetAmount
    }

    /// What supporters paid for, in the order in which it was bought; what costs nothing comes first.
    public let purchases: [Purchase]
    /// What was taken afterwards by votes, in that order.
    public let completedBy: [Int]
    /// What each voter had to spend: the budget divided by the weight of all voters, and what it was raised by.
    public let share: BudgetAmount
    /// How often it was raised.
    public let raises: Int
    /// Whether raising went on to its end. False only if it stopped at its limit.
    public let isComplete: Bool

    /// All chosen projects, in the order in which they were chosen.
    public var chosen: [Int] { purchases.map(\.project) + completedBy }
}

extension BudgetElection {
    /// The Method of Equal Shares: every voter gets the same part of the budget and pays for what they support.
    ///
    /// Round by round, the project is bought whose supporters can share its cost at the lowest price for each unit of
    /// what they get; whoever has too little gives all they have. Peters, Pierczyński and Skowron, "Proportional
    /// participatory budgeting with additive utilities", NeurIPS 2021, arXiv 2008.13276.
    ///
    /// It satisfies extended justified representation up to one project (for `cardinality`, without exception): a group
    /// whose share of the budget pays for projects that all of it supports gets about as much; see
    /// ``representation(of:for:upToOne:limit:)``. It isn't for spending all of the money: it leaves what supporters can't put together, unless a
    /// completion is asked for. It isn't monotonic in the budget either: with more to spend, a project can drop out.
    ///
    /// - Parameters:
    ///   - satisfaction: what a voter gets from a project.
    ///   - completion: what to do with the money that is left.
    ///   - order: settles ties.
    ///   - raiseLimit: how often to raise the shares at most, if the completion asks for that.
    /// - Throws: ``BudgetError`` if the order doesn't fit, there are no points to count, or a step isn't above 0.
    /// - Complexity: O(*p*² *l*) arithmetic operations at worst and mostly far fewer, for *p* projects and ballots of
    ///   length *l* together; so often again as the share is raised. Counts in 128 bits, and starts again with numbers
    ///   of any size where these are too few.
    public func equalShares(
        for satisfaction: BudgetSatisfaction, completion: EqualSharesCompletion = .none,
        settlingTiesBy order: ChoiceOrder, raiseLimit: Int = 100_000
    ) throws(BudgetError) -> EqualSharesOutcome {
        try order.fits(projects: projects.count)
        if let step = completion.step, step <= .zero { throw BudgetError.step }
        let input = try EqualSharesInput(self, satisfaction, step: completion.step)
        let rule = EqualSharesRule(election: self, input: input, order: order)
        let bought = rule.raised(by: completion.step, limit: raiseLimit)
        var completedBy: [Int] = []
        switch completion {
        case .none, .raise: break
        case .utilitarian, .raiseThenUtilitarian:
            completedBy = greedy(
                try priorities(by: satisfaction == .points ? .points : .votes), order: order,
                having: bought.purchases.map(\.project))
        }
        return EqualSharesOutcome(
            purchases: bought.purchases, completedBy: completedBy, share: bought.share, raises: bought.raises,
            isComplete: bought.isComplete)
    }

    /// Every outcome of Equal Shares, without completion, under some way of settling each tie.
    ///
    /// - Parameters:
    ///   - satisfaction: what a voter gets from a project.
    ///   - limit: how many rounds to work out in all, at least 1. The number of outcomes can grow exponentially with
    ///     the number of tied projects. At the limit the search ends with the outcomes it has, perhaps none.
    /// - Throws: ``BudgetError/noPoints(_:)`` if there are no points to count.
    public func equalSharesOutcomes(
        for satisfaction: BudgetSatisfaction, limit: Int = 10_000
    ) throws(BudgetError) -> TiedBudgets {
        let input = try EqualSharesInput(self, satisfaction, step: nil)
        return EqualSharesRule(election: self, input: input, order: ChoiceOrder(listed: projects.count))
            .outcomes(limit: limit)
    }
}
