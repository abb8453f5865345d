public import ArgumentParser
public import Charters
import Counsel
public import Flourishing
import Foundation

extension AgeBand: ExpressibleByArgument {}
extension Risk: ExpressibleByArgument {}
extension Move: ExpressibleByArgument {}

extension CharterCommand {
    /// `trellis charter compile`.
    struct Compile: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print what a model is told in given circumstances, to the letter.",
            discussion: """
                Without circumstances it prints the general brief. A clause with a condition is told only where its \
                condition is known to hold.

                Examples:
                  trellis charter compile my-charter.yaml --role tutor --topic exams --age teen
                  trellis charter compile my-charter.yaml --move ask --json
                  trellis charter compile my-charter.yaml --canonical | sha256sum       # the charter's fingerprint
                More: docs/charter-language.md.
                """)

        @OptionGroup var chosen: CharterOptions

        @Option(name: .customLong("topic"), help: "What the message is about. May be given several times.")
        var topics: [String] = []

        @Option(name: .long, help: "The person's age band: child, teen, adult or senior.")
        var age: AgeBand?

        @Option(name: .long, help: "The channel: chat, voice, sms, email or another.")
        var channel: String?

        @Option(name: .long, help: "The person's local hour, from 0 to 23.")
        var hour: Int?

        @Option(name: .long, help: "The conversation's language, as in de.")
        var language: String?

        @Option(name: .long, help: "How much could go wrong: low, medium or high.")
        var risk: Risk?

        @Option(name: .long, help: "The reply's move, as in ask.")
        var move: Move = .answer

        @Flag(name: .long, help: "Print JSON, with clauses, layers and fingerprints.")
        var json = false

        @Flag(name: .long, help: "Print the charter's canonical form (RFC 8785), with nothing after it.")
        var canonical = false

        func validate() throws {
            if let hour, !(0...23).contains(hour) { throw ValidationError("The hour is from 0 to 23.") }
        }

        func run() async throws {
            if canonical {
                let form = try CharterSource.charter(chosen.charter).charter.canonicalForm
                Terminal.output.write(String(decoding: form, as: UTF8.self))
                return
            }
            let compiled = try await chosen.compiled()
            let known = KnownTopic.allCases.map(\.rawValue) + compiled.topics.map(\.id)
            for topic in topics where !known.contains(topic) {
                let near = nearMiss(of: topic, among: known).map { "Did you mean `\($0)`?" }
                throw CommandFailure(
                    .negative,
                    "there is no topic `\(topic)`. \(near ?? "The topics are: \(known.joined(separator: ", ")).")")
            }
            let circumstances = Circumstances(
                topics: topics.isEmpty ? nil : Set(topics), age: age, role: compiled.role, channel: channel, hour: hour,
                language: language, risk: risk)
            let brief = compiled.brief(for: BriefRequest(circumstances: circumstances, move: move))
            if json {
                Terminal.output.line(try Printed.json(CompiledReport(compiled, brief: brief)))
            } else {
                Terminal.output.line(brief.text)
            }
        }
    }
}
