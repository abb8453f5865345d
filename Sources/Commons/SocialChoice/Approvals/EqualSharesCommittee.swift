/// What fills the seats that the Method of Equal Shares leaves empty because no candidate can be paid for any more.
public enum CommitteeCompletion: Hashable, Sendable, CaseIterable {
    /// Nothing: the committee may have fewer members than there are seats.
    case none
    /// Phragmén's sequential rule, starting from what everyone has spent (Peters and Skowron 2020).
    case phragmen
    /// Everyone's budget is raised, by one virtual seat at a time, until the seats are filled ("add1"). This is defined
    /// only along an order that breaks ties.
    case raisedBudget
    /// The most approved of the others ("utility greedy").
    case mostApproved
}

/// The Method of Equal Shares: the seats' cost is shared out equally among all, and the candidate who can be paid for at
/// the lowest price for each supporter comes next (Peters and Skowron 2020, arXiv 1911.11747).
///
/// Budgets are whole numbers over one common denominator, kept for classes of voters with equal budgets. Where the
/// numbers outgrow machine words, prices are first computed in `Double` with a bound on their error; only those that
/// could be the lowest are computed exactly.
struct EqualSharesCommittee<Number: ExactInteger>: SteppingRule {
    private enum Phase {
        case buying
        case phragmen(SequentialPhragmen<Number>)
        case mostApproved
        case finished
    }

    let profile: ApprovalProfile
    let seats: Int
    let completion: CommitteeCompletion
    private var phase = Phase.buying
    private var members: [Int] = []
    /// Who can't be bought any more: members, and those whose supporters have too little left.
    private var isOut: [Bool]
    private var classOf: [Int32]
    /// What each class has left per unit of weight, times `denominator`.
    private var budget: [Number]
    private var denominator: Number
    private let initial: (numerator: Int, denominator: Int)
    /// How many voters are in each class.
    private var population: [Int]
    /// Classes that nobody is in any more; their places are used again.
    private var vacant: [Int32] = []
    private var estimate: [Double] = []
    /// For numbers that aren't cheap: a lower bound of each candidate's price. Prices never fall.
    private var leastPrice: [Double] = []

    /// With a budget of `virtualSeats / totalWeight` for each unit of weight.
    init(profile: ApprovalProfile, seats: Int, completion: CommitteeCompletion, virtualSeats: Int? = nil) {
        self.profile = profile
        self.seats = seats
        self.completion = completion
        isOut = profile.support.map { $0 == 0 }
        classOf = Array(repeating: 0, count: profile.voterCount)
        initial = (virtualSeats ?? seats, max(profile.totalWeight, 1))
        budget = [Number(initial.numerator)]
        denominator = Number(initial.denominator)
        population = [profile.voterCount]
        members.reserveCapacity(seats)
        guard !Number.isCheap else { return }
        estimate = [quotient(budget[0], denominator)]
        leastPrice = Array(repeating: 0, count: profile.candidateCount)
    }

    /// How many bits the largest number of a run can take.
    static func bits(profile: ApprovalProfile, seats: Int, virtualSeats: Int? = nil) -> Int {
        SequentialPhragmen<Number>.bits(
            profile: profile, seats: seats, denominatorBits: bitLength(profile.totalWeight),
            most: virtualSeats ?? seats)
    }

    // MARK: Prices

    /// A candidate's exact price for each unit of weight of those who can pay it in full: `numerator / (rich *
    /// denominator)`. Those who can't pay all they have. `nil` where that isn't enough.
    private func price(of candidate: Int) -> (numerator: Number, rich: Int)? {
        if !Number.isCheap { return priceByClass(of: candidate) }
        var rich = profile.support[candidate]
        var numerator = denominator
        // The price only rises while those who can't pay in full are found, so that nobody found so is rich again.
        while rich > 0 {
            var left = denominator
            var payers = profile.support[candidate]
            for place in profile.supporterStart[candidate]..<profile.supporterStart[candidate + 1] {
                let voter = Int(profile.supporters[place])
                let own = budget[Int(classOf[voter])]
                if own * Number(rich) >= numerator { continue }
                payers -= profile.weights[voter]
                left -= Number(profile.weights[voter]) * own
            }
            if payers == rich { return (numerator, rich) }
            rich = payers
            numerator = left
        }
        return nil
    }

