import Flourishing
import Testing

@testable import Charters

@Suite("Merging charters")
struct CharterMergeTests {
    private func charter(_ text: String) throws -> Charter { try Charter.read(text, file: "a.yaml").charter }

    private func changed(_ text: String, _ changes: [(String, String)]) throws -> Charter {
        var text = text
        for (old, new) in changes {
            #expect(text.contains(old), "\(old)")
            text = text.replacing(old, with: new)
        }
        return try charter(text)
    }

    @Test("with no change on one side is the other side, whatever it says", arguments: UInt64(0)..<30)
    func identity(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let base = try charter(CharterContent.random(using: &generator).written(in: .plain))
        let ours = try charter(CharterContent.random(using: &generator).written(in: .plain))
        for (base, one, other, expected) in [
            (base, base, base, base), (base, ours, base, ours), (base, base, ours, ours), (base, ours, ours, ours),
        ] {
            let merge = try CharterMerge(base: base, ours: one, theirs: other)
            #expect(merge.isClean)
            let version = one.version.precedes(other.version) ? other.version : one.version
            let merged = try charter(merge.text)
            #expect(merged.version == version)
            let renumbered = merged.text.replacing("version: \(version)", with: "version: \(expected.version)")
            #expect(try charter(renumbered) == expected, "\(merge.text)")
        }
    }

    @Test(
        "doesn't depend on which side is called ours, when the sides changed different things",
        arguments: UInt64(0)..<30)
    func commutes(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let edits = Self.edits.shuffled(using: &generator)
        let cut = Int.random(in: 1..<edits.count, using: &generator)
        let base = try charter(everything)
        let ours = try changed(everything, Array(edits[..<cut]))
        let theirs = try changed(everything, Array(edits[cut...]))
        let one = try CharterMerge(base: base, ours: ours, theirs: theirs)
        let other = try CharterMerge(base: base, ours: theirs, theirs: ours)
        #expect(one.isClean && other.isClean, "\(one.conflicts)")
        let both = try changed(everything, edits)
        #expect(try charter(one.text) == both, "\(one.text)")
        #expect(try charter(other.text) == both)
        #expect(CharterDiff(from: try charter(one.text), to: both).isEmpty)
    }

    /// Changes to different things in ``everything``.
    static let edits = [
        ("says: A pupil can explain an idea in their own words.", "says: Pupils can explain what they learn."),
        ("lens: perfectionist", "lens: conative"), ("hands over finished work", "gives the answer away"),
        ("comfort: { says: A pupil can be at ease., circle: others }", "comfort: { says: Ease., circle: others }"),
        ("near-enemies: [pity]", "near-enemies: [pity, despair]"), ("decide: person", "decide: advise"),
        ("stance: tutor", "stance: advisor"), ("moves: [ask, scaffold]", "moves: [ask]"),
        ("cues: [stage]", "cues: [stage, play]"), ("move: hand-over, to: counsellor", "says: Be brief."),
        ("expires: 30d", "expires: 60d"), ("Ms. Okoye, room 12.", "Mr. Mensah, room 3."),
        ("retention: 180d", "retention: 90d"), ("rounds: 2", "rounds: 1"), ("severity: replace", "severity: block"),
        ("guard: [self-harm]", "guard: [self-harm, violence]"), ("quorum: 30", "quorum: 40"),
        ("held-by: 0.31", "held-by: 0.4"), ("because it never comes up here", "because it is over"),
        ("community: Riverside School", "community: The school"),
    ]

