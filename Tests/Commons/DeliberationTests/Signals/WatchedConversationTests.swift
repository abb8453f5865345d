import Testing

@testable import Deliberation

@Suite("Signs in a conversation that is held here")
struct WatchedConversationTests {
    /// People who vote for themselves in an order of their own, and accounts that vote in one order; their numbers.
    private func plant(
        _ hall: TownHall, people: Int = 52, accounts: Int = 8
    ) async throws -> (OpenedConversation, [JoinedParticipant]) {
        let opened = try await hall.open((0..<20).map { "Statement number \($0)." })
        let all = try await hall.invited(people + accounts, to: opened)
        var draws = Draws(5)
        let fixed = Array(0..<20).shuffled(using: &draws)
        for (place, person) in all.enumerated() {
            let order = place < people ? Array(0..<20).shuffled(using: &draws) : fixed
            let begin = TownHall.now + Int64(draws.share() * 3_000_000)
            for (step, statement) in order.enumerated() {
                try await hall.conversations.cast(
                    NewVote(statement: statement, stance: draws.share() < 0.5 ? .agree : .disagree),
                    by: person.secret, in: opened.id, at: begin + Int64(step) * 4_100)
            }
        }
        return (opened, Array(all.suffix(accounts)))
    }

    @Test("accounts that vote in one order are found by the moments of their votes, and not by the export's hours")
    func lockstep() async throws {
        try await inTownHall { hall in
            let (opened, accounts) = try await plant(hall)
            let numbers = accounts.map(\.participant.number).sorted()
            let views = ConversationViews(hall.conversations)
            let moderator = Overseer.moderator(opened.moderator)
            let seen = try await views.signals(of: opened.id, by: moderator)
            #expect(seen.told.hasTimes && seen.event == 1_200)
            let sign = try #require(seen.told.signs.first { $0.sign == .lockstep })
            #expect(sign.participants.sorted() == numbers)
            #expect(sign.reason.hasPrefix("8 people share their order") && sign.effect.people == 8)
            #expect(sign.effect.words.hasPrefix("Without them"))

            let export = try await hall.conversations.export(opened.id, by: moderator)
            let hours = try PolisConversation(export.files)
            #expect(!ConversationSignals(hours.votes, history: hours.history).hasTimes)
            let timed = try await hall.conversations.timed(hours, as: opened.id, by: moderator)
            let found = ConversationSignals(timed.votes, history: timed.history).clusters.filter {
                $0.kind == .lockstep
            }
            #expect(found.map { $0.people.map { Int64(timed.participants[$0]) }.sorted() } == [numbers])
        }
    }

    @Test("signs are kept until a vote comes, a moderator decides or somebody leaves, and are for moderators alone")
    func kept() async throws {
        try await inTownHall { hall in
            let (opened, accounts) = try await plant(hall, people: 12, accounts: 3)
            let watched = WatchedConversation(opened.id, in: hall.conversations)
            let moderator = Overseer.moderator(opened.moderator)
            func look() async throws -> Int {
                let mark = try await hall.conversations.mark(of: opened.id, of: nil, by: moderator)
                _ = try await watched.signals(since: mark, of: nil, by: moderator)
                return await watched.looks
            }
            #expect(try await look() == 1)
            #expect(try await look() == 1)
            try await hall.vote(.pass, on: 0, by: accounts[0], in: opened)
            #expect(try await look() == 2)
            try await hall.conversations.decide(
                .rejected, about: 3, in: opened.id, because: "No.", by: moderator, at: TownHall.now)
            #expect(try await look() == 3)
            try await hall.conversations.withdraw(accounts[1].secret, from: opened.id)
            #expect(try await look() == 4)
            #expect(try await look() == 4)
            let views = ConversationViews(hall.conversations)
            for stranger in [Overseer.moderator(nil), .moderator(.make(.moderator)), .moderator(accounts[0].secret)] {
                await #expect(throws: ConversationError.notAModerator) {
                    try await views.signals(of: opened.id, by: stranger)
                }
            }
        }
    }

    @Test("many who ask at once have the signs looked for once")
    func once() async throws {
        try await inTownHall { hall in
            let (opened, _) = try await plant(hall, people: 12, accounts: 3)
            let watched = WatchedConversation(opened.id, in: hall.conversations)
            let moderator = Overseer.moderator(opened.moderator)
            let mark = try await hall.conversations.mark(of: opened.id, of: nil, by: moderator)
            try await withThrowingTaskGroup(of: Int64.self) { group in
                for _ in 0..<8 {
                    group.addTask { try await watched.signals(since: mark, of: nil, by: moderator).event }
                }
                for try await event in group { #expect(event == 300) }
            }
            #expect(await watched.looks == 1)
        }
    }

    @Test("votes that were brought in from elsewhere have one moment, which is no time")
    func broughtIn() throws {
        let history = (0..<40).flatMap { person in
            (0..<10).map { statement in
                TimedVote(
                    vote: CastVote(participant: person, statement: statement, stance: .agree), time: 1_790_000_000_001)
            }
        }
        #expect(!ConversationSignals(try VoteMatrix(history.map(\.vote)), history: history).hasTimes)
    }
}
