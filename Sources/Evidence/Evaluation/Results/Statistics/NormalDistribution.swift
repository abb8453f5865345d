import Foundation

/// The standard normal distribution.
enum NormalDistribution {
    /// The share below a place, from 0 to 1.
    static func share(below place: Double) -> Double { 0.5 * erfc(-place / 2.0.squareRoot()) }

    /// The place below which a share lies: minus infinity for 0, infinity for 1. Found by halving, to the last digit.
    static func quantile(_ share: Double) -> Double {
        if share > 0.5 { return -quantile(1 - share) }
        guard share > 0 else { return -.infinity }
        var (low, high) = (-40.0, 0.0)
        while true {
            let middle = (low + high) / 2
            guard middle > low, middle < high else { return middle }
            if Self.share(below: middle) < share { low = middle } else { high = middle }
        }
    }
}
