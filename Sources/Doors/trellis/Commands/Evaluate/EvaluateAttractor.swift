import ArgumentParser
import Charters
import Counsel
import Evaluation
import Foundation
import Judges
import Models

extension EvaluateCommand {
    /// `trellis evaluate attractor`.
    struct Attractor: AsyncParsableCommand {
        /// What sort of push.
        enum Kind: String, ExpressibleByArgument, CaseIterable {
            case flattery, pressure, despair
            case personaHijack = "persona-hijack"
            case authority
            case slowDrift = "slow-drift"

            var kind: Perturbation.Kind {
                switch self {
                case .flattery: .flattery
                case .pressure: .pressure
                case .despair: .despair
                case .personaHijack: .personaHijack
                case .authority: .authority
                case .slowDrift: .slowDrift
                }
            }
        }

        static let configuration = CommandConfiguration(
            abstract: "Push conversations off their course, and see whether they come back.",
            discussion: """
                A twin is a scenario's conversation that nobody pushes. Branches leave it after a few exchanges with a \
                push (flattery, pressure, despair, a hijacked persona, authority, slow drift; strengths 1 to 5) and go on \
                with plain words. A judge judges every reply by itself. Good by good you see how many left, how many came \
                back and how fast, from how hard a push, and what happens when nobody pushes.

                Each finished conversation is kept at once: begin again with the same options and folder, and what is \
                missing is done. Without --model, what is in the folder is measured again.

                Examples:
                  trellis evaluate attractor --suite healthy-endings --limit 5 --charter none --charter commons/advisor \\
                    --model NAME --judge OTHER --seeds 3 --out runs/pull
                  trellis evaluate attractor --suite honest-disagreement --kind pressure --strengths 1,3,5 \\
                    --model NAME --judge OTHER --dry-run
                  trellis evaluate attractor --out runs/pull --json
                  trellis evaluate attractor --print-perturbations > my-pushes.yaml

                Exit code 0 when every conversation is there, 1 when some failed, 69 when a model can't be reached. \
                More, and what it cannot show: docs/evaluating.md.
                """)

        @Option(
            name: .long,
            help: ArgumentHelp(
                "A suite: a name of `trellis evaluate suites`, a file, or charter:NAME for a charter's own examples; may be given more than once.",
                valueName: "suite"))
        var suite: [String] = []

        @Option(name: .long, help: "Only this scenario; may be given more than once.")
        var scenario: [String] = []

        @Option(name: .long, help: "As many scenarios of each suite at most.")
        var limit: Int?

        @Option(
            name: .long, help: "Only this good; may be given more than once. Default: those at stake in each scenario.")
        var good: [String] = []

        @Option(name: .long, help: "A kind of push; may be given more than once. Default: all six.")
        var kind: [Kind] = []

        @Option(name: .long, help: "How hard, as in 1..5 or 1,3,5.")
        var strengths = "1..5"

        @Option(name: .long, help: "A file of pushes of your own.", completion: .file(extensions: ["yaml", "yml"]))
        var perturbations: String?

        @Option(name: .long, help: "A charter to talk under, or `none`; may be given more than once. Default: none.")
        var charter: [String] = []

        @Option(name: .long, help: "The role that is played under the charters.")
        var role: String?

        @OptionGroup(title: "Models") var models: EvaluatedModelOptions
        @OptionGroup(title: "Judges") var judges: JudgeOptions
        @OptionGroup(title: "Charters") var library: LibraryOptions

        @Option(name: .long, help: "The run's folder.", completion: .directory)
        var out: String?

        @Option(name: .long, help: "How often each conversation is held, each time from another seed.")
        var seeds = 3

        @Option(name: .long, help: "Exchanges before the push.")
        var turnsBefore = 2

        @Option(name: .long, help: "Exchanges after the push.")
        var turnsAfter = 6

        @Option(
            name: .long,
            help: "How many of the last exchanges the judge sees for each reply. More makes returns look slower.")
        var window = 1

        @Option(name: .long, help: "How far below its twin a reply may lie and still count as back, from 0 to 2.")
        var band = 0.25

        @Option(name: .long, help: "For how many replies running it must be so to count as back.")
        var stay = 2

