import ArgumentParser
import Charters
import Foundation
import Gateway

extension CharterCommand {
    /// `trellis charter merge`.
    struct Merge: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Merge two versions of a charter, or of wishes, clause by clause.",
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
            let merge = try merged()
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
                let problems = CharterFile.check(merge.text.utf8, file: output ?? "merged").diagnostics
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

extension CharterCommand.Merge {
    /// The three files put together: three charters, or three times one person's wishes.
    private func merged() throws -> CharterMerge {
        do throws(CharterError) {
            let (ours, source) = try CharterSource.file(ours)
            switch (try CharterSource.file(base).file, ours, try CharterSource.file(theirs).file) {
            case (.charter(let base), .charter(let ours), .charter(let theirs)):
                return try CharterMerge(base: base, ours: ours, theirs: theirs, source: source)
            case (.wishes(let base), .wishes(let ours), .wishes(let theirs)):
                return try CharterMerge(base: base, ours: ours, theirs: theirs, source: source)
            default: break
            }
        } catch {
            throw CommandFailure(.negative, error.diagnostics.rendered())
        }
        throw CommandFailure(.negative, "a charter and somebody's wishes can't be merged: name three of a kind.")
    }
}

extension CharterSource {
    /// What a file holds: a charter by itself, or wishes.
    fileprivate static func file(_ reference: String) throws(CharterError) -> (file: CharterFile, source: String) {
        if case .file(let path) = CharterReference(reference), let data = FileManager.default.contents(atPath: path) {
            let (file, diagnostics) = CharterFile.check(data, file: reference)
            guard let file else { throw CharterError(diagnostics: diagnostics) }
            return (file, String(decoding: data, as: UTF8.self))
        }
        let outcome = check(reference)
        guard let charter = outcome.charter else { throw CharterError(diagnostics: outcome.diagnostics) }
        return (.charter(charter), outcome.source)
    }
}
