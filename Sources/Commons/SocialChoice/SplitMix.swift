/// A small seeded generator: SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators", DOI
/// 10.1145/2660193.2660195), spelled out so that a draw can be repeated by anybody in any language.
@frozen
public struct SplitMix: RandomNumberGenerator, Sendable {
    @usableFromInline var state: UInt64

    /// The numbers of a seed.
    @inlinable
    public init(seed: UInt64) { state = seed }

    init(state: UInt64) { self.state = state }

    /// The next 64 bits.
    @inlinable
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number from 0 to below `bound`, each as likely; draws that would favour small ones are drawn again.
    mutating func next(below bound: UInt64) -> UInt64 {
        let whole = UInt64.max - UInt64.max % bound
        while true {
            let draw = next()
            if draw < whole { return draw % bound }
        }
    }
}
