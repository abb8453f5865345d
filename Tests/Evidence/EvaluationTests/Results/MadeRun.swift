import Charters
import Flourishing
import Foundation
import Judges
import Models

@testable import Evaluation

/// A run's folder that a test makes, with estimates that it chooses.
struct MadeRun {
    static let goods = ["understanding", "friendship"]
    static let judge = JudgeIdentity(kind: .local, name: "made", version: "1", prompt: "")
    static let other = JudgeIdentity(kind: .model, name: "made", version: "2", prompt: "p")

    let path: String
    let suite: Suite
    let plan: RunPlan

    /// A suite of as many scenarios, in each of which both goods are at stake.
    static func suite(_ scenarios: Int) throws -> Suite {
        let text =
            """
            suite: riverside/made
            version: 1.0.0
            title: Made
            goods:
              understanding: { says: A pupil can explain an idea., signs: [asks], failures: [tells] }
              friendship: { says: Pupils have people to learn with., signs: [names somebody], failures: [keeps it] }
            scenarios:

            """
            + (0..<scenarios).map { "  - { id: s\($0), says: [Hello.], wise: [ask], unwise: [answer] }\n" }.joined()
        return try Suite.read(text, file: "made.yaml").suite
    }

    static func tutor() throws -> Governance {
        let text =
            "charter: riverside/tutor\nversion: 1.0.0\npurpose: Help pupils learn.\ngoods:\n  understanding: { says: A pupil can explain an idea. }\n"
        return Governance(try Charter.read(text, file: "c.yaml").charter.compiled(role: nil))
    }

    /// Makes a run under no charter and a tutor's.
    ///
    /// - Parameter sample: What a conversation came to; nil where it isn't there yet.
    init(
        scenarios: Int, seeds: [UInt64] = [1], judges: [JudgeIdentity] = [judge], models: [String] = ["m"],
        sample: (SampleKey) -> Sample?
    ) throws {
        suite = try Self.suite(scenarios)
        path = FileManager.default.temporaryDirectory.appendingPathComponent("made-\(UUID().uuidString)").path
        plan = RunPlan(
            suites: [suite], governances: [.none, try Self.tutor()],
            models: models.map { .init(label: $0, name: $0, address: "here") }, seeds: seeds, persons: .scripted,
            mostTurns: 1, sampling: Sampling(), judges: judges)
        let folder = try RunFolder(path, plan: plan)
        for key in plan.keys {
            if let sample = sample(key) { try folder.keep(sample) }
        }
    }

    func results(_ settings: RunResults.Settings = .init()) throws -> RunResults {
        try RunResults(folder: path, suites: [suite], settings: settings)
    }

    /// A whole sample with these estimates by each judge.
    static func sample(
        _ key: SampleKey, _ values: [String: Double], judges: [JudgeIdentity] = [judge],
        said: String = "What do you think?", findings: [Finding] = [], dropped: [DroppedFinding] = [],
        disagreements: [Disagreement] = [], problems: [String] = [], move: String? = nil
    ) -> Sample {
        Sample(
            key: key,
            turns: [
                SampleTurn(role: .user, words: "Hello."), SampleTurn(role: .assistant, words: said, move: move),
            ],
            judgements: judges.map { judge in
                Judgement(
                    appraisal: Appraisal(
                        estimates: values.compactMapValues { value in
                            Estimate(
                                value: value, lower: max(-1, value - 0.25), upper: min(1, value + 0.25), coverage: 0.5)
                        }, judge: judge.name, method: "made", at: 0), findings: findings, dropped: dropped,
                    disagreements: disagreements, judge: judge,
                    cost: JudgeCost(calls: 1, cached: 0, inputTokens: 11, outputTokens: 2), problems: problems)
            }, modelTokens: TokenCount(input: 7, output: 3), startedAt: 1_700_000_000_000, took: 40)
    }

    /// The number of a scenario.
    static func number(_ key: SampleKey) -> Int { Int(key.scenario.dropFirst()) ?? 0 }
}
