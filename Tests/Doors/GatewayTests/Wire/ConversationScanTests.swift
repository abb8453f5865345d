import Foundation
import Models
import NIOCore
import Testing

@testable import Gateway

@Suite("Reading a conversation")
struct ConversationScanTests {
    private static func chat(
        _ messages: String, turns: Int = ConversationScan.turnsAtMost, bytes: Int = ConversationScan.bytesAtMost
    ) throws -> ConversationScan {
        let body = ByteBuffer(string: #"{"tools":[{"a":[]}],"messages":[\#(messages)],"model":"m"}"#)
        return ConversationScan(body, try ChatBodyScan(body).messages, turns: turns, bytes: bytes)
    }

    @Test("takes what the person and the model said, and leaves out everything else")
    func chatTurns() throws {
        let said = try Self.chat(
            #"""
            {"role":"system","content":"Be kind."},
            {"content":"Caf\u00e9?\n\"Yes\"","role":"user"},
            {"role":"assistant","content":null,"tool_calls":[{"function":{"arguments":"{\"role\":\"user\"}"}}]},
            {"role":"tool","tool_call_id":"1","content":"12 °C"},
            {"role":"assistant","content":"It is cold."},
            {"role":"user","content":[{"type":"image_url","image_url":{"url":"data:,x"}},
              {"text":"What is","type":"text"},{"type":"text","text":"on it? 👩‍👩‍👧"},{"type":"text"},5,null]}
            """#)
        #expect(
            said.turns == [
                ChatTurn(.user, "Café?\n\"Yes\""), ChatTurn(.assistant, "It is cold."),
                ChatTurn(.user, "What is\non it? 👩‍👩‍👧"),
            ])
        #expect(said.latest == "What is\non it? 👩‍👩‍👧" && !said.isCut)
    }

    @Test("reads Anthropic's form, in which a tool's result comes as a message of the person")
    func messagesTurns() throws {
        let body = ByteBuffer(
            string: #"""
                {"model":"m","system":[{"type":"text","text":"Be kind."}],"max_tokens":5,"messages":[
                 {"role":"user","content":"Hi"},
                 {"role":"assistant","content":[{"type":"thinking","thinking":"hm"},{"type":"text","text":"Hello"},
                  {"type":"tool_use","id":"1","name":"x","input":{"text":"no"}}]},
                 {"role":"user","content":[{"type":"tool_result","tool_use_id":"1","content":"12"}]}]}
                """#)
        let said = ConversationScan(body, try MessagesBodyScan(body).messages)
        #expect(said.turns == [ChatTurn(.user, "Hi"), ChatTurn(.assistant, "Hello")])
    }

    @Test("keeps the newest turns, in order, however many there are")
    func newest() throws {
        for count in [1, 11, 12, 13, 47, 48, 49, 200] {
            let messages = (0..<count).map { #"{"role":"user","content":"turn \#($0)"}"# }.joined(separator: ",")
            let said = try Self.chat(messages)
            let expected = (max(0, count - 12)..<count).map { ChatTurn(.user, "turn \($0)") }
            #expect(said.turns == expected, "\(count)")
        }
    }

    @Test("stays within its bound, with the beginning and the end of what is too long")
    func bounds() throws {
        let long = "What is this? " + String(repeating: "é👩‍👩‍👧", count: 10_000) + " Tell me."
        let said = try Self.chat(
            #"{"role":"user","content":"old"},{"role":"assistant","content":"mine"},{"role":"user","content":"\#(long)"}"#
        )
        #expect(said.isCut)
        let latest = try #require(said.latest)
        #expect(latest.utf8.count <= ConversationScan.bytesAtMost)
        #expect(latest.hasPrefix("What is this? ") && latest.hasSuffix(" Tell me."))
        for bytes in 0..<40 {
            let all = try Self.chat(#"{"role":"user","content":"\#(long)"}"#, bytes: bytes).turns
            #expect(all.reduce(0) { $0 + $1.content.utf8.count } <= bytes)
        }
    }

    @Test("agrees with Foundation on conversations made by chance, and never reads outside the body")
    func byChance() throws {
        var generator = SeededGenerator(seed: 31)
        let end = Date().addingTimeInterval(fuzzSeconds / 4)
        repeat {
            var expected: [ChatTurn] = []
            let messages = (0..<Int.random(in: 1...60, using: &generator)).map { _ -> [String: Any] in
                let role = ["user", "assistant", "system", "tool", "x"].randomElement(using: &generator) ?? "x"
                let text = String(
                    (0..<Int.random(in: 0...12, using: &generator)).compactMap { _ in
                        "a\"\\\n\u{1}é👩‍👩‍👧漢/ ".randomElement(using: &generator)
                    })
                let content: Any
                switch Int.random(in: 0...3, using: &generator) {
                case 0: content = NSNull()
                case 1: content = [["type": "text", "text": text], ["type": "image", "text": "no"]]
                default: content = text
                }
                let isSaid = (role == "user" || role == "assistant") && !(content is NSNull) && !text.isEmpty
                if isSaid { expected.append(ChatTurn(role == "user" ? .user : .assistant, text)) }
                return ["role": role, "content": content, "name": "x"]
            }
            let json = try JSONSerialization.data(withJSONObject: ["model": "m", "messages": messages])
            var body = ByteBuffer(bytes: [UInt8](repeating: 0x7B, count: 3))
            body.moveReaderIndex(forwardBy: 3)
            body.writeBytes(json)
            let positions = try ChatBodyScan(body).messages
            let said = ConversationScan(body, positions)
            // Only the last messages are looked at, whatever they are.
            #expect(said.turns.count <= 12)
            #expect(Array(expected.suffix(said.turns.count)) == said.turns)
            if messages.count <= MessagePositions.recentAtMost { #expect(said.turns.count == min(12, expected.count)) }
            // Damaged bytes under good positions: nothing crashes.
            var bytes = Array(body.readableBytesView)
            for _ in 0..<8 {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] = .random(in: 0...255, using: &generator)
            }
            _ = ConversationScan(ByteBuffer(bytes: bytes), positions)
            _ = ConversationScan(ByteBuffer(bytes: bytes.prefix(bytes.count / 2)), positions)
        } while Date() < end
    }
}
