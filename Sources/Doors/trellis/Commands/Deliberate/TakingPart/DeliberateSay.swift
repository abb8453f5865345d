import ArgumentParser
import Deliberation

extension DeliberateCommand {
    /// `trellis deliberate say`.
    struct Say: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write a statement of your own, in a conversation that you joined.",
            discussion: """
                Others vote on it. The same words again are refused; where others say nearly the same, you are told, and \
                so are the moderators. You may write up to 50.

                Examples:
                  trellis deliberate say cv_… "We need benches in the shade."
                  trellis deliberate say cv_… "نحتاج مقاعد في الظل." --language ar
                  trellis deliberate say cv_… - < statement.txt
                Exit code 1 when it can't be taken. More: docs/deliberation.md.
                """)

        @OptionGroup var part: TakingPartOptions

        @Argument(help: ArgumentHelp("What you say, or - for standard input.", valueName: "words"))
        var words: String

        @Option(name: .long, help: "Its language, as a tag: en, ar, pt-BR. Default: the conversation's.")
        var language: String?

        @Flag(name: .long, help: "Print JSON.")
        var json = false

        func validate() throws {
            if words == "-", part.secretFile == "-" {
                throw ValidationError("Standard input holds one thing: the words or the secret.")
            }
        }

        func run() async throws {
            let text = try TakingPartPage.statement(words == "-" ? SecretText.read("-") : words)
            let client = try await part.conversation()
            let written = try await client.say(text, language: language)
            if json {
                Terminal.output.line(try Printed.json(written))
                return
            }
            try await TakingPartPage(.output).show(written, in: client)
        }
    }
}
