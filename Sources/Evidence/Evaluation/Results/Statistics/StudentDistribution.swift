import Foundation

/// Student's t distribution with whole degrees of freedom: the normal one where a spread had to be estimated too.
struct StudentDistribution {
    /// The degrees of freedom, 1 at least.
    let freedom: Int

    /// - Parameter freedom: Fewer than 1 are taken as 1.
    init(freedom: Int) { self.freedom = max(1, freedom) }

    /// The share below a place, from 0 to 1: the finite sums for whole degrees of freedom (Abramowitz and Stegun 1964,
    /// *Handbook of Mathematical Functions*, 26.7.3 and 26.7.4).
    ///
    /// - Complexity: O(degrees of freedom).
    func share(below place: Double) -> Double {
        let angle = atan(abs(place) / Double(freedom).squareRoot())
        let (sine, cosine) = (sin(angle), cos(angle))
        let isOdd = freedom % 2 == 1
        var term = isOdd ? cosine : 1
        var sum = freedom == 1 ? 0 : term
        var step = isOdd ? 3 : 2
        while step <= freedom - 2 {
            // Odd: 2/3, 4/5, …; even: 1/2, 3/4, …
            term *= Double(step - 1) / Double(step) * cosine * cosine
            sum += term
            step += 2
        }
        let within = isOdd ? 2 / Double.pi * (angle + sine * sum) : sine * sum
        return place < 0 ? (1 - within) / 2 : (1 + within) / 2
    }

    /// The place below which a share lies: minus infinity for 0, infinity for 1. Found by halving.
    ///
    /// - Complexity: O(degrees of freedom).
    func quantile(_ share: Double) -> Double {
        if share < 0.5 { return -quantile(1 - share) }
        guard share < 1 else { return .infinity }
        var (low, high) = (0.0, 1.0)
        while self.share(below: high) < share, high < 1e12 { high *= 2 }
        for _ in 0..<100 {
            let middle = (low + high) / 2
            if self.share(below: middle) < share { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }
}
