import Flourishing
import Foundation
import Testing

@testable import Charters

@Suite("The guide to the language says what is so")
struct GuideTests {
    private let root: URL
    private let guide: String

    init() throws {
        root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        guide = try String(contentsOf: root.appending(path: "docs/charter-language.md"), encoding: .utf8)
    }

    /// The code blocks of a language, in their order.
    private func blocks(_ language: String) -> [String] {
        guide.components(separatedBy: "```\(language)\n").dropFirst().compactMap {
            $0.components(separatedBy: "\n```").first
        }
    }

    @Test("its first charter is sound and gives the brief that it prints")
    func first() throws {
        let (charter, warnings) = try Charter.read(try #require(blocks("yaml").first), file: "riverside.yaml")
        #expect(warnings == [])
        #expect(try charter.compiled(role: nil).brief == blocks("text").first)
    }

    @Test("every clause that it shows by example is sound")
    func clauses() throws {
        let examples = blocks("yaml").dropFirst()
        #expect(examples.count >= 15)
        for example in examples {
            if example.hasPrefix("wishes:") {
                let wishes = try PersonLayer.read(example, file: "wishes.yaml")
                #expect(wishes.warnings == [])
                continue
            }
            var text = example
            for (key, value) in [
                ("charter", "a/b"), ("version", "1.0.0"), ("purpose", "Help people."), ("goods", "{}"),
            ]
            where !("\n" + example).contains("\n\(key):") {
                text += "\n\(key): \(value)"
            }
            #expect(problems(text) == [], "\(example)")
        }
    }

    @Test("it shows every section of a charter and of wishes by example")
    func sections() {
        let shown = "\n" + blocks("yaml").joined(separator: "\n")
        for section in Set(Grammar.sections + Grammar.wishSections) {
            #expect(shown.contains("\n\(section):"), "\(section)")
        }
    }

    @Test("its grammar has every key and every word of the language")
    func grammar() throws {
        let grammar = try #require(blocks("ebnf").first)
        let words = Set(grammar.split { !($0.isLetter || $0.isNumber || $0 == "-") }.map(String.init))
        var missing: Set<String> = []
        func walk(_ shape: Grammar.Shape) {
            for key in shape.keys {
                if !words.contains(key.name) { missing.insert("\(shape.name).\(key.name)") }
                walk(key.form)
            }
        }
        func walk(_ form: Grammar.Form) {
            switch form {
            case .word(let choices): missing.formUnion(choices.filter { !words.contains($0) })
            case .list(let inner), .oneOrMore(let inner), .names(_, let inner): walk(inner)
            case .mapping(let shape): walk(shape)
            case .inLanguages: if !words.contains("default") { missing.insert("default") }
            case .sentence, .passage, .pattern, .name, .number, .share, .condition: break
            }
        }
        for shape in [Grammar.charter, Grammar.wishes, Grammar.condition] { walk(shape) }
        #expect(missing == [])
        for topic in KnownTopic.allCases { #expect(guide.contains("`\(topic.rawValue)`"), "\(topic)") }
        for channel in KnownChannel.allCases { #expect(guide.contains("`\(channel.rawValue)`"), "\(channel)") }
        for disposition in Disposition.allCases {
            let enemies = disposition.nearEnemies.joined(separator: ", ")
            let written = guide.replacing("\n", with: " ")
            #expect(written.contains("`\(disposition.rawValue)` (\(enemies))"), "\(disposition)")
            #expect(!disposition.signs.isEmpty, "\(disposition)")
        }
    }

    @Test("it names every starter charter")
    func commons() {
        for name in Commons.names {
            let file = "Sources/Values/Charters/Commons/\(name.dropFirst("commons/".count)).yaml"
            #expect(guide.contains("(../\(file))"), "\(name)")
        }
    }

    @Test("it lists every stance and every move with the words that the model is told")
    func words() {
        for stance in Stance.allCases { #expect(guide.contains("| `\(stance.rawValue)` | \(stance.sentence) |")) }
        for move in Move.allCases { #expect(guide.contains("| `\(move.rawValue)` | \(move.phrase) |")) }
        for lens in Lens.allCases { #expect(guide.contains("`\(lens.rawValue)`")) }
        for circle in Circle.allCases { #expect(guide.contains("`\(circle.rawValue)`")) }
        for severity in FloorClause.Severity.allCases { #expect(guide.contains("`\(severity.rawValue)`")) }
        for section in Grammar.sections { #expect(guide.contains("| `\(section)` |")) }
        for detector in FloorDetector.allCases {
            let row = "| `\(detector.rawValue)` | \(detector.notices) | \(detector.misses) |"
            #expect(guide.contains(row), "\(detector)")
        }
    }

    @Test("it lists every kind of problem that the source can note")
    func codes() throws {
        var codes: Set<String> = []
        for room in ["Values/Charters", "Person/Counsel/Library", "Doors/trellis/Commands/Charter"] {
            let folder = root.appending(path: "Sources").appending(path: room)
            let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
            for case let file as URL in files where file.pathExtension == "swift" {
                let source = try String(contentsOf: file, encoding: .utf8)
                for pattern in [
                    #/(?:error|warning|YAMLProblem)\(\s*"([a-z0-9-]+)"/#, #/code: "([a-z0-9-]+)"/#,
                    #/\.one\(\s*[^,"]*(?:"[^"]*")?[^,"]*,\s*"([a-z0-9-]+)"/#,
                ] {
                    codes.formUnion(source.matches(of: pattern).map { String($0.output.1) })
                }
            }
        }
        #expect(codes.isSuperset(of: ["outside", "unreadable", "no-lock", "unavailable"]))
        #expect(codes.count > 30)
        codes.formUnion(DiagnosticKind.sentences.keys)
        for code in codes.union(["missing-key"]) { #expect(guide.contains("`\(code)`"), "\(code)") }
    }

    @Test("the problem that it prints is the one that is noted, word for word")
    func printed() throws {
        let text = "charter: a/b\nversion: 1.0.0\npurpose: Help people.\ngoods:\n  g:\n    says: A\n    sings: [b]\n"
        let error = #expect(throws: CharterError.self) { try Charter.read(text, file: "riverside.yaml") }
        #expect(blocks("text").contains(error?.diagnostics.rendered(source: text) ?? "nothing"))
    }

    @Test("the difference that it prints is the one that is found, word for word")
    func difference() throws {
        let first = try #require(blocks("yaml").first).replacing("version: 0.1.0", with: "version: 1.0.0")
        let second = first.replacing("version: 1.0.0", with: "version: 1.1.0")
            .replacing("severity: block", with: "severity: revise")
            .replacing("    failures: [", with: "    failures: [praises what wasn't done well, ")
        let diff = CharterDiff(
            from: try Charter.read(first, file: "first").charter, to: try Charter.read(second, file: "second").charter)
        #expect(blocks("text").contains(diff.text), "\(diff.text)")
    }

    @Test("the page on moves says what the model is told for each, and its example is sound")
    func moves() throws {
        let page = try String(contentsOf: root.appending(path: "docs/moves.md"), encoding: .utf8)
        for move in Move.allCases {
            let row = try #require(page.split(separator: "\n").first { $0.hasPrefix("| `\(move.rawValue)` |") })
            #expect(row.hasSuffix("| \(move.sentence ?? "nothing beyond the brief") |"), "\(move)")
        }
        let example = try #require(page.components(separatedBy: "```yaml\n").dropFirst().first)
        let charter = try #require(example.components(separatedBy: "\n```").first)
        #expect(problems("charter: a/b\nversion: 1.0.0\npurpose: Help people.\ngoods: {}\n" + charter) == [])
    }

    @Test("the charter that it builds on a parent fits that parent, and its lock can be read")
    func parents() throws {
        let example = try #require(blocks("yaml").first { $0.contains("\nextends:") })
        let charter = try Charter.read(example, file: "riverside.yaml").charter
        let parent = try #require(try Commons.charter("commons/tutor"))
        let text = try #require(charter.extends.first?.text)
        #expect(text == "commons/tutor@\(parent.version.major)")
        #expect(CharterStack(charter: charter, parents: [parent]).check() == [])
        let json = try #require(blocks("json").first)
        let lock = try CharterLock.read(Array(json.utf8), file: "charter.lock")
        #expect(lock.charters[text] != nil)
    }
}
