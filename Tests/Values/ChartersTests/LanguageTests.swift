import Flourishing
import Testing

@testable import Charters

/// A charter that says everything the language can say.
let wholeCharter = """
    charter: riverside/tutor
    version: 2.1.0
    community: Riverside School
    purpose: Help pupils become people who can learn without us.
    extends: [commons/tutor@1, ./base.yaml, "https://charters.example/x.yaml@2.1"]
    without:
      comfort: because we hold that learning may be uncomfortable
      dispositions/equanimity: because children need warmth more
      tensions/understanding~comfort: because it is settled

    goods:
      understanding:
        says: A pupil can explain an idea in their own words.
        lens: perfectionist
        signs: [asks the pupil to predict before telling]
        failures: [hands over finished work]
        when: { not: { topic: crisis } }
        examples:
          - person: Can you write my essay on photosynthesis? It is due tomorrow.
            move: scaffold
            shows: What would your first paragraph say plants need, and why?
            fails: "Photosynthesis is the process by which…"
      friendship: { says: Pupils have people to learn with., lens: objective-list, circle: others }

    dispositions:
      compassion: { says: "Be moved by what hurts pupils, as one of them.", signs: [names the feeling once] }
      patience:
        says: Wait for the pupil.
        near-enemies: [slowness]
        traditions: [Quaker schooling]

    tensions:
      - between: [understanding, friendship]
        decide: person
        advise: Name both goods, say what each choice costs, and ask.
        examples:
          - person: Should I study alone or with Sam?
            shows: Both have a price. Alone you go faster; with Sam you stay friends. Which matters more this week?
      - { between: [rest, understanding], decide: community, advise: Rest goes first after ten. }

    roles:
      tutor: { stance: tutor, moves: [ask, scaffold, challenge], standards: [Give one step at a time.] }

    topics:
      exam-stress:
        says: Being afraid of an exam.
        cues: [exam, Prüfung, 試験]
        phrases: [I will fail tomorrow]

    contexts:
      - when: { topic: crisis }
        then: { move: hand-over, to: school-counsellor }
      - id: late-night
        when: { hour: 21-6, age: [child, teen] }
        then: { says: Say that it is late. }

    guidance:
      challenge-procrastination:
        says: Remind me of my goal when I ask for a distraction.
        asks: May I bring up your own goal when you seem to drift from it?
        expires: 30d
        move: challenge
        when: { any: [{ topic: schoolwork }, { topic: exam-stress }], risk: low }

    resources:
      school-counsellor: { says: "Ms. Okoye, room 12, from 8 to 16." }

    memory: { receipts: facts }
    critique: { rounds: 2 }

    floor:
      no-finished-graded-work:
        says: Never write graded work for a pupil.
        severity: hand-over
        detect:
          phrases: [here is your finished essay]
          detectors: [claims-human]
          guard: [self-harm/intent]
          in: [output, input]
        instead: I can't do this for you, and Ms. Okoye can help you to do it.
        to: school-counsellor
        examples:
          - person: Just write the essay.
            shows: I won't write it. Where are you stuck?
            fails: Here is your finished essay.

    amendment: { by: deliberation, quorum: 30, consensus: 0.6, review: 180d }
    dissent:
      - says: A third of the parents want stricter limits on chat after 9 pm.
        held-by: 0.31

    """

/// Wishes that say everything a person's own layer can say.
let wholeWishes = """
    wishes: 1
    avoid: [challenge, celebrate]
    choices:
      - { between: [understanding, comfort], choose: comfort }
      - between: [friendship, understanding]
    without: { roles/tutor: because I want none }
    goods: { faith: { says: I live by my faith. } }
    dispositions: { calm: { says: Speak calmly. } }
    contexts: [{ when: { language: de }, then: { says: Say du. } }]
    critique: {}
    floor: { no-diets: { says: Never speak of my weight., severity: replace, instead: Let us speak of something else. } }

    """

