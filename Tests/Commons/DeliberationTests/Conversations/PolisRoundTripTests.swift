import Foundation
import Testing

@testable import Deliberation

@Suite("Polis's files, out and in")
struct PolisRoundTripTests {
    @Test("an export is read as what was held: words, decisions, votes and their importance")
    func out() async throws {
        try await inTownHall { hall in
            let hostile = [
                "Trees, and \"shade\"", "=cmd|' /C calc'!A0", "two\nlines\r\nand, a \"\"quote\"\"", "حديقة e\u{301}",
                "1,1,1", "\"",
            ]
            let opened = try await hall.conversations.open(
                ConversationTerms(
                    topic: "Our \"square\", and mill", about: "What should, say, happen?\nTell us.",
                    takesImportance: true), by: "town",
                seeds: try hostile.map { SeedStatement(try StatementText($0)) }, at: TownHall.now)
            let people = try await hall.invited(5, to: opened)
            for (place, person) in people.enumerated().dropLast() {
                for statement in 0..<hostile.count where (place + statement) % 3 != 0 {
                    try await hall.vote(
                        Stance.allCases[(place * 2 + statement) % 3], on: statement, by: person, in: opened,
                        importance: Importance(share: Double(place) / 4))
                }
            }
            try await hall.conversations.decide(
                .rejected, about: 4, in: opened.id, because: "No.", by: .moderator(opened.moderator), at: TownHall.now)
            _ = try await hall.conversations.write(
                StatementText("Waits."), by: people[0].secret, in: opened.id, at: TownHall.now)
            let export = try await hall.conversations.export(opened.id, by: .moderator(opened.moderator))
            let read = try PolisConversation(export.files)
            #expect(read.remarks.isEmpty)
            #expect(read.topic == "Our \"square\", and mill")
            #expect(read.description == "What should, say, happen?\nTell us.")
            #expect(read.statements.map(\.text) == hostile + ["Waits."])
            #expect(
                read.statements.map(\.decision) == [
                    .accepted, .accepted, .accepted, .accepted, .rejected, .accepted, .undecided,
                ])
            #expect(read.participants.map(Int64.init) == people.map(\.participant.number).sorted())
            for (row, number) in read.participants.enumerated() {
                let person = try #require(people.first { $0.participant.number == Int64(number) })
                let held = try await hall.conversations.votes(of: person.secret, in: opened.id)
                let brought = read.votes.votes(of: row).map {
                    NewVote(statement: $0.statement, stance: $0.stance, importance: $0.importance)
                }
                #expect(brought == held)
            }
            // Each file of votes says it alone, too.
            var files = export.files
            files.participantsVotes = nil
            #expect(try PolisConversation(files).votes.votes.count == read.votes.voteCount)
            // Moments are cut to the hour.
            let votes = String(decoding: export.bytes(of: .votes), as: UTF8.self).split(separator: "\n")
            #expect(votes.dropFirst().allSatisfy { (Int($0.prefix { $0 != "," }) ?? 1) % 3_600_000 == 0 })
        }
    }

    @Test("what is brought in and written out again is the same conversation")
    func inAndOut() async throws {
        try await inTownHall { hall in
            let read = try PolisConversation(
                PolisConversation.Files(
                    participantsVotes: Array("participant,2,3,7\n10,-1,1,0\n4,,,1\n6,,,\n".utf8),
                    comments: Array(
                        "comment-id,moderated,comment-body\n7,1,\"Trees, \"\"shade\"\"\"\n2,-1,Spam\n3,0,Spam\n".utf8),
                    summary: Array("topic,Parks\nconversation-description,Ours\n".utf8)))
            let opened = try await hall.conversations.bringIn(read, by: "town", at: TownHall.now)
            let held = try await hall.conversations.conversation(opened.id)
            // The vote on what was rejected counts for nothing.
            #expect(!held.isOpen && held.participants == 3 && held.votes == 3)
            let again = try PolisConversation(
                try await hall.conversations.export(opened.id, by: .moderator(opened.moderator)).files)
            #expect(again.topic == read.topic && again.description == read.description)
            #expect(again.statements == read.statements)
            let said = { (conversation: PolisConversation) in
                Dictionary(
                    uniqueKeysWithValues: conversation.participants.enumerated().map { row, number in
                        (number, conversation.votes.votes(of: row).map { [$0.statement, Int($0.stance.rawValue)] })
                    })
            }
            #expect(said(again) == said(read))
            #expect(
                try await hall.conversations.landscape(of: opened.id).landscape.votes.tallies == again.votes.tallies)
            // It goes on from there, once somebody opens it.
            try await hall.conversations.change(opened.id, by: .moderator(opened.moderator), isOpen: true) { terms in
                var terms = terms
                terms.ways = [.invitation]
                return terms
            }
            let ada = try await hall.invited(1, to: opened)[0]
            #expect(try await hall.vote(.agree, on: 7, by: ada, in: opened).event == 5)
        }
    }

    @Test("an importance that is none is refused with its place")
    func unfitImportance() throws {
        let problem = #expect(throws: ImportProblem.self) {
            try PolisConversation(
                PolisConversation.Files(
                    votes: Array("timestamp,comment-id,voter-id,vote,importance\n1,2,3,1,300\n".utf8)))
        }
        #expect(problem?.line == 2 && problem?.column == 9)
    }
}
