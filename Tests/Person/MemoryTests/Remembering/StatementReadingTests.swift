import Consents
import Testing

@testable import Memory

@Suite("What a message asks of a memory")
struct StatementReadingTests {
    static let now: Int64 = 1_780_000_000_000

    private func items(_ all: (MemoryItem.Kind, String)...) throws -> [MemoryItem] {
        var generator = SystemRandomNumberGenerator()
        var last: MemoryItem.ID?
        return try all.map { kind, words in
            let id = MemoryItem.ID.next(after: last, at: Self.now, using: &generator)
            last = id
            return try MemoryItem(id: id, kind: kind, words: words, recordedAt: Self.now)
        }
    }

    private func asked(_ message: String, _ held: [MemoryItem] = []) -> [AskedOfMemory] {
        AskedOfMemory.all(in: message, held: held, origin: .init(conversation: "c", turn: 1), at: Self.now)
    }

    @Test("a new thing is added, with its origin, as stated")
    func adds() {
        let draft = ItemDraft(.goal, "run 10 km by May", origin: .init(conversation: "c", turn: 1))
        #expect(asked("My goal is to run 10 km by May.") == [.keep(.add(draft))])
        #expect(draft.source == .stated && draft.confidence == 1)
    }

    @Test("the same matter said anew replaces what was said, of the same kind only")
    func replaces() throws {
        let held = try items((.preference, "I prefer short answers"), (.fact, "I prefer short answers"))
        guard case .keep(.replace(let id, _))? = asked("I prefer long answers", held).first else {
            Issue.record("not replaced")
            return
        }
        #expect(id == held[0].id)
        guard case .keep(.add)? = asked("I prefer tea over coffee in the mornings", held).first else {
            Issue.record("another matter was taken for the same")
            return
        }
    }

    @Test("forgetting names the items that it fits, best first, and none when it fits none")
    func forgets() throws {
        let held = try items(
            (.relationship, "my sister Anna lives in Berlin"), (.fact, "Berlin is where I studied"),
            (.goal, "learn to swim"))
        #expect(
            asked("forget what I said about my sister Anna", held) == [.erase([held[0].id], words: "my sister Anna")])
        #expect(
            asked("Forget that I was ever in Paris", held) == [.erase([], words: "I was ever in Paris")])
        #expect(asked("forget about Tom", held) == [.erase([], words: "Tom")])
        let named = try items((.relationship, "Tom is my brother"), (.fact, "I play the tomtom"))
        #expect(asked("forget about Tom", named) == [.erase([named[0].id], words: "Tom")])
    }

    @Test("what was rejected or closed is not spoken of")
    func passedOver() throws {
        let closed = try MemoryItem(
            id: MemoryItem.ID(at: Self.now), kind: .fact, words: "lives in Lyon", recordedAt: Self.now - 10,
            closedAt: Self.now - 5)
        #expect(asked("forget that I live in Lyon", [closed]) == [.erase([], words: "I live in Lyon")])
    }

    @Test("showing everything gives the newest first; showing something gives what fits")
    func shows() throws {
        let held = try items((.fact, "I work nights"), (.goal, "find another job"))
        #expect(asked("What do you know about me?", held) == [.show([held[1].id, held[0].id], words: "")])
    }

    @Test("pausing, resuming and forgetting everything need no items")
    func others() {
        #expect(asked("Don't remember this conversation. Thanks!") == [.pause])
        #expect(asked("You can remember again.") == [.resume])
        #expect(asked("Vergiss alles über mich.") == [.eraseEverything])
        #expect(asked("How are you?") == [])
    }
}
