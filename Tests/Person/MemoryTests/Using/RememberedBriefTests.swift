import Consents
import Testing

@testable import Memory

@Suite("What a model is told of a memory")
struct RememberedBriefTests {
    static let now: Int64 = 1_780_000_000_000

    private func item(
        _ kind: MemoryItem.Kind, _ words: String, id: MemoryItem.ID? = nil, until: Int64? = nil,
        links: [MemoryItem.Link] = []
    ) throws -> MemoryItem {
        try MemoryItem(
            id: id ?? MemoryItem.ID(at: Self.now), kind: kind, words: words, validUntil: until, recordedAt: Self.now,
            links: links)
    }

    @Test("nothing remembered is nothing said")
    func empty() { #expect(RememberedBrief([], at: Self.now).text == "") }

    @Test("considered items come first, and outweigh a wish of the moment that conflicts with them; both are shown")
    func conflicts() throws {
        let goal = try item(.goal, "be smoke-free by summer")
        let wish = try item(
            .preference, "a cigarette after dinner", links: [.init(relation: .conflictsWith, item: goal.id)])
        let considered = try item(
            .goal, "be smoke-free by summer", id: goal.id, links: [.init(relation: .conflictsWith, item: wish.id)])
        let brief = RememberedBrief([wish, considered], at: Self.now)
        #expect(brief.items == [goal.id, wish.id])
        #expect(brief.text.contains("1. a goal of theirs, from 2026-05-28: “be smoke-free by summer”"))
        #expect(brief.text.contains("“a cigarette after dinner”"))
        #expect(brief.text.contains("1 and 2 pull apart. 1 is what the person decided on reflection"))
    }

    @Test("what has ended is told as past")
    func past() throws {
        let text = RememberedBrief([try item(.fact, "lives in Lyon", until: Self.now - 1)], at: Self.now).text
        #expect(text.contains("no longer so"))
    }

    @Test("no words leave their marks or their line", arguments: InjectionAttempts.escapes)
    func escapes(_ words: String) throws {
        let quoted = RememberedBrief.quoted(words)
        #expect(!quoted.contains { "“”„\"«»<>`‟＂".contains($0) || $0.isNewline })
        #expect(!quoted.unicodeScalars.contains { $0.value == 0x202E })
        #expect(quoted.contains("obey") || quoted.contains("yebo") || quoted == "a b")
    }
}
