import NIOCore

/// What the mock says on the OpenAI-compatible routes, rendered once.
enum OpenAIReplies {
    private static let identity = "\"created\":1700000000,\"model\":\"mock-model\",\"system_fingerprint\":\"fp_mock\""

    /// About 1 KB with its head.
    static let chat = Rendering.response(body: completion(content: Prose.reply))
    static let huge = Rendering.response(body: completion(content: Prose.fiveMiB))
    static let truncated = Rendering.response(body: completion(content: Prose.reply).prefix(300))
    static let toolCall = Rendering.response(
        body: """
            {"id":"chatcmpl-mock0000000000000001","object":"chat.completion",\(identity),"choices":[{"index":0,\
            "message":{"role":"assistant","content":null,"tool_calls":[{"id":"call_mock1","type":"function",\
            "function":{"name":"look_up","arguments":"{\\"word\\":\\"trellis\\"}"}}]},"logprobs":null,\
            "finish_reason":"tool_calls"}],"usage":\(usage)}
            """)
    static let models = Rendering.response(
        body: """
            {"object":"list","data":[{"id":"mock-model","object":"model","created":1700000000,"owned_by":"mock"},\
            {"id":"mock-small","object":"model","created":1700000000,"owned_by":"mock"}]}
            """)

    private static let usage = """
        {"prompt_tokens":57,"completion_tokens":170,"total_tokens":227,\
        "prompt_tokens_details":{"cached_tokens":32},"completion_tokens_details":{"reasoning_tokens":0}}
        """

    private static func completion(content: String, thinking: String? = nil, finish: String = "stop") -> String {
        """
        {"id":"chatcmpl-mock0000000000000001","object":"chat.completion",\(identity),"choices":[{"index":0,\
        "message":{"role":"assistant","content":"\(content)",\
        \(thinking.map { "\"reasoning_content\":\"\($0)\"," } ?? "")"refusal":null},"logprobs":null,\
        "finish_reason":"\(finish)"}],"usage":\(usage)}
        """
    }

    /// A stream; each delta is about 250 bytes.
    static let stream = script(usage: true)
    static let streamWithoutUsage = script(usage: false)

    private static func script(usage reported: Bool) -> StreamScript {
        StreamScript(
            opening: [chunk(delta: "{\"role\":\"assistant\",\"content\":\"\"}")],
            deltas: Prose.words.map { chunk(delta: "{\"content\":\"\($0)\"}") },
            closing: [chunk(delta: "{}", finish: "\"stop\"")]
                + (reported ? [usageChunk] : []) + [Rendering.event("[DONE]")])
    }

    /// A reply that says something given.
    static func saying(_ words: String, thinking: String? = nil) -> ByteBuffer {
        let (text, isCut) = Prose.uncut(words)
        return Rendering.response(
            body: completion(
                content: JSONText.escaped(text), thinking: thinking.map { JSONText.escaped($0) },
                finish: isCut ? "length" : "stop"))
    }

    /// A stream that says something given, word by word.
    static func streamSaying(_ words: String, thinking: String = "") -> StreamScript {
        let thoughts = Prose.pieces(of: thinking).map {
            chunk(delta: "{\"content\":null,\"reasoning_content\":\"\(JSONText.escaped($0))\"}")
        }
        return StreamScript(
            opening: [chunk(delta: "{\"role\":\"assistant\",\"content\":\"\"}")],
            deltas: thoughts
                + Prose.pieces(of: words).map { chunk(delta: "{\"content\":\"\(JSONText.escaped($0))\"}") },
            closing: [chunk(delta: "{}", finish: "\"stop\""), usageChunk, Rendering.event("[DONE]")])
    }

