import Testing

@testable import Charters

@Suite("What a clause came from")
struct ClauseOriginTests {
    private static let text = """
        charter: a/b
        version: 1.0.0
        purpose: x
        goods:
          calm: { says: Calm., from: { of: 9, conversation: Quiet hours, agree: 5, statements: [7, 0] } }
          rest: { says: Rest. }
        tensions:
          - { between: [rest, calm], decide: community, advise: Rest first., from: &F }
        guidance:
          pause: { says: Say it., asks: May I?, expires: 30d, from: &F }
        floor:
          no-noise: { says: No noise., severity: block, from: &F }
        dissent:
          - { says: Noise is fine., held-by: 0.1, from: &F }

        """.replacing(
            "&F", with: "{ conversation: Quiet hours, statements: [3], agree: 0, disagree: 2, of: 4 }")

    private static func charter(_ text: String = text) throws -> Charter {
        let read = try Charter.read(text, file: "a.yaml")
        #expect(read.warnings == [])
        return read.charter
    }

    @Test("is read in any order, written in one, and part of the fingerprint")
    func forms() throws {
        let charter = try Self.charter()
        #expect(
            charter.goods[0].origins == [
                ClauseOrigin(conversation: "Quiet hours", statements: [0, 7], agree: 5, of: 9)
            ])
        #expect(charter.floor[0].origins == charter.tensions[0].origins)
        #expect(charter.guidance[0].origins.map(\.disagree) == [2])
        #expect(charter.dissent[0].origin == charter.floor[0].origins.first)
        #expect(try Self.charter(charter.text).fingerprint == charter.fingerprint)
        #expect(try Charter.read(charter.canonicalForm, file: "a.json").charter.fingerprint == charter.fingerprint)
        let formed = try CharterForm.formatted(Self.text.utf8, file: "a.yaml")
        #expect(try Self.charter(formed).fingerprint == charter.fingerprint)
        #expect(try CharterForm.formatted(formed.utf8, file: "a.yaml") == formed)
        let swapped = Self.text.replacing("[7, 0]", with: "[0, 7]")
        #expect(try Self.charter(swapped).fingerprint == charter.fingerprint)
        let other = Self.text.replacing("agree: 5", with: "agree: 6")
        #expect(try Self.charter(other).fingerprint != charter.fingerprint)
    }

    @Test("stands on the community's page, and not in what the model is told")
    func shown() throws {
        let charter = try Self.charter()
        let page = CharterPage(of: charter, for: .community).text
        #expect(page.contains("From statements #0, #7 of “Quiet hours”: 5 of the 9 who voted on all of them agreed."))
        #expect(page.contains("0 of the 4 who voted on it agreed, and 2 disagreed."))
        #expect(try !charter.compiled(role: nil).brief.contains("Quiet hours"))
    }

    @Test("makes a change of its own for those who check, with a patch")
    func changes() throws {
        let old = try Self.charter()
        for (before, after, path) in [
            ("agree: 5", "agree: 6", "goods/calm/from"), ("    from: ", "    from: ", ""),
        ] where !path.isEmpty {
            let new = try Self.charter(Self.text.replacing(before, with: after))
            let diff = CharterDiff(from: old, to: new)
            #expect(diff.changes.map(\.path) == [path])
            #expect(diff.advice.needed == .patch)
        }
        let all = try Self.charter(Self.text.replacing("disagree: 2", with: "disagree: 1"))
        #expect(
            CharterDiff(from: old, to: all).changes.map(\.path) == [
                "dissent/from", "floor/no-noise/from", "guidance/pause/from", "tensions/calm~rest/from",
            ])
    }

    @Test("goes with the words: a layer that says a good anew brings its own origin, and the floor keeps each")
    func layers() throws {
        let lower = try Self.charter().layer
        let words = Self.text.replacing("Calm.", with: "Calmness.").replacing("agree: 5", with: "agree: 1")
            .replacing("No noise.", with: "Never any noise.").replacing("of: 4", with: "of: 8")
        let higher = try Self.charter(words).layer
        let both = lower.composed(with: higher)
        #expect(both.goods[0].origins.map(\.agree) == [1])
        #expect(both.floor[0].origins.map(\.of) == [4, 8])
        #expect(both.tensions[0].origins.map(\.of) == [4, 8])
    }
}
