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
                  trellis deliberate invite cv_… --revoke tin_…       an invitation that nobody used yet
                  trellis deliberate invite cv_… --revoke-unused      all of those
                More: docs/deliberation.md.
                """)

        @OptionGroup var held: HeldOptions

        @Option(name: .long, help: "How many invitations.")
        var count: Int?

        @Option(name: .long, help: "Make the key of a moderator of this name instead.")
        var moderator: String?

        @Option(
            name: .long,
            help: "Take the keys of moderators of this name back instead, or the unused invitation of this code.")
        var revoke: String?

        @Flag(name: .long, help: "Take all invitations back that nobody used yet.")
        var revokeUnused = false

        func validate() throws {
            guard [count != nil, moderator != nil, revoke != nil, revokeUnused].count(where: { $0 }) == 1 else {
                throw ValidationError(
                    "Say one of --count N, for invitations, --moderator NAME, for a moderator's key, --revoke NAME or CODE, to take one back, and --revoke-unused."
                )
            }
        }

        func run() async throws {
            if let code = revoke.flatMap({ ConversationSecret($0, .invitation) }) {
                return try await revokeInvitations([code])
            }
            if revokeUnused { return try await revokeInvitations(nil) }
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

        private func revokeInvitations(_ codes: [ConversationSecret]?) async throws {
            let count = try await held.with { conversations in
                try await conversations.revokeInvitations(
                    codes, to: held.id, by: .operator(name: OperatorName.own))
            }
            guard count > 0 || codes == nil else {
                throw CommandFailure(
                    .negative,
                    "\(held.id) has no unused invitation with this code: somebody used it, or it was taken back already."
                )
            }
            Terminal.output.line("Taken back: \(DeliberatePage().count(count, "invitation", "invitations")).")
        }
    }
}
