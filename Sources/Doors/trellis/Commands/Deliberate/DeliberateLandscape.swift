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
                Every share has its interval of 95%, in brackets. What fewer than five people hold isn't told.

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

        private typealias Told = ToldLandscape<DeliberatedConversation.Named>

        /// The page.
        private static func show(_ report: LandscapeReport) {
            let page = DeliberatePage()
            let told = report.told
            page.heading("Groups")
            page.paragraph(told.basis.words)
            let numbers = told.groups.map(\.number)
            if !told.groups.isEmpty {
                for group in told.groups { show(group) }
                if told.withoutGroup > 0 {
                    page.gap()
                    page.paragraph(
                        "\(page.count(told.withoutGroup, "person is", "people are")) in none of these groups: too few votes, or between two\(told.untold == nil ? "" : ", or in a group that isn't told")."
                    )
                }
            } else if told.basis.isEnough, told.untold == nil {
                page.paragraph("No groups: no division into groups explains the votes better than one crowd does.")
            }
            if let untold = told.untold {
                page.gap()
                page.paragraph(untold)
            }
            let several = told.groups.count > 1
            show(several ? "What every group agrees on" : "What most agree on", told.agreed, of: numbers)
            show(several ? "What every group refuses" : "What most refuse", told.refused, of: numbers, refuses: true)
            if several { show("What divides the groups", told.divisive, of: numbers) }
            page.heading("What bridges: agreed on although people differ in everything else")
            if report.bridging.isEmpty { page.paragraph("Nothing, as far as these votes say.", indent: 2) }
            let figure = { (value: Double) in "\((value * 100).rounded() / 100)" }
            for bridge in report.bridging {
                let score = bridge.score
                page.statement(bridge.statement)
                page.detail("bridging score \(figure(score.value)) (\(figure(score.lower)) to \(figure(score.upper)))")
            }
            guard !report.next.isEmpty else { return }
            page.heading("What to show next to somebody who comes new")
            for statement in report.next { page.statement(statement) }
        }

        private static func show(_ group: Told.Group) {
            let page = DeliberatePage()
            page.gap()
            let sure =
                group.stability == nil ? "" : ": \(group.reason.prefix(1).lowercased())\(group.reason.dropFirst())"
            page.paragraph(
                "Group \(group.number), \(page.count(group.people, "person", "people"))\(sure.isEmpty ? "." : sure)")
            if group.holds.isEmpty {
                page.paragraph("Nothing sets it apart surely.", indent: 2)
                return
            }
            page.paragraph("What sets it apart:", indent: 2)
            for held in group.holds {
                page.statement(held.statement)
                let more =
                    held.difference.map {
                        "\(DeliberatePage.percent($0.value)) percentage points more than among the others"
                    } ?? held.times.map { "\(($0 * 10).rounded() / 10) times as much as among the others" }
                page.detail("\(DeliberatePage.share(held.share)) \(held.stance)" + (more.map { ", \($0)" } ?? ""))
            }
        }

        private static func show(_ heading: String, _ list: [Told.Ground], of groups: [Int], refuses: Bool = false) {
            let page = DeliberatePage()
            page.heading(heading)
            if list.isEmpty { page.paragraph("Nothing, as far as these votes say.", indent: 2) }
            for ground in list {
                page.statement(ground.statement)
                let shares = refuses ? ground.disagreement : ground.agreement
                let word = refuses ? "disagree" : "agree"
                let written =
                    groups.isEmpty
                    ? shares.map { "\(DeliberatePage.share($0)) of those who voted on it \(word)" }
                    : zip(groups, shares).map { "group \($0): \(DeliberatePage.share($1)) \(word)" }
                page.detail(written.joined(separator: "; ") + (ground.isSure ? "" : " (likely, not sure)"))
            }
        }
    }
}
