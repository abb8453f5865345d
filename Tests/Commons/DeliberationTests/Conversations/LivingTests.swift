import Foundation
import Store
import Testing

@testable import Deliberation

@Suite("A conversation that goes on")
struct LivingTests {
    /// Forty people in two camps over eight statements.
    private func camps(_ hall: TownHall, people count: Int = 40) async throws -> (
        OpenedConversation, [JoinedParticipant]
    ) {
        let opened = try await hall.open((0..<8).map { "Statement number \($0)." })
        let people = try await hall.invited(count, to: opened)
        for (place, person) in people.enumerated() {
            for statement in 0..<8 where (place + statement) % 7 != 0 {
                let agrees = statement == 0 || (place < count / 2) == (statement < 4)
                try await hall.vote(agrees ? .agree : .disagree, on: statement, by: person, in: opened)
            }
        }
        return (opened, people)
    }

    /// Who is with whom, whatever the order of the groups: of two that are as large, either may be first.
    private func groups(_ landscape: OpinionLandscape) -> Set<[Int]> {
        Set(
            Dictionary(grouping: landscape.assignment().indices) { landscape.assignment()[$0] }.values.map {
                $0.sorted()
            })
    }

    private func same(_ reading: LandscapeReading, as votes: [VoteRows.Kept]) -> Bool {
        let live = reading.landscape.votes.votes.map { vote in
            VoteRows.Kept(
                participant: reading.participants[vote.participant],
                statement: reading.statements[vote.statement].number, stance: vote.stance, importance: vote.importance,
                at: TownHall.now)
        }
        return Set(live) == Set(votes)
    }

    @Test("the landscape finds the groups, and a vote is in it at the next look without reckoning the whole anew")
    func warm() async throws {
        try await inTownHall { hall in
            let (opened, people) = try await camps(hall)
            let first = try await hall.conversations.landscape(of: opened.id, isWhole: true)
            #expect(first.landscape.groupCount == 2)
            #expect(first.landscape.votesSince == 0)
            try await hall.vote(.pass, on: 3, by: people[0], in: opened)
            let second = try await hall.conversations.landscape(of: opened.id)
            #expect(second.event == first.event + 1)
            #expect(second.landscape.votesSince == 1)
            let row = try #require(second.participants.firstIndex(of: people[0].participant.number))
            #expect(second.landscape.votes[row, 3] == .pass)
            let third = try await hall.conversations.landscape(of: opened.id, isWhole: true)
            #expect(third.landscape.votesSince == 0 && third.landscape.votes.tallies == second.landscape.votes.tallies)
        }
    }

    @Test("what moderators change is reckoned anew: a rejected statement is in no list, and comes back when accepted")
    func recount() async throws {
        try await inTownHall { hall in
            let (opened, _) = try await camps(hall)
            let before = try await hall.conversations.landscape(of: opened.id, isWhole: true)
            let moderator = Overseer.moderator(opened.moderator)
            try await hall.conversations.decide(
                .rejected, about: 0, in: opened.id, because: "Off topic.", by: moderator, at: TownHall.now)
            let without = try await hall.conversations.landscape(of: opened.id)
            #expect(without.landscape.moderation.rejected == [0])
            let ground = CommonGround(without.landscape.groupVotes(), rejected: without.landscape.moderation.rejected)
            #expect(!ground.statements.contains { $0.statement == 0 })
            // It is what would have come out if it had been rejected from the start.
            let fresh = OpinionLandscape(without.landscape.votes, moderation: without.landscape.moderation)
            #expect(groups(fresh) == groups(without.landscape))
            try await hall.conversations.decide(.accepted, about: 0, in: opened.id, by: moderator, at: TownHall.now)
            let again = try await hall.conversations.landscape(of: opened.id)
            #expect(again.landscape.moderation.rejected.isEmpty)
            #expect(groups(again.landscape) == groups(before.landscape))
            #expect(again.landscape.votes.tallies == before.landscape.votes.tallies)
        }
    }

