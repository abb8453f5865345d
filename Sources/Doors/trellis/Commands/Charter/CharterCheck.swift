import ArgumentParser
import Charters
import Counsel
import Foundation
import Gateway

extension CharterCommand {
    /// `trellis charter check`.
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say what is wrong with charter files, line by line.",
            discussion: """
                It looks at each file, at everything that it builds on, and at all of it laid on Trellis's own floor. \
                A file that starts with `wishes: 1` is checked as a person's own wishes; --on names the charter that \
                they are to stand on.

                Examples:
                  trellis charter check my-charter.yaml
                  trellis charter check --json charters/*.yaml
                  trellis charter check --sarif charters/*.yaml > charters.sarif
                  trellis charter check commons/tutor
                  trellis charter check my-wishes.yaml --on commons/tutor

                Exit code 0 when every charter can be used, 1 when one can't. Warnings don't count.
                More: docs/charter-language.md.
                """)

        @Argument(help: "Charter files, or names in the commons.", completion: .file(extensions: ["yaml", "yml"]))
        var files: [String]

        @Option(name: .long, help: "For wishes: the charter that they are to stand on. Default: the floor alone.")
        var on: String?

        @Flag(name: .long, help: "Print JSON.")
        var json = false

        @Flag(name: .long, help: "Print SARIF 2.1.0, for editors and CI.")
        var sarif = false

        @OptionGroup(title: "Parents") var options: LibraryOptions

        struct Report: Encodable {
            let file: String
            let usable: Bool
            let charter: String?
            let version: String?
            let fingerprint: String?
            let diagnostics: [Diagnostic]
        }

        func run() async throws {
            let library = try await options.library()
            var reports: [Report] = []
            let beneath = try on.map { try CharterSource.load($0, library).stack }
            for file in files {
                let outcome = CharterSource.checkWhole(file, library, beneath: beneath)
                let charter = outcome.charter
                reports.append(
                    Report(
                        file: file, usable: outcome.isUsable, charter: charter?.id.description,
                        version: charter?.version.description, fingerprint: outcome.fingerprint?.description,
                        diagnostics: outcome.diagnostics))
                guard !json, !sarif else { continue }
                if !outcome.diagnostics.isEmpty {
                    Terminal.error.line(outcome.diagnostics.rendered() + "\n")
                }
                if outcome.isUsable {
                    let warnings = outcome.diagnostics.count
                    let note = warnings == 0 ? "" : ", with \(warnings) warning\(warnings == 1 ? "" : "s")"
                    let name = charter.map { "\($0.id) \($0.version)" } ?? "a person's own wishes"
                    Terminal.output.line(
                        "\(Terminal.output.styled("✓", .green)) \(file): \(name), fingerprint \(outcome.fingerprint?.short ?? "")\(note)"
                    )
                } else {
                    let errors = outcome.diagnostics.count { $0.severity == .error }
                    Terminal.output.line(
                        "\(Terminal.output.styled("✗", .red)) \(file): \(errors) error\(errors == 1 ? "" : "s")")
                }
            }
            if sarif {
                Terminal.output.write(reports.flatMap(\.diagnostics).sarif(version: trellisVersion))
            } else if json {
                Terminal.output.line(try Printed.json(reports))
            }
            if reports.contains(where: { !$0.usable }) { throw CommandFailure(.negative, "") }
        }
    }
}

extension CharterSource {
    /// What a file holds, what is wrong with it, with its parents and with all of them together.
    ///
    /// - Parameter beneath: For wishes: what they stand on. Nil: Trellis's own floor alone.
    static func checkWhole(
        _ reference: String, _ library: CharterLibrary, beneath: CharterStack? = nil
    ) -> (charter: Charter?, fingerprint: CharterFingerprint?, isUsable: Bool, diagnostics: [Diagnostic]) {
        if case .file(let path) = CharterReference(reference), let data = FileManager.default.contents(atPath: path) {
            let (file, diagnostics) = CharterFile.check(data, file: reference)
            if file == nil { return (nil, nil, false, diagnostics) }
            if case .wishes(let wishes) = file {
                let problems = diagnostics + problems(of: wishes, on: beneath)
                return (nil, wishes.fingerprint, !problems.contains { $0.severity == .error }, problems)
            }
        }
        let outcome = check(reference)
        let charter = outcome.charter
        // A charter of a registry isn't at hand by its name alone; the library finds it.
        let isFile = FileManager.default.fileExists(atPath: reference)
        var diagnostics = charter == nil && !isFile && !library.settings.registries.isEmpty ? [] : outcome.diagnostics
        do throws(CharterUnavailable) {
            let loaded = try library.load(reference)
            for found in loaded.diagnostics where !diagnostics.contains(found) { diagnostics.append(found) }
            return (loaded.charter, loaded.charter.fingerprint, true, diagnostics)
        } catch {
            let found =
                error.diagnostics.isEmpty
                ? [.error(in: reference, code: "unavailable", error.reason, help: "See what it builds on.")]
                : error.diagnostics
            for found in found where !diagnostics.contains(found) { diagnostics.append(found) }
        }
        return (charter, charter?.fingerprint, false, diagnostics)
    }

    /// What only shows when wishes lie on a charter. Alone, only the floor can have something against them.
    private static func problems(of wishes: PersonLayer, on stack: CharterStack?) -> [Diagnostic] {
        let beneath = stack ?? CharterStack(charter: BaseFloor.charter)
        let known = Set(beneath.check())
        let found = beneath.adding(wishes).check().filter { !known.contains($0) }
        return stack != nil ? found : found.filter { $0.code.contains("floor") }
    }
}
