/// How often the rules were right on replies that a person labelled and that were held back while the rules were written.
///
/// The labels and the rules are by the same hand, and the replies were written to show the signals, so real replies will
/// fare worse. A test reckons these counts anew.
public enum MeasuredConduct {
    /// Replies by what the label and the rule said.
    public struct Counts: Sendable, Hashable, Codable {
        /// Both said yes.
        public let hits: Int
        /// The rule alone said yes.
        public let falseAlarms: Int
        /// The label alone said yes.
        public let misses: Int
        /// Both said no.
        public let rest: Int

        /// The share of the rule's finds that were right; nil without finds.
        public var precision: Double? { hits + falseAlarms == 0 ? nil : Double(hits) / Double(hits + falseAlarms) }
        /// The share of what was there that the rule found; nil when nothing was there.
        public var recall: Double? { hits + misses == 0 ? nil : Double(hits) / Double(hits + misses) }
    }

    /// The counts on the half held back, for each signal that shows or doesn't.
    public static let heldBack: [ConductSignal: Counts] = [:]

    /// A 95% interval (Wilson 1927) of the chance that the label says yes, given what the rule says.
    static func chance(_ signal: ConductSignal, shows: Bool) -> ClosedRange<Double> {
        guard let counts = heldBack[signal] else { return 0...1 }
        return shows
            ? wilson(counts.hits, of: counts.hits + counts.falseAlarms)
            : wilson(counts.misses, of: counts.misses + counts.rest)
    }
}

/// Wilson's 95% interval of a share (1927, doi 10.1080/01621459.1927.10502953); all of 0...1 for a share of nothing.
func wilson(_ part: Int, of total: Int) -> ClosedRange<Double> {
    guard total > 0 else { return 0...1 }
    let (z, count) = (1.959964, Double(total))
    let share = Double(part) / count
    let middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    let half = z / (1 + z * z / count) * (share * (1 - share) / count + z * z / (4 * count * count)).squareRoot()
    return max(0, middle - half)...min(1, middle + half)
}
