import Charters
import Synchronization
import Testing

@testable import Deliberation
@testable import Models

@Suite("A draft of a charter")
struct CharterDraftTests {
    @Test("chosen statements become goods in their own words, with the votes behind them")
    func goods() throws {
        let draft = try MadeUpRound.draft()
        #expect(draft.terms.clauses.count == 3 && draft.charter.goods.count == 3)
        let benches = try #require(draft.clause(at: "goods/we-need-benches-real-ones-12"))
        #expect(benches.says == "We need benches, “real” ones.")
        #expect(
            benches.origin
                == ClauseOrigin(conversation: "Square, mill", statements: [12], agree: 53, disagree: 0, of: 53))
        #expect(draft.charter.version.description == "0.1.0-draft")
        #expect(draft.charter.amendment?.quorum == 10 && draft.charter.amendment?.consensus == Share("0.6"))
        #expect(try Charter.read(draft.charter.text, file: "draft.yaml").warnings == [])
    }

    @Test("what a group holds and the slate leaves out stands in it as dissent, with its share")
    func dissent() throws {
        let draft = try MadeUpRound.draft()
        #expect(!draft.charter.dissent.isEmpty)
        for dissent in draft.charter.dissent {
            let origin = try #require(dissent.origin)
            let held = try #require(dissent.heldBy)
            let isRefusal = dissent.says.hasPrefix("We don't hold this")
            let chosen = draft.terms.clauses.flatMap(\.statements)
            #expect(chosen.contains(origin.statements[0]) == isRefusal)
            #expect(held.value > 0 && held.value <= Double(isRefusal ? origin.disagree ?? 0 : origin.agree) / 60 + 1e-9)
        }
    }

    @Test("a community says what becomes of a statement, in a table that is read strictly")
    func plan() throws {
        let table = """
            statements,kind,name,says,between,severity,asks
            10 12,good,sundays,Open on Sundays and sit down.,,,
            12,floor,benches,,,revise,
            12,guidance,rest,,,,May I remind you to rest?
            """
        let plan = try ClausePlan(Array(table.utf8)) { _ in nil }
        let chosen = try MadeUpRound.draft().terms.clauses.flatMap(\.statements)
        guard chosen.contains(10) else {
            Issue.record("statement 10 is not in the slate: \(chosen)")
            return
        }
        let draft = try MadeUpRound.draft(clauses: plan.clauses)
        let both = try #require(draft.clause(at: "goods/sundays"))
        #expect(both.says == "Open on Sundays and sit down.")
        #expect(both.origin?.statements == [10, 12])
        let support = draft.conversation.support(of: [0, 2])
        #expect(both.origin?.agree == support.agree && both.origin?.of == support.of)
        #expect(draft.charter.floor[0].severity == .revise && draft.charter.guidance[0].asks.hasPrefix("May I"))
        #expect(draft.charter.goods.count == 2)
        for (row, place) in [
            ("x,good,,,,,", "2:1"), ("10,virtue,,,,,", "2:4"), ("10,good,Not A Name,,,,", "2:9"),
            ("10,tension,t,,only-one,,", "2:15"), ("10,floor,f,,,strict,", "2:14"), ("10,guidance,g,,,,", "2:18"),
            ("10", "2:1"),
        ] {
            let broken = "statements,kind,name,says,between,severity,asks\n" + row + "\n"
            #expect {
                try ClausePlan(Array(broken.utf8)) { _ in nil }
            } throws: {
                "\($0)".hasPrefix("clauses.csv:\(place):")
            }
        }
    }

    @Test("nothing enters that no chosen statement stands behind")
    func support() throws {
        let stray = PlannedClause(kind: .good, name: "flats", statements: [99])
        #expect(throws: DraftError.unsupported(clause: "flats", statement: 99)) {
            try MadeUpRound.draft(clauses: [stray])
        }
        let chosen = Set(try MadeUpRound.draft().terms.clauses.flatMap(\.statements))
        for statement in Set(10...14).subtracting(chosen) {
            #expect(throws: DraftError.self) {
                try MadeUpRound.draft(
                    clauses: [PlannedClause(kind: .good, name: "left-out", statements: [statement])])
            }
        }
        let empty = PlannedClause(kind: .good, name: "empty", statements: [])
        #expect(throws: DraftError.self) { try MadeUpRound.draft(clauses: [empty]) }
    }

    @Test("a tension is between two goods of the draft, and no two clauses have one name")
    func tensions() throws {
        let chosen = try MadeUpRound.draft().terms.clauses
        let pair = chosen.map(\.name).sorted()
        let tension = PlannedClause(
            kind: .tension, name: "pull", statements: chosen[0].statements, between: [pair[0], pair[1]])
        let draft = try MadeUpRound.draft(clauses: chosen + [tension])
        #expect(draft.charter.tensions.map(\.decide) == [.community])
        #expect(draft.charter.tensions[0].origins.count == 1)
        let stray = PlannedClause(
            kind: .tension, name: "pull", statements: chosen[0].statements, between: [pair[0], "nothing"])
        #expect(throws: DraftError.noSuchGood(clause: "pull", good: "nothing")) {
            try MadeUpRound.draft(clauses: chosen + [stray])
        }
        #expect(throws: DraftError.twice(chosen[0].name)) { try MadeUpRound.draft(clauses: [chosen[0], chosen[0]]) }
    }

    @Test("where so few people are that a claim could be held back unseen, it says so")
    func tooFew() throws {
        let open = try MadeUpRound.conversation()
        #expect(throws: DraftError.tooFewPeople(people: 60, seats: 13, threshold: 5)) {
            try CharterDraft(open, terms: MadeUpRound.terms(13))
        }
    }

    @Test("people's words stand in it without characters that readers can't see")
    func hidden() {
        #expect("a\u{202E}b \n\t c\u{0}\u{2028}d".clauseText == "a b c d")
        #expect("می‌خواهم".clauseText == "می‌خواهم")
    }

    @Test("terms are read from their canonical form and from nothing else")
    func terms() throws {
        let terms = try MadeUpRound.draft().terms
        #expect(DraftTerms(canonical: terms.canonical) == terms)
        var chance = SeededChance(state: 3)
        for _ in 0..<500 {
            var bytes = terms.canonical
            bytes[Int.random(in: 0..<bytes.count, using: &chance)] = UInt8.random(in: 0...255, using: &chance)
            if let read = DraftTerms(canonical: bytes) { #expect(read.canonical == bytes) }
        }
        #expect(DraftTerms(canonical: terms.canonical + [10]) == nil)
    }

    @Test("no bytes make the plan or the ballots crash")
    func fuzz() {
        var chance = SeededChance(state: 11)
        let seeds = [
            "statements,kind,name\n10,good,a\n", "participant@0f,a,b\nx,yes,\ny,no,abstain\n",
            "participant@0f,a\n\"q\"\"\",yes\n",
        ]
        for round in 0..<3000 {
            var bytes = Array(seeds[round % seeds.count].utf8)
            for _ in 0..<Int.random(in: 1...4, using: &chance) {
                let place = Int.random(in: 0..<bytes.count, using: &chance)
                switch Int.random(in: 0..<3, using: &chance) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &chance)
                case 1: bytes.insert([44, 34, 10, 13, 0, 0xFF].randomElement(using: &chance) ?? 44, at: place)
                default: if bytes.count > 1 { bytes.remove(at: place) }
                }
            }
            _ = try? ClausePlan(bytes) { _ in nil }
            _ = try? BallotBox(bytes, on: BallotSubject(mark: "0f", questions: ["a"]))
            _ = try? BallotBox(bytes, on: BallotSubject(mark: "0f", questions: ["a", "b"]))
            _ = BallotSubject.mark(in: bytes)
        }
    }

    /// A model that answers each clause with the next of its replies.
    private final class Scripted: ChatModel {
        private let replies: Mutex<[String]>

        init(_ replies: [String]) { self.replies = Mutex(replies) }

        func reply(to request: ChatRequest) async throws -> ChatReply {
            let next = replies.withLock { $0.isEmpty ? nil : $0.removeFirst() }
            guard let next else { throw ChatRefusal(status: 500, message: "no more") }
            var reply = ChatReply(content: next)
            reply.finishReason = "stop"
            return reply
        }

        func stream(_ request: ChatRequest) -> AsyncThrowingStream<ChatDelta, any Error> { .init { $0.finish() } }
    }

    @Test("words that a model found stand in the draft with its name, and other clauses keep their own")
    func drafting() async throws {
        let plain = try MadeUpRound.draft()
        let first = plain.terms.clauses[0].statements[0]
        let model = Scripted([#"{"says": "People have time.", "statements": [\#(first)]}"#, "No idea.", "{}"])
        let found = try await ModelWording(model, named: "scribe").wording(plain.terms.clauses, in: plain.conversation)
        #expect(found.kept.count == 2 && found.clauses[0].wording == .init(says: "People have time.", by: "scribe"))
        let draft = try MadeUpRound.draft(clauses: found.clauses)
        #expect(draft.clause(at: draft.terms.clauses[0].path)?.says == "People have time.")
        #expect(draft.clause(at: draft.terms.clauses[0].path)?.origin?.statements == [first])
        #expect(
            draft.clause(at: draft.terms.clauses[1].path)?.says == plain.clause(at: plain.terms.clauses[1].path)?.says)
        await #expect(throws: ChatRefusal.self) {
            try await ModelWording(Scripted([]), named: "scribe").wording(plain.terms.clauses, in: plain.conversation)
        }
    }

    @Test("a model's words are kept only where it names the statements that it was given")
    func wording() throws {
        #expect(try ModelWording.words(of: #"{"says": "Rest  well.", "statements": [12]}"#, for: [12]) == "Rest well.")
        #expect(
            try ModelWording.words(of: "Sure!\n```json\n{\"statements\":[4,3],\"says\":\"A.\"}\n```", for: [3, 4])
                == "A.")
        for (reply, refusal) in [
            (#"{"says": "A.", "statements": []}"#, ModelWording.Refusal.otherStatements),
            (#"{"says": "A.", "statements": [12, 13]}"#, .otherStatements),
            (#"{"says": "A.", "statements": [13]}"#, .otherStatements), (#"{"says": "A."}"#, .notTheForm),
            ("A.", .notTheForm), ("}{", .notTheForm), (#"{"says": "  ", "statements": [12]}"#, .noWords),
            (#"{"says": ""# + String(repeating: "a", count: 401) + #"", "statements": [12]}"#, .noWords),
        ] {
            #expect(throws: refusal) { try ModelWording.words(of: reply, for: [12]) }
        }
    }
}
