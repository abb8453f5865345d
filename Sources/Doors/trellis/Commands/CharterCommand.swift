import ArgumentParser
import Charters
import Foundation
import Gateway

/// `trellis charter`.
struct CharterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "charter",
        abstract: "Check a charter, or show what a model is told under it.",
        discussion: """
            Examples:
              trellis charter list
              trellis charter show commons/companion --source > my-charter.yaml     # start your own from it
              trellis charter check my-charter.yaml
            More: Sources/Values/Charters/README.md.
            """,
        subcommands: [Check.self, Show.self, List.self])

    /// `trellis charter check`.
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say what is wrong with charter files, line by line.",
            discussion: """
                Examples:
                  trellis charter check my-charter.yaml
                  trellis charter check --json charters/*.yaml
                  trellis charter check commons/tutor

                Exit code 0 when every charter can be used, 1 when one can't. Warnings don't count.
                More: Sources/Values/Charters/README.md.
                """)

        @Argument(help: "Charter files, or names in the commons.", completion: .file(extensions: ["yaml", "yml"]))
        var files: [String]

        @Flag(name: .long, help: "Print JSON.")
        var json = false

        struct Report: Encodable {
            let file: String
            let usable: Bool
            let charter: String?
            let version: String?
            let fingerprint: String?
            let diagnostics: [Diagnostic]
        }

        func run() async throws {
            var reports: [Report] = []
            for file in files {
                let outcome = CharterSource.check(file)
                reports.append(
                    Report(
                        file: file, usable: outcome.charter != nil, charter: outcome.charter?.id.description,
                        version: outcome.charter?.version.description,
                        fingerprint: outcome.charter?.fingerprint.description, diagnostics: outcome.diagnostics))
                guard !json else { continue }
                if !outcome.diagnostics.isEmpty {
                    Terminal.error.line(outcome.diagnostics.rendered(source: outcome.source) + "\n")
                }
                if let charter = outcome.charter {
                    let warnings = outcome.diagnostics.count
                    let note = warnings == 0 ? "" : ", with \(warnings) warning\(warnings == 1 ? "" : "s")"
                    Terminal.output.line(
                        "\(Terminal.output.styled("✓", .green)) \(file): \(charter.id) \(charter.version), fingerprint \(charter.fingerprint.short)\(note)"
                    )
                } else {
                    let errors = outcome.diagnostics.count { $0.severity == .error }
                    Terminal.output.line(
                        "\(Terminal.output.styled("✗", .red)) \(file): \(errors) error\(errors == 1 ? "" : "s")")
                }
            }
            if json { Terminal.output.line(try Printed.json(reports)) }
            if reports.contains(where: { !$0.usable }) { throw CommandFailure(.negative, "") }
        }
    }

    /// `trellis charter show`.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the very words that a model is told under a charter.",
            discussion: """
                Examples:
                  trellis charter show commons/tutor
                  trellis charter show my-charter.yaml --role tutor
                  trellis charter show commons/companion --source > my-charter.yaml     # start your own from it
                """)

        @Argument(help: "A charter file, or a name in the commons.", completion: .file(extensions: ["yaml", "yml"]))
        var charter: String

        @Option(name: .long, help: "The role within the charter.")
        var role: String?

        @Flag(name: .long, help: "Show the charter's own text instead.")
        var source = false

        @Flag(name: .long, help: "Print JSON.")
        var json = false

        struct Report: Encodable {
            let charter: String
            let version: String
            let fingerprint: String
            let role: String?
            let clauses: [String]
            let brief: String
        }

        func run() async throws {
            let outcome = CharterSource.check(charter)
            guard let found = outcome.charter else {
                throw CommandFailure(
                    .negative, "this charter can't be used.\n" + outcome.diagnostics.rendered(source: outcome.source))
            }
            if source {
                Terminal.output.write(outcome.source)
                return
            }
            let compiled: CompiledCharter
            do { compiled = try found.compiled(role: role) } catch {
                throw CommandFailure(.negative, error.diagnostics.rendered(source: ""))
            }
            if json {
                let report = Report(
                    charter: compiled.id, version: compiled.version, fingerprint: compiled.fingerprint.description,
                    role: compiled.role, clauses: compiled.clauses, brief: compiled.brief)
                Terminal.output.line(try Printed.json(report))
            } else {
                let played = compiled.role.map { ", role \($0)" } ?? ""
                Terminal.output.line(
                    Terminal.output.styled(
                        "\(compiled.id) \(compiled.version)\(played), fingerprint \(compiled.fingerprint.short)", .bold)
                )
                Terminal.output.line()
                Terminal.output.line(compiled.brief)
            }
        }
    }

    /// `trellis charter list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the charters that come with Trellis.",
            discussion: """
                Example:
                  trellis charter list
                """)

        @Flag(name: .long, help: "Print JSON.")
        var json = false

        struct Entry: Encodable {
            let charter: String
            let version: String
            let purpose: String
        }

        func run() async throws {
            let entries = Commons.names.compactMap { name in
                CharterSource.check(name).charter.map {
                    Entry(charter: name, version: $0.version.description, purpose: $0.purpose ?? "")
                }
            }
            if json {
                Terminal.output.line(try Printed.json(entries))
            } else {
                for entry in entries { Terminal.output.line("\(entry.charter) \(entry.version)\n    \(entry.purpose)") }
            }
        }
    }
}

/// A charter by name or path, with its text and what is wrong with it.
enum CharterSource {
    /// Reads and checks a charter.
    static func check(_ reference: String) -> (charter: Charter?, diagnostics: [Diagnostic], source: String) {
        if case .commons(let name) = CharterReference(reference) {
            guard let source = Commons.source(name) else {
                let near = nearMiss(of: name, among: Commons.names).map { "Did you mean `\($0)`?" }
                return (
                    nil,
                    [
                        .error(
                            in: name, code: "no-such-charter", "the commons has no charter of this name",
                            help: near ?? "It has: \(Commons.names.joined(separator: ", ")).")
                    ], ""
                )
            }
            return read(Array(source.utf8), name: name)
        }
        guard let data = FileManager.default.contents(atPath: reference) else {
            return (
                nil,
                [
                    .error(
                        in: reference, code: "unreadable", "the file can't be read",
                        help: "Check its path and permissions.")
                ], ""
            )
        }
        return read(Array(data), name: reference)
    }

    private static func read(
        _ bytes: [UInt8], name: String
    ) -> (charter: Charter?, diagnostics: [Diagnostic], source: String) {
        let source = String(decoding: bytes, as: UTF8.self)
        do {
            let read = try Charter.read(bytes, file: name)
            return (read.charter, read.warnings, source)
        } catch {
            return (nil, error.diagnostics, source)
        }
    }
}
