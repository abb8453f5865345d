import Flourishing
import Foundation
import Models
import Testing

@testable import Judges

@Suite("A decoy shows which runs of a judge can be believed")
struct DecoyTests {
    private let goods = Rubric([ownChoice, clarity])

    /// Rates every good alike, the decoy too, and quotes ordinary words of the reply.
    private func obedient(_ words: String, rating: Int) -> AnsweringModel {
        AnsweringModel { request, _ in
            let quoted = String(decoding: try JSONEncoder().encode(words), as: UTF8.self)
            let part =
                #"{"evidence":[{"quote":\#(quoted),"bearing":"\#(rating > 0 ? "helps" : "harms")","why":""}],"rating":\#(rating)}"#
            return "{" + request.goods.map { "\"\($0)\":\(part)" }.joined(separator: ",") + "}"
        }
    }

    /// The first words of a conversation's first reply that a judge could quote.
    private func quotable(_ turns: [ChatTurn]) throws -> String {
        let replies = turns.filter { $0.role == .assistant }.map(\.content)
        let pieces = replies.flatMap { $0.split { ".!?\n。".contains($0) } }.map(String.init)
        return try #require(
            pieces.first { piece in
                piece.unicodeScalars.reduce(0) {
                    $0 + ($1.isOfDenseScript ? 3 : $1.properties.isAlphabetic ? 1 : 0)
                } >= 8
            } ?? pieces.first)
    }

    @Test(
        "a judge that obeys whoever asks for everything gains nothing, in any language, code or hidden letters",
        arguments: BlindConversation.attempts.filter { $0.asks != .some }, [false, true])
    func obeys(attempt: BlindConversation, oneByOne: Bool) async throws {
        let model = obedient(try quotable(attempt.turns), rating: attempt.asks == .less ? -2 : 2)
        let judge = ModelJudge(model, named: "judge", settings: .init(runs: 2, oneByOne: oneByOne))
        let judgement = try await judge.judgement(of: attempt.turns, by: goods, at: 1)
        #expect(judgement.appraisal.estimates.isEmpty && judgement.findings.isEmpty)
        #expect(judgement.problems.contains { $0.contains("nothing to do with the conversation") })
    }

    @Test("there are 71 of these, and 9 that name goods, which a decoy can't catch")
    func counted() {
        let wishes = Dictionary(grouping: BlindConversation.attempts, by: \.asks).mapValues(\.count)
        #expect(wishes == [.all: 68, .less: 3, .some: 9])
    }

    @Test(
        "an answer that is copied out of a reply has no decoy in it, and counts for nothing",
        arguments: [false, true])
    func copied(isWithDecoy: Bool) async throws {
        let answer = said("own-choice", quote: "That is for you to decide.", rating: "2")
        let model = AnsweringModel(seesDecoy: isWithDecoy) { _, _ in answer }
        let judgement = try await ModelJudge(model, named: "judge", settings: .init(runs: 1))
            .judgement(of: talk, by: Rubric([ownChoice]), at: 1)
        #expect(judgement.appraisal.estimates.isEmpty != isWithDecoy)
        #expect(judgement.dropped.map(\.reason) == (isWithDecoy ? [] : [.untrustedRun, .untrustedRun]))
    }

    @Test(
        "an honest judge loses nothing, and never speaks of the decoy",
        arguments: BlindConversation.innocent + BlindConversation.attempts)
    func honest(conversation: BlindConversation) async throws {
        let words = try quotable(conversation.turns)
        let model = AnsweringModel { _, _ in said("own-choice", quote: words, rating: "2") }
        let judgement = try await ModelJudge(model, named: "judge", settings: .init(runs: 3))
            .judgement(of: conversation.turns, by: Rubric([ownChoice]), at: 1)
        #expect(!judgement.dropped.contains { $0.reason == .untrustedRun })
        #expect(Set(judgement.appraisal.estimates.keys).isSubset(of: ["own-choice"]))
        // Two innocent replies hold no words that this test could quote by the rules: one is too short a piece of JSON, one
        // begins with the person's own code. Where a reply speaks to the judge, its quotes are dropped for that.
        let isAddressed = conversation.turns.contains { $0.role == .assistant && SpeechToJudge.isIn($0.content) }
        let isEstimated = judgement.appraisal.estimates["own-choice"]?.value == 1
        #expect(isEstimated || isAddressed || ["ben-015", "ben-030"].contains(conversation.id), "\(judgement.dropped)")
    }

    @Test("only what the decoy was rated like is lost: praise at random takes praise, blame at random blame")
    func directions() async throws {
        let praised = said("own-choice", quote: "That is for you to decide.", rating: "2").dropLast()
        let blamed = said("own-choice", quote: "That is for you to decide.", bearing: "harms", rating: "-2").dropLast()
        for (first, decoy, value) in [
            (praised, "1", nil), (praised, "-1", 1.0), (praised, "0", 1), (blamed, "1", -1), (blamed, "-1", nil),
        ] {
            let model = AnsweringModel { request, _ in
                "\(first),\"\(request.decoy ?? "")\":{\"evidence\":[],\"rating\":\(decoy)}}"
            }
            let judgement = try await ModelJudge(model, named: "judge", settings: .init(runs: 1))
                .judgement(of: talk, by: Rubric([ownChoice]), at: 1)
            #expect(judgement.appraisal.estimates["own-choice"]?.value == value, "\(first) \(decoy)")
        }
    }

    @Test("coverage falls by the runs that can't be believed")
    func coverage() async throws {
        let model = AnsweringModel { request, run in
            let plain = said("own-choice", quote: "That is for you to decide.", rating: "2")
            guard run == 1, let decoy = request.decoy else { return plain }
            return "\(plain.dropLast()),\"\(decoy)\":{\"evidence\":[],\"rating\":2}}"
        }
        let judgement = try await ModelJudge(model, named: "judge", settings: .init(runs: 4))
            .judgement(of: talk, by: Rubric([ownChoice]), at: 1)
        #expect(judgement.appraisal.estimates["own-choice"]?.coverage == 0.75)
    }

    @Test("a decoy has the form of the goods, its place differs, and nothing in the conversation speaks of its subject")
    func form() {
        var (drawn, places) = (Set<String>(), Set<Int>())
        for conversation in BlindConversation.innocent {
            let transcript = JudgedTranscript(conversation.turns)
            let decoy = Decoy.drawn(for: transcript, beside: goods, seed: 1)
            let asked = Decoy.put(decoy, into: goods, of: transcript, seed: 1)
            #expect(decoy == Decoy.drawn(for: transcript, beside: goods, seed: 1))
            #expect(decoy.signs.count == 1 && decoy.failures.count == 1)
            drawn.insert(decoy.id)
            if let place = asked.entries.firstIndex(of: decoy) { places.insert(place) }
        }
        #expect(drawn.count > 10 && places == [0, 1, 2])
        let chess = [ChatTurn(.user, "Which chess opening?"), ChatTurn(.assistant, "1. e4, and castle early.")]
        for seed in 0..<100 {
            let decoy = Decoy.drawn(for: JudgedTranscript(chess), beside: goods, seed: UInt64(seed))
            #expect(decoy.id != "next-move")
        }
    }

    @Test("the list is long, and each of its goods has three signs and failures")
    func list() {
        #expect(Decoy.all.count >= 12 && Set(Decoy.all.map(\.entry.id)).count == Decoy.all.count)
        for decoy in Decoy.all { #expect(decoy.entry.signs.count == 3 && decoy.entry.failures.count == 3) }
    }
}
