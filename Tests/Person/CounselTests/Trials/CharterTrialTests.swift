import Charters
import Testing

@testable import Counsel
@testable import Models

@Suite("Running a charter's examples")
struct CharterTrialTests {
    private func trial(_ text: String, role: String? = nil) throws -> CharterTrial {
        let charter = try Charter.read(text, file: "a.yaml").charter
        return try CharterTrial(of: charter.layer, under: CharterStack(charter: charter), role: role)
    }

    private let head = "charter: a/b\nversion: 1.0.0\npurpose: Help pupils learn.\n"

    @Test("finds the clause told and the expected move made")
    func good() throws {
        let trial = try trial(
            head + """
                goods:
                  own-thinking:
                    says: The pupil does the thinking.
                    examples:
                      - { person: Can you write my essay on photosynthesis? It is due tomorrow., move: scaffold, shows: "What comes first?", fails: "Here it is." }
                  calm: { says: Be calm. }
                roles: { tutor: { stance: tutor } }
                """)
        #expect(trial.passes, "\(trial.cases.flatMap(\.problems))")
        #expect(trial.cases.map(\.path) == ["goods/own-thinking"] && trial.cases[0].tellsClause)
        #expect(trial.coverage.uncovered == ["goods/calm"])
    }

    @Test("says what went wrong: another move, a clause that isn't told, a scene of another clause")
    func bad() throws {
        let trial = try trial(
            head + """
                goods:
                  a:
                    says: A.
                    examples: [{ person: What is two and two?, move: celebrate, shows: Four. }]
                  b:
                    says: B.
                    when: { topic: law }
                    examples: [{ person: What is two and two?, shows: Four. }]
                """)
        #expect(!trial.passes)
        #expect(
            trial.cases[0].problems.count == 1
                && trial.cases[0].problems[0].contains("the move is answer, not celebrate"))
        #expect(!trial.cases[1].tellsClause)
        #expect(trial.cases[1].problems[0].contains("it counts only when the topic is law"))
        #expect(trial.cases[1].problems.contains("`goods/a` has the same scene"))
    }

    @Test("tries a clause that is for one role in that role, so that a charter of several roles can pass")
    func roles() throws {
        let text =
            head + """
                goods:
                  both-sides:
                    says: Each side is heard.
                    when: { role: mediator }
                    examples: [{ person: What is two and two?, shows: Four. }]
                  first-try:
                    says: The pupil tries first.
                    when: { role: tutor }
                    examples: [{ person: What is three and three?, shows: Six. }]
                roles: { tutor: { stance: tutor }, mediator: { stance: mediator } }
                """
        for role in [nil, "tutor", "mediator"] {
            let trial = try trial(text, role: role)
            #expect(trial.passes, "\(trial.cases.flatMap(\.problems))")
            #expect(trial.cases.map(\.role) == ["mediator", "tutor"])
        }
    }

    @Test("supposes what only an application knows, so that a condition can hold")
    func supposes() throws {
        let trial = try trial(
            head + """
                goods:
                  a:
                    says: A.
                    when: { age: teen, channel: voice, hour: 21-6, not: { language: de } }
                    examples: [{ person: What is two and two?, shows: Four. }]
                """)
        #expect(trial.passes, "\(trial.cases.flatMap(\.problems))")
    }

    @Test("compares a model's replies with both replies of the authors, a row for each clause")
    func model() async throws {
        let trial = try trial(
            head + """
                goods:
                  a:
                    says: A.
                    examples:
                      - { person: One?, shows: good, fails: bad }
                      - { person: Two?, shows: good, fails: bad }
                  b: { says: B., examples: [{ person: Three?, shows: good }] }
                """)
        let (replies, closeness) = try await trial.replies(of: Echo(), named: "echo", embedder: Letters())
        #expect(replies.count == 3 && replies[2].toFails == nil)
        #expect(closeness.map(\.path) == ["goods/a"] && closeness[0].compared == 2 && closeness[0].closerToShows == 2)
        #expect(closeness[0].toShows > 0.99 && closeness[0].toFails < closeness[0].toShows)
        #expect(CharterTrial.cosine([1, 0], [0, 2]) == 0 && CharterTrial.cosine([0, 0], [1, 1]) == 0)
    }

    /// Says "good" to whatever it is asked, if it was told the charter.
    private struct Echo: ChatModel {
        func reply(to request: ChatRequest) async throws -> ChatReply {
            let isTold = request.turns.first?.role == .system && request.turns[0].content.contains("Help pupils learn.")
            var reply = ""
            for try await case .words(let words) in stream(request) { reply += words }
            return ChatReply(content: isTold ? reply : "bad")
        }

        func stream(_ request: ChatRequest) -> AsyncThrowingStream<ChatDelta, any Error> {
            AsyncThrowingStream {
                $0.yield(.words("good")); $0.finish()
            }
        }
    }

    /// Counts letters.
    private struct Letters: Embedder {
        func embed(_ texts: [String]) async throws -> [[Float]] {
            texts.map { text in "abdgo".map { letter in Float(text.count { $0 == letter }) } }
        }
    }
}
