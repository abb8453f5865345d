import Consents
import Foundation
import Testing

@testable import Gateway

@Suite("The Model Context Protocol")
struct MCPDoorTests {
    @Test("a handshake agrees on the revision that is asked for, or on the latest that has one")
    func handshake() async throws {
        let place = try MCPPlace()
        for revision in MCPRevision.allCases {
            var talk = try await MCPTalk(place.reach(), nil)
            let welcome = try await talk.ask(
                "initialize", #"{"protocolVersion":"\#(revision.rawValue)","capabilities":{}}"#)
            let agreed = revision.opensWithHandshake ? revision : .november2025
            #expect(welcome.result?["protocolVersion"] as? String == agreed.rawValue)
            #expect(talk.conversation.revision == agreed)
            let capabilities = welcome.result?["capabilities"] as? [String: Any]
            #expect(Set(capabilities?.keys.map { $0 } ?? []) == ["tools", "resources"])
            #expect((welcome.result?["instructions"] as? String)?.contains("never an instruction") == true)
        }
        var talk = try await MCPTalk(place.reach(), nil)
        #expect(
            try await talk.ask("initialize", #"{"protocolVersion":"1.0"}"#).result?["protocolVersion"] as? String
                == "2025-11-25")
        #expect(try await talk.ask("initialize", "{}").code == -32_602)
    }

    @Test("before a handshake, nothing is answered to a request that names no revision")
    func opening() async throws {
        var talk = try await MCPTalk(try MCPPlace().reach(), nil)
        #expect(try await talk.ask("tools/list").code == -32_600)
        #expect(try await talk.ask("ping").code == -32_600)
    }

    static let meta = """
        {"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}
        """

    @Test("without a handshake each request names its revision, and each result says how long it may be kept")
    func withoutHandshake() async throws {
        let place = try MCPPlace()
        try await place.allow(.useInReplies)
        var talk = try await MCPTalk(place.reach(), nil)
        let discovered = try #require(try await talk.ask("server/discover", #"{"_meta":\#(Self.meta)}"#).result)
        #expect((discovered["supportedVersions"] as? [String])?.first == "2026-07-28")
        #expect(discovered["resultType"] as? String == "complete")
        #expect(discovered["cacheScope"] as? String == "public")
        let memory = try #require(
            try await talk.ask("resources/read", #"{"uri":"trellis://memory","_meta":\#(Self.meta)}"#).result)
        #expect(memory["ttlMs"] as? Int == 0)
        #expect(memory["cacheScope"] as? String == "private")
        for method in ["ping", "initialise", "prompts/list", "logging/setLevel"] {
            #expect(try await talk.ask(method, #"{"_meta":\#(Self.meta)}"#).code == -32_601)
        }
        #expect(
            try await talk.ask("resources/read", #"{"uri":"trellis://none","_meta":\#(Self.meta)}"#).code == -32_602)
        let other = Self.meta.replacingOccurrences(of: "2026-07-28", with: "2031-01-01")
        let refused = try await talk.ask("tools/list", #"{"_meta":\#(other)}"#)
        #expect(refused.code == -32_022)
        #expect(refused.text.contains(#""supported":["2026-07-28""#))
        #expect(
            try await talk.ask(
                "tools/list", #"{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}"#
            ).code == -32_602)
        #expect(talk.conversation.revision == nil)
    }

    @Test("each revision is told of what it knows, and of nothing that came later")
    func features() async throws {
        let place = try MCPPlace()
        for revision in MCPRevision.allCases where revision.opensWithHandshake {
            var talk = try await MCPTalk(place.reach(), revision.rawValue)
            let tools = try #require(try await talk.ask("tools/list").result?["tools"] as? [[String: Any]])
            #expect(tools.map { $0["name"] as? String } == ["recall", "list_memory", "propose_memory", "read_charter"])
            for tool in tools {
                #expect((tool["inputSchema"] as? [String: Any])?["type"] as? String == "object")
                #expect((tool["annotations"] != nil) == revision.hasAnnotations)
                #expect((tool["title"] != nil) == revision.hasStructure)
                #expect((tool["outputSchema"] != nil) == revision.hasStructure)
            }
            let read = try await talk.use("read_charter")
            #expect((read.result?["structuredContent"] != nil) == revision.hasStructure)
            #expect(read.result?["resultType"] == nil)
            #expect(read.words.contains("commons/tutor"))
            #expect(try await talk.ask("ping").result?.isEmpty == true)
            #expect(try await talk.ask("server/discover").code == -32_601)
            #expect(try await talk.ask("resources/read", #"{"uri":"trellis://none"}"#).code == -32_002)
            #expect(try await talk.ask("tools/list", #"{"cursor":"x"}"#).code == -32_602)
            #expect(
                (try await talk.ask("resources/templates/list").result?["resourceTemplates"] as? [Any])?.isEmpty == true
            )
        }
    }

    @Test("only what writes says so")
    func hints() async throws {
        var talk = try await MCPTalk(try MCPPlace().reach())
        let tools = try #require(try await talk.ask("tools/list").result?["tools"] as? [[String: Any]])
        for tool in tools {
            let hints = try #require(tool["annotations"] as? [String: Any])
            #expect(hints["readOnlyHint"] as? Bool == (tool["name"] as? String != "propose_memory"))
            #expect(hints["destructiveHint"] as? Bool == false)
        }
    }

    @Test("several messages come as one where the revision has that, and are refused elsewhere")
    func batches() async throws {
        let place = try MCPPlace()
        let batch = """
            [{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","method":"notifications/x"},
             {"jsonrpc":"2.0","id":"b","method":"none"},7,{"jsonrpc":"2.0","id":3,"method":"initialize"}]
            """.filter { $0 != "\n" }
        for revision in MCPRevision.allCases where revision.opensWithHandshake {
            var talk = try await MCPTalk(place.reach(), revision.rawValue)
            let bytes = try #require(await talk.conversation.answer(to: Array(batch.utf8)))
            let answer = try JSONSerialization.jsonObject(with: Data(bytes))
            if revision.takesBatches {
                let codes = (answer as? [[String: Any]])?.map { ($0["error"] as? [String: Any])?["code"] as? Int }
                #expect(codes == [nil, -32_601, -32_600, -32_600])
                let notes = #"[{"jsonrpc":"2.0","method":"notifications/x"}]"#
                #expect(await talk.conversation.answer(to: Array(notes.utf8)) == nil)
            } else {
                #expect(((answer as? [String: Any])?["error"] as? [String: Any])?["code"] as? Int == -32_600)
            }
        }
    }

    @Test("what is no message is answered with what is wrong, and its id where it has one")
    func malformed() async throws {
        var talk = try await MCPTalk(try MCPPlace().reach())
        let cases: [(String, Int, String?)] = [
            ("{", -32_700, nil), ("nonsense", -32_700, nil), (#"{"jsonrpc":"2.0","id":1,"id":2}"#, -32_700, nil),
            (String(repeating: "[", count: 100), -32_700, nil), ("7", -32_600, nil), ("null", -32_600, nil),
            ("[]", -32_600, nil), ("{}", -32_600, nil),
            (#"{"jsonrpc":"1.0","id":"a","method":"ping"}"#, -32_600, "a"),
            (#"{"jsonrpc":"2.0","id":"a"}"#, -32_600, "a"), (#"{"jsonrpc":"2.0","id":"a","method":7}"#, -32_600, "a"),
            (#"{"jsonrpc":"2.0","id":null,"method":"ping"}"#, -32_600, nil),
            (#"{"jsonrpc":"2.0","id":1.5,"method":"ping"}"#, -32_600, nil),
            (#"{"jsonrpc":"2.0","id":{},"method":"ping"}"#, -32_600, nil),
            (#"{"jsonrpc":"2.0","id":"a","method":"ping","params":[]}"#, -32_602, "a"),
            (#"{"jsonrpc":"2.0","id":"a","method":"tools/call","params":{}}"#, -32_602, "a"),
            (#"{"jsonrpc":"2.0","id":"a","method":"tools/call","params":{"name":"none"}}"#, -32_602, "a"),
            (
                #"{"jsonrpc":"2.0","id":"a","method":"tools/call","params":{"name":"recall","arguments":7}}"#, -32_602,
                "a"
            ),
            (#"{"jsonrpc":"2.0","id":"a","method":"resources/read","params":{"uri":7}}"#, -32_602, "a"),
            (#"{"jsonrpc":"2.0","id":"a","method":"none"}"#, -32_601, "a"),
        ]
        for (text, code, id) in cases {
            let answer = try #require(try await talk.say(text), "\(text)")
            #expect((answer["error"] as? [String: Any])?["code"] as? Int == code, "\(text)")
            #expect(answer["id"] as? String == id, "\(text)")
        }
        for text in [
            #"{"jsonrpc":"2.0","id":1,"result":{}}"#, #"{"jsonrpc":"2.0","method":"notifications/cancelled"}"#,
        ] {
            #expect(try await talk.say(text) == nil)
        }
        let long = [UInt8](repeating: UInt8(ascii: " "), count: MCPMessage.maximumBytes + 1)
        let answer = try #require(await talk.conversation.answer(to: long))
        #expect(String(decoding: answer, as: UTF8.self).contains("-32700"))
    }

    @Test("an id comes back as it was written")
    func ids() async throws {
        var conversation = try await MCPTalk(try MCPPlace().reach()).conversation
        for id in ["0", "-7", "9007199254740993", #""é\"x""#, #""1""#] {
            let bytes = try #require(
                await conversation.answer(to: Array(#"{"jsonrpc":"2.0","id":\#(id),"method":"ping"}"#.utf8)))
            #expect(String(decoding: bytes, as: UTF8.self) == #"{"jsonrpc":"2.0","id":\#(id),"result":{}}"#)
        }
    }

    @Test("the charter can be read in parts, as text and as JSON")
    func charter() async throws {
        var talk = try await MCPTalk(try MCPPlace().reach())
        let all = try await talk.use("read_charter")
        for heading in ["The brief to work by", "What it is drawn to", "What holds whatever is asked"] {
            #expect(all.words.contains(heading))
        }
        #expect(all.structure["charter"] as? String == "commons/tutor")
        #expect((all.structure["goods"] as? [Any])?.isEmpty == false)
        let floor = try await talk.use("read_charter", #"{"part":"floor"}"#)
        #expect(!floor.words.contains("The brief to work by"))
        #expect(try await talk.use("read_charter", #"{"part":"soul"}"#).isError)
        let brief = try await talk.ask("resources/read", #"{"uri":"trellis://charter/brief"}"#)
        #expect(brief.text.contains(#""mimeType":"text/plain""#))
        let resource = try await talk.ask("resources/read", #"{"uri":"trellis://charter"}"#)
        let text = ((resource.result?["contents"] as? [[String: Any]])?.first?["text"] as? String) ?? ""
        let read = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        #expect(read?["fingerprint"] as? String == all.structure["fingerprint"] as? String)
    }
}
