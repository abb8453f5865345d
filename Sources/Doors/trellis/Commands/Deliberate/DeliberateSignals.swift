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
            let source = try await options.load()
            let landscape = OpinionLandscape(
                source.conversation.votes, moderation: source.moderation, settings: LandscapeSettings(seed: seed))
            let report = SignalsReport(
                SignalFindings(landscape, history: source.conversation.history, seats: seats), of: source)
            if json {
                Terminal.output.line(try Printed.json(report))
                return
            }
            source.printHead()
            Self.show(report)
        }

        private static func show(_ report: SignalsReport) {
            let page = DeliberatePage()
            page.heading("Signs to look into")
            if !report.hasTimes {
                page.paragraph(
                    "There are no times (votes.csv), or only hours, as for conversations that are held here. So bursts of newcomers and the order of votes weren't looked at."
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
    struct Sign: Encodable {
        let sign: SuspiciousCluster.Kind
        let reason: String
        /// The ids of the export.
        let participants: [Int]
        /// How surprising it is beyond chance, in nats.
        let surprise: Double
        let effect: Effect
    }

    struct Effect: Encodable {
        let people: Int
        let groupsBefore: Int
        let groupsAfter: Int
        /// Adjusted Rand index of the groups on those who stay.
        let sameGroups: Double
        /// Ids of statements that every group agrees on only with these people, or only without.
        let agreedGone: [Int]
        let agreedNew: [Int]
        let slateGone: [Int]
        let slateNew: [Int]
        let certificateBefore: Bool?
        let certificateAfter: Bool?
        /// How often, of five times that as many people were left out by lot, as much changed; nil where nothing does.
        let asMuchByLot: Int?
        let words: String

        init(
            _ effect: RemovalEffect, of source: DeliberatedConversation, asMuchByLot: Int? = nil, words: String? = nil
        ) {
            self.asMuchByLot = asMuchByLot
            let ids = { (statements: [Int]) in statements.map { source.named($0).id } }
            people = effect.people
            (groupsBefore, groupsAfter) = effect.groupCounts
            sameGroups = effect.sameGroups
            agreedGone = ids(effect.agreedGone)
            agreedNew = ids(effect.agreedNew)
            slateGone = ids(effect.slateGone)
            slateNew = ids(effect.slateNew)
            (certificateBefore, certificateAfter) = effect.certificates
            self.words = words ?? effect.words { "#\(source.named($0).id)" }
        }
    }

    struct Rate: Encodable {
        let sign: SuspiciousCluster.Kind
        let words: String
    }

    let conversation: DeliberatedConversation.Size
    let hasTimes: Bool
    let signs: [Sign]
    /// Without everybody who is named in a sign; nil with fewer than two signs.
    let together: Effect?
    let errorRates: [Rate]
    let remarks: [String]

    init(_ findings: SignalFindings, of source: DeliberatedConversation) {
        conversation = source.size
        hasTimes = findings.hasTimes
        remarks = source.conversation.remarks
        signs = findings.signs.map { sign in
            Sign(
                sign: sign.cluster.kind, reason: sign.cluster.words { "#\(source.named($0).id)" },
                participants: sign.cluster.people.map { source.conversation.participants[$0] },
                surprise: sign.cluster.surprise,
                effect: Effect(
                    sign.effect, of: source, asMuchByLot: sign.asMuchByLot,
                    words: sign.effectWords { "#\(source.named($0).id)" }))
        }
        together = findings.together.map { Effect($0, of: source) }
        errorRates = SuspiciousCluster.Kind.allCases.map { Rate(sign: $0, words: $0.errorRate) }
    }
}
