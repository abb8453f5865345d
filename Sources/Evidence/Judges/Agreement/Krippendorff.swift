/// What the distance between two ratings means.
public enum RatingLevel: String, Sendable, Hashable, Codable, CaseIterable {
    /// Equal or not: ratings are names.
    case nominal
    /// Ratings are ranks: two are as far apart as many ratings lie between them.
    case ordinal
    /// Ratings are numbers on a scale with equal steps.
    case interval
}

extension RatingTable {
    /// Krippendorff's alpha: one minus observed disagreement over the disagreement that chance would give. 1 is perfect
    /// agreement, 0 what chance gives, below 0 less than that.
    ///
    /// Units with fewer than two ratings say nothing about agreement and are left out; any number of ratings may be
    /// missing. Nil when no unit has two ratings, or when everybody gave everything the same rating: then nothing shows
    /// whether they would tell different things apart.
    ///
    /// Krippendorff 2011, "Computing Krippendorff's alpha-reliability" (University of Pennsylvania).
    ///
    /// - Complexity: O(*n* + *v*²) for *n* ratings with *v* different values.
    public func krippendorffAlpha(_ level: RatingLevel) -> Double? {
        let values = values
        let number = Dictionary(uniqueKeysWithValues: values.enumerated().map { ($1, $0) })
        let size = values.count
        // How often each pair of values meets within a unit, each unit's pairs weighing as much as its ratings.
        var coincidences = [Double](repeating: 0, count: size * size)
        for row in ratings {
            let given = row.compactMap { $0.flatMap { number[$0] } }
            guard given.count >= 2 else { continue }
            var counts = [Double](repeating: 0, count: size)
            for value in given { counts[value] += 1 }
            let pairs = Double(given.count - 1)
            for first in 0..<size where counts[first] > 0 {
                for second in 0..<size where counts[second] > 0 {
                    let met = first == second ? counts[first] * (counts[first] - 1) : counts[first] * counts[second]
                    coincidences[first * size + second] += met / pairs
                }
            }
        }
        let totals = (0..<size).map { row in (0..<size).reduce(0) { $0 + coincidences[row * size + $1] } }
        let all = totals.reduce(0, +)
        guard all > 1 else { return nil }
        let distances = Self.distances(values, totals, level)
        var (observed, expected) = (0.0, 0.0)
        for first in 0..<size {
            for second in (first + 1)..<max(first + 1, size) {
                let distance = distances[first * size + second]
                observed += coincidences[first * size + second] * distance
                expected += totals[first] * totals[second] * distance
            }
        }
        guard expected > 0 else { return nil }
        return 1 - (all - 1) * observed / expected
    }

    /// The squared distance of each pair of values.
    private static func distances(_ values: [Double], _ totals: [Double], _ level: RatingLevel) -> [Double] {
        let size = values.count
        var distances = [Double](repeating: 0, count: size * size)
        for first in 0..<size {
            // What lies between, both ends counting half (Krippendorff 2011, section on ordinal data).
            var between = totals[first] / 2
            for second in (first + 1)..<max(first + 1, size) {
                let distance: Double
                switch level {
                case .nominal: distance = 1
                case .ordinal: distance = between + totals[second] / 2
                case .interval: distance = values[second] - values[first]
                }
                between += totals[second]
                distances[first * size + second] = distance * distance
            }
        }
        return distances
    }
}