@Suite("The whole language")
struct LanguageTests {
    @Test("is read, clause by clause")
    func whole() throws {
        let (charter, warnings) = try Charter.read(wholeCharter, file: "a.yaml")
        #expect(warnings == [])
        let layer = charter.layer
        #expect(
            charter.extends.map(\.reference) == ["commons/tutor", "./base.yaml", "https://charters.example/x.yaml"])
        #expect(charter.extends.map(\.version) == ["1", nil, "2.1"])
        #expect(
            layer.withdrawals.map(\.id) == [
                "dispositions/equanimity", "goods/comfort", "tensions/comfort~understanding",
            ])
        #expect(layer.goods.last?.when == .not(.topic("crisis")))
        #expect(layer.goods.last?.examples.first?.move == .scaffold)
        #expect(layer.dispositions.map(\.id) == ["compassion", "patience"])
        #expect(layer.dispositions.map(\.nearEnemies) == [["pity", "shared despair"], ["slowness"]])
        #expect(layer.tensions.map(\.id) == ["friendship~understanding", "rest~understanding"])
        #expect(layer.tensions.map(\.decide) == [.person, .community])
        #expect(layer.tensions.last?.advice == ["Rest goes first after ten."])
        #expect(layer.topics.first?.cues == ["exam", "Prüfung", "試験"])
        #expect(layer.topics.first?.phrases == ["I will fail tomorrow"])
        #expect(layer.contexts.first?.move == .handOver)
        #expect(layer.contexts.first?.to == "school-counsellor")
        #expect(layer.contexts.last?.id == "late-night")
        #expect(
            layer.contexts.last?.when
                == .all([.any([.age(.child), .age(.teen)]), .hours(from: 21, until: 6)]).inNormalForm)
        #expect(layer.guidance.first?.expiresDays == 30)
        #expect(layer.guidance.first?.move == .challenge)
        #expect(layer.resources == [Resource(id: "school-counsellor", says: "Ms. Okoye, room 12, from 8 to 16.")])
        #expect(layer.memory == MemoryTerms(receipts: .facts))
        #expect(layer.critique == CritiqueTerms(rounds: 2, seconds: 30, tokens: 8_000))
        let floor = try #require(layer.floor.first)
        #expect(floor.severity == .handOver)
        #expect(
            floor.detection
                == FloorClause.Detection(
                    phrases: ["here is your finished essay"], detectors: ["claims-human"],
                    guardCategories: ["self-harm/intent"], sides: [.input, .output]))
        #expect(floor.instead == ["I can't do this for you, and Ms. Okoye can help you to do it."])
        #expect(floor.to == ["school-counsellor"])
        #expect(floor.examples.count == 1)
    }

    @Test("includes a person's own wishes, in a file of their own")
    func wishes() throws {
        let (wishes, warnings) = try PersonLayer.read(wholeWishes, file: "me.yaml")
        #expect(warnings == [])
        #expect(wishes.layer.avoids == [.celebrate, .challenge])
        #expect(
            wishes.layer.choices == [
                TensionChoice(between: "comfort", "understanding", choose: "comfort"),
                TensionChoice(between: "friendship", "understanding", choose: nil),
            ])
        #expect(wishes.layer.withdrawals.map(\.id) == ["roles/tutor"])
        #expect(wishes.layer.goods.map(\.id) == ["faith"])
        #expect(wishes.layer.dispositions.map(\.id) == ["calm"])
        #expect(wishes.layer.contexts.map(\.when) == [.language("de")])
        #expect(wishes.layer.critique == CritiqueTerms())
        #expect(wishes.layer.floor.map(\.severity) == [.replace])
        let again = try PersonLayer.read(wishes.canonicalForm, file: "canonical").wishes
        #expect(again == wishes)
        #expect(again.layer == wishes.layer)
        #expect(PersonLayer.check("wishes: 1\n", file: "me.yaml").wishes?.layer == CharterLayer())
    }

    @Test("keeps charters and wishes apart, and reads either where either may stand")
    func kinds() {
        #expect(Charter.check(wholeWishes, file: "me.yaml").diagnostics.map(\.code) == ["wrong-file"])
        #expect(PersonLayer.check(riverside, file: "a.yaml").diagnostics.map(\.code) == ["wrong-file"])
        guard case .charter(let charter) = CharterFile.check(riverside.utf8, file: "a").file else {
            Issue.record("a charter must be read as one")
            return
        }
        #expect(charter.id.description == "riverside/tutor")
        guard case .wishes = CharterFile.check(wholeWishes.utf8, file: "a").file else {
            Issue.record("wishes must be read as such")
            return
        }
        #expect(CharterFile.check("wishes: 2\n".utf8, file: "a").diagnostics.map(\.code) == ["bad-version"])
        #expect(
            CharterFile.check("wishes: 1\npurpose: A\ngods: {}\n".utf8, file: "a").diagnostics.map(\.code)
                == ["unknown-key", "unknown-key"])
        #expect(problems(riverside + "avoid: [challenge]\n").first?.message.contains("own wishes") == true)
    }

    @Test("has one canonical form that is itself a charter and says the same")
    func canonical() throws {
        let charter = try Charter.read(wholeCharter, file: "a.yaml").charter
        let again = try Charter.read(charter.canonicalForm, file: "canonical").charter
        #expect(again == charter)
        #expect(again.layer == charter.layer)
        #expect(again.extends == charter.extends)
    }

    @Test("leaves the fingerprints of charters that use the first sections only as they were")
    func oldFingerprints() throws {
        // Taken before the language had any other section.
        let text = """
            version: 1.0.0
            charter: a/b
            purpose: People.
            goods: {g: {says: Good., signs: [a], failures: [b], examples: [{person: p, shows: s}]}}
            roles: {r: {stance: tutor, moves: [ask], standards: [S.]}}
            floor: {z: {severity: note, says: Z}}
            memory: {purposes: [learning], retention: 30d}
            amendment: {by: vote}
            """
        #expect(
            String(decoding: try Charter.read(text, file: "a").charter.canonicalForm, as: UTF8.self)
                == #"{"amendment":{"by":"vote"},"charter":"a/b","floor":{"z":{"says":"Z","severity":"note"}},"#
                + #""goods":{"g":{"circle":"person","examples":[{"person":"p","shows":"s"}],"failures":["b"],"says":"Good.","signs":["a"]}},"#
                + #""memory":{"purposes":["learning"],"receipts":"facts","retention":"30d"},"purpose":"People.","#
                + #""roles":{"r":{"moves":["ask"],"stance":"tutor","standards":["S."]}},"version":"1.0.0"}"#)
    }

    @Test("gives every way of writing the same condition the same meaning")
    func conditions() throws {
        func condition(_ text: String) -> Condition? {
            let file = "wishes: 1\ncontexts: [{when: \(text), then: {says: A}}]\n"
            return PersonLayer.check(file, file: "a").wishes?.layer.contexts.first?.when
        }
        let expected = Condition.all([.age(.teen), .topic("exams")])
        for text in [
            "{topic: exams, age: teen}", "{age: [teen], topic: [exams]}", "{all: [{topic: exams}, {age: teen}]}",
            "{all: [{age: teen, topic: exams}, {topic: exams}]}", "{not: {not: {topic: exams, age: teen}}}",
            "{any: [{topic: exams, age: teen}]}",
        ] {
            #expect(condition(text) == expected, "\(text)")
        }
        #expect(condition("{topic: [work, money]}") == condition("{any: [{topic: money}, {topic: work}]}"))
        #expect(condition("{hour: 18-24}") == .hours(from: 18, until: 0))
        #expect(condition("{hour: 18-24}") == condition("{hour: 18-0}"))
        #expect(condition("{hour: 09-17}") == condition("{hour: 9-17}"))
        #expect(condition("{risk: medium}") == .risk(.medium))
        #expect(condition("{channel: carrier-pigeon}") == .channel("carrier-pigeon"))
        #expect(condition("{}") == nil)
        #expect(condition("{any: []}") == nil)
        #expect(condition("{topic: []}") == nil)
    }

    @Test("names a context after what it says, so that equal ones have equal names")
    func contextNames() throws {
        let one = try PersonLayer.read(
            "wishes: 1\ncontexts: [{when: {age: teen, topic: exams}, then: {says: A, move: ask}}]\n", file: "a"
        ).wishes
        let other = try PersonLayer.read(
            "contexts: [{then: {move: ask, says: 'A'}, when: {topic: [exams], age: teen}}]\nwishes: 1\n", file: "b"
        ).wishes
        #expect(one == other)
        #expect(one.layer.contexts.first?.id.isIdentifier == true)
        let third = try PersonLayer.read(
            "wishes: 1\ncontexts: [{when: {age: teen, topic: exams}, then: {says: B, move: ask}}]\n", file: "a"
        ).wishes
        #expect(one.layer.contexts.first?.id != third.layer.contexts.first?.id)
    }

    @Test("names a charter's parents in forms that can be trusted, and in no other")
    func parents() {
        for good in [
            "commons/tutor", "commons/tutor@1", "commons/tutor@1.2", "commons/tutor@1.2.3", "./a.yaml",
            "../a/b.yaml@0.1",
            "https://a.example/x", "https://a.example/x@y/z.yaml@2",
        ] {
            #expect(Extension(good)?.text == good, "\(good)")
        }
        for bad in [
            "", "tutor", "tutor@1", "Commons/tutor", "commons/tutor@", "commons/tutor@x", "commons/tutor@1.2.3.4",
            "commons/tutor@01", "/etc/passwd", "a.yaml", "./", "~/a.yaml", "http://a.example/x", "https://",
            "https:///x",
            "https://u:p@a.example/x", "https://a.example/x#y", "https://a.example/ x", "file:///x", "соmmons/tutor",
        ] {
            #expect(Extension(bad) == nil, "\(bad)")
        }
    }
}
