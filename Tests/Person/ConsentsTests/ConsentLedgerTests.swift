import Charters
import Flourishing
import Foundation
import Store
import Synchronization
import Testing

@testable import Consents

@Suite("The ledger of consents")
struct ConsentLedgerTests {
    @Test("nothing is live for somebody who was never asked")
    func silence() async throws {
        let ledger = try TemporaryFolder().ledger()
        #expect(ledger.live([question()], for: ada, at: now).isEmpty)
        #expect(ledger.mayAsk(question(), of: ada, at: now))
        #expect(ledger.standing(question(), for: ada) == nil)
    }

    @Test("a yes holds at once, for this person, application, charter and guidance, and for nobody else")
    func granting() async throws {
        let ledger = try TemporaryFolder().ledger()
        try await ledger.grant(question(), by: ada, at: now, through: .api)
        let permits = ledger.live([question(), question("other")], for: ada, at: now)
        #expect(permits.map(\.guidance) == ["drift"])
        #expect(permits.first?.charter == "riverside/tutor")
        #expect(permits.first?.question == question().fingerprint)
        #expect(ledger.live([question()], for: ben, at: now).isEmpty)
        let elsewhere = PersonKey(application: "another", person: "ada")
        #expect(ledger.live([question()], for: elsewhere, at: now).isEmpty)
        #expect(ledger.live([question(charter: "riverside/coach")], for: ada, at: now).isEmpty)
    }

    @Test("a yes ends when the charter's time is over, to the millisecond, and is not live before it was given")
    func expiring() async throws {
        let ledger = try TemporaryFolder().ledger()
        try await ledger.grant(question(days: 30), by: ada, at: now, through: .api)
        #expect(ledger.ids([question()], ada, now - 1).isEmpty)
        #expect(ledger.ids([question()], ada, now + 30 * day - 1) == ["drift"])
        #expect(ledger.ids([question()], ada, now + 30 * day).isEmpty)
    }

    @Test("a guidance that names no expiry holds for the language's own thirty days")
    func defaultExpiry() async throws {
        let ledger = try TemporaryFolder().ledger()
        try await ledger.grant(question(days: nil), by: ada, at: now, through: .api)
        let consent = try await ledger.standings(of: ada).first?.consent
        #expect(consent?.expiresAt == now + 30 * day)
        #expect(consent?.question == "May I bring up your goal?")
        #expect(consent?.through == .api)
    }

