import Testing

@testable import Consents

@Suite("The audit of guided replies")
struct ConsentAuditTests {
    private func event(_ number: Int64, _ kind: ConsentEvent.Kind, at: Int64, until: Int64? = nil) -> ConsentEvent {
        ConsentEvent(
            person: ada, number: number, at: at, kind: kind, charter: "a/b", guidance: "drift", question: "May I?",
            questionFingerprint: "f", until: until, through: .api)
    }

    private func reply(
        at: Int64, person: String? = "ada", charter: String? = "a/b", guidance: [String] = ["drift"]
    ) -> ConsentAudit.GuidedReply {
        ConsentAudit.GuidedReply(
            receipt: "rcp", at: at, application: "homework", person: person, charter: charter, guidance: guidance)
    }

    @Test("says of each guided reply without a live consent what was missing")
    func reasons() {
        let events = [
            event(1, .asked, at: 5), event(2, .granted, at: 10, until: 100), event(3, .revoked, at: 50),
            event(4, .granted, at: 60, until: 80), event(5, .declined, at: 90),
        ]
        let cases: [(ConsentAudit.GuidedReply, ConsentAudit.Violation.Reason?)] = [
            (reply(at: 7), .notYetGiven(givenAt: 10)), (reply(at: 10), nil), (reply(at: 49), nil),
            (reply(at: 50), nil), (reply(at: 51), .takenBack(at: 50)), (reply(at: 60), nil), (reply(at: 79), nil),
            (reply(at: 80), .expired(at: 80)), (reply(at: 95), .expired(at: 80)),
            (reply(at: 20, person: nil), .noPerson), (reply(at: 20, charter: nil), .noCharter),
            (reply(at: 20, person: "ben"), .neverGiven), (reply(at: 20, charter: "a/c"), .neverGiven),
            (reply(at: 20, guidance: ["other"]), .neverGiven), (reply(at: 20, guidance: []), nil),
        ]
        for (reply, reason) in cases {
            #expect(ConsentAudit.violations(receipts: [reply], events: events).first?.reason == reason, "\(reply)")
        }
        #expect(ConsentAudit.violations(receipts: [reply(at: 20)], events: []).first?.reason == .neverGiven)
    }

    @Test("holds the question that a receipt names against the one that was said yes to, where a receipt names one")
    func questions() {
        func granted(_ number: Int64, _ question: String, at: Int64, until: Int64) -> ConsentEvent {
            ConsentEvent(
                person: ada, number: number, at: at, kind: .granted, charter: "a/b", guidance: "drift",
                question: "May I?", questionFingerprint: question, until: until, through: .api)
        }
        func reply(at: Int64, _ questions: [String: String]) -> ConsentAudit.GuidedReply {
            ConsentAudit.GuidedReply(
                receipt: "rcp", at: at, application: "homework", person: "ada", charter: "a/b", guidance: ["drift"],
                questions: questions)
        }
        let events = [granted(1, "old", at: 10, until: 100), granted(2, "new", at: 50, until: 100)]
        let cases: [(Int64, [String: String], ConsentAudit.Violation.Reason?)] = [
            (20, ["drift": "old"], nil), (20, ["drift": "new"], .otherQuestion), (20, [:], nil),
            (20, ["sleep": "new"], nil), (60, ["drift": "new"], nil), (60, ["drift": "old"], .otherQuestion),
            // Within one millisecond nobody can tell which came first.
            (50, ["drift": "old"], nil), (50, ["drift": "new"], nil), (51, ["drift": "old"], .otherQuestion),
            (100, ["drift": "new"], .expired(at: 100)),
        ]
        for (at, questions, reason) in cases {
            let found = ConsentAudit.violations(receipts: [reply(at: at, questions)], events: events)
            #expect(found.first?.reason == reason, "\(at) \(questions)")
        }
        let other = ConsentAudit.violations(receipts: [reply(at: 20, ["drift": "new"])], events: events)
        #expect(other.first?.description.contains("another question") == true)
    }

    @Test("an asking is no consent")
    func askedOnly() {
        let found = ConsentAudit.violations(receipts: [reply(at: 7)], events: [event(1, .asked, at: 5)])
        #expect(found.map(\.reason) == [.neverGiven])
        #expect(found.first?.description == "rcp was guided by drift, and the person never said yes to it")
    }

    @Test("knows no patience: a reply two milliseconds after a consent was taken back is found")
    func exact() {
        let events = [event(1, .granted, at: 0, until: 100), event(2, .revoked, at: 50)]
        #expect(
            ConsentAudit.violations(receipts: [reply(at: 52)], events: events).map(\.reason) == [.takenBack(at: 50)])
    }

    @Test("counts what can't be read as erased for somebody who was erased, and finds it for anybody else")
    func unreadable() {
        var sealed = reply(at: 5, guidance: [])
        sealed.unreadable = 2
        let report = ConsentAudit.report(on: [sealed], events: [], erasures: [ada: 10])
        #expect(report.uses == 2 && report.erased == 2 && report.violations.isEmpty)
        sealed.at = 11
        for erasures in [[ada: 10], [ben: 20], [:]] as [[PersonKey: Int64]] {
            let found = ConsentAudit.report(on: [sealed], events: [], erasures: erasures).violations
            #expect(found.map(\.reason) == [.unreadable, .unreadable])
            #expect(found.first?.description.contains("can't be read any more") == true)
        }
    }

    @Test("tells what was erased from what was never there")
    func erased() {
        let report = ConsentAudit.report(on: [reply(at: 5), reply(at: 11)], events: [], erasures: [ada: 10])
        #expect(report.erased == 1)
        #expect(report.violations.map(\.at) == [11])
        #expect(report.uses == 2)
    }
}
