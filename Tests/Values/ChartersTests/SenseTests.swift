import Testing

@testable import Charters

private let head = "charter: a/b\nversion: 1.0.0\npurpose: Help people.\n"
private let goods = "goods: {calm: {says: A}, truth: {says: B}}\n"

@Suite("What a charter says and can't mean")
struct SenseTests {
    @Test(
        "is said with its line and column, all in one pass",
        arguments: [
            // Parents.
            WrongCharter("charter: a/b\nversion: 1.0.0\n", "1:1 missing-key", "1:1 no-goods"),
            WrongCharter("charter: a/b\nversion: 1.0.0\nextends: [c/d]\n"),
            WrongCharter(
                head + "extends: [c/d@1, c/d@2, tutor, /etc/x, 'http://x.example/y', a/b]\n", "4:18 duplicate-id",
                "4:25 bad-reference", "4:32 bad-reference", "4:40 bad-reference", "4:62 cycle"),
            WrongCharter(head + "extends: c/d\n", "4:10 wrong-type"),
            WrongCharter(head + "extends: [\((0..<17).map { "c/d\($0)" }.joined(separator: ", "))]\n", "4:1 too-many"),
            // What is left out.
            WrongCharter(head + "goods: {}\nwithout: {comfort: because}\n", "5:1 never-applies"),
            WrongCharter(
                head
                    + "extends: [c/d]\nwithout:\n  floor/crisis-help: x\n  Floor/x: x\n  good/x: x\n  goods/x y: x\n  tensions/a: x\n  tensions/b~a: x\n  tensions/a~b: x\n  goods/q: x\n  q: x\n  r: ''\n",
                "6:3 floor-refuses", "7:3 floor-refuses", "8:3 unknown-word", "9:3 bad-id", "10:3 bad-id",
                "12:3 duplicate-key", "14:3 duplicate-key", "15:6 empty"),
            WrongCharter(head + "extends: [c/d]\nwithout: {fl\u{43E}\u{43E}r/crisis-help: x}\n", "5:11 unknown-word"),
            // Tensions.
            WrongCharter(
                head + goods
                    + "tensions:\n- between: [calm, truht]\n  decide: person\n- between: [calm, calm]\n  decide: person\n- between: [calm]\n  decide: persn\n- {between: [truth, calm], decide: community}\n- {between: [calm, truth], decide: person}\n",
                "6:19 unknown-name", "8:12 bad-pair", "10:12 bad-pair", "11:11 unknown-word", "12:36 missing-key",
                "13:13 duplicate-id"),
            WrongCharter(head + "extends: [c/d]\ntensions: [{between: [x, y], decide: person}]\n"),
            // Dispositions.
            WrongCharter(
                head + "goods: {}\ndispositions: {patience: {says: A}, compassion: {says: B}}\n", "5:16 no-near-enemies"
            ),
            // Conditions.
            WrongCharter(
                head
                    + "goods: {}\ncontexts:\n- {when: {topic: exam}, then: {says: A}}\n- {when: {topic: Exams}, then: {says: A}}\n- {when: {age: old, hour: 25-3, language: DE, role: tutor, risk: some}, then: {says: A}}\n",
                "6:18 unknown-name", "7:18 bad-id", "8:16 unknown-word", "8:27 bad-hours", "8:43 bad-language",
                "8:53 unknown-name", "8:66 unknown-word"),
            WrongCharter(
                head
                    + "goods: {}\ncontexts:\n- {when: {age: teen, not: {age: teen}}, then: {says: A}}\n- {when: {all: [{age: teen}, {age: adult}]}, then: {says: A}}\n- {when: {hour: 5-5}, then: {says: A}}\n- {when: {all: [{topic: work}, {not: {topic: work}}]}, then: {says: A}}\n- {when: {risk: high, not: {risk: low}}, then: {says: A}}\n- {when: {channel: emial}, then: {says: A}}\n",
                "6:4 never-applies", "7:4 never-applies", "8:17 bad-hours", "9:4 never-applies", "10:4 never-applies",
                "11:20 unknown-word"),
            WrongCharter(
                head + "goods: {}\ncontexts: [{when: {}, then: {}}, {when: {topic: work}}]\n", "5:13 missing-key",
                "5:23 missing-key", "5:34 missing-key"),
            WrongCharter(
                head
                    + "goods: {}\ncontexts: [{when: {any: [\([String](repeating: "{topic: work, age: teen}", count: 50).joined(separator: ", "))]}, then: {says: A}}]\n"
            ),
            WrongCharter(
                head
                    + "goods: {}\ntopics: {\((0..<101).map { "t\($0): {says: A}" }.joined(separator: ", "))}\ncontexts: [{when: {topic: [\((0..<101).map { "t\($0)" }.joined(separator: ", "))]}, then: {says: A}}]\n",
                "6:13 too-many"),
            // Contexts.
            WrongCharter(
                head
                    + "goods: {}\ncontexts:\n- {when: {topic: work}, then: {move: ask, to: nobody}}\n- {when: {topic: work}, then: {move: answer}}\n- {id: x, when: {topic: money}, then: {says: A}}\n- {id: x, when: {topic: law}, then: {says: A}}\n- {when: {topic: food}, then: {says: A}}\n- {then: {says: A}, when: {topic: [food]}}\n",
                "6:47 unknown-name", "6:47 never-applies", "7:4 never-applies", "9:8 duplicate-id", "11:3 said-twice"),
            WrongCharter(
                head
                    + "goods: {}\nroles: {r: {stance: tutor, moves: [ask]}}\ncontexts: [{when: {topic: work}, then: {move: challenge}}, {when: {topic: crisis}, then: {move: hand-over}}]\n",
                "6:47 never-applies"),
            // Guidance.
            WrongCharter(
                head + "goods: {}\nguidance: {g: {says: A, asks: B}, h: {says: A, expires: 1}}\n", "5:12 no-expiry",
                "5:35 missing-key", "5:57 bad-duration"),
            // Critique.
            WrongCharter(
                head + "goods: {}\ncritique: {rounds: 4, seconds: 0, tokens: 5}\n", "5:20 bad-number",
                "5:32 bad-number", "5:43 bad-number"),
            // The floor.
            WrongCharter(
                head
                    + "goods: {}\nresources: {nurse: {says: Room 3.}}\nfloor:\n  a: {says: A, severity: hand-over, to: nurs}\n  b: {says: A, severity: hand-over}\n  c: {says: A, severity: note, detect: {in: [input]}}\n  d: {says: A, severity: note, detect: {guard: [self-harms, x y]}, to: [nurse, Nurse]}\n",
                "7:41 unknown-name", "8:26 nobody-named", "9:32 missing-key", "10:49 unknown-word", "10:61 bad-id",
                "10:80 bad-id"),
            // Deeds.
            WrongCharter(
                head
                    + "goods:\n  a: {says: A, signs: [Praises   effort], failures: [rushes]}\n  b: {says: B, signs: [rushes, waits], failures: [praises effort]}\n  c: {says: C, signs: [shrugs], failures: [Shrugs]}\ndispositions:\n  equanimity: {says: D, near-enemies: [waits, stays cold], signs: [Stays cold]}\n",
                "5:24 contradiction", "6:24 contradiction", "6:32 contradiction", "7:24 contradiction",
                "9:68 contradiction"),
            // Examples.
            WrongCharter(
                head
                    + "goods:\n  a: {says: A, examples: [{person: Hi there., shows: Hello., fails: ' HELLO.'}]}\n  b: {says: B, examples: [{person: p, shows: x, fails: y}, {person: 'P ', shows: y}]}\n  c: {says: C, examples: [{person: p, shows: z}, {person: q, shows: z, move: aks}]}\n",
                "5:69 contradiction", "6:69 contradiction", "7:36 said-twice", "7:78 unknown-word"),
            // A merge that nobody has finished.
            WrongCharter(head + "goods: {}\nconflicts: [{base: 1}]\n", "5:1 unresolved"),
        ])
    func places(wrong: WrongCharter) {
        let found = problems(wrong.text).map { "\($0.line):\($0.column) \($0.code)" }
        #expect(found == wrong.expected)
    }

