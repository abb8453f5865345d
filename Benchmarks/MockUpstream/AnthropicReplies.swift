import NIOCore

/// What the mock says on Anthropic's Messages route, rendered once.
enum AnthropicReplies {
    static let message = Rendering.response(body: reply(content: Prose.reply))
    static let huge = Rendering.response(body: reply(content: Prose.fiveMiB))
    static let truncated = Rendering.response(body: reply(content: Prose.reply).prefix(300))
    static let toolCall = Rendering.response(
        body: envelope(
            content: #"[{"type":"tool_use","id":"toolu_mock1","name":"look_up","input":{"word":"trellis"}}]"#,
            stop: "\"tool_use\"", usage: usage))

    private static let usage = """
        {"input_tokens":57,"cache_creation_input_tokens":0,"cache_read_input_tokens":32,"output_tokens":170}
        """

    private static func reply(content: String, thinking: String? = nil, stop: String = "end_turn") -> String {
        let thought = thinking.map { "{\"type\":\"thinking\",\"thinking\":\"\($0)\",\"signature\":\"s\"}," } ?? ""
        return envelope(
            content: "[\(thought){\"type\":\"text\",\"text\":\"\(content)\"}]", stop: "\"\(stop)\"", usage: usage)
    }

    private static func envelope(content: String, stop: String, usage: String) -> String {
        """
        {"id":"msg_mock00000000000000000001","type":"message","role":"assistant","model":"mock-model",\
        "content":\(content),"stop_reason":\(stop),"stop_sequence":null,"usage":\(usage)}
        """
    }

    /// The event sequence of a text reply: message, one content block, its deltas, and the ends.
    static let stream = StreamScript(
        opening: [start, blockStart("{\"type\":\"text\",\"text\":\"\"}"), event("ping", "{\"type\":\"ping\"}")],
        deltas: Prose.words.map { blockDelta("{\"type\":\"text_delta\",\"text\":\"\($0)\"}") },
        closing: [blockStop, end(stop: "end_turn"), stop])

    /// A reply that says something given.
    static func saying(_ words: String, thinking: String? = nil) -> ByteBuffer {
        let (text, isCut) = Prose.uncut(words)
        return Rendering.response(
            body: reply(
                content: JSONText.escaped(text), thinking: thinking.map { JSONText.escaped($0) },
                stop: isCut ? "max_tokens" : "end_turn"))
    }

    /// A stream that says something given, word by word; a thought comes before it in a block of its own.
    static func streamSaying(_ words: String, thinking: String? = nil) -> StreamScript {
        let text = Prose.pieces(of: words).map {
            blockDelta("{\"type\":\"text_delta\",\"text\":\"\(JSONText.escaped($0))\"}", at: thinking == nil ? 0 : 1)
        }
        guard let thinking else {
            return StreamScript(
                opening: [
                    start, blockStart("{\"type\":\"text\",\"text\":\"\"}"), event("ping", "{\"type\":\"ping\"}"),
                ], deltas: text, closing: [blockStop, end(stop: "end_turn"), stop])
        }
        let thought = Prose.pieces(of: thinking).map {
            blockDelta("{\"type\":\"thinking_delta\",\"thinking\":\"\(JSONText.escaped($0))\"}")
        }
        return StreamScript(
            opening: [start, blockStart("{\"type\":\"thinking\",\"thinking\":\"\"}")],
            deltas: thought + [blockStop, blockStart("{\"type\":\"text\",\"text\":\"\"}", at: 1)] + text,
            closing: [blockStop(at: 1), end(stop: "end_turn"), stop])
    }

    static let toolCallStream = StreamScript(
        opening: [
            start, blockStart(#"{"type":"tool_use","id":"toolu_mock1","name":"look_up","input":{}}"#),
        ],
        deltas: [],
        closing: ["{\\\"word\\\":", "\\\"trellis\\\"}"].map {
            blockDelta("{\"type\":\"input_json_delta\",\"partial_json\":\"\($0)\"}")
        } + [blockStop, end(stop: "tool_use"), stop])

    static let malformedStream = StreamScript(
        opening: [start, blockStart("{\"type\":\"text\",\"text\":\"\"}")], deltas: [],
        closing: [
            event("content_block_delta", "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"te"),
            Rendering.chunk("this line is no field of an event\n\nevent\n\n: a comment\n\n"),
            event("no_such_event", "not json at all"), stop,
        ])

    static let streamError = event(
        "error", #"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#)

    private static let start = event(
        "message_start",
        "{\"type\":\"message_start\",\"message\":"
            + envelope(content: "[]", stop: "null", usage: "{\"input_tokens\":57,\"output_tokens\":1}") + "}")
    private static let blockStop = blockStop(at: 0)
    private static let stop = event("message_stop", "{\"type\":\"message_stop\"}")

    private static func blockStart(_ block: String, at index: Int = 0) -> ByteBuffer {
        event(
            "content_block_start",
            "{\"type\":\"content_block_start\",\"index\":\(index),\"content_block\":\(block)}")
    }

    private static func blockDelta(_ delta: String, at index: Int = 0) -> ByteBuffer {
        event(
            "content_block_delta", "{\"type\":\"content_block_delta\",\"index\":\(index),\"delta\":\(delta)}")
    }

    private static func blockStop(at index: Int) -> ByteBuffer {
        event("content_block_stop", "{\"type\":\"content_block_stop\",\"index\":\(index)}")
    }

    private static func end(stop: String) -> ByteBuffer {
        event(
            "message_delta",
            """
            {"type":"message_delta","delta":{"stop_reason":"\(stop)","stop_sequence":null},\
            "usage":{"output_tokens":170}}
            """)
    }

    private static func event(_ name: String, _ data: String) -> ByteBuffer {
        Rendering.event(data, named: name)
    }

    static func error(_ status: Int) -> ByteBuffer {
        let type =
            switch status {
            case 401: "authentication_error"
            case 403: "permission_error"
            case 404: "not_found_error"
            case 413: "request_too_large"
            case 429: "rate_limit_error"
            case 529, 503: "overloaded_error"
            case 500...: "api_error"
            default: "invalid_request_error"
            }
        return Rendering.response(
            Rendering.statusLine(status), fields: status == 429 ? [("retry-after", "1")] : [],
            body: """
                {"type":"error","error":{"type":"\(type)","message":"The mock was asked for status \(status)."},\
                "request_id":"req_mock"}
                """)
    }
}