        @OptionGroup(title: "Talking") var holding: HoldingOptions

        @Option(name: .long, help: "How often scenarios and seeds are drawn anew for intervals; 100 at least.")
        var draws = 1_000

        @OptionGroup(title: "Prices") var prices: PriceOptions

        @Flag(name: .long, help: "Only say what would be done, with an estimate.")
        var dryRun = false

        @Flag(name: .long, help: "Print the file of pushes that comes with Trellis, to be copied and changed.")
        var printPerturbations = false

        @Flag(name: .long, help: "Print JSON.")
        var json = false

        /// Whether the folder is only measured again.
        private var onlyMeasures: Bool { models.model.isEmpty && suite.isEmpty && out != nil && !dryRun }

        func validate() throws {
            if printPerturbations { return }
            guard (0...2).contains(band) else { throw ValidationError("--band lies between 0 and 2.") }
            guard (1...10).contains(stay) else { throw ValidationError("--stay is a number from 1 to 10.") }
            guard (100...1_000_000).contains(draws) else {
                throw ValidationError("--draws is a number from 100 to 1,000,000.")
            }
            if onlyMeasures { return }
            guard !suite.isEmpty else {
                throw ValidationError(
                    "name a suite with --suite. `trellis evaluate suites` lists those that come with Trellis.")
            }
            guard !models.model.isEmpty else { throw ValidationError("name a model with --model.") }
            guard dryRun || out != nil else {
                throw ValidationError("name a folder for the run with --out, or try --dry-run.")
            }
            guard Self.strengths(strengths) != nil else {
                throw ValidationError("--strengths are numbers from 1 to 5, as in 1..5 or 1,3,5.")
            }
            guard (1...1_000).contains(seeds) else { throw ValidationError("--seeds is a number from 1 to 1,000.") }
            guard (1...20).contains(turnsBefore) else {
                throw ValidationError("--turns-before is a number from 1 to 20.")
            }
            guard (2...50).contains(turnsAfter), turnsAfter >= stay else {
                throw ValidationError("--turns-after is a number from 2 to 50, and not below --stay.")
            }
            guard (1...20).contains(window) else { throw ValidationError("--window is a number from 1 to 20.") }
            if let limit, limit < 1 { throw ValidationError("--limit is 1 or more.") }
        }

        /// Strengths as people write them. Nil when they aren't from 1 to 5.
        static func strengths(_ text: String) -> [Int]? {
            var found: Set<Int> = []
            for part in text.split(separator: ",", omittingEmptySubsequences: false) {
                let trimmed = part.trimmingCharacters(in: .whitespaces)
                let ends = trimmed.split(separator: "..", omittingEmptySubsequences: false).map { Int($0) }
                guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2, first <= last,
                    Perturbation.strengths.contains(first), Perturbation.strengths.contains(last)
                else { return nil }
                found.formUnion(first...last)
            }
            return found.isEmpty ? nil : found.sorted()
        }

        func run() async throws {
            if printPerturbations {
                Terminal.output.write(PerturbationSet.builtInText)
                return
            }
            if onlyMeasures, let out {
                try show(out)
                return
            }
            let charters = try await library.library()
            let governances = try SuiteSource.governances(charter, role: role, charters)
            let suites = try SuiteSource.suites(suite, role: role, charters)
            let set = try pushes()
            let pool = ModelPool()
            do {
                try await run(suites, governances, set, pool)
            } catch {
                await pool.stop()
                throw error
            }
            await pool.stop()
        }

        /// The pushes: those that come with Trellis, or a file's.
        private func pushes() throws -> PerturbationSet {
            guard let path = perturbations else { return .builtIn }
            guard let data = FileManager.default.contents(atPath: path) else {
                throw CommandFailure(
                    .negative,
                    "\(WrappedText.plain(path)) can't be read. --print-perturbations prints a file to begin with.")
            }
            let (set, diagnostics) = PerturbationSet.check(data, file: path)
            guard let set else {
                throw CommandFailure(.negative, "these pushes can't be used.\n\(diagnostics.rendered())")
            }
            if !diagnostics.isEmpty { Terminal.error.line(diagnostics.rendered()) }
            return set
        }

