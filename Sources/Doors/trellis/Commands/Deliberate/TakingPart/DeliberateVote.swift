import ArgumentParser
import Deliberation

extension DeliberateCommand {
    /// `trellis deliberate next`.
    struct Next: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "See the statement to vote on next, in a conversation that you joined.",
            discussion: """
                It is the one from whose vote most is learned, and stays the same until you vote on it.

                Examples:
                  trellis deliberate next cv_…
                  trellis deliberate next cv_… --json
                More: docs/deliberation.md.
                """)

        @OptionGroup var part: TakingPartOptions

        @Flag(name: .long, help: "Print JSON.")
        var json = false

        func run() async throws {
            let client = try await part.conversation()
            let next = try await client.next()
            if json {
                Terminal.output.line(try Printed.json(next))
                return
            }
            let page = TakingPartPage(.output)
            guard let statement = next.statement else {
                page.nothingLeft()
                return
            }
            page.show(statement, left: next.left, mainLanguage: try await client.conversation().language)
            Terminal.output.line("\nTo vote:")
            Terminal.output.line("  trellis deliberate vote \(part.id) \(statement.number) agree")
            Terminal.output.line("or disagree, or pass.")
        }
    }

    /// `trellis deliberate vote`.
    struct Vote: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Vote on a statement, in a conversation that you joined.",
            discussion: """
                Your last vote on a statement counts. How much it matters moves where you stand on the map, where the \
                conversation asks for it, and never makes your vote count as two.

                Examples:
                  trellis deliberate vote cv_… 3 agree
                  trellis deliberate vote cv_… 3 disagree --importance 1
                Exit code 1 when it can't be taken. More: docs/deliberation.md.
                """)

        @OptionGroup var part: TakingPartOptions

        @Argument(help: ArgumentHelp("The statement's number.", valueName: "statement"))
        var statement: Int

        @Argument(help: ArgumentHelp("agree, disagree or pass.", valueName: "stance"))
        var stance: VotedStance

        @Option(name: .long, help: "How much it matters to you: more than 0, at most 1.")
        var importance: Double?

        @Flag(name: .long, help: "Print JSON.")
        var json = false

        func validate() throws {
            guard statement >= 0 else { throw ValidationError("A statement's number is 0 or more.") }
            if let importance, Importance(share: importance) == nil {
                throw ValidationError(
                    "--importance is more than 0 and at most 1. Leave it out for an ordinary vote.")
            }
        }

        func run() async throws {
            let client = try await part.conversation()
            let vote = try await client.vote(stance, on: statement, importance: importance)
            if json {
                Terminal.output.line(try Printed.json(vote))
            } else {
                TakingPartPage(.output).show(vote, stance)
            }
        }
    }
}
