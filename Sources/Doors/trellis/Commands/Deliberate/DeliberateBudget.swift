import ArgumentParser
import SocialChoice

extension DeliberateCommand {
    /// `trellis deliberate budget`.
    struct Budget: AsyncParsableCommand {
        /// How to share out the budget.
        enum Rule: String, ExpressibleByArgument, CaseIterable, Encodable {
            case equalShares = "equal-shares"
            case greedy

            /// What Pabulib calls it.
            var pabulibName: String { self == .greedy ? "greedy" : "equalshares" }
        }

        /// What a voter gets from a project.
        enum Measure: String, ExpressibleByArgument, CaseIterable {
            case cost
            case projects

            var satisfaction: BudgetSatisfaction { self == .cost ? .cost : .cardinality }
        }

        static let configuration = CommandConfiguration(
            abstract: "Say what to fund by the votes in a Pabulib file.",
            discussion: """
                equal-shares gives everybody the same part of the budget, which pays for what they voted for; what \
                is left is spent by votes. greedy takes what has most votes as long as the money lasts, as most cities \
                do. --write keeps the outcome as a file in Pabulib's format: the same one, with what is funded here in the \
                column selected. Where the file says what was officially funded, the outcome is held against it.

                Examples:
                  trellis deliberate budget town.pb
                  trellis deliberate budget town.pb --rule greedy
                  trellis deliberate budget town.pb --measure projects --json
                  trellis deliberate budget town.pb --write outcome.pb

                Exit code 1 when the file can't be read. An outcome that differs from the official one is no failure.
                More: docs/deliberation.md.
                """)

        @Argument(help: "A file in Pabulib's format.", completion: .file(extensions: ["pb"]))
        var file: String

        @Option(name: .long, help: "How to choose: equal-shares or greedy.")
        var rule = Rule.equalShares

        @Option(
            name: .long,
            help:
                "For equal-shares, what counts as much for a voter: the cost of what is funded for them, or the number of projects."
        )
        var measure = Measure.cost

        @Option(
            name: .long, help: "A new file in Pabulib's format with the outcome.",
            completion: .file(extensions: ["pb"]))
        var write: String?

        @Flag(name: .long, help: "Print JSON.")
        var json = false

        func run() async throws {
            let bytes = try PolisFolder.bytes(at: file)
            let parsed: PabulibFile
            let report: BudgetReport
            do {
                parsed = try PabulibFile(parsing: bytes)
                report = try BudgetReport(parsed.value(of: "description"), parsed.reading(), rule, measure.satisfaction)
            } catch let problem as PabulibProblem {
                throw CommandFailure(.negative, WrappedText.plain("\(file):\(problem)"))
            } catch let error as BudgetError {
                throw CommandFailure(.negative, WrappedText.plain("\(file): \(error)"))
            }
            if let write {
                let outcome = parsed.selecting(report.fundedPlaces, by: rule.pabulibName)
                try CharterFileWriting.create(write, with: outcome.text())
            }
            if json {
                Terminal.output.line(try Printed.json(report))
            } else {
                report.show()
            }
        }
    }
}
