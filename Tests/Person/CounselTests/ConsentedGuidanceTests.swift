import Charters
import Consents
import Foundation
import Logging
import Models
import Store
import Testing

@testable import Counsel

/// The whole way of a consent: what the ledger says is live, what the adviser makes of it, what the model is told, what the
/// receipt says, and what an audit finds in the receipts.
@Suite("Guidance and consents, from the ledger to the audit")
struct ConsentedGuidanceTests {
    /// What happened, as a plain list, and what follows from it by looking through it.
    private struct Reference {
        struct Given {
            var person: PersonKey
            var guidance: String
            var wording: Int
            var from: Int64
            var until: Int64
        }
        var given: [Given] = []

        func isLive(_ guidance: String, _ wording: Int, _ person: PersonKey, _ at: Int64) -> Bool {
            let last = given.last { $0.person == person && $0.guidance == guidance }
            return last.map { $0.wording == wording && $0.from <= at && at < $0.until } ?? false
        }

        mutating func end(_ guidance: String?, _ person: PersonKey, _ at: Int64) {
            for index in given.indices
            where given[index].person == person && (guidance == nil || given[index].guidance == guidance) {
                given[index].until = min(given[index].until, at)
            }
        }
    }

    /// The same charter in two wordings of one guidance.
    private static func charter(_ wording: Int) throws -> CompiledCharter {
        try Charter.read(
            """
            charter: riverside/tutor
            version: 1.\(wording).0
            purpose: Help pupils.
            goods:
              understanding: { says: A pupil can explain an idea. }
            guidance:
              drift: { says: "Name their goal, wording \(wording).", asks: "May I name it, wording \(wording)?", expires: 3d }
              sleep: { says: Say that it is late., asks: May I tell you when it is late?, expires: 2d }
              quit-drinking: { says: Ask how the week without drink went., asks: May I ask?, expires: 9d }
            """, file: "c"
        ).charter.compiled(role: nil)
    }

    private struct Place {
        let folder: TemporaryFolder
        let store: DataStore
        let ledger: ConsentLedger
        let receipts: ReceiptLedger
        let wishes: WishesStore
        static let migrations = Seal.migrations + CounselMigrations.all + ConsentsMigrations.all

        init(in folder: TemporaryFolder) throws {
            self.folder = folder
            store = try DataStore(path: folder("t.sqlite"), migrations: Self.migrations)
            let seal = try Seal(store: store, keyEncryptionKey: KeyEncryptionKey(keptAt: folder("kek")))
            ledger = ConsentLedger(store: store, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            wishes = WishesStore(store: store, seal: seal)
            receipts = ReceiptLedger(store: store, journal: try Journal(directory: folder("journal")), seal: seal)
        }

        /// What another process reads, with the journal as it is.
        func replies() throws -> [ConsentAudit.GuidedReply] {
            let store = try DataStore(readingAt: folder("t.sqlite"), migrations: Self.migrations)
            let seal = try Seal(store: store, keyEncryptionKey: KeyEncryptionKey(keptAt: folder("kek")))
            return try ReceiptReader(store: store, journalDirectory: folder("journal"), seal: seal, opensBodies: false)
                .guidedReplies()
        }
    }

