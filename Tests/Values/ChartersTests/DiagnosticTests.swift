import Foundation
import Testing

@testable import Charters

/// Three sound lines, so that a case shows only what it is about.
private let head = "charter: a/b\nversion: 1.0.0\npurpose: Help people.\n"

/// A charter with something wrong, and where that is noted.
struct WrongCharter: CustomTestStringConvertible, Sendable {
    let text: String
    /// Each `line:column code`, in the order of the file.
    let expected: [String]

    init(_ text: String, _ expected: String...) {
        self.text = text
        self.expected = expected
    }

    var testDescription: String { text.debugDescription }
}

@Suite("What is wrong with a charter")
struct DiagnosticTests {
    @Test(
        "is said with its line and column, all in one pass",
        arguments: [
            // Sections and keys.
            WrongCharter("", "1:1 wrong-type"),
            WrongCharter("# only a comment\n", "1:1 wrong-type"),
            WrongCharter("just text", "1:1 wrong-type"),
            WrongCharter("- a\n- b\n", "1:1 wrong-type"),
            WrongCharter("goods: {}\n", "1:1 missing-key", "1:1 missing-key", "1:1 missing-key"),
            WrongCharter(head + "goods:\n  g:\n    says: A\n    sings: [b]\n", "7:5 unknown-key"),
            WrongCharter(head + "goods: {g: {says: A}}\ngoods: {h: {says: B}}\n", "5:1 duplicate-key"),
            WrongCharter(head + "goods:\n  g: {says: A}\n  g: {says: B}\n", "6:3 duplicate-key"),
            WrongCharter(
                head + "goods:\n  g:\n    says: A\n    says: B\n    says: C\n", "7:5 duplicate-key", "8:5 duplicate-key"
            ),
            WrongCharter(head + "colour: red\ncolour: blue\ngoods: {}\n", "4:1 unknown-key", "5:1 duplicate-key"),
            WrongCharter(head + "goods:\n", "4:1 empty"),
            WrongCharter(head + "goods: {g: {says: ~}}\n", "4:13 empty"),
            WrongCharter(head + "goods: {g: {says: ''}}\n", "4:19 empty"),
            WrongCharter(head + "goods: {g: {says: ' \t '}}\n", "4:19 empty"),
            WrongCharter(head + "goods: {g: {lens: hedonic}}\n", "4:9 missing-key"),
            WrongCharter(head + "goods: {g: {says: A, signs: [b, ~, c]}}\n", "4:33 empty"),
            // Types.
            WrongCharter(head + "goods: [g]\n", "4:8 wrong-type"),
            WrongCharter(head + "goods: {g: A}\n", "4:12 wrong-type"),
            WrongCharter(head + "goods: {g: {says: [A]}}\n", "4:19 wrong-type"),
            WrongCharter(head + "goods: {g: {says: A, signs: b}}\n", "4:29 wrong-type"),
            WrongCharter(head + "goods: {g: {says: A, signs: [{b: c}]}}\n", "4:30 wrong-type"),
            WrongCharter("charter: [a/b]\nversion: {}\npurpose: 1\ngoods: {}\n", "1:10 wrong-type", "2:10 wrong-type"),
            // Names, versions, words and numbers.
            WrongCharter("charter: A/B\nversion: '1'\npurpose: A\ngoods: {}\n", "1:10 bad-id", "2:10 bad-version"),
            WrongCharter(head + "goods: {Good One: {says: A}, ok: {says: B}}\n", "4:9 bad-id"),
            WrongCharter(head + "goods: {gооd: {says: A}}\n", "4:9 bad-id"),
            WrongCharter(
                head + "goods: {g: {says: A, lens: hedonistic, circle: world}}\n", "4:28 unknown-word",
                "4:48 unknown-word"),
            WrongCharter(
                head + "goods: {}\nroles: {r: {}, s: {stance: boss}, t: {stance: tutor, moves: [teach]}}\n",
                "5:9 missing-key", "5:28 unknown-word", "5:62 unknown-word"),
            WrongCharter(
                head + "goods: {}\nfloor: {f: {says: A}, g: {severity: hard}}\n", "5:9 missing-key", "5:23 missing-key",
                "5:37 unknown-word"),
            WrongCharter(
                head + "goods: {}\nmemory: {retention: 180, receipts: all}\n", "5:21 bad-duration",
                "5:36 unknown-word"),
            WrongCharter(head + "goods: {}\nmemory: {purposes: [Learning Goals]}\n", "5:21 bad-id"),
            WrongCharter(
                head + "goods: {}\namendment: {quorum: 3.5, consensus: 60%, review: +3d}\n", "5:1 missing-key",
                "5:21 bad-number", "5:37 bad-number", "5:50 bad-duration"),
            WrongCharter(
                head + "goods: {}\ndissent: [{held-by: 31}, {says: A}]\n", "5:11 missing-key", "5:21 bad-number"),
            WrongCharter(head + "goods: {}\ndissent: A\n", "5:10 wrong-type"),
            WrongCharter(
                head + "goods: {g: {says: A, from: {}}}\n", "4:22 missing-key", "4:22 missing-key", "4:22 missing-key",
                "4:22 missing-key"),
            WrongCharter(
                head + "goods: {g: {says: A, from: {conversation: c, statements: [01, -1, x], agree: 1, of: 0}}}\n",
                "4:59 bad-number", "4:63 bad-number", "4:67 bad-number", "4:85 bad-number"),
            WrongCharter(
                head + "goods: {g: {says: A, from: {conversation: c, statements: [], agree: 0, of: 3}}}\n", "4:58 empty"
            ),
            WrongCharter(
                head
                    + "goods: {g: {says: A, from: {conversation: c, statements: [0], agree: 3, disagree: 1, of: 3}}}\n",
                "4:90 bad-number"),
            // Sense.
            WrongCharter(head + "goods: {g: {says: A, signs: [b], failures: [b]}}\n", "4:30 contradiction"),
            WrongCharter(
                head + "goods: {g: {says: A, examples: [{person: p, shows: x, fails: x}]}}\n", "4:62 contradiction"),
            WrongCharter(
                head + "goods: {g: {says: A, examples: [{shows: x}, {person: p, fails: y}]}}\n", "4:33 missing-key",
                "4:45 missing-key"),
            // Characters.
            WrongCharter(head + "goods: {}\n# \u{202E}desrever\n", "5:3 hidden-character"),
            WrongCharter(head + "goods: {g: {says: \"A\u{E0041}\"}}\n", "4:21 hidden-character"),
            WrongCharter(head + "goods: {g: {says: \"A\\u202E\"}}\n", "4:21 hidden-character"),
            WrongCharter(head + "goods: {}\u{0}\u{1B}[31m\n", "4:10 control-character", "4:11 control-character"),
            WrongCharter(head + "goods: {}\u{2028}\n", "4:10 hidden-character"),
        ])
    func places(wrong: WrongCharter) {
        let found = problems(wrong.text).map { "\($0.line):\($0.column) \($0.code)" }
        #expect(found == wrong.expected)
    }

