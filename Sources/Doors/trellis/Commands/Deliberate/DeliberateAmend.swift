import ArgumentParser
import Charters
import Deliberation

extension DeliberateCommand {
    /// `trellis deliberate amend`.
    struct Amend: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Change a charter: a proposal, a vote on it, and the charter's own threshold.",
            usage: """
                trellis deliberate amend CHARTER PROPOSAL --write-ballot FILE
                trellis deliberate amend CHARTER PROPOSAL BALLOTS --into FOLDER [--threshold N] [--withhold FILE] [--json]
                """,
            discussion: """
                The proposal is the charter as it would be. --write-ballot writes an empty ballot for it and shows what it \
                would change: the first row names the two charters, and has a column `proposal` for yes, no or abstain. \
                Ballots that were cast on other words, or don't say on which, are refused. What the charter says now under amendment decides, also about a proposal \
                to change that. A proposal that is taken gets a version that is raised as far as its changes ask for; a no of \
                --threshold people or more stays in it as dissent, and so does what was held against it before, unless \
                the clause in question is gone.

                Examples:
                  trellis deliberate amend charter.yaml proposal.yaml --write-ballot ballot.csv
                  trellis deliberate amend charter.yaml proposal.yaml ballots.csv --into change
                  trellis charter sign change/charter.yaml --key ama.key --as "Ama Okoye"
                  trellis deliberate publish change --into public --key ama.key --as "Ama Okoye"

                Exit code 1 when the proposal isn't taken. More: docs/deliberation.md.
                """)

        @Argument(
            help: "The charter as it is, the charter as it would be, and the ballots.",
            completion: .file(extensions: ["yaml", "yml", "csv"]))
        var paths: [String]

        @Option(name: .long, help: "A new file with an empty ballot on this change.", completion: .file())
        var writeBallot: String?

        @Option(
            name: .long, help: "A file of pseudonyms, one a line, who didn't agree to publication.",
            completion: .file())
        var withhold: String?

        @Option(name: .long, help: "A dissent of fewer people isn't told: from 1 to 5.")
        var threshold = AmendmentRound.largestThreshold

        @Option(name: .long, help: "The folder to make.", completion: .directory)
        var into: String?

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
            guard paths.count == (writeBallot == nil ? 3 : 2) else {
                throw ValidationError(
                    "Name the charter, the proposal and the ballots; with --write-ballot, only the first two.")
            }
            guard (into == nil) == (writeBallot != nil) else {
                throw ValidationError("Name the folder to make with --into; it doesn't go with --write-ballot.")
            }
            guard (1...AmendmentRound.largestThreshold).contains(threshold) else {
                throw ValidationError(
                    "--threshold is a number from 1 to \(AmendmentRound.largestThreshold): ballots are published whole, so a larger one would only lose dissent."
                )
            }
        }

        func run() async throws {
            let old = try CharterSource.charter(paths[0]).charter
            let new = try CharterSource.charter(paths[1]).charter
            if let writeBallot {
                try write(ballotOn: new, changing: old, to: writeBallot)
                return
            }
            let (ballots, into) = (paths[2], into ?? "")
            let bytes = try PolisFolder.bytes(at: ballots)
            let withheld = try RoundFolder.withheld(withhold)
            let (all, box, round) = try RoundFolder.saying {
                let subject = BallotSubject(new, changing: old)
                let all = try BallotBox(bytes, file: ballots, on: subject)
                let box = try BallotBox(bytes, file: ballots, on: subject, withholding: withheld)
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

        /// Writes an empty ballot, of a change that a vote could take.
        private func write(ballotOn new: Charter, changing old: Charter, to path: String) throws {
            let proposed = try RoundFolder.saying { try AmendmentRound.proposed(new, changing: old) }
            let form = BallotSubject(new, changing: old).form
            try CharterFileWriting.create(path, with: String(decoding: form, as: UTF8.self))
            let page = DeliberatePage()
            page.title("This is voted on")
            for line in proposed.text.split(separator: "\n", omittingEmptySubsequences: false) {
                Terminal.output.line(WrappedText.plain(String(line)))
            }
            page.gap()
            page.paragraph(
                "\(DeliberatePage.line(path)) has the first row of the ballots, which names just this change: a row for each person below it, with a pseudonym and yes, no or abstain. \(AmendmentRule(of: old)?.words ?? "")"
            )
        }

        private func show(_ report: Report) {
            let page = DeliberatePage()
            page.title(report.isTaken ? "The proposal is taken." : "The proposal isn't taken.")
            page.paragraph("\(report.yes) yes, \(report.no) no, \(report.abstain) abstain. \(report.rule)")
            page.paragraph(BallotBox.words(heldBack: report.ballotsHeldBack))
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
