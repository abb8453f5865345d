import Charters
import Models
import Synchronization
import Testing

@testable import Counsel

private let criteria = [
    Criterion(id: "goods/understanding", says: "A pupil can explain it."),
    Criterion(id: "goods/understanding-others", says: "Others are understood."),
    Criterion(id: "floor/no-finished-graded-work", says: "Never write graded work."),
]

@Suite("Reading a critic")
struct CriticTests {
    @Test(
        "takes a list as it is meant, with or without words around it",
        arguments: [
            (#"[{"clause":"goods/understanding","why":"It tells all."}]"#, ["goods/understanding"]),
            ("```json\n[{\"clause\": \"floor/no-finished-graded-work\"}]\n```", ["floor/no-finished-graded-work"]),
            (
                #"Here: [{"clause":"goods/made-up","why":"x"},{"clause":7},5,null,"goods/understanding"] Good luck."#,
                ["goods/understanding"]
            ),
            (
                #"[{"clause":"goods/understanding"},{"clause":"goods/understanding","why":"again"}]"#,
                ["goods/understanding"]
            ),
            ("[]", []), ("The list: []", []), ("None.", []), ("  nothing ", []),
            (
                "- goods/understanding-others: nobody else is thought of\n* `goods/understanding`: fine",
                ["goods/understanding-others"]
            ),
            ("1. floor/no-finished-graded-work — it is an essay", ["floor/no-finished-graded-work"]),
            ("goods/understanding: OK", []),
        ])
    func readable(answer: String, clauses: [String]) {
        #expect(Critic.findings(in: answer, criteria: criteria)?.map(\.clause) == clauses)
    }

    @Test(
        "says so when nobody can tell what was meant",
        arguments: ["", " \n", "I like it.", "[", "[{]", "{\"clause\":1}"])
    func unreadable(answer: String) {
        #expect(Critic.findings(in: answer, criteria: criteria) == nil)
    }

    @Test("never finds a clause that is not there, and crashes on nothing")
    func byChance() {
        var generator = SeededGenerator(seed: 8)
        let pieces = [
            "[", "]", "{", "}", "\"clause\":", "\"goods/understanding\"", "goods/understanding", "\n", "- ", ",", "é",
            "ok", ":", "\"why\":", "[]",
        ]
        let known = Set(criteria.map(\.id))
        for _ in fuzzRounds(3_000) {
            let answer = (0..<Int.random(in: 0...12, using: &generator)).compactMap { _ in
                pieces.randomElement(using: &generator)
            }.joined()
            let found = Critic.findings(in: answer, criteria: criteria) ?? []
            #expect(found.allSatisfy { known.contains($0.clause) })
            #expect(Set(found.map(\.clause)).count == found.count)
        }
    }

    @Test("the question holds the clauses, what was said, and the draft, within bounds")
    func question() {
        let long = String(repeating: "👩‍👩‍👧é", count: 20_000)
        let turns = Critic.question(
            criteria: criteria, conversation: [ChatTurn(.user, long), ChatTurn(.user, "Write my essay.")],
            draft: "Once" + long)
        #expect(turns.map(\.role) == [.system, .user])
        #expect(turns[1].content.contains("- goods/understanding: A pupil can explain it."))
        #expect(turns[1].content.contains("Person: Write my essay."))
        #expect(turns[1].content.utf8.count < 26_000)
    }
}

/// A writer that says what it is told to say, and remembers what it was asked.
private final class Scripted: Critique.Writer {
    let criticisms: Mutex<[String]>
    let revisions: Mutex<[String]>
    let asked = Mutex<[String]>([])
    let waits: Duration

    init(_ criticisms: [String], _ revisions: [String], waits: Duration = .zero) {
        self.criticisms = Mutex(criticisms)
        self.revisions = Mutex(revisions)
        self.waits = waits
    }

    func criticism(of question: [ChatTurn], maximumTokens: Int) async throws -> Critique.Text {
        try await Task.sleep(for: waits)
        asked.withLock { $0.append(question.last?.content ?? "") }
        guard let next = criticisms.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) else {
            throw UpstreamFailure(.closedEarly, upstream: "mock")
        }
        return Critique.Text(next, tokens: 10)
    }

    func revision(of draft: String, instruction: String) async throws -> Critique.Text {
        asked.withLock { $0.append(instruction) }
        guard let next = revisions.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) else {
            throw ChatRefusal(status: 429, message: "about the person's secret")
        }
        return Critique.Text(next, tokens: 20)
    }
}

