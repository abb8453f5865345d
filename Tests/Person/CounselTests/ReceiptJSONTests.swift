import Foundation
import Testing

@testable import Counsel

@Suite("A receipt as JSON")
struct ReceiptJSONTests {
    private func written(_ receipt: Receipt) -> [UInt8] {
        var json = JSONBytes(after: [])
        receipt.write(to: &json)
        return json.bytes
    }

    @Test("written by hand is read by Codable as the same receipt, whatever is in it")
    func handwritingFuzz() throws {
        for round in fuzzRounds(400) {
            var generator = SeededGenerator(seed: UInt64(round))
            let receipt = Receipt.random(using: &generator)
            let bytes = written(receipt)
            let read = try JSONDecoder().decode(Receipt.self, from: Data(bytes))
            #expect(read == receipt, "round \(round)")
            // No raw control character, so the text is one line, and no NUL that a store would refuse.
            #expect(bytes.allSatisfy { $0 >= 0x20 }, "round \(round)")
        }
    }

    @Test("written by hand says the same as written by Codable, member for member")
    func sameAsCodable() throws {
        var generator = SeededGenerator(seed: 77)
        let encoder = JSONEncoder()
        // Foundation's JSONSerialization loses a U+FEFF that follows an escape, so neither may escape more.
        encoder.outputFormatting = .withoutEscapingSlashes
        for _ in 0..<100 {
            let receipt = Receipt.random(using: &generator)
            let ours = try JSONSerialization.jsonObject(with: Data(written(receipt))) as? NSDictionary
            let theirs = try JSONSerialization.jsonObject(with: encoder.encode(receipt)) as? NSDictionary
            #expect(ours != nil)
            for name in (theirs?.allKeys ?? []) + (ours?.allKeys ?? []) {
                #expect(ours?[name] as? NSObject == theirs?[name] as? NSObject, "\(name)")
            }
        }
    }

    @Test("keeps words that were said and the brief's text out of what is written by hand")
    func withoutWords() throws {
        var receipt = Receipt.sample()
        receipt.bodies = Receipt.Bodies(request: "a secret wish", reply: "a secret answer")
        receipt.brief?.text = "Care about understanding."
        receipt.workings = Receipt.Workings(brief: "a secret", drafts: ["secret"], criticisms: ["secret"])
        let text = String(decoding: written(receipt), as: UTF8.self)
        #expect(!text.contains("secret") && !text.contains("Care"))
    }

    @Test("holds the beginning of a text that is too long to be a name, and stays small")
    func longTexts() throws {
        for text in [String(repeating: "x", count: 1 << 20), "x" + String(repeating: "👩‍👩‍👧é", count: 100_000)] {
            var receipt = Receipt.sample()
            receipt.modelRequested = text
            let bytes = written(receipt)
            #expect(bytes.count < 8000)
            let read = try #require(try JSONDecoder().decode(Receipt.self, from: Data(bytes)).modelRequested)
            #expect(read.hasSuffix("…") && read.utf8.count > 4000)
            #expect(Array(text.unicodeScalars).starts(with: read.unicodeScalars.dropLast()))
        }
        var receipt = Receipt.sample()
        receipt.modelRequested = String(repeating: "x", count: JSONBytes.longestText)
        #expect(try JSONDecoder().decode(Receipt.self, from: Data(written(receipt))) == receipt)
    }

    @Test("survives its record in the journal, with and without sealed words")
    func recordFuzz() throws {
        for round in fuzzRounds(300) {
            var generator = SeededGenerator(seed: UInt64(round) ^ 0xC0)
            let receipt = Receipt.random(using: &generator)
            let bodies: (request: [UInt8], reply: [UInt8])? =
                Bool.random(using: &generator) ? (Array("sealed request".utf8), []) : nil
            let workings = Bool.random(using: &generator) ? Array("sealed workings".utf8) : nil
            let bytes = ReceiptRecord.bytes(of: receipt, sealedBodies: bodies, sealedWorkings: workings)
            guard case .receipt(let entry) = try #require(ReceiptRecord(bytes)) else {
                Issue.record("a receipt became a brief in round \(round)")
                continue
            }
            #expect(entry.id == receipt.id && entry.at == receipt.at && entry.person == receipt.person)
            // A column can't hold a NUL; the JSON does.
            let asColumn = { (text: String) in text.replacingOccurrences(of: "\u{0}", with: "?") }
            #expect(entry.application == asColumn(receipt.application))
            #expect(entry.brief == receipt.brief.map { asColumn($0.fingerprint) })
            #expect(Array(entry.json) == written(receipt))
            #expect(entry.bodies.map { [UInt8]($0.request) } == bodies?.request)
            #expect(entry.bodies.map { [UInt8]($0.reply) } == bodies?.reply)
            #expect(entry.workings.map { [UInt8]($0) } == workings)
            // Any shorter or longer run of bytes is refused, and no damage crashes.
            #expect(ReceiptRecord(Array(bytes.dropLast(Int.random(in: 1...bytes.count, using: &generator)))) == nil)
            #expect(ReceiptRecord(bytes + [0]) == nil)
            var damaged = bytes
            for _ in 0..<3 {
                damaged[Int.random(in: 0..<40, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            _ = ReceiptRecord(damaged)
        }
    }

    @Test("of an unknown outcome or a bad id is refused when it is read")
    func refusals() throws {
        let text = String(decoding: written(.sample()), as: UTF8.self)
        for (old, new) in [("\"complete\"", "\"finished\""), ("rcp_", "rcq_"), ("\"chat-completions\"", "\"window\"")] {
            let changed = text.replacingOccurrences(of: old, with: new)
            #expect(changed != text)
            #expect(throws: DecodingError.self) { try JSONDecoder().decode(Receipt.self, from: Data(changed.utf8)) }
        }
    }
}
