import Models
import NIOCore
import Testing

@testable import Gateway

@Suite("Translating replies and streams")
struct TranslationReplyTests {
    static func json(_ text: String) throws -> JSONValue { try JSONValue(parsing: text) }

    /// The data of every event in a stream of ours, and the name of its event if it has one.
    static func events(_ bytes: ByteBuffer) throws -> [JSONValue] {
        try StreamEvent.events(in: bytes).compactMap { event in
            guard case .data(let data) = event, !data.elementsEqual("[DONE]".utf8) else { return nil }
            return try JSONValue(parsing: ByteBuffer(bytes: data))
        }
    }

    @Test("an Anthropic reply becomes a chat completion")
    func replyToChat() throws {
        let reply = """
            {"id":"msg_1","type":"message","role":"assistant","model":"claude-x","content":[{"type":"thinking","thinking":"t","signature":"s"},
             {"type":"text","text":"Let me "},{"type":"text","text":"look."},{"type":"tool_use","id":"t1","name":"w","input":{"a":1.0}}],
             "stop_reason":"tool_use","stop_sequence":null,"usage":{"input_tokens":3,"cache_read_input_tokens":4,"cache_creation_input_tokens":1,"output_tokens":5}}
            """
        let made = try DialectBridge(client: .openAI, created: 99).reply(ByteBuffer(string: reply))
        #expect(
            try Translation.reply(made)
                == (try Self.json(
                    """
                    {"id":"msg_1","object":"chat.completion","created":99,"model":"claude-x","choices":[{"index":0,
                     "message":{"role":"assistant","content":"Let me look.","refusal":null,"tool_calls":[{"id":"t1","type":"function","function":{"name":"w","arguments":"{\\"a\\":1.0}"}}]},
                     "logprobs":null,"finish_reason":"tool_calls"}],
                     "usage":{"prompt_tokens":8,"completion_tokens":5,"total_tokens":13,"prompt_tokens_details":{"cached_tokens":4}}}
                    """)))
    }

    @Test("a chat completion becomes an Anthropic reply")
    func replyToMessages() throws {
        let reply = """
            {"id":"c1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Hi",
             "tool_calls":[{"id":"t1","type":"function","function":{"name":"w","arguments":"{\\"a\\":1.0}"}}]},"finish_reason":"stop"}],
             "usage":{"prompt_tokens":8,"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":6}}}
            """
        let made = try DialectBridge(client: .anthropic, created: 0).reply(ByteBuffer(string: reply))
        #expect(
            try Translation.reply(made)
                == (try Self.json(
                    """
                    {"id":"c1","type":"message","role":"assistant","model":"m","content":[{"type":"text","text":"Hi"},
                     {"type":"tool_use","id":"t1","name":"w","input":{"a":1.0}}],"stop_reason":"tool_use","stop_sequence":null,
                     "usage":{"input_tokens":2,"cache_read_input_tokens":6,"cache_creation_input_tokens":0,"output_tokens":5}}
                    """)))
    }

    @Test("every reason to end has its counterpart")
    func reasons() {
        for (finish, stop) in [
            ("stop", "end_turn"), ("length", "max_tokens"), ("tool_calls", "tool_use"), ("content_filter", "refusal"),
        ] {
            #expect(Translation.stopReason(fromFinish: finish) == stop)
            #expect(Translation.finishReason(fromStop: stop) == finish)
        }
        #expect(Translation.finishReason(fromStop: "stop_sequence") == "stop")
        #expect(Translation.finishReason(fromStop: "model_context_window_exceeded") == "length")
        #expect(Translation.stopReason(fromFinish: nil) == "end_turn")
    }

    @Test("a reply in the wrong form is the upstream's fault")
    func malformed() {
        for text in ["{}", "[]", "{", #"{"choices":[]}"#, #"{"content":"x"}"#] {
            for client in Upstream.Dialect.allCases {
                let refusal = #expect(throws: GatewayRefusal.self) {
                    try DialectBridge(client: client, created: 0).reply(ByteBuffer(string: text))
                }
                #expect(refusal?.status == 502)
            }
        }
    }

    @Test("an Anthropic stream becomes OpenAI chunks, with tool calls and usage")
    func streamToChat() throws {
        let upstream = """
            event: message_start
            data: {"type":"message_start","message":{"id":"msg_1","model":"claude-x","usage":{"input_tokens":5,"cache_read_input_tokens":7,"output_tokens":1}}}

            event: ping
            data: {"type":"ping"}

            data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hé"}}

            data: {"type":"content_block_stop","index":0}

            data: {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"t1","name":"w","input":{}}}

            data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":""}}

            data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\\"a\\""}}

            data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":":1}"}}

            data: {"type":"content_block_stop","index":1}

            data: {"type":"content_block_start","index":2,"content_block":{"type":"tool_use","id":"t2","name":"x","input":{}}}

            data: {"type":"content_block_stop","index":2}

            data: {"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":9}}

            data: {"type":"message_stop"}


            """
        var bridge = DialectBridge(client: .openAI, created: 7)
        _ = try bridge.request(
            ByteBuffer(
                string:
                    #"{"model":"m","messages":[{"role":"user","content":"x"}],"stream":true,"stream_options":{"include_usage":true}}"#
            ), model: "up")
        let made = try bridge.take(ByteBuffer(string: upstream))
        let text = String(buffer: made)
        #expect(text.hasSuffix("data: [DONE]\n\n") && text.contains(": ping\n\n"))
        let (passed, scanner) = try EventStreamScannerTests.pass(Array(made.readableBytesView))
        #expect(passed == Array(made.readableBytesView) && scanner.tally.hasEndMark)
        #expect(scanner.tally.inputTokens == 12 && scanner.tally.outputTokens == 9)
        #expect(scanner.tally.finishReason == "tool_calls" && scanner.tally.model == "claude-x")
        let chunks = try Self.events(made)
        #expect(
            chunks.allSatisfy { $0["object"] == "chat.completion.chunk" && $0["created"] == 7 && $0["id"] == "msg_1" })
        let deltas = chunks.compactMap { $0["choices"]?.array?.first?["delta"] }
        #expect(
            deltas
                == (try Self.json(
                    """
                    [{"role":"assistant","content":""},{"content":"Hé"},
                     {"tool_calls":[{"index":0,"id":"t1","type":"function","function":{"name":"w","arguments":""}}]},
                     {"tool_calls":[{"index":0,"function":{"arguments":"{\\"a\\""}}]},
                     {"tool_calls":[{"index":0,"function":{"arguments":":1}"}}]},
                     {"tool_calls":[{"index":1,"id":"t2","type":"function","function":{"name":"x","arguments":""}}]},
                     {"tool_calls":[{"index":1,"function":{"arguments":"{}"}}]},{}]
                    """)).array)
        #expect(bridge.finish().readableBytes == 0)
    }

    @Test("OpenAI chunks become an Anthropic stream, with calls told side by side put one after the other")
    func streamToMessages() throws {
        let chunks = [
            #"{"id":"c1","model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":null}}]}"#,
            #"{"id":"c1","model":"m","choices":[{"index":0,"delta":{"content":"He"}}]}"#,
            #"{"id":"c1","model":"m","choices":[{"index":0,"delta":{"content":"y"}}]}"#,
            #"{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"t1","type":"function","function":{"name":"w","arguments":"{"}}]}}]}"#,
            #"{"choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"id":"t2","type":"function","function":{"name":"x","arguments":"{\"b\":"}}]}}]}"#,
            #"{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"\"a\":1}"}}]}}]}"#,
            #"{"choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"function":{"arguments":"2}"}}]}}]}"#,
            #"{"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}"#,
            #"{"choices":[],"usage":{"prompt_tokens":12,"completion_tokens":9,"prompt_tokens_details":{"cached_tokens":7}}}"#,
            "[DONE]",
        ]
        var bridge = DialectBridge(client: .anthropic, created: 0)
        var made = ByteBuffer()
        for chunk in chunks { made.writeImmutableBuffer(try bridge.take(ByteBuffer(string: "data: \(chunk)\n\n"))) }
        made.writeImmutableBuffer(try bridge.take(ByteBuffer(string: ": still here\n\n")))
        let events = try Self.events(made)
        #expect(
            events.compactMap { $0["type"]?.string } == [
                "message_start", "content_block_start", "content_block_delta", "content_block_delta",
                "content_block_stop",
                "content_block_start", "content_block_delta", "content_block_delta", "content_block_stop",
                "content_block_start", "content_block_delta", "content_block_stop", "message_delta", "message_stop",
                "ping",
            ])
        #expect(events[0]["message"]?["id"] == "c1" && events[0]["message"]?["content"] == [])
        #expect(events.compactMap { $0["index"]?.whole } == [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2])
        #expect(events[5]["content_block"] == ["type": "tool_use", "id": "t1", "name": "w", "input": [:]])
        #expect(events[9]["content_block"] == ["type": "tool_use", "id": "t2", "name": "x", "input": [:]])
        #expect(events[10]["delta"]?["partial_json"] == #"{"b":2}"#)
        #expect(events[12]["delta"]?["stop_reason"] == "tool_use")
        #expect(events[12]["usage"]?["output_tokens"] == 9 && events[12]["usage"]?["input_tokens"] == 5)
        let (passed, scanner) = try EventStreamScannerTests.pass(Array(made.readableBytesView))
        #expect(passed == Array(made.readableBytesView) && scanner.tally.hasEndMark)
        #expect(scanner.tally.inputTokens == 12 && scanner.tally.outputTokens == 9)
        for (event, name) in zip(String(buffer: made).components("event: "), events.compactMap { $0["type"]?.string }) {
            #expect(event.hasPrefix(name + "\n"))
        }
        #expect(bridge.finish().readableBytes == 0)
    }

    @Test("text after a tool call begins a block of its own")
    func textAfterCall() throws {
        var bridge = DialectBridge(client: .anthropic, created: 0)
        var made = ByteBuffer()
        for delta in [
            #"{"tool_calls":[{"index":0,"id":"t","function":{"name":"w","arguments":"{}"}}]}"#, #"{"content":"So"}"#,
        ] {
            made.writeImmutableBuffer(
                try bridge.take(ByteBuffer(string: #"data: {"choices":[{"delta":\#(delta)}]}"# + "\n\n")))
        }
        made.writeImmutableBuffer(bridge.finish())
        #expect(
            try Self.events(made).compactMap { $0["type"]?.string } == [
                "message_start", "content_block_start", "content_block_delta", "content_block_stop",
                "content_block_start", "content_block_delta", "content_block_stop", "message_delta", "message_stop",
            ])
        #expect(try Self.events(made).compactMap { $0["index"]?.whole } == [0, 0, 0, 1, 1, 1])
    }

    @Test("an error in the upstream's stream becomes the client's, and nothing follows it")
    func streamErrors() throws {
        var toChat = DialectBridge(client: .openAI, created: 0)
        let chat = try toChat.take(
            ByteBuffer(string: #"data: {"type":"error","error":{"type":"overloaded_error","message":"Busy"}}"# + "\n\n")
        )
        #expect(try Self.events(chat).first?["error"]?["message"] == "Busy")
        #expect(toChat.finish().readableBytes == 0)
        var toMessages = DialectBridge(client: .anthropic, created: 0)
        let messages = try toMessages.take(ByteBuffer(string: #"data: {"error":{"message":"Busy"}}"# + "\n\n"))
        #expect(try Self.events(messages).first?["error"] == ["type": "api_error", "message": "Busy"])
        #expect(toMessages.finish().readableBytes == 0)
    }

    @Test("a stream without an end mark is ended in good form")
    func missingEnd() throws {
        var bridge = DialectBridge(client: .anthropic, created: 0)
        _ = try bridge.take(
            ByteBuffer(
                string: #"data: {"id":"c","model":"m","choices":[{"delta":{"content":"x"},"finish_reason":"length"}]}"#
                    + "\n\n"))
        let types = try Self.events(bridge.finish()).compactMap { $0["type"]?.string }
        #expect(types == ["content_block_stop", "message_delta", "message_stop"])
        var chat = DialectBridge(client: .openAI, created: 0)
        #expect(String(buffer: chat.finish()) == "data: [DONE]\n\n")
    }

    @Test("a stream that went there and back says the same", arguments: [1, 2, 3] as [UInt64])
    func roundTrip(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<40 {
            // A random reply: text pieces, then calls whose arguments come in pieces.
            var text = ""
            var chunks: [String] = []
            for _ in 0..<Int.random(in: 0...5, using: &generator) {
                let piece = ["a", "é\"", "😀\n", "long piece "].randomElement(using: &generator)!
                text += piece
                chunks.append(
                    #"{"id":"c","model":"m","choices":[{"index":0,"delta":{"content":\#(JSONValue.string(piece).text)}}]}"#
                )
            }
            var arguments: [String] = []
            for call in 0..<Int.random(in: 0...3, using: &generator) {
                chunks.append(
                    #"{"choices":[{"delta":{"tool_calls":[{"index":\#(call),"id":"t\#(call)","type":"function","function":{"name":"f\#(call)","arguments":""}}]}}]}"#
                )
                arguments.append(#"{"n":\#(Int.random(in: 0...9_999, using: &generator)),"t":"ü"}"#)
            }
            // Pieces of all calls in any order between calls, in order within one.
            var rest = arguments.map { Array($0) }
            while let call = rest.indices.filter({ !rest[$0].isEmpty }).randomElement(using: &generator) {
                let count = min(rest[call].count, Int.random(in: 1...6, using: &generator))
                let piece = JSONValue.string(String(rest[call].prefix(count))).text
                rest[call].removeFirst(count)
                chunks.append(
                    #"{"choices":[{"delta":{"tool_calls":[{"index":\#(call),"function":{"arguments":\#(piece)}}]}}]}"#)
            }
            chunks.append(
                #"{"choices":[{"delta":{},"finish_reason":"\#(arguments.isEmpty ? "stop" : "tool_calls")"}]}"#)
            chunks.append(#"{"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":4}}"#)
            chunks.append("[DONE]")

            var there = DialectBridge(client: .anthropic, created: 0)
            var back = DialectBridge(client: .openAI, created: 0)
            var end: [JSONValue] = []
            for chunk in chunks {
                let anthropic = try there.take(ByteBuffer(string: "data: \(chunk)\n\n"))
                end += try Self.events(try back.take(anthropic))
            }
            var gotText = ""
            var got: [Int: String] = [:]
            for delta in end.compactMap({ $0["choices"]?.array?.first?["delta"] }) {
                gotText += delta["content"]?.string ?? ""
                for call in delta["tool_calls"]?.array ?? [] {
                    got[call["index"]?.whole ?? -1, default: ""] += call["function"]?["arguments"]?.string ?? ""
                }
            }
            #expect(gotText == text)
            #expect(got == Dictionary(uniqueKeysWithValues: arguments.enumerated().map { ($0.offset, $0.element) }))
        }
    }

    @Test("random events never crash a stream's translation, and what comes out is well-formed")
    func fuzzStreams() {
        var writer = JSONWriterByChance(seed: 21)
        let types = [
            "message_start", "content_block_start", "content_block_delta", "content_block_stop", "message_delta",
            "message_stop", "error", "ping", "x",
        ]
        for _ in 0..<400 {
            for client in Upstream.Dialect.allCases {
                var bridge = DialectBridge(client: client, created: 0)
                var out: [UInt8] = []
                for _ in 0..<8 {
                    let type = types.randomElement(using: &writer.generator)!
                    let delta =
                        #"{"content":\#(writer.value(depth: 0)),"type":"text_delta","text":\#(writer.value(depth: 0)),"tool_calls":[{"index":\#(writer.number()),"id":\#(writer.value(depth: 0)),"function":\#(writer.value(depth: 1))},\#(writer.value(depth: 1))]}"#
                    let body =
                        #"{"type":"\#(type)","index":\#(writer.number()),"delta":\#(delta),"content_block":{"type":"tool_use"},"choices":[{"delta":\#(delta),"finish_reason":\#(writer.value(depth: 0))}],"usage":\#(writer.value(depth: 1))}"#
                    let event = writer.chance(9) ? writer.value(depth: 1) : body
                    guard let made = try? bridge.take(ByteBuffer(string: "data: \(event)\n\n")) else { break }
                    out += made.readableBytesView
                }
                out += bridge.finish().readableBytesView
                #expect(throws: Never.self) { try EventStreamScannerTests.pass(out) }
            }
        }
    }
}

extension String {
    /// The pieces between occurrences of `separator`, without the first, empty one.
    fileprivate func components(_ separator: String) -> [Substring] {
        var pieces: [Substring] = []
        var rest = self[...]
        while let found = rest.firstRange(of: separator) {
            pieces.append(rest[..<found.lowerBound])
            rest = rest[found.upperBound...]
        }
        return Array((pieces + [rest]).dropFirst())
    }
}
