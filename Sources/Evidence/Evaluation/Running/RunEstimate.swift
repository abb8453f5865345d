import Charters
import Flourishing
import Judges

/// What a run will take at most, before it is begun.
public struct RunEstimate: Hashable, Sendable {
    /// Replies of models.
    public let replies: Int
    /// Questions to judges' models.
    public let judgements: Int
    /// Tokens of models, persons and judges, at four bytes a token and with replies at their longest.
    public let tokens: TokenCount

    /// Reckons what a plan takes at most.
    ///
    /// - Parameter judgeRuns: How often a judge's model is asked about a conversation.
    public init(_ plan: RunPlan, suites: [Suite], governances: [Governance], judgeRuns: Int) {
        let briefs = governances.map { ($0.charter?.brief.utf8.count ?? 0) / 4 }
        var (replies, judgements) = (0, 0)
        var tokens = TokenCount()
        let times = plan.seeds.count * plan.models.count
        let reply = plan.sampling.maximumTokens
        for entry in plan.suites {
            guard let suite = suites.first(where: { $0.id == entry.id }) else { continue }
            for scenario in suite.scenarios where entry.scenarios.contains(scenario.id) {
                let messages = plan.persons == .model ? plan.mostTurns : min(plan.mostTurns, scenario.says.count)
                let said = scenario.says.reduce(0) { $0 + $1.utf8.count } / 4 / max(1, scenario.says.count)
                for brief in briefs {
                    replies += messages * times
                    // Each reply reads the brief and everything before it.
                    for turn in 0..<messages { tokens.input += (brief + (turn + 1) * said + turn * reply) * times }
                    tokens.output += messages * reply * times
                    for judge in plan.judges where judge.kind != .local {
                        let voices = judge.kind == .panel ? judge.settings.count : 1
                        judgements += voices * judgeRuns * times
                        tokens.input += voices * judgeRuns * times * (600 + messages * (said + reply))
                        tokens.output += voices * judgeRuns * times * 300
                    }
                }
            }
        }
        self.replies = replies
        self.judgements = judgements
        self.tokens = tokens
    }
}
