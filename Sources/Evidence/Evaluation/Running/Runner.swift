public import Counsel
import Flourishing
import Foundation
public import Judges
public import Models
import Synchronization

/// Runs a plan: every scenario with every model under every governance with every seed, several at a time, and keeps
/// each finished conversation at once.
///
/// ```swift
/// let runner = Runner(folder: folder, suites: suites, governances: [.none, Governance(charter)],
///     models: ["local": (model, "smollm2")], person: ScriptedPerson(), judges: [judge], reader: CueReader())
/// let outcome = try await runner.run()
/// ```
///
/// It can die at any moment: run again, it goes on with what is missing. Conversations that failed are done again; those
/// that were held and couldn't be judged are only judged again.
public struct Runner: Sendable {
    /// How much at a time, and how patient.
    public struct Patience: Hashable, Sendable {
        /// Conversations at a time with one model.
        public var atOnce: Int
        /// How often a question is asked when its model can't be reached or asks for patience.
        public var attempts: Int
        /// The pause after a first failure, which doubles each time, up to 60 s.
        public var pause: Duration
        /// After as many failed conversations in a row with one model, the run stops: its upstream is down.
        public var failuresInARow: Int

        /// How much at a time, and how patient.
        public init(atOnce: Int = 4, attempts: Int = 5, pause: Duration = .seconds(1), failuresInARow: Int = 8) {
            self.atOnce = max(1, atOnce)
            self.attempts = max(1, attempts)
            self.pause = pause
            self.failuresInARow = max(1, failuresInARow)
        }
    }

    /// How far a run is.
    public struct Progress: Sendable {
        /// Samples of the whole plan.
        public let planned: Int
        /// Samples that are there, those from before included.
        public let finished: Int
        /// Samples that failed in this run.
        public let failed: Int
        /// Samples that were there before this run.
        public let kept: Int
        /// Since this run began.
        public let elapsed: Duration
        /// Tokens of models, of persons and of judges in this run.
        public let tokens: TokenCount
        /// Why conversations failed in this run, and how many of them.
        public let reasons: [String: Int]
        /// Replies of this run that were cut off at as many tokens as a reply may have.
        public let cutReplies: Int
        /// Replies of this run that say nothing.
        public let emptyReplies: Int
        /// Conversations of this run for which a judge has no estimate of any good, by the judge's name.
        public let silent: [String: Int]

        /// How long it will take still, at the pace so far. Nil when nothing is finished yet.
        public var left: Duration? {
            let done = finished - kept
            guard done > 0 else { return nil }
            return elapsed * (Double(planned - finished) / Double(done))
        }

        /// What whoever reads the results should know, a sentence each.
        public var remarks: [String] {
            var remarks: [String] = []
            func were(_ count: Int, _ what: String) -> String { "\(count) \(what)\(count == 1 ? "y was" : "ies were")" }
            if cutReplies > 0 {
                remarks.append(
                    "\(were(cutReplies, "repl")) cut off at as many tokens as a reply may have, and judged as they stand."
                )
            }
            if emptyReplies > 0 { remarks.append("\(were(emptyReplies, "repl")) empty.") }
            for (judge, count) in silent.sorted(by: { $0.key < $1.key }) {
                remarks.append(
                    "Of \(count) conversation\(count == 1 ? "" : "s") \(judge) has no estimate for any good; the report says why."
                )
            }
            return remarks
        }
    }

    /// How a run ended.
    public struct Outcome: Sendable {
        /// How far it came.
        public let progress: Progress
        /// The models that couldn't be reached any more, and why.
        public let unreachable: [String: String]

        /// Whether every sample is there.
        public var isWhole: Bool { progress.finished == progress.planned }
    }

    private let folder: RunFolder
    private let scenarios: [String: [String: Scenario]]
    private let rubrics: [String: Rubric]
    private let governances: [String: Governance]
    private let models: [String: (model: any ChatModel, name: String)]
    private let person: any SimulatedPerson
    private let judges: [any Judge]
    private let reader: CueReader
    private let held: HeldConversations?
    private let patience: Patience
    private let now: @Sendable () -> Int64

