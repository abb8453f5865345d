import Consents
import Foundation
import Store
import Synchronization
import Testing

@testable import Memory
@testable import Models

/// A model that answers what it is told to, or fails.
private struct ScriptedModel: ChatModel {
    let answer: @Sendable (ChatRequest) async throws -> String

    func reply(to request: ChatRequest) async throws -> ChatReply {
        ChatReply(content: try await answer(request))
    }

    func stream(_ request: ChatRequest) -> AsyncThrowingStream<ChatDelta, any Error> {
        AsyncThrowingStream { $0.finish() }
    }
}

/// Counts letters: enough to tell that a vector was made.
private struct LetterEmbedder: Models.Embedder {
    func embed(_ texts: [String]) async throws -> [[Float]] {
        texts.map { text in "abcdefgh".map { letter in Float(text.count { $0 == letter }) + 0.1 } }
    }
}

@Suite("Remembering after the reply")
struct HeardQueueTests {
    let place: Place
    init() throws { place = try Place() }

    private func queue(
        _ place: Place? = nil, model: ScriptedModel? = nil, embeds: Bool = false, at moment: Int64 = now + 1_000
    ) throws -> HeardQueue {
        let place = place ?? self.place
        return HeardQueue(
            memories: place.memories, journal: try Journal(directory: place.folder("heard")),
            rememberer: model.map { ModelRememberer(model: $0, name: "m") },
            vectors: embeds ? VectorMaker(LetterEmbedder(), name: "letters") : nil, logger: .silent, clock: { moment })
    }

    private func allow(_ purpose: MemoryPurpose = .remember, acceptsInferred: Bool = false) async throws {
        try await place.grants.grant(
            purpose, Set(MemoryItem.Kind.allCases), acceptsInferred: acceptsInferred, by: ada, at: now, through: .api)
    }

    private func said(_ words: String, conversation: String? = "talk", at moment: Int64 = now) -> Heard {
        Heard(by: ada, words, conversation: conversation, turn: 2, at: moment)
    }

    @Test("what is said outright is held, with its origin and its day, and the decision is the person's")
    func statements() async throws {
        try await allow()
        let queue = try queue()
        queue.note(said("Please remember that I'm left-handed. I promise to call my sister tomorrow."))
        #expect(await queue.round())
        let items = try await place.own().items()
        #expect(items.contains { $0.words == "I'm left-handed" && $0.kind == .fact && $0.status == .confirmed })
        #expect(items.allSatisfy { $0.origin == .init(conversation: "talk", turn: 2) && $0.source == .stated })
        let decisions = try await place.own().decisions()
        #expect(decisions.allSatisfy { $0.author == .person })
        #expect(queue.counts.read == 1 && queue.counts.remembered == items.count && queue.trouble == nil)
    }

    @Test("a day that a goal or commitment names becomes its due date; one that is over does not")
    func dates() {
        let due = ItemDraft(.commitment, "call my sister tomorrow").dated(at: now).due
        #expect(due.map { $0 > now && $0 < now + 2 * day } == true)
        #expect(ItemDraft(.commitment, "what I did yesterday").dated(at: now).due == nil)
        #expect(ItemDraft(.fact, "the exam is tomorrow").dated(at: now).due == nil)
    }

    @Test("without a grant, after it was taken back, in a paused conversation and of other kinds nothing is held")
    func grants() async throws {
        let queue = try queue()
        queue.note(said("Remember that my door code is odd."))
        #expect(await queue.round())
        #expect(try await place.own().items().isEmpty && queue.counts.forbidden == 1)

        try await allow()
        try await place.own().pause("talk", at: now)
        queue.note(said("Remember that I sing."))
        #expect(await queue.round())
        #expect(try await place.own().items().isEmpty)

        try await place.grants.revoke(.remember, by: ada, at: now + 2, through: .api)
        try await place.grants.grant(.remember, [.goal], by: ada, at: now + 3, through: .api)
        queue.note(said("Remember that I dance. My goal is to dance well.", conversation: "other"))
        #expect(await queue.round())
        #expect(try await place.own().items().map(\.kind) == [.goal])
    }

