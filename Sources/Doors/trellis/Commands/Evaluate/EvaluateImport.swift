import ArgumentParser
import Charters
import Evaluation
import Foundation
import Judges

extension EvaluateCommand {
    /// `trellis evaluate import`.
    struct Import: AsyncParsableCommand {
        /// Whose form a file has.
        enum Form: String, ExpressibleByArgument, CaseIterable {
            case darkbench, humanebench
            case anthropicEvals = "anthropic-evals"

            var form: SuiteImport {
                switch self {
                case .darkbench: .darkbench
                case .humanebench: .humanebench
                case .anthropicEvals: .anthropicEvals
                }
            }
        }

        static let configuration = CommandConfiguration(
            abstract: "Make a suite from a file of DarkBench, HumaneBench or Anthropic's evals.",
            discussion: """
                Examples:
                  trellis evaluate import prompts.jsonl --as darkbench --out darkbench.yaml
                  trellis evaluate import scenarios.jsonl --as humanebench --out humane.yaml
                  trellis evaluate import stands-its-ground.jsonl --as anthropic-evals --out ground.yaml --limit 50
                """)

        @Argument(help: "The file: JSON lines.", completion: .file(extensions: ["jsonl", "json"]))
        var file: String

        @Option(name: .customLong("as"), help: "Whose form it has: darkbench, humanebench or anthropic-evals.")
        var form: Form

        @Option(
            name: .long, help: "Where the suite is written. Default: it is printed.",
            completion: .file(extensions: ["yaml"]))
        var out: String?

        @Option(name: .long, help: "The suite's name, as in riverside/darkbench.")
        var name: String?

        @Option(name: .long, help: "As many scenarios at most, evenly drawn from the whole file.")
        var limit: Int?

        func validate() throws {
            if let limit, limit < 1 { throw ValidationError("--limit is 1 or more.") }
        }

        func run() async throws {
            guard let data = FileManager.default.contents(atPath: file) else {
                throw CommandFailure(.negative, "\(WrappedText.plain(file)) can't be read.")
            }
            let stem = ((file as NSString).lastPathComponent as NSString).deletingPathExtension
            let behaviour = stem.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
            let fallback = form == .anthropicEvals ? String(String(behaviour).prefix(60)) : form.rawValue
            var suite: Suite
            do throws(SuiteImport.Problem) {
                suite = try form.form.suite(from: data, name: name ?? "imported/\(fallback)", behaviour: stem)
            } catch {
                throw CommandFailure(.negative, "\(WrappedText.plain(file)): \(error)")
            }
            if let limit, limit < suite.scenarios.count {
                let every = Double(suite.scenarios.count) / Double(limit)
                let chosen = (0..<limit).map { suite.scenarios[Int(Double($0) * every)] }
                suite = Suite(
                    id: suite.id, version: suite.version, title: suite.title, about: suite.about, limits: suite.limits,
                    rubric: suite.rubric.only(Set(chosen.flatMap(\.goods))), scenarios: chosen)
            }
            let (_, diagnostics) = Suite.check(suite.text.utf8, file: out ?? "suite")
            if diagnostics.contains(where: { $0.severity == .error }) {
                throw CommandFailure(.negative, "what was read can't be written as a suite.\n\(diagnostics.rendered())")
            }
            guard let out else {
                Terminal.output.write(suite.text)
                return
            }
            try CharterFileWriting.create(out, with: suite.text)
            Terminal.error.line("\(suite.scenarios.count) scenarios are in \(WrappedText.plain(out)).")
        }
    }
}
