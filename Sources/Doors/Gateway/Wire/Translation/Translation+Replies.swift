import NIOCore

extension Translation {
    /// An Anthropic reply as an OpenAI chat completion.
    ///
    /// - Parameter created: seconds since 1970, which OpenAI's form asks for and Anthropic's does not tell.
    /// - Throws: a refusal with status 502 when the reply is no message.
    static func chatReply(fromMessages body: ByteBuffer, created: Int) throws(GatewayRefusal) -> ByteBuffer {
        let reply = try reply(body)
        guard let blocks = reply["content"]?.array else { throw malformedReply }
        var text: [String] = []
        var calls: [JSONValue] = []
        for block in blocks {
            switch block["type"]?.string {
            case "text": text.append(block["text"]?.string ?? "")
            case "tool_use":
                calls.append([
                    "id": block["id"] ?? "", "type": "function",
                    "function": ["name": block["name"] ?? "", "arguments": .string((block["input"] ?? [:]).text)],
                ])
            default: break  // Thinking has no place in a chat completion.
            }
        }
        var message = JSONObject([
            .init(key: "role", value: "assistant"),
            .init(key: "content", value: text.isEmpty ? .null : .string(text.joined())),
            .init(key: "refusal", value: .null),
        ])
        if !calls.isEmpty { message["tool_calls"] = .array(calls) }
        var usage = Usage()
        usage.read(messages: reply["usage"])
        let made: JSONValue = [
            "id": reply["id"] ?? "", "object": "chat.completion", "created": .whole(created),
            "model": reply["model"] ?? "",
            "choices": [
                [
                    "index": 0, "message": .object(message), "logprobs": nil,
                    "finish_reason": .string(finishReason(fromStop: reply["stop_reason"]?.string)),
                ]
            ],
            "usage": usage.chat,
        ]
        return ByteBuffer(bytes: made.bytes)
    }

    /// An OpenAI chat completion as an Anthropic reply. Of several choices the first is taken.
    ///
    /// - Throws: a refusal with status 502 when the reply is no chat completion.
    static func messagesReply(fromChat body: ByteBuffer) throws(GatewayRefusal) -> ByteBuffer {
        let reply = try reply(body)
        guard let choice = reply["choices"]?.array?.first, let message = choice["message"] else { throw malformedReply }
        var content: [JSONValue] = []
        for text in [message["content"]?.string, message["refusal"]?.string] {
            if let text, !text.isEmpty { content.append(["type": "text", "text": .string(text)]) }
        }
        let calls = message["tool_calls"]?.array ?? []
        for (index, call) in calls.enumerated() {
            content.append([
                "type": "tool_use", "id": call["id"] ?? .string("call_\(index)"),
                "name": call["function"]?["name"] ?? "",
                "input": toolInput(call["function"]?["arguments"]?.string ?? ""),
            ])
        }
        var usage = Usage()
        usage.read(chat: reply["usage"])
        // Some servers say "stop" even after a tool call; Anthropic's clients go by the reason.
        let finish = choice["finish_reason"]?.string
        let reason = !calls.isEmpty && finish == "stop" ? "tool_use" : stopReason(fromFinish: finish)
        let made: JSONValue = [
            "id": reply["id"] ?? "", "type": "message", "role": "assistant", "model": reply["model"] ?? "",
            "content": .array(content), "stop_reason": .string(reason), "stop_sequence": nil,
            "usage": usage.messages,
        ]
        return ByteBuffer(bytes: made.bytes)
    }
}
