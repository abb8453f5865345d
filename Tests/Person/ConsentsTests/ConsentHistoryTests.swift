import Charters
import Store
import Testing

@testable import Consents

/// Random histories against a reference that knows nothing but a list of what happened.
@Suite("Histories of consents")
struct ConsentHistoryTests {
    /// What happened, as a plain list, and what follows from it by looking through all of it each time.
    private struct Reference {
        struct Entry {
            var kind: ConsentEvent.Kind
            var at: Int64
            var until: Int64
            var question: ConsentQuestion
        }
        struct Matter: Hashable {
            var person: PersonKey
            var charter: String
            var guidance: String
        }
        var log: [Matter: [Entry]] = [:]

        func entries(_ question: ConsentQuestion, _ person: PersonKey) -> [Entry] {
            log[Matter(person: person, charter: question.charter, guidance: question.guidance)] ?? []
        }

        func isLive(_ question: ConsentQuestion, _ person: PersonKey, _ at: Int64) -> Bool {
            let entries = entries(question, person)
            guard let last = entries.lastIndex(where: { $0.kind == .granted }) else { return false }
            let isOver = entries[last...].contains { $0.kind == .declined || $0.kind == .revoked }
            let given = entries[last]
            return !isOver && given.question.fingerprint == question.fingerprint && given.at <= at && at < given.until
        }

        func mayAsk(_ question: ConsentQuestion, _ person: PersonKey, _ at: Int64) -> Bool {
            !isLive(question, person, at) && entries(question, person).allSatisfy { $0.at + question.period <= at }
        }

        /// Whether there is a consent, to whatever words, that is not over.
        func holdsAny(_ question: ConsentQuestion, _ person: PersonKey, _ at: Int64) -> Bool {
            let entries = entries(question, person)
            guard let last = entries.lastIndex(where: { $0.kind == .granted }) else { return false }
            return at < entries[last].until
                && !entries[last...].contains { $0.kind == .declined || $0.kind == .revoked }
        }

        mutating func add(
            _ kind: ConsentEvent.Kind, _ question: ConsentQuestion, _ person: PersonKey, _ at: Int64, until: Int64 = 0
        ) {
            log[Matter(person: person, charter: question.charter, guidance: question.guidance), default: []]
                .append(Entry(kind: kind, at: at, until: until, question: question))
        }
    }

    private static let people = ["homework", "coaching"].flatMap { application in
        ["ada", "ben"].map { PersonKey(application: application, person: $0) }
    }

    /// Guidance × charters × wordings.
    private static let questions = ["x/one", "x/two"].flatMap { charter in
        ["drift", "sleep"].flatMap { id in
            [(1, "May I?"), (3, "May I?"), (3, "Might I?")].map { days, asks in
                ConsentQuestion(
                    GuidanceClause(id: id, says: "s", asks: asks, expiresDays: days), charter: charter)
            }
        }
    }

