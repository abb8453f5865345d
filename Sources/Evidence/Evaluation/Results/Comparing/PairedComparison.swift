public import Flourishing
public import Judges

/// Two conducts side by side, good by good: the same scenarios with the same seeds, under two charters or by two models.
///
/// ```swift
/// let found = results.comparison(of: .init(model: "local", governance: "none"),
///     with: .init(model: "local", governance: "commons/advisor"))
/// found.map(\.standing)     // of each judge: better, worse, equal or incomparable
/// ```
///
/// Both talked with the same people, so what is compared is the difference in each scenario, and what a judge gets wrong
/// in the same way on both sides falls out. There is no total: the vectors are better only if no good is worse and none
/// is left open. A good that can't be paired is left open; it doesn't vanish.
public struct PairedComparison: Hashable, Sendable, Codable {
    /// One of the two.
    public struct Side: Hashable, Sendable, Codable {
        /// The model's label.
        public let model: String
        /// The governance's label.
        public let governance: String

        /// One of the two.
        public init(model: String, governance: String) {
            self.model = model
            self.governance = governance
        }

        /// In words.
        public var name: String {
            governance == Governance.none.label ? "\(model), no charter" : "\(model) under \(governance)"
        }
    }

    /// What became of one side's conversations, among those that are compared.
    public struct Conversations: Hashable, Sendable, Codable {
        /// How many the plan has.
        public internal(set) var planned = 0
        /// How many are whole.
        public internal(set) var finished = 0
        /// How many failed.
        public internal(set) var failed = 0
    }

    /// A good of a suite.
    public struct NamedGood: Hashable, Sendable, Codable {
        /// The suite.
        public let suite: String
        /// The good.
        public let good: String
    }

    /// What is compared with.
    public let from: Side
    /// What is compared.
    public let to: Side
    /// Who judged both.
    public let judge: JudgeIdentity
    /// What became of the first side's conversations.
    public let fromConversations: Conversations
    /// What became of the second side's conversations.
    public let toConversations: Conversations
    /// Pairs of conversations that are whole on both sides.
    public let wholePairs: Int
    /// The goods, suite by suite: those that the judge estimated at least once on either side.
    public let goods: [GoodDifference]
    /// Goods that were at stake and that the judge never estimated on either side.
    public let unseen: [NamedGood]
    /// Among how many goods chances were corrected: all that have a pair in everything that was compared together.
    public let family: Int
    /// The share of pairs that may be missing before a good is left open, from 0 to 1.
    public let allowedMissing: Double
    /// How the second side stands to the first over all goods: never better as long as one good is open or worse.
    public let standing: Standing
    /// How it stands suite by suite.
    public let suites: [String: Standing]

    /// The share of pairs of conversations that aren't whole on both sides, from 0 to 1.
    public var missingShare: Double {
        fromConversations.planned == 0 ? 0 : 1 - Double(wholePairs) / Double(fromConversations.planned)
    }

    /// The level below which a corrected chance counts.
    static let level = 0.05

    /// How a vector stands, by how its goods stand: the rule of ``Flourishing/Appraisal/standing(to:)``. Nothing to
    /// compare is incomparable.
    static func together(_ standings: [Standing]) -> Standing {
        guard !standings.isEmpty else { return .incomparable }
        var together = Standing.equal
        for standing in standings {
            switch (together, standing) {
            case (_, .incomparable), (.better, .worse), (.worse, .better): return .incomparable
            case (_, .equal): continue
            case (_, let decided): together = decided
            }
        }
        return together
    }
}
