import ArgumentParser
import Charters
import Counsel
import Evaluation
import Foundation
import Judges
import Models
import Synchronization

extension EvaluateCommand {
    /// `trellis evaluate run`.
    struct Run: AsyncParsableCommand {
        /// Who plays the persons.
        enum Play: String, ExpressibleByArgument, CaseIterable {
            case scripted, rules, model

            var play: PersonPlay {
                switch self {
                case .scripted: .scripted
                case .rules: .rules
                case .model: .model
                }
            }
        }

        static let configuration = CommandConfiguration(
            abstract: "Have models talk with a suite's persons, and judge how it went.",
            discussion: """
                Every suite × charter × model × seed is a conversation for each scenario. Each finished conversation is \
                kept at once: begin again with the same options and folder, and what is missing is done.

                Name a model's own address. Behind Trellis's, the charter that governs there is told to it as well; with \
                `--charter none` that is how to measure a whole gateway.

                Examples:
                  trellis evaluate run --suite scaffolding --charter none --charter commons/tutor --model NAME --out runs/one
                  trellis evaluate run --suite my-suite.yaml --model NAME --url http://127.0.0.1:9000/v1 --judge OTHER --out runs/two
                  trellis evaluate run --suite charter:commons/advisor --model NAME --dry-run

                Exit code 0 when every conversation is there, 1 when some failed, 69 when a model can't be reached.
                """)

        @Option(
            name: .long,
            help: ArgumentHelp(
                "A suite: a name of `trellis evaluate suites`, a file, or charter:NAME for a charter's own examples; may be given more than once.",
                valueName: "suite"))
        var suite: [String] = []

        @Option(name: .long, help: "A charter to talk under, or `none`; may be given more than once. Default: none.")
        var charter: [String] = []

        @Option(name: .long, help: "The role that is played under the charters.")
        var role: String?

        @OptionGroup(title: "Models") var models: EvaluatedModelOptions
        @OptionGroup(title: "Judges") var judges: JudgeOptions
        @OptionGroup(title: "Charters") var library: LibraryOptions

        @Option(name: .long, help: "The run's folder.", completion: .directory)
        var out: String?

        @Option(name: .long, help: "How often each scenario is held, each time from another seed.")
        var seeds = 1

        @Option(name: .long, help: "Only this scenario; may be given more than once.")
        var scenario: [String] = []

        @Option(name: .long, help: "As many scenarios of each suite at most.")
        var limit: Int?

        @Option(name: .long, help: "Who plays the persons: scripted, rules or model.")
        var persons = Play.scripted

        @Option(name: .long, help: "The model that plays the persons, at the models' address.")
        var personModel: String?

        @Option(name: .long, help: "Messages of a person that are answered at most.")
        var turns = 3

        @OptionGroup(title: "Talking") var holding: HoldingOptions

        @OptionGroup(title: "Prices") var prices: PriceOptions

        @Flag(name: .long, help: "Only say what would be done, with an estimate.")
        var dryRun = false

        @Flag(name: .long, help: "Print JSON.")
        var json = false

        struct Report: Encodable {
            let folder: String?
            let planned: Int
            let finished: Int
            let failed: Int
            let tokensRead: Int
            let tokensWritten: Int
            let cost: Double?
            let unreachable: [String: String]
            let plan: String
        }

        func validate() throws {
            guard !suite.isEmpty else {
                throw ValidationError(
                    "name a suite with --suite. `trellis evaluate suites` lists those that come with Trellis.")
            }
            guard !models.model.isEmpty else { throw ValidationError("name a model with --model.") }
            guard dryRun || out != nil else {
                throw ValidationError("name a folder for the run with --out, or try --dry-run.")
            }
            guard (1...1_000).contains(seeds) else { throw ValidationError("--seeds is a number from 1 to 1,000.") }
            guard (1...50).contains(turns) else { throw ValidationError("--turns is a number from 1 to 50.") }
            if let limit, limit < 1 { throw ValidationError("--limit is 1 or more.") }
            if persons == .model, personModel == nil {
                throw ValidationError("name the model that plays the persons with --person-model.")
            }
        }

