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
        #expect(examples.count >= 7)
        for example in examples {
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

    @Test("it lists every stance and every move with the words that the model is told")
    func words() {
        for stance in Stance.allCases { #expect(guide.contains("| `\(stance.rawValue)` | \(stance.sentence) |")) }
        for move in Move.allCases { #expect(guide.contains("| `\(move.rawValue)` | \(move.phrase) |")) }
        for lens in Lens.allCases { #expect(guide.contains("`\(lens.rawValue)`")) }
        for circle in Circle.allCases { #expect(guide.contains("`\(circle.rawValue)`")) }
        for severity in FloorClause.Severity.allCases { #expect(guide.contains("`\(severity.rawValue)`")) }
        for section in Grammar.sections { #expect(guide.contains("| `\(section)` |")) }
    }

    @Test("it lists every kind of problem that the source can note")
    func codes() throws {
        let folder = root.appending(path: "Sources/Values/Charters")
        let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
        var codes: Set<String> = []
        for case let file as URL in files where file.pathExtension == "swift" {
            let source = try String(contentsOf: file, encoding: .utf8)
            for pattern in [#/(?:error|warning|YAMLProblem)\(\s*"([a-z0-9-]+)"/#, #/code: "([a-z0-9-]+)"/#] {
                codes.formUnion(source.matches(of: pattern).map { String($0.output.1) })
            }
        }
        #expect(codes.count > 30)
        for code in codes.union(["missing-key"]) { #expect(guide.contains("`\(code)`"), "\(code)") }
    }

    @Test("the problem that it prints is the one that is noted, word for word")
    func printed() throws {
        let text = "charter: a/b\nversion: 1.0.0\npurpose: Help people.\ngoods:\n  g:\n    says: A\n    sings: [b]\n"
        let error = #expect(throws: CharterError.self) { try Charter.read(text, file: "riverside.yaml") }
        #expect(blocks("text").contains(error?.diagnostics.rendered(source: text) ?? "nothing"))
    }
}
