public import ArgumentParser
public import Charters
import Counsel
import Flourishing
import Foundation

extension CharterPage.Audience: ExpressibleByArgument {}

extension CharterCommand {
    /// `trellis charter show`.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a charter: as a page for people, as its text, or as what a model is told.",
            discussion: """
                Examples:
                  trellis charter show commons/tutor                       # the very words that a model is told
                  trellis charter show my-charter.yaml --for person        # to be read aloud
                  trellis charter show my-charter.yaml --for community --html > charter.html
                  trellis charter show my-charter.yaml --for auditor       # with layers and fingerprints
                  trellis charter show commons/companion --source > my-charter.yaml
                More: docs/charter-language.md.
                """)

        @OptionGroup var chosen: CharterOptions

        @Option(name: .customLong("for"), help: "Who reads it: person, community or auditor.")
        var audience: CharterPage.Audience?

        @Flag(name: .long, help: "With --for: a page of HTML that needs nothing else.")
        var html = false

        @Flag(name: .long, help: "Show the charter's own text instead.")
        var source = false

        @Flag(name: .long, help: "Print JSON.")
        var json = false

        func validate() throws {
            if html, audience == nil { throw ValidationError("Say whom the page is for: --for person --html.") }
            if source, audience != nil || json { throw ValidationError("--source goes alone.") }
        }

        func run() async throws {
            if source {
                Terminal.output.write(try CharterSource.charter(chosen.charter).source)
                return
            }
            if let audience {
                let loaded = try await chosen.load()
                // The pages tell of all roles; a role that isn't there is a slip all the same.
                do throws(CharterError) { _ = try loaded.stack.compiled(role: chosen.role) } catch {
                    throw CommandFailure(.negative, error.diagnostics.rendered())
                }
                let page = CharterPage(of: loaded.charter, in: loaded.stack, for: audience)
                if html {
                    Terminal.output.write(page.html)
                } else {
                    var wrapped = WrappedText(width: Terminal.output.isInteractive ? Terminal.output.columns : nil)
                    Terminal.output.write(wrapped.add(page.text) + wrapped.end())
                }
                return
            }
            let compiled = try await chosen.compiled()
            if json {
                Terminal.output.line(
                    try Printed.json(CompiledReport(compiled, brief: compiled.brief(for: BriefRequest()))))
            } else {
                let played = compiled.role.map { ", role \($0)" } ?? ""
                Terminal.output.line(
                    Terminal.output.styled(
                        "\(compiled.id) \(compiled.version)\(played), fingerprint \(compiled.charterFingerprint.short)",
                        .bold)
                )
                Terminal.output.line()
                Terminal.output.line(compiled.brief)
            }
        }
    }
}

/// A compiled charter as JSON.
struct CompiledReport: Encodable {
    let charter: String
    let version: String
    let fingerprint: String
    let stack: String
    let layers: [LayerReference]
    let role: String?
    let moves: [String]
    let clauses: [String]
    let brief: String
    let briefFingerprint: String

    init(_ compiled: CompiledCharter, brief: Brief) {
        charter = compiled.id
        version = compiled.version
        fingerprint = compiled.charterFingerprint.description
        stack = compiled.fingerprint.description
        layers = compiled.layers
        role = compiled.role
        moves = compiled.allowedMoves.map(\.rawValue)
        clauses = brief.clauses
        self.brief = brief.text
        briefFingerprint = brief.fingerprint
    }
}
