import ArgumentParser
import Deliberation

extension DeliberateCommand {
    /// `trellis deliberate invite`.
    struct Invite: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make invitations, which each let one person in, or another moderator's key.",
            discussion: """
                Codes go to standard output, one a line, and are shown once: only their digests are kept. Who used which \
                is kept nowhere.

                Examples:
                  trellis deliberate invite cv_… --count 40 > codes.txt
                  trellis deliberate invite cv_… --moderator "Ben, night shift"
                More: docs/deliberation.md.
                """)

        @OptionGroup var held: HeldOptions

        @Option(name: .long, help: "How many invitations.")
        var count: Int?

        @Option(name: .long, help: "Make the key of a moderator of this name instead.")
        var moderator: String?

        func validate() throws {
            guard (count == nil) != (moderator == nil) else {
                throw ValidationError(
                    "Say one of --count N, for invitations, and --moderator NAME, for a moderator's key.")
            }
        }

        func run() async throws {
            let secrets = try await held.with { conversations in
                let overseer = Overseer.operator(name: OperatorName.own)
                if let moderator {
                    return [
                        try await conversations.addModerator(
                            named: moderator, to: held.id, by: overseer, at: Settings.now())
                    ]
                }
                return try await conversations.invite(count ?? 0, to: held.id, by: overseer)
            }
            for secret in secrets { Terminal.output.line(secret.reveal()) }
        }
    }
}
