import ArgumentParser
import Charters
import Foundation

extension CharterCommand {
    /// `trellis charter init`.
    struct Init: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write a first charter to fill in.",
            discussion: """
                It asks nothing and overwrites nothing. With --from it copies a charter of the commons, comments and all.

                Examples:
                  trellis charter init
                  trellis charter init tutor.yaml --name riverside/tutor --from commons/tutor
                More: docs/charter-language.md.
                """)

        @Argument(help: "The file to write.", completion: .file(extensions: ["yaml", "yml"]))
        var file = "charter.yaml"

        @Option(name: .long, help: "The charter's name: who answers for it, a slash, and what it is called.")
        var name = "my-community/assistant"

        @Option(name: .customLong("from"), help: "A charter to copy: a name in the commons, or a file.")
        var original: String?

        func run() async throws {
            let id = try CharterID(argument: name)
            let text: String
            if let original {
                let source = try CharterSource.charter(original).source
                do throws(CharterError) {
                    text = try CharterStart.copy(source, as: id, file: original)
                } catch {
                    throw CommandFailure(.negative, error.diagnostics.rendered())
                }
            } else {
                text = CharterStart.starter(id)
            }
            try CharterFileWriting.create(file, with: text)
            Terminal.output.line("\(file) is written. Make it yours, and see `trellis charter check \(file)`.")
        }
    }
}

extension CharterID {
    /// A charter's name as an argument.
    init(argument: String) throws {
        guard let id = CharterID(argument) else {
            throw ValidationError(
                "`\(argument)` is not a charter's name. Write owner/name in lower-case letters, digits and hyphens, as in riverside/tutor."
            )
        }
        self = id
    }
}
