import ArgumentParser
import Evaluation
import Foundation

extension EvaluateCommand {
    /// `trellis evaluate report`.
    struct Report: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put what a run found on one page, or into another form.",
            discussion: """
                The page is one HTML file that needs nothing else; nothing is fetched. It shows each good with its \
                interval, what pulls apart, comparisons, and every conversation with what each judge quoted. A run that \
                isn't finished can be reported too.

                Examples:
                  trellis evaluate report runs/one --out report.html
                  trellis evaluate report runs/one --json
                  trellis evaluate report runs/one --csv --out estimates.csv
                  trellis evaluate report runs/one --attractor runs/pull --out report.html
                  trellis evaluate report runs/one --inspect logs && inspect view --log-dir logs

                Exit code 1 when the run can't be read or the file can't be written. More: docs/evaluating.md.
                """)

        /// Another form than a page.
        enum Form: String, EnumerableFlag {
            case json, csv, junit

            static func name(for value: Form) -> NameSpecification { .customLong(value.rawValue) }

            static func help(for value: Form) -> ArgumentHelp? {
                switch value {
                case .json: "Vectors, intervals and comparisons as JSON."
                case .csv: "Every estimate as a row of comma-separated values."
                case .junit: "JUnit's XML: a case for each conversation, an error for each that failed."
                }
            }
        }

        @Argument(help: "The run's folder.", completion: .directory)
        var folder: String

        @Option(name: .long, help: "Where to write. Left out, it is printed.", completion: .file())
        var out: String?

        @Flag(help: "Another form than a page.")
        var form: Form?

        @Option(
            name: .long,
            help: "A folder for logs in Inspect's own format: one for each model under each charter in each suite.",
            completion: .directory)
        var inspect: String?

        @Option(
            name: .long,
            help: "The file of a suite that was run and doesn't come with Trellis; may be given more than once.")
        var suite: [String] = []

        @Option(name: .long, help: "What stands above the page.")
        var title = "What a run found"

        @Option(
            name: .long,
            help:
                "A file of curves to show, such as recoveries that were measured apart: a JSON list, as docs/evaluating.md says.",
            completion: .file(extensions: ["json"]))
        var curves: String?

        @Option(
            name: .long,
            help:
                "The folder of an attractor run, whose recovery and survival curves are to stand on the page; may be given more than once.",
            completion: .directory)
        var attractor: [String] = []

        @OptionGroup var drawn: DrawnIntervals

        func validate() throws {
            if !attractor.isEmpty, inspect != nil || form != nil {
                throw ValidationError(
                    "--attractor adds to the page. For other forms of an attractor run ask `trellis evaluate attractor --out FOLDER --json`."
                )
            }
            if inspect != nil, form != nil || out != nil {
                throw ValidationError("--inspect names its own folder; ask for other forms in another call.")
            }
        }

        func run() async throws {
            let results = try EvaluatedRun.results(folder, suites: suite, drawn.settings)
            for remark in results.remarks { Terminal.error.line("note: \(WrappedText.plain(remark))") }
            if let inspect {
                let names: [String]
                do { names = try InspectLogs(results).write(into: inspect) } catch let error as RunFolderError {
                    throw CommandFailure(.negative, WrappedText.plain(error.description))
                }
                Terminal.output.line(
                    "Wrote \(names.count) log\(names.count == 1 ? "" : "s") into \(WrappedText.plain(inspect)): `inspect view --log-dir \(WrappedText.plain(inspect))` shows them."
                )
                return
            }
            let shown = try curves.map(Self.curves) ?? []
            let attractors = try attractor.map { try pulled($0) }
            try EvaluatedRun.put(out) { sink in
                switch form {
                case .json: try sink(try Printed.json(ResultsDocument(results)) + "\n")
                case .csv: try results.csv(sink)
                case .junit: try results.junit(sink)
                case nil:
                    try RunReport(results, title: title, curves: shown, attractors: attractors).write(sink)
                }
            }
            if let out { Terminal.output.line("Wrote \(WrappedText.plain(out)).") }
        }

        /// What an attractor run found, measured as `trellis evaluate attractor` does when nothing else is said.
        private func pulled(_ path: String) throws -> ShownAttractor {
            do throws(RunFolderError) {
                let measured = try AttractorResults(
                    of: path, settings: AttractorSettings(draws: drawn.draws, seed: drawn.seed))
                return measured.shown(
                    title: attractor.count > 1 ? "Pushed, and coming back: \(path)" : "Pushed, and coming back")
            } catch {
                throw CommandFailure(
                    .negative,
                    WrappedText.plain(error.description)
                        + " --attractor takes the folder of `trellis evaluate attractor`.")
            }
        }

        private static func curves(_ path: String) throws -> [ShownCurves] {
            guard let data = FileManager.default.contents(atPath: path) else {
                throw CommandFailure(.negative, "\(WrappedText.plain(path)) can't be read.")
            }
            do { return try JSONDecoder().decode([ShownCurves].self, from: data) } catch {
                throw CommandFailure(
                    .negative,
                    "\(WrappedText.plain(path)) holds no list of curves: each needs a title, a way, an about, and curves with a name and points (place, value, lower, upper). An attractor run's curves come in with --attractor FOLDER."
                )
            }
        }
    }
}

/// How intervals are drawn.
struct DrawnIntervals: ParsableArguments {
    @Option(name: .long, help: "How often scenarios are drawn anew; 100 to 1,000,000.")
    var draws = 2_000

    @Option(name: .long, help: "What every draw follows from.")
    var seed: UInt64 = 1

    func validate() throws {
        guard (100...1_000_000).contains(draws) else {
            throw ValidationError("--draws is a number from 100 to 1,000,000.")
        }
    }

    var settings: RunResults.Settings { .init(draws: draws, seed: seed) }
}
