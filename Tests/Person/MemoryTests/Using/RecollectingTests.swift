import Consents
import Foundation
import Store
import Testing

@testable import Memory
@testable import Models

@Suite("What a reply is told of memory")
struct RecollectingTests {
    let place: Place
    let recollecting: Recollecting

    init() throws {
        place = try Place()
        recollecting = try place.recollecting()
    }

    private func allow(_ purposes: MemoryPurpose...) async throws {
        for purpose in purposes {
            try await place.grants.grant(
                purpose, Set(MemoryItem.Kind.allCases), by: ada, at: now, through: .api)
        }
    }

    private func turn(
        _ words: String, before: [String] = [], by person: PersonKey = ada, conversation: String? = "talk",
        at moment: Int64 = now + 100
    ) -> TurnForMemory {
        TurnForMemory(by: person, words, before: before, conversation: conversation, turn: 4, at: moment)
    }

    @Test("nothing is told, and nothing heard, without a grant; what is asked to be kept is answered truly")
    func noGrant() async throws {
        try await place.say(["plays chess on Fridays"])
        #expect(recollecting.atOnce(turn("Shall we play chess?")) == .nothing)
        let asked = await recollecting.recollection(turn("Remember that I play chess."))
        #expect(asked.heard == nil && asked.used.isEmpty)
        #expect(asked.text.contains("not yet allowed") && !asked.text.contains("chess"))
        #expect(asked.done == ["what they asked to be remembered is not, since they have not allowed it"])
    }

    @Test("in a conversation that was paused nothing is said to be noted or heard, until it is resumed")
    func pausedBefore() async throws {
        try await allow(.remember, .useInReplies)
        _ = await recollecting.recollection(turn("Don't remember this conversation."))
        let asked = await recollecting.recollection(turn("Remember that I play chess."))
        #expect(asked.heard == nil)
        #expect(asked.done == ["what they asked to be remembered is not, since they paused it"])
        #expect(recollecting.atOnce(turn("Shall we play?"))?.heard == nil)
        let elsewhere = await recollecting.recollection(turn("Remember that I play chess.", conversation: "other"))
        #expect(elsewhere.heard != nil && elsewhere.done == ["what they asked to be remembered is noted"])
        _ = await recollecting.recollection(turn("You can remember again."))
        #expect(try await place.own().pausedConversations() == [])
        let after = await recollecting.recollection(turn("Remember that I play chess."))
        #expect(after.heard != nil && after.done == ["what they asked to be remembered is noted"])
    }

    @Test("what fits is told with its reasons, at once when the memory is open, and the turn is heard where granted")
    func told() async throws {
        try await allow(.useInReplies)
        try await place.say(["plays chess on Fridays", "allergic to peanuts"])
        let first = await recollecting.recollection(turn("Any ideas for Friday chess?"))
        #expect(first.used.map(\.item.words) == ["plays chess on Fridays"])
        #expect(first.text.contains("“plays chess on Fridays”") && first.heard == nil)
        #expect(first.used[0].recalled.reasons.contains(.lexical))
        let warm = try #require(recollecting.atOnce(turn("Any ideas for Friday chess?")))
        #expect(warm.used.map(\.item.words) == first.used.map(\.item.words) && warm.text == first.text)
        try await allow(.remember)
        #expect(recollecting.atOnce(turn("Hello"))?.heard?.message == "Hello")
        // Another person's is another memory.
        #expect(await recollecting.recollection(turn("chess", by: ben)) == .nothing)
    }

    @Test("a considered commitment and an impulse against it are both told, as what they are")
    func conflict() async throws {
        try await allow(.useInReplies)
        let plan = try await place.say(["no sweets before Easter"], kind: .commitment)[0]
        _ = try await place.own().state([.keepBoth(plan.id, ItemDraft(.preference, "wants sweets tonight"))], at: now)
        let told = await recollecting.recollection(turn("I want sweets"))
        #expect(told.used.map(\.item.kind) == [.commitment, .preference])
        #expect(told.text.contains("pull apart") && told.text.contains("on reflection"))
    }

