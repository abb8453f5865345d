import Judges

/// How often chance alone would bring a mean difference as far from 0, if it were as likely to point either way.
///
/// The signs of the scenarios' differences are flipped: all ways where few differ from 0, else ways that are drawn
/// (Good 2005, *Permutation, Parametric, and Bootstrap Tests of Hypotheses*, third edition, chapter 3). Two-sided.
///
/// It supposes that differences lie as far above their mean as below. Where one scenario in ten loses much and the others
/// gain a little, so that nothing is gained on the whole, a small chance comes about far more often than it says.
struct SignFlips: Hashable, Sendable {
    /// The share of ways that lead as far, above 0 and at most 1.
    let chance: Double
    /// Whether all ways were counted.
    let isExact: Bool

    /// Up to as many differences that aren't 0, all ways are counted.
    static let mostExact = 16

    /// The least chance that so many differences can come to, none of them being 0.
    static func least(_ count: Int, draws: Int, among many: Int) -> Double {
        count > mostExact ? 1 / Double(mostDraws(draws, among: many) + 1) : count == 0 ? 1 : 2 / Double(1 << count)
    }

    /// How many ways are drawn at most, so that a chance among many can still come out small.
    private static func mostDraws(_ draws: Int, among many: Int) -> Int { max(draws, 200 * many - 1) }

    /// The chance of some differences.
    ///
    /// - Parameters:
    ///   - differences: One for each scenario.
    ///   - draws: How many ways are drawn. Where fewer than ten of them lead as far, and the chance is one among many,
    ///     more are.
    ///   - many: Among how many chances it will stand.
    ///   - seed: The same seed gives the same chance.
    /// - Complexity: O(2^*n*) up to 16 differences that aren't 0, else O((*draws* + *many*) · *n*).
    init(_ differences: [Double], draws: Int, among many: Int = 1, seed: UInt64) {
        // Flipping a 0 changes nothing, so half of all ways would only repeat the others.
        let moved = differences.filter { $0 != 0 }
        let observed = abs(moved.reduce(0, +))
        // Sums in another order may differ in the last digits.
        let least = observed - 1e-12 * moved.reduce(0) { $0 + abs($1) }
        guard moved.count > Self.mostExact else {
            var sums = [0.0]
            for one in moved { sums = sums.map { $0 + one } + sums.map { $0 - one } }
            chance = Double(sums.count { abs($0) >= least }) / Double(sums.count)
            isExact = true
            return
        }
        var generator = SeededDraws(seed: seed)
        var (asFar, drawn) = (0, 0)
        for end in [draws, Self.mostDraws(draws, among: many)] where asFar < 10 {
            while drawn < end {
                var sum = 0.0
                var (bits, left): (UInt64, Int) = (0, 0)
                for one in moved {
                    if left == 0 { (bits, left) = (generator.next(), 64) }
                    sum += bits & 1 == 0 ? one : -one
                    bits >>= 1
                    left -= 1
                }
                if abs(sum) >= least { asFar += 1 }
                drawn += 1
            }
        }
        // The way that was found counts as one of them.
        chance = Double(asFar + 1) / Double(drawn + 1)
        isExact = false
    }
}
