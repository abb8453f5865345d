import Consents
import Foundation
import Store
import Testing

@testable import Memory

@Suite("One person's memory")
struct IsolationTests {
    /// Random people do random things; each one's memory is held against a plain list of what they did themselves.
    @Test("never holds anything of another's, whatever people do", arguments: 1...6)
    func nothingCrosses(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        // Little room, so that memories come and go.
        var place = try Place(byteLimit: 8_000)
        let people = ["a", "b"].flatMap { application in
            (0..<6).map { PersonKey(application: application, person: "\(application)\($0)") }
        }
        var expected: [PersonKey: [MemoryItem.ID: String]] = [:]
        for step in 0..<150 {
            let person = people.randomElement(using: &random)!
            let own = place.own(person)
            let at = now + Int64(step)
            let mine = expected[person, default: [:]].keys.sorted()
            switch (Int.random(in: 0..<9, using: &random), mine.randomElement(using: &random)) {
            case (0, let id?):
                _ = try await own.erase([id], withHistory: false, at: at)
                expected[person]?[id] = nil
            case (1, _):
                _ = try await own.eraseEverything(at: at)
                expected[person] = nil
            case (2, let id?) where try await own.item(id)?.closedAt == nil:
                try await own.reject(id, at: at)
            case (3, _):
                // Another person's id is nobody's here.
                guard let other = people.filter({ $0 != person }).randomElement(using: &random),
                    let id = expected[other]?.keys.randomElement(using: &random)
                else { break }
                #expect(try await own.item(id) == nil)
                await #expect(throws: MemoryError.noSuchItem(id)) { try await own.pin(id, at: at) }
                await #expect(throws: MemoryError.noSuchItem(id)) { _ = try await own.erase([id], at: at) }
                await #expect(throws: MemoryError.noSuchItem(id)) {
                    try await own.state([.keepBoth(id, ItemDraft(.fact, "x"))], at: at)
                }
            case (4, _): place = try place.again()
            default:
                let words = (0..<Int.random(in: 1...9, using: &random)).map { "\(person.person) \(step) \($0)" }
                for item in try await place.say(words, by: person, at: at) {
                    expected[person, default: [:]][item.id] = item.words
                }
            }
        }
        for person in people {
            let found = Dictionary(uniqueKeysWithValues: try await place.own(person).items().map { ($0.id, $0.words) })
            #expect(found == expected[person, default: [:]])
        }
        #expect(expected.values.contains { $0.count > 3 })
    }

    @Test("can't be moved to another by whoever writes in the file")
    func moved() async throws {
        let place = try Place()
        try await place.say(["Ada's"], by: ada)
        try await place.say(["Ben's"], by: ben)
        try await place.store.write { session in
            let rows = try session.rows("SELECT application, person, number FROM memory_people ORDER BY person")
            let (first, second) = (try rows[0].integer("number"), try rows[1].integer("number"))
            try session.run("UPDATE memory_segments SET person = -1 WHERE person = ?", .integer(first))
            try session.run("UPDATE memory_segments SET person = ? WHERE person = ?", .integer(first), .integer(second))
            try session.run("UPDATE memory_segments SET person = ? WHERE person = -1", .integer(second))
        }
        let again = try place.again()
        for person in [ada, ben] { await #expect(throws: MemoryError.damaged) { try await again.own(person).items() } }
    }
}
