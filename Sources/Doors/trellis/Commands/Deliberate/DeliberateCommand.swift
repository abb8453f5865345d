import ArgumentParser
import Deliberation

/// `trellis deliberate`.
struct DeliberateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deliberate",
        abstract: "See where a community stands, and choose what speaks for everybody.",
        discussion: """
            It reads the votes of a conversation that Polis exported, or of a budget vote in Pabulib's format. Nothing \
            is changed, sent or kept.

            Examples:
              trellis deliberate landscape my-export                groups, common ground, what divides
              trellis deliberate slate my-export --seats 5          five statements, and whom they leave out
              trellis deliberate report my-export --to report.html  all of it on one page
              trellis deliberate signals my-export                  signs of accounts that one hand guides
              trellis deliberate budget town.pb                     what to fund so that everybody gets a share
              trellis deliberate rank ballots.csv                   who wins by ranked ballots
            More: docs/deliberation.md.
            """,
        subcommands: [
            Landscape.self, SlateOfStatements.self, Report.self, Signals.self, Replay.self, Budget.self, Rank.self,
        ])
}

/// The export of one conversation.
struct ConversationOptions: ParsableArguments {
    @Argument(
        help: "A folder with Polis's export: participants-votes.csv or votes.csv, comments.csv, summary.csv.",
        completion: .directory)
    var folder: String

    @Flag(name: .long, help: "Leave out statements that no moderator decided about.")
    var strict = false

    /// The conversation, and which statements take part.
    func load() throws -> DeliberatedConversation {
        let conversation = try PolisFolder.conversation(folder)
        return DeliberatedConversation(
            conversation: conversation, moderation: conversation.moderation(strict: strict))
    }
}
