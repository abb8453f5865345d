import ArgumentParser
import Charters
import Deliberation

extension DeliberateCommand {
    /// `trellis deliberate ratify`.
    struct Ratify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Count the second vote: which clauses of a draft are taken as they are worded.",
            discussion: """
                The ballots are a table: a column of pseudonyms, and a column for each clause with yes, no, abstain, or \
                nothing. Its first row is that of ballot.csv in the round's folder, which names the draft: ballots that were \
                cast on other words, or don't say on which, are refused. The quorum and the consensus of the draft's own section amendment decide. A \
                clause that isn't taken stays out; what a cohesive minority holds of it becomes dissent.

                Examples:
                  trellis deliberate ratify round ballots.csv
                  trellis charter sign round/charter.yaml --key ama.key --as "Ama Okoye"
                More: docs/deliberation.md.
                """)

        @Argument(help: "The folder of the draft.", completion: .directory)
        var folder: String

        @Argument(help: "The ballots.", completion: .file(extensions: ["csv"]))
        var ballots: String

        @Option(
            name: .long, help: "A file of pseudonyms, one a line, who didn't agree to publication.",
            completion: .file())
        var withhold: String?

        @Flag(name: .long, help: "Print JSON.")
        var json = false

        struct Report: Encodable {
            struct Clause: Encodable {
                let name: String
                let path: String
                let yes: Int
                let no: Int
                let abstain: Int
                let finding: String
            }

            let charter: String
            let version: String
            let fingerprint: String
            let voters: Int
            /// What was held back of the votes before anything was drafted.
            let heldBack: PublishableConversation.HeldBack
            let ballotsHeldBack: Int
            /// Where clauses stand that would have fared otherwise with every ballot counted.
            let otherwiseWithEverybody: [String]
            let rule: String
            let clauses: [Clause]
            let dissent: [DraftReport.Kept]
        }

        func run() async throws {
            let round = RoundFolder(path: folder)
            var note = try round.note()
            guard note.kind == .charter else {
                throw CommandFailure(
                    .negative,
                    "\(WrappedText.plain(folder)) holds a change to a charter, not a draft: run `trellis deliberate amend`."
                )
            }
            let draft = try round.draft()
            let subject = draft.subject
            let withheld = try RoundFolder.withheld(withhold)
            let bytes = try PolisFolder.bytes(at: ballots)
            let (box, ratification, otherwise) = try RoundFolder.saying {
                let all = try BallotBox(bytes, file: ballots, on: subject)
                let box = try BallotBox(bytes, file: ballots, on: subject, withholding: withheld)
                note.ballotsHeldBack = all.ballots.count - box.ballots.count
                RoundFolder.note(strangers: withheld, among: all.ballots.map(\.participant), of: withhold)
                let everybody = try Ratification.outcomes(of: draft.charter, terms: draft.terms, ballots: all)
                let open = try Ratification.outcomes(of: draft.charter, terms: draft.terms, ballots: box)
                let otherwise = zip(everybody, open).filter { $0.finding != $1.finding }.map(\.0)
                if !open.contains(where: { $0.finding == .ratified }), !otherwise.isEmpty {
                    Terminal.error.line("note: \(WrappedText.plain(Self.warning(otherwise.map(\.path))))")
                }
                return (box, try Ratification(of: draft.charter, terms: draft.terms, ballots: box), otherwise)
            }
            try round.write(box.bytes, RoundFolder.ballots, mode: 0o600)
            let files = ratification.files
            for file in files.keys.sorted(by: { $0.rawValue < $1.rawValue }) {
                try round.write(files[file] ?? [], file.rawValue)
            }
            try round.write(note)
            let report = Report(
                charter: ratification.charter.id.description, version: ratification.charter.version.description,
                fingerprint: ratification.charter.fingerprint.hexadecimal, voters: ratification.voters,
                heldBack: draft.terms.heldBack, ballotsHeldBack: note.ballotsHeldBack,
                otherwiseWithEverybody: otherwise.map(\.path),
                rule: AmendmentRule(of: draft.charter)?.words ?? "",
                clauses: ratification.outcomes.map { outcome in
                    Report.Clause(
                        name: outcome.name, path: outcome.path, yes: outcome.count.yes, no: outcome.count.no,
                        abstain: outcome.count.abstain, finding: outcome.finding.rawValue)
                },
                dissent: ratification.dissent.map { DraftReport.Kept(says: $0.says, heldBy: $0.heldBy?.value ?? 0) })
            if json { Terminal.output.line(try Printed.json(report)) } else { show(report) }
        }

        /// That the ballots which are held back decide something.
        private static func warning(_ paths: [String]) -> String {
            "The ballots that are held back decide: with every ballot counted, it comes out otherwise for \(paths.joined(separator: ", ")). Talk about it before anybody signs."
        }

        private func show(_ report: Report) {
            let page = DeliberatePage()
            page.title(
                "\(report.charter) \(report.version), ratified by \(page.count(report.voters, "person", "people"))")
            page.paragraph(report.rule)
            page.paragraph("\(BallotBox.words(heldBack: report.ballotsHeldBack)) \(report.heldBack.words)")
            if !report.otherwiseWithEverybody.isEmpty {
                page.heading(DeliberatePage.line(Self.warning(report.otherwiseWithEverybody)))
            }
            var table = Table(head: ["CLAUSE", "YES", "NO", "ABSTAIN", ""])
            table.rows = report.clauses.map { clause in
                [
                    clause.path, "\(clause.yes)", "\(clause.no)", "\(clause.abstain)",
                    clause.finding.replacing("-", with: " "),
                ]
            }
            page.gap()
            for line in table.lines { Terminal.output.line("  " + line) }
            if !report.dissent.isEmpty { page.heading("New dissent") }
            for kept in report.dissent {
                page.paragraph(
                    "“\(DeliberatePage.line(kept.says))” Held by \(DeliberatePage.percent(kept.heldBy))%.", indent: 2)
            }
            page.gap()
            page.paragraph(
                "The charter is \(DeliberatePage.line(folder))/charter.yaml. Let people sign it (`trellis charter sign`), then run `trellis deliberate publish`."
            )
        }
    }
}
