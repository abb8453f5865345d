import ArgumentParser
import Deliberation
import Foundation

extension DeliberateCommand {
    /// `trellis deliberate mine`.
    struct Mine: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "See what you voted and wrote, in a conversation that you joined.",
            discussion: """
                It is all that the conversation holds of you: your number, your votes, and your statements with where \
                they stand.

                Examples:
                  trellis deliberate mine cv_…
                  trellis deliberate mine cv_… --json
                More: docs/deliberation.md.
                """)

        @OptionGroup var part: TakingPartOptions

        @Flag(name: .long, help: "Print JSON.")
        var json = false

        func run() async throws {
            let client = try await part.conversation()
            let own = try await client.ownPart()
            if json {
                Terminal.output.line(try Printed.json(own))
                return
            }
            let words = Dictionary(
                try await client.statements().map { ($0.number, $0.words) }, uniquingKeysWith: { first, _ in first })
            TakingPartPage(.output).show(own, of: try await client.conversation(), words)
        }
    }

    /// `trellis deliberate leave`.
    struct Leave: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Leave a conversation for good: your votes are erased.",
            discussion: """
                Your votes are erased, and so is that you wrote what you wrote; the words of your statements stay, \
                because others voted on them. The secret that is kept here is erased too, and you can't come back as the \
                same person. It works in a closed conversation.

                Examples:
                  trellis deliberate leave cv_…
                  trellis deliberate leave cv_… --forget        only the secret here, where nobody knows it any more
                Asks before; --yes answers. Exit code 1 when the answer is no. More: docs/deliberation.md.
                """)

        @OptionGroup var part: TakingPartOptions

        @Flag(name: .shortAndLong, help: "Don't ask.")
        var yes = false

        @Flag(name: .long, help: "Erase only the secret that is kept here. Your votes stay, and can't be taken back.")
        var forget = false

        func run() async throws {
            if forget { return try await forgetSecret() }
            let client = try await part.conversation()
            let own: SeenConversation.OwnPart
            do { own = try await client.ownPart() } catch let failure as CommandFailure where failure.code == .negative
            {
                throw CommandFailure(
                    .negative,
                    failure.message
                        + " If it is right that nobody knows you there any more, `trellis deliberate leave \(part.id) --forget` erases the secret here."
                )
            }
            let page = TakingPartPage(.error)
            page.tell(Self.consequences(own))
            try agree("Leave for good?")
            try await client.leave()
            if part.secretFile == nil { KeptParticipation.remove(part.id, in: try await part.dataFolder()) }
            Terminal.output.line("You left \(part.id).")
        }

        /// What leaving erases, in words.
        static func consequences(_ own: SeenConversation.OwnPart) -> String {
            let page = DeliberatePage()
            let votes =
                own.votes.isEmpty
                ? "You cast no votes." : "\(page.count(own.votes.count, "vote", "votes")) of yours will be erased."
            let statements =
                own.statements.isEmpty
                ? ""
                : " That you wrote \(page.count(own.statements.count, "statement", "statements")) will be forgotten; the words stay, because others vote on them."
            return votes.prefix(1).uppercased() + votes.dropFirst() + statements
                + " You can't come back as the same person."
        }

        private func forgetSecret() async throws {
            let data = try await part.dataFolder()
            guard FileManager.default.fileExists(atPath: KeptParticipation.path(of: part.id, in: data)) else {
                throw CommandFailure(.negative, "no secret for \(part.id) is kept here.")
            }
            TakingPartPage(.error).tell(
                "Your votes stay where they are, and without the secret nobody can change or erase them.")
            try agree("Erase the secret?")
            guard KeptParticipation.remove(part.id, in: data) else {
                throw CommandFailure(
                    .failed, "\(WrappedText.plain(KeptParticipation.path(of: part.id, in: data))) can't be erased.")
            }
            Terminal.output.line("The secret is erased.")
        }

        /// Makes sure that it is meant.
        private func agree(_ question: String) throws {
            guard !yes else { return }
            guard isatty(STDIN_FILENO) == 1 else {
                throw CommandFailure(
                    .negative, "nothing was erased: nobody is there to be asked. Say --yes if it is meant.")
            }
            Terminal.error.write("\(question) [y/N] ")
            let answer = TypedInput().line()?.trimmingCharacters(in: .whitespaces).lowercased()
            guard answer == "y" || answer == "yes" else {
                throw CommandFailure(.negative, "nothing was erased.")
            }
        }
    }
}
