import Testing

@testable import Charters

@Suite("What the floor says in people's own language")
struct FloorWordingTests {
    private static let head = "charter: a/b\nversion: 1.0.0\npurpose: Help.\ngoods: {}\n"

    private func text(_ instead: String) -> String {
        Self.head + "floor: { stop: { says: Never do it., severity: replace, instead: \(instead) } }\n"
    }

    private func charter(_ instead: String) throws -> Charter {
        try Charter.read(text(instead), file: "a.yaml").charter
    }

    private func wordings(_ charter: Charter) -> [FloorClause.Wording] { charter.layer.floor.first?.instead ?? [] }

    private static let both = "{ default: Let us stop., de: Lass uns aufhören., pt: Vamos parar. }"

    @Test("is a text, or one for everybody and one for each of some languages")
    func reading() throws {
        #expect(wordings(try charter("Let us stop.")) == ["Let us stop."])
        let clause = try #require(try charter(Self.both).layer.floor.first)
        #expect(
            clause.instead == [.init("Let us stop.", byLanguage: ["de": "Lass uns aufhören.", "pt": "Vamos parar."])])
        #expect(clause.instead(in: "de") == ["Lass uns aufhören."])
        for language in [nil, "en", "fr"] { #expect(clause.instead(in: language) == ["Let us stop."]) }
    }

    @Test(
        "a code that is no language's, words that are missing, and keys that stand twice are told of with what to write",
        arguments: [
            ("{ default: A., xx: B. }", "unknown-language", "ISO 639"),
            ("{ default: A., jp: B. }", "unknown-language", "`ja`"),
            ("{ default: A., deu: B. }", "unknown-language", "`de`"),
            ("{ default: A., pt-BR: B. }", "bad-language", "`pt`"),
            ("{ default: A., Deutsch: B. }", "bad-language", "two or three"),
            ("{ default: A., de: '' }", "empty", ""), ("{ default: A., de: }", "empty", "`default`"),
            ("{ default: '', de: B. }", "empty", ""), ("{ de: B. }", "missing-key", "default:"),
            ("{}", "missing-key", ""),
            ("{ default: A., de: B., de: C. }", "duplicate-key", ""), ("[A., B.]", "wrong-type", ""),
            ("{ default: A., de: [B.] }", "wrong-type", ""), ("{ default: A., de: { x: B. } }", "wrong-type", ""),
        ])
    func diagnostics(_ instead: String, _ code: String, _ help: String) {
        let error = #expect(throws: CharterError.self) { try charter(instead) }
        let found = error?.diagnostics.filter { $0.severity == .error } ?? []
        #expect(found.count == 1 && found.first?.code == code, "\(found)")
        #expect(found.first?.help.contains(help) == true && found.first?.line == 5, "\(found)")
    }

    @Test("a plain text keeps its fingerprint, words for everybody alone are a plain text, and languages count")
    func canonical() throws {
        let plain = try charter("Let us stop.")
        // Made before there were languages.
        #expect(plain.fingerprint == (try charter("{ default: Let us stop. }")).fingerprint)
        #expect(String(decoding: plain.canonicalForm, as: UTF8.self).contains(#""instead":"Let us stop.""#))
        let translated = try charter(Self.both)
        #expect(
            String(decoding: translated.canonicalForm, as: UTF8.self).contains(
                #""instead":{"de":"Lass uns aufhören.","default":"Let us stop.","pt":"Vamos parar."}"#))
        #expect(translated.fingerprint != plain.fingerprint)
        #expect(
            translated.fingerprint
                == (try charter("{ pt: Vamos parar., default: Let us   stop., de: Lass uns aufhören. }")).fingerprint)
    }

