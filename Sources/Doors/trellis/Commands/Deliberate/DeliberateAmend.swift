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
                trellis deliberate amend ROUND BALLOTS [--withhold FILE] [--json]
                """,
            discussion: """
                The proposal is the charter as it would be. --write-ballot writes an empty ballot for it and shows what it \
                would change: the first row names the two charters, and has a column `proposal` for yes, no or abstain. \
                Ballots that were cast on other words, or don't say on which, are refused. What the charter says now under amendment decides, also about a proposal \
                to change that. A proposal that is taken gets a version that is raised as far as its changes ask for; a no of \
                --threshold people or more stays in it as dissent, and so does what was held against it before, unless \
                the clause in question is gone.

                A proposal that a conversation made (`trellis deliberate draft --amends`) has its folder and its ballot already.

                Examples:
                  trellis deliberate amend charter.yaml proposal.yaml --write-ballot ballot.csv
                  trellis deliberate amend charter.yaml proposal.yaml ballots.csv --into change
                  trellis deliberate amend change ballots.csv
                  trellis charter sign change/charter.yaml --key ama.key --as "Ama Okoye"
                  trellis deliberate publish change --into public --key ama.key --as "Ama Okoye"

                Exit code 1 when the proposal isn't taken. More: docs/deliberation.md.
                """)

        @Argument(
            help:
                "The charter as it is, the charter as it would be, and the ballots; or the folder of a proposal, and the ballots.",
            completion: .file(extensions: ["yaml", "yml", "csv"]))
        var paths: [String]

        @Option(name: .long, help: "A new file with an empty ballot on this change.", completion: .file())
        var writeBallot: String?

        @Option(
            name: .long, help: "A file of pseudonyms, one a line, who didn't agree to publication.",
            completion: .file())
        var withhold: String?

        @Option(name: .long, help: "A dissent of fewer people isn't told: from 1 to 5. Default: 5.")
        var threshold: Int?

        @Option(name: .long, help: "The folder to make.", completion: .directory)
        var into: String?

        @Flag(name: .long, help: "Print JSON.")
        var json = false

        struct Report: Encodable {
            let isTaken: Bool
            let yes: Int
            let no: Int
            let abstain: Int
            /// What was held back of the conversation that made the proposal. Nil where none did.
            let heldBack: PublishableConversation.HeldBack?
            let ballotsHeldBack: Int
            /// Whether every ballot counted would have given another result.
            let isOtherwiseWithEverybody: Bool
            let rule: String
            let diff: CharterDiff
            let words: String
        }

        func validate() throws {
            guard (2...3).contains(paths.count), paths.count == 2 || writeBallot == nil else {
                throw ValidationError(
                    "Name the charter, the proposal and the ballots; with --write-ballot, only the first two; of a proposal that a conversation made, its folder and the ballots."
                )
            }
            guard (into != nil) == (paths.count == 3) else {
                throw ValidationError(
                    "--into names the folder to make, and goes with a charter, a proposal and ballots.")
            }
            guard threshold == nil || paths.count == 3 else {
                throw ValidationError("--threshold goes with a charter, a proposal and ballots.")
            }
            guard threshold.map((1...AmendmentRound.largestThreshold).contains) ?? true else {
                throw ValidationError(
                    "--threshold is a number from 1 to \(AmendmentRound.largestThreshold): ballots are published whole, so a larger one would only lose dissent."
                )
            }
        }

        func run() async throws {
            if paths.count == 2, writeBallot == nil {
                try count(RoundFolder(path: paths[0]), paths[1])
                return
            }
            let old = try CharterSource.charter(paths[0]).charter
            let new = try CharterSource.charter(paths[1]).charter
            if let writeBallot {
                try write(ballotOn: new, changing: old, to: writeBallot)
                return
            }
            let into = into ?? ""
            let threshold = threshold ?? AmendmentRound.largestThreshold
            let (all, box) = try boxes(paths[2], on: BallotSubject(new, changing: old))
            let round = try RoundFolder.saying {
                try AmendmentRound(of: old, proposal: new, ballots: box, threshold: threshold)
            }
            let report = report(of: round, changing: old, all, box, heldBack: nil)
            if let taken = round.charter {
                let folder = try RoundFolder.made(into, isPrivate: true)
                try folder.write(Array(old.text.utf8), PublicationFile.previous.rawValue)
                try folder.write(Array(new.text.utf8), PublicationFile.proposal.rawValue)
                try write(taken, of: round, box, to: folder)
                try folder.write(
                    RoundFolder.Note(
                        kind: .amendment, threshold: threshold, ballotsHeldBack: report.ballotsHeldBack))
            }
            try tell(report, otherwise: "\(WrappedText.plain(into)) wasn't made")
        }

        /// Counts the ballots on a proposal that a conversation made.
        private func count(_ folder: RoundFolder, _ ballots: String) throws {
            var note = try folder.note()
            guard note.kind == .amendment, folder.hasConversation else {
                throw CommandFailure(
                    .negative,
                    "\(WrappedText.plain(folder.path)) isn't the folder of a change that a conversation made. `trellis deliberate draft --amends` makes one; otherwise name the charter, the proposal and the ballots."
                )
            }
            let old = try folder.charter(.previous)
            let draft = try folder.draft(changing: old)
            let (all, box) = try boxes(ballots, on: draft.subject)
            let round = try RoundFolder.saying { try AmendmentRound(of: draft, changing: old, ballots: box) }
            let report = report(of: round, changing: old, all, box, heldBack: draft.terms.heldBack)
            if let taken = round.charter {
                try write(taken, of: round, box, to: folder)
                note.ballotsHeldBack = report.ballotsHeldBack
                try folder.write(note)
            }
            try tell(report, otherwise: "nothing was written")
        }

        /// All ballots, and those of people who agreed to publication.
        private func boxes(_ path: String, on subject: BallotSubject) throws -> (all: BallotBox, open: BallotBox) {
            let bytes = try PolisFolder.bytes(at: path)
            let withheld = try RoundFolder.withheld(withhold)
            return try RoundFolder.saying {
                let all = try BallotBox(bytes, file: path, on: subject)
                RoundFolder.note(strangers: withheld, among: all.ballots.map(\.participant), of: withhold)
                return (all, try BallotBox(bytes, file: path, on: subject, withholding: withheld))
            }
        }

        private func write(_ taken: Charter, of round: AmendmentRound, _ box: BallotBox, to folder: RoundFolder) throws
        {
            try folder.write(Array(taken.text.utf8), PublicationFile.charter.rawValue)
            try folder.write(Array((round.diff.text + "\n").utf8), PublicationFile.diff.rawValue)
            try folder.write(box.bytes, RoundFolder.ballots, mode: 0o600)
        }

        private func report(
            of round: AmendmentRound, changing old: Charter, _ all: BallotBox, _ box: BallotBox,
            heldBack: PublishableConversation.HeldBack?
        ) -> Report {
            Report(
                isTaken: round.finding == .taken, yes: round.count.yes, no: round.count.no,
                abstain: round.count.abstain, heldBack: heldBack,
                ballotsHeldBack: all.ballots.count - box.ballots.count,
                isOtherwiseWithEverybody: AmendmentRound.finding(of: all, under: old) != round.finding,
                rule: AmendmentRule(of: old)?.words ?? "", diff: round.diff, words: round.diff.text)
        }

        private func tell(_ report: Report, otherwise nothing: String) throws {
            if json { Terminal.output.line(try Printed.json(report)) } else { show(report) }
            guard report.isTaken else {
                throw CommandFailure(
                    .negative, "the proposal wasn't taken, and \(nothing).")
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
            page.paragraph(
                "\(BallotBox.words(heldBack: report.ballotsHeldBack)) \(report.heldBack?.words ?? "")")
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
