import BigInt

/// One run of the Method of Equal Shares, project by project, in exact arithmetic.
///
/// What every voter has left is a whole number over one common denominator, so that within a round all comparisons are
/// of whole numbers. Only buying changes the denominator, and a voter's number is brought up to date when it is needed.
/// Floating point only tells which projects can't be the cheapest, with a margin for its errors; it decides nothing.
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
    private let zero: Number
    private let one: Number
    /// What a voter of each class has left, over the denominator of the step that is noted beside it.
    private var money: [Number]
    private var steps: [Int32]
    /// The denominator of each step: each is a multiple of the one before.
    private var denominators: [Number]
    /// By what to multiply what was noted at each step, to have it over the last denominator.
    private var factors: [Number?] = []
    /// The same in floating point, and a lower bound of each project's price.
    private var floating: FloatingShares
    /// The projects that may still be bought.
    private var open: [Int] = []

    /// The common denominator of what voters have now.
    var denominator: Number { denominators[denominators.count - 1] }

    /// Nil where the numbers don't fit.
    init?(_ input: EqualSharesInput) {
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
        self.zero = zero
        self.one = one
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
        steps = weights.map { _ in 0 }
        denominators = [one]
        floating = FloatingShares(input)
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
        for voter in money.indices { (money[voter], steps[voter]) = (numerator, 0) }
        denominators = [over]
        factors = [one]
        floating.start(share: share.approximately)
        open = projects
    }

    /// The cheapest offers of this round: more than one is a tie, none is the end.
    mutating func offers() throws(BudgetOverflow) -> [Offer] {
        open.removeAll { floating.cannotPay($0) }
        floating.sort(&open)
        // Begin with the one that looks cheapest: against its exact price most others need no exact look.
        let likeliest = floating.likeliest(of: open)
        var best: [Offer] = []
        var bestPrice = Double.infinity
        for project in (likeliest.map { [$0] } ?? []) + open {
            if project == likeliest, bestPrice.isFinite { continue }
            if floating.bounds[project] > bestPrice || floating.isAbove(bestPrice, project) { continue }
            guard let offer = try offer(for: project) else { continue }
            let price = offer.need.ratio(to: denominator) / offer.payers.ratio(to: one) / units[project].ratio(to: one)
            // A little less than the exact price, which is at most a few roundings away.
            floating.raiseBound(of: project, to: price * (1 - 1e-12))
            if let first = best.first {
                let mine = try offer.need.times(first.payers.times(units[first.project]))
                let its = try first.need.times(offer.payers.times(units[project]))
                if mine > its { continue }
                if mine < its { best = [] }
            }
            best.append(offer)
            // A little more than the exact price, for the same reason.
            bestPrice = price * (1 + 1e-12)
        }
        return best
    }

    /// Buys a project: its supporters pay.
    mutating func buy(_ offer: Offer) throws(BudgetOverflow) {
        let common = offer.need.commonDivisor(with: offer.payers)
        let need = offer.need.quotient(by: common)
        let payers = offer.payers.quotient(by: common)
        if payers != one {
            denominators.append(try denominator.times(payers))
            factors = denominators.map { _ in nil }
        }
        let over = denominator
        for (place, voter) in supporters[offer.project].enumerated() {
            let price = try price(need, at: place, of: offer.project)
            let left = try current(Int(voter))
            money[Int(voter)] = left > price ? try left.subtracting(price) : zero
            floating.money[Int(voter)] = money[Int(voter)].ratio(to: over)
        }
        open.removeAll { $0 == offer.project }
    }

    /// What everybody has left in lowest terms: equal whenever all have the same. The last is the denominator.
    func standing() throws(BudgetOverflow) -> [Number] {
        var own = self
        var all: [Number] = []
        for voter in money.indices { all.append(try own.current(voter)) }
        all.append(denominator)
        var common = denominator
        for left in all {
            if common == one { return all }
            common = common.commonDivisor(with: left)
        }
        return all.map { $0.quotient(by: common) }
    }

    /// What a voter has left, over the last denominator.
    private mutating func current(_ voter: Int) throws(BudgetOverflow) -> Number {
        let step = Int(steps[voter])
        let last = denominators.count - 1
        guard step != last, money[voter] != zero else { return money[voter] }
        let factor = factors[step] ?? denominator.quotient(by: denominators[step])
        factors[step] = factor
        money[voter] = try money[voter].times(factor)
        steps[voter] = Int32(last)
        return money[voter]
    }

    /// The lowest price at which supporters can pay for a project together. Nil if they can't.
    private mutating func offer(for project: Int) throws(BudgetOverflow) -> Offer? {
        if let guess = floating.price(of: project), let offer = try offer(for: project, near: guess) { return offer }
        return try exactOffer(for: project)
    }

    /// The offer at about a price, if it is one: who falls short there gives all they have, and the rest of the cost,
    /// shared exactly among the others, has to leave each on their side. There is only one price at which it does.
    private mutating func offer(for project: Int, near guess: Double) throws(BudgetOverflow) -> Offer? {
        var need = try costs[project].times(denominator)
        var payers = zero
        var isPoor = [Bool](repeating: false, count: supporters[project].count)
        for place in isPoor.indices {
            if floating.fallsShort(place, of: project, at: guess) {
                isPoor[place] = true
                let voter = Int(supporters[project][place])
                need = try need.subtracting(current(voter).times(weights[voter]))
            } else {
                payers = try payers.adding(weight(of: place, for: project))
            }
        }
        guard payers > zero, need > zero else { return nil }
        let price = need.ratio(to: denominator) / payers.ratio(to: one) / units[project].ratio(to: one)
        for place in isPoor.indices {
            let (below, above) = (
                floating.fallsShort(place, of: project, at: price * (1 - 1e-9)),
                floating.fallsShort(place, of: project, at: price * (1 + 1e-9))
            )
            // Where floating point can't tell the sides apart, whole numbers do.
            let isShort = below == above ? below : try isShort(place, of: project, need, payers)
            guard isShort == isPoor[place] else { return nil }
        }
        return Offer(project: project, need: need, payers: payers)
    }

    private mutating func isShort(
        _ place: Int, of project: Int, _ need: Number, _ payers: Number
    ) throws(BudgetOverflow) -> Bool {
        try current(Int(supporters[project][place])).times(payers) < price(need, at: place, of: project)
    }

    /// The offer without any guess: the price rises until nobody new falls short.
    private mutating func exactOffer(for project: Int) throws(BudgetOverflow) -> Offer? {
        var (payers, all) = (zero, zero)
        var rich = Array(supporters[project].indices)
        for place in rich {
            let voter = Int(supporters[project][place])
            all = try all.adding(current(voter).times(weights[voter]))
            payers = try payers.adding(weight(of: place, for: project))
        }
        var need = try costs[project].times(denominator)
        guard all >= need else {
            open.removeAll { $0 == project }
            return nil
        }
        while true {
            let (goal, among) = (need, payers)
            var left: [Int] = []
            for place in rich {
                if try isShort(place, of: project, goal, among) {
                    let voter = Int(supporters[project][place])
                    need = try need.subtracting(money[voter].times(weights[voter]))
                    payers = try payers.subtracting(weight(of: place, for: project))
                } else {
                    left.append(place)
                }
            }
            if left.count == rich.count { return Offer(project: project, need: need, payers: payers) }
            rich = left
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
