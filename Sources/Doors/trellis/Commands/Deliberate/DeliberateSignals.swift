import ArgumentParser
import Deliberation

extension DeliberateCommand {
    /// `trellis deliberate signals`.
    struct Signals: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show moderators signs of accounts that one hand guides, and what hangs on them.",
            discussion: """
                It looks for people who vote nearly alike, bursts of newcomers who take one side, people who only ever \
                cast the same one vote, and people who vote in the same order. Each sign comes with its reason, how \
                often such signs were wrong in real conversations, and what would change in groups, common ground and \
                slate without these people. Nobody is removed: a sign is a reason to look, and no proof.

                Examples:
                  trellis deliberate signals my-export
                  trellis deliberate signals cv_…                 held here: with the moment of each vote
                  trellis deliberate signals my-export --seats 8 --json

                Exit code 1 when the export can't be read; signs are no failure. More: docs/deliberation.md.
                """)

        @OptionGroup var options: ConversationOptions

        @Option(name: .shortAndLong, help: "How many statements the slate has on which the effect is shown.")
        var seats = 5

        @Option(name: .long, help: "What the search for groups follows from.")
        var seed: UInt64 = 1

        @Flag(name: .long, help: "Print JSON.")
        var json = false

        func validate() throws {
            guard seats >= 1 else { throw ValidationError("--seats is a number from 1.") }
        }

        func run() async throws {
            let source = try await options.load(isTimed: true)
            let landscape = OpinionLandscape(
                source.conversation.votes, moderation: source.moderation, settings: LandscapeSettings(seed: seed))
            let report = SignalsReport(
                SignalFindings(landscape, history: source.conversation.history, seats: seats), of: source)
            if json {
                Terminal.output.line(try Printed.json(report))
                return
            }
            source.printHead()
            Self.show(report.told)
        }

        private static func show(_ report: ToldSignals) {
            let page = DeliberatePage()
            page.heading("Signs to look into")
            if !report.hasTimes {
                page.paragraph(
                    "There are no times (votes.csv), or only hours, as in the export of a conversation that is held here: name that by its id instead. So bursts of newcomers and the order of votes weren't looked at."
                )
            }
            if report.signs.isEmpty { page.paragraph("None of the signs that were looked for.") }
            for (number, sign) in report.signs.enumerated() {
                page.gap()
                page.paragraph("\(number + 1). \(sign.reason)")
                page.detail("Participants: \(sign.participants.map(String.init).joined(separator: ", "))")
                page.detail(sign.effect.words)
            }
            if let together = report.together {
                page.gap()
                page.paragraph("All of them together, \(together.people) people: \(together.words)")
            }
            page.heading("How often signs are wrong")
            for rate in report.errorRates { page.paragraph("\(rate.sign): \(rate.words)", indent: 2) }
            page.paragraph("A sign is a reason to look, and no proof. Nobody was removed.", indent: 2)
        }
    }
}

/// What `trellis deliberate signals` says, for JSON and for the page.
struct SignalsReport: Encodable {
    let conversation: DeliberatedConversation.Size
    /// The signs: their members stand beside those of the report in JSON.
    let told: ToldSignals
    let remarks: [String]

    enum CodingKeys: String, CodingKey { case conversation, remarks }

    init(_ findings: SignalFindings, of source: DeliberatedConversation) {
        conversation = source.size
        remarks = source.conversation.remarks
        told = ToldSignals(
            findings, statement: { source.named($0).id }, participant: { Int64(source.conversation.participants[$0]) })
    }

    func encode(to encoder: any Encoder) throws {
        try told.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(conversation, forKey: .conversation)
        try container.encode(remarks, forKey: .remarks)
    }
}
