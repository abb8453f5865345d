import Consents
import Foundation
import Testing

@testable import Memory

@Suite("A remembered item")
struct MemoryItemTests {
    private func item(
        _ words: String = "lives in Lyon", validFrom: Int64? = nil, validUntil: Int64? = nil, closedAt: Int64? = nil,
        confidence: Double = 1, recordedAt: Int64 = 100
    ) throws(ItemProblems) -> MemoryItem {
        try MemoryItem(
            id: MemoryItem.ID(at: 100), kind: .fact, words: words, validFrom: validFrom, validUntil: validUntil,
            recordedAt: recordedAt, closedAt: closedAt, confidence: confidence)
    }

    @Test("has an id that sorts by time and reads back")
    func ids() throws {
        var last: MemoryItem.ID?
        var random = SystemRandomNumberGenerator()
        // The clock stands still, goes back, and goes on.
        for at in [5, 5, 5, 3, 3, 1, 0, -4, 6, 6, 900] as [Int64] {
            let id = MemoryItem.ID.next(after: last, at: at, using: &random)
            if let last { #expect(last < id); #expect(last.description < id.description) }
            #expect(MemoryItem.ID(id.description) == id)
            last = id
        }
        #expect(last?.milliseconds == 900)
        for text in [
            "", "0", String(repeating: "Z", count: 26), String(repeating: "0", count: 27), "01ARZ3NDEKTSV4RRFFQ69G5FAI",
        ] {
            #expect(MemoryItem.ID(text) == nil)
        }
    }

    @Test("can't be made unfit, and all problems are named at once")
    func validation() throws {
        _ = try item(String(repeating: "a", count: 4_000))
        #expect(throws: ItemProblems(problems: [.tooManyWords(characters: 4_001)])) {
            try item(String(repeating: "a", count: 4_001))
        }
        #expect(throws: ItemProblems(problems: [.noWords])) { try item("") }
        #expect(throws: ItemProblems(problems: [.noWords])) { try item(" \u{A0} ") }
        for scalar in [0, 9, 10, 13, 27, 0x7F, 0x9B, 0x2028, 0x202E] as [UInt32] {
            let character = try Character(#require(Unicode.Scalar(scalar)))
            #expect(throws: ItemProblems(problems: [.controlCharacter(field: "words", scalar: scalar)])) {
                try item("a\(character)b")
            }
        }
        for confidence in [-0.1, 1.1, .nan, .infinity] {
            #expect(throws: ItemProblems(problems: [.unfitConfidence])) { try item(confidence: confidence) }
        }
        #expect(throws: ItemProblems(problems: [.unfitConfidence, .endsBeforeItBegins, .closedBeforeRecorded])) {
            try item(validFrom: 2, validUntil: 1, closedAt: 99, confidence: 2)
        }
        #expect(throws: ItemProblems(problems: [.unfitMoment(field: "validFrom")])) { try item(validFrom: .min) }
        _ = try item(validFrom: 2, validUntil: 2)
    }

    @Test("is held and true at moments of its own, kept apart")
    func twoTimes() throws {
        // Recorded at 100: lived in Lyon since 10, as far as we knew. Learned at 200: until 50.
        let open = try item(validFrom: 10, closedAt: 200)
        let closed = try item(validFrom: 10, validUntil: 50, recordedAt: 200)
        let all = [open, closed]
        #expect(all.held(trueAt: 60, asKnownAt: 150) == [open])
        #expect(all.held(trueAt: 60, asKnownAt: 200) == [])
        #expect(all.held(trueAt: 49, asKnownAt: 200) == [closed])
        #expect(all.held(trueAt: 50, asKnownAt: 200) == [])
        #expect(all.held(trueAt: 9, asKnownAt: 150) == [])
        #expect(all.held(trueAt: 20, asKnownAt: 99) == [])
    }

    @Test("keeps through JSON, and JSON that is unfit is refused")
    func json() throws {
        let whole = try MemoryItem(
            id: MemoryItem.ID(at: 7), kind: .commitment, words: "call Nadia", source: .inferred, status: .proposed,
            origin: .init(conversation: "c1", turn: 3), speaker: "Ada", validFrom: 1, validUntil: 9, recordedAt: 7,
            closedAt: 8, due: 20, confidence: 0.25, isPinned: true, keepUntil: 30,
            links: [.init(relation: .conflictsWith, item: MemoryItem.ID(at: 5))])
        let data = try JSONEncoder().encode(whole)
        #expect(try JSONDecoder().decode(MemoryItem.self, from: data) == whole)
        let bad = String(decoding: data, as: UTF8.self).replacingOccurrences(of: "call Nadia", with: "call\\u0007")
        #expect(throws: (any Error).self) { try JSONDecoder().decode(MemoryItem.self, from: Data(bad.utf8)) }
    }

    @Test("is reflective when it is a value, a goal or a commitment")
    func reflective() {
        #expect(MemoryItem.Kind.allCases.filter(\.isReflective) == [.value, .goal, .commitment])
        #expect(MemoryItem.Kind.allCases.map(\.number) == Array(0..<8))
    }
}
