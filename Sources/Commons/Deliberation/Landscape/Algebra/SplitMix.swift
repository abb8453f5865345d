/// Numbers that look random and are the same for the same seed on every machine (SplitMix64: Steele, Lea and Flood 2014,
/// doi 10.1145/2660193.2660195).
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// From 0 to below 1, in steps of 2⁻⁵³.
    mutating func share() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// From 0 to below `bound`.
    mutating func below(_ bound: Int) -> Int { Int(next().multipliedFullWidth(by: UInt64(bound)).high) }

    /// Normally distributed with mean 0 and variance 1 (Marsaglia's polar method, 1964).
    mutating func normal() -> Double {
        while true {
            let first = 2 * share() - 1
            let second = 2 * share() - 1
            let square = first * first + second * second
            if square > 0, square < 1 { return first * (-2 * logarithm(square) / square).squareRoot() }
        }
    }
}
