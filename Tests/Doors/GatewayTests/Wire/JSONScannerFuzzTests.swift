import Foundation
import Testing

@testable import Gateway

@Suite("The strict JSON scanner, by chance")
struct JSONScannerFuzzTests {
    @Test("agrees with the plain reference on valid texts, broken texts and noise", arguments: [1, 2] as [UInt64])
    func fuzzAgainstReference(seed: UInt64) {
        var writer = JSONWriterByChance(seed: seed)
        let end = Date().addingTimeInterval(fuzzSeconds / 2)
        var accepted = 0
        var refused = 0
        repeat {
            let text = Array(writer.value().utf8)
            for candidate in [text, writer.broken(text), writer.broken(text)] {
                // A mark is the one thing the reference does not look at; UTF-16 it refuses as well.
                let expected = candidate.starts(with: [0xEF, 0xBB, 0xBF]) ? nil : ReferenceJSON.value(candidate)
                let fault = JSONScannerTests.fault(candidate)
                #expect((fault == nil) == (expected != nil), "\(seed): \(String(decoding: candidate, as: UTF8.self))")
                if fault == nil {
                    accepted += 1
                    // What we accept, Foundation parses: nothing downstream chokes on it. (It limits numbers.)
                    do {
                        _ = try JSONSerialization.jsonObject(with: Data(candidate), options: .fragmentsAllowed)
                    } catch {
                        #expect("\(error)".contains("not representable"))
                    }
                } else {
                    refused += 1
                    if let fault { #expect((0...candidate.count).contains(fault.offset)) }
                }
            }
        } while Date() < end
        #expect(accepted > 0 && refused > 0)
    }

    @Test("decodes strings as the reference does")
    func fuzzDecoding() throws {
        var writer = JSONWriterByChance(seed: 7)
        let end = Date().addingTimeInterval(fuzzSeconds / 4)
        repeat {
            let text = writer.string(60)
            let expected = try #require(ReferenceJSON.value(Array(text.utf8))?.string)
            let body = Array(#"{"model":"m","messages":[{"role":"user"}],"input":\#(text)}"#.utf8)
            let decoded: String? = try Array(text.utf8).withUnsafeBytes { bytes in
                var cursor = try JSONCursor(bytes, depthLimit: 4)
                let found = try cursor.string()
                return cursor.decoded(found)
            }
            #expect(Array(try #require(decoded).utf8) == Array(expected.utf8))
            #expect(JSONScannerTests.fault(body) == nil)
            #expect(ReferenceJSON.value(JSONQuote.quoted(expected)) == .string(expected))
        } while Date() < end
    }

    @Test("no bytes crash any scan")
    func fuzzNoise() {
        var generator = SeededGenerator(seed: 99)
        let end = Date().addingTimeInterval(fuzzSeconds / 4)
        repeat {
            let noise = (0..<Int.random(in: 0...80, using: &generator)).map { _ in
                UInt8.random(in: .min ... .max, using: &generator)
            }
            for bytes in [noise, Array("{\"model\":".utf8) + noise, Array("{\"messages\":[{".utf8) + noise] {
                bytes.withUnsafeBytes { pointer in
                    #expect(throws: JSONFault.self) { try ChatBodyScan(pointer) }
                    #expect(throws: JSONFault.self) { try MessagesBodyScan(pointer) }
                    #expect(throws: JSONFault.self) { try EmbeddingsBodyScan(pointer) }
                }
            }
        } while Date() < end
    }
}
