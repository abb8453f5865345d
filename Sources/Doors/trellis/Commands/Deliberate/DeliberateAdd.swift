import ArgumentParser
import Deliberation

extension DeliberateCommand {
    /// `trellis deliberate add`.
    struct AddStatements: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add",
            abstract: "Put statements into a conversation that is open already.",
            discussion: """
                They are accepted at once, and nobody is their author. Either all of them come in or none: not where the \
                same words are there already. It works in a closed conversation too.

                Examples:
                  trellis deliberate add cv_… "We need benches in the shade." "Parking must stay free."
                  trellis deliberate add cv_… --file more.txt
                  trellis deliberate add cv_… "حديقة للأطفال" --language ar
                Exit code 1 when one can't be taken. More: docs/deliberation.md.
                """)

        @OptionGroup var held: HeldOptions

        @Argument(help: ArgumentHelp("What they say, each in quotation marks.", valueName: "statement"))
        var words: [String] = []

        @Option(
            name: .long, help: "A file with further ones, one a line, or - for standard input.", completion: .file())
        var file: String?

        @Option(name: .long, help: "Their language, as a tag: en, ar, pt-BR. Default: the conversation's.")
        var language: String?

        @Flag(name: .long, help: "Print JSON.")
        var json = false

        func validate() throws {
            guard !words.isEmpty || file != nil else {
                throw ValidationError("Say a statement in quotation marks, or name a file with --file.")
            }
        }

        /// A statement that came in.
        struct Added: Encodable {
            let number: Int
            let words: String
            let language: String
        }

        func run() async throws {
            let seeds =
                try words.map { words in
                    do throws(ConversationError) {
                        return SeedStatement(try StatementText(words), language: language)
                    } catch {
                        throw CommandFailure(
                            .negative, "“\(DeliberatePage.line(String(words.prefix(60))))”: \(error.description)")
                    }
                } + (file.map { try StatementsFile.seeds($0, language: language) } ?? [])
            guard !seeds.isEmpty else {
                throw CommandFailure(.negative, "there is no statement in \(WrappedText.plain(file ?? "")).")
            }
            let added = try await held.with { conversations in
                let overseer = Overseer.operator(name: OperatorName.own)
                let before = try await conversations.statements(of: held.id, for: overseer)
                do {
                    let numbers = Set(
                        try await conversations.seed(seeds, into: held.id, by: overseer, at: Settings.now()))
                    return try await conversations.statements(of: held.id, for: overseer)
                        .filter { numbers.contains($0.number) }
                } catch ConversationError.duplicate(let number) {
                    let isThere = before.contains { $0.number == number }
                    throw CommandFailure(
                        .negative,
                        isThere
                            ? "nothing was added: statement \(number) of the conversation says the same as one of these. Leave that one out."
                            : "nothing was added: two of these say the same. Leave one out.")
                }
            }
            if json {
                Terminal.output.line(
                    try Printed.json(
                        added.map { Added(number: $0.number, words: $0.words, language: $0.language) }))
                return
            }
            let page = DeliberatePage()
            page.paragraph("Added \(page.count(added.count, "statement", "statements")):")
            for one in added { page.statement(.init(id: one.number, text: one.words)) }
        }
    }
}
