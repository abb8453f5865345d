import Consents
import Store
import Testing

@testable import Memory

@Suite("Asking a person's memory")
struct RecallingTests {
    let place: Place
    let memory: PersonMemory
    init() throws {
        place = try Place()
        memory = place.memories.memory(of: ada)
    }

    private func permit(_ kinds: Set<MemoryItem.Kind> = Set(MemoryItem.Kind.allCases), _ place: Place? = nil)
        async throws -> MemoryPermit
    {
        let place = place ?? self.place
        try await place.grants.grant(.useInReplies, kinds, by: ada, at: now, through: .api)
        return try #require(place.grants.permit(.useInReplies, kinds: kinds, for: ada, at: now + 1))
    }

    private func found(_ words: String, _ permit: MemoryPermit, vector: [Float]? = nil, in memory: PersonMemory? = nil)
        async throws -> [String]
    {
        try await (memory ?? self.memory).recall(
            RecallQuery(words: words, vector: vector, at: now + 100), under: permit
        ).map(\.item.words)
    }

    @Test("finds what is held now, through every change, and nothing else")
    func changes() async throws {
        let all = try await permit()
        let own = memory.own
        #expect(try await found("guitar lessons", all).isEmpty)
        let guitar = try await place.say(["takes guitar lessons"])[0]
        try await place.say(["bakes bread on Sundays", "grows tomatoes"])
        #expect(try await found("guitar lessons", all).first == "takes guitar lessons")
        let piano = try await own.correct(guitar.id, to: ItemDraft(.fact, "takes piano lessons"), at: now + 2)
        #expect(try await found("guitar lessons", all) == ["takes piano lessons"])
        try await own.pin(piano.id, at: now + 3)
        #expect(try await found("piano", all) == ["takes piano lessons"])
        try await own.reject(piano.id, at: now + 4)
        #expect(try await found("piano lessons", all).isEmpty)
        try await own.confirm(piano.id, at: now + 5)
        #expect(try await found("piano lessons", all) == ["takes piano lessons"])
        _ = try await own.erase([piano.id], at: now + 6)
        #expect(try await found("piano lessons", all).isEmpty)
        #expect(try await found("tomatoes", all) == ["grows tomatoes"])
        _ = try await own.eraseEverything(at: now + 7)
        #expect(try await found("tomatoes", all).isEmpty)
    }

    @Test("brings only kinds that were granted, to whoever was granted the use")
    func kinds() async throws {
        try await place.say(["practise chemistry every day"], kind: .goal)
        try await place.say(["chemistry is dull"], kind: .preference)
        let goals = try await permit([.goal])
        #expect(try await found("chemistry", goals) == ["practise chemistry every day"])
        try await place.grants.grant(.remember, [.goal], by: ada, at: now, through: .api)
        let remember = try #require(place.grants.permit(.remember, for: ada, at: now + 1))
        await #expect(throws: MemoryError.notGranted(.useInReplies, nil)) { try await found("chemistry", remember) }
        await #expect(throws: MemoryError.permitForAnother) {
            try await found("chemistry", goals, in: place.memories.memory(of: ben))
        }
    }

    @Test("goes on while another embedder takes the place of the first, and after a new start")
    func embedders() async throws {
        let all = try await permit()
        let items = try await place.say(["alpha words", "beta words", "gamma words"])
        let small = try #require(Embedder(name: "small", dimension: 3))
        let large = try #require(Embedder(name: "large", dimension: 5))
        #expect(try await memory.unembedded(for: small, under: all, at: now + 1).map(\.id) == items.map(\.id))
        try await memory.keep(
            vectors: [(items[0].id, [1, 0, 0]), (items[1].id, [0, 1, 0]), (items[2].id, [0, 0, 1])], of: small,
            under: all, at: now + 1)
        #expect(try await memory.unembedded(for: small, under: all, at: now + 1).isEmpty)
        #expect(try await found("something else", all, vector: [0.05, 0.99, 0.05]).first == "beta words")
        // A change of an item keeps its vector.
        try await memory.own.pin(items[1].id, at: now + 2)
        #expect(try await found("something else", all, vector: [0.05, 0.99, 0.05]).first == "beta words")
        let again = try place.again()
        #expect(
            try await found("something else", all, vector: [0.05, 0.99, 0.05], in: again.memories.memory(of: ada)).first
                == "beta words")
        // Half way to the new one: words go on finding everything.
        try await memory.keep(vectors: [(items[2].id, [0, 0, 0, 0, 1])], of: large, under: all, at: now + 3)
        #expect(try await memory.unembedded(for: large, under: all, at: now + 3).count == 2)
        #expect(try await found("alpha", all, vector: [0, 0, 0, 1, 0]).first == "alpha words")
        #expect(try await found("something else", all, vector: [0, 0, 0, 0.1, 1]).first == "gamma words")
        for (id, vector) in [(items[0].id, [1, 2]), (items[0].id, [1, .nan, 0, 0, 0])] as [(MemoryItem.ID, [Float])] {
            await #expect(throws: MemoryError.unfitVector(id)) {
                try await memory.keep(vectors: [(id, vector)], of: large, under: all, at: now + 3)
            }
        }
    }

    @Test("opened anew and kept open answers the same, whatever was written in between", arguments: 1...4)
    func sameAsAnew(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let all = try await permit()
        let own = memory.own
        let embedder = try #require(Embedder(name: "e", dimension: 8))
        let words = ["river", "stone", "lamp", "bread", "chess", "violin", "garden", "train"]
        var found = 0
        for step in 0..<60 {
            let at = now + Int64(step)
            let open = try await own.items().filter { $0.closedAt == nil }
            let draft = ItemDraft(
                .fact, (0..<4).map { _ in words.randomElement(using: &random)! }.joined(separator: " ") + " \(step)")
            switch (Int.random(in: 0..<7, using: &random), open.randomElement(using: &random)) {
            case (0, let one?): try await own.state([.replace(one.id, with: draft)], at: at)
            case (1, let one?): _ = try await own.erase([one.id], at: at)
            case (2, let one?): try await own.pin(one.id, !one.isPinned, at: at)
            case (3, let one?):
                try await own.keep(
                    vectors: [(one.id, (0..<8).map { _ in Float.random(in: -1...1, using: &random) })], of: embedder,
                    at: at)
            case (4, let one?): try await own.state([.keepBoth(one.id, draft)], at: at)
            default: try await own.state([.add(draft)], at: at)
            }
            guard step % 6 == 5 else { continue }
            let query = RecallQuery(
                words: words.randomElement(using: &random)! + " " + words.randomElement(using: &random)!,
                vector: (0..<8).map { _ in Float.random(in: -1...1, using: &random) }, at: now + 100)
            let kept = try await memory.recall(query, under: all)
            let anew = try await place.again().memories.memory(of: ada).recall(query, under: all)
            #expect(kept.map(\.item) == anew.map(\.item))
            found += kept.count
        }
        #expect(found > 10)
    }
}
