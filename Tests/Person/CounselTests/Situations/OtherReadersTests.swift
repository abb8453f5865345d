import Charters
import Foundation
import Models
import Synchronization
import Testing

@testable import Counsel

/// An embedder that knows words: each text is the set of its words, hashed into a few numbers.
private struct WordEmbedder: Embedder {
    var pause: Duration?
    var isBroken = false

    func embed(_ texts: [String]) async throws -> [[Float]] {
        if isBroken { throw ChatRefusal(status: 500, message: "broken") }
        if let pause, texts.count == 1 { try await Task.sleep(for: pause) }
        return texts.map { text in
            var vector = [Float](repeating: 0.01, count: 64)
            for word in text.lowercased().split(whereSeparator: { !$0.isLetter }) {
                vector[word.utf8.reduce(7) { ($0 &* 31 &+ Int($1)) & 63 }] += 1
            }
            return vector
        }
    }
}

private struct FixedModel: ChatModel {
    let content: String

    func reply(to request: ChatRequest) async throws -> ChatReply {

        throw ChatRefusal(status: 500, message: content)
    }

    func stream(_ request: ChatRequest) -> AsyncThrowingStream<ChatDelta, any Error> {
        AsyncThrowingStream { $0.finish() }
    }
}

@Suite("Reading by meaning, and by a model")
struct OtherReadersTests {
    private let charter: CompiledCharter
    private let hello = Conversation(turns: [ChatTurn(.user, "I will never understand this, I am too stupid for it.")])

    init() throws { charter = try SituationFiles.charter("plain", role: "tutor") }

    @Test("meaning joins the cues once the described situations are embedded")
    func joins() async throws {
        let reader = EmbeddingReader(embedder: WordEmbedder(), limit: .seconds(60))
        try await reader.prepare()
        let situation = await reader.read(hello, known: Circumstances(), charter: charter)
        #expect(situation.method == .cuesAndMeaning)
        #expect(situation.shows(.discouraged))
    }

    @Test("before they are embedded, cues stand alone and it is said")
    func unprepared() async throws {
        let reader = EmbeddingReader(embedder: WordEmbedder(isBroken: true))
        let situation = await reader.read(hello, known: Circumstances(), charter: charter)
        guard case .cuesInstead = situation.method else {
            Issue.record("it says \(situation.method)")
            return
        }
        #expect(situation.shows(.discouraged))
    }

    @Test("an embedder that takes too long is not waited for")
    func slow() async throws {
        let reader = EmbeddingReader(embedder: WordEmbedder(pause: .seconds(600)), limit: .milliseconds(5))
        try await reader.prepare()
        let situation = await reader.read(hello, known: Circumstances(), charter: charter)
        #expect(situation.method == .cuesInstead(reason: "the embedder did not answer in time"))
    }

    @Test("meaning can't talk danger away")
    func danger() {
        var situation = Situation()
        situation.readings[.danger] = Reading(score: 0.9, evidence: "wish-to-die")
        let nearness = Nearness(
            [Float](repeating: 0, count: 64), DescribedSituation.all.map { _ in [Float](repeating: 0, count: 64) })
        let combined = situation.combined(with: nearness, Calibration(base: -20, cues: 0, nearness: 0))
        #expect(combined.danger.score >= 0.9)
        #expect(combined.stakes == .high)
    }

    @Test("fitting finds the weights of what it was shown")
    func fitting() {
        var generator = SeededGenerator(seed: 3)
        let truth = Calibration(base: -2, cues: 5, nearness: 3)
        let examples = (0..<4_000).map { _ in
            let cues = Double.random(in: 0...1, using: &generator)
            let nearness = Double.random(in: -1...1, using: &generator)
            let holds = Double.random(in: 0...1, using: &generator) < truth.score(cues: cues, nearness: nearness)
            return (cues: cues, nearness: nearness, holds: holds)
        }
        let fit = Calibration.fitting(examples, steps: 3_000, ridge: 0, presence: 1)
        #expect(abs(fit.base - truth.base) < 0.5)
        #expect(abs(fit.cues - truth.cues) < 0.8)
        #expect(abs(fit.nearness - truth.nearness) < 0.6)
    }

    @Test("of a model's answer only what was asked for is taken")
    func answers() {
        let answer = ModelReader.Answer(
            #"Sure! {"signals": {"danger": 0.9, "joy": 1, "distress": 7, "goodbye": "yes"}, "topics": ["law", 3], "tension": null} Bye"#
        )
        #expect(answer?.signals == [.danger: 0.9])
        #expect(answer?.topics == ["law"])
        #expect(answer?.tension == nil)
        #expect(ModelReader.Answer("I'd rather chat.") == nil)
        #expect(ModelReader.Answer("{}") == nil)
        #expect(ModelReader.Answer("}{") == nil)
    }

    @Test("a model's answer can't talk danger away either, and names nothing unknown")
    func modelDanger() throws {
        var situation = Situation()
        situation.readings[.danger] = Reading(score: 0.9, evidence: "wish-to-die")
        let answer = try #require(
            ModelReader.Answer(#"{"signals": {"danger": 0, "distress": 0.8}, "topics": ["ufo", "law"]}"#))
        situation.take(answer, charter: charter)
        #expect(situation.shows(.danger))
        #expect(situation.shows(.distress))
        #expect(situation.circumstances.topics == ["law"])
    }

    @Test("without a usable answer the cues stand alone")
    func noAnswer() async {
        let reader = ModelReader(model: FixedModel(content: ""), name: "any")
        let situation = await reader.read(hello, known: Circumstances(), charter: charter)
        #expect(situation.method == .cuesInstead(reason: "the model gave no usable answer in time"))
        #expect(situation.shows(.discouraged))
    }
}
