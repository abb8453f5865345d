/// Groups as people who would vote alike: each group has its own share of agreement on every statement, and each person
/// belongs to each group with a probability.
///
/// A latent class model (Lazarsfeld and Henry 1968; with missing votes as in Linzer and Lewis 2011, doi
/// 10.18637/jss.v042.i10), fitted by expectation maximisation. What a group agrees on is drawn towards what everybody
/// agrees on, as if a few of its members more had voted that way, so that small groups claim little. Passing says neither
/// yes nor no, and counts as no vote here: otherwise people who pass on much become a group of their own.
struct OpinionClasses: Sendable {
    /// The most groups.
    static let limit = 8
    /// As if so many people more in each group had voted as everybody does.
    ///
    /// Six, because groups were then found again among resampled people more surely than with two, and planted groups as
    /// well (`Landscape/README.md`).
    static let priorVotes = 6.0

    let groupCount: Int
    /// The share of people in each group.
    private(set) var shares: SIMD8<Double>
    /// Log-likelihoods of each slot of a statement in each group: 4 × statement + code.
    private(set) var logarithms: [SIMD8<Double>]
    /// The logarithm of the likelihood of all votes.
    private(set) var logLikelihood = -Double.infinity
    private(set) var iterations = 0
    private var entropy = 0.0
    /// How well so many groups explain the votes, their number paid for: a lower bound of the logarithm of the evidence.
    private(set) var evidence = -Double.infinity

    /// Which people, and how often each counts (as in a bootstrap sample).
    typealias Weights = [Double]

    /// How probable each group is for each person: `[participant]`, eight lanes, the first `groupCount` in use.
    typealias Memberships = [SIMD8<Double>]

    /// The votes that groups are found from.
    struct Source: Sendable {
        let votes: VoteMatrix
        /// Whether a statement takes part.
        let included: [Bool]
        /// How often each person counts; 0 for people who don't take part.
        let weights: Weights
        /// Agreement among everybody on each statement.
        let agreement: AgreementShares

        init(_ votes: VoteMatrix, rejected: Set<Int>, weights: Weights) {
            self.votes = votes
            self.weights = weights
            var included = [Bool](repeating: true, count: votes.statementCount)
            for statement in rejected where included.indices.contains(statement) { included[statement] = false }
            self.included = included
            agreement = AgreementShares(votes.tallies)
        }
    }

    /// How often each slot of a statement was used in each group, by how probable it is that people belong to it.
    private(set) var counts: [SIMD8<Double>]

    /// Fits groups, beginning from first guesses of who is where.
    init(_ source: Source, groupCount: Int, start: Memberships, iterations limit: Int = 200, tolerance: Double = 1e-6) {
        precondition((1...Self.limit).contains(groupCount))
        self.groupCount = groupCount
        shares = .zero
        logarithms = []
        self.counts = []
        let slots = source.votes.statementCount * 4
        var counts = [SIMD8<Double>](repeating: .zero, count: slots)
        var mass = SIMD8<Double>.zero
        source.votes.forEachRow { row, cells in
            let weight = source.weights[row]
            guard weight > 0 else { return }
            let responsibility = weight * start[row]
            mass += responsibility
            for cell in cells { counts[Int(cell & VoteMatrix.slotMask)] += responsibility }
        }
        maximise(counts, mass, source)
        while iterations < limit {
            iterations += 1
            let before = logLikelihood
            expect(source, &counts, &mass)
            maximise(counts, mass, source)
            if logLikelihood - before < tolerance * abs(logLikelihood) { break }
        }
        evidence = Self.evidence(counts, mass, entropy, groupCount, source)
        self.counts = counts
    }

