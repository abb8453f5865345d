import ArgumentParser
import Deliberation
import Foundation

extension DeliberateCommand {
    /// `trellis deliberate delete`.
    struct Delete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Delete a conversation for good. There is no undo.",
            discussion: """
                Statements, votes, decisions and who took part are gone from the store, its log and every backup made \
                afterwards, and the keys that they were sealed under are destroyed. What was exported or published stays \
                where it is. To keep what was said and let nobody add to it, use `trellis deliberate close`.

                Examples:
                  trellis deliberate export cv_… my-export    what is worth keeping
                  trellis deliberate delete cv_…
                Asks before; --yes answers. Exit code 1 when there is no such conversation, or the answer is no. More: \
                docs/deliberation.md.
                """)

        @OptionGroup var held: HeldOptions

        @Flag(name: .shortAndLong, help: "Don't ask.")
        var yes = false

        func run() async throws {
            let conversation = try await held.with { try await $0.conversation(held.id) }
            try agree(to: conversation)
            try await held.with { try await $0.delete(held.id, by: .operator(name: OperatorName.own)) }
            Terminal.output.line("Deleted: \(held.id).")
        }

        /// Makes sure that it is meant.
        private func agree(to conversation: HeldConversation) throws {
            guard !yes else { return }
            guard isatty(STDIN_FILENO) == 1 else {
                throw CommandFailure(
                    .negative, "nothing was deleted: nobody is there to be asked. Say --yes if it is meant.")
            }
            let page = DeliberatePage()
            Terminal.error.write(
                "Delete “\(DeliberatePage.line(conversation.terms.topic))” for good, with what "
                    + "\(page.count(conversation.participants, "person", "people")) said, "
                    + "\(page.count(conversation.votes, "vote", "votes"))? [y/N] ")
            let answer = readLine()?.trimmingCharacters(in: .whitespaces).lowercased()
            guard answer == "y" || answer == "yes" else {
                throw CommandFailure(.negative, "nothing was deleted.")
            }
        }
    }
}
