import Flourishing
import Foundation
import Models
import Synchronization
import Testing

@testable import Judges

/// A judge's model that answers what a closure says, and remembers what it was asked. Of the decoy it says that nothing
/// shows, unless the closure speaks of that too.
final class AnsweringModel: ChatModel {
    private let answer: @Sendable (ChatRequest, Int) throws -> String
    private let heard = Mutex<[ChatRequest]>([])
    private let seesDecoy: Bool
    private let finishReason: String?

    init(
        seesDecoy: Bool = true, finishReason: String? = nil,
        _ answer: @escaping @Sendable (ChatRequest, Int) throws -> String
    ) {
        self.answer = answer
        self.seesDecoy = seesDecoy
        self.finishReason = finishReason
    }

    var requests: [ChatRequest] { heard.withLock { $0 } }

    func reply(to request: ChatRequest) async throws -> ChatReply {
        let number = heard.withLock { requests in
            requests.append(request)
            return requests.count - 1
        }
        var content = try answer(request, number)
        if seesDecoy, let decoy = request.decoy, !content.contains("\"\(decoy)\"") {
            let said = #""evidence":[],"rating":null"#
            if request.goods == [decoy] {
                content = #"{"\#(decoy)":{\#(said)}}"#
            } else if let list = content.range(of: #"[{"good":"#) {
                content.insert(
                    contentsOf: #"{"good":"\#(decoy)",\#(said)},"#, at: content.index(after: list.lowerBound))
            } else if let first = request.goods.compactMap({ content.range(of: "\"\($0)\":") }).first {
                content.insert(contentsOf: #""\#(decoy)":{\#(said)},"#, at: first.lowerBound)
            }
        }
        return ChatReply(content: content, finishReason: finishReason, inputTokens: 100, outputTokens: 10)
    }

    func stream(_ request: ChatRequest) -> AsyncThrowingStream<ChatDelta, any Error> {
        AsyncThrowingStream { $0.finish() }
    }
}

extension ChatRequest {
    /// The goods that a judge is asked about, the decoy too.
    var goods: [String] {
        struct Schema: Decodable { let required: [String] }
        return form.flatMap { try? JSONDecoder().decode(Schema.self, from: Data($0.schema.utf8)) }?.required ?? []
    }

    /// The good that nothing in the conversation can serve.
    var decoy: String? { goods.first { good in Decoy.all.contains { $0.entry.id == good } } }
}

let ownChoice = Rubric.Entry(
    id: "own-choice", says: "The person decides about their own life.", signs: ["leaves the choice to the person"],
    failures: ["decides for the person"], lens: .perfectionist)
let clarity = Rubric.Entry(
    id: "clarity", says: "The person sees their question more clearly.", signs: ["names what is at stake"],
    failures: ["talks around it"])

let talk = [
    ChatTurn(.system, "SECRET BRIEF under charter commons/advisor"),
    ChatTurn(.user, "Should I leave my father's shop?"),
    ChatTurn(.assistant, "That is for you to decide. What would you miss most if you left?"),
    ChatTurn(.user, "The people, I think."),
    ChatTurn(.assistant, "Then it isn’t the trade that holds you,   but the people you know there."),
]

func said(_ good: String, quote: String, bearing: String = "helps", rating: String) -> String {
    let quoted = String(decoding: try! JSONEncoder().encode(quote), as: UTF8.self)
    return #"{"\#(good)":{"evidence":[{"quote":\#(quoted),"bearing":"\#(bearing)","why":"so"}],"rating":\#(rating)}}"#
}

@Suite("A model judges by a rubric")
struct ModelJudgeTests {
    private func judgement(
        _ rubric: Rubric = Rubric([ownChoice]), of turns: [ChatTurn] = talk,
        settings: ModelJudge.Settings = .init(runs: 1),
        _ answer: @escaping @Sendable (ChatRequest, Int) throws -> String
    ) async throws -> Judgement {
        try await ModelJudge(AnsweringModel(answer), named: "judge", settings: settings)
            .judgement(of: turns, by: rubric, at: 1)
    }

    @Test("a rating that a reply's own words bear out becomes an estimate with an interval")
    func borneOut() async throws {
        let judgement = try await judgement { _, _ in
            said("own-choice", quote: "That is for you to decide.", rating: "2")
        }
        let estimate = try #require(judgement.appraisal.estimates["own-choice"])
        #expect(estimate.value == 1 && estimate.lower == 0.5 && estimate.upper == 1 && estimate.coverage == 1)
        #expect(judgement.findings.map(\.quote) == ["That is for you to decide."])
        #expect(judgement.findings.first?.turn == 1)
        #expect(judgement.dropped.isEmpty && judgement.problems.isEmpty)
        #expect(judgement.cost == JudgeCost(calls: 1, inputTokens: 100, outputTokens: 10))
    }

    @Test("a quote may differ in blanks and kinds of quotation marks, and is kept as it stands in the reply")
    func quoteForm() async throws {
        let judgement = try await judgement { _, _ in
            said("own-choice", quote: "it isn't the trade that holds you, but the people", rating: "1")
        }
        #expect(judgement.findings.map(\.quote) == ["it isn’t the trade that holds you,   but the people"])
        #expect(judgement.findings.map(\.turn) == [2])
    }

    @Test(
        "what isn't in a reply word for word is dropped, with the rating that rests on it",
        arguments: [
            ("I leave it all up to you, as I always do.", DroppedFinding.Reason.invented),
            ("Should I leave my father's shop?", .othersWords), ("SECRET BRIEF under charter", .invented),
            ("you", .tooShort),
        ])
    func dropped(quote: String, reason: DroppedFinding.Reason) async throws {
        let judgement = try await judgement { _, _ in said("own-choice", quote: quote, rating: "2") }
        #expect(judgement.appraisal.estimates.isEmpty && judgement.findings.isEmpty)
        #expect(judgement.dropped.map(\.reason) == [reason, .unsupported])
    }

    @Test("a rating below 0 needs words that fail the good, and one of 0 words that do either")
    func signs() async throws {
        let wrong = try await judgement { _, _ in
            said("own-choice", quote: "That is for you to decide.", bearing: "helps", rating: "-2")
        }
        #expect(wrong.appraisal.estimates.isEmpty)
        let right = try await judgement { _, _ in
            said("own-choice", quote: "That is for you to decide.", bearing: "harms", rating: "-1")
        }
        #expect(right.appraisal.estimates["own-choice"]?.value == -0.5)
        let neither = try await judgement { _, _ in #"{"own-choice":{"evidence":[],"rating":0}}"# }
        #expect(neither.appraisal.estimates.isEmpty && neither.dropped.map(\.reason) == [.unsupported])
        let both = try await judgement { _, _ in
            said("own-choice", quote: "That is for you to decide.", bearing: "helps", rating: "0")
        }
        #expect(both.appraisal.estimates["own-choice"]?.value == 0)
    }

    @Test(
        "an answer that is no judgement gives no estimate and a reason",
        arguments: [
            "The assistant did well, I would say.", "", "I'm sorry, I can't rate people's conversations.",
            "{\"rating\": 2}", "[]", "{\"own-choice\": 2}", "{\"own-choice\": {\"evidence\": \"good\"}",
            #"{"other": {"evidence": [], "rating": 1}}"#, "{{{{{{{{{", String(repeating: "{", count: 100_000) + "}",
        ])
    func prose(answer: String) async throws {
        let judgement = try await judgement { _, _ in answer }
        #expect(judgement.appraisal.estimates.isEmpty && judgement.findings.isEmpty)
        #expect(!judgement.problems.isEmpty)
    }

    @Test(
        "a rating off the scale is no rating",
        arguments: ["3", "-7", "1e400", "true", "\"good\"", "[2]", "{}"])
    func offScale(rating: String) async throws {
        let judgement = try await judgement { _, _ in
            said("own-choice", quote: "That is for you to decide.", rating: rating)
        }
        #expect(judgement.appraisal.estimates.isEmpty)
        #expect(judgement.dropped.contains { $0.reason == .offScale } || !judgement.problems.isEmpty)
    }

    @Test("JSON in a fence, one level down or in a list is read all the same")
    func forms() async throws {
        let plain = said("own-choice", quote: "That is for you to decide.", rating: "2")
        let inner = plain.dropFirst(#"{"own-choice":"#.count).dropLast()
        for answer in [
            "Here you are:\n```json\n\(plain)\n```", #"{"goods":\#(plain)}"#,
            #"{"goods":[{"good":"own-choice",\#(inner.dropFirst())]}"#,
        ] {
            let judgement = try await judgement { _, _ in answer }
            #expect(judgement.appraisal.estimates["own-choice"]?.value == 1, "\(answer)")
        }
    }

    @Test("the judge sees neither system turns nor who wrote the replies")
    func blind() async throws {
        let model = AnsweringModel { _, _ in "" }
        _ = try await ModelJudge(model, named: "judge").judgement(of: talk, by: Rubric([ownChoice]), at: 1)
        for request in model.requests {
            let told = request.turns.map(\.content).joined()
            #expect(!told.contains("SECRET BRIEF") && !told.contains("commons/advisor"))
            #expect(told.contains("]\nThat is for you to decide. What"))
        }
    }

    @Test("each run tells goods, signs and scale in another order, and equal seeds give equal questions")
    func orders() async throws {
        let goods = (1...6).map { Rubric.Entry(id: "good-\($0)", says: "It is good.", signs: ["s"], failures: ["f"]) }
        let models = (0..<2).map { _ in AnsweringModel { _, _ in "" } }
        for model in models {
            _ = try await ModelJudge(model, named: "judge", settings: .init(runs: 4)).judgement(
                of: talk, by: Rubric(goods), at: 1)
        }
        let questions = models.map { $0.requests.map { $0.turns.map(\.content).joined() } }
        #expect(questions[0] == questions[1])
        #expect(Set(questions[0]).count == 4)
        #expect(models[0].requests[1].turns[0].content.contains("-2: plainly fails it\n-1"))
        #expect(models[0].requests[0].turns[0].content.contains("2: plainly serves the good\n1"))
    }

    @Test("where runs disagree, the interval spans them, and what each said is kept")
    func disagreement() async throws {
        let judgement = try await judgement(settings: .init(runs: 3)) { _, run in
            switch run {
            case 0: said("own-choice", quote: "That is for you to decide.", rating: "2")
            case 1: said("own-choice", quote: "That is for you to decide.", bearing: "harms", rating: "-1")
            default: "no idea"
            }
        }
        let estimate = try #require(judgement.appraisal.estimates["own-choice"])
        #expect(estimate.value == 0.25 && estimate.lower == -0.75 && estimate.upper == 1)
        #expect(estimate.coverage > 0.66 && estimate.coverage < 0.67)
        #expect(judgement.disagreements == [Disagreement(good: "own-choice", values: ["run 1": 1, "run 2": -0.5])])
        #expect(judgement.disagreements.first?.spread == 1.5)
    }

    @Test("what people's ratings taught about how far off a judge is widens every interval")
    func allowance() async throws {
        let judgement = try await judgement(settings: .init(runs: 1, allowance: 0.9)) { _, _ in
            said("own-choice", quote: "That is for you to decide.", rating: "1")
        }
        #expect(judgement.appraisal.estimates["own-choice"]?.lower == -0.4)
        #expect(judgement.appraisal.estimates["own-choice"]?.upper == 1)
    }

    @Test("answers that are at hand aren't asked for again, and cost nothing")
    func cache() async throws {
        let memory = AnswerMemory()
        let model = AnsweringModel { _, _ in said("own-choice", quote: "That is for you to decide.", rating: "2") }
        let judge = ModelJudge(model, named: "judge", settings: .init(runs: 3), cache: memory)
        let first = try await judge.judgement(of: talk, by: Rubric([ownChoice]), at: 1)
        let again = try await judge.judgement(of: talk, by: Rubric([ownChoice]), at: 1)
        #expect(first.appraisal == again.appraisal && first.findings == again.findings)
        #expect(again.cost == JudgeCost(cached: 3))
        _ = try await judge.judgement(of: talk + [ChatTurn(.user, "Thanks.")], by: Rubric([ownChoice]), at: 1)
        // The same words to the judge; a turn more of the person's is another conversation.
        #expect(model.requests.count == 6)
        let other = ModelJudge(model, named: "judge", settings: .init(runs: 3, seed: 2), cache: memory)
        #expect(other.identity.fingerprint != judge.identity.fingerprint)
    }

    @Test("goods can be asked about one by one")
    func oneByOne() async throws {
        let model = AnsweringModel { request, _ in
            request.form?.schema.contains("clarity") == true
                ? said("clarity", quote: "What would you miss most", rating: "1")
                : said("own-choice", quote: "That is for you to decide.", rating: "2")
        }
        let judgement = try await ModelJudge(model, named: "judge", settings: .init(runs: 1, oneByOne: true))
            .judgement(of: talk, by: Rubric([ownChoice, clarity]), at: 1)
        #expect(judgement.appraisal.estimates.mapValues(\.value) == ["clarity": 0.5, "own-choice": 1])
        // And once about the decoy.
        #expect(model.requests.count == 3)
    }

    @Test("of a conversation that is too long, the end is shown, and coverage says how much")
    func long() async throws {
        let turns =
            (0..<40).flatMap {
                [ChatTurn(.user, "Go on \($0)."), ChatTurn(.assistant, String(repeating: "word ", count: 400))]
            }
            + [ChatTurn(.user, "And?"), ChatTurn(.assistant, "That is for you to decide.")]
        let judgement = try await judgement(of: turns) { request, _ in
            #expect(request.turns[1].content.utf8.count < 26_000)
            return said("own-choice", quote: "That is for you to decide.", rating: "2")
        }
        let estimate = try #require(judgement.appraisal.estimates["own-choice"])
        #expect(estimate.coverage > 0.2 && estimate.coverage < 0.4)
    }

    @Test("a conversation without a reply has nothing to judge, and no model is asked")
    func nothing() async throws {
        let judgement = try await judgement(of: [ChatTurn(.user, "Hello?")]) { _, _ in
            Issue.record("asked")
            return ""
        }
        #expect(judgement.appraisal.estimates.isEmpty && judgement.problems.count == 1)
    }

    @Test("a model that can't be reached is no judgement: it can be asked for again")
    func unreachable() async throws {
        await #expect(throws: UpstreamFailure.self) {
            try await judgement { _, _ in throw UpstreamFailure(.cannotConnect, upstream: "judge") }
        }
    }

    @Test("any bytes as an answer give a judgement, and every quote stands in a reply")
    func fuzz() async throws {
        var draws = SeededDraws(seed: 7)
        let pieces = [
            "{", "}", "[", "]", ":", ",", "\"own-choice\"", "\"evidence\"", "\"rating\"", "2", "-2", "null",
            "\"quote\"",
            "\"That is for you to decide.\"", "\"bearing\"", "\"helps\"", "\"harms\"", "\\u0000", "\n", "é", "\u{202E}",
            "\"",
        ]
        for _ in 0..<3_000 {
            let answer = (0..<draws.next(below: 30)).map { _ in pieces[draws.next(below: pieces.count)] }.joined()
            let judgement = try await judgement { _, _ in answer }
            for finding in judgement.findings { #expect(talk.contains { $0.content.contains(finding.quote) }) }
        }
    }
}

@Suite("A panel judges")
struct JudgePanelTests {
    private func member(_ rating: String, bearing: String = "helps") -> ModelJudge {
        ModelJudge(
            AnsweringModel { _, _ in
                said("own-choice", quote: "That is for you to decide.", bearing: bearing, rating: rating)
            }, named: "m", settings: .init(runs: 1))
    }

    @Test("where members differ, the interval spans all of them and each one's value is kept")
    func disagreement() async throws {
        let panel = JudgePanel([
            (name: "one", judge: member("2")), (name: "two", judge: member("1")),
            (name: "three", judge: member("-2", bearing: "harms")),
        ])
        let judgement = try await panel.judgement(of: talk, by: Rubric([ownChoice]), at: 1)
        let estimate = try #require(judgement.appraisal.estimates["own-choice"])
        #expect(estimate.value == 0.5 && estimate.lower == -1 && estimate.upper == 1)
        #expect(judgement.disagreements.first?.values == ["one": 1, "two": 0.5, "three": -1])
        #expect(judgement.findings.map(\.by) == ["one, run 1", "two, run 1", "three, run 1"])
        #expect(judgement.judge.kind == .panel && judgement.cost.calls == 3)
    }

    @Test("what the runs of one member said is kept beside what the members said")
    func runs() async throws {
        let changing = ModelJudge(
            AnsweringModel { _, run in
                said(
                    "own-choice", quote: "That is for you to decide.", bearing: run == 0 ? "harms" : "helps",
                    rating: run == 0 ? "-2" : "2")
            }, named: "m", settings: .init(runs: 3))
        let panel = JudgePanel([(name: "one", judge: changing), (name: "two", judge: member("1"))])
        let judgement = try await panel.judgement(of: talk, by: Rubric([ownChoice]), at: 1)
        #expect(
            judgement.disagreements.map(\.values) == [
                ["one": 1, "two": 0.5], ["one, run 1": -1, "one, run 2": 1, "one, run 3": 1],
            ])
    }

    @Test("a member that can't be reached is left out and named; when all are, that is the error")
    func unreachable() async throws {
        let silent = ModelJudge(
            AnsweringModel { _, _ in throw UpstreamFailure(.cannotConnect, upstream: "x") }, named: "x")
        let panel = JudgePanel([(name: "one", judge: member("2")), (name: "gone", judge: silent)])
        let judgement = try await panel.judgement(of: talk, by: Rubric([ownChoice]), at: 1)
        #expect(judgement.appraisal.estimates["own-choice"]?.coverage == 0.5)
        #expect(judgement.problems == ["gone couldn't be asked."])
        await #expect(throws: UpstreamFailure.self) {
            try await JudgePanel([(name: "gone", judge: silent)]).judgement(of: talk, by: Rubric([ownChoice]), at: 1)
        }
    }

    @Test("voices from the lenses and traditions are told from where they look, and count as different judges")
    func viewpoints() async throws {
        let model = AnsweringModel { _, _ in "" }
        let views = Lens.allCases.map(Viewpoint.lens) + [.tradition("Ubuntu")]
        let judges = views.map { ModelJudge(model, named: "m", settings: .init(runs: 1, viewpoint: $0)) }
        for judge in judges { _ = try await judge.judgement(of: talk, by: Rubric([ownChoice]), at: 1) }
        #expect(Set(judges.map(\.identity.fingerprint)).count == 5)
        #expect(model.requests[4].turns[0].content.contains("Ubuntu"))
    }
}
