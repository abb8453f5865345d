import Flourishing
import Testing

@_spi(ConsentLedger) @testable import Charters

@Suite("A stack of charters")
struct CharterStackTests {
    private static let seeds = UInt64(0)..<60

    @Test("says the same, with the same fingerprint, every time it is put together", arguments: seeds)
    func deterministic(seed: UInt64) throws {
        func stack() -> CharterStack {
            var random = SeededGenerator(seed: seed)
            let parents = [
                GeneratedCharters.charter("a/one", using: &random), GeneratedCharters.charter("a/two", using: &random),
            ]
            let charter = GeneratedCharters.charter("a/charter", using: &random)
            let person = PersonLayer(layer: GeneratedCharters.wishes(using: &random))
            return CharterStack(charter: charter, parents: parents, person: person)
        }
        let (first, second) = (stack(), stack())
        #expect(first.fingerprint == second.fingerprint)
        #expect(first.composed == second.composed)
        #expect(first.check() == second.check())
        let (one, other) = (try first.compiled(role: nil), try second.compiled(role: nil))
        #expect(one == other && one.brief == other.brief && one.clauses == other.clauses)
        var random = SeededGenerator(seed: seed)
        for _ in 0..<10 {
            let request = BriefRequest.random(for: one, using: &random)
            #expect(one.brief(for: request) == other.brief(for: request))
        }
    }

    @Test(
        "has another fingerprint when one layer says something else, or when the layers change places", arguments: seeds
    )
    func fingerprint(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let one = GeneratedCharters.charter("a/one", using: &random)
        let two = GeneratedCharters.charter("a/two", using: &random)
        let charter = GeneratedCharters.charter("a/charter", using: &random)
        let person = PersonLayer(layer: GeneratedCharters.wishes(using: &random))
        let stacks = [
            CharterStack(charter: charter), CharterStack(charter: charter, parents: [one]),
            CharterStack(charter: charter, parents: [two]), CharterStack(charter: charter, parents: [one, two]),
            CharterStack(charter: charter, parents: [two, one]), CharterStack(charter: one, parents: [two]),
            CharterStack(charter: charter, person: person),
            CharterStack(charter: charter, parents: [one, two], person: person),
        ]
        #expect(Set(stacks.map(\.fingerprint)).count == stacks.count)
    }

    @Test("stands on Trellis's own floor, parents in their order, the charter, and the person on top")
    func layers() throws {
        let (one, two) = (try charter("a/one"), try charter("a/two"))
        let person = try PersonLayer.read("wishes: 1\navoid: [celebrate]\n", file: "w").wishes
        let stack = CharterStack(charter: try charter("a/b"), parents: [one, two, one], person: person)
        #expect(stack.layers.map(\.name) == ["trellis/floor", "a/one", "a/two", "a/b", "person"])
        #expect(stack.layers.map(\.kind) == [.floor, .parent, .parent, .community, .person])
        let compiled = try stack.compiled(role: nil)
        #expect(compiled.id == "a/b" && compiled.version == "1.0.0")
        #expect(compiled.fingerprint == stack.fingerprint)
        #expect(compiled.charterFingerprint == stack.community.fingerprint)
        #expect(compiled.layers == stack.layers.map(\.reference))
        #expect(stack.adding(nil) == CharterStack(charter: try charter("a/b"), parents: [one, two]))
        #expect(stack.adding(person) == stack)
    }