    @Test("is written as it is read, and put in form with its author's order and comments")
    func form() throws {
        for instead in ["Let us stop.", Self.both] {
            let charter = try charter(instead)
            #expect(try Charter.read(charter.text, file: "b.yaml").charter == charter)
        }
        let formed = try CharterForm.formatted(
            """
            charter: a/b
            version: 1.0.0
            purpose: Help.
            goods: {}
            floor:
              stop:
                instead:
                  pt: Vamos   parar. # checked by Inês
                  default: Let us stop.
                severity: replace
                says: Never do it.

            """.utf8, file: "a.yaml")
        #expect(
            formed.hasSuffix(
                """
                floor:
                  stop:
                    says: Never do it.
                    severity: replace
                    instead:
                      pt: Vamos parar. # checked by Inês
                      default: Let us stop.

                """), "\(formed)")
    }

    @Test("the schema takes both forms, and no mapping without words for everybody")
    func schema() {
        let schema = Grammar.jsonSchema()
        #expect(schema.contains("^(default|[a-z]{2,3})$"))
    }

    @Test("a change of one language is told as that, in words and as no weaker or stronger floor")
    func diff() throws {
        let old = try charter("{ default: Let us stop., de: Lass uns aufhören. }")
        let new = try charter("{ default: Let us stop., de: Hören wir auf., pt: Vamos parar. }")
        let diff = CharterDiff(from: old, to: new)
        #expect(Set(diff.changes.map(\.path)) == ["floor/stop/instead/de", "floor/stop/instead/pt"])
        #expect(diff.changes.allSatisfy { $0.effect == .rewordsFloor })
        #expect(diff.text.contains("whoever speaks pt now reads “Vamos parar.”"), "\(diff.text)")
        #expect(CharterDiff(from: new, to: new).isEmpty)
    }

    @Test("two sides that each add a language are merged, and one that both say differently is a conflict")
    func merge() throws {
        let base = try charter("{ default: Let us stop., de: Lass uns aufhören. }")
        let ours = try charter("{ default: Let us stop., de: Lass uns aufhören., pt: Vamos parar. }")
        let theirs = try charter("{ default: Stop., de: Lass uns aufhören., fr: Arrêtons. }")
        let merge = try CharterMerge(base: base, ours: ours, theirs: theirs)
        #expect(merge.isClean, "\(merge.text)")
        #expect(
            wordings(try Charter.read(merge.text, file: "m").charter) == [
                .init("Stop.", byLanguage: ["de": "Lass uns aufhören.", "pt": "Vamos parar.", "fr": "Arrêtons."])
            ])
        let other = try charter("{ default: Let us stop., de: Hör auf. }")
        let another = try charter("{ default: Let us stop., de: Schluss. }")
        #expect(
            try CharterMerge(base: base, ours: other, theirs: another).conflicts.map(\.path) == [
                "floor/stop/instead/de"
            ])
    }

    @Test("the community's page shows what is said in each language")
    func page() throws {
        let page = CharterPage(of: try charter(Self.both), for: .community).text
        #expect(page.contains("Let us stop.") && page.contains("Lass uns aufhören.") && page.contains("Vamos parar."))
    }

    @Test(
        "no layer takes the words of one below, in any language, and who wrote other words is warned",
        arguments: [
            "Never mind.", "{ default: Let us stop., de: Macht nichts. }", "{ default: x, de: '-' }",
            "{ default: Let us stop., fr: Ce n'est rien. }", "{ default: Let us stop., pt: Vamos parar., de: Lass. }",
        ])
    func law(_ instead: String) throws {
        let below = try charter(Self.both)
        let above = try charter(instead)
        let both = below.layer.composed(with: above.layer)
        let clause = try #require(both.floor.first)
        for language in [nil, "de", "pt", "fr", "en"] {
            let mine = try #require(below.layer.floor.first).instead(in: language)
            #expect(clause.instead(in: language).starts(with: mine), "\(language ?? "-")")
        }
        let child = try Charter.read(
            text(instead).replacing("charter: a/b", with: "charter: a/child")
                .replacing("purpose: Help.", with: "purpose: Help.\nextends: [a/b]"), file: "c.yaml"
        ).charter
        let found = CharterStack(charter: child, parents: [below]).check()
        #expect(found.contains { $0.code == "rewords-floor" && $0.message.contains("`instead`") }, "\(found)")
    }

    @Test("words that every layer shares are said once")
    func once() throws {
        let layer = try charter(Self.both).layer
        #expect(layer.composed(with: layer) == layer)
        let plain = layer.composed(with: try charter("Let us stop.").layer)
        #expect(plain.floor.first?.instead(in: "en") == ["Let us stop."])
    }
}