    /// The same for numbers that aren't cheap: class by class, and compared exactly only where `Double` can't tell.
    private func priceByClass(of candidate: Int) -> (numerator: Number, rich: Int)? {
        var payersOf = Array(repeating: 0, count: budget.count)
        var classes: [Int] = []
        for place in profile.supporterStart[candidate]..<profile.supporterStart[candidate + 1] {
            let voter = Int(profile.supporters[place])
            let own = Int(classOf[voter])
            if payersOf[own] == 0 { classes.append(own) }
            payersOf[own] += profile.weights[voter]
        }
        // Both sides are within a few units in the last place.
        let margin = 16 * Double.ulpOfOne
        var rich = profile.support[candidate]
        var numerator = denominator
        while rich > 0 {
            let rough = quotient(numerator, denominator) / Double(rich)
            var left = numerator
            var payers = rich
            classes.removeAll { own in
                if estimate[own] > rough * (1 + margin) { return false }
                if estimate[own] >= rough * (1 - margin), budget[own] * Number(rich) >= numerator { return false }
                payers -= payersOf[own]
                left -= Number(payersOf[own]) * budget[own]
                return true
            }
            if payers == rich { return (numerator, rich) }
            rich = payers
            numerator = left
        }
        return nil
    }

    /// A candidate's price within a relative `error`; infinite where it surely can't be paid, negative where only exact
    /// numbers can tell.
    private func roughPrice(of candidate: Int) -> (price: Double, error: Double) {
        let places = profile.supporterStart[candidate]..<profile.supporterStart[candidate + 1]
        // Each estimate is within a few units in the last place, and so is each step of a sum of positive parts that
        // comes to no more than about 1.
        let slack = 8 * Double.ulpOfOne * Double(places.count + 8)
        var money = 0.0
        for place in places {
            let voter = Int(profile.supporters[place])
            money += Double(profile.weights[voter]) * estimate[Int(classOf[voter])]
        }
        if money < 1 - slack { return (.infinity, 0) }
        if money <= 1 + slack { return (-1, 0) }
        let support = Double(profile.support[candidate])
        var rich = support
        var price = 1 / rich
        while true {
            var payers = support
            var left = 1.0
            for place in places {
                let voter = Int(profile.supporters[place])
                let own = estimate[Int(classOf[voter])]
                if own < price {
                    payers -= Double(profile.weights[voter])
                    left -= Double(profile.weights[voter]) * own
                }
            }
            if payers == rich { break }
            // Rounding can't leave nobody rich: there is more money than it takes.
            if payers <= 0 { return (-1, 0) }
            rich = payers
            price = left / rich
        }
        // What is left after the poor have paid is at least rich / support, which bounds the relative error.
        return (price, 4 * slack * support / rich)
    }

    // MARK: Steps

    mutating func next(into tied: inout [Int]) {
        tied.removeAll(keepingCapacity: true)
        guard members.count < seats else { return }
        if case .buying = phase {
            cheapest(into: &tied)
            if !tied.isEmpty { return }
            phase = completionPhase()
        }
        switch phase {
        case .buying, .finished: return
        case .phragmen(var rule):
            rule.next(into: &tied)
        case .mostApproved:
            for candidate in profile.support.indices where !members.contains(candidate) {
                if let first = tied.first {
                    if profile.support[candidate] < profile.support[first] { continue }
                    if profile.support[candidate] > profile.support[first] { tied.removeAll(keepingCapacity: true) }
                }
                tied.append(candidate)
            }
        }
    }

