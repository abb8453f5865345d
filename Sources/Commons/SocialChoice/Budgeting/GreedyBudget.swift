/// What the greedy rule puts first.
public enum GreedyMeasure: String, Hashable, Sendable, Codable, CaseIterable {
    /// Most votes first: what most cities do.
    case votes
    /// Most votes for each unit of money first; what costs nothing comes before all, by votes.
    case votesPerCost
    /// Most points first, where ballots give points.
    case points
}

extension BudgetElection {
    /// Greedy: takes projects by votes, as long as the money lasts.
    ///
    /// The rule that most cities use (Rey and Maly, "The (computational) social choice take on indivisible
    /// participatory budgeting", 2023, arXiv 2303.00621, describe it among others). It is easy to explain, and takes
    /// the most wanted project if it can be paid for. It isn't for electorates in which minorities should get
    /// something: a majority of a little over half can decide about all of the money. For those see
    /// ``equalShares(for:completion:settlingTiesBy:)``.
    ///
    /// - Parameters:
    ///   - measure: what comes first.
    ///   - order: settles ties.
    ///   - stopsEarly: whether to stop at the first project that can't be paid for, rather than to skip it.
    /// - Returns: the places of the chosen projects, in the order in which they were taken.
    /// - Throws: ``BudgetError`` if the order doesn't fit or there are no points to count.
    /// - Complexity: O(*l* + *p* log *p*) for *p* projects and ballots of length *l* together.
    public func greedy(
        by measure: GreedyMeasure = .votes, settlingTiesBy order: ChoiceOrder, stopsEarly: Bool = false
    ) throws(BudgetError) -> [Int] {
        try order.fits(projects: projects.count)
        return greedy(try priorities(by: measure), order: order, stopsEarly: stopsEarly, having: [])
    }

    /// Every outcome of the greedy rule under some way of settling each tie.
    ///
    /// - Parameters:
    ///   - measure: what comes first.
    ///   - limit: how many different states to look at, at least 1. The number of outcomes can grow exponentially with
    ///     the number of tied projects.
    /// - Throws: ``BudgetError/noPoints(_:)`` if there are no points to count.
    public func greedyOutcomes(
        by measure: GreedyMeasure = .votes, limit: Int = 10_000
    ) throws(BudgetError) -> TiedBudgets {
        let groups = try priorities(by: measure)
        var outcomes: Set<[Int]> = []
        // How far in the groups, what is taken, and what of this group isn't.
        struct State: Hashable {
            var group: Int
            var taken: [Int]
            var left: [Int]
        }
        var stack = [State(group: 0, taken: [], left: groups.first ?? [])]
        var seen: Set<State> = []
        while var state = stack.popLast() {
            guard seen.insert(state).inserted else { continue }
            let isLast = seen.count >= max(1, limit)
            var isCut = false
            var isForked = false
            while state.group < groups.count, !isForked {
                let money = budget - cost(of: state.taken)
                let fitting = state.left.filter { projects[$0].cost <= money }
                if cost(of: fitting) <= money {
                    // All of them fit together, in any order.
                    state.taken = (state.taken + fitting).sorted()
                    state.group += 1
                    state.left = state.group < groups.count ? groups[state.group] : []
                } else {
                    isCut = isLast
                    isForked = !isLast
                    for next in isLast ? [fitting[0]] : fitting {
                        let branch = State(
                            group: state.group, taken: (state.taken + [next]).sorted(),
                            left: fitting.filter { $0 != next })
                        if isLast { state = branch } else { stack.append(branch) }
                    }
                }
            }
            if state.group == groups.count { outcomes.insert(state.taken) }
            if isLast { return TiedBudgets(outcomes, isComplete: !isCut && stack.allSatisfy { seen.contains($0) }) }
        }
        return TiedBudgets(outcomes, isComplete: true)
    }

    /// Takes what fits, group by group of equal priority, on top of what there is.
    func greedy(
        _ groups: [[Int]], order: ChoiceOrder, stopsEarly: Bool = false, having taken: [Int]
    ) -> [Int] {
        var money = budget - cost(of: taken)
        var chosen: [Int] = []
        let had = Set(taken)
        for group in groups {
            for project in group.sorted(by: { order.places[$0] < order.places[$1] }) where !had.contains(project) {
                if projects[project].cost <= money {
                    money = money - projects[project].cost
                    chosen.append(project)
                } else if stopsEarly {
                    return chosen
                }
            }
        }
        return chosen
    }

    /// The projects in groups of equal priority, the first to be taken first.
    func priorities(by measure: GreedyMeasure) throws(BudgetError) -> [[Int]] {
        let keys: [(first: BudgetAmount, second: BudgetAmount)]
        let votes = votes
        switch measure {
        case .votes: keys = votes.map { (BudgetAmount($0), .zero) }
        case .votesPerCost:
            keys = projects.indices.map { place in
                let amount = BudgetAmount(votes[place])
                // What costs nothing is marked by a second key above all others.
                return amount.divided(by: projects[place].cost).map { (.zero, $0) } ?? (1, amount)
            }
        case .points:
            guard let points else { throw BudgetError.noPoints(kind) }
            keys = points.map { ($0, .zero) }
        }
        let sorted = projects.indices.sorted {
            keys[$0] == keys[$1] ? $0 < $1 : (keys[$1].first, keys[$1].second) < (keys[$0].first, keys[$0].second)
        }
        var groups: [[Int]] = []
        for project in sorted {
            if let last = groups.last?.first, keys[last] == keys[project] {
                groups[groups.count - 1].append(project)
            } else {
                groups.append([project])
            }
        }
        return groups
    }
}
