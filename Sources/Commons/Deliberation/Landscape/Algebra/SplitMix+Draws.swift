import SocialChoice

extension SplitMix {
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
