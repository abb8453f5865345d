import Testing
import Yams

@testable import Charters

@Suite("Every text that the parser accepts means the same to libyaml")
struct YAMLAgreementTests {
    /// Both trees in one notation. A mapping keeps its order.
    private func notation(_ node: SourceNode) -> String {
        switch node.form {
        case .text(let text): text.debugDescription
        case .list(let nodes): "[" + nodes.map(notation).joined(separator: ", ") + "]"
        case .map(let entries):
            "{" + entries.map { $0.key.debugDescription + ": " + notation($0.value) }.joined(separator: ", ") + "}"
        case .empty: "nothing"
        case .broken: "broken"
        }
    }

    private func notation(_ node: Node) -> String {
        switch node {
        case .scalar(let scalar):
            scalar.style == .plain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
                ? "nothing" : scalar.string.debugDescription
        case .sequence(let nodes): "[" + nodes.map(notation).joined(separator: ", ") + "]"
        case .mapping(let mapping):
            "{"
                + mapping.map { ($0.key.scalar?.string.debugDescription ?? "?") + ": " + notation($0.value) }
                .joined(separator: ", ") + "}"
        case .alias: "alias"
        }
    }

    /// Nil when they agree, or when ours refuses the text; otherwise what differs.
    private func disagreement(_ text: String) -> String? {
        guard let ours = parsed(text) else { return nil }
        do {
            let theirs = try Yams.compose(yaml: text, .basic).map(notation) ?? "nothing"
            return theirs == notation(ours)
                ? nil : "\(text.debugDescription)\nours:   \(notation(ours))\ntheirs: \(theirs)"
        } catch YamlError.duplicatedKeysInMapping {
            // We keep duplicates in the tree, and refuse them one step later, with their places.
            return nil
        } catch {
            return "\(text.debugDescription)\nours:   \(notation(ours))\ntheirs: \(error)"
        }
    }

    @Test(
        "both read the layouts that charters use alike",
        arguments: [
            "a: b\n", "a:\n  b: c\n  d: e\nf: g", "a:\n- b\n- c\nd: e\n", "a:\n  - b: c\n    d: e\n  - f\n",
            "- a\n- - b\n  - c\n-\n  - d\n", "a: |\n  one\n   two\n\n  three\n\nb: c\n",
            "a: >\n  one\n  two\n\n  three\n   four\n  five\n",
            "a: |-\n  x\nb: >+\n  y\n\nc: z\n", "a: |2\n   x\n  y\n", "a: 'it''s'\n", "a: \"x\\ty\\u00e9\\\n   z\"\n",
            "a: one\n  two\n\n  three # four\nb: c\n", "a: [b, 'c', \"d\", {e: f, \"g\":h}, [i,\n j ],]\n",
            "a: {b: [c, d], e: , f: ~}\n", "# x\n---\na: b # c\n...\n", "a: # b\n  c\nd:\n", "\"a\" : b\n'c': d\n",
            "a: b#c\nd: e:f\n", "a: -5\nb: -c\n", "a: |\n\n  x\n", "a:   \n   b\n", "a: 'x\n  y\n\n  z'\n",
            "a: \"x  \n  y\"\r\nb: c\r\n", "\u{FEFF}a: b\n", "a: [x\n y,\n  # c\n z]\n", "- a: b\n  c:\n  - d\n- e\n",
        ])
    func layouts(text: String) throws {
        try #require(parsed(text) != nil, "refused: \(problems(text))")
        #expect(disagreement(text) == nil)
    }

    @Test("a thousand texts put together at random from YAML's pieces", arguments: UInt64(0)..<10)
    func pieces(seed: UInt64) {
        let pieces = [
            "a", "b: ", "c:", " ", "  ", "\n", "\n", "\n  ", "\n- ", "\n  - ", "- ", "[", "]", "{", "}", ",", ", ",
            ": ", ":", "#",
            " # ", "'", "\"", "|", ">", "|-\n", ">\n", "\n\n", "\t", "~", "null", "x y", "\\", "\\n", "-", "--- ",
            "...", "?", "&a ",
            "*a", "!t ", "é", "\r\n", "\r", "%", "@", "1", "+", "''", "\\\n", "a: b\n", "\nd: ", "\n  e: ", "\n    f",
        ]
        var generator = SeededGenerator(seed: seed)
        var accepted = 0
        for _ in 0..<1000 {
            let count = Int.random(in: 1...14, using: &generator)
            let text = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
            if parsed(text) != nil { accepted += 1 }
            if let disagreement = disagreement(text) { Issue.record("\(disagreement)") }
        }
        #expect(accepted > 50, "the pieces must make texts that are accepted, or this test shows nothing")
    }

    @Test("a charter with a few bytes changed at random", arguments: UInt64(0)..<10)
    func mutations(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var accepted = 0
        for _ in 0..<100 {
            let text = String(decoding: mutated(Array(riverside.utf8), using: &generator), as: UTF8.self)
            if parsed(text) != nil { accepted += 1 }
            if let disagreement = disagreement(text) { Issue.record("\(disagreement)") }
        }
        #expect(accepted > 10)
    }
}
