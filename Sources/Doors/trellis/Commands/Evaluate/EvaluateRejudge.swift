import ArgumentParser
import Counsel
import Evaluation
import Foundation
import Judges

extension EvaluateCommand {
    /// `trellis evaluate judge`.
    struct Rejudge: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "judge",
            abstract: "Let other judges look at the conversations that a run has kept.",
            discussion: """
                No model is asked for a reply: what was said is in the run's folder. What comes out is a run of its own, \
                with the same conversations, that `report` and `compare` take. Stopped and called again, it goes on.

                Examples:
                  trellis evaluate judge runs/one --judge local+heads --out runs/one-by-heads
                  trellis evaluate judge runs/one --judge NAME --judge-url http://127.0.0.1:9000/v1 --limit 5 \\
                    --out runs/one-by-name

                Exit code 0 when every conversation is judged, 1 when some failed, 69 when a judge can't be reached.
                """)

        @Argument(help: "The folder of the run that holds the conversations.", completion: .directory)
        var run: String

        @OptionGroup(title: "Judges") var judges: JudgeOptions

        @Option(name: .long, help: "The new run's folder.", completion: .directory)
        var out: String

        @Option(
            name: .long,
            help: "The file of a suite that was run and isn't in the folder; may be given more than once.")
        var suite: [String] = []

        @Option(name: .long, help: "Only this scenario; may be given more than once.")
        var scenario: [String] = []

        @Option(name: .long, help: "As many scenarios of each suite at most.")
        var limit: Int?

        @Option(name: .long, help: "Conversations at a time.")
        var atOnce = 4

        @OptionGroup(title: "Prices") var prices: PriceOptions
        @OptionGroup(title: "Configuration") var settings: SettingsOptions

        func validate() throws {
            guard (1...512).contains(atOnce) else { throw ValidationError("--at-once is a number from 1 to 512.") }
            if let limit, limit < 1 { throw ValidationError("--limit is 1 or more.") }
        }

        func run() async throws {
            let pool = ModelPool()
            do { try await run(pool) } catch {
                await pool.stop()
                throw error
            }
            await pool.stop()
        }

        private func run(_ pool: ModelPool) async throws {
            let named = try suite.map(SuiteSource.load)
            do {
                let earlier = try RunFolder.plan(in: run)
                let known = named + (try EvaluatedRun.suites(run))
                let suites = try earlier.suites.map { entry in
                    guard let suite = known.first(where: { $0.id == entry.id && $0.fingerprint == entry.fingerprint })
                    else {
                        throw CommandFailure(
                            .negative,
                            "the suite \(entry.id) \(entry.version) isn't at hand as it was run. Name its file with --suite."
                        )
                    }
                    return suite
                }
                try SuiteSource.check(scenario, areIn: suites)
                let judging = try await judges.judges(
                    in: pool, beside: nil, configuration: settings, isAsked: true, keepingIn: out)
                let plan = earlier.judged(
                    by: judging.map(\.identity), only: scenario.isEmpty ? nil : Set(scenario), limit: limit)
                let folder = try RunFolder(out, plan: plan)
                try folder.keep(suites)
                let runner = Runner(
                    folder: folder, suites: suites, governances: [], models: [:], person: ScriptedPerson(),
                    judges: judging, reader: CueReader(isReady: false), held: try HeldConversations(in: run),
                    patience: .init(atOnce: atOnce, failuresInARow: .max),
                    now: { Int64(Date().timeIntervalSince1970 * 1_000) })
                let line = ProgressLine(price: prices.price)
                let outcome = try await runner.run { line.show($0) }
                line.end()
                Terminal.output.line(
                    "\(outcome.progress.finished) of \(outcome.progress.planned) conversations are judged in \(WrappedText.plain(out))."
                )
                try RunTelling.settle(outcome)
            } catch let error as RunFolderError {
                throw CommandFailure(.failed, WrappedText.plain(error.description))
            }
        }
    }
}