    @Test(
        "is said in a charter's words where the YAML itself is wrong, and the rest is read on",
        arguments: [
            WrongCharter(head + "goods:\n\tg:\n", "4:1 empty", "5:1 tab"),
            WrongCharter(
                head + "goods:\n  g:\n    says: He said: no\n    lens: heedonic\n", "6:18 colon-in-text",
                "7:11 unknown-word"),
            WrongCharter(head + "goods: {}\nversion : 2.0.0\n  floor: {}\n", "5:1 duplicate-key", "6:3 indentation"),
            WrongCharter(
                head + "goods:\n  g:\n    says: \"A\n    lens: hedonic\n  h: {says: }\n", "6:11 unclosed", "8:7 empty"),
            WrongCharter(head + "goods: {g: {says: A}\nfloor: {}\n", "5:1 expected-comma"),
            WrongCharter(head + "goods: {g: {says: A}\n", "4:8 unclosed"),
            WrongCharter(head + "goods: {g: {says: A, signs: [a: b]}}\n", "4:31 colon-in-text"),
            WrongCharter(head + "goods: {g: {says: A, signs: [a,, b]}}\n", "4:32 empty"),
            WrongCharter(head + "goods: {g: says}\nfloor: {f}\n", "4:12 wrong-type", "5:9 expected-key"),
            WrongCharter(
                head + "goods:\n  g:\n    says: &a A\n    signs: [*a]\n    lens: !!str x\n", "6:11 anchor",
                "7:13 anchor", "8:11 tag"),
            WrongCharter(head + "goods:\n  <<: {says: A}\n", "5:3 bad-id"),
            WrongCharter(head + "goods:\n  ? g\n  : {says: A}\n", "5:3 complex-key"),
            WrongCharter("%YAML 1.2\n---\n" + head + "goods: {}\n", "1:1 directive"),
            WrongCharter(head + "goods: {}\n---\n" + head, "5:1 second-document"),
            WrongCharter(head + "goods: {}\n...\nfloor: {}\n", "6:1 indentation"),
            WrongCharter(head + "goods:\n  g:\n    says: 'it's fine'\n", "6:15 text-behind"),
            WrongCharter(
                head + "goods:\n  g:\n    says: @home\n    signs: - a\n", "6:11 reserved-start", "7:12 indentation"),
            WrongCharter(
                head + "goods:\n  g:\n    says: A\n    signs:\n      - a\n     - b\n      c\n", "9:6 indentation"),
            WrongCharter(head + "goods:\n  g:\n    says: A\n      lens: hedonic\n", "7:7 indentation"),
            WrongCharter(head + "goods:\n  g:\n    says: \"A \\d\"\n", "6:14 unknown-escape"),
            WrongCharter(head + "goods\nfloor: {}\n", "4:1 expected-key"),
            WrongCharter(head + "- a\ngoods: {}\n", "4:1 indentation"),
            WrongCharter(head + "goods: " + String(repeating: "[", count: 500_000), "4:39 too-deep"),
            WrongCharter(
                head + "goods:\n" + String(repeating: "- ", count: 300_000), "5:1 wrong-type", "5:63 too-deep"),
            WrongCharter(
                head + "goods:\n" + (1...400).map { String(repeating: " ", count: $0) + "a:\n" }.joined(),
                "6:3 unknown-key", "36:33 too-deep"),
        ])
    func yaml(wrong: WrongCharter) {
        let found = problems(wrong.text).map { "\($0.line):\($0.column) \($0.code)" }
        #expect(found == wrong.expected)
    }

