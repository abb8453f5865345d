import ArgumentParser
import Charters

extension CharterCommand {
    /// `trellis charter schema`.
    struct Schema: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the JSON Schema of charter files, for editors.",
            discussion: """
                It is made from the same table that reading uses. In an editor with a YAML language server, write at the \
                top of a charter: # yaml-language-server: $schema=charter.schema.json

                Example:
                  trellis charter schema > charter.schema.json
                More: docs/charter-language.md.
                """)

        func run() async throws {
            let schema = Grammar.jsonSchema()
            Terminal.output.write(schema.hasSuffix("\n") ? schema : schema + "\n")
        }
    }
}
