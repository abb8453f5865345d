import Foundation
import Testing

@testable import Charters

@Suite("The fingerprint")
struct FingerprintTests {
    @Test("is the SHA-256 of the canonical form, which is the charter's meaning as RFC 8785 JSON")
    func canonical() throws {
        let text = """
            version: 1.0.0
            charter: a/b
            purpose: 'Say "€" and \\ .'
            dissent: [{says: No., held-by: 0.5}, {held-by: 1, says: Yes.}]
            floor: {z: {severity: note, says: Z}, a: {severity: block, says: A}}
            """
        let charter = try Charter.read(text, file: "a.yaml").charter
        #expect(
            String(decoding: charter.canonicalForm, as: UTF8.self)
                == #"{"charter":"a/b","dissent":[{"held-by":0.5,"says":"No."},{"held-by":1,"says":"Yes."}],"#
                + #""floor":{"a":{"says":"A","severity":"block"},"z":{"says":"Z","severity":"note"}},"#
                + #""purpose":"Say \"€\" and \\ .","version":"1.0.0"}"#)
        #expect(charter.fingerprint.description == sha256Hexadecimal(charter.canonicalForm))
        #expect(charter.fingerprint.short == String(charter.fingerprint.description.prefix(12)))
    }

    @Test("sorts keys by UTF-16 code units and escapes as RFC 8785 demands")
    func jcs() {
        // The sample of RFC 8785, section 3.2.3.
        let keys = ["\u{20ac}", "\r", "\u{fb33}", "1", "\u{1f600}", "\u{80}", "\u{f6}"]
        let object = CanonicalJSON.object(keys.map { ($0, .integer(1)) })
        #expect(
            String(decoding: object.bytes, as: UTF8.self)
                == "{\"\\r\":1,\"1\":1,\"\u{80}\":1,\"\u{f6}\":1,\"\u{20ac}\":1,\"\u{1f600}\":1,\"\u{fb33}\":1}")
        #expect(
            String(decoding: CanonicalJSON.text("\u{8}\t\n\u{c}\r\"\\/\u{1}\u{7f}é").bytes, as: UTF8.self)
                == #""\b\t\n\f\r\"\\/\u0001"# + "\u{7f}é\"")
    }

    @Test(
        "keys stand in that order in every charter, and conditions in the order of their own JSON",
        arguments: UInt64(0)..<40)
    func order(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let text = CharterContent.random(using: &generator).written(in: .plain)
        let charter = try Charter.read(text, file: "a.yaml").charter
        let wishes = PersonLayer.check(
            PersonLayer(layer: GeneratedCharters.wishes(using: &generator)).canonicalForm, file: "wishes.yaml"
        ).wishes
        for form in [charter.canonicalForm, wishes?.canonicalForm ?? charter.canonicalForm] {
            let root = try #require(parsed(String(decoding: form, as: UTF8.self)))
            let isTheSame = Self.rewritten(root, quoting: form).bytes == form
            #expect(isTheSame, "\(String(decoding: form, as: UTF8.self))")
        }
    }

    /// A JSON value as the general writer has it, which sorts keys itself; lists of conditions are sorted too.
    private static func rewritten(_ node: SourceNode, quoting form: [UInt8]) -> CanonicalJSON {
        switch node.form {
        case .text(let text):
            if form[node.span.lowerBound] == UInt8(ascii: "\"") { return .text(text) }
            // A number: an integer, or a share with its point.
            return Int(text).map { .integer($0) } ?? .tenThousandths(Share(text)?.tenThousandths ?? -1)
        case .list(let items): return .list(items.map { rewritten($0, quoting: form) })
        case .map(let entries):
            return .object(
                entries.map { entry in
                    guard ["all", "any"].contains(entry.key), case .list(let items) = entry.value.form else {
                        return (entry.key, rewritten(entry.value, quoting: form))
                    }
                    let parts = items.map { rewritten($0, quoting: form) }
                    let keys = parts.map { $0.orderKey }
                    let sorted = zip(keys, parts).sorted { $0.0 < $1.0 }
                    return (
                        entry.key,
                        .list(zip(sorted, sorted.dropFirst()).contains { $0.0 == $1.0 } ? [] : sorted.map(\.1))
                    )
                })
        case .empty, .broken: return .boolean(false)
        }
    }

    @Test("writes every share as the JSON number that a floating-point writer would give")
    func shares() throws {
        for units in 0...10_000 {
            let canonical = String(decoding: CanonicalJSON.tenThousandths(units).bytes, as: UTF8.self)
            #expect(Double(canonical) == Double(units) / 10_000)
            #expect(canonical.last != "0" || canonical.count == 1, "\(canonical) has a zero too many")
            #expect(Share(canonical)?.tenThousandths == units)
        }
        for bad in ["", "2", "1.1", "0.00001", "-0.5", ".5", "0.", "1e-1", "0,5", "0.5 ", "٠.٥"] {
            #expect(Share(bad) == nil, "\(bad)")
        }
    }

    @Test("is the same however the same charter is written", arguments: UInt64(0)..<40)
    func layout(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let content = CharterContent.random(using: &generator)
        let plain = try Charter.read(content.written(in: .plain), file: "plain.yaml").charter
        for _ in 0..<5 {
            let text = content.written(in: .random(using: &generator), using: &generator)
            do {
                let other = try Charter.read(text, file: "other.yaml").charter
                #expect(other.fingerprint == plain.fingerprint, "\(text)")
                #expect(try other.compiled(role: nil) == plain.compiled(role: nil))
            } catch {
                Issue.record("\(error.diagnostics.rendered(source: text))\n\n\(text)")
            }
        }
    }

    @Test("differs when one word, one name or one number differs", arguments: UInt64(0)..<40)
    func difference(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let content = CharterContent.random(using: &generator)
        let original = try Charter.read(content.written(in: .plain), file: "a.yaml").charter
        let changed = try Charter.read(content.changed(using: &generator).written(in: .plain), file: "a.yaml").charter
        #expect(changed.fingerprint != original.fingerprint)
        #expect(changed != original)
    }

    @Test("doesn't depend on defaults being written down, or on how letters with accents are composed")
    func defaults() throws {
        let short = "charter: a/b\nversion: 1.0.0\npurpose: Caf\u{e9}.\ngoods: {g: {says: Good.}}\n"
        let long = """
            charter: a/b
            version: 1.0.0
            purpose: Cafe\u{301}.
            goods: {g: {says: Good., circle: person, signs: [], examples: []}}
            roles: {}
            memory: {receipts: facts}
            """
        #expect(try Charter.read(short, file: "a").charter == Charter.read(long, file: "b").charter)
    }

    @Test("is read back from its 64 digits and from JSON, and from nothing else")
    func coding() throws {
        let fingerprint = try Charter.read(riverside, file: "a.yaml").charter.fingerprint
        #expect(CharterFingerprint(fingerprint.description) == fingerprint)
        let json = try JSONEncoder().encode([fingerprint])
        #expect(String(decoding: json, as: UTF8.self) == "[\"\(fingerprint)\"]")
        #expect(try JSONDecoder().decode([CharterFingerprint].self, from: json) == [fingerprint])
        for bad in ["", fingerprint.short, fingerprint.description.uppercased(), fingerprint.description + "0"] {
            #expect(CharterFingerprint(bad) == nil)
        }
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(CharterFingerprint.self, from: Data("\"x\"".utf8))
        }
    }
}

extension CanonicalJSON {
    /// What conditions are sorted by: lists and negations by their parts, tests by their JSON.
    fileprivate var orderKey: String {
        guard case .object(let members) = self, let member = members.first else { return "" }
        switch member.value {
        case .list(let parts): return "\(member.key)(\(parts.map(\.orderKey).joined(separator: ",")))"
        case .object: return "\(member.key)(\(member.value.orderKey))"
        default: return String(decoding: bytes, as: UTF8.self)
        }
    }
}
