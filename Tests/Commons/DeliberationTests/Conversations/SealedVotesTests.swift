import Foundation
import Store
import Testing

@testable import Deliberation

@Suite("Votes and authorships under their participants' keys")
struct SealedVotesTests {
    /// Numbers that SQLite writes in four bytes each, which nothing else in the file has.
    private static let statement = 0x5A5A_1234
    private static let participant: Int64 = 0x4B4B_5678

    private static func bytes(_ numbers: Int64...) -> [UInt8] {
        numbers.flatMap { number in (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) } }
    }

    /// A vote of one person on one statement as a plain row has it, followed by its stance.
    private static let plain = bytes(participant, Int64(statement))

    /// Whether a participant's number stands close to some words in the file.
    private func stands(_ participant: Int64, beside words: String, _ hall: TownHall) throws -> Bool {
        var whole = try Data(contentsOf: URL(fileURLWithPath: hall.path))
        if let log = try? Data(contentsOf: URL(fileURLWithPath: hall.path + "-wal")) { whole += log }
        let wanted = Data(Self.bytes(participant))
        var from = whole.startIndex
        while let found = whole.range(of: Data(words.utf8), in: from..<whole.endIndex) {
            let near = max(whole.startIndex, found.lowerBound - 60)..<min(whole.endIndex, found.upperBound + 60)
            if whole.range(of: wanted, in: near) != nil { return true }
            from = found.upperBound
        }
        return false
    }

    /// A database as version 2 of the tables had it, with one conversation of two people.
    private func older() async throws -> (path: String, OpenedConversation, [JoinedParticipant]) {
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent("older-\(UUID().uuidString)/hall.sqlite").path
        let store = try DataStore(
            path: path, migrations: Array(ConversationsMigrations.all.prefix(2)) + Seal.migrations)
        let seal = try TownHall.seal(store)
        let opened = OpenedConversation(id: .make(), moderator: .make(.moderator))
        let people = [Self.participant, 77].map {
            JoinedParticipant(participant: .init(number: $0), secret: .make(.participant))
        }
        try await store.write { session in
            _ = try ConversationRows.open(
                ConversationTerms(topic: "Our square", takesImportance: true), id: opened.id, application: "town",
                isOpen: true, linkKey: try ConversationKey.make(for: opened.id, with: seal, in: session), at: 1,
                in: session)
            try ConversationRows.addModerator(opened.moderator, named: "Ben", of: 1, at: 1, in: session)
            for person in people {
                try session.run(
                    "INSERT INTO deliberation_participants (conversation, number, secret) VALUES (1, ?, ?)",
                    .integer(person.participant.number), .blob(person.secret.digest))
            }
            for (number, words, author) in [(3, "Trees.", nil), (Self.statement, "Benches.", Self.participant)] {
                try session.run(
                    """
                    INSERT INTO deliberation_statements (
                        conversation, number, words, form, language, author, is_seed, standing, at)
                    VALUES (1, ?, ?, ?, 'en', ?, 0, 'accepted', 5)
                    """, SQLValue(number), .text(words), .blob(StatementLikeness.fingerprint(of: words)),
                    .integer(ifAny: author))
            }
            // The third went with somebody who withdrew.
            for (number, person, statement, stance, importance) in [
                (1, Self.participant, Self.statement, 1, nil), (2, 77, 3, -1, 255),
                (4, Self.participant, Self.statement, -1, 9), (5, Self.participant, 3, 0, nil),
            ] as [(Int64, Int64, Int, Int64, Int64?)] {
                try session.run(
                    """
                    INSERT INTO deliberation_vote_events (
                        conversation, number, participant, statement, stance, importance, at)
                    VALUES (1, ?, ?, ?, ?, ?, ?)
                    """, .integer(number), .integer(person), SQLValue(statement), .integer(stance),
                    .integer(ifAny: importance), .integer(1_000 + number))
            }
            try session.run("UPDATE deliberation_conversations SET last_event = 5")
        }
        try store.close()
        return (path, opened, people)
    }

    @Test("what an older Trellis kept in the clear is sealed at the next start, and says the same")
    func carriedOver() async throws {
        let (path, opened, people) = try await older()
        let hall = try TownHall(older: path)
        defer { hall.close() }
        #expect(try hall.holds(Self.plain))
        #expect(try stands(Self.participant, beside: "Benches.", hall))
        #expect(try await hall.conversations.sealOlder() == 4)
        await hall.conversations.upkeep.settle()
        #expect(try !hall.holds(Self.plain))
        #expect(try !stands(Self.participant, beside: "Benches.", hall))
        let tables = try hall.rows("SELECT name FROM sqlite_master").map { try $0.text("name") }
        #expect(!tables.contains { $0.hasPrefix("deliberation_unsealed_") } && tables.contains("deliberation_unsealed"))
        let votes = try hall.events(opened)
        #expect(votes.map(\.stance) == [.agree, .disagree, .disagree, .pass])
        #expect(votes.map(\.statement) == [Self.statement, 3, Self.statement, 3])
        #expect(votes.map(\.importance?.steps) == [nil, 255, 9, nil])
        #expect(votes.map(\.at) == [1_001, 1_002, 1_004, 1_005])
        #expect(votes.map(\.participant) == [Self.participant, 77, Self.participant, Self.participant])
        let statements = try await hall.conversations.statements(of: opened.id, for: .moderator(opened.moderator))
        #expect(statements.map(\.author) == [nil, Self.participant])
        let held = try await hall.conversations.conversation(opened.id)
        #expect(held.votes == 3 && held.participants == 2)
        // It goes on from there.
        #expect(
            try await hall.vote(.agree, on: 3, by: people[1], in: opened) == VoteReceipt(event: 6, previous: .disagree))
        #expect(try await hall.conversations.sealOlder() == 0)
        #expect(try hall.events(opened).count == 5)
    }

    @Test("neither the file nor the log has a vote or an author in the clear")
    func unreadable() async throws {
        try await inTownHall { hall in
            let read = try PolisConversation(
                PolisConversation.Files(
                    participantsVotes: Array(
                        "participant,3,\(Self.statement)\n\(Self.participant),1,-1\n9,1,1\n".utf8)))
            let opened = try await hall.conversations.bringIn(read, by: "town", at: TownHall.now)
            #expect(try hall.standing(opened).contains { $0.statement == Self.statement })
            #expect(try !hall.holds(Self.plain))
            try await hall.conversations.change(opened.id, by: .moderator(opened.moderator), isOpen: true) { terms in
                var terms = terms
                terms.ways = [.invitation]
                return terms
            }
            let people = try await hall.invited(12, to: opened)
            for person in people {
                try await hall.vote(.agree, on: Self.statement, by: person, in: opened)
                _ = try await hall.conversations.write(
                    StatementText("Number \(person.participant.number) wants trees."), by: person.secret,
                    in: opened.id, at: TownHall.now)
            }
            try hall.store.compactLog()
            for person in people where person.participant.number > 1 << 24 {
                let number = person.participant.number
                #expect(try !hall.holds(Self.bytes(number, Int64(Self.statement))))
                #expect(try !stands(number, beside: "Number \(number) wants trees.", hall))
            }
            // Whoever wrote first isn't known by where the rows lie.
            let lying = try hall.rows("SELECT participant FROM deliberation_authorships ORDER BY rowid").map {
                try $0.integer("participant")
            }
            let wrote = people.map(\.participant.number)
            #expect(Set(lying) == Set(wrote) && lying != wrote)
            let statements = try await hall.conversations.statements(
                of: opened.id, for: .moderator(opened.moderator))
            #expect(statements.suffix(12).map(\.author) == wrote)
        }
    }

    @Test("what somebody said can't be read from a copy of the rows once they withdrew")
    func destroyed() async throws {
        try await inTownHall { hall in
            let opened = try await hall.open()
            let people = try await hall.invited(2, to: opened)
            let written = try await hall.conversations.write(
                StatementText("More trees."), by: people[0].secret, in: opened.id, at: TownHall.now)
            for person in people { try await hall.vote(.agree, on: 0, by: person, in: opened) }
            let votes = try hall.rows("SELECT * FROM deliberation_vote_events")
            let authorships = try hall.rows("SELECT * FROM deliberation_authorships")
            try await hall.conversations.withdraw(people[0].secret, from: opened.id)
            let number = people[0].participant.number
            // A copy of the rows from before, beside the keys that there are now.
            try await hall.store.write { session in
                for row in votes where try row.integer("participant") == number {
                    try session.run(
                        """
                        INSERT INTO deliberation_vote_events (conversation, number, participant, tag, sealed)
                        VALUES (?, ?, ?, ?, ?)
                        """, try row["conversation"], try row["number"], try row["participant"], try row["tag"],
                        try row["sealed"])
                }
                for row in authorships {
                    try session.run(
                        "INSERT INTO deliberation_authorships (conversation, participant, sealed) VALUES (?, ?, ?)",
                        try row["conversation"], try row["participant"], try row["sealed"])
                }
            }
            #expect(try hall.rows("SELECT number FROM deliberation_vote_events").count == 2)
            let again = try TownHall(beside: hall)
            defer { try? again.store.close() }
            #expect(try again.events(opened).map(\.participant) == [people[1].participant.number])
            let statements = try await again.conversations.statements(
                of: opened.id, for: .moderator(opened.moderator))
            #expect(statements.first { $0.number == written.statement.number }?.author == nil)
            #expect(try await again.conversations.landscape(of: opened.id).landscape.votes.voteCount == 1)
            #expect(try await again.conversations.conversation(opened.id).votes == 1)
            // Nobody who has every key that there is opens it: neither a new one of the same number, nor another's.
            let sealed = try #require(
                try votes.first { try $0.integer("participant") == number }?.blob("sealed"))
            try await hall.store.write { [seal = hall.seal] session in
                let head = try ConversationRows.head(opened.id, of: nil, in: session)
                let conversation = try ConversationKey(of: head, with: seal, in: session)
                #expect(try ParticipantRows.add(number, to: conversation, in: session))
                var keys = ParticipantKeys(conversation)
                for person in people {
                    let key = try #require(try keys.key(of: person.participant.number, session))
                    #expect(throws: SealError.damaged) { try key.vote(sealed, as: 1) }
                    #expect(throws: SealError.damaged) {
                        try key.authorship(try authorships[0].blob("sealed"))
                    }
                }
            }
        }
    }

    @Test("a sealed vote opens for its own participant, conversation and place only")
    func bound() async throws {
        try await inTownHall { hall in
            let (opened, other) = (try await hall.open(), try await hall.open())
            try await hall.store.write { [seal = hall.seal] session in
                let conversation = try ConversationKey(
                    of: ConversationRows.head(opened.id, of: nil, in: session), with: seal, in: session)
                let elsewhere = try ConversationKey(
                    of: ConversationRows.head(other.id, of: nil, in: session), with: seal, in: session)
                let (key, sealedKey) = try conversation.makeKey(of: 5)
                let vote = VoteRows.Kept(
                    participant: 5, statement: 1 << 40, stance: .disagree, importance: .highest, at: -7)
                let sealed = try key.seal(vote, as: 3)
                #expect(try key.vote(sealed, as: 3) == vote)
                #expect(try conversation.key(opening: sealedKey, of: 5).vote(sealed, as: 3) == vote)
                #expect(throws: SealError.damaged) { try key.vote(sealed, as: 4) }
                #expect(throws: SealError.damaged) { try key.authorship(sealed) }
                #expect(throws: SealError.damaged) { try conversation.key(opening: sealedKey, of: 6) }
                #expect(throws: SealError.damaged) { try elsewhere.key(opening: sealedKey, of: 5) }
                var changed = sealed
                changed[changed.count / 2] ^= 1
                #expect(throws: SealError.damaged) { try key.vote(changed, as: 3) }
                for length in 0..<sealed.count {
                    #expect(throws: SealError.damaged) { try key.vote(Array(sealed.prefix(length)), as: 3) }
                }
                // Votes on one statement are found again, and nobody else finds them.
                #expect(key.tag(of: 1) == key.tag(of: 1) && key.tag(of: 1) != key.tag(of: 2))
                #expect(key.tag(of: 1) != (try conversation.makeKey(of: 5).key.tag(of: 1)))
            }
        }
    }
}
