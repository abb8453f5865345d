import ArgumentParser
import Deliberation
import SocialChoice

extension DeliberateCommand {
    /// `trellis deliberate slate`.
    struct SlateOfStatements: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "slate",
            abstract: "Choose a few statements that speak for everybody, and keep what is left out.",
            discussion: """
                Everybody gets an equal part of the seats to spend on statements that they agree with (the Method of \
                Equal Shares). A certificate then says whether every group that is large enough got its due, and what \
                groups hold that did not get in is kept as dissent, with its share. What fewer than five people hold \
                isn't told. The same votes give the same slate.

                Any committee rule can be asked for by --rule, and more axioms of representation by --check: jr, pjr, \
                ejr, ejr+ or core, each with a proof or with a group that was forgotten. Rules:
                \(Self.rules)

                Examples:
                  trellis deliberate slate my-export --seats 5
                  trellis deliberate slate my-export --seats 5 --rule phragmen --check jr --check core
                  trellis deliberate slate my-export --seats 8 --json

                Exit code 1 when the export can't be read or there is nothing to choose from. More: docs/deliberation.md.
                """)

        @OptionGroup var options: ConversationOptions

        @Option(name: .shortAndLong, help: "How many statements to choose.")
        var seats: Int

        @Option(name: .long, help: "How to choose; the help lists every rule.")
        var rule = "equal-shares"

        @Option(name: .long, help: "An axiom to check as well: jr, pjr, ejr, ejr+ or core. Can be given several times.")
        var check: [String] = []

        @Option(
            name: .long,
            help: "How many partial slates, or sets of statements, a rule or check may look at before it says so.")
        var work = 100_000

        @Option(name: .long, help: "What the search for groups follows from.")
        var seed: UInt64 = 1

        @Flag(name: .long, help: "Print JSON.")
        var json = false

        private static let rules = CommitteeRule.named.map(\.id).joined(separator: ", ")

        func validate() throws {
            guard seats >= 1 else { throw ValidationError("--seats is a number from 1.") }
            guard work >= 1 else { throw ValidationError("--work is a number from 1.") }
            guard CommitteeRule(id: rule) != nil else {
                throw ValidationError("--rule has to be one of \(Self.rules).")
            }
            guard check.allSatisfy({ RepresentationAxiom(id: $0) != nil }) else {
                throw ValidationError(
                    "--check has to be one of \(RepresentationAxiom.allCases.map(\.id).joined(separator: ", ")).")
            }
        }

        func run() async throws {
            let source = try await options.load()
            let landscape = OpinionLandscape(
                source.conversation.votes, moderation: source.moderation, settings: LandscapeSettings(seed: seed))
            let slate: Slate
            do throws(SlateError) {
                slate = try Slate(
                    of: source.conversation.votes, moderation: source.moderation, groups: landscape.assignment(),
                    groupCount: landscape.groupCount, seats: seats,
                    rule: CommitteeRule(id: rule) ?? .equalShares(.phragmen), limit: WorkLimit(nodes: work))
            } catch {
                throw CommandFailure(.negative, error.description)
            }
            let checks = check.compactMap(RepresentationAxiom.init(id:)).map { axiom in
                (axiom, slate.certificate(of: axiom, limit: WorkLimit(nodes: work)))
            }
            let report = SlateReport(
                ToldSlate(slate, landscape: landscape), of: source, groups: landscape.groupCount, checks: checks)
            if json {
                Terminal.output.line(try Printed.json(report))
                return
            }
            source.printHead()
            Self.show(report)
        }

        private static func show(_ report: SlateReport) {
            let page = DeliberatePage()
            page.heading("\(page.count(report.seats, "statement", "statements")) for \(report.people) people")
            page.paragraph("By \(report.ruleName).")
            if !report.isProven {
                page.paragraph("The work allowed ran out: this is the best that was found, and not proven to be best.")
            }
            if report.statements.count < report.seats {
                page.paragraph("The rule fills \(report.statements.count) of \(report.seats) seats.")
            }
            for (number, entry) in report.statements.enumerated() {
                page.statement(entry.statement, before: "\(number + 1). ")
                for line in entry.written { page.detail(line) }
            }
            page.heading("Was a group forgotten?")
            page.paragraph(report.certificate.words, indent: 2)
            for check in report.checks {
                page.paragraph("\(check.axiom): \(check.result). \(check.words)", indent: 2)
            }
            if report.unheard == nil {
                page.paragraph("Fewer than five people agree with nothing in the slate.", indent: 2)
            }
            if let unheard = report.unheard, unheard > 0 {
                page.paragraph(
                    "\(page.count(unheard, "person agrees", "people agree")) with nothing in the slate: \(unheard * 100 / max(report.people, 1))% of all, and too few who agree with the same statement to fill a seat.",
                    indent: 2)
            }
            page.heading("Dissent: what is held and did not get in")
            if report.dissent.isEmpty, report.dissentUntold == 0 {
                page.paragraph(
                    report.groups > 1
                        ? "No group surely holds anything that the slate leaves out."
                        : "There are no groups in these votes that could hold something of their own.", indent: 2)
            }
            for kept in report.dissent {
                page.statement(kept.statement)
                page.detail(kept.words)
            }
            if report.dissentUntold > 0 {
                page.paragraph(
                    "What fewer than five people hold, or a group of fewer than five, isn't told: \(page.count(report.dissentUntold, "such dissent", "such dissents")).",
                    indent: 2)
            }
            if report.dissentLeftOut > 0 {
                page.paragraph("And \(report.dissentLeftOut) more that smaller camps hold.", indent: 2)
            }
        }
    }
}
