import Foundation
import Judges
import Testing

@testable import Evaluation

@Suite("Judges' answers are kept in a run's folder")
struct AnswerFileTests {
    private func folder() throws -> String {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("answers-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        return url.path
    }

    @Test("what was kept is found again, by another process too")
    func kept() throws {
        let path = try folder()
        do {
            let answers = try AnswerFile(in: path)
            #expect(answers.answer(for: "a") == nil)
            answers.keep(KeptAnswer(words: "one\nline \"quoted\" é"), for: "a")
            answers.keep(KeptAnswer(words: "two"), for: "b")
            #expect(answers.answer(for: "a")?.words == "one\nline \"quoted\" é")
        }
        let again = try AnswerFile(in: path)
        #expect(again.answer(for: "a")?.words == "one\nline \"quoted\" é" && again.answer(for: "b")?.words == "two")
    }

    @Test("tokens that an earlier process paid are told once, to whoever needs the answer")
    func tokens() throws {
        let path = try folder()
        let paid = KeptAnswer(words: "one", inputTokens: 100, outputTokens: 10)
        do {
            let answers = try AnswerFile(in: path)
            answers.keep(paid, for: "a")
            // Whoever kept it has counted them.
            #expect(answers.answer(for: "a") == KeptAnswer(words: "one"))
        }
        let again = try AnswerFile(in: path)
        #expect(again.answer(for: "a") == paid)
        #expect(again.answer(for: "a") == KeptAnswer(words: "one"))
        try Data((#"{"answer":"old","key":"k"}"# + "\n").utf8).write(
            to: URL(fileURLWithPath: path + "/answers.jsonl"))
        #expect(try AnswerFile(in: path).answer(for: "k") == KeptAnswer(words: "old"))
    }

    @Test("a line that was cut off is as if it weren't there, and spoils none after it")
    func cut() throws {
        let path = try folder()
        do {
            let answers = try AnswerFile(in: path)
            answers.keep(KeptAnswer(words: "one"), for: "a")
            answers.keep(KeptAnswer(words: "two"), for: "b")
        }
        let file = path + "/answers.jsonl"
        let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
        try bytes.dropLast(5).write(to: URL(fileURLWithPath: file))
        do {
            let answers = try AnswerFile(in: path)
            #expect(answers.answer(for: "a")?.words == "one" && answers.answer(for: "b") == nil)
            answers.keep(KeptAnswer(words: "three"), for: "c")
        }
        let again = try AnswerFile(in: path)
        #expect(again.answer(for: "a")?.words == "one" && again.answer(for: "c")?.words == "three")
    }

    @Test("any bytes in the file do no harm")
    func fuzz() throws {
        var state: UInt64 = 11
        for _ in 0..<50 {
            let path = try folder()
            var bytes: [UInt8] = []
            for _ in 0..<200 {
                state = state &* 6_364_136_223_846_793_005 &+ 1
                bytes.append(UInt8(state >> 56))
                if state % 17 == 0 { bytes.append(UInt8(ascii: "\n")) }
            }
            try Data(bytes).write(to: URL(fileURLWithPath: path + "/answers.jsonl"))
            let answers = try AnswerFile(in: path)
            answers.keep(KeptAnswer(words: "found"), for: "k")
            #expect(answers.answer(for: "k")?.words == "found")
            #expect(try AnswerFile(in: path).answer(for: "k")?.words == "found")
        }
    }
}