    /// The evidence lower bound of variational Bayes with what groups agree on integrated out: Beta functions of the
    /// expected counts, the shares' Dirichlet, and the entropy of who is where (White and Murphy 2014, doi
    /// 10.18637/jss.v061.i13).
    private static func evidence(
        _ counts: [SIMD8<Double>], _ mass: SIMD8<Double>, _ entropy: Double, _ groupCount: Int, _ source: Source
    ) -> Double {
        var total = entropy + logarithmOfGamma(Double(groupCount)) - logarithmOfGamma(mass.sum() + Double(groupCount))
        for group in 0..<groupCount { total += logarithmOfGamma(mass[group] + 1) }
        for statement in source.included.indices where source.included[statement] {
            let agreed = priorVotes * source.agreement[statement]
            let disagreed = priorVotes - agreed
            let unseen = logarithmOfGamma(agreed) + logarithmOfGamma(disagreed) - logarithmOfGamma(priorVotes)
            for group in 0..<groupCount {
                let yes = counts[4 * statement + 1][group]
                let no = counts[4 * statement + 2][group]
                guard yes + no > 0 else { continue }
                total +=
                    logarithmOfGamma(agreed + yes) + logarithmOfGamma(disagreed + no)
                    - logarithmOfGamma(priorVotes + yes + no) - unseen
            }
        }
        // Names don't matter: each way of naming the groups is the same answer.
        return total + logarithmOfGamma(Double(groupCount + 1))
    }

    /// One pass over the votes: who belongs where, and how each group then voted.
    private mutating func expect(_ source: Source, _ counts: inout [SIMD8<Double>], _ mass: inout SIMD8<Double>) {
        let prior = logarithm(of: shares)
        var total = 0.0
        var newEntropy = 0.0
        var newMass = SIMD8<Double>.zero
        counts.withUnsafeMutableBufferPointer { counts in
            for slot in counts.indices { counts[slot] = .zero }
            logarithms.withUnsafeBufferPointer { logarithms in
                source.votes.forEachRow { row, cells in
                    let weight = source.weights[row]
                    guard weight > 0 else { return }
                    var sum = prior
                    for cell in cells { sum += logarithms[Int(cell & VoteMatrix.slotMask)] }
                    let (responsibility, likelihood) = Self.normalised(sum, groupCount)
                    total += weight * likelihood
                    // Σ r log r = Σ r (log-joint) − log-likelihood.
                    for group in 0..<groupCount where responsibility[group] > 0 {
                        newEntropy -= weight * responsibility[group] * (sum[group] - likelihood)
                    }
                    let share = weight * responsibility
                    newMass += share
                    for cell in cells { counts[Int(cell & VoteMatrix.slotMask)] += share }
                }
            }
        }
        mass = newMass
        entropy = newEntropy
        logLikelihood = total
    }

    private mutating func maximise(_ counts: [SIMD8<Double>], _ mass: SIMD8<Double>, _ source: Source) {
        let total = mass.sum()
        for group in 0..<groupCount { shares[group] = (mass[group] + 1) / (total + Double(groupCount)) }
        if logarithms.isEmpty { logarithms = [SIMD8<Double>](repeating: .zero, count: counts.count) }
        for statement in source.included.indices where source.included[statement] {
            let overall = source.agreement[statement]
            for group in 0..<groupCount {
                let agreed = counts[4 * statement + 1][group] + Self.priorVotes * overall
                let disagreed = counts[4 * statement + 2][group] + Self.priorVotes * (1 - overall)
                let share = agreed / (agreed + disagreed)
                logarithms[4 * statement + 1][group] = logarithm(share)
                logarithms[4 * statement + 2][group] = logarithm(1 - share)
            }
        }
    }

    private func logarithm(_ value: Double) -> Double { Deliberation.logarithm(value) }

    private func logarithm(of shares: SIMD8<Double>) -> SIMD8<Double> {
        var result = SIMD8<Double>(repeating: -.infinity)
        for group in 0..<groupCount { result[group] = logarithm(shares[group]) }
        return result
    }