    @Test("conflicts exactly where both sides changed one thing differently", arguments: UInt64(0)..<30)
    func conflicts(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let contested: [(edit: (String, String), other: (String, String), path: String)] = [
            (
                ("lens: perfectionist", "lens: conative"), ("lens: perfectionist", "lens: hedonic"),
                "goods/understanding/lens"
            ),
            (
                ("decide: person", "decide: advise"), ("decide: person", "decide: community"),
                "tensions/comfort~understanding/decide"
            ),
            (
                ("severity: replace", "severity: block"), ("severity: replace", "severity: note"),
                "floor/no-graded-work/severity"
            ),
            (("retention: 180d", "retention: 90d"), ("retention: 180d", "retention: 10d"), "memory/retention"),
            (("hands over finished work", "x"), ("hands over finished work", "y"), "goods/understanding/failures"),
            (
                ("when: { topic: [schoolwork, exams] }", "when: { topic: exams }"),
                ("when: { topic: [schoolwork, exams] }", "when: { age: teen }"), "goods/understanding/when"
            ),
        ].shuffled(using: &generator)
        let mine = contested.prefix(Int.random(in: 1...contested.count, using: &generator))
        let base = try charter(everything)
        let merge = try CharterMerge(
            base: base, ours: changed(everything, mine.map(\.edit)), theirs: changed(everything, mine.map(\.other)))
        #expect(merge.conflicts.map(\.path).sorted() == mine.map(\.path).sorted())
        // Each is named when the file is checked, and the file is what ours says apart from them.
        let error = #expect(throws: CharterError.self) { try charter(merge.text) }
        let named = error?.diagnostics.filter { $0.severity == .error } ?? []
        #expect(named.count == mine.count && named.allSatisfy { $0.code == "unresolved" && !$0.help.isEmpty })
        for conflict in merge.conflicts { #expect(named.contains { $0.message.contains("`\(conflict.path)`") }) }
        let resolved = try #require(merge.text.split(separator: "\n# Both sides").first)
        #expect(try charter(String(resolved)) == changed(everything, mine.map(\.edit)), "\(merge.text)")
        // A file with conflicts can be put in form too.
        #expect(
            try CharterForm.formatted(merge.text.utf8, file: "a")
                == CharterForm.formatted(CharterForm.formatted(merge.text.utf8, file: "a").utf8, file: "a"))
    }

