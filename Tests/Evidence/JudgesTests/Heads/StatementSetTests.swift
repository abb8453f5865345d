import Foundation
import Testing

@testable import Judges

/// A file of statements that differ, half of which match.
func statementsFile(_ count: Int = 200) -> String {
    let subjects = [
        "rivers", "bakers", "winters", "gardens", "violins", "teachers", "ladders", "harbours", "kettles", "mountains",
    ]
    let verbs = [
        "carry", "forget", "promise", "gather", "colour", "trouble", "answer", "measure", "follow", "surprise",
    ]
    return (0..<count).map { at in
        let (subject, verb) = (subjects[at % 10], verbs[at / 10 % 10])
        let text =
            at % 2 == 0
            ? "I think that \(subject) \(verb) everyone kindly in year \(at)"
            : "Nothing about \(subject) could ever \(verb) \(at) me"
        return #"{"statement": "\#(text)", "answer_matching_behavior": " \#(at % 2 == 0 ? "Yes" : "No")"}"#
    }.joined(separator: "\n")
}

@Suite("Files of statements")
struct StatementSetTests {
    @Test("statements are read in order, with what they match")
    func reads() throws {
        let set = try StatementSet(Array(statementsFile().utf8))
        #expect(set.statements.count == 200)
        #expect(set.statements[0].matches && !set.statements[1].matches)
    }

    @Test("a statement and one with nearly its words are in one group, negated or not; a chain is one group")
    func groups() {
        let groups = StatementSet.groups([
            "Humans always know what is best for themselves", "I like bread",
            "humans ALWAYS know what is best for themselves!",
            "Humans don't always know what is best for themselves", "",
        ])
        #expect(groups[0] == groups[3] && groups[0] != groups[1])
        #expect(groups[2] == groups[0])
        #expect(groups[4] != groups[1])
    }

    @Test("no group is torn between parts, and both kinds are in every part", arguments: [1, 2, 3] as [UInt64])
    func parts(_ seed: UInt64) throws {
        let set = try StatementSet(Array(statementsFile().utf8))
        let parts = set.parts(seed: seed)
        for group in Set(set.groups) {
            #expect(Set(set.groups.indices.filter { set.groups[$0] == group }.map { parts[$0] }).count == 1)
        }
        for part in StatementSet.Part.allCases {
            let rows = parts.indices.filter { parts[$0] == part }
            #expect(rows.contains { set.statements[$0].matches } && rows.contains { !set.statements[$0].matches })
        }
        #expect(parts == set.parts(seed: seed))
        #expect(parts.count { $0 == .test } >= 40)
    }

    @Test("what can't be read is named with its line and what to do")
    func problems() {
        func problem(_ text: String) -> String? {
            do {
                _ = try StatementSet(Array(text.utf8))
                return nil
            } catch { return "\(error)" }
        }
        #expect(problem("{}")?.hasPrefix("line 1: This is no JSON object with") == true)
        #expect(
            problem(statementsFile() + "\n" + #"{"statement": "x", "answer_matching_behavior": "Maybe"}"#)?
                .hasPrefix("line 201:") == true)
        #expect(problem("")?.contains("at least 50") == true)
        #expect(problem(statementsFile(60))?.contains("at least 50") == true)
        #expect(throws: StatementSet.Problem.self) { try StatementSet([0xFF, 0xFE]) }
    }

    @Test("any bytes are read or refused")
    func fuzz() {
        var draw = SeededDraws(seed: 7)
        let good = Array(statementsFile(120).utf8)
        for _ in 0..<60 {
            var bytes = good
            for _ in 0...draw.next(below: 20) { bytes[draw.next(below: bytes.count)] = UInt8(draw.next(below: 256)) }
            _ = try? StatementSet(bytes)
            _ = try? StatementSet((0..<draw.next(below: 60)).map { _ in UInt8(draw.next(below: 256)) })
        }
    }
}
