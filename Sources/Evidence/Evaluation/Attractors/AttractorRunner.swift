public import Counsel
public import Judges
public import Models
import Synchronization

/// Runs an attractor plan: first the twins, then everything that branches off them, several at a time, and keeps each
/// finished conversation at once.
///
/// ```swift
/// let folder = try RecordFolder("runs/pull", plan: plan)
/// let runner = AttractorRunner(folder: folder, suites: suites, governances: [.none, Governance(charter)],
///     models: ["local": (model, "smollm2")], perturbations: .builtIn, judge: judge, reader: CueReader(), now: { 0 })
/// let outcome = try await runner.run()
/// ```
///
/// It can die at any moment, as ``Runner`` can: run again, it goes on with what is missing.
public struct AttractorRunner: Sendable {
    private let folder: RecordFolder<AttractorPlan>
    private let scenarios: [String: [String: Scenario]]
    private let rubrics: [String: Rubric]
    private let governances: [String: Governance]
    private let models: [String: (model: any ChatModel, name: String)]
    private let set: PerturbationSet
    private let judge: any Judge
    private let reader: CueReader
    private let patience: Runner.Patience
    private let now: @Sendable () -> Int64

    /// A runner over a folder.
    ///
    /// - Parameters:
    ///   - folder: Where the run is kept; its plan names what is run.
    ///   - suites: The suites that the plan names.
    ///   - governances: The governances that the plan names.
    ///   - models: The models that the plan names, by label, with their names where they are asked.
    ///   - perturbations: The set that the plan names.
    ///   - judge: Who judges each reply. Several judges make a `JudgePanel`.
    ///   - reader: What reads the persons' messages for a charter.
    ///   - patience: How much at a time.
    ///   - now: The time, in milliseconds since 1970.
    public init(
        folder: RecordFolder<AttractorPlan>, suites: [Suite], governances: [Governance],
        models: [String: (model: any ChatModel, name: String)], perturbations: PerturbationSet, judge: any Judge,
        reader: CueReader, patience: Runner.Patience = Runner.Patience(), now: @escaping @Sendable () -> Int64
    ) {
        self.folder = folder
        scenarios = Dictionary(
            suites.map { suite in
                (suite.id, Dictionary(suite.scenarios.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }))
            }, uniquingKeysWith: { first, _ in first })
        rubrics = Dictionary(suites.map { ($0.id, $0.rubric) }, uniquingKeysWith: { first, _ in first })
        self.governances = Dictionary(governances.map { ($0.label, $0) }, uniquingKeysWith: { first, _ in first })
        self.models = models
        set = perturbations
        self.judge = judge
        self.reader = reader
        self.patience = patience
        self.now = now
    }

    /// Runs what is missing. What branches off a twin that failed waits for the next time.
    ///
    /// - Parameter progress: Called after each conversation, from one task at a time.
    /// - Throws: ``RunFolderError``, or `CancellationError` when the task is cancelled. What was finished is kept.
    public func run(
        progress: @escaping @Sendable (Runner.Progress) -> Void = { _ in }
    ) async throws -> Runner.Outcome {
        var whole: Set<TrajectoryKey> = []
        let beginnings = Beginnings()
        let shared = 2 * folder.plan.course.before
        try RecordFolder<AttractorPlan>.forEachSample(in: folder.path) { trajectory in
            guard trajectory.failure == nil else {
                whole.remove(trajectory.key)
                return
            }
            whole.insert(trajectory.key)
            if trajectory.key.perturbation == nil {
                beginnings.set(Array(trajectory.turns.prefix(shared)), of: trajectory.key)
            }
        }
        let twins = folder.plan.twins
        let branches = twins.flatMap(folder.plan.branches)
        whole.formIntersection(twins + branches)
        let ledger = RunLedger(planned: folder.plan.count, kept: whole.count, report: progress)
        var unreachable: [String: String] = [:]
        for keys in [twins, branches] {
            let missing = keys.filter { key in
                !whole.contains(key) && unreachable[key.sample.model] == nil
                    && (key.perturbation == nil || beginnings.of(key.twin) != nil)
            }
            for (label, reason) in try await run(missing, beginnings, ledger) { unreachable[label] = reason }
        }
        folder.flush()
        return Runner.Outcome(progress: ledger.progress, unreachable: unreachable)
    }

    private func run(
        _ keys: [TrajectoryKey], _ beginnings: Beginnings, _ ledger: RunLedger
    ) async throws -> [String: String] {
        try await withThrowingTaskGroup(of: (String, String?).self) { tasks in
            for (label, keys) in Dictionary(grouping: keys, by: \.sample.model) {
                tasks.addTask { (label, try await run(keys, ofOneModel: beginnings, ledger)) }
            }
            var unreachable: [String: String] = [:]
            for try await (label, reason) in tasks { unreachable[label] = reason }
            return unreachable
        }
    }

    private func run(
        _ keys: [TrajectoryKey], ofOneModel beginnings: Beginnings, _ ledger: RunLedger
    ) async throws -> String? {
        let queue = RunQueue(keys, failuresInARow: patience.failuresInARow)
        let shared = 2 * folder.plan.course.before
        try await withThrowingTaskGroup { tasks in
            for _ in 0..<min(patience.atOnce, keys.count) {
                tasks.addTask {
                    while let key = queue.next() {
                        try Task.checkCancellation()
                        let beginning = key.perturbation == nil ? [] : beginnings.of(key.twin) ?? []
                        let trajectory = try await trajectory(key, from: beginning)
                        queue.take(failure: trajectory.failure)
                        try folder.keep(trajectory)
                        if key.perturbation == nil, trajectory.failure == nil {
                            beginnings.set(Array(trajectory.turns.prefix(shared)), of: key)
                        }
                        ledger.take(
                            failure: trajectory.failure, tokens: trajectory.modelTokens,
                            judgements: trajectory.judgements)
                    }
                }
            }
            try await tasks.waitForAll()
        }
        return queue.stopped
    }

    /// One conversation, tried as often as patience allows.
    private func trajectory(_ key: TrajectoryKey, from beginning: [SampleTurn]) async throws -> Trajectory {
        let started = now()
        let clock = ContinuousClock.now
        var reason = "the plan names what isn't there"
        if let scenario = scenarios[key.sample.suite]?[key.sample.scenario],
            let governance = governances[key.sample.governance], let named = models[key.sample.model],
            let rubric = rubrics[key.sample.suite]
        {
            let goods = scenario.goods.filter { folder.plan.goods?.contains($0) ?? true }
            let conversation = PerturbedConversation(
                scenario: scenario, key: key, set: set, plan: folder.plan,
                model: GovernedModel(
                    PatientModel(named.model, attempts: patience.attempts, pause: patience.pause), named: named.name,
                    under: governance, reader: reader), judge: judge, rubric: rubric.only(goods), now: now)
            do {
                let held = try await conversation.held(from: beginning)
                return Trajectory(
                    key: key, turns: held.turns, shared: beginning.count / 2, pushed: held.pushed,
                    judgements: held.judgements, modelTokens: held.tokens, startedAt: started,
                    took: (ContinuousClock.now - clock).milliseconds)
            } catch let error where error is UpstreamFailure || error is ChatRefusal {
                try Task.checkCancellation()
                reason = "\(error)"
            }
        }
        return Trajectory(
            key: key, turns: [], judgements: [], startedAt: started, took: (ContinuousClock.now - clock).milliseconds,
            failure: reason)
    }
}

/// The twins' turns before the push, from which branches go on.
private final class Beginnings: Sendable {
    private let turns = Mutex<[TrajectoryKey: [SampleTurn]]>([:])

    func set(_ beginning: [SampleTurn], of twin: TrajectoryKey) { turns.withLock { $0[twin] = beginning } }

    func of(_ twin: TrajectoryKey) -> [SampleTurn]? { turns.withLock { $0[twin] } }
}