    @Test("a person may shorten the time, and nobody may lengthen it beyond the charter's")
    func until() async throws {
        let ledger = try TemporaryFolder().ledger()
        try await ledger.grant(question(), by: ada, at: now, until: now + day, through: .commandLine)
        #expect(ledger.ids([question()], ada, now + day - 1) == ["drift"])
        #expect(ledger.ids([question()], ada, now + day).isEmpty)
        for end in [now, now - 1, now + 30 * day + 1, .max, .min] {
            await #expect(throws: ConsentError.self) {
                try await ledger.grant(question(), by: ada, at: now, until: end, through: .api)
            }
        }
        #expect(try await ledger.events(of: ada).count == 1)
    }

    @Test("a yes that is taken back is over at once, whatever moment is asked about")
    func revoking() async throws {
        let ledger = try TemporaryFolder().ledger()
        try await ledger.grant(question(), by: ada, at: now, through: .api)
        #expect(ledger.ids([question()], ada, now + 5) == ["drift"])
        #expect(try await ledger.revoke("drift", of: "riverside/tutor", by: ada, at: now + 10, through: .api))
        #expect(ledger.ids([question()], ada, now + 10).isEmpty)
        // A message that arrived before and is prepared now is guided no more.
        #expect(ledger.ids([question()], ada, now + 5).isEmpty)
        #expect(try await !ledger.revoke("drift", of: "riverside/tutor", by: ada, at: now + 11, through: .api))
        try await ledger.grant(question(), by: ada, at: now + 12, through: .api)
        #expect(ledger.ids([question()], ada, now + 12) == ["drift"])
    }

    @Test("everything can be taken back in one step")
    func revokingAll() async throws {
        let ledger = try TemporaryFolder().ledger()
        for id in ["a", "b"] {
            for charter in ["x/one", "x/two"] {
                try await ledger.grant(question(id, charter: charter), by: ada, at: now, through: .api)
            }
        }
        try await ledger.grant(question("a", charter: "x/one"), by: ben, at: now, through: .api)
        #expect(try await ledger.revokeAll(by: ada, at: now + 1, through: .api) == 4)
        #expect(try await ledger.revokeAll(by: ada, at: now + 2, through: .api) == 0)
        #expect(ledger.ids([question("a", charter: "x/one"), question("b", charter: "x/two")], ada, now + 2).isEmpty)
        #expect(ledger.ids([question("a", charter: "x/one")], ben, now + 2) == ["a"])
    }

    @Test("a change of what was agreed to needs a new yes", arguments: 0..<6)
    func changedQuestion(which: Int) async throws {
        let before = GuidanceClause(
            id: "drift", says: "Remind me.", asks: "May I?", expiresDays: 30, when: .topic("work"), move: .challenge)
        var after = before
        switch which {
        case 0: after.asks = "May I ?"
        case 1: after.says = "Remind me sternly."
        case 2: after.expiresDays = 31
        case 3: after.move = .ask
        case 4: after.when = .topic("school")
        default: after.when = nil
        }
        let ledger = try TemporaryFolder().ledger()
        try await ledger.grant(ConsentQuestion(before, charter: "a/b"), by: ada, at: now, through: .api)
        #expect(ledger.ids([ConsentQuestion(before, charter: "a/b")], ada, now) == ["drift"])
        #expect(ledger.ids([ConsentQuestion(after, charter: "a/b")], ada, now).isEmpty)
        // And is no reason to ask again sooner.
        #expect(!ledger.mayAsk(ConsentQuestion(after, charter: "a/b"), of: ada, at: now + day))
    }

    @Test("the order of a condition's parts is no change, and a missing expiry is the same as thirty days")
    func sameQuestion() {
        let one = clause(days: nil, when: .all([.topic("a"), .any([.age(.adult), .role("x")])]))
        let other = clause(days: 30, when: .all([.any([.role("x"), .age(.adult)]), .topic("a")]))
        #expect(ConsentQuestion(one, charter: "a/b").fingerprint == ConsentQuestion(other, charter: "a/b").fingerprint)
    }

    @Test("names that look alike when they are joined are different questions")
    func fingerprints() {
        var all = Set<String>()
        let clauses = [
            clause(says: "ab", asks: "c"), clause(says: "a", asks: "bc"), clause(says: "", asks: "abc"),
            clause(when: .topic("a\",topic(\"b")), clause(when: .any([.topic("a"), .topic("b")])),
            clause(when: .all([.topic("a"), .topic("b")])), clause(when: .not(.topic("a"))), clause(when: .topic("a")),
            clause(when: .role("a")), clause(when: .channel("a")), clause(when: .language("a")),
            clause(when: .hours(from: 1, until: 23)), clause(when: .hours(from: 12, until: 3)),
        ]
        for clause in clauses { all.insert(ConsentQuestion(clause, charter: "a/b").fingerprint) }
        #expect(all.count == clauses.count)
    }

    @Test("a question is put once in its period, and again when that is over")
    func asking() async throws {
        let ledger = try TemporaryFolder().ledger()
        #expect(try await ledger.noteAsked(question(), of: ada, at: now, through: .reply("rcp_1")))
        #expect(try await !ledger.noteAsked(question(), of: ada, at: now, through: .reply("rcp_2")))
        #expect(ledger.wasAsked(question(), of: ada, at: now + day))
        #expect(!ledger.mayAsk(question(), of: ada, at: now + 30 * day - 1))
        #expect(try await !ledger.noteAsked(question(), of: ada, at: now + 30 * day - 1, through: .api))
        #expect(ledger.mayAsk(question(), of: ada, at: now + 30 * day))
        #expect(try await ledger.noteAsked(question(), of: ada, at: now + 30 * day, through: .api))
        // Another guidance, charter or person is another matter.
        #expect(try await ledger.noteAsked(question("other"), of: ada, at: now, through: .api))
        #expect(try await ledger.noteAsked(question(charter: "a/b"), of: ada, at: now, through: .api))
        #expect(try await ledger.noteAsked(question(), of: ben, at: now, through: .api))
    }

    @Test("nobody is asked for what is live already, or what they took back or refused within the period")
    func settled() async throws {
        let ledger = try TemporaryFolder().ledger()
        try await ledger.grant(question(), by: ada, at: now, through: .api)
        #expect(!ledger.mayAsk(question(), of: ada, at: now + 1))
        try await ledger.revoke("drift", of: "riverside/tutor", by: ada, at: now + 20 * day, through: .api)
        #expect(!ledger.mayAsk(question(), of: ada, at: now + 49 * day))
        #expect(ledger.mayAsk(question(), of: ada, at: now + 50 * day))
        try await ledger.decline(question(), by: ben, at: now, through: .api)
        #expect(!ledger.mayAsk(question(), of: ben, at: now + 29 * day))
        #expect(ledger.mayAsk(question(), of: ben, at: now + 30 * day))
    }

    @Test("a no ends a yes that was given before")
    func decliningEnds() async throws {
        let ledger = try TemporaryFolder().ledger()
        try await ledger.grant(question(), by: ada, at: now, through: .api)
        try await ledger.decline(question(), by: ada, at: now + 1, through: .reply("rcp_1"))
        #expect(ledger.ids([question()], ada, now + 1).isEmpty)
    }

    @Test("of many replies that would ask at once, one does: in one process, and in two on the same store")
    func racing() async throws {
        let folder = try TemporaryFolder()
        let ledgers = [try folder.ledger(), try folder.ledger()]
        for round in 0..<5 {
            let question = question("g\(round)")
            let won = try await withThrowingTaskGroup(of: Bool.self) { tasks in
                for index in 0..<40 {
                    tasks.addTask {
                        try await ledgers[index % 2].noteAsked(question, of: ada, at: now, through: .api)
                    }
                }
                return try await tasks.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(won == 1)
        }
        #expect(try await ledgers[0].events(of: ada).count == 5)
    }

    @Test("what one process writes, another on the same store knows at once")
    func otherProcess() async throws {
        let folder = try TemporaryFolder()
        let here = try folder.ledger()
        let there = try folder.ledger()
        try await here.grant(question(), by: ada, at: now, through: .api)
        #expect(there.ids([question()], ada, now) == ["drift"])
        try await here.revoke("drift", of: "riverside/tutor", by: ada, at: now + 1, through: .api)
        #expect(there.ids([question()], ada, now + 2).isEmpty)
        try await there.grant(question(), by: ben, at: now, through: .api)
        try await here.erase(ben, at: now + 5)
        #expect(there.ids([question()], ben, now + 5).isEmpty)
    }

    @Test(
        "what is taken back while others are being answered is dated when it took effect, so that an audit can be exact"
    )
    func datedWhenItTakesEffect() async throws {
        let folder = try TemporaryFolder()
        let clock: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970 * 1_000) }
        let serving = ConsentLedger(store: try folder.store(), logger: .silent)
        let taking = ConsentLedger(store: try folder.store(), logger: .silent, clock: clock)
        let asked = question()
        // Answers ada without a pause, as a server does.
        let answering = Task { () -> [ConsentAudit.GuidedReply] in
            var replies: [ConsentAudit.GuidedReply] = []
            while !Task.isCancelled {
                let at = clock()
                if !serving.live([asked], for: ada, at: at).isEmpty, replies.last?.at != at {
                    replies.append(
                        ConsentAudit.GuidedReply(
                            receipt: "rcp_\(replies.count)", at: at, application: ada.application, person: ada.person,
                            charter: asked.charter, guidance: [asked.guidance],
                            questions: [asked.guidance: asked.fingerprint]))
                }
                await Task.yield()
            }
            return replies
        }
        for round in 0..<30 {
            let moment = clock()
            try await taking.grant(asked, by: ada, at: moment, through: .api)
            if round % 2 == 0 {
                #expect(try await taking.revoke("drift", of: asked.charter, by: ada, at: moment, through: .api))
            } else {
                try await taking.decline(asked, by: ada, at: moment, through: .api)
            }
            #expect(serving.ids([asked], ada, clock()).isEmpty, "from the next message on")
        }
        answering.cancel()
        let replies = await answering.value
        let report = ConsentAudit.report(on: replies, events: try await taking.history().events)
        #expect(report.violations == [])
    }

    @Test(
        "what took longer to be known than foreseen is dated again, but never later than what happened next",
        arguments: [0, 10, 11, 500])
    func datedAgain(took: Int64) async throws {
        let moments = Mutex<[Int64]>([])
        let ledger = ConsentLedger(
            store: try TemporaryFolder().store(), logger: .silent,
            clock: { moments.withLock { $0.isEmpty ? now : $0.removeFirst() } })
        try await ledger.grant(question(), by: ada, at: now, through: .api)
        moments.withLock { $0 = [now + 100, now + 100 + took] }
        #expect(try await ledger.revoke("drift", of: "riverside/tutor", by: ada, at: now + 100, through: .api))
        let end = now + 100 + max(10, took)
        #expect(try await ledger.events(of: ada).map(\.at) == [now, end])
        #expect(ledger.standing(question(), for: ada)?.consent?.revokedAt == end)
        #expect(ledger.standing(question(), for: ada)?.settledAt == end)
        #expect(ledger.ids([question()], ada, end).isEmpty)

        try await ledger.grant(question(), by: ada, at: end + 1, through: .api)
        let ended = try #require(try await ledger.events(of: ada).dropFirst().first)
        _ = try await ledger.store.write { session in
            try ConsentRows.postpone(ended, to: end + 5_000, in: session)
        }
        #expect(try await ledger.events(of: ada).map(\.at) == [now, end + 1, end + 1])

        moments.withLock { $0 = [now + 9_000, now + 9_000 + took] }
        try await ledger.erase(ada, at: now + 9_000)
        #expect(try await ledger.history().erasures[ada] == now + 9_000 + max(10, took))
    }

    @Test("a lookup that runs beside a writer never keeps what was over before the writer returned")
    func noStaleLookups() async throws {
        let folder = try TemporaryFolder()
        let ledger = try folder.ledger()
        let stop = Task {
            while !Task.isCancelled {
                _ = ledger.live([question()], for: ada, at: now)
                _ = ledger.live([question()], for: ben, at: now)
                await Task.yield()
            }
        }
        for round in 0..<100 {
            let moment = now + Int64(round)
            try await ledger.grant(question(), by: ada, at: moment, through: .api)
            #expect(ledger.ids([question()], ada, moment) == ["drift"])
            try await ledger.revoke("drift", of: "riverside/tutor", by: ada, at: moment, through: .api)
            #expect(ledger.ids([question()], ada, moment).isEmpty)
        }
        stop.cancel()
        await stop.value
    }

    @Test("clocks that disagree never make what happened later look earlier")
    func clocks() async throws {
        let ledger = try TemporaryFolder().ledger()
        try await ledger.grant(question(), by: ada, at: now + 1_000, through: .api)
        try await ledger.revoke("drift", of: "riverside/tutor", by: ada, at: now, through: .api)
        let events = try await ledger.events(of: ada)
        #expect(events.map(\.at) == [now + 1_000, now + 1_000])
        #expect(events.map(\.number) == [1, 2])
        #expect(ledger.ids([question()], ada, now + 2_000).isEmpty)
    }

    @Test("what is kept survives a restart, word for word")
    func reopening() async throws {
        let folder = try TemporaryFolder()
        let first = try folder.ledger()
        _ = try await first.noteAsked(question(), of: ada, at: now, through: .reply("rcp_7"))
        try await first.grant(question(), by: ada, at: now + 1, through: .reply("rcp_8"))
        try await first.decline(question("other"), by: ada, at: now + 2, through: .commandLine)
        let before = (try await first.events(of: ada), try await first.standings(of: ada))
        try first.store.close()
        let second = try folder.ledger()
        #expect(try await second.events(of: ada) == before.0)
        #expect(try await second.standings(of: ada) == before.1)
        #expect(before.0.map(\.through) == [.reply("rcp_7"), .reply("rcp_8"), .commandLine])
        #expect(second.standing(question(), for: ada)?.awaitsAnswer == false)
    }

    @Test("a person who is erased has nothing left here, not in the file either, and others keep theirs")
    func erasing() async throws {
        let folder = try TemporaryFolder()
        let ledger = try folder.ledger()
        let marked = question(asks: "May I sing the marker-7f3a song?")
        let mia = PersonKey(application: "homework", person: "pseudonym-of-mia")
        try await ledger.grant(marked, by: mia, at: now, through: .api)
        try await ledger.grant(question(), by: ben, at: now, through: .api)
        #expect(ledger.ids([marked], mia, now) == ["drift"])
        try await ledger.erase(mia, at: now + 1)
        #expect(ledger.live([marked], for: mia, at: now).isEmpty)
        #expect(try await ledger.events(of: mia).isEmpty)
        #expect(try await ledger.standings(of: mia).isEmpty)
        #expect(ledger.ids([question()], ben, now) == ["drift"])
        #expect(try await ledger.history().erasures == [mia: now + 1])
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.path + "/" + name))
            #expect(bytes.range(of: Data("marker-7f3a".utf8)) == nil, "\(name)")
        }
        // They may come back as somebody new.
        #expect(try await ledger.noteAsked(marked, of: mia, at: now + 2, through: .api))
    }

    @Test("when the store can't be read, nothing is live, nobody is asked, and the ledger says why")
    func unreadable() async throws {
        let folder = try TemporaryFolder()
        let store = try folder.store()
        let ledger = ConsentLedger(store: store, logger: .silent)
        try await ledger.grant(question(), by: ada, at: now, through: .api)
        #expect(ledger.trouble == nil)
        try await store.write { try $0.run("DROP TABLE consents") }
        #expect(ledger.live([question()], for: ada, at: now).isEmpty)
        #expect(!ledger.mayAsk(question(), of: ada, at: now))
        #expect(ledger.trouble?.contains("consents") == true)
        await #expect(throws: ConsentError.self) {
            try await ledger.noteAsked(question(), of: ada, at: now, through: .api)
        }
    }

    @Test("only so many people are kept in memory, and everybody is answered rightly all the same")
    func bounded() async throws {
        let folder = try TemporaryFolder()
        let ledger = ConsentLedger(store: try folder.store(), logger: .silent, capacity: 8)
        let people = (0..<50).map { PersonKey(application: "homework", person: "p\($0)") }
        for (index, person) in people.enumerated() where index % 2 == 0 {
            try await ledger.grant(question(), by: person, at: now, through: .api)
        }
        for _ in 0..<3 {
            for (index, person) in people.enumerated() {
                #expect(ledger.ids([question()], person, now).isEmpty == (index % 2 == 1))
            }
        }
        #expect(ledger.keptInMemory <= 16)
    }

    @Test("names of any length and any letters are kept apart")
    func hostileNames() async throws {
        let ledger = try TemporaryFolder().ledger()
        let names = [
            "", "'; DROP TABLE consents; --", String(repeating: "x", count: 5_000), "ada\n", "áda", "a\u{301}da",
        ]
        for name in names {
            let person = PersonKey(application: name, person: name)
            try await ledger.grant(question(), by: person, at: now, through: .api)
            #expect(ledger.ids([question()], person, now) == ["drift"])
        }
        #expect(ledger.ids([question()], ada, now).isEmpty)
    }
}
