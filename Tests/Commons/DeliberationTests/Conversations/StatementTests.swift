import Foundation
import Models
import Store
import Testing

@testable import Deliberation

/// Knows a few meanings, and breaks when told to.
private struct MadeUpEmbedder: Embedder {
    struct Broken: Error {}
    var breaks = false

    func embed(_ texts: [String]) async throws -> [[Float]] {
        if breaks { throw Broken() }
        return texts.map { text in
            text.contains("library") || text.contains("books")
                ? [1, 0.1, 0] : text.contains("cars") ? [0, 1, 0] : [0, 0, 1]
        }
    }
}

@Suite("Statements of a conversation")
struct StatementTests {
    private func write(
        _ words: String, by person: JoinedParticipant, _ hall: TownHall, _ opened: OpenedConversation
    ) async throws -> WrittenStatement {
        try await hall.conversations.write(
            StatementText(words), by: person.secret, in: opened.id, at: TownHall.now)
    }

    @Test("the same words are the same statement, however letters are put together, cased and spaced")
    func duplicates() async throws {
        try await inTownHall { hall in
            let opened = try await hall.open(["Más cafés en la plaza, por favor.", "حديقة للأطفال"])
            let ada = try await hall.invited(1, to: opened)[0]
            for same in [
                "Ma\u{301}s cafe\u{301}s en la plaza, por favor.", "  más CAFÉS en la plaza,  por favor!",
                "Más cafés en\u{00A0}la\u{200B} plaza, por favor",
            ] {
                await #expect(throws: ConversationError.duplicate(of: 0), "\(same)") {
                    try await write(same, by: ada, hall, opened)
                }
            }
            await #expect(throws: ConversationError.duplicate(of: 1)) {
                try await write("\u{202B}حديقة للأطفال\u{202C}", by: ada, hall, opened)
            }
            try await hall.conversations.decide(
                .rejected, about: 0, in: opened.id, because: "Off topic.", by: .moderator(opened.moderator),
                at: TownHall.now)
            await #expect(throws: ConversationError.rejected(0)) {
                try await write("más cafés en la plaza, por favor", by: ada, hall, opened)
            }
            // Marks are the vowels of many scripts: another mark is another word.
            _ = try await write("कि", by: ada, hall, opened)
            _ = try await write("की", by: ada, hall, opened)
        }
    }

    @Test("a comma, a sign or a question mark can turn the meaning round, and makes another statement")
    func contraries() async throws {
        try await inTownHall { hall in
            let opened = try await hall.open(["No, more cars.", "Keep it at -5 degrees", "Cars should go."])
            let ada = try await hall.invited(1, to: opened)[0]
            for (number, other) in ["No more cars.", "Keep it at 5 degrees", "Cars should go?"].enumerated() {
                let written = try await write(other, by: ada, hall, opened)
                // Whoever writes it and the moderator are still told of the other one.
                #expect(written.near.map(\.statement).contains(number), "\(other)")
            }
        }
    }

    @Test("right-to-left letters, combining marks and pictures are kept as they were written")
    func scripts() async throws {
        try await inTownHall { hall in
            let opened = try await hall.open()
            let ada = try await hall.invited(1, to: opened)[0]
            let all = [
                "حديقة \u{202E}للأطفال\u{202C} و«ظل»", "ज़मीन सबकी है", "e\u{301}\u{327} with marks", "👩‍👩‍👧‍👦 first",
                "שלום, \"עולם\"\nבשורה שנייה",
            ]
            for words in all {
                let written = try await write(words, by: ada, hall, opened)
                #expect(written.statement.words.unicodeScalars.elementsEqual(words.unicodeScalars))
            }
            let kept = try await hall.conversations.statements(of: opened.id).suffix(all.count).map(\.words)
            for (one, other) in zip(kept, all) { #expect(one.unicodeScalars.elementsEqual(other.unicodeScalars)) }
        }
    }

    @Test("ten megabytes, nothing to read, and control characters are refused with what to do")
    func unfit() {
        for words in [
            String(repeating: "a", count: 10 << 20), String(repeating: "e\u{301}", count: 501), "", " \n\t ",
            "\u{200B}\u{301}", "\u{3164}", "\u{2800} \u{2800}", "\u{115F}\u{1160}", "\u{FFA0}", "\u{34F}",
            "\u{FE0F}\u{E0041}",
            "a\u{0}b", "a\u{1B}[31mb", String(repeating: "a\u{301}\u{302}\u{303}", count: 5_000),
        ] {
            let error = #expect(throws: ConversationError.self) { try StatementText(words) }
            if case .unfit(let field, let help)? = error {
                #expect(field == "words" && help.count > 40)
            } else {
                Issue.record("\(String(describing: error))")
            }
        }
        #expect((try? StatementText(String(repeating: "é", count: StatementText.limit))) != nil)
    }

    @Test("characters that nobody sees make no other statement out of the same words")
    func unseen() async throws {
        try await inTownHall { hall in
            let opened = try await hall.open(["Open on Sundays."])
            let ada = try await hall.invited(1, to: opened)[0]
            for words in ["Op\u{34F}en on Sundays.", "Open\u{2800}on \u{3164}Sundays", "Open on Sundays\u{FE0F}"] {
                await #expect(throws: ConversationError.duplicate(of: 0), "\(words)") {
                    try await write(words, by: ada, hall, opened)
                }
            }
        }
    }

    @Test("a change of direction ends with its paragraph, so that nothing shown after a statement is turned around")
    func directions() throws {
        for (written, kept) in [
            ("Spam \u{202E}spam", "Spam \u{202E}spam\u{202C}"),
            ("a\u{2067}b\u{202D}c", "a\u{2067}b\u{202D}c\u{202C}\u{2069}"),
            ("a\u{2067}b\u{202D}c\u{2069}d", "a\u{2067}b\u{202D}c\u{2069}d"),
            ("a\u{202A}b\nc\u{202C}", "a\u{202A}b\u{202C}\nc"), ("a\u{202C}b\u{2069}", "ab"),
            ("a\u{2068}b\u{202C}c\u{2069}", "a\u{2068}bc\u{2069}"),
            ("حديقة \u{202E}للأطفال\u{202C}", "حديقة \u{202E}للأطفال\u{202C}"),
        ] {
            let words = try StatementText(written).words
            #expect(words.unicodeScalars.elementsEqual(kept.unicodeScalars), "\(written.debugDescription)")
            #expect(try StatementText(words).words == words)
        }
        let terms = try ConversationTerms(topic: "Our \u{202E}square")
        #expect(terms.topic.unicodeScalars.last == "\u{202C}")
    }

    @Test("no text makes the check of a statement crash, and what passes is kept and compared as text")
    func fuzz() throws {
        var draws = Draws(5)
        for _ in 0..<2_000 {
            let scalars = (0..<Int.random(in: 0...40, using: &draws)).compactMap { _ in
                Unicode.Scalar(UInt32.random(in: 0...0x1_FFFF, using: &draws))
            }
            let text = String(String.UnicodeScalarView(scalars))
            guard let fit = try? StatementText(text) else { continue }
            #expect(!fit.words.unicodeScalars.contains("\u{0}"))
            let form = StatementLikeness.form(of: fit.words)
            #expect(!form.isEmpty)
            #expect(StatementLikeness.Letters(form).likeness(to: .init(form)) == 1)
        }
    }

    @Test("without a model, statements with nearly the same letters are pointed out, and others aren't")
    func nearByLetters() async throws {
        try await inTownHall { hall in
            let opened = try await hall.open(["The library should open on Sundays.", "Parking must stay free."])
            let ada = try await hall.invited(1, to: opened)[0]
            let near = try await write("The library should be open on Sunday", by: ada, hall, opened).near
            #expect(near.map(\.statement) == [0])
            #expect(near[0].means == .letters && near[0].likeness > 0.7 && near[0].likeness < 1)
            #expect(try await write("More trees along the river.", by: ada, hall, opened).near.isEmpty)
            let queue = try await hall.conversations.queue(of: opened.id, by: .moderator(opened.moderator))
            #expect(queue.map { $0.near.map(\.statement) } == [[0], []])
        }
    }

    @Test("with a model, statements that mean nearly the same are pointed out, and a broken model leaves the letters")
    func nearByMeaning() async throws {
        try await inTownHall(embedder: (MadeUpEmbedder(), "made-up")) { hall in
            let opened = try await hall.open(["The library should open on Sundays.", "No cars."])
            let ada = try await hall.invited(1, to: opened)[0]
            let near = try await write("Lend books seven days a week.", by: ada, hall, opened).near
            #expect(near.map(\.statement) == [0])
            #expect(near[0].means == .meaning)
            // Vectors are kept: the seeds' and the new one's.
            #expect(
                try hall.rows("SELECT number FROM deliberation_statements WHERE vector_model = 'made-up'").count == 3)
            let broken = try TownHall(beside: hall, embedder: (MadeUpEmbedder(breaks: true), "made-up"))
            defer { try? broken.store.close() }
            let letters = try await write("The library should be open on Sunday", by: ada, broken, opened).near
            #expect(letters.first.map { $0.statement == 0 && $0.means == .letters } == true)
        }
    }

    @Test("every decision is kept with who made it and why, the last one holds, and a rejection needs a reason")
    func decisions() async throws {
        try await inTownHall { hall in
            let opened = try await hall.open()
            let moderator = Overseer.moderator(opened.moderator)
            func decide(_ standing: HeldStatement.Standing, _ reason: String?, by overseer: Overseer) async throws {
                try await hall.conversations.decide(
                    standing, about: 1, in: opened.id, because: reason, by: overseer, at: TownHall.now)
            }
            await #expect(throws: ConversationError.self) { try await decide(.rejected, nil, by: moderator) }
            await #expect(throws: ConversationError.self) {
                try await decide(.rejected, String(repeating: "x", count: 2_001), by: moderator)
            }
            try await decide(.rejected, "It names a person.", by: moderator)
            #expect(try await hall.conversations.statements(of: opened.id).map(\.number) == [0, 2])
            try await decide(.accepted, nil, by: .operator(name: "operator"))
            #expect(try await hall.conversations.statements(of: opened.id).map(\.number) == [0, 1, 2])
            try await decide(.rejected, "It does.", by: moderator)
            let queue = try await hall.conversations.queue(of: opened.id, by: moderator, standing: .rejected)
            #expect(queue.map(\.statement.number) == [1])
            #expect(queue[0].decisions.map(\.standing) == [.rejected, .accepted, .rejected])
            #expect(queue[0].decisions.map(\.moderator) == ["moderator", "operator", "moderator"])
            #expect(queue[0].decisions.map(\.reason) == ["It names a person.", nil, "It does."])
        }
    }

    @Test("one person writes no more than their share")
    func tooMany() async throws {
        try await inTownHall { hall in
            let opened = try await hall.open([])
            let people = try await hall.invited(2, to: opened)
            for number in 0..<ConversationStore.statementsEach {
                _ = try await write("Number \(number) of many.", by: people[0], hall, opened)
            }
            await #expect(throws: ConversationError.tooManyStatements(limit: 50)) {
                try await write("One more.", by: people[0], hall, opened)
            }
            _ = try await write("One more.", by: people[1], hall, opened)
        }
    }
}
