import ArgumentParser

/// `trellis judge`.
struct JudgeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "judge",
        abstract: "Find out whether raters agree, and whether a judge agrees with them.",
        discussion: """
            Before anybody believes a judge, it is judged.

            Examples:
              trellis judge agree ratings.csv
              trellis judge agree ratings.csv --judge model

            The guide is docs/judging.md.
            """,
        subcommands: [Agree.self])
}
