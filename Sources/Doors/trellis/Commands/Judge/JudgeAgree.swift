import ArgumentParser
import Judges

extension JudgeCommand {
    /// `trellis judge agree`.
    struct Agree: AsyncParsableCommand {
        /// What a rating is.
        enum Level: String, ExpressibleByArgument, CaseIterable {
            case nominal, ordinal, interval

            var level: RatingLevel {
                switch self {
                case .nominal: .nominal
                case .ordinal: .ordinal
                case .interval: .interval
                }
            }
        }

        static let configuration = CommandConfiguration(
            abstract: "Say how far raters agree, and whether a judge fits in among them.",
            discussion: """
                RATINGS is a file of comma-separated values: a row for each thing that was rated, its name first, and a \
                column for each rater, named in the first row. An empty cell is a rating that wasn't given.

                  reply,ada,ben,cem,model
                  reply-1,1,1,1,1
                  reply-2,-1,-0.5,-1,-0.5
                  reply-3,0.5,1,,1

                Examples:
                  trellis judge agree ratings.csv
                  trellis judge agree ratings.csv --judge model
                  trellis judge agree ratings.csv --judge model --level interval --json

                Numbers in brackets are intervals of 95% from drawing the rows anew; with few rows they are too narrow. \
                Exit code 1 when the file can't be read. More: docs/judging.md.
                """)

        @Argument(help: "A file of ratings.", completion: .file(extensions: ["csv"]))
        var ratings: String

        @Option(name: .long, help: "The column that is a judge's; all others are people's.")
        var judge: String?

        @Option(name: .long, help: "What a rating is: nominal (a name), ordinal (a rank) or interval (a number).")
        var level = Level.ordinal

        @Option(name: .long, help: "The share of cases that conformal intervals are to hold, above 0 and below 1.")
        var coverage = 0.9

        @Option(name: .long, help: "How often rows are drawn anew; 100 at least.")
        var draws = 2_000

        @Option(name: .long, help: "What the draws follow from.")
        var seed: UInt64 = 1

        @Flag(name: .long, help: "Print JSON.")
        var json = false

        func validate() throws {
            guard draws >= 100, draws <= 1_000_000 else {
                throw ValidationError("--draws is a number from 100 to 1,000,000.")
            }
            guard coverage > 0, coverage < 1 else { throw ValidationError("--coverage lies between 0 and 1.") }
        }

        func run() async throws {
            let table = try RatingsFile.table(ratings)
            let report: AgreementReport
            do throws(RatingProblem) {
                report = try AgreementReport(table, judge: judge, level: level.level, coverage: coverage, draws, seed)
            } catch {
                var message = error.description
                if case .unknownRater = error { message += " Here are: \(table.raters.joined(separator: ", "))." }
                if case .nothing = error { message = "a judge is compared with at least two people; here are fewer." }
                throw CommandFailure(.negative, WrappedText.plain("\(ratings): \(message)"))
            }
            Terminal.output.line(json ? try Printed.json(report) : report.lines.joined(separator: "\n"))
        }
    }
}