    @Test("what was noted before the process died is read by the next, once")
    func death() async throws {
        try await allow()
        do {
            let first = try queue()
            first.note(said("Remember that I'm left-handed."))
            // No round: the process dies here.
        }
        let second = try place.again()
        let queue = try queue(second)
        #expect(await queue.round())
        // It dies again between reading and deleting: the same turn is there once more.
        queue.note(said("Remember that I'm left-handed."))
        #expect(await queue.round())
        #expect(try await second.own().items().map(\.words) == ["I'm left-handed"])
    }

    @Test("what waits is sealed: neither the journal nor the store holds a word in the clear")
    func sealed() async throws {
        try await allow()
        let model = ScriptedModel { _ in throw ChatRefusal(status: 503, message: "busy") }
        let queue = try queue(model: model)
        queue.note(said("Yesterday the xylophone lesson went better than I had feared, and we laughed a lot."))
        #expect(try place.folder.allBytes().range(of: Data("xylophone".utf8)) == nil)
        #expect(await !queue.round())
        #expect(try place.folder.allBytes().range(of: Data("xylophone".utf8)) == nil)
        #expect(queue.trouble?.contains("503") == true && queue.trouble?.contains("xylophone") == false)
    }

    @Test("a model's findings wait as proposals, or pass where the person's grant lets them")
    func model() async throws {
        let model = ScriptedModel { _ in
            #"{"memories":[{"kind":"goal","words":"wants to learn the xylophone","sure":0.8,"about":0,"relation":"new"}]}"#
        }
        try await allow()
        let queue = try queue(model: model)
        let words = "I've been thinking about it all week: I really want to learn the xylophone this winter."
        queue.note(said(words))
        #expect(await queue.round())
        let proposals = try await place.own().proposals()
        #expect(proposals.map(\.words) == ["wants to learn the xylophone"])
        #expect(try await place.own().decisions().first?.author == .model)

        _ = try await place.own().eraseEverything(at: now + 2)
        try await allow(acceptsInferred: true)
        queue.note(said(words, at: now + 3))
        #expect(await queue.round())
        #expect(try await place.own().items().map(\.status) == [.confirmed])
    }

    @Test("a model that is down is asked again later, and what was said outright is held meanwhile")
    func modelDown() async throws {
        try await allow()
        let isUp = Mutex(false)
        let model = ScriptedModel { _ in
            guard isUp.withLock({ $0 }) else { throw ChatRefusal(status: 503, message: "busy") }
            return #"{"memories":[]}"#
        }
        let time = Mutex(now + 1_000)
        let queue = HeardQueue(
            memories: place.memories, journal: try Journal(directory: place.folder("heard")),
            rememberer: ModelRememberer(model: model, name: "m"), logger: .silent, clock: { time.withLock { $0 } })
        queue.note(
            said(
                "Remember that I sing. There is so much more to tell about last summer by the lake and what came of it."
            ))
        #expect(await !queue.round())
        #expect(try await place.own().items().map(\.words) == ["I sing"])
        isUp.withLock { $0 = true }
        #expect(await !queue.round(), "it is not asked again at once")
        time.withLock { $0 += 600_000 }
        #expect(await queue.round())
        #expect(queue.counts.read == 1 && queue.trouble == nil)
        #expect(try await place.own().items().count == 1)
    }

    @Test("erasing, of an item or of everything, takes with it what was heard and not read yet")
    func erasing() async throws {
        try await allow()
        let model = ScriptedModel { _ in throw ChatRefusal(status: 503, message: "busy") }
        let queue = try queue(model: model)
        queue.note(
            said("Remember that I sing. And I went to the lake with everybody last summer, all of July, it was good."))
        _ = await queue.round()
        let waiting = { try place.store.read { try $0.rows("SELECT id FROM memory_heard").count } }
        #expect(try waiting() == 1)
        let item = try #require(try await place.own().items().first)
        _ = try await place.own().erase([item.id], at: now + 2_000)
        #expect(try waiting() == 0)
        queue.note(
            said("Remember that I dance. And I went to the hills with everybody last spring, all of May, it was good."))
        _ = await queue.round()
        _ = try await place.own().eraseEverything(at: now + 3_000)
        #expect(try waiting() == 0)
        // What was said before and comes late is not kept either.
        queue.note(said("Remember that I paint.", at: now + 2_500))
        #expect(await queue.round())
        #expect(try await place.own().items().isEmpty)
    }

