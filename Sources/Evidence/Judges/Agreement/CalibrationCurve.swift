/// How well stated probabilities match what then held: the reliability diagram, as numbers.
public struct CalibrationCurve: Sendable, Hashable, Codable {
    /// Predictions that lie close together.
    public struct Bin: Sendable, Hashable, Codable {
        /// The mean of what was predicted, 0 to 1.
        public let predicted: Double
        /// The share for which it held, 0 to 1.
        public let observed: Double
        /// How many.
        public let count: Int
    }

    /// The bins, by ascending prediction, each with about as many predictions.
    public let bins: [Bin]
    /// The mean distance of prediction and share over bins, each counting as its predictions: the expected calibration
    /// error. 0 is best. It depends on the number of bins.
    public let error: Double
    /// The mean squared distance of prediction and outcome, 0 to 1; 0 is best (Brier 1950).
    public let brier: Double

    /// Reckons the curve.
    ///
    /// Bins of equal count rather than equal width: with few predictions, wide bins stay empty (Nguyen and O'Connor 2015,
    /// arXiv 1508.05154).
    ///
    /// - Parameters:
    ///   - predictions: Each a probability from 0 to 1, with whether it held.
    ///   - bins: At most so many, at least 1.
    /// - Returns: Nil without predictions, or when one isn't a probability.
    public init?(_ predictions: [(probability: Double, held: Bool)], bins: Int = 10) {
        guard !predictions.isEmpty, bins >= 1, predictions.allSatisfy({ (0...1).contains($0.probability) }) else {
            return nil
        }
        // Equal predictions in an order that doesn't depend on the input's.
        let sorted = predictions.sorted {
            $0.probability != $1.probability ? $0.probability < $1.probability : !$0.held && $1.held
        }
        let count = min(bins, sorted.count)
        var made: [Bin] = []
        var from = 0
        for bin in 0..<count {
            var to = sorted.count * (bin + 1) / count
            // Equal predictions belong together: what decides between them can't be seen in them.
            while to < sorted.count, to > from, sorted[to].probability == sorted[to - 1].probability { to += 1 }
            guard to > from else { continue }
            let part = sorted[from..<to]
            made.append(
                Bin(
                    predicted: part.reduce(0) { $0 + $1.probability } / Double(part.count),
                    observed: Double(part.count { $0.held }) / Double(part.count), count: part.count))
            from = to
        }
        self.bins = made
        error = made.reduce(0) { $0 + abs($1.predicted - $1.observed) * Double($1.count) } / Double(sorted.count)
        brier =
            sorted.reduce(0) { sum, next in
                let miss = next.probability - (next.held ? 1 : 0)
                return sum + miss * miss
            } / Double(sorted.count)
    }
}