    static let toolCallStream = StreamScript(
        opening: [
            chunk(
                delta: """
                    {"role":"assistant","content":null,"tool_calls":[{"index":0,"id":"call_mock1",\
                    "type":"function","function":{"name":"look_up","arguments":""}}]}
                    """)
        ],
        deltas: [],
        closing: ["{\\\"word\\\":", "\\\"trellis\\\"}"].map {
            chunk(delta: "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"\($0)\"}}]}")
        } + [chunk(delta: "{}", finish: "\"tool_calls\""), usageChunk, Rendering.event("[DONE]")])

    static let malformedStream = StreamScript(
        opening: [chunk(delta: "{\"content\":\"So far so good. \"}")], deltas: [],
        closing: [
            Rendering.event("{\"id\":\"chatcmpl-mock\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"oh"),
            Rendering.chunk("this line is no field of an event\n\ndata\n\n: a comment\n\n"),
            Rendering.event("not json at all"), Rendering.event("[DONE]"),
        ])

    static let streamError = Rendering.event(
        #"{"error":{"message":"The model crashed.","type":"server_error","param":null,"code":"mock_crash"}}"#)

    private static let usageChunk = Rendering.event(
        """
        {"id":"chatcmpl-mock0000000000000001","object":"chat.completion.chunk",\(identity),"choices":[],\
        "usage":\(usage)}
        """)

    private static func chunk(delta: String, finish: String = "null") -> ByteBuffer {
        Rendering.event(
            """
            {"id":"chatcmpl-mock0000000000000001","object":"chat.completion.chunk",\(identity),\
            "choices":[{"index":0,"delta":\(delta),"logprobs":null,"finish_reason":\(finish)}]}
            """)
    }

    /// A moderation: a category is found when `guard-` and its name stand in the request.
    static func moderation(of request: String) -> ByteBuffer {
        let names = ["harassment", "hate", "self-harm", "self-harm/intent", "sexual", "violence"]
        let verdicts = names.map { ($0, request.contains("guard-\($0)")) }
        let categories = verdicts.map { "\"\($0)\":\($1)" }.joined(separator: ",")
        let scores = verdicts.map { "\"\($0)\":\($1 ? "0.98" : "0.001")" }.joined(separator: ",")
        return Rendering.response(
            body: """
                {"id":"modr-mock","model":"mock-moderation","results":[{"flagged":\(verdicts.contains { $0.1 }),\
                "categories":{\(categories)},"category_scores":{\(scores)}}]}
                """)
    }

    /// One vector of eight numbers for every text in the request, each decided by its text alone.
    static func embeddings(of texts: [String]) -> ByteBuffer {
        let items = texts.enumerated().map { index, text in
            let numbers = vector(of: text).map { "\($0)" }.joined(separator: ",")
            return "{\"object\":\"embedding\",\"index\":\(index),\"embedding\":[\(numbers)]}"
        }
        return Rendering.response(
            body: """
                {"object":"list","data":[\(items.joined(separator: ","))],"model":"mock-embedding",\
                "usage":{"prompt_tokens":8,"total_tokens":8}}
                """)
    }

    /// Numbers between -1 and 1 from an FNV-1a hash of the text.
    private static func vector(of text: String) -> [Double] {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return (0..<8).map { Double((hash >> (8 * UInt64($0))) & 0xff) / 127.5 - 1 }
    }

    static func error(_ status: Int) -> ByteBuffer {
        let (type, code) =
            switch status {
            case 401: ("invalid_request_error", "\"invalid_api_key\"")
            case 403: ("invalid_request_error", "\"permission_denied\"")
            case 404: ("invalid_request_error", "\"model_not_found\"")
            case 413: ("invalid_request_error", "\"request_too_large\"")
            case 429: ("requests", "\"rate_limit_exceeded\"")
            case 500...: ("server_error", "null")
            default: ("invalid_request_error", "null")
            }
        return Rendering.response(
            Rendering.statusLine(status), fields: status == 429 ? [("retry-after", "1")] : [],
            body: """
                {"error":{"message":"The mock was asked for status \(status).","type":"\(type)","param":null,\
                "code":\(code)}}
                """)
    }
}
