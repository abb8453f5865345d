import ArgumentParser
import Deliberation

extension DeliberateCommand {
    /// `trellis deliberate landscape`.
    struct Landscape: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say which groups of opinion there are, what they share, and what divides them.",
            discussion: """
                Each group comes with how sure it is that it is one: found again among other people of the same crowd, \
                or no more than a crowd without groups would give. With too few votes it says so and names no groups. \
                Every share has its interval of 95%, in brackets.

                Examples:
                  trellis deliberate landscape my-export
                  trellis deliberate landscape my-export --polis         by Polis's own mathematics
                  trellis deliberate landscape my-export --samples 0     quicker: without asking how sure groups are
                  trellis deliberate landscape my-export --json

                Exit code 1 when the export can't be read. More: docs/deliberation.md.
                """)

        @OptionGroup var options: ConversationOptions

        @Flag(name: .long, help: "Reckon as Polis does, group for group.")
        var polis = false

        @OptionGroup var drawing: DrawingOptions

        @Option(name: .long, help: "How many statements in each list, 1 to 1000.")
        var limit = 5

        @Flag(name: .long, help: "Print JSON.")
        var json = false

        func validate() throws {
            guard (1...1000).contains(limit) else { throw ValidationError("--limit is a number from 1 to 1000.") }
        }

        func run() async throws {
            let source = try await options.load()
            let report =
                polis
                ? LandscapeReport(polis: source, limit: limit)
                : LandscapeReport(source, samples: drawing.samples, seed: drawing.seed, limit: limit)
            if json {
                Terminal.output.line(try Printed.json(report))
                return
            }
            source.printHead()
            Self.show(report)
        }

        /// The page.
        private static func show(_ report: LandscapeReport) {
            let page = DeliberatePage()
            page.heading("Groups")
            page.paragraph(report.basis)
            if report.groups.count > 1 {
                for group in report.groups { show(group) }
                if report.withoutGroup > 0 {
                    page.gap()
                    page.paragraph(
                        "\(page.count(report.withoutGroup, "person", "people")) can't be put in any group: too few votes, or between two."
                    )
                }
            } else if report.hasBasis {
                page.paragraph("No groups: no division into groups explains the votes better than one crowd does.")
            }
            if let untold = report.untold {
                page.gap()
                page.paragraph(untold)
            }
            let several = report.groups.count > 1
            show(several ? "What every group agrees on" : "What most agree on", report.agreed)
            show(several ? "What every group refuses" : "What most refuse", report.refused)
            if several { show("What divides the groups", report.divisive) }
            page.heading("What bridges: agreed on although people differ in everything else")
            if report.bridging.isEmpty { page.paragraph("Nothing, as far as these votes say.", indent: 2) }
            for bridge in report.bridging {
                page.statement(bridge.statement)
                page.detail(bridge.written)
            }
            guard !report.next.isEmpty else { return }
            page.heading("What to show next to somebody who comes new")
            for statement in report.next { page.statement(statement) }
        }

        private static func show(_ group: LandscapeReport.Group) {
            let page = DeliberatePage()
            page.gap()
            page.paragraph(group.words ?? "Group \(group.number), \(page.count(group.people, "person", "people")).")
            if group.people < TellableGround.fewestPeople {
                page.paragraph("With so few people, what they hold isn't told.", indent: 2)
                return
            }
            if group.holds.isEmpty {
                page.paragraph("Nothing sets it apart surely.", indent: 2)
                return
            }
            page.paragraph("What sets it apart:", indent: 2)
            for held in group.holds {
                page.statement(held.statement)
                page.detail("\(held.written) \(held.stance), \(held.others)")
            }
        }

        private static func show(_ heading: String, _ list: [LandscapeReport.Ground]) {
            let page = DeliberatePage()
            page.heading(heading)
            if list.isEmpty { page.paragraph("Nothing, as far as these votes say.", indent: 2) }
            for ground in list {
                page.statement(ground.statement)
                page.detail(ground.written + (ground.isSure ? "" : " (likely, not sure)"))
            }
        }
    }
}