    @Test("is said of the whole file when it is not text, or too large")
    func wholeFiles() {
        #expect(problems([0x61, 0x3A, 0x20, 0xFF]).map { "\($0.line):\($0.column) \($0.code)" } == ["1:4 not-utf8"])
        #expect(problems([0xC0, 0x80]).map(\.code) == ["not-utf8"])
        #expect(problems([0xED, 0xA0, 0x80]).map(\.code) == ["not-utf8"])
        #expect(problems([0xF4, 0x90, 0x80, 0x80]).map(\.code) == ["not-utf8"])
        #expect(problems([UInt8](repeating: 0x20, count: Charter.maximumBytes + 1)).map(\.code) == ["too-large"])
        let endless = sequence(first: UInt8(0x20)) { $0 }
        #expect(throws: CharterError.self) { try Charter.read(endless, file: "endless") }
        // At the limit a file is still read.
        let padded = Array(head.utf8) + Array("goods: {}\n#".utf8)
        let full = padded + [UInt8](repeating: 0x20, count: Charter.maximumBytes - padded.count)
        #expect(problems(full) == [])
    }

    @Test(
        "of a detector's misspelt name says which was meant",
        arguments: [
            ("selfharm-method", "Did you mean `self-harm-method`?"), ("claim-human", "Did you mean `claims-human`?"),
            ("secret", "Did you mean `secrets`?"), ("Personal_Data", "Did you mean `personal-data`?"),
            ("everything-bad", "Write one of: \(FloorDetector.names.joined(separator: ", "))."),
        ])
    func detectors(name: String, help: String) throws {
        let text = head + "goods: {}\nfloor: {f: {says: A, severity: block, detect: {detectors: [\(name)]}}}\n"
        #expect(problems(text).map(\.code) == ["unknown-word"])
        #expect(problems(text).first?.help == help)
        #expect(problems(text).first?.severity == .error)
    }

    @Test("tells a guard's misspelt category from one that a guard of one's own may have")
    func guardCategories() throws {
        func found(_ category: String) -> [String] {
            problems(head + "goods: {}\nfloor: {f: {says: A, severity: block, detect: {guard: [\(category)]}}}\n").map {
                "\($0.severity.rawValue) \($0.code) \($0.help)"
            }
        }
        #expect(found("self-harm/intent") == [])
        #expect(found("self-harmm") == ["error unknown-word Did you mean `self-harm`?"])
        #expect(found("gambling").map { $0.prefix(20) } == ["warning unknown-word"])
    }