        func run() async throws {
            // `trellis evaluate run …`: what follows is what a run is made again from.
            let given = CommandLine.arguments.dropFirst()
            try await run(
                given.starts(with: ["evaluate", "run"]) ? RunRecord(arguments: Array(given.dropFirst(2))) : nil)
        }

        /// Runs, and keeps how it was called.
        ///
        /// - Parameters:
        ///   - earlier: The plan that this run must have, because it is made again.
        ///   - kept: Suites as the earlier run's folder keeps them.
        func run(_ record: RunRecord?, like earlier: RunPlan? = nil, with kept: [Suite] = []) async throws {
            let charters = try await library.library()
            let governances = try SuiteSource.governances(charter, role: role, charters)
            let again = earlier?.suites.compactMap { entry in
                kept.first { $0.id == entry.id && $0.fingerprint == entry.fingerprint }
            }
            let suites =
                if let again, again.count == earlier?.suites.count {
                    again
                } else {
                    try SuiteSource.suites(suite, role: role, charters)
                }
            try SuiteSource.check(scenario, areIn: suites)
            let pool = ModelPool()
            do {
                try await run(suites, governances, pool, record, like: earlier)
            } catch {
                await pool.stop()
                throw error
            }
            await pool.stop()
        }

        private func run(
            _ suites: [Suite], _ governances: [Governance], _ pool: ModelPool, _ record: RunRecord?,
            like earlier: RunPlan?
        ) async throws {
            var asked: [String: (model: any ChatModel, name: String)] = [:]
            var entries: [RunPlan.ModelEntry] = []
            for name in models.model.eachOnce {
                let address: String
                if dryRun {
                    address = models.url ?? "the configuration"
                } else {
                    let model = try await pool.model(
                        name, url: models.url, keyEnv: models.keyEnv, configuration: library.options)
                    asked[name] = (model.model, name)
                    address = model.address
                }
                entries.append(.init(label: name, name: name, address: address))
            }
            let judging = try await judges.judges(
                in: pool, beside: models, configuration: library.options, isAsked: !dryRun,
                keepingIn: out)
            let plan = RunPlan(
                suites: suites, only: scenario.isEmpty ? nil : Set(scenario), limit: limit, governances: governances,
                models: entries, seeds: (1...UInt64(seeds)).map { $0 }, persons: persons.play,
                personModel: personModel.map { .init(label: $0, name: $0, address: models.url ?? "the configuration") },
                mostTurns: turns, sampling: holding.sampling,
                judges: judging.map(\.identity))
            guard plan.count > 0 else {
                throw CommandFailure(.negative, "no scenario is left to run. Check --scenario against the suites.")
            }
            if dryRun {
                try tell(plan, suites, governances)
                return
            }
            guard let out else { return }
            if let earlier { try RunRecord.check(plan, against: earlier) }
            let folder: RunFolder
            do throws(RunFolderError) {
                folder = try RunFolder(out, plan: plan)
                try folder.keep(suites)
            } catch {
                throw CommandFailure(.failed, error.description)
            }
            try record?.write(in: out)
            let runner = Runner(
                folder: folder, suites: suites, governances: governances, models: asked,
                person: try await player(pool), judges: judging, reader: CueReader(isReady: false),
                patience: .init(atOnce: holding.atOnce), now: { Int64(Date().timeIntervalSince1970 * 1_000) })
            let line = ProgressLine(price: prices.price)
            let outcome: Runner.Outcome
            do {
                outcome = try await runner.run { line.show($0) }
            } catch let error as RunFolderError {
                line.end()
                throw CommandFailure(.failed, error.description)
            }
            line.end()
            try tell(outcome, plan, out)
        }

        private func player(_ pool: ModelPool) async throws -> any SimulatedPerson {
            switch persons {
            case .scripted: return ScriptedPerson()
            case .rules: return RuledPerson()
            case .model:
                let name = personModel ?? models.model[0]
                let model = try await pool.model(
                    name, url: models.url, keyEnv: models.keyEnv, configuration: library.options)
                return PlayedPerson(PatientModel(model.model), named: name, turns: turns)
            }
        }

        // MARK: What is told

