import Models
import NIOCore

/// A whole reply that is plain text and came to its own end, in the client's dialect: one choice, no tool call, no
/// refusal, not cut short. Only to such a reply may anything be added, and only its text is ever rewritten.
struct PlainReply: Sendable {
    /// What the reply says. In Anthropic's dialect the text of its last block.
    let text: String
    /// Whether it ended at its limit of tokens.
    let isCutOff: Bool
    private let dialect: Upstream.Dialect
    private let value: JSONObject

    /// Reads a reply; nil for any other.
    ///
    /// - Parameter cutOff: whether a reply that ended at its limit of tokens counts too.
    init?(_ reply: ByteBuffer, _ dialect: Upstream.Dialect, cutOff: Bool = false) {
        guard case .object(let value)? = try? JSONValue(parsing: reply) else { return nil }
        switch dialect {
        case .openAI:
            guard let choices = value["choices"]?.array, choices.count == 1, let message = choices[0]["message"],
                message["tool_calls"] == nil, message["refusal"] == nil,
                let text = message["content"]?.string
            else { return nil }
            self.text = text
            let end = choices[0]["finish_reason"]
            isCutOff = end == "length"
            guard end == "stop" || (cutOff && isCutOff) else { return nil }
        case .anthropic:
            let end = value["stop_reason"]
            isCutOff = end == "max_tokens"
            guard end == "end_turn" || (cutOff && isCutOff), let blocks = value["content"]?.array,
                !blocks.contains(where: { $0["type"] == "tool_use" }), blocks.last?["type"] == "text",
                let text = blocks.last?["text"]?.string
            else { return nil }
            self.text = text
        }
        self.dialect = dialect
        self.value = value
    }

    /// The reply with another text, and everything else as it was.
    ///
    /// - Parameter comesToItsEnd: whether the other text ended by itself although this one was cut off.
    func saying(_ text: String, comesToItsEnd: Bool = false) -> ByteBuffer {
        var value = value
        let ends = isCutOff && comesToItsEnd
        switch dialect {
        case .openAI:
            value["choices"] = value["choices"]?.changing(at: 0) { choice in
                choice["message"] = choice["message"]?.changing { $0["content"] = .string(text) }
                if ends { choice["finish_reason"] = "stop" }
            }
        case .anthropic:
            if ends { value["stop_reason"] = "end_turn" }
            guard let last = value["content"]?.array?.indices.last else { break }
            value["content"] = value["content"]?.changing(at: last) { $0["text"] = .string(text) }
        }
        return ByteBuffer(bytes: JSONValue.object(value).bytes)
    }
}

/// A whole reply told as a stream, for a client that asked for one when the reply had to be made as a whole first.
enum WholeReply {
    /// About how many bytes of text one event carries.
    private static let piece = 48

    /// The reply with the tokens that making it took in all.
    static func costing(input: Int?, output: Int?, _ reply: ByteBuffer, dialect: Upstream.Dialect) -> ByteBuffer {
        guard input != nil || output != nil, case .object(var value)? = try? JSONValue(parsing: reply) else {
            return reply
        }
        var usage = value["usage"]?.object ?? JSONObject()
        switch dialect {
        case .openAI:
            if let input { usage["prompt_tokens"] = .whole(input) }
            if let output { usage["completion_tokens"] = .whole(output) }
            usage["total_tokens"] = .whole((input ?? 0) + (output ?? 0))
        case .anthropic:
            if let input { usage["input_tokens"] = .whole(input) }
            if let output { usage["output_tokens"] = .whole(output) }
        }
        value["usage"] = .object(usage)
        return ByteBuffer(bytes: JSONValue.object(value).bytes)
    }

    /// The events that tell a reply, its end mark included.
    ///
    /// - Parameter includesUsage: whether an OpenAI client asked for usage at the end of its stream.
    static func events(of reply: ByteBuffer, dialect: Upstream.Dialect, includesUsage: Bool) -> [ByteBuffer] {
        guard case .object(let value)? = try? JSONValue(parsing: reply) else { return [] }
        switch dialect {
        case .openAI: return chunks(value, includesUsage)
        case .anthropic: return messageEvents(value)
        }
    }

    /// An event that only says what is going on. OpenAI's clients take an empty delta for nothing, Anthropic's pass over
    /// a ping.
    static func progress(_ step: String, model: String, id: String, created: Int, dialect: Upstream.Dialect)
        -> ByteBuffer
    {
        var out = ByteBuffer()
        let told: JSONValue = ["progress": .string(step)]
        switch dialect {
        case .openAI:
            StreamEvent.write(
                [
                    "id": .string(id), "object": "chat.completion.chunk", "created": .whole(created),
                    "model": .string(model),
                    "choices": [["index": 0, "delta": [:], "logprobs": nil, "finish_reason": nil]], "trellis": told,
                ], to: &out)
        case .anthropic:
            StreamEvent.write("ping", ["type": "ping", "trellis": told], to: &out)
        }
        return out
    }