    /// A runner over a folder.
    ///
    /// - Parameters:
    ///   - folder: Where the run is kept; its plan names what is run.
    ///   - suites: The suites that the plan names.
    ///   - governances: The governances that the plan names.
    ///   - models: The models that the plan names, by label, with their names where they are asked.
    ///   - person: Who plays the persons.
    ///   - judges: Who judges each conversation.
    ///   - reader: What reads the persons' messages for a charter.
    ///   - held: Conversations that were held before, as in another run: they are only judged.
    ///   - patience: How much at a time.
    ///   - now: The time, in milliseconds since 1970.
    public init(
        folder: RunFolder, suites: [Suite], governances: [Governance],
        models: [String: (model: any ChatModel, name: String)], person: any SimulatedPerson, judges: [any Judge],
        reader: CueReader, held: HeldConversations? = nil, patience: Patience = Patience(),
        now: @escaping @Sendable () -> Int64
    ) {
        self.folder = folder
        scenarios = Dictionary(
            suites.map { suite in
                (suite.id, Dictionary(suite.scenarios.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }))
            }, uniquingKeysWith: { first, _ in first })
        rubrics = Dictionary(suites.map { ($0.id, $0.rubric) }, uniquingKeysWith: { first, _ in first })
        self.governances = Dictionary(governances.map { ($0.label, $0) }, uniquingKeysWith: { first, _ in first })
        self.models = models
        self.person = person
        self.judges = judges
        self.reader = reader
        self.held = held
        self.patience = patience
        self.now = now
    }

    /// Runs what is missing.
    ///
    /// - Parameter progress: Called after each sample, from one task at a time.
    /// - Throws: ``RunFolderError``, or `CancellationError` when the task is cancelled. What was finished is kept.
    public func run(progress: @escaping @Sendable (Progress) -> Void = { _ in }) async throws -> Outcome {
        var whole: Set<SampleKey> = []
        // Conversations that were held, and whose judge couldn't be reached.
        var unjudged: Set<SampleKey> = []
        try RunFolder.forEachSample(in: folder.path) { sample in
            if sample.failure == nil { whole.insert(sample.key) } else { whole.remove(sample.key) }
            if sample.failure == nil || sample.turns.isEmpty {
                unjudged.remove(sample.key)
            } else {
                unjudged.insert(sample.key)
            }
        }
        let keys = folder.plan.keys
        whole.formIntersection(keys)
        let missing = keys.filter { !whole.contains($0) }
        let waiting = unjudged.isEmpty ? nil : try HeldConversations(in: folder.path) { $0.failure != nil }
        let ledger = RunLedger(planned: keys.count, kept: whole.count, report: progress)
        let byModel = Dictionary(grouping: missing, by: \.model)
        let unreachable = try await withThrowingTaskGroup(of: (String, String?).self) { tasks in
            for (label, keys) in byModel {
                tasks.addTask { (label, try await run(keys, with: label, waiting, ledger)) }
            }
            var unreachable: [String: String] = [:]
            for try await (label, reason) in tasks { unreachable[label] = reason }
            return unreachable
        }
        folder.flush()
        return Outcome(progress: ledger.progress, unreachable: unreachable)
    }

    /// Runs the samples of one model.
    ///
    /// - Returns: Why it couldn't be reached any more; nil when all samples were tried.
    private func run(
        _ keys: [SampleKey], with label: String, _ waiting: HeldConversations?, _ ledger: RunLedger
    ) async throws -> String? {
        let queue = RunQueue(keys, failuresInARow: patience.failuresInARow)
        try await withThrowingTaskGroup { tasks in
            for _ in 0..<min(patience.atOnce, keys.count) {
                tasks.addTask {
                    while let key = queue.next() {
                        try Task.checkCancellation()
                        let earlier = held?.sample(key) ?? waiting?.sample(key)
                        let sample = try await sample(key, heldBefore: earlier)
                        queue.take(failure: sample.failure)
                        try folder.keep(sample)
                        ledger.take(sample, isHeldNow: earlier == nil)
                    }
                }
            }
            try await tasks.waitForAll()
        }
        return queue.stopped
    }

    /// One conversation, held and judged. Each of its questions is asked as often as patience allows.
    private func sample(_ key: SampleKey, heldBefore earlier: Sample?) async throws -> Sample {
        let started = now()
        let clock = ContinuousClock.now
        guard let scenario = scenarios[key.suite]?[key.scenario], let rubric = rubrics[key.suite] else {
            return failed(key, "the plan names what isn't there", started, clock)
        }
        let conversation: Sample
        if let earlier {
            conversation = earlier
        } else {
            do { conversation = try await held(key, scenario, started, clock) } catch let error where isRefusal(error) {
                try Task.checkCancellation()
                return failed(key, "\(error)", started, clock)
            }
            guard conversation.failure == nil else { return conversation }
        }
        let turns = conversation.turns.map(\.chatTurn)
        let goods = rubric.only(scenario.goods).considering(scenario.considerations)
        var judgements: [Judgement] = []
        var failure: String?
        for judge in judges {
            do { judgements.append(try await judge.judgement(of: turns, by: goods, at: now())) } catch let error
                where isRefusal(error)
            {
                try Task.checkCancellation()
                failure = "\(judge.identity.name) can't judge it: \(error)"
                break
            }
        }
        // What was held is kept also when nobody could judge it: it was paid for.
        return Sample(
            key: key, turns: conversation.turns, judgements: judgements, modelTokens: conversation.modelTokens,
            personTokens: conversation.personTokens, startedAt: conversation.startedAt,
            took: earlier?.took ?? (ContinuousClock.now - clock).milliseconds, failure: failure)
    }

    /// The conversation, not judged yet.
    private func held(
        _ key: SampleKey, _ scenario: Scenario, _ started: Int64, _ clock: ContinuousClock.Instant
    ) async throws -> Sample {
        guard let governance = governances[key.governance], let named = models[key.model] else {
            return failed(
                key, held == nil ? "the plan names what isn't there" : "the conversation isn't there to be judged",
                started, clock)
        }
        var sampling = folder.plan.sampling
        sampling.seed = key.seed
        let conversation = try await ScenarioConversation(
            scenario: scenario, person: person,
            model: GovernedModel(
                PatientModel(named.model, attempts: patience.attempts, pause: patience.pause), named: named.name,
                under: governance, reader: reader),
            sampling: sampling, mostTurns: folder.plan.mostTurns
        ).held()
        return Sample(
            key: key, turns: conversation.turns, judgements: [], modelTokens: conversation.modelTokens,
            personTokens: conversation.personTokens, startedAt: started, took: 0)
    }

    private func failed(
        _ key: SampleKey, _ reason: String, _ started: Int64, _ clock: ContinuousClock.Instant
    ) -> Sample {
        Sample(
            key: key, turns: [], judgements: [], startedAt: started, took: (ContinuousClock.now - clock).milliseconds,
            failure: reason)
    }

    /// Whether it is a model that couldn't or wouldn't answer: the conversation's trouble, not the run's.
    private func isRefusal(_ error: any Error) -> Bool { error is UpstreamFailure || error is ChatRefusal }
}

