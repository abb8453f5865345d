import Consents
import Foundation
import Store
import Testing

@testable import Memory

@Suite("A file of what is remembered")
struct BringingTests {
    let place: Place
    init() throws { place = try Place() }

    private func lifeOfAda() async throws {
        let own = place.own()
        let lyon = try await place.say(["lives in Lyon"])[0]
        try await own.state([.close(lyon.id, until: now - day)], at: now + 1)
        let goal = try await own.state(
            [
                .add(
                    ItemDraft(
                        .goal, "pass <b>chemistry</b> *now*", origin: .init(conversation: "c", turn: 2),
                        due: now + 9 * day, confidence: 0.75))
            ],
            at: now + 2)[0].item
        try await own.state([.keepBoth(goal.id, ItemDraft(.preference, "wants to play tonight"))], at: now + 3)
        let wrong = try await place.say(["is called Eda"])[0]
        try await own.reject(wrong.id, at: now + 4)
        try await own.pin(goal.id, at: now + 5)
        try await own.setRetention(.episode, days: 30, at: now + 6)
    }

    @Test("brings everything back, once, and says what it did")
    func roundTrip() async throws {
        try await lifeOfAda()
        let export = try await place.own().export(at: now + 10)
        #expect(export.items.count == 5 && export.decisions.count == 7)
        let json = Array(export.json.utf8)
        #expect(MemoryImport.problems(in: json).isEmpty)
        #expect(try await place.own().bring(json, at: now + 11) == ImportOutcome(added: 0, known: 5))
        let outcome = try await place.own(ben).bring(json, at: now + 12)
        #expect(outcome == ImportOutcome(added: 5))
        #expect(try await place.own(ben).bring(json, at: now + 13) == ImportOutcome(known: 5))
        let brought = try await place.own(ben).items()
        #expect(brought.allSatisfy { $0.source == .imported })
        #expect(brought.map(\.words) == export.items.map(\.words))
        #expect(brought.map(\.closedAt) == export.items.map(\.closedAt))
        #expect(brought.map(\.links) == export.items.map(\.links))
        #expect(try await place.own(ben).retention() == [.episode: 30])
        // What is here otherwise stays as it is.
        let id = try #require(brought.last { $0.closedAt == nil }?.id)
        try await place.own(ben).pin(id, at: now + 14)
        #expect(try await place.own(ben).bring(json, at: now + 15).different == [id])
        #expect(try await place.own(ben).item(id)?.isPinned == true)
        // The bringing can be undone.
        let decision = try #require(try await place.own(ben).decisions().last)
        #expect(decision.act == .imported && decision.changes.count == 5)
    }

    @Test("is a page that a person can read, in which words are only words")
    func page() async throws {
        try await lifeOfAda()
        let page = try await place.own().export(at: now + 10).page
        #expect(page.contains("## Your goals"))
        #expect(page.contains("pass \\<b\\>chemistry\\</b\\> \\*now\\*"))
        #expect(page.contains("75 % sure") && page.contains("pinned") && page.contains("conflicts with another"))
        #expect(page.contains("## You said that this is not so\n\n- is called Eda"))
        #expect(MemoryExport.day(0) == "1970-01-01" && MemoryExport.day(now) == "2026-09-21")
        #expect(MemoryExport.day(-1) == "1969-12-31" && MemoryExport.day(951_782_400_000) == "2000-02-29")
    }

    @Test("is a page of HTML in which words are only words, and conflicts are told in words")
    func html() async throws {
        try await lifeOfAda()
        let page = try await place.own().export(at: now + 10).html
        #expect(page.contains("pass &lt;b&gt;chemistry&lt;/b&gt; *now*") && !page.contains("<b>"))
        #expect(page.contains("<h2>Your goals</h2>") && page.contains("From the conversation “c”, turn 2."))
        #expect(page.contains("Pulls against “wants to play tonight”") && page.contains("75 % sure."))
        #expect(page.contains("<h2>You said that this is not so</h2>") && page.contains("is called Eda"))
        #expect(page.contains("In the place of “lives in Lyon”.") && page.contains("<dt>episode</dt><dd>30 days</dd>"))
        #expect(!page.contains("<script") && !page.contains("://"))
        let empty = try await place.own(ben).export(at: now).html
        #expect(empty.contains("Nothing is remembered.") && empty.hasSuffix("</html>\n"))
    }

    @Test("is refused whole, with every problem in it at once")
    func problems() async throws {
        let good = """
            {"id": "01ARZ3NDEKTSV4RRFFQ69G5FAV", "kind": "fact", "words": "ok", "source": "stated", "status": "confirmed", "recordedAt": 5}
            """
        func with(_ from: String, _ to: String) -> String { good.replacingOccurrences(of: from, with: to) }
        let items = [
            good, with("\"ok\"", "\"\""), with("fact", "mood"), with("\"recordedAt\": 5", "\"recordedAt\": \"five\""),
            with("\"ok\"", "\"a\\u0007b\""), with("FAV", "FA!"), "17",
            with("5}", "5, \"confidence\": 3, \"validFrom\": 2, \"validUntil\": 1}"), good,
            with("FAV", "FAW").replacingOccurrences(
                of: "5}",
                with: "5, \"links\": [{\"relation\": \"supports\", \"item\": \"01ARZ3NDEKTSV4RRFFQ69G5FAX\"}]}"),
            with("01ARZ", "7ZZZZ"),
        ]
        let json =
            "{\"format\": \"trellis-memory/1\", \"items\": [\(items.joined(separator: ","))], \"retention\": {\"mood\": 3, \"fact\": 0}}"
        let problems = MemoryImport.problems(in: Array(json.utf8))
        #expect(
            problems.map(\.place) == [
                "items[1]", "items[2].kind", "items[3].recordedAt", "items[4]", "items[5].id", "items[6]", "items[7]",
                "items[7]", "items[8].id", "items[10].id", "retention", "retention", "items[9].links[0]",
            ])
        #expect(!problems.contains { $0.message.contains("ok") })
        await #expect(throws: MemoryError.unfitFile(problems)) {
            try await place.own().bring(Array(json.utf8), at: now)
        }
        #expect(try await place.own().items().isEmpty)
    }

    @Test("of any bytes is read without a crash")
    func anyBytes() async throws {
        try await lifeOfAda()
        let json = Array(try await place.own().export(at: now + 10).json.utf8)
        var random = SeededGenerator(seed: 11)
        for _ in 0..<300 {
            var bytes = json
            switch Int.random(in: 0..<3, using: &random) {
            case 0: bytes = Array(bytes.prefix(Int.random(in: 0..<bytes.count, using: &random)))
            case 1:
                for _ in 0..<Int.random(in: 1..<20, using: &random) {
                    bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
                }
            default:
                bytes = (0..<Int.random(in: 0..<200, using: &random)).map { _ in
                    UInt8.random(in: 0...255, using: &random)
                }
            }
            let (contents, problems) = MemoryImport.read(bytes)
            #expect(problems.isEmpty || problems.allSatisfy { !$0.message.isEmpty })
            #expect(contents.items.allSatisfy { ItemProblems.problems(of: $0).isEmpty })
        }
        #expect(MemoryImport.problems(in: Array(String(repeating: "[", count: 100_000).utf8)).count == 1)
        #expect(MemoryImport.problems(in: []).count == 1)
    }
}
