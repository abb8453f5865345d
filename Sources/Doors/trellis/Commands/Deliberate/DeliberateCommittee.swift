import ArgumentParser
import Deliberation
import Foundation
import SocialChoice

extension DeliberateCommand {
    /// `trellis deliberate committee`.
    struct Committee: AsyncParsableCommand {
        /// What happens where a rule leaves candidates or committees equal.
        enum Ties: String, ExpressibleByArgument, CaseIterable, Encodable {
            case all
            case index
        }

        static let configuration = CommandConfiguration(
            abstract: "Choose a few by who approves of whom, and say whether anybody was forgotten.",
            discussion: """
                A file of approvals is a table, its first row the names, each further row one ballot with 1 for each \
                approval. A column named ballots says how many people cast it, a column named weight how much each of \
                them counts. --ties all gives every committee that can come out, --ties index the one that favours whoever \
                is named first. For each, five certificates say whether every group that is large enough got its due \
                (jr, pjr, ejr, ejr+ and core), with a group that was forgotten where one was. Rules:
                \(CommitteeRule.named.map(\.id).joined(separator: ", "))

                Examples:
                  trellis deliberate committee approvals.csv --seats 3
                  trellis deliberate committee approvals.csv --seats 3 --rule pav --ties all --json

                Exit code 1 when the file can't be read or the rule can't choose. More: docs/deliberation.md.
                """)

        @Argument(help: "A table of approvals.", completion: .file(extensions: ["csv"]))
        var file: String

        @Option(name: .shortAndLong, help: "How many to choose.")
        var seats: Int

        @Option(name: .long, help: "How to choose; the help lists every rule.")
        var rule = "equal-shares"

        @Option(
            name: .long, help: "What happens with ties: all gives every committee, index follows the order of the file."
        )
        var ties = Ties.index

        @Option(
            name: .long,
            help: "How many partial committees, or sets of candidates, a rule or check may look at before it says so.")
        var work = 100_000

        @Flag(name: .long, help: "Print JSON.")
        var json = false

        func validate() throws {
            guard seats >= 1 else { throw ValidationError("--seats is a number from 1.") }
            guard work >= 1 else { throw ValidationError("--work is a number from 1.") }
            guard CommitteeRule(id: rule) != nil else {
                throw ValidationError(
                    "--rule has to be one of \(CommitteeRule.named.map(\.id).joined(separator: ", ")).")
            }
        }

        func run() async throws {
            let bytes = try PolisFolder.bytes(at: file)
            let report: CommitteeReport
            do {
                let ballots = try ApprovalBallotFile(bytes, name: (file as NSString).lastPathComponent)
                report = try CommitteeReport(
                    ballots, seats: seats, rule: CommitteeRule(id: rule) ?? .equalShares(.phragmen), ties: ties,
                    limit: WorkLimit(nodes: work))
            } catch let problem as ImportProblem {
                let folder = (file as NSString).deletingLastPathComponent
                throw CommandFailure(
                    .negative, WrappedText.plain((folder as NSString).appendingPathComponent("\(problem)")))
            } catch ApprovalError.needsAnOrder(let rule) {
                throw CommandFailure(
                    .negative, "\(rule.name) is defined only once its ties are broken. Ask for it with --ties index.")
            } catch let error as ApprovalError {
                throw CommandFailure(.negative, WrappedText.plain("\(file): \(error)"))
            }
            if json { Terminal.output.line(try Printed.json(report)) } else { report.show() }
        }
    }
}