    @Test("the next statement stays until it is voted on, and everybody gets through all of them")
    func next() async throws {
        try await inTownHall { hall in
            let (opened, _) = try await camps(hall, people: 12)
            let newcomer = try await hall.invited(1, to: opened)[0]
            var seen: [Int] = []
            while let statement = try await hall.conversations.next(for: newcomer.secret, in: opened.id).statement {
                let again = try await hall.conversations.next(for: newcomer.secret, in: opened.id)
                #expect(again.statement?.number == statement.number)
                #expect(again.left == 8 - seen.count)
                seen.append(statement.number)
                try await hall.vote(.pass, on: statement.number, by: newcomer, in: opened)
            }
            #expect(seen.sorted() == Array(0..<8))
            // What is rejected, or waits under strict moderation, is asked of nobody.
            let strict = try await hall.open(["One."], strict: true)
            let ada = try await hall.invited(1, to: strict)[0]
            _ = try await hall.conversations.write(
                StatementText("Two."), by: ada.secret, in: strict.id, at: TownHall.now)
            #expect(try await hall.conversations.next(for: ada.secret, in: strict.id).left == 1)
            try await hall.conversations.decide(
                .rejected, about: 0, in: strict.id, because: "No.", by: .moderator(strict.moderator), at: TownHall.now)
            #expect(try await hall.conversations.next(for: ada.secret, in: strict.id).statement == nil)
        }
    }

    @Test("when somebody withdraws while votes go on, the landscape is that of those who stayed")
    func leaving() async throws {
        try await inTownHall { hall in
            let (opened, people) = try await camps(hall)
            _ = try await hall.conversations.landscape(of: opened.id, isWhole: true)
            try await hall.vote(.pass, on: 2, by: people[3], in: opened)
            for person in [people[0], people[7], people[39]] {
                try await hall.conversations.withdraw(person.secret, from: opened.id)
            }
            try await hall.vote(.pass, on: 5, by: people[20], in: opened)
            let kept = try hall.standing(opened)
            let reading = try await hall.conversations.landscape(of: opened.id)
            #expect(reading.participants.count == 37 && reading.landscape.votes.participantCount == 37)
            #expect(same(reading, as: kept))
            #expect(reading.landscape.groupCount == 2)
        }
    }

    @Test("no votes, one voter, one statement and everybody passing have a landscape that says so")
    func odd() async throws {
        try await inTownHall { hall in
            for statements in [[], ["Only this."], ["This.", "That."]] {
                let opened = try await hall.open(statements)
                let empty = try await hall.conversations.landscape(of: opened.id)
                #expect(!empty.landscape.basis.isEnough && empty.landscape.groupCount == 1)
                let ada = try await hall.invited(1, to: opened)[0]
                for number in statements.indices { try await hall.vote(.pass, on: number, by: ada, in: opened) }
                let one = try await hall.conversations.landscape(of: opened.id, isWhole: true)
                #expect(!one.landscape.basis.isEnough)
                #expect(one.landscape.votes.voteCount == statements.count)
            }
        }
    }

    @Test("two servers write to one conversation: no vote is lost, and each sees what the other wrote")
    func twoServers() async throws {
        try await inTownHall { hall in
            let other = try TownHall(beside: hall)
            defer { try? other.store.close() }
            let opened = try await hall.open((0..<6).map { "Statement number \($0)." })
            let people = try await hall.invited(30, to: opened)
            _ = try await hall.conversations.landscape(of: opened.id)
            _ = try await other.conversations.landscape(of: opened.id)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (place, person) in people.enumerated() {
                    for statement in 0..<6 {
                        group.addTask {
                            let server = (place + statement).isMultiple(of: 2) ? hall : other
                            try await server.vote(.agree, on: statement, by: person, in: opened)
                            if statement == 5 { _ = try await server.conversations.landscape(of: opened.id) }
                        }
                    }
                }
                try await group.waitForAll()
            }
            // Somebody leaves through one server while the other has the conversation in memory.
            try await other.conversations.withdraw(people[0].secret, from: opened.id)
            try await hall.conversations.decide(
                .rejected, about: 2, in: opened.id, because: "Off topic.", by: .moderator(opened.moderator),
                at: TownHall.now)
            let events = try hall.rows("SELECT number FROM deliberation_vote_events").map { try $0.integer("number") }
            #expect(Set(events).count == 174 && events.max() == 180)
            let opened2 = try await hall.conversations.conversation(opened.id)
            // Of 174 votes 29 are on what was rejected.
            #expect(opened2.votes == 145 && opened2.participants == 29)
            let kept = try hall.standing(opened)
            for server in [hall, other] {
                let reading = try await server.conversations.landscape(of: opened.id)
                #expect(same(reading, as: kept))
                #expect(reading.landscape.moderation.rejected == [2])
            }
        }
    }
}
