/// Outcomes where ties make more than one possible, and whether these are all of them.
public struct TiedBudgets: Hashable, Sendable {
    /// Each outcome as places of projects in rising order; the outcomes in lexicographic order.
    public let outcomes: [[Int]]
    /// Whether every way of settling the ties was looked at. If not, each of these is an outcome, but there may be
    /// others.
    public let isComplete: Bool

    init(_ outcomes: Set<[Int]>, isComplete: Bool) {
        self.outcomes = outcomes.sorted { $0.lexicographicallyPrecedes($1) }
        self.isComplete = isComplete
    }
}

extension ChoiceOrder {
    /// Checks that the order fits.
    func fits(projects count: Int) throws(BudgetError) {
        guard choices.count == count else { throw BudgetError.order(count: choices.count, expected: count) }
    }
}
