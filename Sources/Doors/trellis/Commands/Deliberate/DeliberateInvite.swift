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
                  trellis deliberate invite cv_… --revoke "Ben, night shift"
                More: docs/deliberation.md.
                """)

        @OptionGroup var held: HeldOptions

        @Option(name: .long, help: "How many invitations.")
        var count: Int?

        @Option(name: .long, help: "Make the key of a moderator of this name instead.")
        var moderator: String?

        @Option(name: .long, help: "Take the keys of moderators of this name back instead.")
        var revoke: String?

        func validate() throws {
            guard [count != nil, moderator != nil, revoke != nil].count(where: { $0 }) == 1 else {
                throw ValidationError(
                    "Say one of --count N, for invitations, --moderator NAME, for a moderator's key, and --revoke NAME, to take one back."
                )
            }
        }

        func run() async throws {
            if let revoke {
                let count = try await held.with { conversations in
                    try await conversations.removeModerators(
                        named: revoke, from: held.id, by: .operator(name: OperatorName.own))
                }
                guard count > 0 else {
                    throw CommandFailure(
                        .negative, "no moderator of \(held.id) is named \(WrappedText.plain(revoke)).")
                }
                Terminal.output.line("Taken back: \(DeliberatePage().count(count, "key", "keys")).")
                return
            }
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