    private static func chunks(_ reply: JSONObject, _ includesUsage: Bool) -> [ByteBuffer] {
        var frame = JSONObject([
            .init(key: "id", value: reply["id"] ?? ""), .init(key: "object", value: "chat.completion.chunk"),
            .init(key: "created", value: reply["created"] ?? 0), .init(key: "model", value: reply["model"] ?? ""),
        ])
        if let print = reply["system_fingerprint"] { frame["system_fingerprint"] = print }
        var events: [ByteBuffer] = []
        func chunk(_ choices: JSONValue, usage: JSONValue? = nil) {
            var chunk = frame
            chunk["choices"] = choices
            if includesUsage { chunk["usage"] = usage ?? .null }
            var out = ByteBuffer()
            StreamEvent.write(.object(chunk), to: &out)
            events.append(out)
        }
        for choice in reply["choices"]?.array ?? [] {
            let index = choice["index"] ?? 0
            func delta(_ delta: JSONValue, finish: JSONValue = .null) {
                chunk([["index": index, "delta": delta, "logprobs": nil, "finish_reason": finish]])
            }
            delta(["role": "assistant", "content": ""])
            for key in ["reasoning_content", "refusal", "content"] {
                for words in pieces(choice["message"]?[key]?.string ?? "") {
                    delta(.object(JSONObject([.init(key: key, value: .string(words))])))
                }
            }
            for (place, call) in (choice["message"]?["tool_calls"]?.array ?? []).enumerated() {
                var told = call.object ?? JSONObject()
                told["index"] = .whole(place)
                delta(["tool_calls": [.object(told)]])
            }
            delta([:], finish: choice["finish_reason"] ?? "stop")
        }
        if includesUsage { chunk([], usage: reply["usage"]) }
        events.append(ByteBuffer(string: "data: [DONE]\n\n"))
        return events
    }

    private static func messageEvents(_ reply: JSONObject) -> [ByteBuffer] {
        var events: [ByteBuffer] = []
        func event(_ type: String, _ value: JSONValue) {
            var out = ByteBuffer()
            StreamEvent.write(type, value, to: &out)
            events.append(out)
        }
        var opening = reply
        opening["content"] = []
        opening["stop_reason"] = .null
        opening["stop_sequence"] = .null
        event("message_start", ["type": "message_start", "message": .object(opening)])
        for (index, block) in (reply["content"]?.array ?? []).enumerated() {
            let place = JSONValue.whole(index)
            func delta(_ delta: JSONValue) {
                event("content_block_delta", ["type": "content_block_delta", "index": place, "delta": delta])
            }
            var start = block.object ?? JSONObject()
            let type = block["type"]?.string
            switch type {
            case "text": start["text"] = ""
            case "thinking": start["thinking"] = ""
            case "tool_use": start["input"] = [:]
            default: break
            }
            event(
                "content_block_start",
                ["type": "content_block_start", "index": place, "content_block": .object(start)])
            switch type {
            case "text":
                for words in pieces(block["text"]?.string ?? "") {
                    delta(["type": "text_delta", "text": .string(words)])
                }
            case "thinking":
                for words in pieces(block["thinking"]?.string ?? "") {
                    delta(["type": "thinking_delta", "thinking": .string(words)])
                }
            case "tool_use":
                delta(["type": "input_json_delta", "partial_json": .string((block["input"] ?? [:]).text)])
            default: break
            }
            event("content_block_stop", ["type": "content_block_stop", "index": place])
        }
        event(
            "message_delta",
            [
                "type": "message_delta",
                "delta": [
                    "stop_reason": reply["stop_reason"] ?? "end_turn", "stop_sequence": reply["stop_sequence"] ?? .null,
                ],
                "usage": reply["usage"] ?? [:],
            ])
        event("message_stop", ["type": "message_stop"])
        return events
    }

    /// A text in pieces that end at word ends where they can.
    static func pieces(_ text: String) -> [String] {
        var pieces: [String] = []
        var present = ""
        for character in text {
            present.append(character)
            if present.utf8.count >= piece && (character.isWhitespace || present.utf8.count >= 4 * piece) {
                pieces.append(present)
                present = ""
            }
        }
        if !present.isEmpty { pieces.append(present) }
        return pieces
    }
}

extension JSONValue {
    /// The object with some members changed; anything else as it was.
    fileprivate func changing(_ change: (inout JSONObject) -> Void) -> JSONValue {
        guard case .object(var object) = self else { return self }
        change(&object)
        return .object(object)
    }

    /// The list with the object at `index` changed.
    fileprivate func changing(at index: Int, _ change: (inout JSONObject) -> Void) -> JSONValue {
        guard case .array(var elements) = self, elements.indices.contains(index) else { return self }
        elements[index] = elements[index].changing(change)
        return .array(elements)
    }
}
