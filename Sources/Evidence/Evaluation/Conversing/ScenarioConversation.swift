import Judges
import Models

/// Has a scenario's person talk with a governed model, to the end.
struct ScenarioConversation: Sendable {
    let scenario: Scenario
    let person: any SimulatedPerson
    let model: GovernedModel
    let sampling: Sampling
    /// How many messages of the person are answered at most.
    let mostTurns: Int

    /// What was said.
    struct Outcome: Sendable {
        var turns: [SampleTurn] = []
        var modelTokens = TokenCount()
        var personTokens = TokenCount()
    }

    /// The whole conversation.
    ///
    /// - Throws: What the models throw.
    func held() async throws -> Outcome {
        var outcome = Outcome()
        var turns: [ChatTurn] = []
        for index in 0..<mostTurns {
            guard let next = try await person.next(in: scenario, after: turns, seed: sampling.seed) else { break }
            outcome.personTokens = outcome.personTokens + next.cost
            turns.append(ChatTurn(.user, next.words))
            outcome.turns.append(SampleTurn(role: .user, words: next.words))
            var drawn = sampling
            drawn.seed = sampling.seed &+ UInt64(index) &* 1_000_003
            let reply = try await model.reply(to: turns, language: scenario.language, sampling: drawn)
            outcome.modelTokens = outcome.modelTokens + TokenCount(input: reply.inputTokens, output: reply.outputTokens)
            turns.append(ChatTurn(.assistant, reply.words))
            outcome.turns.append(
                SampleTurn(
                    role: .assistant, words: reply.words, move: reply.move, floor: reply.floor, isCut: reply.isCut))
        }
        return outcome
    }
}
