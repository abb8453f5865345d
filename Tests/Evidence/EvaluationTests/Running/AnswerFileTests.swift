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
            answers.keep("one\nline \"quoted\" é", for: "a")
            answers.keep("two", for: "b")
            #expect(answers.answer(for: "a") == "one\nline \"quoted\" é")
        }
        let again = try AnswerFile(in: path)
        #expect(again.answer(for: "a") == "one\nline \"quoted\" é" && again.answer(for: "b") == "two")
    }

    @Test("a line that was cut off is as if it weren't there, and spoils none after it")
    func cut() throws {
        let path = try folder()
        do {
            let answers = try AnswerFile(in: path)
            answers.keep("one", for: "a")
            answers.keep("two", for: "b")
        }
        let file = path + "/answers.jsonl"
        let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
        try bytes.dropLast(5).write(to: URL(fileURLWithPath: file))
        do {
            let answers = try AnswerFile(in: path)
            #expect(answers.answer(for: "a") == "one" && answers.answer(for: "b") == nil)
            answers.keep("three", for: "c")
        }
        let again = try AnswerFile(in: path)
        #expect(again.answer(for: "a") == "one" && again.answer(for: "c") == "three")
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
            answers.keep("found", for: "k")
            #expect(answers.answer(for: "k") == "found")
            #expect(try AnswerFile(in: path).answer(for: "k") == "found")
        }
    }
}
