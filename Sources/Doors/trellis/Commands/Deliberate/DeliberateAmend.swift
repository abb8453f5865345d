import ArgumentParser
import Charters
import Deliberation

extension DeliberateCommand {
    /// `trellis deliberate amend`.
    struct Amend: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Change a charter: a proposal, a vote on it, and the charter's own threshold.",
            discussion: """
                The proposal is the charter as it would be. The ballots are a table with the columns `participant` and \
                `proposal` (yes, no, abstain). What the charter says now under amendment decides, also about a proposal \
                to change that. A proposal that is taken gets a version that is raised as far as its changes ask for; a no of \
                --threshold people or more stays in it as dissent, and so does what was held against it before, unless \
                the clause in question is gone.

                Examples:
                  trellis deliberate amend charter.yaml proposal.yaml ballots.csv --into change
                  trellis charter sign change/charter.yaml --key ama.key --as "Ama Okoye"
                  trellis deliberate publish change --into public --key ama.key --as "Ama Okoye"

                Exit code 1 when the proposal isn't taken. More: docs/deliberation.md.
                """)

        @Argument(help: "The charter as it is.", completion: .file(extensions: ["yaml", "yml"]))
        var charter: String

        @Argument(help: "The charter as it would be.", completion: .file(extensions: ["yaml", "yml"]))
        var proposal: String

        @Argument(help: "The ballots.", completion: .file(extensions: ["csv"]))
        var ballots: String

        @Option(
            name: .long, help: "A file of pseudonyms, one a line, who didn't agree to publication.",
            completion: .file())
        var withhold: String?

        @Option(name: .long, help: "A dissent of fewer people isn't told: from 1 to 5.")
        var threshold = AmendmentRound.largestThreshold

        @Option(name: .long, help: "The folder to make.", completion: .directory)
        var into: String

        @Flag(name: .long, help: "Print JSON.")
        var json = false

        struct Report: Encodable {
            let isTaken: Bool
            let yes: Int
            let no: Int
            let abstain: Int
            let ballotsHeldBack: Int
            /// Whether every ballot counted would have given another result.
            let isOtherwiseWithEverybody: Bool
            let rule: String
            let diff: CharterDiff
            let words: String
        }

        func validate() throws {
            guard (1...AmendmentRound.largestThreshold).contains(threshold) else {
                throw ValidationError(
                    "--threshold is a number from 1 to \(AmendmentRound.largestThreshold): ballots are published whole, so a larger one would only lose dissent."
                )
            }
        }

        func run() async throws {
            let old = try CharterSource.charter(charter).charter
            let new = try CharterSource.charter(proposal).charter
            let bytes = try PolisFolder.bytes(at: ballots)
            let withheld = try RoundFolder.withheld(withhold)
            let (all, box, round) = try RoundFolder.saying {
                let all = try BallotBox(bytes, file: ballots, questions: [AmendmentRound.question])
                let box = try BallotBox(
                    bytes, file: ballots, questions: [AmendmentRound.question], withholding: withheld)
                RoundFolder.note(strangers: withheld, among: all.ballots.map(\.participant), of: withhold)
                return (all, box, try AmendmentRound(of: old, proposal: new, ballots: box, threshold: threshold))
            }
            let report = Report(
                isTaken: round.finding == .taken, yes: round.count.yes, no: round.count.no,
                abstain: round.count.abstain, ballotsHeldBack: all.ballots.count - box.ballots.count,
                isOtherwiseWithEverybody: AmendmentRound.finding(of: all, under: old) != round.finding,
                rule: AmendmentRule(of: old)?.words ?? "", diff: round.diff, words: round.diff.text)
            if let taken = round.charter {
                let folder = try RoundFolder.made(into, isPrivate: true)
                try folder.write(Array(old.text.utf8), PublicationFile.previous.rawValue)
                try folder.write(Array(new.text.utf8), PublicationFile.proposal.rawValue)
                try folder.write(Array(taken.text.utf8), PublicationFile.charter.rawValue)
                try folder.write(Array((round.diff.text + "\n").utf8), PublicationFile.diff.rawValue)
                try folder.write(box.bytes, RoundFolder.ballots, mode: 0o600)
                try folder.write(
                    RoundFolder.Note(
                        kind: .amendment, threshold: threshold, ballotsHeldBack: report.ballotsHeldBack))
            }
            if json { Terminal.output.line(try Printed.json(report)) } else { show(report) }
            guard report.isTaken else {
                throw CommandFailure(
                    .negative, "the proposal wasn't taken, and \(WrappedText.plain(into)) wasn't made.")
            }
        }

        private func show(_ report: Report) {
            let page = DeliberatePage()
            page.title(report.isTaken ? "The proposal is taken." : "The proposal isn't taken.")
            page.paragraph("\(report.yes) yes, \(report.no) no, \(report.abstain) abstain. \(report.rule)")
            if report.ballotsHeldBack > 0 {
                page.paragraph(
                    "\(page.count(report.ballotsHeldBack, "ballot is", "ballots are")) held back, of people who didn't agree to publication, and not counted."
                )
            }
            if report.isOtherwiseWithEverybody {
                page.heading(
                    "The ballots that are held back decide: with every ballot counted, the proposal would\(report.isTaken ? " not" : "") be taken. Talk about it before anybody signs."
                )
            }
            page.gap()
            for line in report.words.split(separator: "\n", omittingEmptySubsequences: false) {
                Terminal.output.line(WrappedText.plain(String(line)))
            }
        }
    }
}
