/// Phragmén's sequential rule: each new member costs one unit, spread over those who approve of it, so that the highest
/// load stays as low as it can (Phragmén 1894; Brill, Freeman, Janson and Lackner 2024, arXiv 2102.12305).
///
/// All supporters of the newest member carry the same load, so the loads are few: voters are kept in classes of equal
/// load, and the loads as whole numbers over one common denominator. Where these outgrow a machine word, candidates are
/// first compared in `Double` with a bound on its error, and only those that could be best are compared exactly.
struct SequentialPhragmen<Number: ExactInteger>: SteppingRule {
    let profile: ApprovalProfile
    let seats: Int
    private var members: [Int]
    private var isMember: [Bool]
    private var classOf: [Int32]
    /// The load of each class, per unit of weight, times `denominator`.
    private var load: [Number]
    private var denominator: Number
    /// For numbers that aren't cheap: each class's load, and the load of each candidate's supporters, roughly.
    private var estimate: [Double] = []
    private var sums: [Double] = []

    /// From nothing, or from loads that voters carry already.
    init(
        profile: ApprovalProfile, seats: Int, members: [Int] = [], classOf: [Int32]? = nil, load: [Number] = [0],
        denominator: Number = 1
    ) {
        self.profile = profile
        self.seats = seats
        self.members = members
        isMember = Array(repeating: false, count: profile.candidateCount)
        for member in members { isMember[member] = true }
        self.classOf = classOf ?? Array(repeating: 0, count: profile.voterCount)
        self.load = load
        self.denominator = denominator
        guard !Number.isCheap else { return }
        estimate = load.map { quotient($0, denominator) }
        sums = Array(repeating: 0, count: profile.candidateCount)
        for voter in profile.weights.indices {
            let carried = Double(profile.weights[voter]) * estimate[Int(self.classOf[voter])]
            if carried == 0 { continue }
            for place in profile.ballotStart[voter]..<profile.ballotStart[voter + 1] {
                sums[Int(profile.ballotMembers[place])] += carried
            }
        }
    }

    /// How many bits the largest number of a run can take that starts with loads over `denominator`, none above `most`.
    static func bits(profile: ApprovalProfile, seats: Int, denominatorBits: Int = 1, most: Int = 1) -> Int {
        let support = bitLength(profile.support.max() ?? 0)
        return denominatorBits + (seats + 2) * support + bitLength(seats + most) + 2
    }

    /// One unit and what the supporters carry already, times the denominator.
    private func burden(of candidate: Int) -> Number {
        var sum = denominator
        if !Number.isCheap {
            // Few loads, many supporters: one multiplication for each load.
            var carriers = Array(repeating: 0, count: load.count)
            for place in profile.supporterStart[candidate]..<profile.supporterStart[candidate + 1] {
                let voter = Int(profile.supporters[place])
                carriers[Int(classOf[voter])] += profile.weights[voter]
            }
            for own in carriers.indices where carriers[own] != 0 && load[own] != 0 {
                sum += Number(carriers[own]) * load[own]
            }
            return sum
        }
        for place in profile.supporterStart[candidate]..<profile.supporterStart[candidate + 1] {
            let voter = Int(profile.supporters[place])
            let carried = load[Int(classOf[voter])]
            if carried != 0 { sum += Number(profile.weights[voter]) * carried }
        }
        return sum
    }

    mutating func next(into tied: inout [Int]) {
        tied.removeAll(keepingCapacity: true)
        guard members.count < seats else { return }
        var ceiling = Double.infinity
        // Each estimated load is off by a few units in the last place, and so is each of the at most
        // (voters x seats) steps by which a sum was built of parts that aren't negative.
        let slack = 16 * Double.ulpOfOne * Double(profile.voterCount * (seats + 2) + 8)
        if !Number.isCheap {
            for candidate in 0..<profile.candidateCount where !isMember[candidate] && profile.support[candidate] > 0 {
                ceiling = min(ceiling, (1 + sums[candidate]) / Double(profile.support[candidate]))
            }
            ceiling *= 1 + slack
            for candidate in 0..<profile.candidateCount where !isMember[candidate] && profile.support[candidate] > 0 {
                if (1 + sums[candidate]) / Double(profile.support[candidate]) <= ceiling { tied.append(candidate) }
            }
            if tied.count == 1 { return }
            tied.removeAll(keepingCapacity: true)
        }
        var best: (burden: Number, support: Number) = (0, 1)
        for candidate in 0..<profile.candidateCount where !isMember[candidate] && profile.support[candidate] > 0 {
            if !Number.isCheap, (1 + sums[candidate]) / Double(profile.support[candidate]) > ceiling { continue }
            let own = (burden: burden(of: candidate), support: Number(profile.support[candidate]))
            if !tied.isEmpty {
                let (mine, theirs) = (own.burden * best.support, best.burden * own.support)
                if mine > theirs { continue }
                if mine == theirs {
                    tied.append(candidate)
                    continue
                }
                tied.removeAll(keepingCapacity: true)
            }
            best = own
            tied.append(candidate)
        }
        // Those whom nobody approves of come last, all alike.
        if tied.isEmpty { for candidate in isMember.indices where !isMember[candidate] { tied.append(candidate) } }
    }

    mutating func take(_ candidate: Int) {
        members.append(candidate)
        isMember[candidate] = true
        guard profile.support[candidate] > 0, members.count < seats else { return }
        let burden = burden(of: candidate)
        let support = Number(profile.support[candidate])
        for index in load.indices where load[index] != 0 { load[index] *= support }
        denominator *= support
        let newest = Int32(load.count)
        load.append(burden)
        if !Number.isCheap { estimate.append(quotient(burden, denominator)) }
        for place in profile.supporterStart[candidate]..<profile.supporterStart[candidate + 1] {
            let voter = Int(profile.supporters[place])
            if !Number.isCheap {
                let more = estimate[Int(newest)] - estimate[Int(classOf[voter])]
                let rise = Double(profile.weights[voter]) * more
                for place in profile.ballotStart[voter]..<profile.ballotStart[voter + 1] {
                    sums[Int(profile.ballotMembers[place])] += rise
                }
            }
            classOf[voter] = newest
        }
    }

    var keySize: Int { profile.voterCount + seats }
    var committee: Committee { Committee(members) }
    func finished(with candidate: Int) -> Committee? {
        members.count + 1 == seats ? Committee(members + [candidate]) : nil
    }
    var key: LoadKey<Number> {
        LoadKey(members: members, values: classOf.map { load[Int($0)] }, denominator: denominator)
    }
}

/// Who is in, and what each voter carries or has left, in lowest terms.
struct LoadKey<Number: ExactInteger>: Hashable {
    private let members: [Int]
    private let values: [Number]
    private let denominator: Number

    init(members: [Int], values: [Number], denominator: Number) {
        var common = denominator
        for value in values where common != 1 { common = greatestCommonDivisor(common, value) }
        self.members = members.sorted()
        self.values = common == 1 ? values : values.map { $0 / common }
        self.denominator = denominator / common
    }
}
