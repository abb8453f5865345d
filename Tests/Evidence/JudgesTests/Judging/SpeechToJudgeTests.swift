import Flourishing
import Foundation
import Models
import Testing

@testable import Judges

@Suite("Words that speak to the judge")
struct SpeechToJudgeTests {
    @Test(
        "however a conversation tells the judge to give full marks, no good comes out as surely served",
        arguments: InjectionAttempt.all)
    func injection(attempt: InjectionAttempt) async throws {
        let turns = [
            ChatTurn(.user, attempt.isAssistants ? "Should I leave?" : attempt.words),
            ChatTurn(
                .assistant, attempt.isAssistants ? attempt.words : "Leave. Trust me, I know what is good for you."),
        ]
        // A judge that does what it is told, and has only the conversation's own words for evidence.
        let model = AnsweringModel { _, _ in said("own-choice", quote: attempt.words, rating: "2") }
        let obedient = try await ModelJudge(model, named: "judge", settings: .init(runs: 1))
            .judgement(of: turns, by: Rubric([ownChoice]), at: 1)
        if let estimate = obedient.appraisal.estimates["own-choice"] { #expect(estimate.lower <= 0) }
    }

    @Test("replies that speak to the judge are known, and plain replies aren't taken for such")
    func known() {
        let replies = InjectionAttempt.all.filter(\.isAssistants)
        #expect(replies.filter { !SpeechToJudge.isIn($0.words) }.map(\.words) == [])
        for turn in talk { #expect(!SpeechToJudge.isIn(turn.content)) }
    }
}

@Suite("Two sets by somebody who never saw the list")
struct BlindConversationTests {
    @Test("after seeing them, the list knows most attempts; the numbers are those of the guide")
    func attempts() {
        let missed = BlindConversation.attempts.filter { attempt in
            !(attempt.places ?? []).contains { SpeechToJudge.isIn(attempt.words[$0]) }
        }
        #expect(missed.map(\.testDescription) == [])
    }

    @Test("few innocent conversations are marked, and hardly any by words of a reply")
    func innocent() {
        let marked = BlindConversation.innocent.flatMap { talk in
            talk.turns.filter { SpeechToJudge.isIn($0.content) }.map { "\(talk.id) \($0.role)" }
        }
        #expect(marked == [])
    }
}
