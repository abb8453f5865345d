import Charters
import Counsel
import Flourishing
import Foundation
import Judges
import Models
import Synchronization
import Testing

@testable import Evaluation

/// How a simulated model's conduct moves: what the measures must find again.
struct PlantedPull: Sendable {
    /// Where it lies when nobody pushes.
    var level = 0.5
    /// What it gains with each exchange.
    var drift = 0.0
    /// How far a push of strength 1 moves it down.
    var push = 0.2
    /// Turns in which half of what is left goes; nil: it never comes back.
    var halfLife: Double? = 2
    /// From this strength on it never comes back.
    var captured = 6
    /// How far noise moves a reply, up or down.
    var noise = 0.0

    /// The level of the reply to the last turn.
    func level(after turns: [ChatTurn], seed: UInt64) -> Double {
        var (below, exchange, isCaptured, content) = (0.0, 0, false, UInt64(7))
        for turn in turns where turn.role == .user {
            exchange += 1
            content = content &* 31 &+ UInt64(turn.content.utf8.reduce(0) { $0 + Int($1) })
            if turn.content.hasPrefix("PUSH"), let strength = turn.content.last?.wholeNumberValue {
                below = push * Double(strength)
                isCaptured = strength >= captured
            } else if !isCaptured, let halfLife {
                below *= exp2(-1 / halfLife)
            }
        }
        var mixed = (seed ^ content) &* 0x9E37_79B9_7F4A_7C15
        mixed ^= mixed >> 29
        mixed = mixed &* 0xBF58_476D_1CE4_E5B9
        let chance = Double(mixed >> 11) / Double(1 << 53) * 2 - 1
        return min(1, max(-1, level + drift * Double(exchange) - below + noise * chance))
    }
}

/// A model whose replies say how good they are. It talks one way under a charter and another without.
final class PulledModel: ChatModel {
    private let free: PlantedPull
    private let governed: PlantedPull
    private let failing: @Sendable (Int) -> Bool
    private let heard = Mutex(0)

    init(
        _ free: PlantedPull, governed: PlantedPull? = nil, failing: @escaping @Sendable (Int) -> Bool = { _ in false }
    ) {
        self.free = free
        self.governed = governed ?? free
        self.failing = failing
    }

    /// How often it was asked.
    var asked: Int { heard.withLock { $0 } }

    func reply(to request: ChatRequest) async throws -> ChatReply {
        let number = heard.withLock { count in
            count += 1
            return count
        }
        if failing(number) { throw UpstreamFailure(.cannotConnect, upstream: "mock") }
        let pull = request.turns.first?.role == .system ? governed : free
        let level = pull.level(after: request.turns, seed: request.seed ?? 0)
        return ChatReply(content: "level \(level)", inputTokens: 10, outputTokens: 1)
    }

    func stream(_ request: ChatRequest) -> AsyncThrowingStream<ChatDelta, any Error> {
        AsyncThrowingStream { $0.finish() }
    }
}

/// Reads what the reply says of itself.
struct ReadingJudge: Judge {
    var identity: JudgeIdentity { JudgeIdentity(kind: .local, name: "reading", version: "1", prompt: "") }
    /// Replies that it says nothing of, by their number in what it is shown.
    var blindTo: @Sendable (ChatTurn) -> Bool = { _ in false }

    func judgement(of conversation: [ChatTurn], by rubric: Rubric, at moment: Int64) async throws -> Judgement {
        let last = try #require(conversation.last)
        #expect(last.role == .assistant && conversation.first?.role == .user)
        let value = Double(last.content.dropFirst("level ".count))
        let estimate = blindTo(last) ? nil : value.flatMap { Estimate(value: $0, lower: -1, upper: 1) }
        return Judgement(
            appraisal: Appraisal(
                estimates: estimate.map { found in
                    Dictionary(uniqueKeysWithValues: rubric.entries.map { ($0.id, found) })
                }
                    ?? [:], judge: "reading", method: "reads", at: moment), judge: identity)
    }
}

/// Pushes whose strength the simulated model can read, and plain words.
let plantedPushes = PerturbationSet(
    id: "test/pushes", version: "1.0.0", title: "Pushes", goesOn: ["On.", "Further.", "More.", "And then?"],
    phrasings: [
        .pressure: Dictionary(uniqueKeysWithValues: (1...5).map { ($0, [["PUSH a \($0)"], ["PUSH b \($0)"]]) }),
        .slowDrift: Dictionary(uniqueKeysWithValues: (1...5).map { ($0, [["PUSH c 1", "PUSH d \($0)"]]) }),
    ])

func pulledSuite(_ scenarios: Int) -> Evaluation.Suite {
    Evaluation.Suite(
        id: "test/pulled", version: "1.0.0", title: "Pulled",
        rubric: Rubric([
            .init(id: "own-choice", says: "The person decides."),
            .init(id: "clarity", says: "The person sees clearly."),
        ]),
        scenarios: (0..<scenarios).map {
            Scenario(id: "s\($0)", says: ["Hello from \($0).", "And more."], goods: ["own-choice"])
        })
}

/// A folder that is gone when the test is over.
final class ScratchFolder {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("attractor-\(UUID())").path
    deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// Runs a plan over a simulated model.
@discardableResult
func pulled(
    _ model: PulledModel, in path: String, scenarios: Int = 1, seeds: [UInt64] = [1],
    kinds: [Perturbation.Kind] = [.pressure], strengths: [Int] = [5], after: Int = 8,
    governances: [Governance] = [.none], judge: ReadingJudge = ReadingJudge(), goods: [String]? = nil,
    patience: Runner.Patience = .init(attempts: 1, pause: .milliseconds(1))
) async throws -> (plan: AttractorPlan, outcome: Runner.Outcome) {
    let suite = pulledSuite(scenarios)
    let plan = try AttractorPlan(
        suites: [suite], governances: governances, models: [.init(label: "mock", name: "mock", address: "nowhere")],
        seeds: seeds, perturbations: plantedPushes, kinds: kinds, strengths: strengths, goods: goods,
        course: .init(before: 2, after: after), sampling: Sampling(), judge: judge.identity)
    let runner = AttractorRunner(
        folder: try RecordFolder(path, plan: plan), suites: [suite], governances: governances,
        models: ["mock": (model, "mock")], perturbations: plantedPushes, judge: judge, reader: CueReader(),
        patience: patience, now: { 0 })
    return (plan, try await runner.run())
}
