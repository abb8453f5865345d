import Consents
import Testing

@testable import Memory

@Suite("Recall")
struct RecallIndexTests {
    static let now = CalendarDay(year: 2023, month: 6, day: 14).start

    static func id(_ number: Int) -> MemoryItem.ID { MemoryItem.ID(high: UInt64(number), low: 0) }

    static func item(
        _ number: Int, _ words: String, kind: MemoryItem.Kind = .fact, status: MemoryItem.Status = .confirmed,
        origin: MemoryItem.Origin? = nil, speaker: String? = nil, from: Int64? = nil, until: Int64? = nil,
        closed: Int64? = nil, due: Int64? = nil, pinned: Bool = false, links: [MemoryItem.Link] = []
    ) throws -> MemoryItem {
        try MemoryItem(
            id: id(number), kind: kind, words: words, status: status, origin: origin, speaker: speaker, validFrom: from,
            validUntil: until, recordedAt: now - 86_400_000 * 30, closedAt: closed, due: due, isPinned: pinned,
            links: links)
    }

    static func index(_ items: [MemoryItem]) -> RecallIndex {
        var index = RecallIndex()
        for item in items { index.insert(item, vector: nil) }
        return index
    }

    static func ask(_ words: String, limit: Int = 10) -> RecallQuery {
        RecallQuery(words: words, at: now, tokenBudget: 10_000, limit: limit)
    }

    // MARK: What comes

    @Test("what holds the words comes, and nothing else")
    func words() throws {
        let index = Self.index([
            try Self.item(1, "plays the piano"), try Self.item(2, "lives in Lyon"),
            try Self.item(3, "has a sister named Nadia"),
        ])
        let found = index.recall(Self.ask("Where do I live?"))
        #expect(found.map(\.item) == [Self.id(2)])
        #expect(found[0].reasons == [.lexical])
        #expect((0...1).contains(found[0].score))
        #expect(index.recall(Self.ask("What is the capital of Peru?")).isEmpty)
        #expect(index.recall(Self.ask("")).isEmpty)
    }

    @Test("a meaning without a common word comes by its vector")
    func meaning() throws {
        var index = RecallIndex(dimension: 4)
        for number in 0..<40 {
            var vector = [Float](repeating: 0, count: 4)
            vector[number % 3] = 1
            vector[3] = Float(number) / 100
            index.insert(try Self.item(number, "thing \(number)"), vector: vector)
        }
        index.insert(try Self.item(99, "keeps bees"), vector: [0, 0, 0.1, 1])
        var query = Self.ask("apiculture", limit: 1)
        query.vector = [0, 0, 0, 2]
        let found = index.recall(query)
        #expect(found.map(\.item) == [Self.id(99)])
        #expect(found[0].reasons == [.meaning])
    }

    @Test("what the person hasn't confirmed, or what isn't held any more, doesn't come")
    func standing() throws {
        let index = Self.index([
            try Self.item(1, "likes tea", status: .proposed), try Self.item(2, "likes tea", status: .rejected),
            try Self.item(3, "likes tea", closed: Self.now - 1), try Self.item(4, "likes tea", closed: Self.now + 1),
        ])
        #expect(index.recall(Self.ask("tea")).map(\.item) == [Self.id(4)])
    }

    @Test("only granted kinds come, not even to show a conflict")
    func kinds() throws {
        let index = Self.index([
            try Self.item(1, "wants to sleep early", kind: .value),
            try Self.item(
                2, "wants to watch series tonight", kind: .preference,
                links: [MemoryItem.Link(relation: .conflictsWith, item: Self.id(1))]),
        ])
        var query = Self.ask("series tonight")
        query.kinds = [.preference]
        #expect(index.recall(query).map(\.item) == [Self.id(2)])
        query.kinds = []
        #expect(index.recall(query).isEmpty)
    }

