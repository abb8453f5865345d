import Judges
import Models
import Testing

@testable import Evaluation

/// The results of conversations whose levels are made up: a twin where the push is nil, else its branch. Drift has pushes of
/// two messages, others of one.
///
/// - Parameters:
///   - levels: For a scenario's number, a seed, a governance and a push, the level of each of `count` own replies.
func madeResults(
    scenarios: Int = 5, seeds: [UInt64] = [1, 2, 3], governances: Int = 1, kinds: [Perturbation.Kind] = [.pressure],
    strengths: [Int] = [3], after: Int = 6, settings: AttractorSettings = AttractorSettings(draws: 400),
    levels: (_ scenario: Int, _ seed: UInt64, _ governance: Int, _ push: Perturbation?, _ count: Int) -> [Double?]
) throws -> AttractorResults {
    let suite = pulledSuite(scenarios)
    let charter = try #require(try MadeRun.tutor().charter)
    let plan = try AttractorPlan(
        suites: [suite], governances: (0..<governances).map { Governance(charter, label: "g\($0)") },
        models: [.init(label: "mock", name: "mock", address: "nowhere")], seeds: seeds, perturbations: plantedPushes,
        kinds: kinds, strengths: strengths, course: .init(before: 2, after: after), sampling: Sampling(),
        judge: ReadingJudge().identity)
    var series: [TrajectoryKey: LevelSeries] = [:]
    for twin in plan.twins {
        let scenario = Int(twin.sample.scenario.dropFirst()) ?? 0
        let governance = Int(twin.sample.governance.dropFirst()) ?? 0
        for key in [twin] + plan.branches(of: twin) {
            let pushed = key.perturbation.map { $0.kind == .slowDrift ? 2 : 1 } ?? 0
            let count = key.perturbation == nil ? 2 + plan.longestStretch + after : pushed + after
            series[key] = LevelSeries(
                key: key, shared: key.perturbation == nil ? 0 : 2, pushed: pushed,
                levels: ["own-choice": levels(scenario, key.sample.seed, governance, key.perturbation, count)])
        }
    }
    return AttractorResults(plan, series, settings)
}