    @Test(
        "the model is told of guidance exactly while the person's consent to it is live, and receipts alone prove it",
        arguments: 1...8)
    func proved(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let place = try Place(in: try TemporaryFolder())
        let charters = try [Self.charter(0), Self.charter(1)]
        let questions = charters.map { ConsentQuestion.all(of: $0.guidance, charter: $0.id) }
        let adviser = Adviser(consents: place.ledger)
        let cues = CueReader()
        let people = [1, 2, 3].map { PersonPseudonym(high: UInt64($0), low: seed) }
        var reference = Reference()
        var at: Int64 = 1_790_000_000_000
        var told: [(person: PersonKey, at: Int64, count: Int)] = []
        var erasedAt: [PersonKey: Int64] = [:]
        for _ in 0..<160 {
            at += Int64.random(in: 1..<43_200_000, using: &random)
            let pseudonym = people.randomElement(using: &random)!
            let person = PersonKey(pseudonym, in: "riverside")
            let wording = Int.random(in: 0...1, using: &random)
            let question = questions[wording].randomElement(using: &random)!
            switch Int.random(in: 0...19, using: &random) {
            case 0...5:
                let until =
                    Bool.random(using: &random) ? nil : at + Int64.random(in: 1...question.period, using: &random)
                try await place.ledger.grant(question, by: person, at: at, until: until, through: .api)
                reference.end(question.guidance, person, at)
                let same = question.guidance == "drift" ? wording : -1
                reference.given.append(
                    .init(
                        person: person, guidance: question.guidance, wording: same, from: at,
                        until: until ?? at + question.period))
            case 6:
                try await place.ledger.decline(question, by: person, at: at, through: .api)
                reference.end(question.guidance, person, at)
            case 7:
                try await place.ledger.revoke(
                    question.guidance, of: question.charter, by: person, at: at, through: .commandLine)
                reference.end(question.guidance, person, at)
            case 8 where Int.random(in: 0..<4, using: &random) == 0:
                try await PersonErasure(receipts: place.receipts, consents: place.ledger, wishes: place.wishes)
                    .erase(pseudonym, in: "riverside", at: at)
                reference.end(nil, person, at)
                reference.given.removeAll { $0.person == person }
                erasedAt[person] = at
            default: break
            }
            at += 1
            // A reply to somebody, under one of the wordings, as the gateway makes it.
            let asker = people.randomElement(using: &random)!
            let asking = PersonKey(asker, in: "riverside")
            let inForce = Int.random(in: 0...1, using: &random)
            let message = ["What is a noun?", "Let's watch a film.", "I'm off to bed."].randomElement(using: &random)!
            let situation = cues.reading(
                of: Conversation(turns: [ChatTurn(.user, message)]), known: Circumstances(), charter: charters[inForce])
            let advice = adviser.advice(
                on: situation, under: charters[inForce], questions: questions[inForce], to: asking, at: at)
            for guidance in charters[inForce].guidance {
                let live = reference.isLive(
                    guidance.id, guidance.id == "drift" ? inForce : -1, asking, at)
                #expect(advice.brief.text.contains(guidance.says) == live, "\(guidance.id) at \(at)")
            }
            var receipt = Receipt.sample(at: at, person: asker)
            receipt.charter = .init(charters[inForce])
            receipt.layers = charters[inForce].layers.map { .init($0) }
            receipt.note(advice, under: charters[inForce])
            receipt.brief = .init(fingerprint: advice.brief.fingerprint)
            if advice.isForOne {
                receipt.workings = .init(
                    brief: advice.brief.text, asked: charters[inForce].asked(of: advice.brief.clauses))
            } else {
                place.receipts.remember(advice.brief, of: charters[inForce])
            }
            place.receipts.record(receipt)
            if let guidance = receipt.guidance { told.append((asking, at, guidance.count)) }
            if Int.random(in: 0..<9, using: &random) == 0 { await place.receipts.ingest() }
            let found = try #require(try await place.receipts.receipt(receipt.id))
            #expect(found.guidance == receipt.guidance && found.brief?.text == advice.brief.text)
            #expect(found.brief?.asked == charters[inForce].asked(of: advice.brief.clauses))
        }

        // From receipts alone, with nothing but the ledger's events beside them.
        let replies = try place.replies()
        let history = try await place.ledger.history()
        let report = ConsentAudit.report(on: replies, events: history.events, erasures: history.erasures)
        let gone = told.filter { told in erasedAt[told.person].map { told.at <= $0 } ?? false }
        #expect(report.violations == [])
        #expect(report.uses == told.reduce(0) { $0 + $1.count } && report.uses > 20)
        #expect(report.erased == gone.reduce(0) { $0 + $1.count })
        #expect(report.covered == report.uses - report.erased)

        // And the audit is no rubber stamp: without the yes that a reply stood on, just that reply is found.
        if let reply = replies.filter({ !$0.guidance.isEmpty }).randomElement(using: &random) {
            let without = history.events.filter { event in
                event.person.person != reply.person || event.guidance != reply.guidance[0]
            }
            let found = ConsentAudit.report(on: replies, events: without, erasures: history.erasures).violations
            #expect(found.contains { $0.receipt == reply.receipt && $0.guidance == reply.guidance[0] })
            #expect(
                found.allSatisfy { found in
                    replies.contains { $0.receipt == found.receipt && $0.person == reply.person }
                })
        }
    }
}
