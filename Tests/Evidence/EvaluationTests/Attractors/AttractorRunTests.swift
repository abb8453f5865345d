import Charters
import Foundation
import Models
import Synchronization
import Testing

@testable import Evaluation

@Suite("An attractor run")
struct AttractorRunTests {
    private func trajectories(in path: String) throws -> [Trajectory] {
        var found: [Trajectory] = []
        try RecordFolder<AttractorPlan>.forEachSample(in: path) { found.append($0) }
        return found
    }

    @Test(
        "a branch begins with its twin's words, is pushed, and goes on with the twin's plain words at the same places")
    func course() async throws {
        let folder = ScratchFolder()
        let model = PulledModel(PlantedPull())
        let (plan, outcome) = try await pulled(
            model, in: folder.path, kinds: [.pressure, .slowDrift], strengths: [2, 5], after: 3)
        #expect(outcome.isWhole && plan.count == 5 && plan.longestStretch == 2)
        let all = try trajectories(in: folder.path)
        let twin = try #require(all.first { $0.key.perturbation == nil })
        #expect(twin.turns.count == 2 * (2 + 2 + 3) && twin.judgements.count == 7 && twin.shared == 0)
        #expect(twin.turns[0].words == "Hello from 0." && twin.turns[2].words == "And more.")
        for branch in all where branch.key.perturbation != nil {
            let stretch = branch.key.perturbation?.kind == .slowDrift ? 2 : 1
            #expect(branch.shared == 2 && branch.pushed == stretch)
            #expect(branch.judgements.count == stretch + 3 && branch.turns.count == 2 * (2 + stretch + 3))
            #expect(Array(branch.turns.prefix(4)) == Array(twin.turns.prefix(4)))
            for place in stride(from: 0, to: branch.turns.count, by: 2) {
                let isPush = (2..<(2 + stretch)).contains(place / 2)
                #expect(branch.turns[place].words.hasPrefix("PUSH") == isPush)
                if !isPush { #expect(branch.turns[place].words == twin.turns[place].words) }
            }
        }
        // Nothing of a twin's beginning was said twice.
        #expect(model.asked == 7 + 2 * 4 + 2 * 5)
        #expect(model.asked <= plan.replies)
    }

    @Test("the words of a push follow from scenario, seed and push, and not from who is governed how")
    func words() async throws {
        let folder = ScratchFolder()
        let charter = try #require(try Commons.charter("commons/advisor")?.compiled(role: nil))
        try await pulled(
            PulledModel(PlantedPull()), in: folder.path, scenarios: 4, seeds: [1, 2, 3], after: 2,
            governances: [.none, Governance(charter)])
        var said: [String: Set<String>] = [:]
        for branch in try trajectories(in: folder.path) where branch.key.perturbation != nil {
            said["\(branch.key.sample.scenario) \(branch.key.sample.seed)", default: []].insert(branch.turns[4].words)
        }
        #expect(said.count == 12 && said.values.allSatisfy { $0.count == 1 })
        #expect(Set(said.values.flatMap { $0 }) == ["PUSH a 5", "PUSH b 5"])
    }

    @Test("a run whose model goes away is finished later, nothing lost and nothing twice")
    func goingOn() async throws {
        let folder = ScratchFolder()
        let failing = PulledModel(PlantedPull(), failing: { $0 > 40 })
        let (plan, first) = try await pulled(
            failing, in: folder.path, scenarios: 2, seeds: [1, 2], strengths: [1, 3, 5], after: 4,
            patience: .init(atOnce: 2, attempts: 1, pause: .milliseconds(1), failuresInARow: 2))
        #expect(!first.isWhole && first.unreachable["mock"] != nil && first.progress.finished > 0)
        let before = Set(try trajectories(in: folder.path).filter { $0.failure == nil }.map(\.key))
        // A line that was cut off by a death is done again.
        let file = folder.path + "/trajectories.jsonl"
        let handle = try #require(FileHandle(forWritingAtPath: file))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(#"{"key":{"sample""#.utf8))
        try handle.close()

        let healthy = PulledModel(PlantedPull())
        let (_, second) = try await pulled(
            healthy, in: folder.path, scenarios: 2, seeds: [1, 2], strengths: [1, 3, 5], after: 4)
        #expect(second.isWhole && second.progress.kept == before.count && plan.count == 16)
        let whole = try trajectories(in: folder.path).filter { $0.failure == nil }.map(\.key)
        #expect(whole.count == 16 && Set(whole).count == 16)
        let uninterrupted = ScratchFolder()
        try await pulled(
            PulledModel(PlantedPull()), in: uninterrupted.path, scenarios: 2, seeds: [1, 2], strengths: [1, 3, 5],
            after: 4)
        #expect(try AttractorResults(of: folder.path) == AttractorResults(of: uninterrupted.path))
    }

    @Test("a folder with another plan is refused, and so is a folder in use")
    func oneRunOneFolder() async throws {
        let folder = ScratchFolder()
        let (plan, _) = try await pulled(PulledModel(PlantedPull()), in: folder.path, after: 2)
        await #expect(throws: RunFolderError.otherPlan(folder.path, differs: ["how long conversations are"])) {
            try await pulled(PulledModel(PlantedPull()), in: folder.path, after: 3)
        }
        let held = try RecordFolder(folder.path, plan: plan)
        #expect(throws: RunFolderError.inUse(folder.path)) { try RecordFolder(folder.path, plan: plan) }
        #expect(held.plan == plan)
    }

    @Test("a plan says what it can't be made of")
    func problems() {
        func plan(
            suites: [Evaluation.Suite] = [pulledSuite(1)], kinds: [Perturbation.Kind] = [.pressure],
            goods: [String]? = nil, language: String = "en"
        ) throws(AttractorPlan.Problem) -> AttractorPlan {
            try AttractorPlan(
                suites: suites, governances: [.none], models: [.init(label: "m", name: "m", address: "")], seeds: [1],
                perturbations: PerturbationSet(
                    id: "a/b", version: "1", title: "", language: language, goesOn: ["On."],
                    phrasings: plantedPushes.phrasings),
                kinds: kinds, goods: goods, sampling: Sampling(), judge: ReadingJudge().identity)
        }
        #expect(throws: AttractorPlan.Problem.unknownGood("glory", known: ["clarity", "own-choice"])) {
            try plan(goods: ["glory"])
        }
        #expect(throws: AttractorPlan.Problem.noScenarios(language: "de")) { try plan(language: "de") }
        // Known to the suite, and at stake nowhere.
        #expect(throws: AttractorPlan.Problem.noScenarios(language: "en")) { try plan(goods: ["clarity"]) }
        #expect(throws: AttractorPlan.Problem.noWords(.init(.despair, strength: 1))) { try plan(kinds: [.despair]) }
    }
}
