import Charters
import Flourishing
import Judges

/// What a run will take, before it is begun. Replies and questions are at most as many; tokens are reckoned and may be more,
/// because models count them differently.
public struct RunEstimate: Hashable, Sendable {
    /// Replies of models.
    public let replies: Int
    /// Questions to a model that plays persons.
    public let played: Int
    /// Questions to judges' models.
    public let judgements: Int
    /// Tokens of models, persons and judges, at four bytes a token and with replies at their longest.
    public let tokens: TokenCount

    /// Reckons what a plan takes at most.
    ///
    /// - Parameters:
    ///   - judgeRuns: How often a judge's model is asked about a conversation.
    ///   - oneByOne: Whether it is asked about each good by itself.
    public init(
        _ plan: RunPlan, suites: [Suite], governances: [Governance], judgeRuns: Int, oneByOne: Bool = false
    ) {
        let briefs = governances.map { ($0.charter?.brief.utf8.count ?? 0) / 4 }
        var (replies, played, judgements) = (0, 0, 0)
        var tokens = TokenCount()
        let times = plan.seeds.count * plan.models.count
        let reply = plan.sampling.maximumTokens
        for entry in plan.suites {
            guard let suite = suites.first(where: { $0.id == entry.id }) else { continue }
            for scenario in suite.scenarios where entry.scenarios.contains(scenario.id) {
                let messages =
                    switch plan.persons {
                    case .scripted: min(plan.mostTurns, scenario.says.count)
                    case .rules: min(plan.mostTurns, 1 + scenario.then.values.reduce(0) { $0 + $1.count })
                    case .model: plan.mostTurns
                    }
                let said = scenario.says.reduce(0) { $0 + $1.utf8.count } / 4 / max(1, scenario.says.count)
                // A model is asked for every message but the first.
                let asked = plan.persons == .model ? messages - 1 : 0
                let card = PlayedPerson.card(scenario).utf8.count / 4
                for brief in briefs {
                    replies += messages * times
                    // Each reply reads the brief and everything before it.
                    for turn in 0..<messages { tokens.input += (brief + (turn + 1) * said + turn * reply) * times }
                    tokens.output += messages * reply * times
                    played += asked * times
                    for turn in 0..<asked {
                        tokens.input += (card + (turn + 1) * (PlayedPerson.mostTokens + reply)) * times
                    }
                    tokens.output += asked * PlayedPerson.mostTokens * times
                    for judge in plan.judges where judge.kind != .local {
                        let voices = judge.kind == .panel ? judge.settings.count : 1
                        let questions = voices * judgeRuns * times * (oneByOne ? scenario.goods.count + 1 : 1)
                        judgements += questions
                        tokens.input += questions * (600 + messages * (said + reply))
                        tokens.output += questions * 300
                    }
                }
            }
        }
        self.replies = replies
        self.played = played
        self.judgements = judgements
        self.tokens = tokens
    }
}
