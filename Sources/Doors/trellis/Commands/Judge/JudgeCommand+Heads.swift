import ArgumentParser
import Foundation
import Judges

extension JudgeCommand {
    /// `trellis judge heads`.
    struct Heads: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "heads", abstract: "List the local heads that ship, with what was measured of each.",
            discussion: """
                A head is a small regression over the local embedder, learned from statements in the first person. How well it \
                tells statements it never saw, and how well it tells good from bad replies in conversations, are two \
                things: both are shown, and the second decides how much a head counts (coverage).

                Example:
                  trellis judge heads
                More: docs/judging.md.
                """)

        @Flag(name: .long, help: "Print JSON, with recipes.")
        var json = false

        func run() async throws {
            guard !json else {
                Terminal.output.line(try Printed.json(ShippedHeads.all.map(Listing.init)))
                return
            }
            var table = Table(head: [
                "head", "on statements (95%)", "off by", "on replies (95%)", "coverage", "what 1 means",
            ])
            for head in ShippedHeads.all {
                table.rows.append([
                    head.name, Self.area(head.measured.statements),
                    WrittenNumber.thousandths(head.measured.calibrationError), Self.area(head.measured.replies),
                    WrittenNumber.hundredths(head.measured.coverage), head.says,
                ])
            }
            for line in table.lines { Terminal.output.line(line) }
            Terminal.output.line("")
            Terminal.output.line(
                "Columns \"on\" are areas under the curve: 1 always right, 0.5 a coin, below it the wrong way round. \"Off by\" "
                    + "is the expected calibration error on statements. Replies: 20 a head, written by hand.")
            Terminal.output.line("Data: \(HeadTraining.attribution).")
        }

        private static func area(_ area: Resampled) -> String {
            "\(WrittenNumber.thousandths(area.value)) (\(WrittenNumber.thousandths(area.lower)) to "
                + "\(WrittenNumber.thousandths(area.upper)))"
        }

        /// A head without its weights.
        private struct Listing: Encodable {
            let name: String
            let says: String
            let coverage: Double
            let measured: Head.Measured
            let recipe: Head.Recipe

            init(_ head: Head) {
                name = head.name
                says = head.says
                coverage = head.measured.coverage
                measured = head.measured
                recipe = head.recipe
            }
        }
    }
}