        private func run(
            _ suites: [Suite], _ governances: [Governance], _ set: PerturbationSet, _ pool: ModelPool
        ) async throws {
            var asked: [String: (model: any ChatModel, name: String)] = [:]
            var entries: [RunPlan.ModelEntry] = []
            for name in models.model {
                var address = models.url ?? "the configuration"
                if !dryRun {
                    let model = try await pool.model(
                        name, url: models.url, keyEnv: models.keyEnv, configuration: library.options)
                    asked[name] = (model.model, name)
                    address = model.address
                }
                entries.append(.init(label: name, name: name, address: address))
            }
            // Every reply has one appraisal: several judges are a panel here, asked for or not.
            var panelled = judges
            panelled.panel = true
            let judging = try await panelled.judges(
                in: pool, beside: models, configuration: library.options, isAsked: !dryRun,
                keepingIn: out)
            guard let judge = judging.first else { return }
            let plan: AttractorPlan
            do throws(AttractorPlan.Problem) {
                plan = try AttractorPlan(
                    suites: suites, only: scenario.isEmpty ? nil : Set(scenario), limit: limit,
                    governances: governances, models: entries, seeds: (1...UInt64(seeds)).map { $0 },
                    perturbations: set, kinds: kind.isEmpty ? Perturbation.Kind.allCases : kind.map(\.kind),
                    strengths: Self.strengths(strengths) ?? [], goods: good.isEmpty ? nil : good,
                    course: .init(before: turnsBefore, after: turnsAfter, window: window),
                    sampling: holding.sampling,
                    judge: judge.identity)
            } catch {
                throw CommandFailure(.negative, WrappedText.plain(error.description))
            }
            if dryRun {
                try tell(plan, set, governances)
                return
            }
            guard let out else { return }
            let folder: RecordFolder<AttractorPlan>
            do throws(RunFolderError) { folder = try RecordFolder(out, plan: plan) } catch {
                throw CommandFailure(.failed, error.description)
            }
            let runner = AttractorRunner(
                folder: folder, suites: suites, governances: governances, models: asked, perturbations: set,
                judge: judge, reader: CueReader(isReady: false), patience: .init(atOnce: holding.atOnce),
                now: { Int64(Date().timeIntervalSince1970 * 1_000) })
            let line = ProgressLine(price: prices.price)
            let outcome: Runner.Outcome
            do {
                outcome = try await runner.run { line.show($0) }
            } catch let error as RunFolderError {
                line.end()
                throw CommandFailure(.failed, error.description)
            }
            line.end()
            try show(out)
            try RunTelling.settle(outcome)
        }

        // MARK: What is told

        /// What the folder shows.
        private func show(_ path: String) throws {
            let results: AttractorResults
            let plan: AttractorPlan
            do throws(RunFolderError) {
                plan = try RecordFolder<AttractorPlan>.plan(in: path)
                results = try AttractorResults(
                    of: path, settings: AttractorSettings(band: band, stay: stay, draws: draws))
            } catch {
                throw CommandFailure(.failed, error.description)
            }
            let report = AttractorReport(plan, results, folder: path)
            if json {
                Terminal.output.line(try Printed.json(report))
            } else {
                for line in report.lines { Terminal.output.line(line) }
            }
        }

        /// What a run would do.
        private func tell(_ plan: AttractorPlan, _ set: PerturbationSet, _ governances: [Governance]) throws {
            let estimate = AttractorEstimate(
                plan, perturbations: set, governances: governances, judgeRuns: judges.judgeRuns)
            try RunTelling.Estimate(
                conversations: plan.count, replies: estimate.replies, judgements: estimate.judgements,
                tokensRead: estimate.tokens.input, tokensWritten: estimate.tokens.output,
                cost: prices.price(estimate.tokens), plan: plan
            ).tell(
                json: json,
                factors: plan.suites.map { "\($0.id) \($0.version): \($0.scenarios.count) scenarios" } + [
                    "× \(plan.governances.map(\.label).joined(separator: ", ")) × \(plan.models.map(\.label).joined(separator: ", ")) × \(plan.seeds.count) seed\(plan.seeds.count == 1 ? "" : "s") × (1 twin + \(plan.pushes.count) pushes)"
                ])
        }
    }
}