    private mutating func cheapest(into tied: inout [Int]) {
        guard profile.totalWeight > 0 else { return }
        var ceiling = Double.infinity
        var looked: [(candidate: Int, floor: Double)] = []
        if !Number.isCheap {
            for candidate in isOut.indices where !isOut[candidate] && leastPrice[candidate] <= ceiling {
                let (rough, error) = roughPrice(of: candidate)
                if rough == .infinity {
                    isOut[candidate] = true
                } else if rough < 0 {
                    looked.append((candidate, 0))
                } else {
                    leastPrice[candidate] = rough * (1 - error)
                    looked.append((candidate, leastPrice[candidate]))
                    ceiling = min(ceiling, rough * (1 + error))
                }
            }
            looked.removeAll { $0.floor > ceiling }
            if looked.count == 1, looked[0].floor > 0 {
                tied.append(looked[0].candidate)
                return
            }
        }
        var best: (numerator: Number, rich: Number) = (0, 1)
        func compare(_ candidate: Int, _ own: (numerator: Number, rich: Int)) {
            let rich = Number(own.rich)
            if !tied.isEmpty {
                let (mine, theirs) = (own.numerator * best.rich, best.numerator * rich)
                if mine > theirs { return }
                if mine == theirs {
                    tied.append(candidate)
                    return
                }
                tied.removeAll(keepingCapacity: true)
            }
            best = (own.numerator, rich)
            tied.append(candidate)
        }
        if Number.isCheap {
            for candidate in isOut.indices where !isOut[candidate] {
                if let own = price(of: candidate) { compare(candidate, own) } else { isOut[candidate] = true }
            }
        } else {
            for (candidate, _) in looked {
                if let own = price(of: candidate) { compare(candidate, own) } else { isOut[candidate] = true }
            }
        }
    }

    /// How the rule goes on once nobody can be bought.
    private func completionPhase() -> Phase {
        switch completion {
        case .none, .raisedBudget: return .finished
        case .mostApproved: return .mostApproved
        case .phragmen:
            // What a voter has spent is the load; that everyone starts at 0 and not below only shifts all loads alike.
            // The denominator began at the initial budget's and was multiplied ever since, so this divides evenly.
            let whole = Number(initial.numerator) * (denominator / Number(initial.denominator))
            return .phragmen(
                SequentialPhragmen(
                    profile: profile, seats: seats, members: members, classOf: classOf,
                    load: budget.map { whole - $0 }, denominator: denominator))
        }
    }

    mutating func take(_ candidate: Int) {
        members.append(candidate)
        isOut[candidate] = true
        switch phase {
        case .finished, .mostApproved: return
        case .phragmen(var rule):
            // Let go of it first, so that it isn't copied.
            phase = .finished
            rule.take(candidate)
            phase = .phragmen(rule)
        case .buying:
            guard members.count < seats, let (numerator, rich) = price(of: candidate) else { return }
            pay(candidate, numerator: numerator, rich: rich)
        }
    }

    private mutating func pay(_ candidate: Int, numerator: Number, rich: Int) {
        let scale = Number(rich)
        let old = budget.count
        for index in 0..<old where population[index] > 0 && budget[index] != 0 { budget[index] *= scale }
        denominator *= scale
        var moved = [Int32](repeating: -1, count: old)
        var broke: Int32 = -1
        for place in profile.supporterStart[candidate]..<profile.supporterStart[candidate + 1] {
            let voter = Int(profile.supporters[place])
            let own = Int(classOf[voter])
            if moved[own] < 0 {
                // Scaled, so that the price for each unit of weight is `numerator` now.
                let left = budget[own] - numerator
                if left > 0 {
                    moved[own] = append(left)
                } else {
                    if broke < 0 { broke = append(0) }
                    moved[own] = broke
                }
            }
            classOf[voter] = moved[own]
            population[Int(moved[own])] += 1
            population[own] -= 1
            if population[own] == 0 { vacant.append(Int32(own)) }
        }
    }

    private mutating func append(_ left: Number) -> Int32 {
        if let place = vacant.popLast() {
            budget[Int(place)] = left
            if !Number.isCheap { estimate[Int(place)] = quotient(left, denominator) }
            return place
        }
        budget.append(left)
        population.append(0)
        if !Number.isCheap { estimate.append(quotient(left, denominator)) }
        return Int32(budget.count - 1)
    }

    var keySize: Int { profile.voterCount + seats }
    var committee: Committee { Committee(members) }
    func finished(with candidate: Int) -> Committee? {
        members.count + 1 == seats ? Committee(members + [candidate]) : nil
    }
    var key: EqualSharesCommitteeKey<Number> {
        if case .phragmen(let rule) = phase { return EqualSharesCommitteeKey(isBuying: false, money: rule.key) }
        let left = classOf.map { budget[Int($0)] }
        return EqualSharesCommitteeKey(
            isBuying: true, money: LoadKey(members: members, values: left, denominator: denominator))
    }
}

/// Who is in and who has how much, left in the first phase, spent in the second.
struct EqualSharesCommitteeKey<Number: ExactInteger>: Hashable {
    let isBuying: Bool
    let money: LoadKey<Number>
}
