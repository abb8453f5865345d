import ArgumentParser
import Deliberation

extension DeliberateCommand {
    /// `trellis deliberate replay`.
    struct Replay: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Count the votes that each way to show statements would have needed.",
            discussion: """
                People come again in random orders and answer a few statements each time, with the votes that they did \
                cast. Who chooses what they see is compared: chance, Polis's priorities, or the adaptive router. What \
                counts is after how many votes the list of what all groups agree on was there to stay.

                A replay can only show people what they did vote on, so it says less than a trial with people would.

                Examples:
                  trellis deliberate replay my-export
                  trellis deliberate replay my-export --share 0.8 --orders 5 --json

                Exit code 1 when the export can't be read or nobody voted. More: docs/deliberation.md.
                """)

        @OptionGroup var options: ConversationOptions

        @Option(name: .long, help: "What share of the final list has to be there, above 0 and up to 1.")
        var share = 0.95

        @Option(name: .long, help: "How many statements the list has. Left out: a tenth of them, from 5 to 20.")
        var list: Int?

        @Option(name: .long, help: "In how many orders people come, 1 to 20.")
        var orders = 3

        @Option(name: .long, help: "How often the list is drawn up on the way, 2 to 500.")
        var looks = 50

        @Option(name: .long, help: "What the orders follow from.")
        var seed: UInt64 = 1

        @Flag(name: .long, help: "Print JSON.")
        var json = false

        func validate() throws {
            guard share > 0, share <= 1 else { throw ValidationError("--share is above 0 and up to 1.") }
            guard (1...20).contains(orders) else { throw ValidationError("--orders is a number from 1 to 20.") }
            guard (2...500).contains(looks) else { throw ValidationError("--looks is a number from 2 to 500.") }
            guard list.map({ $0 >= 1 }) ?? true else { throw ValidationError("--list is a number from 1.") }
        }

        func run() async throws {
            let source = try await options.load()
            let votes = source.conversation.votes
            guard votes.voteCount > 0 else {
                throw CommandFailure(.negative, "Nobody voted, so there is nothing to play again.")
            }
            let replay = RoutingReplay(votes, moderation: source.moderation, listLength: list)
            let report = try ReplayReport(
                source, replay, share: share, seeds: (0..<UInt64(orders)).map { seed &+ $0 }, looks: looks)
            if json {
                Terminal.output.line(try Printed.json(report))
                return
            }
            source.printHead()
            let page = DeliberatePage()
            page.heading("Votes until \(DeliberatePage.percent(share))% of the final list was there to stay")
            var table = Table(head: ["ROUTER", "VOTES", "OF ALL", "BY ORDER"])
            table.rows = report.routers.map { router in
                [
                    router.router, "\(router.votes)", "\(DeliberatePage.percent(router.shareOfVotes))%",
                    router.byOrder.map(String.init).joined(separator: ", "),
                ]
            }
            for line in table.lines { Terminal.output.line("  " + line) }
            page.paragraph(
                "The list has \(page.count(report.listLength, "statement", "statements")): what all groups agree on most, from all \(report.conversation.votes) votes. Where it was never there to stay before, all votes are counted.",
                indent: 2)
        }
    }
}

/// What `trellis deliberate replay` says.
struct ReplayReport: Encodable {
    struct Router: Encodable {
        /// `random`, `polis` or `adaptive`.
        let router: String
        /// The mean over orders.
        let votes: Int
        let shareOfVotes: Double
        let byOrder: [Int]
    }

    let conversation: DeliberatedConversation.Size
    let share: Double
    let listLength: Int
    /// Ids of the statements in the final list.
    let list: [Int]
    let routers: [Router]

    init(
        _ source: DeliberatedConversation, _ replay: RoutingReplay, share: Double, seeds: [UInt64], looks: Int
    ) throws {
        conversation = source.size
        self.share = share
        listLength = replay.listLength
        list = replay.finalList.map { source.named($0).id }.sorted()
        let all = source.conversation.votes.voteCount
        let routers: [(String, any StatementRouter)] = [
            ("random", RandomRouter()), ("polis", PolisRouter()),
            ("adaptive", AdaptiveRouter(listLength: replay.listLength)),
        ]
        self.routers = try routers.map { name, router in
            let needed = try seeds.map { seed in
                try replay.course(router, seed: seed, looks: looks).votesNeeded(share: share) ?? all
            }
            let mean = Double(needed.reduce(0, +)) / Double(max(needed.count, 1))
            return Router(
                router: name, votes: Int(mean.rounded()), shareOfVotes: mean / Double(max(all, 1)), byOrder: needed)
        }
    }
}