    @Test("finds a reply that is good in one scene and poor in another, whoever speaks")
    func replies() throws {
        func codes(_ first: String, _ second: String) -> [String] {
            problems(head + "goods:\n  a: {says: A, examples: [\(first)]}\n  b: {says: B, examples: [\(second)]}\n").map
            {
                "\($0.severity.rawValue) \($0.code) \($0.line)"
            }
        }
        let first = "{person: Hi, shows: What did you try?, fails: Here it is.}"
        #expect(codes(first, "{person: Hello, shows: Which part?, fails: All of it.}") == [])
        #expect(codes(first, "{person: Hello, shows: here it  is., fails: All of it.}") == ["error contradiction 6"])
        #expect(
            codes(first, "{person: Hello, shows: Which part?, fails: WHAT did you try?}") == ["error contradiction 6"])
        #expect(
            codes(first, "{person: Hello, shows: Here it is., fails: What did you try?}")
                == ["error contradiction 6", "error contradiction 6"])
        // Two clauses may be shown by one reply.
        #expect(codes(first, "{person: Hello, shows: What did you try?, fails: Here it is.}") == [])
    }

    @Test("knows what the five dispositions are taken for, where no near enemies are written")
    func knownNearEnemies() throws {
        func found(_ more: String) -> [Diagnostic] {
            problems(head + "goods: {}\ndispositions: {equanimity: {says: A, \(more)}}\n")
        }
        #expect(found("signs: [indifference]").map(\.code) == ["contradiction"])
        #expect(found("signs: [indifference]").first?.message.contains("where none are written") == true)
        #expect(found("signs: [is as warm either way]") == [])
        #expect(found("signs: [indifference], near-enemies: [coldness]") == [])
    }

    @Test("is a warning when the charter can still be used")
    func warnings() throws {
        let text =
            head + "floor: {f: {says: A, severity: note}}\nmemory: {purposes: [learning-goals], retention: 30d}\n"
        let (charter, warnings) = try Charter.read(text, file: "a.yaml")
        #expect(warnings.map(\.code) == ["no-goods"])
        #expect(warnings.allSatisfy { $0.severity == .warning })
        #expect(charter.memory?.retentionDays == 30)
        let twice = try Charter.read(head + "goods: {g: {says: A, signs: [b, b]}}\n", file: "a.yaml")
        #expect(twice.warnings.map(\.code) == ["said-twice"])
        #expect(twice.charter.goods.first?.signs == ["b"])
        // Short lists and long ones are searched in different ways.
        let many = (0..<20).map { "s\($0)" }
        let list = (many + many.reversed() + ["new"]).joined(separator: ", ")
        let long = try Charter.read(head + "goods: {g: {says: A, signs: [\(list)]}}\n", file: "a.yaml")
        #expect(long.warnings.map(\.code) == [String](repeating: "said-twice", count: 20))
        #expect(long.charter.goods.first?.signs == many + ["new"])
        #expect(
            problems(head + "goods: {g: {says: A, signs: [s19], failures: [\(many.joined(separator: ", "))]}}\n")
                .map(\.code) == ["contradiction"])
    }

    @Test("comes with the name that was probably meant")
    func nearMisses() {
        let cases = [
            ("goods: {g: {says: A, sings: [b]}}", "signs"), ("goods: {g: {says: A, Signs: [b]}}", "signs"),
            ("goods: {g: {says: A, sign: [b]}}", "signs"), ("goods: {g: {says: A, lense: hedonic}}", "lens"),
            ("goods: {g: {says: A, lens: objective_list}}", "objective-list"), ("good: {}", "goods"),
            ("flor: {f: {says: A, severity: blok}}", "floor"), ("roles: {r: {stance: tutro}}", "tutor"),
            ("goods: {}\ndissent: [{says: A, heldby: 0.1}]", "held-by"), ("tension: []", "tensions"),
        ]
        for (text, name) in cases {
            #expect(problems(head + text + "\n").contains { $0.help == "Did you mean `\(name)`?" }, "\(text)")
        }
        #expect(
            problems(head + "goods: {}\nbananas: 1\n").first?.help.hasPrefix("The keys here are: charter, version")
                == true)
        #expect(problems("charter: River Side/Math Tutor\n").contains { $0.help.contains("`river-side/math-tutor`") })
    }

    @Test("shows the line with a caret under the place, and the help")
    func rendering() throws {
        let text = head + "goods:\n  g:\n    says: A\n    sings: [b]\n"
        let problem = try #require(problems(text).first)
        #expect(
            problem.rendered(source: text) == """
                a.yaml:7:5: error: There is no key `sings` in a good. [unknown-key]
                  7 |     sings: [b]
                    |     ^^^^^
                    = help: Did you mean `signs`?
                """)
        #expect(problem.description == "a.yaml:7:5: error: There is no key `sings` in a good. [unknown-key]")
        #expect(problem.rendered() == problem.rendered(source: text))
        #expect([problem, problem].rendered() == problem.rendered() + "\n\n" + problem.rendered())
        // One that comes from JSON doesn't know its line: the text that was read tells it, and another text gives no
        // line, and no crash.
        let told = try JSONDecoder().decode(Diagnostic.self, from: JSONEncoder().encode(problem))
        #expect(told == problem && told.excerpt == nil)
        #expect(told.rendered(source: text) == problem.rendered())
        #expect([told].rendered(source: text) == problem.rendered())
        #expect(told.rendered(source: "") == problem.description + "\n  = help: Did you mean `signs`?")
    }

    @Test("shows the same line from the file's bytes as from its text", arguments: UInt64(0)..<30)
    func excerpts(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let parts = ["a", "é", "e\u{301}", "\t", "中", "👋🏽", " ", "\n", "\r\n", "\r", String(repeating: "x", count: 90)]
        let text = (0..<40).map { _ in parts.randomElement(using: &generator) ?? "" }.joined()
        let source = SourceText(Array(text.utf8))
        for offset in 0...text.utf8.count {
            // Places are where scalars start.
            if offset < source.bytes.count, source.bytes[offset] & 0xC0 == 0x80 { continue }
            let span = offset..<min(offset + Int.random(in: 1...9, using: &generator), text.utf8.count + 1)
            let place = source.place(of: offset)
            let length = source.length(of: span)
            let shown = SourceLines(text).excerpt(line: place.line, column: place.column, length: length)
            #expect(source.excerpt(at: span, place: place, length: length) == shown)
        }
    }

    @Test("shows a place in a long line, behind its end, and under wide, composed and tabbed text")
    func carets() {
        func excerpt(_ line: String, _ column: Int, _ length: Int = 1) -> String {
            SourceLines(line).excerpt(line: 1, column: column, length: length).map { $0.text + "\n" + $0.marker }
                ?? "nothing"
        }
        #expect(excerpt("ab", 3) == "ab\n  ^")
        #expect(excerpt("a\tb", 3) == "a\tb\n \t^")
        #expect(excerpt("e\u{301}x", 3) == "e\u{301}x\n ^")
        #expect(excerpt("abc", 2, 50) == "abc\n ^^")
        #expect(excerpt("abc", 9) == "abc\n   ^")
        let long = excerpt(String(repeating: "x", count: 1000) + "y", 1001)
        #expect(long.count < 300)
        #expect(long.contains("y\n"))
        #expect(long.split(separator: "\n").map(\.count) == [41, 41])
    }

    @Test("never sends a terminal what a file put there")
    func terminals() {
        let text = head + "goods: {\"\\tx\u{202E}\": 1}\nfloor: \u{1B}[2J\n"
        let rendered = problems(text).rendered(source: text)
        #expect(!rendered.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" && $0 != "\t" })
        #expect(!rendered.contains("\u{202E}"))
        #expect(rendered.contains("␛[2J"))
    }

    @Test("is cut off where nobody would read on")
    func limit() throws {
        let text = head + "goods: {}\n" + (0..<5000).map { "key-\($0): 1\n" }.joined()
        let found = problems(text)
        #expect(found.count == DiagnosticLog.limit + 1)
        #expect(found.last?.message == "There are 4900 more problems, not listed.")
    }

    @Test("always comes with help, and never without an error when the charter is refused")
    func help() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<300 {
            let bytes = mutated(Array(riverside.utf8), using: &generator)
            do {
                #expect(
                    try Charter.read(bytes, file: "a").warnings.allSatisfy {
                        $0.severity == .warning && !$0.help.isEmpty
                    })
            } catch {
                #expect(error.diagnostics.contains { $0.severity == .error })
                #expect(error.diagnostics.allSatisfy { !$0.help.isEmpty && !$0.message.isEmpty && !$0.code.isEmpty })
            }
        }
    }
}
