/// How much a voter's next approved member counts, when so many are in the committee already.
///
/// Thiele's rules (1895; Lackner and Skowron 2023, "Multi-Winner Voting with Approval Preferences", DOI
/// 10.1007/978-3-031-09016-5) differ only in this falling sequence of numbers.
public enum ThieleFunction: Hashable, Sendable, CaseIterable {
    /// Proportional approval voting: 1, 1/2, 1/3, …
    case proportional
    /// Sainte-Laguë approval voting: 1, 1/3, 1/5, …
    case sainteLague
    /// Chamberlin-Courant: 1, 0, 0, …
    case chamberlinCourant
    /// Geometric with base 2: 1, 1/2, 1/4, …
    case halving
    /// Lexicographic Chamberlin-Courant: one voter's first member outweighs all second members together, one second all third ones, and so on.
    case lexicographic
    /// First members as in Chamberlin-Courant; among equals 1, 1/2, 1/3, … for the second, third, fourth.
    case adams
}

/// A ``ThieleFunction`` in whole numbers: every value times one common scale.
struct ThieleTable<Number: ExactInteger> {
    /// `gain[t]` is what the next member counts for a voter who has `t`; as many as were asked for, and a 0.
    var gain: [Number]
    /// What 1 point is here.
    var scale: Number
    /// How many bits any sum can take: a committee's score, or a bound of it.
    var bits: Int

    /// The table for voters who can have up to `length` members; `nil` where the type might not hold every score.
    init?(_ function: ThieleFunction, length: Int, totalWeight: Int) {
        let weightBits = bitLength(totalWeight)
        gain = []
        gain.reserveCapacity(length + 1)
        switch function {
        case .proportional, .sainteLague, .adams:
            let divisors: [Int] =
                switch function {
                case .proportional: Array(0..<length).map { $0 + 1 }
                case .sainteLague: Array(0..<length).map { 2 * $0 + 1 }
                default: Array(0..<length).map { max($0, 1) }
                }
            guard let common = leastCommonMultiple(of: divisors, as: Number.self) else { return nil }
            scale = common
            for divisor in divisors { gain.append(common / Number(divisor)) }
            bits = common.bits + weightBits + 2 * bitLength(length)
            if case .adams = function, length > 0 {
                // More than all later members of all voters together can bring.
                let factor = totalWeight * length + 1
                bits += bitLength(factor)
                if bits > Number.capacity { return nil }
                gain[0] = common * Number(factor)
                scale = gain[0]
            }
        case .chamberlinCourant:
            scale = 1
            for place in 0..<length { gain.append(place == 0 ? 1 : 0) }
            bits = weightBits + bitLength(length) + 1
        case .halving:
            bits = length + weightBits + bitLength(length) + 1
            if bits > Number.capacity { return nil }
            scale = Number(1) << max(length - 1, 0)
            for place in 0..<length { gain.append(scale >> place) }
        case .lexicographic:
            bits = (weightBits + 1) * length + weightBits + bitLength(length) + 1
            if bits > Number.capacity { return nil }
            scale = 1
            for place in 0..<length {
                gain.append(scale)
                if place + 1 < length { scale *= Number(totalWeight + 1) }
            }
            gain.reverse()
        }
        gain.append(0)
        if bits > Number.capacity { return nil }
    }
}

extension ThieleTable where Number == Unbounded {
    /// The table in numbers that hold every score.
    init(unbounded function: ThieleFunction, length: Int, totalWeight: Int) {
        guard let table = Self(function, length: length, totalWeight: totalWeight) else {
            preconditionFailure("unbounded numbers have no limit that a table could pass")
        }
        self = table
    }
}