    @Test("keeps one person's wishes from everybody else", arguments: seeds)
    func isolated(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let shared = CharterStack(
            charter: GeneratedCharters.charter("a/charter", using: &random),
            parents: [GeneratedCharters.charter("a/parent", using: &random)])
        let before = (shared.composed, try shared.compiled(role: nil))
        let briefs = (0..<5).map { _ in BriefRequest.random(for: before.1, using: &random) }
        let texts = briefs.map { before.1.brief(for: $0) }

        let ada = PersonLayer(layer: GeneratedCharters.wishes(using: &random))
        let ben = PersonLayer(layer: GeneratedCharters.wishes(using: &random))
        let (adas, bens) = (shared.adding(ada), shared.adding(ben))
        for request in briefs { _ = try adas.compiled(role: nil).brief(for: request) }

        // Nothing of Ada's is in the shared stack, nor in Ben's, in whatever order they come.
        #expect(shared.composed == before.0)
        #expect(try shared.compiled(role: nil).brief == before.1.brief)
        #expect(briefs.map { before.1.brief(for: $0) } == texts)
        #expect(bens.composed == shared.adding(ben).composed)
        #expect(adas.adding(ben).composed == bens.composed)
        #expect(bens.composed.floor == shared.composed.composed(with: ben.layer).floor)
        #expect(try bens.compiled(role: nil).allowedMoves == shared.adding(ben).compiled(role: nil).allowedMoves)
    }

