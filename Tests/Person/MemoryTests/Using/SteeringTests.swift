import Consents
import Foundation
import Store
import Testing

@testable import Memory

@Suite("Steering memory in plain words")
struct SteeringTests {
    let place: Place
    let recollecting: Recollecting

    init() throws {
        place = try Place()
        recollecting = try place.recollecting()
    }

    private func allow() async throws {
        for purpose in [MemoryPurpose.remember, .useInReplies] {
            try await place.grants.grant(purpose, Set(MemoryItem.Kind.allCases), by: ada, at: now, through: .api)
        }
    }

    /// What a message is answered with, and what is read of it afterwards.
    @discardableResult
    private func say(_ words: String, after before: String..., at moment: Int64 = now + 100) async throws
        -> Recollection
    {
        let recollection = await recollecting.recollection(
            TurnForMemory(by: ada, words, before: before, conversation: "talk", turn: 4, at: moment))
        #expect(recollection.missing == [])
        if let heard = recollection.heard { recollecting.queue.note(heard) }
        return recollection
    }

    private func held() async throws -> [MemoryItem] {
        await recollecting.queue.settle(ada)
        return try await place.own().items().filter { $0.closedAt == nil && $0.status != .rejected }
    }

    // MARK: What is so no longer

    static let ended = [
        ["I live in Lyon", "It's no longer true that I live in Lyon.", "Undo that."],
        ["ich in Lyon wohne", "Es stimmt nicht mehr, dass ich in Lyon wohne.", "Mach das rückgängig."],
        ["vivo en Lyon", "Ya no es verdad que vivo en Lyon.", "Deshaz eso."],
        ["j'habite à Lyon", "Ce n'est plus vrai que j'habite à Lyon.", "Annule ça."],
        ["vivo a Lione", "Non è più vero che vivo a Lione.", "Annullalo."],
        ["moro em Lyon", "Já não é verdade que moro em Lyon.", "Desfaz isso."],
    ]

    @Test("what is so no longer is kept as past, not erased, and can be undone", arguments: ended)
    func noLonger(_ words: [String]) async throws {
        try await allow()
        try await place.say([words[0]])
        let told = try await say(words[1])
        #expect(told.done == ["one thing is kept as past, as they said"])
        let ended = try await held()
        #expect(ended.map(\.words) == [words[0]] && ended.map(\.validUntil) == [now + 100])
        #expect(try await place.own().items().count == 2)
        let undone = try await say(words[2], after: words[1], at: now + 200)
        #expect(undone.done == ["what was done before was taken back, as they asked"])
        let back = try await held()
        #expect(back.map(\.words) == [words[0]] && back.map(\.validUntil) == [nil])
    }

