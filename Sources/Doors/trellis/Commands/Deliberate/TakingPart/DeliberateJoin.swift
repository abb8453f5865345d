import ArgumentParser
import Deliberation
import Foundation
import Gateway

extension DeliberateCommand {
    /// `trellis deliberate join`.
    struct Join: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Join a conversation on a running Trellis.",
            discussion: """
                By an invitation, by letting your machine work for a moment, or by an ID token, as the conversation \
                allows. The secret by which you are known from then on is kept in the data folder, in a file that only \
                you may read, and shown nowhere. Whoever has it votes as you.

                Examples:
                  trellis deliberate join cv_…                              it asks for what it needs
                  trellis deliberate join cv_… --url https://town.example.org
                  trellis deliberate join cv_… --invitation-file code.txt
                  trellis deliberate join cv_… --by oidc --token-file token.txt
                Exit code 1 when you aren't let in. More: docs/deliberation.md.
                """)

        @Argument(help: ArgumentHelp("The conversation's id, as it was told to you.", valueName: "id"))
        var id: ConversationID

        @OptionGroup var joining: JoiningOptions

        @Flag(name: .long, help: "Print JSON.")
        var json = false

        @OptionGroup var client: ClientOptions
        @OptionGroup(title: "Configuration") var options: SettingsOptions

        struct Report: Encodable {
            let conversation: String
            let participant: Int64
            /// The file that holds the secret.
            let secretFile: String
        }

        func run() async throws {
            let data = try await options.settings().gateway.dataDirectory
            let outside = ConversationClient(trellis: try client.client(), id: id)
            let conversation = try await outside.conversation()
            let joined = try await Joining(joining, outside, conversation, data: data, input: TypedInput()).run()
            let file = KeptParticipation.path(of: id, in: data)
            if json {
                Terminal.output.line(
                    try Printed.json(
                        Report(conversation: id.description, participant: joined.participant, secretFile: file)))
                return
            }
            let page = DeliberatePage()
            page.paragraph("You take part in “\(DeliberatePage.line(conversation.topic))”.")
            page.paragraph("Your secret is in \(WrappedText.plain(file)). Whoever has it votes as you.")
            Terminal.output.line("Go on:")
            Terminal.output.line("  trellis deliberate take-part \(id)")
        }
    }
}