    @Test("puts one person's wishes from two devices together, and leaves to them what both changed")
    func wishes() throws {
        func wishes(_ text: String) throws -> PersonLayer { try PersonLayer.read(text, file: "me.yaml").wishes }
        let base = "# Mine.\n\n" + wholeWishes
        let phone = base.replacing("avoid: [challenge, celebrate]", with: "avoid: [challenge, celebrate, ask]")
            .replacing("I live by my faith.", with: "My faith carries me.")
        let desk = base.replacing("Never speak of my weight.", with: "Never bring up my weight.")
            .replacing(
                "between: [friendship, understanding]",
                with: "between: [friendship, understanding]\n    choose: friendship")
        let merge = try CharterMerge(base: wishes(base), ours: wishes(phone), theirs: wishes(desk), source: phone)
        #expect(merge.isClean && merge.text.hasPrefix("# Mine.\n\nwishes: 1\n"))
        let merged = try wishes(merge.text).layer
        #expect(merged.avoids == [.ask, .celebrate, .challenge])
        #expect(merged.goods.first?.good.says == "My faith carries me.")
        #expect(merged.floor.first?.says == "Never bring up my weight.")
        #expect(merged.choices.map(\.choose) == ["comfort", "friendship"])
        let other = try CharterMerge(base: wishes(base), ours: wishes(desk), theirs: wishes(phone))
        #expect(try wishes(other.text) == wishes(merge.text))

        let torn = base.replacing("choose: comfort", with: "choose: understanding")
        let none = base.replacing(", choose: comfort", with: "")
        let contested = try CharterMerge(base: wishes(base), ours: wishes(torn), theirs: wishes(none))
        #expect(contested.conflicts.map(\.path) == ["choices/comfort~understanding/choose"])
        #expect(contested.conflicts.first?.ours == "understanding" && contested.conflicts.first?.theirs == nil)
        let refused = PersonLayer.check(contested.text, file: "me.yaml")
        #expect(refused.wishes == nil && refused.diagnostics.map(\.code) == ["unresolved"])
        #expect(throws: CharterError.self) {
            try CharterMerge(base: wishes(base), ours: wishes(base), theirs: wishes(desk), source: torn)
        }
    }

    @Test("gives a clause that one side took out and the other changed to people to decide")
    func removal() throws {
        let base = try charter(everything)
        let gone = "  comfort: { says: A pupil can be at ease., circle: others }\n"
        let tension =
            "tensions:\n  - between: [understanding, comfort]\n    decide: person\n    advise: Name both goods.\n"
        let without = try changed(everything, [(gone, ""), (tension, "")])
        let reworded = try changed(everything, [("A pupil can be at ease.", "Ease.")])
        let merge = try CharterMerge(base: base, ours: without, theirs: reworded)
        #expect(merge.conflicts.map(\.path) == ["goods/comfort"])
        #expect(merge.conflicts[0].ours == nil && merge.conflicts[0].theirs == "{ circle: others, says: Ease. }")
        let error = #expect(throws: CharterError.self) { try charter(merge.text) }
        #expect(error?.diagnostics.contains { $0.help.contains("Ours takes it out") } == true)
        // Who changes nothing in it lets it go.
        #expect(try charter(CharterMerge(base: base, ours: without, theirs: base).text) == without)
    }

    @Test("takes what both sides add to a list, and what both take out")
    func lists() throws {
        let text = everything.replacing("signs: [asks the pupil to predict before telling]", with: "signs: [a, b, c]")
        let base = try charter(text)
        func signs(_ list: String) throws -> Charter { try changed(text, [("[a, b, c]", list)]) }
        for (ours, theirs, expected) in [
            ("[a, b, c, x]", "[a, b, c, y]", ["a", "b", "c", "x", "y"]), ("[b, c]", "[a, b, c, d]", ["b", "c", "d"]),
            ("[x, a, b, c]", "[a, c]", ["x", "a", "c"]), ("[a, x, b, c]", "[a, x, b]", ["a", "x", "b"]),
            ("[a, z, b, c]", "[a, b, y, c]", ["a", "z", "b", "y", "c"]),
        ] {
            for (one, other) in [(ours, theirs), (theirs, ours)] {
                let merge = try CharterMerge(base: base, ours: signs(one), theirs: signs(other))
                #expect(merge.isClean)
                let merged = try charter(merge.text)
                #expect(merged.goods.first { $0.id == "understanding" }?.signs == expected, "\(one) \(other)")
            }
        }
        for (ours, theirs) in [("[b, a, c]", "[a, b, c, d]"), ("[x, b, c]", "[y, b, c]"), ("[x, b, c]", "[b, c]")] {
            #expect(try !CharterMerge(base: base, ours: signs(ours), theirs: signs(theirs)).isClean)
        }
    }

    @Test("keeps the comments and the order of our file")
    func comments() throws {
        let source = """
            # The school's own.

            charter: a/b # its name
            version: 1.0.0
            purpose: Help.
            goods:
              # first things first
              zeal:
                # what we mean
                says: Zeal.
                signs:
                  - acts # at once
              calm: { says: Calm. }
            dispositions:
              compassion: { says: Feel with them. }
            # the end
            """
        let base = try charter(source)
        let theirs = try changed(
            source,
            [
                ("says: Zeal.", "says: Eagerness."), ("{ says: Calm. }", "{ says: Calm. }\n  joy: { says: Joy. }"),
                ("version: 1.0.0", "version: 1.1.0"),
            ])
        let ours = source.replacing("purpose: Help.", with: "purpose: Help well.")
        let merge = try CharterMerge(base: base, ours: charter(ours), theirs: theirs, source: ours)
        #expect(
            merge.text == """
                # The school's own.

                charter: a/b # its name
                version: 1.1.0
                purpose: Help well.
                goods:
                  # first things first
                  zeal:
                    # what we mean
                    says: Eagerness.
                    signs:
                      - acts # at once
                  calm: { says: Calm. }
                  joy:
                    says: Joy.
                dispositions:
                  compassion: { says: Feel with them. }
                # the end

                """)
        #expect(throws: CharterError.self) { try CharterMerge(base: base, ours: base, theirs: theirs, source: ours) }
    }

    @Test("always gives a file that can be read as YAML, whatever is merged", arguments: UInt64(0)..<30)
    func wellFormed(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let charters = try (0..<3).map { _ in
            try charter(CharterContent.random(using: &generator).written(in: .plain))
        }
        let source = charters[1].text + "# an end\n"
        let merge = try CharterMerge(base: charters[0], ours: charters[1], theirs: charters[2], source: source)
        let formed = try CharterForm.formatted(merge.text.utf8, file: "a.yaml")
        #expect(formed == merge.text)
        #expect(merge.text.contains("# an end"))
        do {
            _ = try charter(merge.text)
            #expect(merge.isClean)
        } catch let error as CharterError {
            // What is left are conflicts, and nothing that the merge itself has put wrong.
            let codes = Set(error.diagnostics.filter { $0.severity == .error }.map(\.code))
            #expect(codes.isSubset(of: ["unresolved", "contradiction"]), "\(error)\n\(merge.text)")
        }
    }
}