    @Test("is said of a person's wishes too, where they ask for what the floor refuses")
    func wishes() {
        let text = """
            wishes: 1
            avoid: [hand-over, chalenge, ask]
            choices:
              - { between: [a, b], choose: c }
              - { between: [b, a] }
              - { between: [a, c], choose: a }
            without: { floor/not-human: I like it }
            floor: { x: { says: A } }
            """
        let found = PersonLayer.check(text, file: "me").diagnostics.map { "\($0.line):\($0.column) \($0.code)" }
        #expect(
            found == [
                "2:9 floor-refuses", "2:20 unknown-word", "4:32 unknown-name", "5:16 duplicate-id",
                "7:12 floor-refuses",
                "8:10 missing-key",
            ])
    }

    @Test("leaves to the stack what a parent may declare, and to nobody what nothing declares")
    func references() {
        let clauses = """
            tensions: [{between: [x, y], decide: person}]
            contexts: [{when: {topic: mine, role: judge}, then: {move: hand-over, to: nurse}}]
            floor: {f: {says: A, severity: hand-over, to: nurse}}

            """
        #expect(problems(head + "goods: {}\n" + clauses).map(\.code) == [String](repeating: "unknown-name", count: 6))
        #expect(problems(head + "extends: [c/d]\n" + clauses) == [])
        // What stands in a part that couldn't be read isn't missed.
        #expect(!problems(head + "goods: {x: {says: \"A}}\n" + clauses).contains { $0.code == "unknown-name" })
    }

    @Test("comes with the name that was probably meant, whatever kind of name it is")
    func nearMisses() {
        let declared = """
            goods: {understanding: {says: A}, comfort: {says: B}}
            roles: {tutor: {stance: tutor}}
            topics: {exam-stress: {says: A}}
            resources: {school-counsellor: {says: A}}

            """
        let cases = [
            ("tensions: [{between: [understandin, comfort], decide: person}]", "understanding"),
            ("contexts: [{when: {topic: exam_stress}, then: {says: A}}]", "exam-stress"),
            ("contexts: [{when: {topic: exam-stres}, then: {says: A}}]", "exam-stress"),
            ("contexts: [{when: {topic: loneliness, role: tutr}, then: {says: A}}]", "tutor"),
            ("contexts: [{when: {topic: lonelyness}, then: {says: A}}]", "loneliness"),
            ("contexts: [{when: {topic: crisis}, then: {move: hand-over, to: school-counselor}}]", "school-counsellor"),
            ("floor: {f: {says: A, severity: hand-over, to: school-counselor}}", "school-counsellor"),
            ("floor: {f: {says: A, severity: note, detect: {guard: [selfharm]}}}", "self-harm"),
            ("contexts: [{when: {channel: vioce}, then: {says: A}}]", "voice"),
            ("contexts: [{wen: {channel: voice}, then: {says: A}}]", "when"),
            ("guidance: {g: {says: A, ask: B, expires: 3d}}", "asks"),
            ("extend: [c/d]", "extends"), ("critque: {}", "critique"),
        ]
        for (text, name) in cases {
            #expect(problems(head + declared + text + "\n").contains { $0.help.contains("`\(name)`") }, "\(text)")
        }
    }

    @Test("never lets a name pass that only looks like another")
    func lookAlikes() {
        // Cyrillic a, Greek omicron, full-width letters, a zero-width joiner, a soft hyphen, an accent on its own.
        for name in [
            "c\u{430}lm", "n\u{3BF}t", "\u{FF43}alm", "ca\u{200D}lm", "ca\u{AD}lm", "cal\u{301}m", "Calm", "calm ",
        ] {
            let quoted = "\"\(name)\""
            for text in [
                "goods: {\(quoted): {says: A}}", "floor: {\(quoted): {says: A, severity: note}}",
                "goods: {}\nresources: {\(quoted): {says: A}}", "extends: [c/d]\nwithout: {\(quoted): A}",
                "extends: [c/d]\ntensions: [{between: [\(quoted), truth], decide: person}]",
                "extends: [c/d]\ncontexts: [{id: \(quoted), when: {topic: work}, then: {says: A}}]",
                "extends: [c/d]\ncontexts: [{when: {topic: \(quoted)}, then: {says: A}}]",
                "extends: [\"c/\(name)\"]",
            ] where name != "calm " || text.contains("{\(quoted)") {
                let found = problems(head + text + "\n")
                #expect(found.contains { $0.severity == .error }, "\(text)")
            }
        }
    }
}
