import Foundation
import Store
import Synchronization
import Testing

@testable import Deliberation

@Suite("Joining a conversation")
struct JoiningTests {
    @Test("an invitation lets one person in, however many come with it at once")
    func invitations() async throws {
        try await inTownHall { hall in
            let opened = try await hall.open()
            let code = try await hall.conversations.invite(1, to: opened.id, by: .moderator(opened.moderator))[0]
            let came = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<20 {
                    group.addTask { (try? await hall.conversations.join(opened.id, with: code)) != nil }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(came == 1)
            await #expect(throws: ConversationError.usedInvitation) {
                try await hall.conversations.join(opened.id, with: code)
            }
            await #expect(throws: ConversationError.unknownInvitation) {
                try await hall.conversations.join(opened.id, with: .make(.invitation))
            }
            await #expect(throws: ConversationError.notOffered(.proofOfWork, offered: [.invitation])) {
                try await hall.conversations.challenge(for: opened.id, at: TownHall.now)
            }
        }
    }

    @Test("several cores find a solution that holds, and stop when they are told to")
    func solving() async throws {
        let work = ProofOfWork(secret: [1, 2, 3])
        let id = ConversationID.make()
        for cores in [0, 1, 3] {
            let challenge = work.challenge(for: id, bits: 12, at: 0)
            let found = try #require(await ProofOfWork.solution(of: challenge.text, bits: challenge.bits, cores: cores))
            #expect(throws: Never.self) { try work.check(challenge.text, found.text, for: id, at: 1) }
            #expect(found.tries > 0)
        }
        let heard = Mutex<[Int]>([])
        let stopped = await ProofOfWork.solution(of: "unsolvable", bits: 256, cores: 2) { tries in
            heard.withLock {
                $0.append(tries)
                return $0.count < 5
            }
        }
        #expect(stopped == nil && heard.withLock { $0.count >= 5 && $0.allSatisfy { $0 > 0 } })
        let searching = Task { await ProofOfWork.solution(of: "unsolvable", bits: 256, cores: 2) }
        searching.cancel()
        #expect(await searching.value == nil)
    }

    @Test("work lets one person in: once, in time, for this conversation, and only if it was done")
    func work() async throws {
        try await inTownHall { hall in
            let opened = try await hall.open(ways: [.proofOfWork], bits: 12)
            let other = try await hall.open(ways: [.proofOfWork], bits: 12)
            let challenge = try await hall.conversations.challenge(for: opened.id, at: TownHall.now)
            #expect(challenge.bits == 12)
            let solution = ProofOfWork.solution(of: challenge)
            func join(_ text: String, _ solution: String, in id: ConversationID, at moment: Int64 = TownHall.now)
                async throws -> JoinedParticipant
            { try await hall.conversations.join(id, with: text, solution: solution, at: moment) }
            await #expect(throws: ConversationError.unfitProof(.unsolved(bits: 12))) {
                try await join(challenge.text, "x", in: opened.id)
            }
            await #expect(throws: ConversationError.unfitProof(.foreign)) {
                try await join(challenge.text, solution, in: other.id)
            }
            await #expect(throws: ConversationError.unfitProof(.expired)) {
                try await join(challenge.text, solution, in: opened.id, at: challenge.until)
            }
            // Nobody makes it easier for themselves.
            let easier = challenge.text.replacing(".12.", with: ".0.")
            await #expect(throws: ConversationError.unfitProof(.foreign)) { try await join(easier, "x", in: opened.id) }
            _ = try await join(challenge.text, solution, in: opened.id)
            await #expect(throws: ConversationError.unfitProof(.spent)) {
                try await join(challenge.text, solution, in: opened.id)
            }
        }
    }

    @Test("an account is one participant, whose earlier secret is over when they come again")
    func accounts() async throws {
        try await inTownHall { hall in
            let opened = try await hall.open(ways: [.identity])
            let ada = ProvedIdentity(issuer: "https://id", subject: "ada")
            let first = try await hall.conversations.join(opened.id, as: ada, at: TownHall.now)
            let second = try await hall.conversations.join(opened.id, as: ada, at: TownHall.now)
            let ben = try await hall.conversations.join(
                opened.id, as: ProvedIdentity(issuer: "https://id", subject: "ben"), at: TownHall.now)
            #expect(first.participant == second.participant)
            #expect(first.participant != ben.participant)
            await #expect(throws: ConversationError.notAParticipant) {
                try await hall.vote(.agree, on: 0, by: first, in: opened)
            }
            #expect(try await hall.vote(.agree, on: 0, by: second, in: opened).event == 1)
            // Where one name ends and the other begins makes a difference.
            let shifted = try await hall.conversations.join(
                opened.id, as: ProvedIdentity(issuer: "https://ida", subject: "da"), at: TownHall.now)
            #expect(shifted.participant != first.participant)
        }
    }

    @Test("an ID token lets in once: whoever sends it again, here, elsewhere or after a restart, gets nothing by it")
    func tokens() async throws {
        try await inTownHall { hall in
            let opened = try await hall.open(ways: [.identity])
            let other = try await hall.open(ways: [.identity])
            let until = TownHall.now + 60_000
            let token = ProvedIdentity.UsedToken(digest: [1, 2, 3], until: until)
            let ada = ProvedIdentity(issuer: "https://id", subject: "ada", token: token)
            let first = try await hall.conversations.join(opened.id, as: ada, at: TownHall.now)
            let again = try TownHall(beside: hall)
            defer { try? again.store.close() }
            for server in [hall, again] {
                for id in [opened.id, other.id] {
                    await #expect(throws: ConversationError.usedToken) {
                        try await server.conversations.join(id, as: ada, at: until)
                    }
                }
            }
            // The secret that the first got stands.
            try await hall.vote(.agree, on: 0, by: first, in: opened)
            // Who was refused for another reason can still use theirs.
            try await hall.conversations.change(other.id, by: .moderator(other.moderator), isOpen: false)
            let ben = ProvedIdentity(issuer: "https://id", subject: "ben", token: .init(digest: [4], until: until))
            await #expect(throws: ConversationError.closed) {
                try await hall.conversations.join(other.id, as: ben, at: TownHall.now)
            }
            _ = try await hall.conversations.join(opened.id, as: ben, at: TownHall.now)
            // What is over anyway is remembered no longer.
            _ = try await hall.conversations.join(
                opened.id,
                as: ProvedIdentity(
                    issuer: "https://id", subject: "cam", token: .init(digest: [5], until: until + 10_000_000)),
                at: until + 3_000_000)
            #expect(try hall.rows("SELECT token FROM deliberation_tokens").map { try $0.blob("token") } == [[5]])
        }
    }

    @Test("in a closed conversation an account that takes part gets a secret again, and no other comes in")
    func regaining() async throws {
        try await inTownHall { hall in
            let opened = try await hall.open(ways: [.identity])
            let ada = ProvedIdentity(issuer: "https://id", subject: "ada")
            let first = try await hall.conversations.join(opened.id, as: ada, at: TownHall.now)
            try await hall.vote(.agree, on: 0, by: first, in: opened)
            try await hall.conversations.change(opened.id, by: .moderator(opened.moderator), isOpen: false)
            let second = try await hall.conversations.join(opened.id, as: ada, at: TownHall.now)
            #expect(second.participant == first.participant)
            #expect(try await hall.conversations.votes(of: second.secret, in: opened.id).count == 1)
            await #expect(throws: ConversationError.notAParticipant) {
                try await hall.conversations.votes(of: first.secret, in: opened.id)
            }
            await #expect(throws: ConversationError.closed) {
                try await hall.conversations.join(
                    opened.id, as: ProvedIdentity(issuer: "https://id", subject: "ben"), at: TownHall.now)
            }
            await #expect(throws: ConversationError.closed) {
                try await hall.vote(.agree, on: 1, by: second, in: opened)
            }
            try await hall.conversations.withdraw(second.secret, from: opened.id)
            // Once out, they are nobody here, and nobody new comes in.
            await #expect(throws: ConversationError.closed) {
                try await hall.conversations.join(opened.id, as: ada, at: TownHall.now)
            }
        }
    }

    @Test("an invitation that was taken back lets nobody in, and one that was used stays used")
    func revoking() async throws {
        try await inTownHall { hall in
            let opened = try await hall.open()
            let moderator = Overseer.moderator(opened.moderator)
            let codes = try await hall.conversations.invite(4, to: opened.id, by: moderator)
            let ada = try await hall.conversations.join(opened.id, with: codes[0])
            await #expect(throws: ConversationError.notAModerator) {
                try await hall.conversations.revokeInvitations(to: opened.id, by: .moderator(nil))
            }
            let some = [codes[0], codes[1], .make(.invitation)]
            #expect(try await hall.conversations.revokeInvitations(some, to: opened.id, by: moderator) == 1)
            await #expect(throws: ConversationError.unknownInvitation) {
                try await hall.conversations.join(opened.id, with: codes[1])
            }
            await #expect(throws: ConversationError.usedInvitation) {
                try await hall.conversations.join(opened.id, with: codes[0])
            }
            _ = try await hall.conversations.join(opened.id, with: codes[2])
            #expect(try await hall.conversations.revokeInvitations(to: opened.id, by: moderator) == 1)
            await #expect(throws: ConversationError.unknownInvitation) {
                try await hall.conversations.join(opened.id, with: codes[3])
            }
            #expect(try await hall.vote(.agree, on: 0, by: ada, in: opened).event == 1)
        }
    }

    @Test("neither what is kept nor what is exported says who somebody is, or in which order they came")
    func nobodyKnows() async throws {
        try await inTownHall { hall in
            let opened = try await hall.open(ways: [.identity, .invitation])
            let codes = try await hall.conversations.invite(30, to: opened.id, by: .moderator(opened.moderator))
            var joined = [
                try await hall.conversations.join(
                    opened.id, as: ProvedIdentity(issuer: "https://id.example", subject: "ada-lovelace"),
                    at: TownHall.now)
            ]
            for code in codes { joined.append(try await hall.conversations.join(opened.id, with: code)) }
            for person in joined { try await hall.vote(.agree, on: 0, by: person, in: opened) }
            let numbers = joined.map(\.participant.number)
            #expect(Set(numbers).count == 31)
            #expect(numbers != numbers.sorted())
            // Nor does where the rows lie: this is the order in which SQLite keeps them.
            let lying = try hall.rows("SELECT number FROM deliberation_participants ORDER BY rowid").map {
                try $0.integer("number")
            }
            #expect(Set(lying) == Set(numbers) && lying != numbers)
            try hall.store.compactLog()
            let kept = try Data(contentsOf: URL(fileURLWithPath: hall.path))
            for secret in ["ada-lovelace", "id.example"] + codes.map({ $0.reveal() })
                + joined.map({ $0.secret.reveal() })
                + [opened.moderator.reveal()]
            {
                #expect(kept.range(of: Data(secret.utf8)) == nil)
            }
            let export = try await hall.conversations.export(opened.id, by: .moderator(opened.moderator))
            let lines = String(decoding: export.bytes(of: .participantsVotes), as: UTF8.self).split(separator: "\n")
            #expect(lines.dropFirst().map { Int64($0.prefix { $0 != "," }) ?? -1 } == numbers.sorted())
            // Both accounts of one name in two conversations have nothing in common.
            let other = try await hall.open(ways: [.identity])
            _ = try await hall.conversations.join(
                other.id, as: ProvedIdentity(issuer: "https://id.example", subject: "ada-lovelace"), at: TownHall.now)
            let links = try hall.rows("SELECT link FROM deliberation_links").map { try $0.blob("link") }
            #expect(Set(links).count == 2)
        }
    }

    @Test("a secret is never in a description, and is read in capitals and with white space around it")
    func secrets() throws {
        for kind in ConversationSecret.Kind.allCases {
            let secret = ConversationSecret.make(kind)
            #expect(!"\(secret) \(String(reflecting: secret))".contains(secret.reveal()))
            var text = ""
            dump(secret, to: &text)
            #expect(!text.contains(secret.reveal().dropFirst(4)))
            #expect(ConversationSecret(" \(secret.reveal().uppercased())\n", kind) == secret)
            #expect(ConversationSecret(String(secret.reveal().dropLast()), kind) == nil)
        }
        #expect(ConversationSecret(ConversationSecret.make(.invitation).reveal(), .moderator) == nil)
    }

    @Test("no text that somebody sends makes the readers of ids, secrets, challenges and languages crash or say yes")
    func fuzz() async throws {
        var draws = Draws(11)
        let work = ProofOfWork(secret: [1, 2, 3])
        let id = ConversationID.make()
        let good = [
            id.description, ConversationSecret.make(.participant).reveal(),
            work.challenge(for: id, bits: 1, at: 0).text, "pt-BR", "https://id",
        ]
        for turn in 0..<4_000 {
            var scalars = Array((good.randomElement(using: &draws) ?? "").unicodeScalars)
            for _ in 0...(turn % 5) {
                let place = scalars.isEmpty ? 0 : Int.random(in: 0..<scalars.count, using: &draws)
                let scalar = Unicode.Scalar(UInt32.random(in: 0...0x2FFF, using: &draws)) ?? "."
                switch turn % 3 {
                case 0 where !scalars.isEmpty: scalars[place] = scalar
                case 1 where !scalars.isEmpty: scalars.remove(at: place)
                default: scalars.insert(scalar, at: place)
                }
            }
            let text = String(String.UnicodeScalarView(scalars))
            if let read = ConversationID(text) { #expect(read.description == text.lowercased()) }
            _ = ConversationSecret(text, .participant)
            _ = try? ConversationTerms.language(text)
            guard text != good[2] else { continue }
            #expect(throws: ProofOfWork.Problem.self) { try work.check(text, "1", for: id, at: 1) }
        }
    }
}
