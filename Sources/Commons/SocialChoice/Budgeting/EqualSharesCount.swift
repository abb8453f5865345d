import BigInt

/// One run of the Method of Equal Shares, project by project, in exact arithmetic.
///
/// What every voter has left is a whole number over one common denominator, so that within a round all comparisons are
/// of whole numbers. Only buying changes the denominator.
struct EqualSharesCount<Number: BudgetInteger> {
    /// A project that can be bought, and at what price: each supporter pays `need / payers` for each unit of utility,
    /// over the common denominator, or all they have if that is less.
    struct Offer {
        let project: Int
        let need: Number
        let payers: Number
    }

    private let costs: [Number]
    private let units: [Number]
    private let supporters: [[Int32]]
    private let utilities: [[Number]]?
    private let weights: [Number]
    /// What a voter of each class has left.
    private(set) var money: [Number]
    private(set) var denominator: Number
    /// The price of each project when it was last worked out. Prices never fall, so it is a lower bound.
    private var bounds: [Double]
    /// The projects that may still be bought.
    private(set) var open: [Int]

    /// Nil where the numbers don't fit.
    init?(_ input: EqualSharesInput) throws(BudgetOverflow) {
        func converted(_ values: [BigInt]) -> [Number]? {
            let converted = values.compactMap { Number(exactly: $0) }
            return converted.count == values.count ? converted : nil
        }
        guard let costs = converted(input.costs), let units = converted(input.units),
            let weights = converted(input.weights.map { BigInt($0) }), let zero = Number(exactly: 0),
            let one = Number(exactly: 1)
        else { return nil }
        self.costs = costs
        self.units = units
        self.weights = weights
        supporters = input.supporters
        if let all = input.utilities {
            var utilities: [[Number]] = []
            for values in all {
                guard let values = converted(values) else { return nil }
                utilities.append(values)
            }
            self.utilities = utilities
        } else {
            utilities = nil
        }
        money = weights.map { _ in zero }
        denominator = one
        bounds = []
        open = []
    }

    /// Starts anew, with the same for every voter.
    ///
    /// - Parameters:
    ///   - share: what each voter has, in parts of a unit, as a fraction.
    ///   - projects: what can be bought: each with supporters and a cost above 0.
    mutating func start(share: BudgetAmount, projects: [Int]) throws(BudgetOverflow) {
        guard let numerator = Number(exactly: share.numerator), let over = Number(exactly: share.denominator) else {
            throw BudgetOverflow()
        }
        money = money.map { _ in numerator }
        denominator = over
        bounds = costs.map { _ in 0 }
        open = projects
    }

    /// The cheapest offers of this round: more than one is a tie, none is the end.
    mutating func offers() throws(BudgetOverflow) -> [Offer] {
        guard let one = Number(exactly: 1) else { throw BudgetOverflow() }
        var best: [Offer] = []
        var bestPrice = Double.infinity
        var unaffordable: Set<Int> = []
        open.sort { (bounds[$0], $0) < (bounds[$1], $1) }
        for project in open {
            // The bound is exact to within rounding, so a margin above that is safe; the decision itself is exact.
            if bounds[project] > bestPrice * (1 + 1e-9) { break }
            guard let offer = try offer(for: project) else {
                unaffordable.insert(project)
                continue
            }
            let price = offer.need.ratio(to: denominator) / offer.payers.ratio(to: one) / units[project].ratio(to: one)
            bounds[project] = price
            if let first = best.first {
                let mine = try offer.need.times(first.payers.times(units[first.project]))
                let its = try first.need.times(offer.payers.times(units[project]))
                if mine > its { continue }
                if mine < its { best = [] }
            }
            best.append(offer)
            bestPrice = price
        }
        if !unaffordable.isEmpty { open.removeAll { unaffordable.contains($0) } }
        return best
    }

    /// Buys a project: its supporters pay.
    mutating func buy(_ offer: Offer) throws(BudgetOverflow) {
        let common = offer.need.commonDivisor(with: offer.payers)
        let need = offer.need.quotient(by: common)
        let payers = offer.payers.quotient(by: common)
        guard let zero = Number(exactly: 0), let one = Number(exactly: 1) else { throw BudgetOverflow() }
        if payers != one {
            denominator = try denominator.times(payers)
            for voter in money.indices where money[voter] != zero { money[voter] = try money[voter].times(payers) }
        }
        for (place, voter) in supporters[offer.project].enumerated() {
            let price = try price(need, at: place, of: offer.project)
            let left = money[Int(voter)]
            money[Int(voter)] = left > price ? try left.subtracting(price) : zero
        }
        open.removeAll { $0 == offer.project }
        reduce(one)
    }

    /// Divides by what all numbers have in common, so that they stay small.
    private mutating func reduce(_ one: Number) {
        var common = denominator
        for left in money {
            if common == one { return }
            common = common.commonDivisor(with: left)
        }
        guard common != one else { return }
        denominator = denominator.quotient(by: common)
        for voter in money.indices { money[voter] = money[voter].quotient(by: common) }
    }

    /// The lowest price at which supporters can pay for a project together. Nil if they can't.
    ///
    /// Whoever can't pay the price in full gives all they have, and the others pay more; the price rises until nobody
    /// new falls short.
    private func offer(for project: Int) throws(BudgetOverflow) -> Offer? {
        guard var payers = Number(exactly: 0) else { throw BudgetOverflow() }
        var all = payers
        var rich = Array(supporters[project].indices)
        for place in rich {
            let voter = Int(supporters[project][place])
            all = try all.adding(money[voter].times(weights[voter]))
            payers = try payers.adding(weight(of: place, for: project))
        }
        var need = try costs[project].times(denominator)
        guard all >= need else { return nil }
        while true {
            let before = rich.count
            let (goal, among) = (need, payers)
            var kept = 0
            for place in rich {
                let voter = Int(supporters[project][place])
                let price = try price(goal, at: place, of: project)
                if try money[voter].times(among) < price {
                    need = try need.subtracting(money[voter].times(weights[voter]))
                    payers = try payers.subtracting(weight(of: place, for: project))
                } else {
                    rich[kept] = place
                    kept += 1
                }
            }
            rich.removeLast(before - kept)
            if kept == before { return Offer(project: project, need: need, payers: payers) }
        }
    }

    /// What one supporter pays at a price for each unit of utility.
    private func price(_ price: Number, at place: Int, of project: Int) throws(BudgetOverflow) -> Number {
        guard let utilities else { return price }
        return try price.times(utilities[project][place])
    }

    private func weight(of place: Int, for project: Int) throws(BudgetOverflow) -> Number {
        let weight = weights[Int(supporters[project][place])]
        guard let utilities else { return weight }
        return try weight.times(utilities[project][place])
    }
}
