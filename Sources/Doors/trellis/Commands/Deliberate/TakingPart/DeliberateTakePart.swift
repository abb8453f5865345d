import ArgumentParser
import Deliberation

extension DeliberateCommand {
    /// `trellis deliberate take-part`.
    struct TakePart: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "take-part",
            abstract: "Vote on one statement after another, in the terminal.",
            discussion: """
                Single keys answer: a agree, d disagree, p pass, ! it matters to me, s say something, u change the vote \
                before, q leave off, ? help; 1, 2 and 3 do for a, d and p. With --lines, or when standard input is no \
                terminal, each answer is a line: `a`, or `s` with the words behind it. If you don't take part yet, it \
                lets you in first.

                Examples:
                  trellis deliberate take-part cv_…
                  trellis deliberate take-part cv_… --lines
                  printf 'a\\nd\\ns More trees.\\n' | trellis deliberate take-part cv_…
                Exit code 1 when the conversation is closed. More: docs/deliberation.md.
                """)

        @OptionGroup var part: TakingPartOptions

        @OptionGroup(title: "To join") var joining: JoiningOptions

        @Option(
            name: .long, help: "The language of what you say, as a tag: en, ar, pt-BR. Default: the conversation's.")
        var language: String?

        @Flag(name: .long, help: "Answer by lines, each ended by Return, and not by single keys.")
        var lines = false

        func run() async throws {
            let input = TypedInput(wantsLines: lines)
            var joined = try await part.joined()
            if joined == nil, !input.isTerminal { joined = try await part.conversation() }
            let page = TakingPartPage(.output)
            let client: ConversationClient
            let conversation: SeenConversation
            if let joined {
                client = joined
                conversation = try await joined.conversation()
            } else {
                let outside = ConversationClient(trellis: try part.client.client(), id: part.id)
                conversation = try await outside.conversation()
                page.begin(conversation)
                client = try await Joining(
                    joining, outside, conversation, data: try await part.dataFolder(), input: input
                ).run().client
                page.tell("You take part now. Your secret is kept in the data folder.")
            }
            if joined != nil { page.begin(conversation) }
            guard conversation.open else { throw CommandFailure(.negative, ConversationError.closed.description) }
            if input.isTerminal { page.tell("a agree, d disagree, p pass, ? more keys") }
            var session = TakingPartSession(client, conversation, input: input, language: language)
            try await session.run()
        }
    }
}
