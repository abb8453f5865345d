import Testing

@testable import Charters

@Suite("Putting a charter in form")
struct CharterFormTests {
    private func form(_ text: String) throws -> String { try CharterForm.formatted(text.utf8, file: "a.yaml") }

    @Test("orders the keys, folds long texts, and keeps the author's order of names")
    func form() throws {
        let text = """
            version:   1.0.0
            charter: 'a/b'
            goods:
               zeal: {signs: [one,   two], says: "Zeal: it is."}
               calm:
                  lens: hedonic
                  says: Somebody who is calm can listen to somebody who is not, and that is a great good for both of them, on most days.
            purpose: x
            """
        #expect(
            try form(text) == """
                charter: a/b
                version: 1.0.0
                purpose: x
                goods:
                  zeal: { says: "Zeal: it is.", signs: [one, two] }
                  calm:
                    says: >
                      Somebody who is calm can listen to somebody who is not, and that is a great good for both of them, on most
                      days.
                    lens: hedonic

                """)
    }

    @Test("puts a person's wishes in form by their own keys, with every comment, and changes nothing that they say")
    func wishes() throws {
        let text = """
            # Mine.

            floor: # strict
              no-diets: {severity: block, says: Never   speak of my weight.}
            choices:
              # at school
              - choose: comfort # for now
                between: [understanding,comfort]
            wishes: 1
            avoid: [celebrate,challenge] # both
            """
        let formed = try form(text)
        #expect(
            formed == """
                # Mine.

                wishes: 1
                avoid: [celebrate, challenge] # both
                choices:
                  # at school
                  - between: [understanding, comfort]
                    choose: comfort # for now

                floor: # strict
                  no-diets: { says: Never speak of my weight., severity: block }

                """)
        #expect(try form(formed) == formed)
        #expect(
            try PersonLayer.read(text, file: "a").wishes.fingerprint
                == PersonLayer.read(formed, file: "a").wishes.fingerprint)
    }

    @Test("writes wishes as a file that says the same", arguments: UInt64(0)..<40)
    func writtenWishes(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let made = PersonLayer(layer: GeneratedCharters.wishes(using: &generator))
        // What was put together at random and can't be read is no wish that somebody could have.
        for wishes in [
            PersonLayer.check(made.canonicalForm, file: "a").wishes,
            try PersonLayer.read(wholeWishes, file: "b").wishes,
        ] {
            guard let wishes else { continue }
            let again = try PersonLayer.read(wishes.text, file: "me.yaml").wishes
            #expect(again == wishes && again.layer == wishes.layer, "\(wishes.text)")
            #expect(try form(wishes.text) == wishes.text)
        }
    }

    @Test("keeps comments where they belong: above, beside, behind the last, and at the top of the file")
    func comments() throws {
        let text = """
            # The school's charter.
            #   With two lines.

            # Its version.
            version: 1.0.0 # raise it

            # Its name.
            charter: a/b
            purpose: # why
              # above the text
              Help.
            goods: # all
              # the first
              calm: # a good
                says: It's calm. # says
                signs:
                     # indented oddly
                   - listens # one
                   # behind the last sign
                # behind the list
                # lens: later
              # behind the goods
            # the floor
            floor:
              no: { says: No., # inside
                severity: block }

            # the end
            # trellis-signature: x
            """
        let formed = try form(text)
        #expect(
            formed == """
                # The school's charter.
                #   With two lines.

                # Its name.
                charter: a/b

                # Its version.
                version: 1.0.0 # raise it
                # above the text
                purpose: Help. # why
                goods: # all
                  # the first
                  calm: # a good
                    says: It's calm. # says
                    signs:
                      # indented oddly
                      - listens # one
                      # behind the last sign
                    # behind the list
                    # lens: later
                  # behind the goods
                # the floor
                floor:
                  no:
                    says: No. # inside
                    severity: block

                # the end
                # trellis-signature: x

                """)
    }

    @Test("leaves every charter of the commons the same, and a second time changes nothing", arguments: Commons.names)
    func commons(name: String) throws {
        let source = try #require(Commons.source(name))
        let formed = try form(source)
        #expect(try form(formed) == formed)
        #expect(try Charter.read(formed, file: "a.yaml").charter == Charter.read(source, file: "a.yaml").charter)
        #expect(comments(of: formed) == comments(of: source))
        #expect(formed.split(separator: "\n").filter { $0.count > 120 && !$0.contains("#") } == [])
    }

    @Test("changes neither the meaning nor the comments, and a second time nothing", arguments: UInt64(0)..<24)
    func generated(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let content = CharterContent.random(using: &generator)
        for _ in 0..<4 {
            let text = content.written(in: .random(using: &generator), using: &generator)
            let formed = try form(text)
            #expect(try Charter.read(formed, file: "a").charter == Charter.read(text, file: "a").charter, "\(text)")
            #expect(comments(of: formed) == comments(of: text), "\(text)\n---\n\(formed)")
            let again = try form(formed)
            #expect(again == formed, "\(text)\n---\n\(formed)\n---\n\(again)")
        }
    }

    @Test("either refuses a damaged file or keeps all that it says", arguments: UInt64(0)..<16)
    func damaged(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var formedCount = 0
        for _ in 0..<40 {
            let sources = [riverside] + Commons.names.compactMap { Commons.source($0) }
            let original = String((sources.randomElement(using: &generator) ?? "").prefix(2_500))
            let bytes = mutated(Array(original.utf8), using: &generator)
            let formed: String
            do { formed = try CharterForm.formatted(bytes, file: "a.yaml") } catch {
                #expect(
                    !error.diagnostics.contains { $0.code == "not-formed" }, "\(String(decoding: bytes, as: UTF8.self))"
                )
                continue
            }
            formedCount += 1
            let text = String(decoding: bytes, as: UTF8.self)
            let again = try form(formed)
            #expect(again == formed, "\(text)\n---\n\(formed)\n---\n\(again)")
            #expect(comments(of: formed) == comments(of: text), "\(text)\n---\n\(formed)")
            let meaning = try? Charter.read(bytes, file: "a").charter
            #expect(meaning == (try? Charter.read(formed, file: "a").charter), "\(text)")
        }
        #expect(formedCount > 2)
    }

    @Test("refuses what isn't sound YAML, with the place")
    func unsound() throws {
        do {
            _ = try form("charter: a/b\n  goods: [x")
            Issue.record("it was put in form")
        } catch let error as CharterError {
            #expect(error.diagnostics.first?.line == 2)
        }
        #expect(try form("") == "")
        #expect(try form("# only this\n\n\n#  and this\n") == "# only this\n\n#  and this\n")
    }

    /// All words of all comments, in the order of the words: comments may move, not change.
    private func comments(of text: String) -> String {
        let source = SourceText(Array(text.utf8))
        var parser = YAMLParser(source, log: DiagnosticLog(file: "a.yaml", source: source))
        _ = parser.document()
        return parser.comments.flatMap { offset in
            let line = source.bytes[offset...].prefix { $0 != 0x0A && $0 != 0x0D }
            let words = String(decoding: line, as: UTF8.self).split(whereSeparator: \.isWhitespace)
            return words.filter { $0 != "#" }
        }.sorted().joined(separator: " ")
    }
}

