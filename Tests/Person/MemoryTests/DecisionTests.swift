import Consents
import Testing

@testable import Memory

@Suite("What is decided about what is remembered")
struct DecisionTests {
    let place: Place
    init() throws { place = try Place() }

    private func held(_ at: Int64, known: Int64 = .max - 1) async throws -> [String] {
        try await place.own().items().held(trueAt: at, asKnownAt: known).map(\.words)
    }

    @Test("closes what came to an end and overwrites nothing")
    func closing() async throws {
        let lyon = try await place.own().state(
            [.add(ItemDraft(.fact, "lives in Lyon", validFrom: now - 900 * day))], at: now)[0].item
        let until = now - 30 * day
        let closed = try await place.own().state([.close(lyon.id, until: until)], at: now + day)[0].item
        #expect(closed.links == [.init(relation: .replaces, item: lyon.id)])
        #expect(try await held(now - 60 * day) == ["lives in Lyon"])
        #expect(try await held(now) == [])
        // As it was known before: open.
        #expect(try await held(now, known: now) == ["lives in Lyon"])
        #expect(try await place.own().items().count == 2)
        await #expect(throws: MemoryError.unfit([0: ItemProblems(problems: [.endsBeforeItBegins])])) {
            try await place.own().state([.close(closed.id, until: now - 1_000 * day)], at: now + day)
        }
    }

    @Test("replaces, keeps both with the conflict marked, and doesn't hold the same twice")
    func resolutions() async throws {
        let tea = try await place.say(["prefers tea"], kind: .preference)[0]
        let coffee = try await place.own().state(
            [.replace(tea.id, with: ItemDraft(.preference, "prefers coffee"))], at: now + 1)[0].item
        #expect(try await held(now) == ["prefers coffee"])
        let rest = try await place.own().state(
            [.keepBoth(coffee.id, ItemDraft(.value, "wants no caffeine"))], at: now + 2)[0].item
        #expect(try await held(now) == ["prefers coffee", "wants no caffeine"])
        #expect(
            try await place.own().item(coffee.id)?.links.contains(.init(relation: .conflictsWith, item: rest.id))
                == true)
        #expect(rest.links == [.init(relation: .conflictsWith, item: coffee.id)])
        let again = try await place.own().state([.add(ItemDraft(.value, "wants no caffeine"))], at: now + 3)[0]
        #expect(!again.isNew && again.item.id == rest.id)
        // Many at once, some of them twice.
        let many = try await place.own().state((0..<40).map { .add(ItemDraft(.fact, "fact \($0 % 20)")) }, at: now + 4)
        #expect(many.filter(\.isNew).count == 20)
        await #expect(throws: MemoryError.self) {
            try await place.own().state([.replace(tea.id, with: ItemDraft(.preference, "x"))], at: now + 5)
        }
    }

    @Test("can be undone, and the undoing too")
    func undoing() async throws {
        let tea = try await place.say(["prefers tea"], kind: .preference)[0]
        try await place.own().state([.replace(tea.id, with: ItemDraft(.preference, "prefers coffee"))], at: now + 1)
        let replaced = try #require(try await place.own().decisions().first)
        #expect(replaced.act == .replaced && replaced.author == .person)
        try await place.own().undo(replaced.id, at: now + 2)
        #expect(try await held(now) == ["prefers tea"])
        await #expect(throws: MemoryError.self) { try await place.own().undo(replaced.id, at: now + 3) }
        let undone = try #require(try await place.own().decisions().first)
        #expect(undone.act == .undone && undone.undoes == replaced.id)
        try await place.own().undo(undone.id, at: now + 4)
        #expect(try await held(now) == ["prefers coffee"])
        // Something else happened since.
        let coffee = try #require(try await place.own().items().last)
        try await place.own().reject(coffee.id, at: now + 5)
        let second = try #require(try await place.own().decisions().dropFirst().first)
        await #expect(throws: MemoryError.changedSince(coffee.id)) {
            try await place.own().undo(second.id, at: now + 6)
        }
        await #expect(throws: MemoryError.noSuchDecision(tea.id)) { try await place.own().undo(tea.id, at: now + 6) }
    }

    @Test("by the person: correct, confirm, reject, pin")
    func controls() async throws {
        let own = place.own()
        let old = try await place.say(["was born in 1990"])[0]
        let new = try await own.correct(old.id, to: ItemDraft(.fact, "was born in 1991"), at: now + 1)
        #expect(try await held(now) == ["was born in 1991"])
        #expect(try await held(now, known: now) == ["was born in 1990"])
        try await own.reject(new.id, at: now + 2)
        #expect(try await held(now) == [])
        try await own.confirm(new.id, at: now + 3)
        #expect(try await own.item(new.id)?.status == .confirmed)
        #expect(try await own.search("BORN 1991").map(\.id) == [new.id])
        #expect(try await own.search("nothing").isEmpty)
        await #expect(throws: MemoryError.noSuchItem(MemoryItem.ID(high: 1, low: 1))) {
            try await own.confirm(MemoryItem.ID(high: 1, low: 1), at: now)
        }
        #expect(try await own.decisions().map(\.act) == [.confirmed, .rejected, .corrected, .remembered])
    }

    /// Random acts, then all of it undone from the last to the first: nothing is held any more, and whatever is undone
    /// in the middle leaves what it was before.
    @Test("undone one after the other lead back to where it began", arguments: 1...8)
    func undoAll(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let own = place.own()
        var states: [[MemoryItem.ID: String]] = [[:]]
        func state() async throws -> [MemoryItem.ID: String] {
            Dictionary(
                uniqueKeysWithValues: try await own.items().filter { $0.closedAt == nil }.map {
                    ($0.id, "\($0.words) \($0.status) \($0.isPinned) \($0.links.map { "\($0)" }.sorted())")
                })
        }
        var acts = 0
        for step in 0..<40 {
            let at = now + Int64(step)
            let open = try await own.items().filter { $0.closedAt == nil }
            let one = open.randomElement(using: &random)
            let draft = ItemDraft(MemoryItem.Kind.allCases.randomElement(using: &random)!, "words \(step)")
            switch (Int.random(in: 0..<8, using: &random), one) {
            case (0, let one?): try await own.state([.replace(one.id, with: draft)], at: at)
            case (1, let one?): try await own.state([.keepBoth(one.id, draft)], at: at)
            case (2, let one?): try await own.state([.close(one.id, until: at)], at: at)
            case (3, let one?): try await own.correct(one.id, to: draft, at: at)
            case (4, let one?): try await own.reject(one.id, at: at)
            case (5, let one?): try await own.pin(one.id, !one.isPinned, at: at)
            default: try await own.state([.add(draft)], at: at)
            }
            acts += 1
            states.append(try await state())
        }
        let decisions = try await own.decisions()
        #expect(decisions.count == acts)
        for decision in decisions {
            states.removeLast()
            try await own.undo(decision.id, at: now + 1_000)
            #expect(try await state() == states.last)
        }
        #expect(try await state().isEmpty)
    }
}
