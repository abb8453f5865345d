import BigInt

/// Equal Shares in floating point: guesses for exact arithmetic to check, and projects that certainly aren't the
/// cheapest.
///
/// What supporters can give at a price is a sum of terms that are never below zero, so its error is at most the number
/// of terms times a rounding; a project whose supporters give less than its cost by more than that is dearer. All else
/// is left to whole numbers. A price is what one unit of satisfaction costs each supporter.
struct FloatingShares {
    /// What a voter of each class has left.
    var money: [Double]
    /// No project's price is below this. Prices never fall during a run.
    private(set) var bounds: [Double]
    private let weights: [Double]
    private let supporters: [[Int32]]
    private let utilities: [[Double]]?
    private let units: [Double]
    /// The cost of each project.
    private let costs: [Double]
    /// The same less what rounding may add to what is given.
    private let goals: [Double]

    init(_ input: EqualSharesInput) {
        weights = input.weights.map { Double($0) }
        supporters = input.supporters
        utilities = input.utilities.map { $0.map { $0.map { $0.ratio(to: 1) } } }
        units = input.units.map { $0.ratio(to: 1) }
        costs = input.costs.map { $0.ratio(to: 1) }
        goals = zip(costs, input.supporters).map { $0 * (1 - 1e-12 - Double($1.count) * 1e-15) }
        money = input.weights.map { _ in 0 }
        bounds = input.costs.map { _ in 0 }
    }

    mutating func start(share: Double) {
        for voter in money.indices { money[voter] = share }
        for project in bounds.indices { bounds[project] = 0 }
    }

    /// Notes that a price isn't below this.
    mutating func raiseBound(of project: Int, to price: Double) {
        bounds[project] = max(bounds[project], price)
    }

    /// Puts those first whose price may be lowest.
    func sort(_ projects: inout [Int]) {
        projects.sort { (bounds[$0], $0) < (bounds[$1], $1) }
    }

    /// Whether the supporters of a project certainly have too little for it.
    func cannotPay(_ project: Int) -> Bool {
        given(at: .infinity, for: project) < goals[project]
    }

    /// The one of some projects, sorted by their bounds, that looks cheapest. Nil if none has a price.
    mutating func likeliest(of projects: [Int]) -> Int? {
        var best: (price: Double, project: Int)?
        for project in projects {
            if let best, bounds[project] > best.price { break }
            guard let price = price(of: project) else { continue }
            if best.map({ price < $0.price }) ?? true { best = (price, project) }
            // A bound that is sure: at a little less the supporters give less than the cost.
            let low = price * (1 - 1e-6)
            if low > bounds[project], given(at: low, for: project) < goals[project] { bounds[project] = low }
        }
        return best?.project
    }

    /// Whether a project's price is certainly above another. Notes it if so.
    mutating func isAbove(_ price: Double, _ project: Int) -> Bool {
        guard price.isFinite, given(at: price, for: project) < goals[project] else { return false }
        raiseBound(of: project, to: price)
        return true
    }

    /// About what a project's price is. Nil if its supporters seem to have too little.
    func price(of project: Int) -> Double? {
        var guess = 0.0
        // Each turn but the last finds somebody who falls short, mostly many; to stop early only makes a worse guess.
        for _ in 0..<50 {
            var (need, payers) = (costs[project], 0.0)
            for place in supporters[project].indices {
                let voter = Int(supporters[project][place])
                if fallsShort(place, of: project, at: guess) {
                    need -= money[voter] * weights[voter]
                } else {
                    payers += weights[voter] * (utilities.map { $0[project][place] } ?? 1)
                }
            }
            guard payers > 0 else { return nil }
            let next = need / payers / units[project]
            guard next > guess * (1 + 1e-12) else { break }
            guess = next
        }
        return guess
    }

    /// Whether a supporter has less than their part at a price, as far as floating point can tell.
    func fallsShort(_ place: Int, of project: Int, at price: Double) -> Bool {
        let most = price * units[project]
        return money[Int(supporters[project][place])] < (utilities.map { most * $0[project][place] } ?? most)
    }

    /// What supporters give at a price.
    private func given(at price: Double, for project: Int) -> Double {
        let price = price * units[project]
        var sum = 0.0
        for (place, voter) in supporters[project].enumerated() {
            let voter = Int(voter)
            let most = utilities.map { price * $0[project][place] } ?? price
            sum += weights[voter] * min(money[voter], most)
        }
        return sum
    }
}
