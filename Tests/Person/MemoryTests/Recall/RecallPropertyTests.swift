import Consents
import Testing

@testable import Memory

@Suite("What holds for every memory and every question")
struct RecallPropertyTests {
    /// Items of few words, so that much overlaps, in a few conversations, some with vectors of two dimensions.
    private static func items(_ count: Int, _ generator: inout RecallSeed) throws -> [(MemoryItem, [Float]?)] {
        let words = [
            "tea", "piano", "sister", "Lyon", "race", "yesterday", "in May", "blue", "what?", "茶", "ran", "the",
        ]
        return try (0..<count).map { number in
            let text = (0..<Int.random(in: 1...6, using: &generator)).map { _ in
                words.randomElement(using: &generator) ?? ""
            }
            var links: [MemoryItem.Link] = []
            if count > 1, Bool.random(using: &generator) {
                let other = (number + Int.random(in: 1..<count, using: &generator)) % count
                links.append(MemoryItem.Link(relation: .conflictsWith, item: RecallIndexTests.id(other)))
            }
            let item = try MemoryItem(
                id: RecallIndexTests.id(number),
                kind: MemoryItem.Kind.allCases.randomElement(using: &generator) ?? .fact,
                words: text.joined(separator: " "),
                origin: Bool.random(using: &generator)
                    ? nil
                    : MemoryItem.Origin(
                        conversation: "c\(Int.random(in: 0..<3, using: &generator))",
                        turn: Int.random(in: 0..<20, using: &generator)),
                speaker: [nil, "Ada", "Ben Lyon"].randomElement(using: &generator) ?? nil,
                validFrom: Bool.random(using: &generator)
                    ? nil : RecallIndexTests.now - Int64.random(in: 0..<400, using: &generator) * 86_400_000,
                recordedAt: RecallIndexTests.now - Int64.random(in: 0..<3, using: &generator),
                confidence: Double(Int.random(in: 0...4, using: &generator)) / 4,
                isPinned: Int.random(in: 0..<5, using: &generator) == 0, links: links)
            let vector: [Float]? =
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: nil
                case 1: VectorRowsTests.vector(5, &generator)
                default: VectorRowsTests.vector(16, &generator)
                }
            return (item, vector)
        }
    }

    private static func question(_ generator: inout RecallSeed) -> RecallQuery {
        let words = ["Ada", "tea", "sister", "When", "last May", "race", "ran", "Lyon", "茶", "unheard"]
        let text = (0..<Int.random(in: 0...4, using: &generator)).map { _ in
            words.randomElement(using: &generator) ?? ""
        }
        return RecallQuery(
            words: text.joined(separator: " "),
            vector: [nil, VectorRowsTests.vector(16, &generator), VectorRowsTests.vector(5, &generator), [1, 2]]
                .randomElement(using: &generator) ?? nil,
            at: RecallIndexTests.now,
            kinds: Bool.random(using: &generator) ? nil : [.value, .fact, .preference, .episode],
            purpose: [nil, "piano race"].randomElement(using: &generator) ?? nil,
            tokenBudget: Int.random(in: 0...300, using: &generator), limit: Int.random(in: 0...12, using: &generator),
            conversation: [nil, "c1"].randomElement(using: &generator) ?? nil)
    }

    @Test("limit, budget and kinds are kept; everything has a reason; nothing comes twice; the same comes again")
    func bounds() throws {
        var generator = RecallSeed(seed: 21)
        for _ in 0..<60 {
            let items = try Self.items(Int.random(in: 0...120, using: &generator), &generator)
            var index = RecallIndex(dimension: 16)
            for (item, vector) in items { index.insert(item, vector: vector) }
            for _ in 0..<10 {
                let query = Self.question(&generator)
                let found = index.recall(query)
                #expect(found.count <= query.limit)
                #expect(found.reduce(0) { $0 + $1.tokens } <= query.tokenBudget)
                #expect(Set(found.map(\.item)).count == found.count)
                #expect(found.allSatisfy { !$0.reasons.isEmpty && (0...1).contains($0.score) })
                for recalled in found {
                    let item = try #require(items.first { $0.0.id == recalled.item }).0
                    #expect(query.kinds?.contains(item.kind) ?? true)
                    #expect(recalled.tokens == TextForm(item.words).tokens)
                }
                #expect(index.recall(query) == found)
            }
        }
    }

    @Test("a larger budget and a higher limit never lose what stood first")
    func more() throws {
        var generator = RecallSeed(seed: 22)
        for _ in 0..<40 {
            let items = try Self.items(100, &generator).map { item, vector in
                (try RecallIndexTests.item(Int(item.id.high), item.words, kind: .fact), vector)
            }
            var index = RecallIndex()
            index.insert(items)
            var query = Self.question(&generator)
            (query.tokenBudget, query.limit) = (100_000, 5)
            let few = index.recall(query)
            query.limit = 12
            #expect(Array(index.recall(query).prefix(5)) == few)
        }
    }

    @Test("the order in which items came doesn't show")
    func order() throws {
        var generator = RecallSeed(seed: 23)
        for _ in 0..<40 {
            let items = try Self.items(Int.random(in: 1...150, using: &generator), &generator)
            var one = RecallIndex(dimension: 16)
            for (item, vector) in items { one.insert(item, vector: vector) }
            var other = RecallIndex()
            other.insert(items.shuffled(using: &generator))
            for _ in 0..<10 {
                let query = Self.question(&generator)
                #expect(one.recall(query) == other.recall(query))
            }
        }
    }

    @Test("a removed item is gone from every part, as if it had never come")
    func removal() throws {
        var generator = RecallSeed(seed: 24)
        for _ in 0..<30 {
            let items = try Self.items(Int.random(in: 1...200, using: &generator), &generator)
            var index = RecallIndex(dimension: 16)
            for (item, vector) in items { index.insert(item, vector: vector) }
            var left = items
            for _ in 0..<Int.random(in: 0...items.count, using: &generator) {
                let gone = left.remove(at: Int.random(in: left.indices, using: &generator))
                let wasThere = index.remove(gone.0.id)
                let isThere = index.remove(gone.0.id)
                #expect(wasThere && !isThere)
            }
            var fresh = RecallIndex(dimension: 16)
            for (item, vector) in left { fresh.insert(item, vector: vector) }
            #expect(index.count == left.count)
            #expect(index.vectorCount(dimension: 16) == fresh.vectorCount(dimension: 16))
            #expect(index.vectorCount(dimension: 5) == fresh.vectorCount(dimension: 5))
            for _ in 0..<10 {
                let query = Self.question(&generator)
                #expect(index.recall(query) == fresh.recall(query))
            }
        }
    }

    @Test("with the last item that holds a word, the word is forgotten")
    func words() throws {
        var index = RecallIndex()
        index.insert(try RecallIndexTests.item(1, "plays the piano"), vector: nil)
        index.insert(try RecallIndexTests.item(2, "plays chess", speaker: "Ada"), vector: nil)
        let before = index.vocabulary.stemCount
        index.insert(try RecallIndexTests.item(3, "secretly paints portraits", speaker: "Zoe"), vector: nil)
        #expect(index.vocabulary.stemCount == before + 4)
        index.remove(RecallIndexTests.id(3))
        #expect(index.vocabulary.stemCount == before)
        var stemmer = PorterStemmer()
        for word in ["secretly", "paints", "portraits", "paint", "zoe"] {
            let term = Array(word.utf8).withUnsafeBufferPointer {
                index.vocabulary.term(of: $0, hash: Vocabulary.mark($0), &stemmer)
            }
            #expect(term == nil)
        }
        #expect(index.postings.entries(slot: 2).allSatisfy { $0.count == 0 })
    }

    @Test("an item put in again under its id stands for the old one")
    func replacement() throws {
        var generator = RecallSeed(seed: 25)
        let items = try Self.items(80, &generator)
        var index = RecallIndex(dimension: 16)
        for (item, vector) in items + items.reversed() + items { index.insert(item, vector: vector) }
        var fresh = RecallIndex(dimension: 16)
        for (item, vector) in items { fresh.insert(item, vector: vector) }
        #expect(index.count == 80)
        for _ in 0..<20 {
            let query = Self.question(&generator)
            #expect(index.recall(query) == fresh.recall(query))
        }
        index.insert(try RecallIndexTests.item(3, "tea", status: .rejected), vector: nil)
        #expect(!index.contains(RecallIndexTests.id(3)) && index.count == 79)
    }

    @Test("a vector given later is as good as one that came with its item, and takes the place of the one before")
    func attaching() throws {
        var generator = RecallSeed(seed: 27)
        for _ in 0..<20 {
            let items = try Self.items(60, &generator)
            var index = RecallIndex(dimension: 16)
            for (item, _) in items {
                index.insert(
                    item, vector: Bool.random(using: &generator) ? nil : VectorRowsTests.vector(16, &generator))
            }
            var fresh = RecallIndex(dimension: 16)
            for (item, vector) in items.shuffled(using: &generator) {
                let isThere = index.attach(vector, to: item.id)
                #expect(isThere)
                fresh.insert(item, vector: vector)
            }
            let isThere = index.attach([1], to: RecallIndexTests.id(1_000))
            #expect(!isThere)
            #expect(index.vectorCount(dimension: 16) == fresh.vectorCount(dimension: 16))
            for _ in 0..<10 {
                let query = Self.question(&generator)
                #expect(index.recall(query) == fresh.recall(query))
            }
        }
    }

    @Test("nothing is too odd to be kept and asked for")
    func odd() throws {
        var generator = RecallSeed(seed: 26)
        var index = RecallIndex(dimension: 0)
        for number in 0..<300 {
            var text = String.UnicodeScalarView()
            for _ in 0..<40 {
                if let scalar = Unicode.Scalar(UInt32.random(in: 0xA1...0x1_F9FF, using: &generator)) {
                    text.append(scalar)
                }
            }
            guard let item = try? RecallIndexTests.item(number, String(text), from: .random(in: -9_000...9_000)) else {
                continue
            }
            index.insert(
                item, vector: [[], [.nan], [0, 0], [1, .infinity], [3, 4]].randomElement(using: &generator) ?? nil)
            var query = RecallIndexTests.ask(String(text.reversed().map(Character.init)), limit: .max)
            query.tokenBudget = .max
            query.at = .random(in: .min ... .max, using: &generator)
            query.vector = [[], [.nan, 1], [0, 0], [1, 1], [1]].randomElement(using: &generator) ?? nil
            _ = index.recall(query)
        }
        #expect(index.count > 200)
    }
}