    @Test("what is asked to be forgotten is erased before the reply, if it is clear what is meant")
    func forgets() async throws {
        try await allow(.useInReplies, .remember)
        try await place.say(["my sister's name is Nadia", "plays chess on Fridays", "plays chess with Ben"])
        #expect(recollecting.atOnce(turn("Forget my sister's name.")) == nil, "it has to be waited for")
        let one = await recollecting.recollection(turn("Forget my sister's name is Nadia."))
        #expect(one.text.contains("erased for good") && !one.text.contains("Nadia"))
        #expect(try await place.own().items().map(\.words) == ["plays chess on Fridays", "plays chess with Ben"])
        let several = await recollecting.recollection(turn("Forget that I play chess."))
        #expect(several.done.first?.contains("nothing was erased") == true, "\(several.done)")
        #expect(several.text.contains("“plays chess with Ben”"))
        #expect(try await place.own().items().count == 2)
        let none = await recollecting.recollection(turn("Forget that I have a bicycle."))
        #expect(none.done == ["nothing fitted what they asked to be forgotten"])
    }

    @Test("what was asked to be remembered a moment ago can be forgotten at once")
    func forgetsWhatWaits() async throws {
        try await allow(.remember)
        recollecting.queue.note(Heard(by: ada, "Remember that I have a parrot.", at: now))
        let forgotten = await recollecting.recollection(turn("Forget that I have a parrot."))
        #expect(forgotten.done == ["one thing was erased, as they asked"])
        #expect(try await place.own().items().isEmpty)
    }

    @Test("everything is erased only when it is asked twice in a row")
    func forgetsEverything() async throws {
        try await place.say(["plays chess"])
        let ask = "Forget everything about me."
        let once = await recollecting.recollection(turn(ask))
        #expect(once.done == ["they asked once that everything be forgotten; nothing was erased yet"])
        #expect(try await place.own().items().count == 1)
        _ = await recollecting.recollection(turn(ask, before: [ask, "No, wait."]))
        #expect(try await place.own().items().count == 1)
        let twice = await recollecting.recollection(turn(ask, before: [ask]))
        #expect(twice.done == ["everything that was remembered was erased, as they asked"])
        #expect(try await place.own().items().isEmpty)
    }

    @Test("a pause holds for its conversation, with a name and without one, until it is taken back")
    func pauses() async throws {
        try await allow(.remember)
        let pause = "Don't remember anything from this conversation."
        let paused = await recollecting.recollection(turn(pause))
        #expect(paused.heard == nil && paused.done == ["remembering was paused in this conversation"])
        #expect(try await place.own().pausedConversations() == ["talk"])
        let nameless = await recollecting.recollection(
            turn("Remember that I sing.", before: [pause, "Hm."], conversation: nil))
        #expect(nameless.heard == nil && nameless.text.contains("paused"))
        let other = try #require(recollecting.atOnce(turn("I sing.", conversation: nil)))
        #expect(other.heard != nil)
    }

    @Test("what is remembered is shown when asked, as far as it may be used in replies")
    func shows() async throws {
        try await place.say(["plays chess"])
        let ask = "What do you remember about me?"
        let hidden = await recollecting.recollection(turn(ask))
        #expect(hidden.used.isEmpty && hidden.text.contains("settings for memory"))
        try await place.grants.grant(.useInReplies, [.goal], by: ada, at: now, through: .api)
        #expect(await recollecting.recollection(turn(ask)).used.isEmpty, "of that kind it was not granted")
        try await allow(.useInReplies)
        let shown = await recollecting.recollection(turn(ask))
        #expect(shown.used.map(\.item.words) == ["plays chess"] && shown.used[0].recalled.reasons == [.asked])
    }

    @Test("a memory that can't be reached is said to be missing, and the reply goes on")
    func trouble() async throws {
        try await allow(.useInReplies)
        try await place.say(["plays chess"])
        place.memories.close(ada)
        try await place.store.write { _ = try $0.run("UPDATE memory_segments SET sealed = ?", .blob([1, 2, 3])) }
        let told = await recollecting.recollection(turn("chess?"))
        #expect(told.used.isEmpty && told.text.isEmpty)
        #expect(told.missing.count == 1 && told.missing[0].contains("damaged"))
    }
}