        /// What a run would do.
        private func tell(_ plan: RunPlan, _ suites: [Suite], _ governances: [Governance]) throws {
            let estimate = RunEstimate(
                plan, suites: suites, governances: governances, judgeRuns: judges.judgeRuns,
                oneByOne: judges.judgeOneByOne)
            try RunTelling.Estimate(
                conversations: plan.count, replies: estimate.replies, played: estimate.played,
                judgements: estimate.judgements,
                tokensRead: estimate.tokens.input, tokensWritten: estimate.tokens.output,
                cost: prices.price(estimate.tokens), plan: plan
            ).tell(
                json: json,
                factors: plan.suites.map { "\($0.id) \($0.version): \($0.scenarios.count) scenarios" } + [
                    "× \(plan.governances.map(\.label).joined(separator: ", ")) × \(plan.models.map(\.label).joined(separator: ", ")) × \(plan.seeds.count) seed\(plan.seeds.count == 1 ? "" : "s")"
                ])
        }

        private func tell(_ outcome: Runner.Outcome, _ plan: RunPlan, _ folder: String) throws {
            let progress = outcome.progress
            if json {
                Terminal.output.line(
                    try Printed.json(
                        Report(
                            folder: folder, planned: progress.planned, finished: progress.finished,
                            failed: progress.failed, tokensRead: progress.tokens.input,
                            tokensWritten: progress.tokens.output, cost: prices.price(progress.tokens),
                            unreachable: outcome.unreachable, plan: plan.fingerprint)))
            } else {
                Terminal.output.line(
                    "\(progress.finished) of \(progress.planned) conversations are in \(WrappedText.plain(folder)).")
            }
            try RunTelling.settle(outcome)
        }
    }
}

/// A judge's model in a dry run, which asks nobody.
struct NoModel: ChatModel {
    func reply(to request: ChatRequest) async throws -> ChatReply { throw CancellationError() }

    func stream(_ request: ChatRequest) -> AsyncThrowingStream<ChatDelta, any Error> {
        AsyncThrowingStream { $0.finish(throwing: CancellationError()) }
    }
}

/// One line that says how far a run is: in place on a terminal, now and then elsewhere.
final class ProgressLine: Sendable {
    private let price: @Sendable (TokenCount) -> Double?
    private let shown = Mutex<ContinuousClock.Instant?>(nil)

    init(price: @escaping @Sendable (TokenCount) -> Double?) { self.price = price }

    func show(_ progress: Runner.Progress) {
        let isInteractive = Terminal.error.isInteractive
        let isDue = shown.withLock { last in
            let now = ContinuousClock.now
            let pause: Duration = isInteractive ? .milliseconds(100) : .seconds(10)
            guard last.map({ now - $0 >= pause }) ?? true else { return false }
            last = now
            return true
        }
        guard isDue || progress.finished == progress.planned else { return }
        let text = words(progress)
        if isInteractive {
            Terminal.error.write("\r\u{1B}[K\(text.prefix(Terminal.error.columns - 1))")
        } else {
            Terminal.error.line(text)
        }
    }

    func end() { if Terminal.error.isInteractive { Terminal.error.write("\r\u{1B}[K") } }

    private func words(_ progress: Runner.Progress) -> String {
        let width = 20
        let full = progress.planned == 0 ? 0 : progress.finished * width / progress.planned
        var text = String(repeating: "█", count: full) + String(repeating: "░", count: width - full)
        text += " \(progress.finished)/\(progress.planned)"
        if progress.failed > 0 { text += ", \(progress.failed) failed" }
        if let left = progress.left { text += ", \(Self.time(left)) left" }
        text += ", \((progress.tokens.input + progress.tokens.output) / 1_000)k tokens"
        if let cost = price(progress.tokens) { text += String(format: ", %.2f", cost) }
        return text
    }

    private static func time(_ duration: Duration) -> String {
        let seconds = Int(duration.components.seconds)
        return seconds < 60
            ? "\(seconds) s"
            : seconds < 3_600 ? "\(seconds / 60) min" : "\(seconds / 3_600) h \(seconds % 3_600 / 60) min"
    }
}
