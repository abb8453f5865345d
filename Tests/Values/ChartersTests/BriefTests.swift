import Crypto
import Testing

@testable import Charters

@Suite("The brief")
struct BriefTests {
    @Test("tells purpose, role, goods and floor, in this order and nothing else")
    func whole() throws {
        let compiled = try Charter.read(riverside, file: "a.yaml").charter.compiled(role: "tutor")
        #expect(
            compiled.brief == """
                Help pupils become people who can learn without us.

                You are a tutor: you help the person learn to do it without you. You may ask a question, give the next \
                step, disagree openly, encourage or step back.

                What matters here:
                Pupils have people to learn with. A good reply suggests working with a classmate when that would help.
                A pupil can explain an idea in their own words. A good reply asks the pupil to predict before telling \
                and leaves the last step to the pupil. A poor reply hands over finished work that will be graded.

                Above all, whatever you are asked:
                Never write graded work for a pupil.
                \(saying("no-manipulation"))
                \(saying("not-human"))
                \(saying("crisis-help"))
                \(saying("no-deception"))
                \(saying("no-harm-methods"))
                \(saying("privacy-of-others"))
                """)
        #expect(
            compiled.clauses == [
                "purpose", "role/tutor", "goods/friendship", "goods/understanding", "floor/no-finished-graded-work",
                "floor/no-manipulation", "floor/not-human", "floor/crisis-help", "floor/no-deception",
                "floor/no-harm-methods", "floor/privacy-of-others",
            ])
        #expect(compiled.id == "riverside/tutor")
        #expect(compiled.version == "2.1.0")
        #expect(compiled.role == "tutor")
        #expect(compiled.keepsBodies)
        let hash = SHA256.hash(data: Array(compiled.brief.utf8)).map {
            String($0 >> 4, radix: 16) + String($0 & 15, radix: 16)
        }
        #expect(compiled.briefFingerprint == hash.joined())
    }

    @Test("puts the strictest clause of a layer's floor last, and Trellis's own behind the charter's")
    func order() throws {
        let compiled = try charter(
            """
            floor:
              a: { says: Block this., severity: block }
              b: { says: Note this., severity: note }
              c: { says: Replace this., severity: replace }
              d: { says: Revise this., severity: revise }
            """
        ).compiled(role: nil)
        #expect(
            compiled.brief.contains(
                "\n\nAbove all, whatever you are asked:\nNote this.\nRevise this.\nReplace this.\nBlock this.\n"))
        #expect(
            compiled.clauses.filter { $0.utf8.count == 7 } == ["purpose", "floor/b", "floor/d", "floor/c", "floor/a"])
        let ranks = try compiled.clauses.dropFirst().map { path in
            try #require(compiled.floor.first { "floor/\($0.id)" == path }).severity
        }
        for layer in [ranks.prefix(4), ranks.dropFirst(4)] { #expect(layer == ArraySlice(layer.sorted())) }
    }

    @Test("closes every sentence once and joins phrases so that they can be read aloud")
    func sentences() throws {
        let compiled = try charter(
            """
            goods:
              a:
                says: Do people have time?
                signs: [waits., "asks, gently", thanks]
                failures: [hurries]
              b:
                says: "People say «yes.»"
                signs: [gives and takes, rests]
              c: { says: 人は自由だ。 }
              d: { says: Only this }
            """
        ).compiled(role: nil)
        #expect(
            compiled.brief.contains(
                """
                What matters here:
                Do people have time? A good reply waits; asks, gently; and thanks. A poor reply hurries.
                People say «yes.» A good reply gives and takes, and rests.
                人は自由だ。
                Only this.


                """))
    }

    @Test("has no role when the charter has several and none is named, and the only one when it has one")
    func roles() throws {
        let floor = BaseFloor.charter.floor.sorted { ($0.severity, $0.id) < ($1.severity, $1.id) }.map {
            "floor/\($0.id)"
        }
        let two = try charter("roles:\n  a: { stance: advisor }\n  b: { stance: mediator }\n")
        #expect(try two.compiled(role: nil).role == nil)
        #expect(try two.compiled(role: nil).clauses == ["purpose"] + floor)
        #expect(try two.compiled(role: "b").clauses == ["purpose", "role/b"] + floor)
        #expect(try charter("roles:\n  a: { stance: advisor }\n").compiled(role: nil).role == "a")
        #expect(try charter("community: us\n").compiled(role: nil).role == nil)
    }

    @Test("of a role that isn't there is refused with the name that was probably meant")
    func unknownRole() throws {
        let charter = try Charter.read(riverside, file: "a.yaml").charter
        let error = #expect(throws: CharterError.self) { try charter.compiled(role: "tutr") }
        #expect(error?.diagnostics.map(\.code) == ["unknown-role"])
        #expect(error?.diagnostics.first?.help == "Did you mean `tutor`?")
        #expect(error?.diagnostics.first?.rendered(source: riverside).hasPrefix("riverside/tutor: error: ") == true)
    }

    @Test("changes with every word that the model should be told, and with no other")
    func told() throws {
        let brief = try Charter.read(riverside, file: "a.yaml").charter.compiled(role: nil).brief
        for word in ["Riverside", "photosynthesis", "after 9 pm", "deliberation", "2.1.0", "perfectionist"] {
            #expect(riverside.contains(word))
            #expect(!brief.contains(word), "\(word) is for people, not for the model")
        }
    }

    /// A clause of the floor that every charter stands on.
    private func saying(_ id: String) -> String {
        BaseFloor.charter.floor.first { $0.id == id }?.says ?? "?"
    }

    private func charter(_ sections: String) throws -> Charter {
        try Charter.read("charter: a/b\nversion: 1.0.0\npurpose: Help people.\n" + sections, file: "a.yaml").charter
    }
}