@Suite("Draft, critique, revise")
struct CritiqueTests {
    private let failing = #"[{"clause":"goods/understanding","why":"It tells all."}]"#
    private let draft = Critique.Text("Photosynthesis is …", tokens: 100)
    private let turns = [ChatTurn(.user, "What is photosynthesis?")]

    @Test("revises what fails a clause, and keeps both")
    func revises() async {
        let writer = Scripted([failing], ["What do plants need?"])
        let steps = Mutex<[Critique.Step]>([])
        let outcome = await Critique(terms: CritiqueTerms(seconds: 600), criteria: criteria)
            .refine(draft, of: turns, by: writer) { step in steps.withLock { $0.append(step) } }
        #expect(outcome.reply == "What do plants need?")
        #expect(outcome.drafts == [draft.words] && outcome.criticisms == [failing])
        #expect(outcome.record.rounds == 1 && outcome.record.revised && outcome.record.ended == nil)
        #expect(outcome.record.failed == ["goods/understanding"] && outcome.record.tokens == 130)
        #expect(steps.withLock { $0 } == [.criticising, .revising])
        let asked = writer.asked.withLock { $0 }
        #expect(asked[0].contains(draft.words) && asked[1].contains("It tells all."))
    }

    @Test("lets a draft be that fails nothing")
    func satisfied() async {
        let outcome = await Critique(terms: CritiqueTerms(rounds: 3, seconds: 600), criteria: criteria)
            .refine(draft, of: turns, by: Scripted(["[]"], []))
        #expect(outcome.reply == draft.words && !outcome.record.revised)
        #expect(outcome.record.rounds == 1 && outcome.record.failed.isEmpty && outcome.record.ended == nil)
        #expect(outcome.drafts == [draft.words])
    }

    @Test("goes on for as many rounds as it may, and no further")
    func rounds() async {
        let writer = Scripted([failing, failing, failing], ["one", "two", "three"])
        let outcome = await Critique(terms: CritiqueTerms(rounds: 2, seconds: 600), criteria: criteria)
            .refine(draft, of: turns, by: writer)
        #expect(outcome.reply == "two" && outcome.record.rounds == 2)
        #expect(outcome.drafts == [draft.words, "one"])
        #expect(outcome.record.failed == ["goods/understanding"])
    }

    @Test("falls back to the best text so far, and says why, without a word of the conversation")
    func fallsBack() async {
        let critique = Critique(terms: CritiqueTerms(rounds: 2, seconds: 600), criteria: criteria)
        let silent = await critique.refine(draft, of: turns, by: Scripted([], []))
        #expect(silent.reply == draft.words && silent.record.ended?.contains("closed-early") == true)
        let refused = await critique.refine(draft, of: turns, by: Scripted([failing], []))
        #expect(refused.reply == draft.words && refused.record.failed == ["goods/understanding"])
        #expect(
            refused.record.ended?.contains("status 429") == true && refused.record.ended?.contains("secret") == false)
        let second = await critique.refine(draft, of: turns, by: Scripted([failing], ["better"]))
        #expect(second.reply == "better" && second.record.revised && second.record.ended != nil)
        let muddled = await critique.refine(draft, of: turns, by: Scripted(["Lovely!"], []))
        #expect(muddled.reply == draft.words && muddled.record.ended == "the critic's answer could not be read")
        let empty = await critique.refine(draft, of: turns, by: Scripted([failing], [" \n"]))
        #expect(empty.reply == draft.words && empty.record.ended == "the revision had no text")
    }

    @Test("keeps to its time and to its cost")
    func bounds() async {
        let slow = Scripted([failing], ["never"], waits: .seconds(600))
        let late = await Critique(terms: CritiqueTerms(seconds: 1), criteria: criteria).refine(
            draft, of: turns, by: slow)
        #expect(late.reply == draft.words && late.record.ended == "the time for it, 1 s, was over")
        let writer = Scripted([failing], ["never"])
        let dear = await Critique(terms: CritiqueTerms(seconds: 600, tokens: 300), criteria: criteria).refine(
            draft, of: turns, by: writer)
        #expect(dear.reply == draft.words && dear.record.ended == "it would have taken more than 300 tokens")
        #expect(writer.asked.withLock { $0.isEmpty })
        let nothing = await Critique(terms: CritiqueTerms(seconds: 600), criteria: []).refine(
            draft, of: turns, by: writer)
        #expect(nothing.reply == draft.words && nothing.record.rounds == 0)
    }
}