@Suite("Writing a charter")
struct CharterWritingTests {
    @Test("gives a file that means the same and is in form", arguments: UInt64(0)..<24)
    func generated(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let content = CharterContent.random(using: &generator)
        let charter = try Charter.read(content.written(in: .plain), file: "a.yaml").charter
        let text = charter.text
        #expect(try Charter.read(text, file: "a.yaml").charter == charter, "\(text)")
        #expect(try CharterForm.formatted(text.utf8, file: "a.yaml") == text)
    }

    @Test("gives every charter of the commons back", arguments: Commons.names)
    func commons(name: String) throws {
        let charter = try #require(try Commons.charter(name))
        #expect(try Charter.read(charter.text, file: name).charter == charter)
        #expect(try CharterForm.formatted(charter.text.utf8, file: name) == charter.text)
    }
}

extension CharterWritingTests {
    @Test("keeps every part of the language")
    func whole() throws {
        let charter = try Charter.read(everything, file: "a.yaml").charter
        #expect(try Charter.read(charter.text, file: "a.yaml").charter == charter, "\(charter.text)")
        #expect(try CharterForm.formatted(charter.text.utf8, file: "a.yaml") == charter.text)
        #expect(charter.text.contains("when: { topic: [exams, schoolwork] }"))
    }
}