    @Test("items get their vectors in the background, also those that were there before the embedder was")
    func vectors() async throws {
        try await allow()
        try await allow(.useInReplies)
        try await place.say(["bees and cabbage", "deaf ears"])
        let queue = try queue(embeds: true)
        queue.wantsVectors(ada)
        #expect(await queue.round())
        queue.note(said("Remember that a cab came."))
        #expect(await queue.round())
        let made = try #require(Embedder(name: "letters", dimension: 8))
        let permit = try #require(place.grants.permit(.useInReplies, for: ada, at: now + 1))
        let missing = try await place.memories.memory(of: ada).unembedded(for: made, under: permit, at: now + 1)
        #expect(missing.isEmpty)
    }

    @Test("a charter's retention bounds what was heard under it and nothing else; the person's own stands before it")
    func retention() async throws {
        try await allow()
        try await place.own().setRetention(.goal, days: 700, at: now)
        try await place.say(["plays the lute", "I dance"])
        let queue = try queue()
        var heard = said("Remember that I sing. Remember that I dance. My goal is to sing well.")
        heard.retentionDays = 180
        queue.note(heard)
        #expect(await queue.round())
        #expect(try await place.own().retention() == [.goal: 700])
        let bounds = try await place.again().own().items().map { [$0.words, $0.keepUntil.map { "\($0 - now)" } ?? ""] }
        #expect(
            Set(bounds) == [
                ["plays the lute", ""], ["I dance", ""], ["I sing", "\(180 * day)"], ["sing well", "\(180 * day)"],
            ])
        #expect(try await place.memories.sweep(at: now + 182 * day) == 1)
        #expect(try await Set(place.own().items().map(\.words)) == ["plays the lute", "I dance", "sing well"])
    }

    @Test("what the person says themself later is kept without the bound that it was first heard under")
    func loosened() async throws {
        try await allow()
        let queue = try queue()
        var heard = said("Remember that I sing.")
        heard.retentionDays = 30
        queue.note(heard)
        #expect(await queue.round())
        #expect(try await place.own().items().map(\.keepUntil) == [now + 30 * day])
        let again = try await place.own().state([.add(ItemDraft(.fact, "I sing"))], at: now + 2_000)
        #expect(again.map(\.item.keepUntil) == [nil] && again.map(\.isNew) == [false])
        #expect(try await place.again().own().items().map(\.keepUntil) == [nil])
    }

    /// A model that waits until it is let go on.
    private struct Held {
        let model: ScriptedModel
        let asked: AsyncStream<Void>
        let letGo: AsyncStream<Void>.Continuation

        init(_ reply: String) {
            let (asked, ask) = AsyncStream<Void>.makeStream()
            let (go, letGo) = AsyncStream<Void>.makeStream()
            self.asked = asked
            self.letGo = letGo
            model = ScriptedModel { _ in
                ask.yield()
                for await _ in go { break }
                return reply
            }
        }
    }

    private static let cat =
        #"{"memories":[{"kind":"fact","words":"my cat Heliotrope is ill","sure":0.9,"about":0,"relation":"new"}]}"#
    private static let aboutCat =
        "Remember that my cat Heliotrope is ill. And today we went all the way to the lake and back, which took hours."

    @Test("an item that is erased while a model still reads what it was said in doesn't come back")
    func erasedWhileRead() async throws {
        try await allow()
        let held = Held(Self.cat)
        let queue = try queue(model: held.model)
        queue.note(said(Self.aboutCat))
        let round = Task { await queue.round() }
        for await _ in held.asked { break }
        let item = try #require(try await place.own().items().first)
        _ = try await place.own().erase([item.id], at: now + 2_000)
        held.letGo.yield()
        #expect(await round.value)
        #expect(try await place.own().items().isEmpty)
        #expect(queue.counts.forbidden == 1)
    }

    @Test("a reader whose turn another has taken over keeps nothing, and leaves it to the other")
    func claimLost() async throws {
        try await allow()
        let held = Held(Self.cat)
        let queue = try queue(model: held.model)
        queue.note(said("Today my cat Heliotrope was so ill that we drove to the doctor in the middle of the night."))
        let round = Task { await queue.round() }
        for await _ in held.asked { break }
        try await place.store.write { _ = try $0.run("UPDATE memory_heard SET claimed_at = claimed_at + 1") }
        held.letGo.yield()
        #expect(await !round.value)
        #expect(try await place.own().items().isEmpty)
        #expect(try await place.store.read { try $0.rows("SELECT id FROM memory_heard").count } == 1)
    }

    @Test("the same matter said anew in the next message replaces what was said, whatever the clock has done since")
    func quickly() async throws {
        try await allow()
        let time = Mutex(now + 1_000)
        let queue = HeardQueue(
            memories: place.memories, journal: try Journal(directory: place.folder("heard")), logger: .silent,
            clock: {
                time.withLock { time in
                    time += 500
                    return time
                }
            })
        queue.note(said("I prefer short answers.", at: now))
        #expect(await queue.round())
        queue.note(said("I prefer long answers.", at: now + 1))
        #expect(await queue.round())
        let held = try await place.own().items().filter { $0.closedAt == nil }
        #expect(held.map(\.words) == ["I prefer long answers"])
    }

    @Test("settling reads what one person said, and leaves what others said to wait its turn")
    func settlesOne() async throws {
        try await allow()
        try await place.grants.grant(.remember, [.fact], by: ben, at: now, through: .api)
        let queue = try queue()
        queue.note(said("Remember that I sing."))
        queue.note(Heard(by: ben, "Remember that I dance.", at: now))
        await queue.settle(ada)
        #expect(try await place.own().items().map(\.words) == ["I sing"])
        #expect(try await place.own(ben).items().isEmpty)
        #expect(await queue.round())
        #expect(try await place.own(ben).items().map(\.words) == ["I dance"])
    }

    @Test("what can't be written down waits in memory and is read later; what finds no room is counted as lost")
    func fullDisk() async throws {
        try await allow()
        let journal = try Journal(directory: place.folder("heard"))
        journal.finish()
        let queue = HeardQueue(
            memories: place.memories, journal: journal, logger: .silent, clock: { now + 1_000 }, memoryLimit: 900)
        #expect(queue.note(said("Remember that I sing.")) == .onlyInMemory)
        #expect(queue.note(said("Remember that \(String(repeating: "long ", count: 400)).")) == .lost)
        #expect(queue.counts.waiting == 1 && queue.counts.lost == 1 && queue.counts.noted == 2)
        #expect(queue.trouble?.contains("waits in memory") == true)
        #expect(await queue.round())
        #expect(try await place.own().items().map(\.words) == ["I sing"])
        #expect(queue.counts.waiting == 0 && queue.trouble == nil)
    }

    @Test("what the receipt says of a turn that was not written down is what became of it")
    func receipt() {
        var recollection = Recollection()
        recollection.done = [MemoryNote.willRemember.done, MemoryNote.paused.done]
        recollection.heard = said("Remember that I sing.")
        var waiting = recollection
        waiting.take(.onlyInMemory)
        #expect(waiting.heard != nil && waiting.missing.count == 1 && waiting.missing[0].contains("waits in memory"))
        recollection.take(.lost)
        #expect(recollection.heard == nil && recollection.missing[0].contains("is lost"))
        #expect(
            recollection.done == [
                "what they asked to be remembered could not be noted, and is lost", MemoryNote.paused.done,
            ])
    }
}