    @Test("what is so no longer and fits nothing, or several things, changes nothing")
    func noLongerUnclear() async throws {
        try await allow()
        try await place.say(["plays chess on Fridays", "plays chess with Ben"])
        #expect(
            try await say("It's no longer true that I have a bicycle.").done == [
                "nothing fitted what they said is so no longer"
            ])
        let several = try await say("It's no longer true that she plays chess.")
        #expect(several.done == ["2 things fitted what they said is so no longer; nothing was changed"])
        #expect(several.text.contains("“plays chess with Ben”"))
        #expect(try await held().allSatisfy { $0.validUntil == nil })
    }

    @Test("a move takes the place of where one lived, is said, and can be undone")
    func moves() async throws {
        try await allow()
        try await say("Remember that I live in Lyon.")
        let moved = try await say("Remember that I live in Marseille.", after: "Remember that I live in Lyon.")
        #expect(moved.done.contains("it takes the place of something that was remembered before"))
        #expect(moved.text.contains("“I live in Lyon”"))
        #expect(try await held().map(\.words) == ["I live in Marseille"])
        try await say("Undo that.", after: "Remember that I live in Marseille.", at: now + 5_000)
        #expect(try await held().map(\.words) == ["I live in Lyon"])
        try await say("Remember that I lived in Lyon until yesterday.", at: now + 6_000)
        let past = try await held()
        #expect(past.count == 1 && past[0].validUntil != nil && past[0].links.contains { $0.relation == .replaces })
    }

    // MARK: Forgetting

    @Test("what waits is forgotten as soon as it is asked, and an item that lies ahead of the clock too")
    func forgets() async throws {
        try await allow()
        recollecting.queue.note(Heard(by: ada, "Remember that I have a parrot.", at: now))
        #expect(try await say("Forget that I have a parrot.").done == ["one thing was erased, as they asked"])
        try await place.say(["the heliotrope iguana is called Bo"], at: now + 3_600_000)
        let permit = try #require(place.grants.permit(.useInReplies, for: ada, at: now + 100))
        #expect(try await place.memories.memory(of: ada).items(under: permit, at: now + 100).count == 1)
        #expect(try await place.own().items(matching: ItemFilter(isHeld: true)).total == 1)
        #expect(try await say("Forget the heliotrope iguana.").done == ["one thing was erased, as they asked"])
        #expect(try await held().isEmpty)
    }

    static let considered = [
        ["pass the chemistry exam", "Forget the chemistry exam, let's party!", "Yes, forget it.", "en"],
        ["die Chemieprüfung schaffen", "Vergiss die Chemieprüfung!", "Ja, vergiss es.", "de"],
        ["aprobar el examen de química", "Olvida lo de examen de química", "Sí, olvídalo.", "es"],
        ["réussir l'examen de chimie", "Oublie ce que j'ai dit sur l'examen de chimie.", "Oui, oublie-le.", "fr"],
    ]

    @Test("what was decided on reflection is erased only when it is meant", arguments: considered)
    func consideredToForget(_ words: [String]) async throws {
        try await allow()
        try await place.say([words[0]], kind: .goal)
        let once = try await say(words[1])
        #expect(once.done.count == 1 && once.done[0].contains("nothing was erased yet"), "\(once.done)")
        #expect(once.text.contains("“\(words[0])”"))
        try await say(words[2], after: words[1], "No, wait.")
        try await say(words[2])
        #expect(try await held().count == 1, "a yes to something else")
        let twice = try await say(words[2], after: words[1])
        #expect(twice.done == ["one thing was erased, as they asked"])
        #expect(try await held().isEmpty)
    }

    @Test("what was decided on reflection is erased when it is asked twice, or said in its own words")
    func consideredExactly() async throws {
        try await allow()
        try await place.say(["pass the chemistry exam", "be patient with my children"], kind: .goal)
        try await say("Forget the chemistry exam.")
        try await say("Forget the chemistry exam.", after: "Forget the chemistry exam.")
        #expect(try await held().count == 1)
        #expect(
            try await say("Forget my goal to be patient with my children.").done == [
                "one thing was erased, as they asked"
            ])
    }

    // MARK: Pulling apart

    @Test("a wish of the moment against what was decided is kept beside it, marked, and both are told")
    func pullsApart() async throws {
        try await allow()
        try await say("I promise to stop smoking cigarettes.")
        let impulse = try await say("I prefer to smoke cigarettes tonight.")
        #expect(impulse.done.contains("it pulls against something that was remembered before, and both are kept"))
        #expect(try await held().count == 2)
        let later = try await say("Shall I have some cigarettes?")
        #expect(later.text.contains("pull apart") && later.text.contains("on reflection"))
    }

    // MARK: Correcting and undoing

    static let corrected = [
        ["Remember that I live in Lyon.", "That's wrong, I live in Nice.", "I live in Nice"],
        ["Merk dir, dass mein Bruder Tom heißt.", "Das stimmt nicht, mein Bruder Tim heißt.", "mein Bruder Tim heißt"],
        ["Recuerda que vivo en Lyon.", "Eso no es cierto, vivo en Niza.", "vivo en Niza"],
        ["Souviens-toi que j'habite à Lyon.", "C'est faux, j'habite à Nice.", "j'habite à Nice"],
        ["Remember that I live in Lyon.", "That's wrong. I live in Nice.", "I live in Nice"],
    ]

    @Test("what is put right takes the place of what was wrong, and can be undone", arguments: corrected)
    func corrects(_ words: [String]) async throws {
        try await allow()
        try await say(words[0])
        let before = try await held().map(\.words)
        #expect(try await say(words[1], after: words[0]).done.contains("one thing was put right, as they said"))
        #expect(try await held().map(\.words) == [words[2]])
        try await say("Undo that.", after: words[1], at: now + 5_000)
        #expect(try await held().map(\.words) == before)
    }

    @Test("saying that something else is wrong changes nothing")
    func correctsNothing() async throws {
        try await allow()
        try await say("Remember that I live in Lyon.")
        for words in [
            "That's wrong, the answer is 42.", "That's not right, I think the integral diverges.",
            "No, that's wrong, my code returns three.",
        ] {
            #expect(try await say(words, after: "Solve this.").done == [])
        }
        #expect(try await held().map(\.words) == ["I live in Lyon"])
    }

    @Test("undoing takes back what was just done, and nothing when nothing was")
    func undoes() async throws {
        try await allow()
        try await say("Remember that I sing.")
        #expect(try await say("Undo that.", after: "Remember that I sing.", "Paint it red.").done == [])
        #expect(try await held().count == 1)
        #expect(try await say("Undo that.", after: "Remember that I sing.", at: now + 5_000).done.count == 1)
        #expect(try await held().isEmpty)
        try await place.say(["I have a parrot"])
        try await say("Forget that I have a parrot.")
        #expect(
            try await say("Undo that.", after: "Forget that I have a parrot.").done == [
                "they asked to take back an erasure, which can't be"
            ])
    }

    // MARK: Pinning, confirming, keeping, taking along

    @Test(
        "what was just remembered is pinned",
        arguments: [
            ["Remember that I sing.", "Pin that."], ["Merk dir, dass ich singe.", "Hefte das an."],
            ["Recuerda que canto.", "Fija eso."], ["Souviens-toi que je chante.", "Épingle ça."],
        ])
    func pins(_ words: [String]) async throws {
        try await allow()
        #expect(try await say(words[1], after: "Draw a map.").done == [])
        try await say(words[0])
        #expect(try await say(words[1], after: words[0]).done == ["one thing was pinned, as they asked"])
        #expect(try await held().map(\.isPinned) == [true])
    }

    private func propose(_ words: String, in conversation: String) async throws {
        let permit = try #require(place.grants.permit(.remember, for: ada, at: now + 1))
        let draft = ItemDraft(
            .goal, words, source: .inferred, origin: .init(conversation: conversation, turn: 0), confidence: 0.8)
        try await place.memories.memory(of: ada).remember([.add(draft)], under: permit, at: now + 1, by: .model)
    }

    @Test(
        "the one thing that was noticed here is confirmed or rejected, and nothing when it isn't clear which",
        arguments: ["Yes, confirm it.", "Ja, bestätige das.", "Sí, confírmalo.", "Oui, confirme-le."])
    func confirms(_ words: String) async throws {
        try await allow()
        try await propose("learn the xylophone", in: "elsewhere")
        #expect(try await say(words, after: "Book the table.").done == [])
        let shown = try await say("What do you remember about me?")
        #expect(shown.text.contains("not confirmed by them yet"))
        #expect(
            try await say(words, after: "What do you remember about me?").done == [
                "they confirmed one thing that was noticed"
            ])
        #expect(try await held().map(\.status) == [.confirmed])
        try await propose("learn the harp", in: "talk")
        #expect(try await say("Reject it.").done == ["they rejected one thing that was noticed"])
        try await propose("learn the lute", in: "talk")
        try await propose("learn the flute", in: "talk")
        #expect(try await say(words).done == ["2 noticed things wait for their word; nothing was changed"])
    }

    @Test(
        "for how long kinds are kept is set in plain words, and twice where that would erase something",
        arguments: [
            "Keep episodes for 30 days only.", "Behalte Erlebnisse nur 30 Tage.", "Guarda los episodios solo 30 días.",
            "Garde les épisodes pendant 30 jours seulement.",
        ])
    func retention(_ words: String) async throws {
        try await allow()
        try await place.say(["had the interview"], kind: .episode, at: now - 40 * day)
        let once = try await say(words)
        #expect(
            once.done == ["they asked once for a shorter time, which would erase one thing; nothing was changed yet"])
        #expect(try await place.own().retention() == [:])
        #expect(try await say(words, after: words).done == ["some kinds are kept for 30 days, as they asked"])
        #expect(try await place.own().retention() == [.episode: 30])
        #expect(
            try await say("Keep episodes forever.").done == ["some kinds are kept until they erase them, as they asked"]
        )
    }

    @Test(
        "who asks for a copy is told where to take it",
        arguments: [
            "Export my memory.", "Exportiere alles, was du über mich weißt.", "Exporta mi memoria.",
            "Exporte ma mémoire.",
        ])
    func takesAlong(_ words: String) async throws {
        let told = try await say(words)
        #expect(told.done == ["they asked for a copy of what is remembered, and were told where to take it"])
        #expect(told.text.contains("settings for memory"))
    }
}
