/// People whose votes look as if one hand had guided them, with the reason.
///
/// A reason to look, never a proof: friends who share a link also come at once and think alike. Nothing here removes
/// anybody.
public struct SuspiciousCluster: Sendable, Hashable {
    /// What was noticed.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// Nearly the same votes on the same statements, far beyond what their opinions explain.
        case alike
        /// Many newcomers within a short time who take one side of a statement.
        case burst
        /// More people than expected who cast one vote in all, and the same one.
        case oneVote
        /// The same statements one after the other in the same order.
        case lockstep
    }

    /// The figures behind a reason.
    public enum Evidence: Sendable, Hashable {
        /// Of two people of the cluster, on average: statements that both voted on, those with the same answer, and how
        /// many the same answers would be by chance.
        case alike(shared: Double, same: Double, expected: Double)
        /// How long it took until all had come, and how long so many take as a rule, in milliseconds; and how many of
        /// those of them who voted on a statement took a side that so large a share of the others takes.
        case burst(took: Int, usual: Int, statement: Int, stance: Stance, count: Int, seen: Int, others: Double)
        /// The one vote, and how many such people would be expected.
        case oneVote(statement: Int, stance: Stance, expected: Double)
        /// The statements that two of them voted on in this order, with none in between.
        case lockstep(statements: [Int])
    }

    /// The people by their rows, ascending.
    public let people: [Int]
    /// The figures.
    public let evidence: Evidence
    /// How surprising it is in nats, beyond what so many comparisons would give by chance: above 0, and e to the power
    /// of minus this bounds the chance that people who vote independently of each other look so.
    public let surprise: Double

    /// What was noticed.
    public var kind: Kind {
        switch evidence {
        case .alike: .alike
        case .burst: .burst
        case .oneVote: .oneVote
        case .lockstep: .lockstep
        }
    }

    /// The reason in a sentence or two.
    ///
    /// - Parameter name: what a statement is called, such as `#12`.
    public func words(naming name: (Int) -> String) -> String {
        let count = people.count
        switch evidence {
        case .alike(let shared, let same, let expected):
            return """
                \(count) people vote nearly alike: two of them gave the same answer on \(Self.figure(same)) of the \
                \(Self.figure(shared)) statements that both voted on, on average. By what people of their opinion \
                answer, and how readily each agrees, it would be \(Self.figure(expected)).
                """
        case .burst(let took, let usual, let statement, let stance, let side, let seen, let others):
            return """
                \(count) people cast their first vote within \(Self.span(took)); as a rule so many take \
                \(Self.span(usual)). \(side) of the \(seen) of them who voted on \(name(statement)) \(stance.word), and \
                \(Int((others * 100).rounded()))% of the others do.
                """
        case .oneVote(let statement, let stance, let expected):
            return """
                \(count) people cast one vote in all and the same one: they \(stance.word) \(stance.preposition) \
                \(name(statement)). By how often the statement is met first, and what others answer, it would be \
                \(Self.figure(expected)).
                """
        case .lockstep(let statements):
            let shown = statements.prefix(8).map(name).joined(separator: ", ") + (statements.count > 8 ? ", …" : "")
            return """
                \(count) people share their order: two of them voted on \(statements.count) statements one after the \
                other in the same order (\(shown)), which the order in which statements are shown doesn't explain.
                """
        }
    }

    /// One decimal where it counts.
    private static func figure(_ value: Double) -> String {
        value >= 10 ? "\(Int(value.rounded()))" : "\((value * 10).rounded() / 10)"
    }

    /// A length of time in the unit that fits.
    static func span(_ milliseconds: Int) -> String {
        let seconds = max(0, milliseconds) / 1_000
        let units = [(86_400, "day"), (3_600, "hour"), (60, "minute")]
        for (size, unit) in units where seconds >= 2 * size { return "\(seconds / size) \(unit)s" }
        return seconds == 1 ? "one second" : "\(seconds) seconds"
    }
}

extension Stance {
    /// What people do who take it: agree, disagree or pass.
    public var word: String {
        switch self {
        case .agree: "agree"
        case .disagree: "disagree"
        case .pass: "pass"
        }
    }

    fileprivate var preposition: String { self == .pass ? "on" : "with" }
}