    /// Shares of e to the power of each, and the logarithm of their sum.
    @inline(__always)
    static func normalised(_ logarithms: SIMD8<Double>, _ count: Int) -> (SIMD8<Double>, Double) {
        let largest = logarithms.max()
        var shares = SIMD8<Double>.zero
        for group in 0..<count { shares[group] = exponential(logarithms[group] - largest) }
        let sum = shares.sum()
        return (shares / sum, largest + Deliberation.logarithm(sum))
    }

    /// How probable each group is for a person with these votes.
    func membership(_ cells: UnsafeBufferPointer<UInt32>) -> SIMD8<Double> {
        var sum = logarithm(of: shares)
        for cell in cells { sum += logarithms[Int(cell & VoteMatrix.slotMask)] }
        return Self.normalised(sum, groupCount).0
    }

    /// Makes room for statements that came later.
    mutating func extend(to statementCount: Int) {
        let missing = 4 * statementCount - counts.count
        guard missing > 0 else { return }
        counts.append(contentsOf: repeatElement(.zero, count: missing))
        logarithms.append(contentsOf: repeatElement(.zero, count: missing))
    }

    /// Takes up that one person's votes or place changed: from votes `before` counted with `old`, to `after` with `new`.
    mutating func replace(
        _ before: UnsafeBufferPointer<UInt32>, _ old: SIMD8<Double>, _ after: UnsafeBufferPointer<UInt32>,
        _ new: SIMD8<Double>, agreement: AgreementShares, included: (Int) -> Bool
    ) {
        for cell in before { counts[Int(cell & VoteMatrix.slotMask)] -= old }
        for cell in after { counts[Int(cell & VoteMatrix.slotMask)] += new }
        for cells in [before, after] {
            for cell in cells where included(VoteMatrix.column(cell)) {
                estimate(VoteMatrix.column(cell), agreement[VoteMatrix.column(cell)])
            }
        }
    }

    /// Puts the groups into another order: `order[new]` is the old number.
    mutating func reorder(_ order: [Int]) {
        let moved = { (lanes: SIMD8<Double>) in
            var result = SIMD8<Double>.zero
            for (new, old) in order.enumerated() { result[new] = lanes[old] }
            return result
        }
        shares = moved(shares)
        logarithms = logarithms.map(moved)
        counts = counts.map(moved)
    }

    /// What each group agrees on, from the counts.
    private mutating func estimate(_ statement: Int, _ overall: Double) {
        for group in 0..<groupCount {
            let agreed = max(0, counts[4 * statement + 1][group]) + Self.priorVotes * overall
            let disagreed = max(0, counts[4 * statement + 2][group]) + Self.priorVotes * (1 - overall)
            let share = agreed / (agreed + disagreed)
            logarithms[4 * statement + 1][group] = logarithm(share)
            logarithms[4 * statement + 2][group] = logarithm(1 - share)
        }
    }

    /// How probable each group is for everybody.
    func memberships(_ votes: VoteMatrix) -> Memberships {
        var result = Memberships(repeating: .zero, count: votes.participantCount)
        let prior = logarithm(of: shares)
        votes.forEachRow { row, cells in
            var sum = prior
            for cell in cells { sum += logarithms[Int(cell & VoteMatrix.slotMask)] }
            result[row] = Self.normalised(sum, groupCount).0
        }
        return result
    }

    /// The share of a group that would agree with a statement, of those who don't pass.
    func agreement(group: Int, statement: Int) -> Double { exponential(logarithms[4 * statement + 1][group]) }

    /// The most probable group of each person.
    static func hard(_ memberships: Memberships, _ count: Int) -> [Int] {
        memberships.map { membership in (0..<count).max { membership[$0] < membership[$1] } ?? 0 }
    }
}

/// Agreement among those who took a side on each statement, with one vote added to each side.
struct AgreementShares: Sendable {
    private let tallies: [VoteTally]

    init(_ tallies: [VoteTally]) { self.tallies = tallies }

    subscript(statement: Int) -> Double {
        let tally = tallies[statement]
        return Double(tally.agreed + 1) / Double(tally.agreed + tally.disagreed + 2)
    }
}
