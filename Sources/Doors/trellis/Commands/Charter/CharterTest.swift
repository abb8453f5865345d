import ArgumentParser
import Charters
import Counsel
import Foundation
import Models

extension CharterCommand {
    /// `trellis charter test`.
    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Run a charter's examples as tests.",
            discussion: """
                For each example it reads what the person says, and looks whether the model is told the clause and \
                whether the move is made that the example expects. With --model and --url the model answers too, and \
                its replies are shown and compared with what shows the clause and what fails it: a row for each \
                clause, never one score. Name the model's own address: behind Trellis's, the charter that governs \
                there would be told to it as well.

                Examples:
                  trellis charter test my-charter.yaml
                  trellis charter test my-charter.yaml --role tutor --json
                  trellis charter test my-charter.yaml --url http://127.0.0.1:9000/v1 --model NAME --embedding-model NAME

                Exit code 0 when every example went as expected, 1 otherwise. What a model says doesn't count, nor do \
                clauses without an example. More: docs/charter-language.md.
                """)

        @OptionGroup var chosen: CharterOptions

        @Flag(name: .long, help: "Run the examples of the parents and of Trellis's own floor too.")
        var whole = false

        @Option(name: .long, help: "The model to try; with --url.")
        var model: String?

        @Option(name: .long, help: "The OpenAI-compatible address of the model, as in http://127.0.0.1:9000/v1.")
        var url: String?

        @Option(name: .long, help: "The model at the same address that embeds texts.")
        var embeddingModel: String?

        @Option(name: .long, help: "The environment variable that holds the address's key.")
        var keyEnv: String?

        @Flag(name: .long, help: "Print JSON.")
        var json = false

        struct Report: Encodable {
            let charter: String
            let passes: Bool
            let cases: [CharterTrial.Case]
            let coverage: CharterCoverage
            let uncovered: [String]
            var replies: [CharterTrial.Reply]?
            var closeness: [CharterTrial.Closeness]?
        }

        func validate() throws {
            let given = [model, url, embeddingModel].compactMap { $0 }.count
            guard given == 0 || given == 3 else {
                throw ValidationError("To try a model, give --url, --model and --embedding-model.")
            }
        }

        func run() async throws {
            let loaded = try await chosen.load()
            let trial: CharterTrial
            do throws(CharterError) {
                trial = try CharterTrial(
                    of: whole ? loaded.stack.composed : loaded.charter.layer, under: loaded.stack, role: chosen.role)
            } catch {
                throw CommandFailure(.negative, error.diagnostics.rendered())
            }
            var report = Report(
                charter: loaded.charter.id.description, passes: trial.passes, cases: trial.cases,
                coverage: trial.coverage, uncovered: trial.coverage.uncovered)
            if let model, let url, let embeddingModel {
                // A small model takes a while, and somebody waits.
                let tried = try await TriedModel(url: url, keyEnv: keyEnv, embeddingModel: embeddingModel)
                    .replies(trial, model: model) { Terminal.error.line("\(model) answers \($0.path) \($0.example) …") }
                (report.replies, report.closeness) = (tried.replies, tried.closeness)
            }
            if json {
                Terminal.output.line(try Printed.json(report))
            } else {
                show(report)
            }
            if !trial.passes { throw CommandFailure(.negative, "") }
        }

        private func show(_ report: Report) {
            for trial in report.cases {
                let mark =
                    trial.passes ? Terminal.output.styled("✓", .green) : Terminal.output.styled("✗", .red)
                let person = trial.person.split(whereSeparator: \.isNewline).joined(separator: " ")
                Terminal.output.line(
                    "\(mark) \(trial.path) \(trial.example), \(trial.move): “\(person.prefix(60))\(person.count > 60 ? "…" : "")”"
                )
                for problem in trial.problems { Terminal.output.line("    \(problem)") }
                let reply = report.replies?.first { $0.path == trial.path && $0.example == trial.example }?.reply
                for line in reply?.split(whereSeparator: \.isNewline) ?? [] {
                    Terminal.output.line("    | \(WrappedText.plain(String(line)))")
                }
            }
            let failed = report.cases.count { !$0.passes }
            Terminal.output.line(
                "\(report.cases.count) example\(report.cases.count == 1 ? "" : "s"), \(failed) not as expected.")
            Terminal.output.line(report.coverage.words)
            guard let closeness = report.closeness else { return }
            Terminal.output.line()
            var table = Table(head: ["CLAUSE", "REPLIES", "CLOSER TO SHOWS", "TO SHOWS", "TO FAILS"])
            for row in closeness {
                table.rows.append([
                    row.path, "\(row.compared)", "\(row.closerToShows)", Self.number(row.toShows),
                    Self.number(row.toFails),
                ])
            }
            for line in table.lines { Terminal.output.line(line) }
            Terminal.output.line(
                "Closeness is the cosine between embeddings (mean over the clause's replies). It says how alike texts are, not how good a reply is; so few examples show a direction and prove nothing."
            )
        }

        private static func number(_ value: Double) -> String { String(format: "%.2f", value) }
    }
}

/// A model that a charter is tried on.
private struct TriedModel {
    private let model: UpstreamChatModel
    private let url: String

    init(url: String, keyEnv: String?, embeddingModel: String) throws {
        self.url = url
        let environment = ProcessInfo.processInfo.environment
        let address: UpstreamAddress
        do { address = try UpstreamAddress(url) } catch {
            throw CommandFailure(.negative, "--url \(url): \(error.description).")
        }
        var credential: Credential?
        if let keyEnv {
            guard let key = environment[keyEnv], !key.isEmpty else {
                throw CommandFailure(.configuration, "the environment variable \(keyEnv) is not set.")
            }
            credential = Credential(key)
        }
        model = try UpstreamChatModel.single(
            name: "tried", address: address, credential: credential, environment: environment,
            embeddingModel: embeddingModel)
    }

    func replies(
        _ trial: CharterTrial, model name: String, before: (CharterTrial.Case) -> Void
    ) async throws -> (replies: [CharterTrial.Reply], closeness: [CharterTrial.Closeness]) {
        do {
            return try await trial.replies(of: model, named: name, embedder: model, before: before)
        } catch let failure as UpstreamFailure {
            let detail = failure.detail.isEmpty ? "" : " (\(failure.detail))"
            let kind = failure.kind.rawValue.replacing("-", with: " ")
            throw CommandFailure(
                .unreachable,
                "the model at \(url) didn't answer: \(kind)\(detail). Check that it runs, and the address.")
        } catch let refusal as ChatRefusal {
            let hint = refusal.status == 404 && !url.hasSuffix("/v1") ? " Such an address usually ends in /v1." : ""
            throw CommandFailure(.failed, "the model at \(url) refused: \(refusal)\(hint)")
        }
    }
}
