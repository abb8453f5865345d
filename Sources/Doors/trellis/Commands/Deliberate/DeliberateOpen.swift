public import ArgumentParser
public import Deliberation

extension JoiningWay: ExpressibleByArgument {}

extension DeliberateCommand {
    /// `trellis deliberate open`.
    struct Open: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Open a conversation: people write statements and vote on them.",
            discussion: """
                It prints the conversation's id, and the key of its moderator, which is shown once. People take part \
                through `trellis serve`, by the application that you name.

                Examples:
                  trellis deliberate open --topic "Our market square" --statements first.txt
                  trellis deliberate open --topic "Our market square" --join proof-of-work --strict -a town-app
                  trellis deliberate invite cv_… --count 40                  codes that each let one person in

                More: docs/deliberation.md.
                """)

        @Option(name: .long, help: "What it is about, on one line.")
        var topic: String

        @Option(name: .long, help: "What people are told of it.")
        var description = ""

        @Option(name: .long, help: "The language that statements are in, as a tag: en, ar, pt-BR.")
        var language = "en"

        @Option(
            name: .customLong("join"),
            help: "A way in: invitation, proof-of-work or oidc. May be given several times. Default: invitation.")
        var ways: [JoiningWay] = []

        @Flag(name: .long, help: "Let people say how much a vote matters to them.")
        var importance = false

        @Flag(name: .long, help: "Show a statement only once a moderator has accepted it.")
        var strict = false

        @Option(name: .long, help: "How many leading bits of a proof of work are zero: each more doubles the work.")
        var proofBits = 18

        @Option(
            name: .customLong("statements"), help: "A file with statements to begin with, one a line.",
            completion: .file())
        var file: String?

        @Option(name: [.short, .long], help: "The application through which people take part.")
        var application = "development"

        @Flag(name: .long, help: "Print JSON.")
        var json = false

        @OptionGroup(title: "Configuration") var options: SettingsOptions

        func run() async throws {
            let opened: OpenedConversation = try await options.settings().withConversations { conversations in
                let terms = try ConversationTerms(
                    topic: topic, about: description, language: language,
                    ways: ways.isEmpty ? [.invitation] : Set(ways),
                    takesImportance: importance, isStrict: strict, proofBits: proofBits)
                return try await conversations.open(
                    terms, by: application, seeds: try file.map { try StatementsFile.seeds($0) } ?? [],
                    at: Settings.now())
            }
            try Self.show(opened, json: json)
        }

        /// The id and the key of the moderator.
        static func show(_ opened: OpenedConversation, json: Bool) throws {
            struct Report: Encodable {
                let conversation: String
                let moderator: String
            }
            if json {
                Terminal.output.line(
                    try Printed.json(
                        Report(conversation: opened.id.description, moderator: opened.moderator.reveal())))
                return
            }
            Terminal.output.line("conversation  \(opened.id)")
            Terminal.output.line("moderator     \(opened.moderator.reveal())")
            Terminal.error.line("The moderator's key is shown this once. Keep it where only moderators look.")
        }
    }

    /// `trellis deliberate close`.
    struct Close: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Close a conversation: nobody joins, writes or votes any more.",
            discussion: """
                What was said can still be read and exported, and anybody can still withdraw.

                Examples:
                  trellis deliberate close cv_…
                  trellis deliberate close cv_… --reopen
                More: docs/deliberation.md.
                """)

        @OptionGroup var held: HeldOptions

        @Flag(name: .long, help: "Open it again.")
        var reopen = false

        func run() async throws {
            try await held.with { conversations in
                try await conversations.change(
                    held.id, by: .operator(name: OperatorName.own), isOpen: reopen)
            }
            Terminal.output.line(reopen ? "Open again: \(held.id)." : "Closed: \(held.id).")
        }
    }
}
