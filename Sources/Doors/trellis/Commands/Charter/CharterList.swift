import ArgumentParser
import Charters

extension CharterCommand {
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
