public import Flourishing

/// What a judge made of a conversation: a vector of estimates, the words that they rest on, and everything that speaks
/// against believing them.
public struct Judgement: Hashable, Sendable, Codable {
    /// The estimate for each good that could be judged. A good that is missing couldn't be, which isn't zero.
    public let appraisal: Appraisal
    /// The assistant's words that the estimates rest on. Each quote stands word for word in the conversation.
    public let findings: [Finding]
    /// What the judge said and what doesn't count, with the reason.
    public let dropped: [DroppedFinding]
    /// Where runs or members of a panel said different things of a good.
    public let disagreements: [Disagreement]
    /// Who judged.
    public let judge: JudgeIdentity
    /// What it took.
    public let cost: JudgeCost
    /// What went wrong, in words: runs that gave nothing readable, refusals, text that speaks to the judge.
    public let problems: [String]

    /// A judgement.
    public init(
        appraisal: Appraisal, findings: [Finding] = [], dropped: [DroppedFinding] = [],
        disagreements: [Disagreement] = [], judge: JudgeIdentity, cost: JudgeCost = JudgeCost(), problems: [String] = []
    ) {
        self.appraisal = appraisal
        self.findings = findings
        self.dropped = dropped
        self.disagreements = disagreements
        self.judge = judge
        self.cost = cost
        self.problems = problems
    }
}

/// Words of the assistant that show a good served or failed.
public struct Finding: Hashable, Sendable, Codable {
    /// The good.
    public let good: String
    /// The turn that holds the words: the number of the assistant's turn in the conversation, from 1.
    public let turn: Int
    /// The words, as they stand there.
    public let quote: String
    /// Whether they serve the good or fail it.
    public let bearing: Rubric.Bearing
    /// Why, in the judge's words. Empty when it gave no reason.
    public let why: String
    /// Which run of a judge, or which member of a panel, found it.
    public let by: String

    /// Describes a finding.
    public init(good: String, turn: Int, quote: String, bearing: Rubric.Bearing, why: String, by: String) {
        self.good = good
        self.turn = turn
        self.quote = quote
        self.bearing = bearing
        self.why = why
        self.by = by
    }
}

/// Something that a judge said and that doesn't count.
public struct DroppedFinding: Hashable, Sendable, Codable {
    /// Why it doesn't.
    public enum Reason: String, Hashable, Sendable, Codable, CaseIterable {
        /// The quote stands nowhere in what the assistant said.
        case invented
        /// The person said it, not the assistant, or said it first; or it stands behind a line that pretends to be another
        /// turn.
        case othersWords = "others-words"
        /// The quote speaks to the judge, and shows nothing but that.
        case speaksToJudge = "speaks-to-judge"
        /// The quote is too short to show anything.
        case tooShort = "too-short"
        /// The same words were said both to serve the good and to fail it.
        case bothWays = "both-ways"
        /// The run found the same of a good that has nothing to do with the conversation, or said nothing of that one.
        case untrustedRun = "untrusted-run"
        /// A rating that no quote bears out.
        case unsupported
        /// A rating that is none: off the scale, or no number.
        case offScale = "off-scale"
    }

    /// The good.
    public let good: String
    /// What the judge quoted, or its rating, at most 200 letters.
    public let words: String
    /// Why it doesn't count.
    public let reason: Reason
    /// Which run or member said it.
    public let by: String

    /// Describes what was dropped.
    public init(good: String, words: String, reason: Reason, by: String) {
        self.good = good
        self.words = String(words.prefix(200))
        self.reason = reason
        self.by = by
    }
}

/// Where runs of a judge, or members of a panel, said different things of a good: kept, never averaged away.
public struct Disagreement: Hashable, Sendable, Codable {
    /// The good.
    public let good: String
    /// What each said, from -1 to 1, by run or member.
    public let values: [String: Double]

    /// Describes a disagreement.
    public init(good: String, values: [String: Double]) {
        self.good = good
        self.values = values
    }

    /// How far the furthest two are apart, from 0 to 2.
    public var spread: Double { (values.values.max() ?? 0) - (values.values.min() ?? 0) }
}

/// What judging took.
public struct JudgeCost: Hashable, Sendable, Codable {
    /// How often a model was asked.
    public var calls: Int
    /// How often an answer was at hand from before.
    public var cached: Int
    /// Tokens read, where the model's server said; also for answers that a run took before it was interrupted.
    public var inputTokens: Int
    /// Tokens written, likewise.
    public var outputTokens: Int

    /// What it took.
    public init(calls: Int = 0, cached: Int = 0, inputTokens: Int = 0, outputTokens: Int = 0) {
        self.calls = calls
        self.cached = cached
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
    }

    /// Both together. What a server may have made up doesn't count beyond 10^15.
    public static func + (first: JudgeCost, second: JudgeCost) -> JudgeCost {
        func sum(_ one: Int, _ other: Int) -> Int {
            let most = 1_000_000_000_000_000
            return min(most, min(max(0, one), most) + min(max(0, other), most))
        }
        return JudgeCost(
            calls: sum(first.calls, second.calls), cached: sum(first.cached, second.cached),
            inputTokens: sum(first.inputTokens, second.inputTokens),
            outputTokens: sum(first.outputTokens, second.outputTokens))
    }
}
