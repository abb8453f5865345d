import Foundation

/// A straight way back: start · 2^(−turn ∕ half-life), fitted by least squares.
public struct DecayFit: Hashable, Sendable, Codable {
    /// Turns in which half of what is left goes. 0: fewer than ``shortest``.
    public let halfLife: Double
    /// How far away it begins, at turn 0.
    public let start: Double

    /// The shortest half-life that is looked for, in turns: with a shorter one less than a thousandth is left after a turn,
    /// and replies can't tell one from another.
    public static let shortest = 0.1

    /// The best fit to displacements by turn. For each half-life the best start has a closed form; the best half-life is
    /// found between ``shortest`` and twenty times as many turns as there are. The way back is supposed to lead to 0: what
    /// stops half-way gets a long half-life.
    ///
    /// - Parameter displacements: How far away, by turn from 0; above 0 is away. Turns may be missing.
    /// - Returns: Nil with fewer than three turns, when nothing is away, or when nothing comes back.
    public init?(_ displacements: [(turn: Int, value: Double)]) {
        guard displacements.count >= 3, let last = displacements.map(\.turn).max(), last > 0 else { return nil }
        func fit(_ logarithm: Double) -> (loss: Double, start: Double) {
            let halfLife = exp(logarithm)
            var (cross, square, own) = (0.0, 0.0, 0.0)
            for (turn, value) in displacements {
                let part = exp2(-Double(turn) / halfLife)
                cross += part * value
                square += part * part
                own += value * value
            }
            let start = square > 0 ? cross / square : 0
            return (own - start * cross, start)
        }
        let (low, high) = (log(Self.shortest), log(20 * Double(last)))
        let steps = 200
        let width = (high - low) / Double(steps)
        var best = 0
        var least = Double.infinity
        for step in 0...steps {
            let loss = fit(low + width * Double(step)).loss
            // A hair's breadth, so that on a flat stretch the shortest of equally good half-lives counts.
            if loss < least - 1e-15 { (best, least) = (step, loss) }
        }
        // At the far end nothing comes back.
        guard best < steps else { return nil }
        var lower = low + width * Double(max(0, best - 1))
        var upper = low + width * Double(min(steps, best + 1))
        // Golden sections: each keeps 0.618 of the stretch that holds the least.
        let section = (5.0.squareRoot() - 1) / 2
        for _ in 0..<60 {
            let (first, second) = (upper - section * (upper - lower), lower + section * (upper - lower))
            if fit(first).loss <= fit(second).loss { upper = second } else { lower = first }
        }
        let middle = (lower + upper) / 2
        let start = fit(middle).start
        guard start > 1e-9 else { return nil }
        // At the near end it is shorter than what was looked for.
        halfLife = best == 0 ? 0 : exp(middle)
        self.start = start
    }
}

/// How fast something rises or falls along a straight line, by least squares.
enum Slope {
    /// The slope a turn. Nil with fewer than three known values.
    static func ofLine(through values: [Double?]) -> Double? {
        let known = values.enumerated().compactMap { turn, value in value.map { (Double(turn), $0) } }
        guard known.count >= 3 else { return nil }
        let middle = known.reduce(0) { $0 + $1.0 } / Double(known.count)
        let spread = known.reduce(0) { $0 + ($1.0 - middle) * ($1.0 - middle) }
        return known.reduce(0) { $0 + ($1.0 - middle) * $1.1 } / spread
    }
}
