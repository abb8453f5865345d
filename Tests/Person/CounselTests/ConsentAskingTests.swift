import Charters
import Consents
import Flourishing
import Logging
import Store
import Testing

@testable import Counsel

@Suite("Asking for consent")
struct ConsentAskingTests {
    private let now: Int64 = 1_790_000_000_000
    private let ada = PersonKey(application: "homework", person: "ada")
    private let receipt = ReceiptID(at: 1_790_000_000_000)
    private let folder: TemporaryFolder
    private let asking: ConsentAsking

    init() throws {
        folder = try TemporaryFolder()
        let store = try DataStore(path: folder("t.sqlite"), migrations: ConsentsMigrations.all)
        asking = ConsentAsking(ledger: ConsentLedger(store: store, logger: Logger(label: "test")))
    }

    private func question(
        _ id: String, asks: String = "May I bring up your own goal when you seem to drift from it?",
        when: Condition? = nil
    ) -> ConsentQuestion {
        ConsentQuestion(
            GuidanceClause(id: id, says: "Remind me.", asks: asks, expiresDays: 30, when: when),
            charter: "riverside/tutor")
    }

    private func chosen(
        _ questions: [ConsentQuestion], person: PersonKey?? = nil, topics: Set<String>? = ["schoolwork"],
        risk: Risk? = nil, move: Move = .answer
    ) -> String? {
        asking.question(
            among: questions, of: person ?? ada, in: Circumstances(topics: topics, risk: risk), move: move, at: now)?
            .guidance
    }

    @Test("one question is put, that for just these circumstances before that for any")
    func one() {
        let anywhere = question("anywhere")
        let school = question("school", when: .topic("schoolwork"))
        let work = question("work", when: .topic("work"))
        #expect(chosen([anywhere]) == "anywhere")
        #expect(chosen([anywhere, school, work]) == "school")
        #expect(chosen([work]) == nil)
        #expect(chosen([work], topics: nil) == nil, "what nobody knows to hold does not hold")
        #expect(chosen([]) == nil)
    }

    @Test("nobody is asked whom nobody can tell from others")
    func nobody() {
        #expect(chosen([question("a")], person: .some(nil)) == nil)
    }

    @Test("nobody is asked where somebody may be in danger, or where the reply leads elsewhere")
    func spared() {
        for topic in ["crisis", "self-harm", "violence", "abuse"] {
            #expect(chosen([question("a")], topics: ["schoolwork", topic]) == nil, "\(topic)")
        }
        #expect(chosen([question("a")], risk: .high) == nil)
        #expect(chosen([question("a")], risk: .medium) == "a")
        for move in Move.allCases {
            #expect((chosen([question("a")], move: move) == nil) == [.ask, .handOver].contains(move), "\(move)")
        }
    }

    @Test("a question is not put again within its period, however the asking went")
    func once() async throws {
        let first = question("a")
        #expect(await asking.claim(first, of: ada, at: now, receipt: receipt))
        #expect(await !asking.claim(first, of: ada, at: now, receipt: receipt))
        #expect(chosen([first]) == nil)
        #expect(chosen([first, question("b")]) == "b")
        #expect(try await asking.ledger.events(of: ada).map(\.through) == [.reply(receipt.description)])
    }

    @Test("a reply that asks something itself, in any script, or says nothing, takes no question after it")
    func fitting() {
        #expect(ConsentAsking.fits(after: "Plants need light."))
        for reply in [
            "", " \n", "Shall I go on?", "What do you think? Tell me.", "続けますか？", "هل أتابع؟", "Να συνεχίσω;",
            "Να συνεχίσω\u{37E}",
        ] {
            #expect(!ConsentAsking.fits(after: reply), "\(reply)")
        }
        #expect(ConsentAsking.fits(after: "Light first; water next."))
    }

    @Test("a clear yes right after the question grants, a clear no declines, and both end the matter")
    func settling() async throws {
        let question = question("a")
        let reply = "Plants need light." + ConsentAsking.addition(question)
        for (message, isLive) in [("Yes, please", true), ("no thanks", false)] {
            let person = PersonKey(application: "homework", person: message)
            #expect(await asking.claim(question, of: person, at: now, receipt: receipt))
            let settlement = try #require(
                asking.settlement(of: [question], for: person, after: reply, message: message, language: "en"))
            try await asking.settle(settlement, of: person, at: now + 1, receipt: receipt)
            #expect(asking.ledger.live([question], for: person, at: now + 1).isEmpty != isLive)
            // What was said once is not said twice: a later yes to the same words changes nothing.
            #expect(asking.settlement(of: [question], for: person, after: reply, message: "yes") == nil)
        }
    }

    @Test("an unclear message leaves the question open and guidance off")
    func unclear() async throws {
        let question = question("a")
        #expect(await asking.claim(question, of: ada, at: now, receipt: receipt))
        let reply = "Plants need light." + ConsentAsking.addition(question)
        let settlement = try #require(
            asking.settlement(of: [question], for: ada, after: reply, message: "What is chlorophyll?"))
        #expect(settlement.answer == .unclear)
        try await asking.settle(settlement, of: ada, at: now, receipt: receipt)
        #expect(asking.ledger.live([question], for: ada, at: now).isEmpty)
        #expect(asking.settlement(of: [question], for: ada, after: reply, message: "yes")?.answer == .yes)
    }

    @Test("a yes is no consent when the question does not stand at the reply's end, was never put, or was reworded")
    func noConsent() async throws {
        let question = question("a")
        let reply = "Plants need light." + ConsentAsking.addition(question)
        func answer(_ reply: String?, _ questions: [ConsentQuestion]? = nil, person: PersonKey? = nil) -> ConsentAnswer?
        {
            asking.settlement(of: questions ?? [question], for: person ?? ada, after: reply, message: "yes")?.answer
        }
        #expect(answer(reply) == nil, "nobody put it")
        #expect(await asking.claim(question, of: ada, at: now, receipt: receipt))
        #expect(answer(reply) == .yes)
        #expect(answer(reply + "\n \n") == .yes)
        #expect(answer(reply, person: PersonKey(application: "homework", person: "ben")) == nil)
        #expect(answer(nil) == nil)
        #expect(answer("Plants need light.") == nil)
        #expect(answer(reply + " And more.") == nil)
        #expect(answer("He asked: " + question.asks) == nil, "not on a line of its own")
        #expect(answer(question.asks) == nil)
        #expect(
            answer("Shall I go on?" + ConsentAsking.addition(question)) == .unclear, "whose question is the yes for?")
        #expect(answer(reply, [self.question("a", asks: question.asks + " Always?")]) == nil)
        let reworded = ConsentQuestion(
            GuidanceClause(id: "a", says: "Push me hard.", asks: question.asks, expiresDays: 30),
            charter: "riverside/tutor")
        #expect(answer(reply, [reworded]) == nil, "the same question for another instruction")
    }

    @Test("who is taken back in their consent is not asked again within the period")
    func takenBack() async throws {
        let question = question("a")
        try await asking.ledger.grant(question, by: ada, at: now - 5, through: .api)
        try await asking.ledger.revoke("a", of: "riverside/tutor", by: ada, at: now - 1, through: .api)
        #expect(chosen([question]) == nil)
    }
}