    @Test("plays the charter's only role; else the only role of its parents; else none until one is named")
    func roles() throws {
        let tutor = try charter("a/tutor", "roles: {tutor: {stance: tutor}}\n")
        let advisor = try charter("a/advisor", "roles: {advisor: {stance: advisor}}\n")
        let none = try charter("a/none")
        #expect(try CharterStack(charter: tutor, parents: [advisor]).compiled(role: nil).role == "tutor")
        #expect(try CharterStack(charter: none, parents: [advisor]).compiled(role: nil).role == "advisor")
        #expect(try CharterStack(charter: none, parents: [advisor, tutor]).compiled(role: nil).role == nil)
        #expect(try CharterStack(charter: none, parents: [advisor, tutor]).compiled(role: "tutor").stance == .tutor)
        let error = #expect(throws: CharterError.self) {
            try CharterStack(charter: none, parents: [advisor]).compiled(role: "adviser")
        }
        #expect(error?.diagnostics.first?.help == "Did you mean `advisor`?")
    }

    @Test("leaves out the moves that the person asks to be spared, but never the way to an answer or to help")
    func moves() throws {
        let tutor = try charter("a/tutor", "roles: {tutor: {stance: tutor, moves: [ask, challenge, celebrate]}}\n")
        let wishes = try PersonLayer.read("wishes: 1\navoid: [challenge, hand-over]\n", file: "w").wishes
        let compiled = try CharterStack(charter: tutor, person: wishes).compiled(role: nil)
        #expect(compiled.allowedMoves == [.ask, .celebrate, .answer, .defer, .handOver])
        #expect(compiled.brief.contains("You may ask a question or celebrate."))
        #expect(try CharterStack(charter: try charter("a/b")).compiled(role: nil).allowedMoves == Move.allCases)
    }

    @Test("says who asked for a clause")
    func authors() throws {
        let parent = try charter(
            "a/parent", "goods: {calm: {says: Calm.}}\nfloor: {not-human: {says: No., severity: block}}\n")
        let child = try charter("a/child", "goods: {calm: {says: Calm now.}, joy: {says: Joy.}}\n")
        let compiled = try CharterStack(charter: child, parents: [parent]).compiled(role: nil)
        #expect(compiled.layers(saying: "goods/calm").map(\.name) == ["a/parent", "a/child"])
        #expect(compiled.layers(saying: "goods/joy").map(\.name) == ["a/child"])
        #expect(compiled.layers(saying: "floor/not-human").map(\.name) == ["trellis/floor", "a/parent"])
        #expect(compiled.layers(saying: "purpose").map(\.name) == ["a/parent", "a/child"])
        for path in ["", "goods", "goods/", "goods/x", "nothing/calm", "/", "move/ask"] {
            #expect(compiled.layers(saying: path) == [], "\(path)")
        }
        for clause in compiled.clauses { #expect(!compiled.layers(saying: clause).isEmpty, "\(clause)") }
    }

    @Test("is let go, with all that it kept, when nobody holds it any more")
    func letGo() throws {
        weak var shared: AnyObject?
        do {
            let stack = CharterStack(charter: try charter("a/b", "roles: {tutor: {stance: tutor}}\n"))
            let compiled = try stack.compiled(role: "tutor")
            _ = compiled.brief(for: BriefRequest(move: .ask))
            shared = compiled.shared
            #expect(shared != nil)
        }
        #expect(shared == nil)
    }

    // MARK: What only shows when layers lie on each other

    @Test("finds what only shows when layers lie on each other, and says what to write")
    func check() throws {
        let parent = try charter(
            "a/parent",
            """
            goods: {comfort: {says: A.}, understanding: {says: B.}}
            tensions: [{between: [comfort, understanding], decide: person}]
            resources: {counsellor: {says: Ms. Okoye.}}
            """)
        func codes(_ sections: String, wishes: String? = nil) throws -> [String] {
            let child = try charter("a/child", "extends: [a/parent]\n" + sections)
            let person = try wishes.map { try PersonLayer.read("wishes: 1\n" + $0, file: "w").wishes }
            let found = CharterStack(charter: child, parents: [parent], person: person).check()
            #expect(
                found.allSatisfy { !$0.help.isEmpty && $0.file == (wishes == nil ? "a/child" : "w") && $0.line > 0 })
            return found.map { "\($0.severity.rawValue) \($0.code)" }
        }
        #expect(try codes("") == [])
        let decided = "tensions: [{between: [understanding, comfort], decide: community, advise: Comfort.}]"
        #expect(try codes(decided) == ["error takes-back-decision"])
        #expect(try codes("without: {tensions/comfort~understanding: because}") == ["error takes-back-decision"])
        // Taking a good away would leave the person nothing to decide about.
        #expect(try codes("without: {comfort: because}") == ["error unknown-name"])
        #expect(try codes("without: {comforts: because}") == ["warning withdraws-nothing"])
        #expect(try codes("without: {resources/counsellor: because}") == [])
        #expect(
            try codes("contexts: [{when: {topic: crisis}, then: {move: hand-over, to: counselor}}]")
                == ["error unknown-name"])
        #expect(try codes("contexts: [{when: {topic: crisis}, then: {move: hand-over, to: counsellor}}]") == [])
        #expect(try codes("contexts: [{when: {role: tutor}, then: {says: A.}}]") == ["error unknown-name"])
        #expect(try codes("contexts: [{when: {topic: crises}, then: {says: A.}}]") == ["error unknown-name"])
        #expect(
            try codes("contexts: [{when: {topic: exam-fear}, then: {says: A.}}]\ntopics: {exam-fear: {says: A.}}") == []
        )
        #expect(try codes("", wishes: "choices: [{between: [comfort, understanding], choose: comfort}]") == [])
        #expect(
            try codes("", wishes: "choices: [{between: [comfort, courage], choose: comfort}]")
                == ["warning choice-without-effect"])
    }

    @Test("points at each problem in the file where it stands, with the caret under what is meant")
    func places() throws {
        let parent = try charter(
            "a/parent",
            """
            goods: {comfort: {says: A.}, understanding: {says: B.}}
            tensions: [{between: [comfort, understanding], decide: person}]
            resources: {counsellor: {says: Ms. Okoye.}}
            """)
        let child = try Charter.read(
            """
            charter: a/child
            version: 1.0.0
            extends: [a/parent]
            without:
              comforts: because
            floor:
              not-human: { says: Say so., severity: note }
              not-humann: { says: Say so., severity: note, to: helper }
            tensions:
              - decide: community
                advise: Comfort.
                between: [understanding, comfort]
              - { between: [comfort, courage], decide: person }
            contexts:
              - when: { topic: crisis }
                then: { move: hand-over, to: helper }
              - id: late
                when: { any: [ { role: tutor }, { topic: exam-fear } ] }
                then: { says: Rest., move: hand-over, to: helper }
              - id: later
                when: { not: { role: tutor } }
                then: { says: Rest. }
            """, file: "school/child.yaml"
        ).charter
        let person = try PersonLayer.read(
            """
            wishes: 1
            choices:
              - between: [comfort, honesty]
                choose: comfort
            goods:
              plain: { says: Tell me that you are a human being. }
            """, file: "ada.yaml"
        ).wishes
        let grandparent = try charter(
            "a/grand", "floor: {no-role-play: {says: No., severity: block, detect: {phrases: [you are a human]}}}")
        let stack = CharterStack(charter: child, parents: [grandparent, parent], person: person)
        let found = stack.check()
        func shown(_ code: String) -> [String] {
            found.filter { $0.code == code }.map { problem in
                let marked = zip(problem.excerpt?.text ?? "", problem.excerpt?.marker ?? "").filter { $0.1 == "^" }
                return "\(problem.file):\(problem.line) \(String(marked.map(\.0)))"
            }
        }
        #expect(shown("weakens-floor") == ["school/child.yaml:7 note"])
        #expect(shown("floor-look-alike") == ["school/child.yaml:8 not-humann"])
        #expect(shown("takes-back-decision") == ["school/child.yaml:10 community"])
        #expect(shown("withdraws-nothing") == ["school/child.yaml:5 comforts"])
        #expect(
            Set(shown("unknown-name")) == [
                "school/child.yaml:18 tutor", "school/child.yaml:18 exam-fear", "school/child.yaml:21 tutor",
                "school/child.yaml:13 courage", "school/child.yaml:8 helper", "school/child.yaml:16 helper",
                "school/child.yaml:19 helper",
            ])
        #expect(shown("choice-without-effect") == ["ada.yaml:3 [comfort, honesty]"])
        #expect(shown("floor-refuses") == ["ada.yaml:6 plain"])
        #expect(found.allSatisfy { $0.line > 0 && $0.excerpt != nil }, "\(found)")
        // What a layer takes away is told where it takes it away.
        let taker = try Charter.read(
            "charter: a/t\nversion: 1.0.0\nextends: [a/parent]\nwithout: {comfort: because}\n", file: "t.yaml"
        ).charter
        let taken = CharterStack(charter: taker, parents: [parent]).check()
        #expect(taken.map(\.description.first) == ["t"] && taken.first?.line == 4 && taken.first?.column == 11)
        // Where clauses stand means nothing.
        let moved = try Charter.read("# moved\n" + riverside, file: "other.yaml").charter
        let first = try Charter.read(riverside, file: "a.yaml").charter
        #expect(moved == first && moved.hashValue == first.hashValue && moved.canonicalForm == first.canonicalForm)
        #expect(CharterStack(charter: moved) == CharterStack(charter: first))
    }

    @Test("needs a purpose from somebody")
    func purpose() throws {
        let child = try Charter.read("charter: a/b\nversion: 1.0.0\nextends: [a/c]\n", file: "b").charter
        #expect(CharterStack(charter: child).check().map(\.description.prefixOfPlace) == ["b:1:1: error"])
        #expect(CharterStack(charter: child).check().map(\.code) == ["no-purpose"])
        let parent = try charter("a/c")
        #expect(CharterStack(charter: child, parents: [parent]).check() == [])
        #expect(try CharterStack(charter: child, parents: [parent]).compiled(role: nil).brief.hasPrefix("Help people."))
    }

    private func charter(_ name: String, _ sections: String = "") throws -> Charter {
        try Charter.read("charter: \(name)\nversion: 1.0.0\npurpose: Help people.\n" + sections, file: name).charter
    }
}

extension String {
    /// `file:line:column: error` of a problem on one line.
    fileprivate var prefixOfPlace: String { split(separator: ":").prefix(4).joined(separator: ":") }
}
