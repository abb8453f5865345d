import ArgumentParser
import Charters

extension CharterCommand {
    /// `trellis charter merge`.
    struct Merge: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put two versions of a charter together, clause by clause.",
            discussion: """
                What only one side changed is taken over. What both changed differently stands in the merged file under \
                `conflicts:`, with what each side says, and `check` refuses the file until people have decided. The \
                comments of OURS are kept where they still fit.

                Examples:
                  trellis charter merge base.yaml ours.yaml theirs.yaml > merged.yaml
                  trellis charter merge base.yaml ours.yaml theirs.yaml --output ours.yaml
                  git config merge.charter.driver "trellis charter merge %O %A %B --output %A"

                Exit code 0 when nothing is left to decide, 1 when there are conflicts.
                More: docs/charter-language.md.
                """)

        @Argument(help: "The version that both come from.", completion: .file())
        var base: String

        @Argument(help: "Our version.", completion: .file())
        var ours: String

        @Argument(help: "The other version.", completion: .file())
        var theirs: String

        @Option(name: [.short, .long], help: "Write the merged charter into this file, at once or not at all.")
        var output: String?

        @Flag(name: .long, help: "Print JSON: the conflicts, and the merged text.")
        var json = false

        struct Report: Encodable {
            struct Conflict: Encodable {
                let path: String
                let base: String?
                let ours: String?
                let theirs: String?
            }

            let clean: Bool
            let conflicts: [Conflict]
            let text: String
        }

        func run() async throws {
            let ours = try CharterSource.charter(ours)
            let merge: CharterMerge
            do throws(CharterError) {
                merge = try CharterMerge(
                    base: try CharterSource.sound(base), ours: ours.charter, theirs: try CharterSource.sound(theirs),
                    source: ours.source)
            } catch {
                throw CommandFailure(.negative, error.diagnostics.rendered())
            }
            if let output { try CharterFileWriting.replace(output, with: merge.text) }
            if json {
                let conflicts = merge.conflicts.map {
                    Report.Conflict(path: $0.path, base: $0.base, ours: $0.ours, theirs: $0.theirs)
                }
                Terminal.output.line(
                    try Printed.json(Report(clean: merge.isClean, conflicts: conflicts, text: merge.text)))
            } else if output == nil {
                Terminal.output.write(merge.text)
            }
            guard !merge.isClean else {
                // What fits alone may not fit together: a resource that one side took away, say.
                let problems = Charter.check(merge.text, file: output ?? "merged").diagnostics
                    .filter { $0.severity == .error }
                if !problems.isEmpty {
                    throw CommandFailure(
                        .negative,
                        "the two versions don't fit together.\n\n" + problems.rendered())
                }
                return
            }
            let paths = merge.conflicts.map { "  \($0.path)" }.joined(separator: "\n")
            throw CommandFailure(
                .negative,
                "both sides changed the same thing differently \(merge.conflicts.count == 1 ? "in one place" : "in \(merge.conflicts.count) places"):\n\(paths)\nThey stand under `conflicts:` at the end of the merged file, for people to decide."
            )
        }
    }
}

extension CharterSource {
    /// A charter by itself.
    static func sound(_ reference: String) throws(CharterError) -> Charter {
        let outcome = check(reference)
        guard let charter = outcome.charter else { throw CharterError(diagnostics: outcome.diagnostics) }
        return charter
    }
}
