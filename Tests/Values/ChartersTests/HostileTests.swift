import Testing

@testable import Charters

private let head = "charter: a/b\nversion: 1.0.0\npurpose: Help people.\n"

/// Work that grows faster than the file would keep these tests busy for minutes.
@Suite("A hostile charter")
struct HostileTests {
    @Test("can't stand for more than its bytes: references are refused, not followed")
    func bombs() {
        let laughs = (1..<40).map {
            "a\($0): &a\($0) [\([String](repeating: "*a\($0 - 1)", count: 10).joined(separator: ", "))]"
        }
        let found = problems("a0: &a0 lol\n" + laughs.joined(separator: "\n") + "\n")
        #expect(found.contains { $0.code == "anchor" })
        #expect(found.count <= DiagnosticLog.limit + 1)
    }

    @Test("of 10 MiB is refused before it is looked at")
    func size() {
        let huge = Array((head + "goods: {}\n#").utf8) + [UInt8](repeating: 0x78, count: 10 << 20)
        #expect(problems(huge).map(\.code) == ["too-large"])
        #expect(PersonLayer.check(huge, file: "a").diagnostics.map(\.code) == ["too-large"])
    }

    @Test("that nests brackets, lists, mappings and conditions without end is refused where it goes too deep")
    func depth() {
        for opening in ["[", "{a: ", "- ", "not: {", "{not: "] {
            let text = head + "goods: {}\ncontexts:\n" + String(repeating: opening, count: 150_000)
            #expect(problems(text).contains { $0.severity == .error }, "\(opening)")
        }
        let deep = "{not: ".repeated(28) + "{topic: work}" + "}".repeated(28)
        #expect(problems(head + "goods: {}\ncontexts: [{when: \(deep), then: {says: A}}]\n") == [])
        let alternating = "{all: [{any: [".repeated(6) + "{topic: work}, {topic: money}" + "]}]}".repeated(6)
        #expect(problems(head + "goods: {}\ncontexts: [{when: \(alternating), then: {says: A}}]\n") == [])
    }

    @Test("with as many clauses as fit, of every kind, is read")
    func clauses() {
        let count = 6_000
        let ids = (0..<count).map { "n\($0)" }
        let sections = [
            "goods:\n" + ids.map { "  \($0): {says: A, signs: [does \($0)], failures: [omits \($0)]}\n" }.joined(),
            "goods: {x: {says: A}, y: {says: B}}\ntopics:\n" + ids.map { "  \($0): {says: A}\n" }.joined()
                + "contexts:\n"
                + ids.map { "- {when: {topic: \($0)}, then: {move: ask}}\n" }.joined(),
            "goods:\n" + ids.map { "  \($0): {says: A}\n" }.joined() + "tensions:\n"
                + ids.dropFirst().map { "- {between: [n0, \($0)], decide: person}\n" }.joined(),
            "goods: {}\nfloor:\n"
                + ids.map { "  \($0): {says: A, severity: note, examples: [{person: p \($0), shows: s}]}\n" }.joined(),
        ]
        for section in sections {
            let (charter, diagnostics) = Charter.check(head + section, file: "a.yaml")
            #expect(diagnostics == [])
            #expect(charter != nil)
        }
    }

    @Test("that says the same thing, or means nothing that there is, thousands of times is told so a hundred times")
    func repetition() {
        let ids = (0..<8_000).map { "name-number-\($0)" }
        let wrong = [
            "goods: {}\ntensions:\n" + ids.map { "- {between: [\($0), \($0)x], decide: person}\n" }.joined(),
            "goods:\n" + ids.map { "  \($0): {says: A}\n" }.joined() + "tensions:\n"
                + ids.map { "- {between: [\($0)x, \($0)y], decide: person}\n" }.joined(),
            "goods:\n" + ids.map { "  \($0): {says: A, signs: [same], failures: [same]}\n" }.joined(),
            "goods: {g: {says: A, examples: [\(ids.map { _ in "{person: p, shows: s}" }.joined(separator: ", "))]}}\n",
            "goods: {}\ncontexts: [\(ids.map { _ in "{when: {topic: work}, then: {says: A}}" }.joined(separator: ", "))]\n",
        ]
        for section in wrong {
            let found = problems(head + section)
            #expect(found.count == DiagnosticLog.limit + 1)
        }
    }
}

extension String {
    fileprivate func repeated(_ count: Int) -> String { String(repeating: self, count: count) }
}
