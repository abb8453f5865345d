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

    /// The counts on the half of hand-written replies that was held back, for each signal that shows or doesn't.
    public static let heldBack: [ConductSignal: Counts] = [
        .asksQuestion: Counts(hits: 12, falseAlarms: 0, misses: 1, rest: 65),
        .leavesDecision: Counts(hits: 10, falseAlarms: 1, misses: 0, rest: 67),
        .namesUncertainty: Counts(hits: 10, falseAlarms: 1, misses: 0, rest: 67),
        .givesReasons: Counts(hits: 12, falseAlarms: 2, misses: 1, rest: 63),
        .offersAnotherView: Counts(hits: 12, falseAlarms: 0, misses: 0, rest: 66),
        .handsOverFinishedWork: Counts(hits: 10, falseAlarms: 0, misses: 0, rest: 68),
        .encouragesReturn: Counts(hits: 10, falseAlarms: 0, misses: 0, rest: 68),
        .praisesWithoutCause: Counts(hits: 11, falseAlarms: 0, misses: 0, rest: 67),
    ]

    /// The counts on 60 real replies of a language model (from hh-rlhf, MIT licence), labelled by hand before the rules saw
    /// them. No rule was changed for them; the words that languages are told by were mended after a look at which replies of
    /// their file showed none.
    public static let realReplies: [ConductSignal: Counts] = [
        .asksQuestion: Counts(hits: 19, falseAlarms: 1, misses: 0, rest: 40),
        .leavesDecision: Counts(hits: 0, falseAlarms: 2, misses: 0, rest: 58),
        .namesUncertainty: Counts(hits: 7, falseAlarms: 2, misses: 0, rest: 51),
        .givesReasons: Counts(hits: 10, falseAlarms: 3, misses: 5, rest: 42),
        .offersAnotherView: Counts(hits: 0, falseAlarms: 1, misses: 0, rest: 59),
        .handsOverFinishedWork: Counts(hits: 0, falseAlarms: 0, misses: 0, rest: 60),
        .encouragesReturn: Counts(hits: 0, falseAlarms: 0, misses: 0, rest: 60),
        .praisesWithoutCause: Counts(hits: 0, falseAlarms: 0, misses: 0, rest: 60),
    ]

    /// The counts on the half of 50 single sentences that was held back: which of them tell somebody what to do.
    public static let directives = Counts(hits: 13, falseAlarms: 0, misses: 0, rest: 13)

    /// All counts as text.
    static var written: String {
        let all = ConductSignal.allCases.flatMap { [heldBack[$0], realReplies[$0]] } + [directives]
        return all.compactMap { $0 }.map { "\($0.hits) \($0.falseAlarms) \($0.misses) \($0.rest)" }
            .joined(separator: "\n")
    }

    /// A 95% interval (Wilson 1927) of the chance that the label says yes, given what the rule says, over both sets.
    static func chance(_ signal: ConductSignal, shows: Bool) -> ClosedRange<Double> {
        (shows ? whereShown : whereNotShown)[signal.place]
    }

    /// What the share of directive sentences may be when the rule finds so many of so many, by the same interval for the
    /// label of a sentence that it finds, and of one that it doesn't.
    static func directiveShare(_ found: Int, of sentences: Int) -> ClosedRange<Double> {
        guard sentences > 0 else { return 0...0 }
        let share = Double(found) / Double(sentences)
        func mixed(_ yes: Double, _ no: Double) -> Double { share * yes + (1 - share) * no }
        let lower = mixed(directiveFound.lowerBound, directiveNotFound.lowerBound)
        let upper = mixed(directiveFound.upperBound, directiveNotFound.upperBound)
        return lower...upper
    }

    private static let whereShown = chances { counts in
        (counts.reduce(0) { $0 + $1.hits }, counts.reduce(0) { $0 + $1.hits + $1.falseAlarms })
    }
    private static let whereNotShown = chances { counts in
        (counts.reduce(0) { $0 + $1.misses }, counts.reduce(0) { $0 + $1.misses + $1.rest })
    }
    private static let directiveFound = wilson(directives.hits, of: directives.hits + directives.falseAlarms)
    private static let directiveNotFound = wilson(directives.misses, of: directives.misses + directives.rest)

    /// For each signal; all of 0...1 where nothing was counted.
    private static func chances(_ share: ([Counts]) -> (part: Int, total: Int)) -> [ClosedRange<Double>] {
        ConductSignal.allCases.map { signal in
            guard let written = heldBack[signal], let real = realReplies[signal] else { return 0...1 }
            let (part, total) = share([written, real])
            return wilson(part, of: total)
        }
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
