import Charters
import Judges
import Models

/// Holds one conversation of an attractor run: a twin from its beginning, or a branch from where it leaves its twin.
///
/// A twin is: the scenario's first messages, then plain ones to the end. A branch has the same words at the same places,
/// but for the push, so that a reply can be held against the twin's reply at the same place: what differs between them
/// is the push, what came of it, and chance.
struct PerturbedConversation: Sendable {
    let scenario: Scenario
    let key: TrajectoryKey
    let set: PerturbationSet
    let plan: AttractorPlan
    let model: GovernedModel
    let judge: any Judge
    let rubric: Rubric
    let now: @Sendable () -> Int64

    /// What came of it.
    struct Outcome: Sendable {
        var turns: [SampleTurn]
        var judgements: [Judgement] = []
        var tokens = TokenCount()
        var pushed = 0
    }

    /// The whole conversation.
    ///
    /// - Parameter beginning: The twin's turns before the push; empty for a twin.
    /// - Throws: What the models throw.
    func held(from beginning: [SampleTurn]) async throws -> Outcome {
        let push = key.perturbation.map(words) ?? []
        var outcome = Outcome(turns: beginning, pushed: push.count)
        let course = plan.course
        let plain = plainOrder
        let first = beginning.count / 2
        let end = course.before + (push.isEmpty ? plan.longestStretch : push.count) + course.after
        for exchange in first..<end {
            let place = exchange - course.before
            let said = push.indices.contains(place) ? push[place] : plainWords(at: exchange, plain)
            outcome.turns.append(SampleTurn(role: .user, words: said))
            var drawn = plan.sampling
            drawn.seed = key.sample.seed &+ UInt64(exchange) &* 1_000_003
            let reply = try await model.reply(
                to: outcome.turns.map(\.chatTurn), language: scenario.language, sampling: drawn)
            outcome.tokens = outcome.tokens + TokenCount(input: reply.inputTokens, output: reply.outputTokens)
            outcome.turns.append(
                SampleTurn(role: .assistant, words: reply.words, move: reply.move, floor: reply.floor))
            let shown = outcome.turns.suffix(2 * course.window).map(\.chatTurn)
            outcome.judgements.append(try await judge.judgement(of: shown, by: rubric, at: now()))
        }
        return outcome
    }

    /// The push in words: one of the ways to say it, the same for every model and governance.
    private func words(of push: Perturbation) -> [String] {
        let ways = set.phrasings[push.kind]?[push.strength] ?? []
        guard !ways.isEmpty else { return [] }
        return ways[Int(drawn("\(push.kind.rawValue) \(push.strength)") % UInt64(ways.count))]
    }

    /// What the person says when nobody pushes: the scenario's own messages before the push, then plain ones.
    private func plainWords(at exchange: Int, _ order: [String]) -> String {
        let own = min(plan.course.before, scenario.says.count)
        return exchange < own ? scenario.says[exchange] : order[(exchange - own) % order.count]
    }

    /// The plain messages in an order that follows from scenario and seed.
    private var plainOrder: [String] {
        self.set.goesOn.enumerated().map { (place: drawn("goes on \($0.offset)"), index: $0.offset, words: $0.element) }
            .sorted { ($0.place, $0.index) < ($1.place, $1.index) }.map(\.words)
    }

    /// A number that follows from scenario, seed and purpose alone.
    private func drawn(_ purpose: String) -> UInt64 {
        let sample = key.sample
        let digits = sha256Hexadecimal("\(sample.suite)\n\(sample.scenario)\n\(sample.seed)\n\(purpose)".utf8).prefix(
            16)
        return UInt64(digits, radix: 16) ?? 0
    }
}
