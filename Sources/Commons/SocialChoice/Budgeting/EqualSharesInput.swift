import BigInt

/// What Equal Shares needs of an election, in whole numbers: who supports what, how much, and what it costs.
///
/// Voters with the same ballot pay the same for everything, so they are one class with a weight.
struct EqualSharesInput {
    /// What each project costs, in parts of one unit of money.
    let costs: [BigInt]
    /// The parts of one unit of money.
    let parts: BigInt
    /// What a supporter gets from each project, where all of them get the same; else 1.
    let units: [BigInt]
    /// For each project the classes that support it.
    let supporters: [[Int32]]
    /// What each of these gets, in the same order. Nil where all supporters of a project get the same.
    let utilities: [[BigInt]]?
    /// By what the points of ballots were multiplied to make these whole numbers; else 1.
    let pointParts: BigInt
    /// How many voters each class stands for.
    let weights: [Int]

    init(_ election: BudgetElection, _ satisfaction: BudgetSatisfaction, step: BudgetAmount?) throws(BudgetError) {
        if satisfaction == .points, !election.kind.hasPoints { throw BudgetError.noPoints(election.kind) }
        var classes: [BallotClass: Int] = [:]
        var weights: [Int] = []
        var supporters = [[Int32]](repeating: [], count: election.projects.count)
        var points = [[BudgetAmount]](repeating: [], count: election.projects.count)
        for ballot in election.ballots where !ballot.projects.isEmpty {
            var key = BallotClass(projects: ballot.projects, points: [])
            if satisfaction == .points {
                key.points = ballot.points
            } else {
                key.projects.sort()
            }
            if let known = classes[key] {
                weights[known] += ballot.weight
                continue
            }
            let new = weights.count
            classes[key] = new
            weights.append(ballot.weight)
            for (place, project) in key.projects.enumerated() {
                if satisfaction == .points {
                    guard key.points[place] > .zero else { continue }
                    points[project].append(key.points[place])
                }
                supporters[project].append(Int32(new))
            }
        }
        self.weights = weights
        self.supporters = supporters
        let amounts = election.projects.map(\.cost) + [election.budget] + (step.map { [$0] } ?? [])
        let parts = Self.commonDenominator(amounts)
        let costs = election.projects.map { $0.cost.numerator * (parts / $0.cost.denominator) }
        self.parts = parts
        self.costs = costs
        units = satisfaction == .cost ? costs : costs.map { _ in 1 }
        if satisfaction == .points {
            let parts = Self.commonDenominator(points.joined())
            utilities = points.map { $0.map { $0.numerator * (parts / $0.denominator) } }
            pointParts = parts
        } else {
            utilities = nil
            pointParts = 1
        }
    }

    private struct BallotClass: Hashable {
        var projects: [Int]
        var points: [BudgetAmount]
    }

    private static func commonDenominator(_ amounts: some Sequence<BudgetAmount>) -> BigInt {
        amounts.reduce(into: 1) { common, amount in
            if common % amount.denominator != 0 {
                common *= amount.denominator / common.greatestCommonDivisor(with: amount.denominator)
            }
        }
    }
}
