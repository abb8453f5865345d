/// Somebody's decision how much each good counts: the only way from an ``Appraisal`` to a number.
///
/// A weighing can't be made without saying whose it is and why, so that no number hides a choice of values.
public struct Weighing: Hashable, Sendable {
    /// Who decided.
    public let author: String
    /// Why, in words.
    public let reason: String
    /// How much each good counts, under its name. Each is finite and at least 0; at least one is more.
    public let weights: [String: Double]

    /// Makes a weighing. Nil when the author or the reason is blank, a weight is negative or not finite, or none is
    /// above 0.
    public init?(author: String, reason: String, weights: [String: Double]) {
        guard author.contains(where: { !$0.isWhitespace }), reason.contains(where: { !$0.isWhitespace }),
            weights.values.allSatisfy({ $0 >= 0 && $0.isFinite }),
            weights.values.contains(where: { $0 > 0 })
        else { return nil }
        self.author = author
        self.reason = reason
        self.weights = weights
    }

    /// The mean of the judgement's estimates under these weights, as an interval. Nil when a good that counts wasn't
    /// looked at: missing is not zero.
    ///
    /// The interval is made of the ends of the single intervals, so it makes no assumption on how the goods depend on
    /// each other; it is wider than one that did. The coverage is that of the goods, weighted alike.
    ///
    /// - Complexity: O(*n* log *n*) in the number of weights. They are added up in the order of their names, so that
    ///   equal weights give an equal number.
    public func mean(of appraisal: Appraisal) -> Estimate? {
        let counted = weights.filter { $0.value > 0 }.sorted { $0.key < $1.key }
        // Scaled first, so that sums of huge weights stay finite; by a power of two, so that scaling rounds nothing.
        let scale = counted.map(\.value).max()?.binade ?? 1
        var total = 0.0
        var (value, lower, upper, coverage) = (0.0, 0.0, 0.0, 0.0)
        for (good, weight) in counted {
            guard let estimate = appraisal.estimates[good] else { return nil }
            let share = weight / scale
            total += share
            value += share * estimate.value
            lower += share * estimate.lower
            upper += share * estimate.upper
            coverage += share * estimate.coverage
        }
        // Rounding may leave the scale by the last digit.
        func onScale(_ sum: Double, from least: Double) -> Double { min(1, max(least, sum / total)) }
        return Estimate(
            value: onScale(value, from: -1), lower: onScale(lower, from: -1), upper: onScale(upper, from: -1),
            coverage: onScale(coverage, from: 0))
    }
}