    @Test("a value that conflicts with an impulse is brought with it and stands before it")
    func conflict() throws {
        for linkOnValue in [false, true] {
            func link(_ number: Int) -> [MemoryItem.Link] {
                [MemoryItem.Link(relation: .conflictsWith, item: Self.id(number))]
            }
            let index = Self.index([
                try Self.item(1, "sleeps before eleven", kind: .value, links: linkOnValue ? link(2) : []),
                try Self.item(2, "wants to watch series tonight", kind: .preference, links: linkOnValue ? [] : link(1)),
                try Self.item(3, "saw a series about whales", kind: .episode),
            ])
            let found = index.recall(Self.ask("which series shall I watch tonight?"))
            #expect(found.map(\.item) == [Self.id(1), Self.id(2), Self.id(3)])
            #expect(found[0].reasons.contains(.conflict) && found[1].reasons.contains(.conflict))
            #expect(!found[2].reasons.contains(.conflict))
            // Room for one: the one held on reflection.
            let one = index.recall(Self.ask("which series shall I watch tonight?", limit: 1))
            #expect(one.map(\.item) == [Self.id(1)])
        }
    }

    @Test("a time in the question finds what happened then")
    func time() throws {
        let day = { (month: Int) in CalendarDay(year: 2023, month: month, day: 10).start }
        let index = Self.index(
            try (1...5).map { try Self.item($0, "ran a race", kind: .episode, from: day($0)) }
                + [try Self.item(9, "booked a race in March", kind: .episode, from: day(1))])
        let march = index.recall(Self.ask("what about the race in March?"))
        #expect(march.first?.item == Self.id(9) && march[1].item == Self.id(3))
        #expect(march[1].reasons == [.lexical, .time])
        let lastMonth = index.recall(Self.ask("my race last month", limit: 1))
        #expect(lastMonth.map(\.item) == [Self.id(5)])
        let when = index.recall(Self.ask("When did I book?", limit: 1))
        #expect(when.first?.reasons.contains(.time) ?? false)
    }

    @Test("what is over stands behind what holds, unless the question is about then")
    func over() throws {
        let may = CalendarDay(year: 2023, month: 5, day: 1).start
        let index = Self.index([
            try Self.item(1, "lives in Lyon", from: may - 86_400_000 * 500, until: may),
            try Self.item(2, "lives in Nantes", from: may),
        ])
        #expect(index.recall(Self.ask("where do I live?")).map(\.item) == [Self.id(2), Self.id(1)])
        #expect(index.recall(Self.ask("where did I live in 2022?")).first?.item == Self.id(1))
    }

    @Test("the answer to a question is found by the question that came before it")
    func neighbours() throws {
        func turn(_ number: Int, _ words: String, _ speaker: String, in conversation: String = "c") throws -> MemoryItem
        {
            try Self.item(
                number, words, kind: .episode, origin: MemoryItem.Origin(conversation: conversation, turn: number),
                speaker: speaker)
        }
        let items = [
            try turn(1, "Which instrument did you learn as a child?", "Ben"),
            try turn(2, "Oboe, for six years.", "Ada"),
            try turn(3, "Lovely weather today.", "Ben"), try turn(20, "Lunch was fine.", "Ada"),
            try turn(2, "Nothing much.", "Ada", in: "another"),
        ]
        var shuffled = items
        shuffled.removeLast()
        let index = Self.index(shuffled.reversed())
        let found = index.recall(Self.ask("Which instrument did Ada learn?"))
        #expect(found.first?.item == Self.id(2))
        #expect(found.first?.reasons == [.neighbour, .speaker])
        #expect(!found.contains { $0.item == Self.id(20) })
        // Without its neighbour it isn't found.
        var alone = index
        alone.remove(Self.id(1))
        #expect(alone.recall(Self.ask("Which instrument did Ada learn?")).isEmpty)
    }

