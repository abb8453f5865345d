import BigInt

/// Whether an outcome gives every large enough group that agrees what its share of the budget pays for.
public enum BudgetRepresentation: Hashable, Sendable {
    /// Every group is represented: all of them were looked at.
    case holds
    /// A group isn't.
    case fails(Group)
    /// The check stopped at its limit without finding a group that isn't represented. There may be one.
    case undecided

    /// Voters who agree on projects that their share of the budget pays for, and none of whom got as much.
    public struct Group: Hashable, Sendable {
        /// The projects that all of them name, in rising order.
        public let projects: [Int]
        /// Their ballots, in rising order.
        public let ballots: [Int]
        /// What they weigh together.
        public let weight: Int
    }
}

extension BudgetElection {
    /// Checks extended justified representation of an outcome, as a rule up to one project.
    ///
    /// A group of voters deserves projects that all of them name if its part of the budget, by its share of all voters,
    /// pays for them. It is represented if one of its members gets at least as much from the outcome; up to one
    /// project, if that member would get more with one more project. For `cardinality` the two are the same. Peters,
    /// Pierczyński and Skowron, "Proportional participatory budgeting with additive utilities", NeurIPS 2021,
    /// arXiv 2008.13276, who also show that ``equalShares(for:completion:settlingTiesBy:raiseLimit:)`` passes.
    ///
    /// - Parameters:
    ///   - outcome: the chosen projects.
    ///   - satisfaction: what a voter gets from a project: `cardinality` or `cost`.
    ///   - upToOne: whether a group is content where one more project would make a member content.
    ///   - limit: how many sets of projects to look at. To decide this is coNP-complete (Aziz and others 2017,
    ///     doi:10.1007/s00355-016-1019-3), so the check gives up then.
    /// - Throws: ``BudgetError/approvalsOnly`` for `points`.
    /// - Complexity: O(*l*) a set of projects for ballots of length *l* together. Sets whose supporters couldn't pay
    ///   for them are never extended, so real votes need few.
    public func representation(
        of outcome: [Int], for satisfaction: BudgetSatisfaction, upToOne: Bool = true, limit: Int = 100_000
    ) throws(BudgetError) -> BudgetRepresentation {
        guard satisfaction != .points else { throw BudgetError.approvalsOnly }
        var search = RepresentationSearch(
            election: self, outcome: Set(outcome), input: try EqualSharesInput(self, satisfaction, step: nil),
            upToOne: upToOne, limit: limit)
        let classes = (0..<search.input.weights.count).map { Int32($0) }
        if let found = search.group(among: classes, projects: [], from: 0, cost: 0, worth: 0) { return .fails(found) }
        return search.left < 0 ? .undecided : .holds
    }
}

private struct RepresentationSearch {
    let election: BudgetElection
    let input: EqualSharesInput
    /// What each class gets, and what it would get with the best project it names and didn't get. Nil if it got all.
    let gets: [BigInt]
    let couldGet: [BigInt?]
    let upToOne: Bool
    let budget: BigInt
    /// How many sets may still be looked at. Below zero: there were more.
    var left: Int

    init(election: BudgetElection, outcome: Set<Int>, input: EqualSharesInput, upToOne: Bool, limit: Int) {
        var gets = [BigInt](repeating: 0, count: input.weights.count)
        var best = [BigInt?](repeating: nil, count: input.weights.count)
        for project in election.projects.indices {
            for voter in input.supporters[project] {
                if outcome.contains(project) {
                    gets[Int(voter)] += input.units[project]
                } else {
                    best[Int(voter)] = max(best[Int(voter)] ?? 0, input.units[project])
                }
            }
        }
        self.election = election
        self.input = input
        self.gets = gets
        couldGet = zip(gets, best).map { gets, best in best.map { gets + $0 } }
        self.upToOne = upToOne
        budget = election.budget.numerator * (input.parts / election.budget.denominator)
        left = max(0, limit)
    }

    /// Looks for a group among the classes that name all of some projects, with more projects from a place on.
    mutating func group(
        among classes: [Int32], projects: [Int], from start: Int, cost: BigInt, worth: BigInt
    ) -> BudgetRepresentation.Group? {
        for project in start..<max(start, election.projects.count) {
            let both = intersection(classes, input.supporters[project])
            let total = cost + input.costs[project]
            guard !both.isEmpty, pays(both, total) else { continue }
            left -= 1
            guard left >= 0 else { return nil }
            let deserved = worth + input.units[project]
            let chosen = projects + [project]
            let lacking = both.filter { lacks(Int($0), deserved) }
            if !lacking.isEmpty, pays(lacking, total) { return witness(lacking, chosen) }
            if let found = group(among: both, projects: chosen, from: project + 1, cost: total, worth: deserved) {
                return found
            }
        }
        return nil
    }

    /// What two rising rows have in common.
    private func intersection(_ first: [Int32], _ second: [Int32]) -> [Int32] {
        var common: [Int32] = []
        var place = 0
        for candidate in first {
            while place < second.count, second[place] < candidate { place += 1 }
            if place < second.count, second[place] == candidate { common.append(candidate) }
        }
        return common
    }

    private func pays(_ classes: [Int32], _ cost: BigInt) -> Bool {
        BigInt(classes.reduce(0) { $0 + input.weights[Int($1)] }) * budget >= cost * BigInt(election.voterWeight)
    }

    private func lacks(_ voter: Int, _ deserved: BigInt) -> Bool {
        guard gets[voter] < deserved else { return false }
        guard upToOne, let more = couldGet[voter] else { return true }
        return more <= deserved
    }

    /// The ballots of some classes. A class's ballots name the same projects, so they are found by that.
    private func witness(_ classes: [Int32], _ projects: [Int]) -> BudgetRepresentation.Group {
        var names = [Set<Int>](repeating: [], count: input.weights.count)
        for project in election.projects.indices {
            for voter in input.supporters[project] { names[Int(voter)].insert(project) }
        }
        let wanted = Set(classes.map { names[Int($0)] })
        let ballots = election.ballots.indices.filter { wanted.contains(Set(election.ballots[$0].projects)) }
        return BudgetRepresentation.Group(
            projects: projects, ballots: ballots, weight: classes.reduce(0) { $0 + input.weights[Int($1)] })
    }
}
