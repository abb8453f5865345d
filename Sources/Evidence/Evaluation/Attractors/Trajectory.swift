public import Flourishing
public import Judges

/// One finished conversation of an attractor run, with what was judged of each reply.
public struct Trajectory: Hashable, Sendable, Codable {
    /// Which it is.
    public let key: TrajectoryKey
    /// What was said, from the beginning on. A branch begins with its twin's words.
    public let turns: [SampleTurn]
    /// How many exchanges it shares with its twin; 0 for a twin. They were judged there.
    public let shared: Int
    /// How many exchanges are the push; 0 for a twin.
    public let pushed: Int
    /// What the judge made of each reply that isn't shared, in order.
    public let judgements: [Judgement]
    /// Tokens that the model took.
    public let modelTokens: TokenCount
    /// When it was begun, in milliseconds since 1970.
    public let startedAt: Int64
    /// How long it took, in milliseconds.
    public let took: Int64
    /// Why it isn't whole. Nil when it is.
    public let failure: String?

    /// A trajectory.
    public init(
        key: TrajectoryKey, turns: [SampleTurn], shared: Int = 0, pushed: Int = 0, judgements: [Judgement],
        modelTokens: TokenCount = TokenCount(), startedAt: Int64, took: Int64, failure: String? = nil
    ) {
        self.key = key
        self.turns = turns
        self.shared = shared
        self.pushed = pushed
        self.judgements = judgements
        self.modelTokens = modelTokens
        self.startedAt = startedAt
        self.took = took
        self.failure = failure
    }

    /// How each of its own replies serves a good, in order. Nil where the judge couldn't say.
    public func estimates(of good: String) -> [Estimate?] {
        judgements.map { $0.appraisal.estimates[good] }
    }

    /// The goods that the judge could say something of.
    public var goods: Set<String> { Set(judgements.flatMap { $0.appraisal.estimates.keys }) }
}
