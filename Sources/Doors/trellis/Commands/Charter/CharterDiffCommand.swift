import ArgumentParser
import Charters

extension CharterCommand {
    /// `trellis charter diff`.
    struct Diff: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say in words what changes between two versions of a charter, and for whom.",
            discussion: """
                It compares what the charters mean, clause by clause, not their lines, and says how far the version \
                should have been raised.

                Examples:
                  trellis charter diff old.yaml charter.yaml
                  trellis charter diff commons/tutor my-tutor.yaml --json

                Exit code 0 when the version was raised far enough, or nothing changed; 1 when it wasn't.
                More: docs/charter-language.md.
                """)

        @Argument(help: "The charter before: a file, or a name in the commons.", completion: .file())
        var old: String

        @Argument(help: "The charter now: a file, or a name in the commons.", completion: .file())
        var new: String

        @Flag(name: .long, help: "Print JSON.")
        var json = false

        func run() async throws {
            let diff = CharterDiff(
                from: try CharterSource.charter(old).charter, to: try CharterSource.charter(new).charter)
            if json {
                Terminal.output.line(try Printed.json(diff))
            } else {
                var wrapped = WrappedText(width: Terminal.output.isInteractive ? Terminal.output.columns : nil)
                Terminal.output.line(wrapped.add(diff.text) + wrapped.end())
            }
            if !diff.advice.isEnough { throw CommandFailure(.negative, "") }
        }
    }
}
