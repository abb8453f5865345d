import Foundation
import Testing

@testable import Charters

@Suite("Reports for editors and CI")
struct ReportingTests {
    private func object(_ json: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    }

    private static let wrong =
        "charter: a/b\nversion: 1.0.0\npurpose: Help people.\ngoods:\n  g:\n    says: A\n    sings: [b]\n    signs: [é, é]\n"

    @Test("in SARIF name every kind of problem once, and give each problem its place and what to do")
    func sarif() throws {
        let found = Charter.check(Self.wrong, file: "charters/my tutor.yaml").diagnostics
        #expect(found.map(\.code) == ["unknown-key", "said-twice"])
        let report = try object((found + found).sarif(version: "1.2.3"))
        #expect(report["version"] as? String == "2.1.0")
        #expect((report["$schema"] as? String)?.contains("sarif-schema-2.1.0") == true)
        let run = try #require((report["runs"] as? [[String: Any]])?.first)
        let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
        #expect(driver["name"] as? String == "trellis")
        #expect(driver["semanticVersion"] as? String == "1.2.3")
        let rules = try #require(driver["rules"] as? [[String: Any]])
        #expect(rules.compactMap { $0["id"] as? String } == ["said-twice", "unknown-key"])
        #expect(rules.allSatisfy { ($0["help"] as? [String: String])?["text"]?.isEmpty == false })
        let results = try #require(run["results"] as? [[String: Any]])
        #expect(results.count == 4)
        #expect(results.compactMap { $0["level"] as? String } == ["error", "warning", "error", "warning"])
        for result in results {
            let rule = try #require(result["ruleIndex"] as? Int)
            #expect(rules[rule]["id"] as? String == result["ruleId"] as? String)
        }
        #expect((results[0]["message"] as? [String: String])?["text"]?.hasSuffix("Did you mean `signs`?") == true)
        let places = try #require(results[0]["locations"] as? [[String: [String: Any]]])
        let place = try #require(places.first?["physicalLocation"])
        #expect((place["artifactLocation"] as? [String: String])?["uri"] == "charters/my%20tutor.yaml")
        #expect(place["region"] as? [String: Int] == ["startLine": 7, "startColumn": 5, "endColumn": 10])
    }

    @Test("in SARIF are sound for a whole file, an absolute path, and nothing at all")
    func edges() throws {
        let large = Charter.check([UInt8](repeating: 0x20, count: Charter.maximumBytes + 1), file: "/a/b c.yaml")
        let text = large.diagnostics.sarif(version: "1.0.0", guide: "https://trellis.example/guide")
        #expect(text.contains("\"file:///a/b%20c.yaml\""))
        #expect(!text.contains("\"region\""))
        #expect(text.contains("\"helpUri\": \"https://trellis.example/guide\""))
        let none = try object([Diagnostic]().sarif(version: "1.0.0"))
        #expect(((none["runs"] as? [[String: Any]])?.first?["results"] as? [Any])?.isEmpty == true)
    }

    @Test("in JSON say the same as the problems themselves")
    func json() throws {
        let found = problems(Self.wrong)
        #expect(try JSONDecoder().decode([Diagnostic].self, from: Data(found.json().utf8)) == found)
        #expect([Diagnostic]().json() == "[]\n")
    }

    @Test("explain every kind of problem that the guide names")
    func kinds() {
        for (code, says) in DiagnosticKind.sentences {
            #expect(says.hasSuffix("."), "\(code)")
            #expect(code.allSatisfy { $0.isLowercase || $0 == "-" || $0.isNumber }, "\(code)")
        }
        #expect(DiagnosticKind.says("brand-new") == "Brand new.")
    }
}

@Suite("The schema of the language")
struct SchemaTests {
    private let schema: JSONSchema

    init() throws {
        schema = try JSONSchema(Grammar.jsonSchema())
    }

    @Test("is the same every time, and describes every key of every clause")
    func whole() throws {
        let text = Grammar.jsonSchema()
        #expect(text == Grammar.jsonSchema())
        #expect(text.contains("https://json-schema.org/draft/2020-12/schema"))
        for shape in Grammar.allShapes {
            for key in shape.keys {
                #expect(key.says.hasSuffix("."), "\(shape.name).\(key.name)")
                #expect(!key.isNeeded || !key.hint.isEmpty, "\(shape.name).\(key.name)")
                let described = schema.definition(shape.name)?["properties"] as? [String: [String: Any]]
                #expect(described?[key.name]?["description"] as? String == key.says)
            }
        }
    }

    @Test("takes every charter of the commons, and everything that the language can say", arguments: Commons.names)
    func sound(name: String) throws {
        #expect(schema.problem(in: Commons.source(name) ?? "") == nil)
        for text in [riverside, wholeCharter, wholeWishes] { #expect(schema.problem(in: text) == nil) }
    }

    @Test("takes whatever charter is sound, put together at random", arguments: UInt64(0)..<20)
    func random(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let text = CharterContent.random(using: &generator).written(in: .plain)
        _ = try Charter.read(text, file: "a.yaml")
        #expect(schema.problem(in: text) == nil, "\(text)")
        // The canonical form is a charter too.
        let canonical = String(decoding: try Charter.read(text, file: "a.yaml").charter.canonicalForm, as: UTF8.self)
        #expect(schema.problem(in: canonical) == nil)
    }

    @Test(
        "refuses what `check` refuses for its form",
        arguments: [
            ("purpose: Help", "aim: Help"), ("charter: riverside/tutor", "charter: Riverside"),
            ("version: 2.1.0", "version: two"), ("lens: perfectionist", "lens: perfect"), ("signs:", "sings:"),
            ("decide: person", "decide: me"), ("hour: 21-6", "hour: 21-25"), ("age: [child, teen]", "age: []"),
            ("{ topic: crisis }, \n", ""), ("expires: 30d", "expires: 30"), ("severity: hand-over", "severity: hard"),
            ("in: [output, input]", "in: [outside]"), ("held-by: 0.31", "held-by: 31"), ("rounds: 2", "rounds: 20"),
            ("comfort: because", "floor/comfort: because"), ("commons/tutor@1", "tutor"),
            ("move: hand-over, to: school-counsellor", ""), ("quorum: 30", "quorum: 0"),
            ("      - person: Should", "      - somebody: Should"), ("understanding:", "Understanding:"),
            ("memory: { receipts: facts }", "memory: [facts]"), ("risk: low", "risk: none"),
            ("detectors: [claims-human]", "detectors: [claim-human]"),
        ])
    func broken(change: (String, String)) throws {
        guard wholeCharter.contains(change.0) else { return }
        let text = wholeCharter.replacing(change.0, with: change.1, maxReplacements: 1)
        #expect(problems(text).contains { $0.severity == .error }, "\(change)")
        #expect(schema.problem(in: text) != nil, "\(change)")
    }
}
