import ArgumentParser
import Deliberation
import Foundation

/// `trellis deliberate`.
struct DeliberateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deliberate",
        abstract: "See where a community stands, and choose what speaks for everybody.",
        discussion: """
            A conversation is held here, or was held elsewhere and exported by Polis. `landscape`, `slate` and `draft` take \
            the id of the one and the folder of the other. From its votes they lead to a charter that people ratify, sign \
            and publish, and that anybody can check. `budget` reads a vote in Pabulib's format.

            Examples:
              trellis deliberate open --topic "Our market square"   a conversation, and the key of its moderator
              trellis deliberate take-part cv_…                     vote on one statement after another
              trellis deliberate landscape my-export                groups, common ground, what divides
              trellis deliberate slate my-export --seats 5          five statements, and whom they leave out
              trellis deliberate report my-export --to report.html  all of it on one page
              trellis deliberate signals my-export                  signs of accounts that one hand guides
              trellis deliberate budget town.pb                     what to fund so that everybody gets a share
              trellis deliberate rank ballots.csv                   who wins by ranked ballots
              trellis deliberate committee approvals.csv --seats 3  a few who speak for everybody, by approvals
              trellis deliberate draft my-export --help             from statements to a charter: draft, ratify, publish
              trellis deliberate verify public                      reckon a published charter again from its votes
            More: docs/deliberation.md.
            """,
        subcommands: [
            Landscape.self, SlateOfStatements.self, Report.self, Signals.self, Replay.self, Budget.self, Rank.self,
            Committee.self,
        ]
            + [Draft.self, Ratify.self, Amend.self, Publish.self, Verify.self]
            + [Open.self, Import.self, Export.self, Status.self, Moderate.self, Invite.self, Close.self, Delete.self]
            + [AddStatements.self, Terms.self]
            + [TakePart.self, Join.self, Next.self, Vote.self, Say.self, Mine.self, Leave.self])
}

/// The export of one conversation, or one that is held here.
struct ConversationOptions: ParsableArguments {
    @Argument(
        help:
            "A folder with Polis's export (participants-votes.csv or votes.csv, comments.csv, summary.csv), or the id of a conversation that is held here.",
        completion: .directory)
    var folder: String

    @OptionGroup(title: "Configuration") var configuration: SettingsOptions

    @Flag(name: .long, help: "Leave out statements that no moderator decided about.")
    var strict = false

    /// The conversation, and which statements take part.
    ///
    /// - Parameter isTimed: with the moments at which votes were cast, where it is held here; its export has only hours.
    func load(isTimed: Bool = false) async throws -> DeliberatedConversation {
        guard let id = ConversationID(folder), !FileManager.default.fileExists(atPath: folder) else {
            let conversation = try PolisFolder.conversation(folder)
            return DeliberatedConversation(
                conversation: conversation, moderation: conversation.moderation(strict: strict))
        }
        return try await configuration.settings().withConversations { conversations in
            let held = try await conversations.conversation(id)
            let export = try await conversations.export(id, by: .operator(name: OperatorName.own))
            do {
                let conversation = try PolisConversation(export.files)
                return DeliberatedConversation(
                    conversation: isTimed
                        ? try await conversations.timed(conversation, as: id, by: .operator(name: OperatorName.own))
                        : conversation,
                    moderation: conversation.moderation(strict: strict || held.terms.isStrict))
            } catch let error as ImportProblem {
                throw CommandFailure(.failed, WrappedText.plain("\(folder)/\(error)"))
            }
        }
    }
}