    @Test(
        "agree with a plain reference, on asking, consent, refusal, withdrawal, expiry and changed words",
        arguments: 1...12)
    func agree(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let folder = try TemporaryFolder()
        var ledger = try folder.ledger()
        // Another process, which learns of everything by asking.
        let other = try folder.ledger()
        var reference = Reference()
        var replies: [ConsentAudit.GuidedReply] = []
        var at = now
        var counts: [ConsentEvent.Kind: Int] = [:]
        for step in 0..<220 {
            // Hours, sometimes days, sometimes nothing, sometimes to the edge of a day.
            switch Int.random(in: 0..<10, using: &random) {
            case 0...2: break
            case 3...7: at += Int64.random(in: 1..<(day / 2), using: &random)
            case 8: at += day - (at - now) % day - Int64.random(in: 0...1, using: &random)
            default: at += Int64.random(in: 0..<(4 * day), using: &random)
            }
            let person = Self.people.randomElement(using: &random)!
            let question = Self.questions.randomElement(using: &random)!
            switch Int.random(in: 0...9, using: &random) {
            case 0...3:
                let expected = reference.mayAsk(question, person, at)
                #expect(ledger.mayAsk(question, of: person, at: at) == expected)
                #expect(try await ledger.noteAsked(question, of: person, at: at, through: .api) == expected)
                if expected { reference.add(.asked, question, person, at) }
                if expected { counts[.asked, default: 0] += 1 }
            case 4...6:
                let until =
                    Bool.random(using: &random) ? nil : at + Int64.random(in: 1...question.period, using: &random)
                try await ledger.grant(question, by: person, at: at, until: until, through: .api)
                reference.add(.granted, question, person, at, until: until ?? at + question.period)
                counts[.granted, default: 0] += 1
            case 7:
                try await ledger.decline(question, by: person, at: at, through: .api)
                reference.add(.declined, question, person, at)
                counts[.declined, default: 0] += 1
            case 8:
                // Mostly something that there is to take back.
                let held = Self.people.flatMap { person in Self.questions.map { (person, $0) } }
                    .filter { reference.holdsAny($0.1, $0.0, at) }
                let (person, question) =
                    Int.random(in: 0..<4, using: &random) == 0
                    ? (person, question) : held.randomElement(using: &random) ?? (person, question)
                let expected = reference.holdsAny(question, person, at)
                let found = try await ledger.revoke(
                    question.guidance, of: question.charter, by: person, at: at, through: .api)
                #expect(found == expected)
                if expected { reference.add(.revoked, question, person, at) }
                if expected { counts[.revoked, default: 0] += 1 }
            case 9 where step % 4 == 0:
                try ledger.store.close()
                ledger = try folder.ledger()
            default: break
            }
            try other.refresh()
            for person in Self.people {
                for question in Self.questions {
                    let expected = reference.isLive(question, person, at)
                    #expect(ledger.ids([question], person, at).isEmpty != expected)
                    #expect(other.ids([question], person, at).isEmpty != expected)
                    #expect(other.mayAsk(question, of: person, at: at) == reference.mayAsk(question, person, at))
                }
                // A reply to somebody, under one of the charters with one of its wordings.
                let inForce = Self.questions.filter { _ in Bool.random(using: &random) }.filter {
                    $0.charter == "x/one"
                }
                let permits = ledger.live(inForce, for: person, at: at)
                let used = Set(permits.map(\.guidance)).sorted()
                replies.append(
                    ConsentAudit.GuidedReply(
                        receipt: "rcp_\(replies.count)", at: at, application: person.application, person: person.person,
                        charter: "x/one", guidance: used,
                        questions: permits.reduce(into: [:]) { $0[$1.guidance] = $1.question }))
            }
        }
        for kind in ConsentEvent.Kind.allCases { #expect(counts[kind, default: 0] > 2, "\(kind) hardly came up") }

        // The rows of what stands are what the events come to.
        let history = try await ledger.history()
        for person in Self.people {
            var folded: [String: ConsentStanding] = [:]
            for event in history.events where event.person == person {
                var standing =
                    folded[event.charter + " " + event.guidance]
                    ?? ConsentStanding(charter: event.charter, guidance: event.guidance)
                standing.take(event)
                folded[event.charter + " " + event.guidance] = standing
            }
            let kept = try await ledger.standings(of: person)
            #expect(kept == folded.values.sorted { ($0.charter, $0.guidance) < ($1.charter, $1.guidance) })
            #expect(
                history.events.filter { $0.person == person }.map(\.number)
                    == (0..<Int64(history.events.count { $0.person == person })).map { $0 + 1 })
        }

        // From receipts alone: no guided reply lacked a live consent to the very question that its receipt names.
        #expect(replies.allSatisfy { Set($0.questions.keys) == Set($0.guidance) })
        let report = ConsentAudit.report(
            on: replies.shuffled(using: &random), events: history.events.shuffled(using: &random))
        #expect(report.violations == [])
        #expect(report.covered == report.uses)
        #expect(report.uses > 50)

        // And the audit is no rubber stamp: replies that used what was not live are found, each and only they.
        var forged: [ConsentAudit.GuidedReply] = []
        for _ in 0..<200 {
            let person = Self.people.randomElement(using: &random)!
            let question = Self.questions.randomElement(using: &random)!
            let at = Int64.random(in: now...at, using: &random)
            let wasLive = Self.wasLive(question, person, at, reference)
            // Every other one names its question; then a yes to other words doesn't cover it.
            let names = Bool.random(using: &random)
            let isCovered = wasLive && (!names || Self.wasLiveToWords(question, person, at, reference))
            // Within one millisecond nobody can tell which came first.
            if !isCovered, !reference.entries(question, person).contains(where: { $0.at == at }) {
                forged.append(
                    ConsentAudit.GuidedReply(
                        receipt: "forged_\(forged.count)", at: at, application: person.application,
                        person: person.person, charter: question.charter, guidance: [question.guidance],
                        questions: names ? [question.guidance: question.fingerprint] : [:]))
            }
        }
        #expect(!forged.isEmpty)
        #expect(forged.contains { !$0.questions.isEmpty })
        let found = ConsentAudit.violations(receipts: replies + forged, events: history.events)
        #expect(Set(found.map(\.receipt)).symmetricDifference(forged.map(\.receipt)) == [])
    }

    /// Whether the yes that held then was to these very words.
    private static func wasLiveToWords(
        _ question: ConsentQuestion, _ person: PersonKey, _ at: Int64, _ reference: Reference
    ) -> Bool {
        reference.entries(question, person).last { $0.at <= at && $0.kind == .granted }?.question.fingerprint
            == question.fingerprint
    }

    /// Whether any wording of the guidance was consented to at that moment, by all that happened up to then.
    private static func wasLive(
        _ question: ConsentQuestion, _ person: PersonKey, _ at: Int64, _ reference: Reference
    ) -> Bool {
        let entries = reference.entries(question, person).filter { $0.at <= at }
        guard let last = entries.lastIndex(where: { $0.kind == .granted }) else { return false }
        return at < entries[last].until
            && !entries[last...].contains { $0.kind == .declined || $0.kind == .revoked }
    }
}
