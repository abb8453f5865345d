import Foundation
import Store
import Testing

@testable import Deliberation

@Suite("Holding a conversation")
struct HoldingTests {
    @Test("a person's last vote counts, every vote before stays in the history, and saying it again changes nothing")
    func lastVote() async throws {
        try await inTownHall { hall in
            let opened = try await hall.open()
            let ada = try await hall.invited(1, to: opened)[0]
            #expect(try await hall.vote(.agree, on: 0, by: ada, in: opened) == VoteReceipt(event: 1, previous: nil))
            #expect(
                try await hall.vote(.agree, on: 0, by: ada, in: opened) == VoteReceipt(event: nil, previous: .agree))
            #expect(
                try await hall.vote(.disagree, on: 0, by: ada, in: opened) == VoteReceipt(event: 2, previous: .agree))
            #expect(
                try await hall.conversations.votes(of: ada.secret, in: opened.id)
                    == [NewVote(statement: 0, stance: .disagree)])
            #expect(try await hall.conversations.conversation(opened.id).votes == 1)
            #expect(try hall.events(opened).map(\.stance) == [.agree, .disagree])
        }
    }

    @Test("contradictory votes of one person that come at the same moment leave one vote, the last of the history")
    func contradictory() async throws {
        try await inTownHall { hall in
            let opened = try await hall.open()
            let ada = try await hall.invited(1, to: opened)[0]
            try await withThrowingTaskGroup(of: Void.self) { group in
                for turn in 0..<60 {
                    group.addTask {
                        try await hall.vote(turn.isMultiple(of: 2) ? .agree : .disagree, on: 1, by: ada, in: opened)
                    }
                }
                try await group.waitForAll()
            }
            let kept = try await hall.conversations.votes(of: ada.secret, in: opened.id)
            #expect(kept.count == 1)
            #expect(try hall.events(opened).last?.stance == kept[0].stance)
        }
    }

    @Test("nobody votes on a statement that was rejected, that waits under strict moderation, or that isn't there")
    func whatMayBeVotedOn() async throws {
        try await inTownHall { hall in
            let opened = try await hall.open(strict: true)
            let ada = try await hall.invited(1, to: opened)[0]
            try await hall.conversations.decide(
                .rejected, about: 1, in: opened.id, because: "It names a person.", by: .moderator(opened.moderator),
                at: TownHall.now)
            let own = try await hall.conversations.write(
                StatementText("More trees."), by: ada.secret, in: opened.id, at: TownHall.now)
            await #expect(throws: ConversationError.rejected(1)) {
                try await hall.vote(.agree, on: 1, by: ada, in: opened)
            }
            await #expect(throws: ConversationError.waiting(own.statement.number)) {
                try await hall.vote(.agree, on: own.statement.number, by: ada, in: opened)
            }
            await #expect(throws: ConversationError.noSuchStatement(99)) {
                try await hall.vote(.agree, on: 99, by: ada, in: opened)
            }
            await #expect(throws: ConversationError.noSuchStatement(-1)) {
                try await hall.vote(.agree, on: -1, by: ada, in: opened)
            }
            try await hall.conversations.decide(
                .accepted, about: own.statement.number, in: opened.id, by: .moderator(opened.moderator),
                at: TownHall.now)
            #expect(try await hall.vote(.agree, on: own.statement.number, by: ada, in: opened).event == 1)
        }
    }

    @Test("one vote that is wrong doesn't keep those from being taken that come with it")
    func others() async throws {
        try await inTownHall { hall in
            let opened = try await hall.open()
            let people = try await hall.invited(20, to: opened)
            let refused = await withTaskGroup(of: Bool.self) { group in
                for (place, person) in people.enumerated() {
                    group.addTask {
                        (try? await hall.vote(.agree, on: place.isMultiple(of: 2) ? 0 : 77, by: person, in: opened))
                            == nil
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(refused == 10)
            #expect(try await hall.conversations.conversation(opened.id).votes == 10)
        }
    }

    @Test("how much a vote matters is taken where the conversation asks, and only there")
    func importance() async throws {
        try await inTownHall { hall in
            let much = try #require(Importance(share: 0.8))
            let plain = try await hall.open()
            let ada = try await hall.invited(1, to: plain)[0]
            await #expect(throws: ConversationError.noImportance) {
                try await hall.vote(.agree, on: 0, by: ada, in: plain, importance: much)
            }
            let asking = try await hall.open(importance: true)
            let ben = try await hall.invited(1, to: asking)[0]
            try await hall.vote(.agree, on: 0, by: ben, in: asking, importance: much)
            // The same stance with another importance is another vote.
            #expect(try await hall.vote(.agree, on: 0, by: ben, in: asking).event == 2)
            try await hall.vote(.agree, on: 0, by: ben, in: asking, importance: much)
            #expect(try await hall.conversations.votes(of: ben.secret, in: asking.id)[0].importance == much)
        }
    }

    @Test("a vote on what was rejected is kept and counts nowhere, until the statement comes back")
    func counts() async throws {
        try await inTownHall { hall in
            let opened = try await hall.open()
            let people = try await hall.invited(3, to: opened)
            for person in people { try await hall.vote(.agree, on: 0, by: person, in: opened) }
            try await hall.vote(.pass, on: 1, by: people[0], in: opened)
            func told() async throws -> [Int] {
                let one = try await hall.conversations.conversation(opened.id).votes
                let listed = try await hall.conversations.all().map(\.votes)
                let reading = try await hall.conversations.landscape(of: opened.id)
                // Another server that never had it in memory counts the same.
                let other = try TownHall(beside: hall)
                defer { try? other.store.close() }
                return [one] + listed + [reading.voteCount, reading.peopleCount]
                    + (try await other.conversations.all().map(\.votes))
            }
            #expect(try await told() == [4, 4, 4, 3, 4])
            let moderator = Overseer.moderator(opened.moderator)
            try await hall.conversations.decide(
                .rejected, about: 0, in: opened.id, because: "No.", by: moderator, at: TownHall.now)
            #expect(try await told() == [1, 1, 1, 1, 1])
            try await hall.conversations.decide(.accepted, about: 0, in: opened.id, by: moderator, at: TownHall.now)
            #expect(try await told() == [4, 4, 4, 3, 4])
            try await hall.vote(.pass, on: 2, by: people[1], in: opened)
            #expect(try await told() == [5, 5, 5, 3, 5])
        }
    }

    @Test("a conversation that was deleted is gone from every table, the file and the log, and no other is touched")
    func deleting() async throws {
        try await inTownHall { hall in
            let opened = try await hall.open(ways: [.invitation, .identity, .proofOfWork])
            let other = try await hall.open(["Other words."])
            for one in [opened, other] {
                let person = try await hall.invited(1, to: one)[0]
                try await hall.vote(.agree, on: 0, by: person, in: one)
                _ = try await hall.conversations.write(
                    StatementText("No cars, ever, in \(one.id)."), by: person.secret, in: one.id, at: TownHall.now)
                let near = try await hall.conversations.write(
                    StatementText("No cars, never, in \(one.id)."), by: person.secret, in: one.id, at: TownHall.now)
                #expect(!near.near.isEmpty)
                try await hall.conversations.decide(
                    .accepted, about: 1, in: one.id, by: .moderator(one.moderator), at: TownHall.now)
            }
            let ada = ProvedIdentity(issuer: "https://id", subject: "ada")
            _ = try await hall.conversations.join(opened.id, as: ada, at: TownHall.now)
            _ = try await hall.conversations.landscape(of: opened.id)
            await #expect(throws: ConversationError.notAModerator) {
                try await hall.conversations.delete(opened.id, by: .moderator(other.moderator))
            }
            let number = try await hall.conversations.conversation(opened.id).number
            try await hall.conversations.delete(opened.id, by: .moderator(opened.moderator))
            await hall.conversations.upkeep.settle()
            let tables = try hall.rows("SELECT name FROM sqlite_master WHERE type = 'table'").map {
                try $0.text("name")
            }
            var looked = 0
            for table in tables where table.hasPrefix("deliberation_") && !table.contains("_unsealed_") {
                guard let rows = try? hall.rows("SELECT conversation FROM \(table)") else { continue }
                looked += 1
                #expect(try rows.allSatisfy { try $0.integer("conversation") != number }, "\(table)")
            }
            #expect(looked == 10)
            #expect(try hall.rows("SELECT owner FROM seal_keys WHERE owner LIKE '%\(opened.id)'").isEmpty)
            #expect(try !hall.holds(Array("\(opened.id)".utf8)) && hall.holds(Array("\(other.id)".utf8)))
            for ask in [
                { _ = try await hall.conversations.conversation(opened.id) },
                { _ = try await hall.conversations.landscape(of: opened.id) },
                { try await hall.conversations.delete(opened.id, by: .operator(name: "Ben")) },
            ] as [() async throws -> Void] {
                await #expect(throws: ConversationError.noSuchConversation) { try await ask() }
            }
            #expect(try await hall.conversations.all().map(\.id) == [other.id])
            #expect(try await hall.conversations.conversation(other.id).votes == 1)
            // The next one is another, though its rows may have the same key.
            let next = try await hall.open()
            #expect(try await hall.conversations.conversation(next.id).votes == 0)
        }
    }

    @Test("in a closed conversation nobody joins, writes or votes, and anybody can withdraw")
    func closed() async throws {
        try await inTownHall { hall in
            let opened = try await hall.open(ways: [.invitation, .proofOfWork])
            let moderator = Overseer.moderator(opened.moderator)
            let ada = try await hall.invited(1, to: opened)[0]
            let code = try await hall.conversations.invite(1, to: opened.id, by: moderator)[0]
            try await hall.conversations.change(opened.id, by: moderator, isOpen: false)
            await #expect(throws: ConversationError.closed) { try await hall.vote(.agree, on: 0, by: ada, in: opened) }
            await #expect(throws: ConversationError.closed) {
                try await hall.conversations.join(opened.id, with: code)
            }
            await #expect(throws: ConversationError.closed) {
                try await hall.conversations.challenge(for: opened.id, at: TownHall.now)
            }
            await #expect(throws: ConversationError.closed) {
                try await hall.conversations.write(
                    StatementText("More trees."), by: ada.secret, in: opened.id, at: TownHall.now)
            }
            await #expect(throws: ConversationError.closedToStatements) {
                try await hall.conversations.seed(
                    [SeedStatement(StatementText("More trees."))], into: opened.id, by: moderator, at: TownHall.now)
            }
            try await hall.conversations.withdraw(ada.secret, from: opened.id)
            #expect(try await hall.conversations.conversation(opened.id).withdrawn == 1)
        }
    }

    @Test("only its moderators look after a conversation, and another application's is as if it weren't there")
    func whose() async throws {
        try await inTownHall { hall in
            let opened = try await hall.open()
            let other = try await hall.open()
            for overseer in [Overseer.moderator(nil), .moderator(other.moderator)] {
                await #expect(throws: ConversationError.notAModerator) {
                    try await hall.conversations.queue(of: opened.id, by: overseer)
                }
                await #expect(throws: ConversationError.notAModerator) {
                    try await hall.conversations.export(opened.id, by: overseer)
                }
                await #expect(throws: ConversationError.notAModerator) {
                    try await hall.conversations.invite(1, to: opened.id, by: overseer)
                }
                await #expect(throws: ConversationError.notAModerator) {
                    try await hall.conversations.change(opened.id, by: overseer, isOpen: false)
                }
            }
            await #expect(throws: ConversationError.noSuchConversation) {
                try await hall.conversations.conversation(opened.id, of: "village")
            }
            #expect(try await hall.conversations.all(of: "village").isEmpty)
            let ada = try await hall.invited(1, to: opened)[0]
            await #expect(throws: ConversationError.notAParticipant) {
                try await hall.vote(.agree, on: 0, by: ada, in: other)
            }
            await #expect(throws: ConversationError.noSuchConversation) {
                try await hall.conversations.cast(
                    NewVote(statement: 0, stance: .agree), by: ada.secret, in: opened.id, of: "village",
                    at: TownHall.now)
            }
            let second = try await hall.conversations.addModerator(
                named: "Ben", to: opened.id, by: .moderator(opened.moderator), at: TownHall.now)
            let decision = try await hall.conversations.decide(
                .accepted, about: 0, in: opened.id, by: .moderator(second), at: TownHall.now)
            #expect(decision.moderator == "Ben")
        }
    }

    @Test("who withdraws leaves no vote, no authorship, no secret and no link, and the tallies are those of the others")
    func withdrawing() async throws {
        try await inTownHall { hall in
            let opened = try await hall.open(ways: [.invitation, .identity])
            let ada = try await hall.conversations.join(
                opened.id, as: ProvedIdentity(issuer: "https://id", subject: "ada"), at: TownHall.now)
            let ben = try await hall.invited(1, to: opened)[0]
            let written = try await hall.conversations.write(
                StatementText("More trees."), by: ada.secret, in: opened.id, at: TownHall.now)
            for person in [ada, ben] {
                try await hall.vote(.agree, on: written.statement.number, by: person, in: opened)
            }
            try await hall.vote(.disagree, on: 0, by: ada, in: opened)
            #expect(try await hall.conversations.landscape(of: opened.id).landscape.votes.voteCount == 3)
            try await hall.conversations.withdraw(ada.secret, from: opened.id)
            for table in ["deliberation_vote_events", "deliberation_participants"] {
                let column = table == "deliberation_participants" ? "number" : "participant"
                let left = try hall.rows("SELECT \(column) AS person FROM \(table)").map { try $0.integer("person") }
                #expect(Set(left) == [ben.participant.number], "\(table)")
            }
            #expect(try hall.rows("SELECT link FROM deliberation_links").isEmpty)
            #expect(try hall.rows("SELECT participant FROM deliberation_authorships").isEmpty)
            let statements = try await hall.conversations.statements(
                of: opened.id, for: .moderator(opened.moderator))
            #expect(statements.allSatisfy { $0.author == nil })
            await #expect(throws: ConversationError.notAParticipant) {
                try await hall.vote(.agree, on: 0, by: ada, in: opened)
            }
            let after = try await hall.conversations.landscape(of: opened.id)
            #expect(after.landscape.votes.tallies[written.statement.number] == VoteTally(agreed: 1))
            #expect(after.participants == [ben.participant.number])
            // Whoever comes back is somebody new.
            let again = try await hall.conversations.join(
                opened.id, as: ProvedIdentity(issuer: "https://id", subject: "ada"), at: TownHall.now)
            #expect(try await hall.conversations.votes(of: again.secret, in: opened.id).isEmpty)
        }
    }
}
