import ArgumentParser

/// `trellis judge`.
struct JudgeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "judge",
        abstract: "Judge replies, and find out whether a judge agrees with people.",
        discussion: """
            Before anybody believes a judge, it is judged.

            Examples:
              trellis judge agree ratings.csv
              trellis judge agree ratings.csv --judge model
              trellis judge reply talk.txt           what a reply does, and what the local heads make of it
              trellis judge heads                    the local heads, and what was measured of them

            The guide is docs/judging.md.
            """,
        subcommands: [Agree.self, Reply.self, Heads.self, Train.self])
}
