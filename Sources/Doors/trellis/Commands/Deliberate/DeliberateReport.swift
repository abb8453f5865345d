import ArgumentParser
import Deliberation
import Foundation

extension DeliberateCommand {
    /// `trellis deliberate report`.
    struct Report: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put a whole conversation on one page, with how much to trust it.",
            discussion: """
                The page is one HTML file that needs nothing else: no script, and nothing is fetched. It can be read on a \
                phone, in the dark and on paper, sent by mail or put on a web server. It names no participant. The same \
                votes give the same page.

                Examples:
                  trellis deliberate report my-export --to report.html
                  trellis deliberate report my-export --seats 8 --limit 12 --to report.html
                  trellis deliberate report my-export --samples 0 > quick.html

                Exit code 1 when the export can't be read or the page can't be written. More: docs/deliberation.md.
                """)

        @OptionGroup var options: ConversationOptions

        @Option(name: .long, help: "Where to write the page. Left out, it is printed.", completion: .file())
        var to: String?

        @Option(name: .shortAndLong, help: "How many statements the slate has.")
        var seats = 5

        @OptionGroup var drawing: DrawingOptions

        @Option(name: .long, help: "How many statements in each list, 1 to 1000.")
        var limit = 8

        func validate() throws {
            guard seats >= 1 else { throw ValidationError("--seats is a number from 1.") }
            guard (1...1000).contains(limit) else { throw ValidationError("--limit is a number from 1 to 1000.") }
        }

        func run() async throws {
            let source = try await options.load(isTimed: true)
            for remark in source.conversation.remarks { Terminal.error.line("note: \(WrappedText.plain(remark))") }
            let report = DeliberationReport(
                source.conversation, moderation: source.moderation,
                settings: .init(seats: seats, samples: drawing.samples, limit: limit, seed: drawing.seed))
            guard let to else {
                Terminal.output.write(report.html)
                return
            }
            do {
                try Data(report.html.utf8).write(to: URL(fileURLWithPath: to), options: .atomic)
            } catch {
                throw CommandFailure(
                    .negative,
                    "\(WrappedText.plain(to)) can't be written: \(WrappedText.plain(error.localizedDescription)) Name a file in a folder where you may write."
                )
            }
            Terminal.output.line("Wrote \(WrappedText.plain(to)).")
        }
    }
}
