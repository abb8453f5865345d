import ArgumentParser
import Charters
import Evaluation
import Judges

extension EvaluateCommand {
    /// `trellis evaluate suites`.
    struct Suites: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the suites that come with Trellis, or print one.",
            discussion: """
                Examples:
                  trellis evaluate suites
                  trellis evaluate suites scaffolding > my-suite.yaml
                """)

        @Argument(help: "The suite to print as a file.")
        var name: String?

        @Flag(name: .long, help: "Print JSON.")
        var json = false

        struct Row: Encodable {
            let name: String
            let title: String
            let version: String
            let scenarios: Int
            let goods: [String]
            let about: String
            let limits: String
            let fingerprint: String
        }

        func run() async throws {
            if let name {
                guard let suite = Suite.builtIn(name), let text = Suite.builtInText(String(suite.id.dropFirst(8)))
                else {
                    throw CommandFailure(
                        .negative,
                        "no suite of this name comes with Trellis. There are: \(Suite.builtInNames.joined(separator: ", "))."
                    )
                }
                Terminal.output.write(text)
                return
            }
            let rows = Suite.builtInNames.compactMap { name in
                Suite.builtIn(name).map { suite in
                    Row(
                        name: name, title: suite.title, version: suite.version, scenarios: suite.scenarios.count,
                        goods: suite.rubric.entries.map(\.id), about: suite.about, limits: suite.limits,
                        fingerprint: suite.fingerprint)
                }
            }
            if json {
                Terminal.output.line(try Printed.json(rows))
                return
            }
            for row in rows {
                Terminal.output.line("\(Terminal.output.styled(row.name, .bold)), \(row.scenarios) scenarios")
                Terminal.output.line(Self.wrapped(row.about, indent: "  "))
                Terminal.output.line(Self.wrapped("Goods: " + row.goods.joined(separator: ", "), indent: "  ") + "\n")
            }
        }

        static func wrapped(_ text: String, indent: String) -> String {
            let width = min(100, Terminal.output.columns) - indent.count
            var lines: [String] = [""]
            for word in text.split(whereSeparator: \.isWhitespace) {
                if !lines[lines.count - 1].isEmpty, lines[lines.count - 1].count + word.count + 1 > width {
                    lines.append("")
                }
                lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + word
            }
            return lines.map { indent + $0 }.joined(separator: "\n")
        }
    }

    /// `trellis evaluate check`.
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say what is wrong with files of suites, line by line.",
            discussion: """
                Examples:
                  trellis evaluate check my-suite.yaml
                  trellis evaluate check --json suites/*.yaml

                Exit code 0 when every suite can be used, 1 when one can't. Warnings don't count.
                """)

        @Argument(help: "Files of suites.", completion: .file(extensions: ["yaml", "yml"]))
        var files: [String]

        @Flag(name: .long, help: "Print JSON.")
        var json = false

        struct Report: Encodable {
            let file: String
            let usable: Bool
            let suite: String?
            let scenarios: Int?
            let fingerprint: String?
            let diagnostics: [Diagnostic]
        }

        func run() async throws {
            var reports: [Report] = []
            var unread: [String] = []
            for file in files {
                let suite: Suite?
                let diagnostics: [Diagnostic]
                do { (suite, diagnostics) = try SuiteSource.check(file) } catch let failure as CommandFailure {
                    Terminal.error.line(failure.message)
                    unread.append(file)
                    continue
                }
                reports.append(
                    Report(
                        file: file, usable: suite != nil, suite: suite?.id, scenarios: suite?.scenarios.count,
                        fingerprint: suite?.fingerprint, diagnostics: diagnostics))
                guard !json else { continue }
                if !diagnostics.isEmpty { Terminal.error.line(diagnostics.rendered() + "\n") }
                if let suite {
                    Terminal.output.line(
                        "\(Terminal.output.styled("✓", .green)) \(file): \(suite.id) \(suite.version), \(suite.scenarios.count) scenario\(suite.scenarios.count == 1 ? "" : "s")"
                    )
                } else {
                    let errors = diagnostics.count { $0.severity == .error }
                    Terminal.output.line(
                        "\(Terminal.output.styled("✗", .red)) \(file): \(errors) error\(errors == 1 ? "" : "s")")
                }
            }
            if json { Terminal.output.line(try Printed.json(reports)) }
            if !unread.isEmpty || reports.contains(where: { !$0.usable }) { throw CommandFailure(.negative, "") }
        }
    }
}
