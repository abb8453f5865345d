import Consents
import Foundation
import Testing

@testable import Gateway

@Suite("The Model Context Protocol under hostile input")
struct MCPFuzzTests {
    private static let seeds = [
        #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-03-26","capabilities":{}}}"#,
        #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#,
        #"{"jsonrpc":"2.0","id":2,"method":"tools/list","params":{"cursor":null}}"#,
        #"{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"recall","arguments":{"words":"exam","limit":3,"kinds":["goal"]}}}"#,
        #"{"jsonrpc":"2.0","id":"x","method":"tools/call","params":{"name":"propose_memory","arguments":{"kind":"goal","words":"swim","due":"2026-12-01","sure":0.5}}}"#,
        #"{"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"name":"list_memory","arguments":{"after":"01ARZ3NDEKTSV4RRFFQ69G5FAV"}}}"#,
        #"{"jsonrpc":"2.0","id":5,"method":"resources/read","params":{"uri":"trellis://memory"}}"#,
        #"{"jsonrpc":"2.0","id":6,"method":"server/discover","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}}"#,
        #"[{"jsonrpc":"2.0","id":7,"method":"ping"},{"jsonrpc":"2.0","id":8,"method":"tools/list"}]"#,
        #"{"jsonrpc":"2.0","id":9,"error":{"code":-1,"message":"no"}}"#,
    ]

    /// Pieces that break parsers.
    private static let pieces: [[UInt8]] = [
        Array("null".utf8), Array("{}".utf8), Array("[]".utf8), Array("1e999".utf8), Array("-0".utf8),
        Array("\"\\ud800\"".utf8),
        Array("\"".utf8), Array("}".utf8), [0], [0xFF], [0xC0, 0x80], [0xEF, 0xBB, 0xBF], Array("\\u0000".utf8),
        Array("9223372036854775808".utf8), Array("\u{202E}".utf8), Array("\r".utf8), Array(",".utf8),
    ]

    private static func mutated(_ text: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
        var bytes = text
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
            let at = bytes.isEmpty ? 0 : Int.random(in: 0...bytes.count, using: &generator)
            switch Int.random(in: 0..<6, using: &generator) {
            case 0 where at < bytes.count: bytes[at] = UInt8.random(in: .min ... .max, using: &generator)
            case 1 where at < bytes.count: bytes.remove(at: at)
            case 2: bytes.insert(contentsOf: pieces.randomElement(using: &generator) ?? [], at: at)
            case 3: bytes.removeSubrange(at..<bytes.count)
            case 4 where at < bytes.count:
                // A member's value in another's place.
                let other = Array((seeds.randomElement(using: &generator) ?? "").utf8)
                let from = Int.random(in: 0..<other.count, using: &generator)
                bytes.insert(contentsOf: other[from..<min(other.count, from + 24)], at: at)
            default: bytes += bytes.prefix(at)
            }
        }
        return bytes
    }

    /// Holds an answer against what JSON-RPC allows.
    private static func isAnswer(_ value: Any) -> Bool {
        if let list = value as? [Any] { return !list.isEmpty && list.allSatisfy { !($0 is [Any]) && isAnswer($0) } }
        guard let message = value as? [String: Any], message["jsonrpc"] as? String == "2.0", let id = message["id"],
            id is String || id is Int || id is NSNull, message["method"] == nil,
            (message["result"] != nil) != (message["error"] != nil)
        else { return false }
        guard let error = message["error"] else { return message["result"] is [String: Any] }
        let parts = error as? [String: Any]
        return parts?["code"] is Int && (parts?["message"] as? String)?.isEmpty == false
    }

    @Test("any bytes are answered with a message of JSON-RPC, or with nothing", arguments: [1, 2, 3] as [UInt64])
    func bytes(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        let place = try MCPPlace()
        if seed == 2 {
            try await place.allow(.useInReplies)
            try await place.allow(.remember)
        }
        let reach = place.reach()
        let rounds = ProcessInfo.processInfo.environment["TRELLIS_FUZZ_SECONDS"] == nil ? 1_500 : 60_000
        var conversation = MCPConversation(reach)
        var answers = 0
        var faults = 0
        for round in 0..<rounds {
            if round % 50 == 0 { conversation = MCPConversation(reach) }
            let bytes: [UInt8]
            switch round % 5 {
            case 0:
                bytes = (0..<Int.random(in: 0...80, using: &generator)).map { _ in
                    UInt8.random(in: .min ... .max, using: &generator)
                }
            case 1: bytes = Array((Self.seeds.randomElement(using: &generator) ?? "").utf8)
            default: bytes = Self.mutated(Array((Self.seeds.randomElement(using: &generator) ?? "").utf8), &generator)
            }
            guard let answer = await conversation.answer(to: bytes) else { continue }
            answers += 1
            #expect(!answer.contains(UInt8(ascii: "\n")), "an answer is one line")
            let value = try? JSONSerialization.jsonObject(with: Data(answer))
            let isFine = value.map { Self.isAnswer($0) } ?? false
            #expect(isFine, "\(String(decoding: bytes, as: UTF8.self)) → \(String(decoding: answer, as: UTF8.self))")
            if (value as? [String: Any])?["error"] != nil { faults += 1 }
        }
        // Both ends of the door were reached.
        #expect(answers > rounds / 2)
        #expect(faults > rounds / 4)
        #expect(faults < answers)
    }
}
