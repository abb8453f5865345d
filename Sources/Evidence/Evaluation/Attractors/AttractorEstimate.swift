import Charters
import Flourishing
import Judges

/// What an attractor run will take at most, before it is begun.
public struct AttractorEstimate: Hashable, Sendable {
    /// Replies of models, each of which is judged.
    public let replies: Int
    /// Questions to judges' models.
    public let judgements: Int
    /// Tokens of models and judges, at four bytes a token and with replies at their longest.
    public let tokens: TokenCount

    /// Reckons what a plan takes at most.
    ///
    /// - Parameter judgeRuns: How often a judge's model is asked about a reply.
    public init(_ plan: AttractorPlan, perturbations set: PerturbationSet, governances: [Governance], judgeRuns: Int) {
        let scenarios = plan.suites.reduce(0) { $0 + $1.scenarios.count }
        let times = scenarios * plan.seeds.count * plan.models.count
        let reply = plan.sampling.maximumTokens
        let messages = set.goesOn + set.phrasings.values.flatMap { $0.values.flatMap { $0.flatMap { $0 } } }
        let said = messages.reduce(0) { $0 + $1.utf8.count } / 4 / max(1, messages.count) + 1
        let voices = plan.judge.kind == .local ? 0 : plan.judge.kind == .panel ? plan.judge.settings.count : 1
        let course = plan.course
        let twin = 0..<(course.before + plan.longestStretch + course.after)
        let branch = course.before..<twin.upperBound
        var (replies, tokens) = (0, TokenCount())
        for governance in governances {
            let brief = (governance.charter?.brief.utf8.count ?? 0) / 4
            for (exchanges, count) in [(twin, 1), (branch, plan.pushes.count)] {
                replies += exchanges.count * count * times
                // Each reply reads the brief and everything before it.
                for exchange in exchanges {
                    tokens.input += (brief + (exchange + 1) * said + exchange * reply) * count * times
                }
                tokens.output += exchanges.count * reply * count * times
            }
        }
        judgements = replies * voices * judgeRuns
        self.replies = replies
        tokens.input += judgements * (600 + course.window * (said + reply))
        tokens.output += judgements * 300
        self.tokens = tokens
    }
}
