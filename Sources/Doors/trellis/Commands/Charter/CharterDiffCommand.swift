import ArgumentParser
import Charters
import Counsel

extension CharterCommand {
    /// `trellis charter diff`.
    struct Diff: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say in words what changes between two versions of a charter, and for whom.",
            discussion: """
                It compares what comes into force by each, clause by clause and not line by line, with all that they \
                build on: what a parent changed is told, and what one says itself and the other takes from a parent \
                is no change. It says how far the version should have been raised. Where a parent can't be had, or \
                with --own, only what the two say themselves is compared.

                Examples:
                  trellis charter diff old.yaml charter.yaml
                  trellis charter diff old.yaml charter.yaml --own
                  trellis charter diff commons/tutor my-tutor.yaml --json

                Exit code 0 when the version was raised far enough, or nothing changed; 1 when it wasn't.
                More: docs/charter-language.md.
                """)

        @Argument(help: "The charter before: a file, or a name in the commons.", completion: .file())
        var old: String

        @Argument(help: "The charter now: a file, or a name in the commons.", completion: .file())
        var new: String

        @Flag(name: .long, help: "Compare what the two say themselves, without what they build on.")
        var own = false

        @Flag(name: .long, help: "Print JSON.")
        var json = false

        @OptionGroup(title: "Parents") var options: LibraryOptions

        func run() async throws {
            let (before, after) = (try CharterSource.charter(old).charter, try CharterSource.charter(new).charter)
            let diff = try await whole(before, after) ?? CharterDiff(from: before, to: after)
            if json {
                Terminal.output.line(try Printed.json(diff))
            } else {
                var wrapped = WrappedText(width: Terminal.output.isInteractive ? Terminal.output.columns : nil)
                Terminal.output.line(wrapped.add(diff.text) + wrapped.end())
            }
            if !diff.advice.isEnough { throw CommandFailure(.negative, "") }
        }

        /// The difference in what comes into force. Nil when nobody asks for it, or when it can't be had.
        private func whole(_ before: Charter, _ after: Charter) async throws -> CharterDiff? {
            guard !own, !(before.extends.isEmpty && after.extends.isEmpty) else { return nil }
            let library = try await options.library()
            do throws(CharterUnavailable) {
                let (first, second) = (try library.load(old), try library.load(new))
                return CharterDiff(from: (first.charter, first.stack), to: (second.charter, second.stack))
            } catch {
                Terminal.error.line(
                    "Only what the two say themselves is compared, because this came up:\n\(error.whole)\n")
                return nil
            }
        }
    }
}