    @Test("an item of a kind that isn't granted speaks for no neighbour")
    func ungrantedNeighbours() throws {
        func turn(_ number: Int, _ words: String, _ kind: MemoryItem.Kind) throws -> MemoryItem {
            try Self.item(number, words, kind: kind, origin: MemoryItem.Origin(conversation: "c", turn: number))
        }
        let index = Self.index([
            try turn(1, "Which instrument did you learn?", .episode), try turn(2, "Oboe, for six years.", .skill),
        ])
        var query = Self.ask("instrument learned")
        #expect(index.recall(query).map(\.item).contains(Self.id(2)))
        query.kinds = [.skill]
        #expect(index.recall(query).isEmpty)
    }

    @Test("what is due soon comes with the commitment's kind as a reason")
    func due() throws {
        let day: Int64 = 86_400_000
        let index = Self.index([
            try Self.item(1, "call my sister", kind: .commitment, due: Self.now + 2 * day),
            try Self.item(2, "call my brother", kind: .commitment, due: Self.now + 60 * day),
            try Self.item(3, "water the plants", kind: .commitment, due: Self.now + day),
        ])
        #expect(index.recall(Self.ask("whom should I call?")).map(\.item) == [Self.id(1), Self.id(2), Self.id(3)])
        #expect(index.recall(Self.ask("")).map(\.item) == [Self.id(3), Self.id(1)])
    }

    @Test("the purpose of the moment brings what belongs to it")
    func purpose() throws {
        let index = Self.index([
            try Self.item(1, "finds chemistry hard"), try Self.item(2, "finds swimming hard"),
            try Self.item(3, "finds waiting hard"),
        ])
        var query = Self.ask("what do I find hard?", limit: 1)
        query.purpose = "learning chemistry"
        #expect(index.recall(query).map(\.item) == [Self.id(1)])
        query.purpose = "swimming lessons"
        #expect(index.recall(query).map(\.item) == [Self.id(2)])
    }

    @Test("of a pasted page, the rarest words are looked for")
    func page() throws {
        let common = (0..<200).map { "common\($0)" }
        var items = try (0..<20).map { try Self.item($0, common.joined(separator: " ")) }
        items.append(try Self.item(99, "keeps bees"))
        let index = Self.index(items)
        let found = index.recall(Self.ask((common + ["bees"] + common).joined(separator: " "), limit: 30))
        #expect(found.contains { $0.item == Self.id(99) })
        let question = Question(Self.ask((common + ["bees"]).joined(separator: " ")), in: index, .fitted)
        #expect(question.wanted.count == Question.mostWords)
    }

    @Test("a pin and the conversation that is going on weigh a little")
    func weights() throws {
        let index = Self.index([
            try Self.item(1, "likes green tea"), try Self.item(2, "likes black tea", pinned: true),
            try Self.item(3, "likes white tea", origin: MemoryItem.Origin(conversation: "now", turn: 3)),
        ])
        var query = Self.ask("tea")
        #expect(index.recall(query).map(\.item) == [Self.id(2), Self.id(3), Self.id(1)])
        #expect(index.recall(query)[0].reasons == [.lexical, .pinned])
        query.conversation = "now"
        #expect(index.recall(query)[1].item == Self.id(3))
    }

    @Test(
        "it finds in other languages",
        arguments: [
            ("Wo wohne ich? In welchem Straßenzug?", "wohnt im Strassenzug am Fluss"),
            ("¿Qué música me gusta?", "ama la música cubana"),
            ("我喜欢绿茶吗？", "每天喝绿茶"), ("Какую музыку я люблю?", "любит музыку"), ("좋아하는 음악은?", "음악을 좋아함"),
        ] as [(String, String)])
    func languages(_ question: String, _ words: String) throws {
        let index = Self.index([try Self.item(1, "zzz"), try Self.item(2, words), try Self.item(3, "yyy")])
        #expect(index.recall(Self.ask(question)).map(\.item) == [Self.id(2)])
    }
}
