import Flourishing
import Testing

@testable import Charters

@Suite("Reading a charter")
struct ReadingTests {
    @Test("takes in every section of the first form")
    func whole() throws {
        let (charter, warnings) = try Charter.read(riverside, file: "a.yaml")
        #expect(warnings == [])
        #expect(charter.id == CharterID("riverside/tutor"))
        #expect(charter.version == SemanticVersion("2.1.0"))
        #expect(charter.community == "Riverside School")
        #expect(charter.purpose == "Help pupils become people who can learn without us.")
        #expect(charter.goods.map(\.id) == ["friendship", "understanding"])
        let understanding = try #require(charter.goods.last)
        #expect(understanding.good.lens == .perfectionist)
        #expect(understanding.good.circle == .person)
        #expect(
            understanding.signs == ["asks the pupil to predict before telling", "leaves the last step to the pupil"])
        #expect(understanding.failures == ["hands over finished work that will be graded"])
        #expect(understanding.examples.first?.person == "Can you write my essay on photosynthesis? It is due tomorrow.")
        #expect(understanding.examples.first?.fails == "Photosynthesis is the process by which…")
        #expect(charter.goods.first?.good.circle == .others)
        #expect(
            charter.roles == [
                Role(
                    id: "tutor", stance: .tutor, moves: [.ask, .scaffold, .challenge, .encourage, .stepBack],
                    standards: [])
            ])
        #expect(
            charter.floor == [
                FloorClause(
                    id: "no-finished-graded-work", sayings: ["Never write graded work for a pupil."], severity: .block)
            ])
        #expect(charter.memory == MemoryTerms(receipts: .bodies))
        #expect(
            charter.amendment == Amendment(by: "deliberation", quorum: 30, consensus: Share("0.6"), reviewDays: 180))
        #expect(charter.dissent.map(\.heldBy) == [Share("0.31")])
    }

    @Test("takes a text, its bytes, and any line ends, with a byte order mark or without")
    func sources() throws {
        let expected = try Charter.read(riverside, file: "a").charter
        #expect(try Charter.read(Array(riverside.utf8), file: "a").charter == expected)
        #expect(try Charter.read(AnySequence(riverside.utf8), file: "a").charter == expected)
        #expect(try Charter.read("\u{FEFF}" + riverside, file: "a").charter == expected)
        for lineBreak in ["\r\n", "\r"] {
            #expect(try Charter.read(riverside.replacing("\n", with: lineBreak), file: "a").charter == expected)
        }
    }

    @Test("keeps the lines of a scene, and nothing else of its layout")
    func scenes() throws {
        let text = """
            charter: a/b
            version: 1.0.0
            purpose: >
              Help people,
              all of them.
            goods:
              g:
                says: Good.
                examples:
                  - person: |

                      One.  

                      Two.

                    shows: "\\n One. \\n\\nTwo.\\n"
            """
        let charter = try Charter.read(text, file: "a").charter
        #expect(charter.purpose == "Help people, all of them.")
        #expect(charter.goods.first?.examples == [Example(person: "One.\n\nTwo.", shows: "One.\n\nTwo.", fails: nil)])
    }

    @Test("takes words that other programs turn into something else as the words they are")
    func words() throws {
        let text = "charter: a/b\nversion: 1.0.0\npurpose: yes\ncommunity: 3.10\ngoods: {g: {says: 2026-01-01}}\n"
        let charter = try Charter.read(text, file: "a").charter
        #expect(charter.purpose == "yes")
        #expect(charter.community == "3.10")
        #expect(charter.goods.first?.good.says == "2026-01-01")
    }

    @Test("is linear: a thousand clauses are read and compiled")
    func large() throws {
        var text = "charter: a/b\nversion: 1.0.0\npurpose: Help people.\ngoods:\n"
        for number in 0..<1000 {
            text += "  good-\(number):\n    says: Idea \(number).\n    signs: [asks about \(number)]\n"
        }
        let charter = try Charter.read(text, file: "a").charter
        #expect(charter.goods.count == 1000)
        #expect(try charter.compiled(role: nil).clauses.count == 1001 + BaseFloor.layer.floor.count)
    }

    @Test("knows versions as Semantic Versioning has them")
    func versions() {
        for good in ["0.0.0", "1.2.3", "10.20.30", "1.0.0-draft.1", "1.0.0-0a.b-c+build.007", "1.0.0+5"] {
            #expect(SemanticVersion(good)?.description == good)
        }
        for bad in [
            "", "1", "1.0", "1.0.0.0", "v1.0.0", "01.0.0", "1.0.0-", "1.0.0-01", "1.0.0+", "1.0.0-a..b", "1.-1.0",
            "1.0.٣",
        ] {
            #expect(SemanticVersion(bad) == nil, "\(bad)")
        }
    }

    @Test("knows names that can't be mistaken for each other")
    func names() {
        #expect(CharterID("commons/tutor")?.description == "commons/tutor")
        for bad in [
            "", "tutor", "a/b/c", "/b", "a/", "A/b", "a/b ", "a_b/c", "а/b", "a/-b", "a/b-", "a/b--c", "1a/b",
            "a/\(String(repeating: "b", count: 65))",
        ] {
            #expect(CharterID(bad) == nil, "\(bad)")
        }
    }
}