extension Duration {
    var milliseconds: Int64 { components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000 }
}

/// What is still to be done with one model.
final class RunQueue<Key: Sendable>: Sendable {
    private struct State {
        var keys: ArraySlice<Key>
        var failures = 0
        var stopped: String?
    }
    private let state: Mutex<State>
    private let failuresInARow: Int

    init(_ keys: [Key], failuresInARow: Int) {
        state = Mutex(State(keys: keys[...]))
        self.failuresInARow = failuresInARow
    }

    func next() -> Key? {
        state.withLock { state in state.stopped == nil ? state.keys.popFirst() : nil }
    }

    func take(failure: String?) {
        state.withLock { state in
            guard let failure else {
                state.failures = 0
                return
            }
            state.failures += 1
            if state.failures >= failuresInARow { state.stopped = failure }
        }
    }

    /// Why the queue was given up.
    var stopped: String? { state.withLock(\.stopped) }
}

/// Counts what a run has done.
final class RunLedger: Sendable {
    private struct State {
        var finished: Int
        var failed = 0
        var tokens = TokenCount()
        var reasons: [String: Int] = [:]
        var cutReplies = 0
        var emptyReplies = 0
        var silent: [String: Int] = [:]
    }
    private let state: Mutex<State>
    private let planned: Int
    private let kept: Int
    private let started = ContinuousClock.now
    private let report: @Sendable (Runner.Progress) -> Void

    init(planned: Int, kept: Int, report: @escaping @Sendable (Runner.Progress) -> Void) {
        state = Mutex(State(finished: kept))
        self.planned = planned
        self.kept = kept
        self.report = report
    }

    /// Takes a sample.
    ///
    /// - Parameter isHeldNow: Whether its conversation was held in this run, and not before.
    func take(_ sample: Sample, isHeldNow: Bool) {
        state.withLock { state in
            for turn in sample.turns where turn.role == .assistant {
                state.cutReplies += turn.isCut ? 1 : 0
                state.emptyReplies += turn.isEmptyReply ? 1 : 0
            }
            for judgement in sample.judgements where judgement.appraisal.estimates.isEmpty {
                state.silent[judgement.judge.name, default: 0] += 1
            }
        }
        take(
            failure: sample.failure, tokens: isHeldNow ? sample.modelTokens + sample.personTokens : TokenCount(),
            judgements: sample.judgements)
    }

    /// Takes a conversation that was finished, or that failed.
    ///
    /// - Parameter failure: Why it failed. Nil: it is whole.
    func take(failure: String?, tokens: TokenCount, judgements: [Judgement]) {
        state.withLock { state in
            if let failure {
                state.failed += 1
                state.reasons[failure, default: 0] += 1
            } else {
                state.finished += 1
            }
            state.tokens = state.tokens + tokens
            for judgement in judgements {
                state.tokens =
                    state.tokens
                    + TokenCount(input: judgement.cost.inputTokens, output: judgement.cost.outputTokens)
            }
            // Under the lock, so that nobody hears of a later conversation first.
            report(progress(state))
        }
    }

    var progress: Runner.Progress { state.withLock { progress($0) } }

    private func progress(_ state: State) -> Runner.Progress {
        Runner.Progress(
            planned: planned, finished: state.finished, failed: state.failed, kept: kept,
            elapsed: ContinuousClock.now - started, tokens: state.tokens, reasons: state.reasons,
            cutReplies: state.cutReplies, emptyReplies: state.emptyReplies, silent: state.silent)
    }
}
