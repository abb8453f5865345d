import Flourishing

/// A small generator of random numbers that gives the same sequence for the same seed (SplitMix64; Steele, Lea and
/// Flood, 2014, doi:10.1145/2660193.2660195).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension Appraisal {
    /// A judgement over one or two goods on a coarse scale, so that equal and ordered ones are common.
    static func random(using generator: inout SeededGenerator) -> Appraisal {
        var estimates: [String: Estimate] = [:]
        for good in ["x", "y"].prefix(Int.random(in: 1...2, using: &generator)) {
            let ends = [
                Double(Int.random(in: -3...3, using: &generator)) / 4,
                Double(Int.random(in: -3...3, using: &generator)) / 4,
            ].sorted()
            let value = Bool.random(using: &generator) ? ends[0] : ends[1]
            let isPoint = Bool.random(using: &generator)
            estimates[good] = Estimate(value: value, lower: isPoint ? value : ends[0], upper: isPoint ? value : ends[1])
        }
        return Appraisal(estimates: estimates, judge: "chance", method: "seeded", at: 0)
    }
}
