import Counsel
import Models
import NIOCore

/// A floor's words in the form of a reply of either dialect: as a whole reply, or as events of a stream.
///
/// A reply that was replaced ends as an ordinary one (`stop`, `end_turn`); one that was held back says so in the
/// dialect's own word (`content_filter`, `refusal`).
enum FloorWording {
    static func finishReason(_ finding: FloorFinding, _ dialect: Upstream.Dialect) -> String {
        let isBlocked = finding.action == .blocked || finding.isUnjudged
        switch dialect {
        case .openAI: return isBlocked ? "content_filter" : "stop"
        case .anthropic: return isBlocked ? "refusal" : "end_turn"
        }
    }

    // MARK: Whole replies

    /// A reply that no model was asked for.
    static func reply(
        _ words: String, finish: String, model: String, id: String, created: Int, _ dialect: Upstream.Dialect
    ) -> JSONValue {
        switch dialect {
        case .openAI:
            return [
                "id": .string("chatcmpl-\(id)"), "object": "chat.completion", "created": .whole(created),
                "model": .string(model),
                "choices": [
                    [
                        "index": 0, "message": ["role": "assistant", "content": .string(words), "refusal": nil],
                        "logprobs": nil, "finish_reason": .string(finish),
                    ]
                ], "usage": Translation.Usage().chat,
            ]
        case .anthropic:
            return [
                "id": .string("msg_\(id)"), "type": "message", "role": "assistant", "model": .string(model),
                "content": [["type": "text", "text": .string(words)]], "stop_reason": .string(finish),
                "stop_sequence": nil, "usage": Translation.Usage().messages,
            ]
        }
    }

    /// A reply in which one choice says other words. Everything around them stays.
    static func replacing(
        _ choice: Int, of reply: JSONValue, by words: String, finish: String, _ dialect: Upstream.Dialect
    ) -> JSONValue {
        guard var object = reply.object else { return reply }
        switch dialect {
        case .openAI:
            object["choices"] = .array(
                (reply["choices"]?.array ?? []).enumerated().map { place, value in
                    guard value["index"]?.whole ?? place == choice, var changed = value.object else { return value }
                    changed["message"] = ["role": "assistant", "content": .string(words), "refusal": nil]
                    changed["logprobs"] = .null
                    changed["finish_reason"] = .string(finish)
                    return .object(changed)
                })
        case .anthropic:
            object["content"] = [["type": "text", "text": .string(words)]]
            object["stop_reason"] = .string(finish)
            object["stop_sequence"] = .null
        }
        return .object(object)
    }

    // MARK: Streams

    /// One piece of a choice in OpenAI's form, in the frame of the chunks around it.
    static func chunk(_ choice: Int, _ delta: JSONValue, finish: String?, frame: JSONObject) -> JSONValue {
        var chunk = frame
        chunk["choices"] = [
            [
                "index": .whole(choice), "delta": delta, "logprobs": nil,
                "finish_reason": finish.map(JSONValue.string) ?? .null,
            ]
        ]
        return .object(chunk)
    }

    /// A whole stream for a reply that no model was asked for.
    static func stream(
        _ words: String, finish: String, model: String, id: String, created: Int, _ dialect: Upstream.Dialect
    ) -> ByteBuffer {
        var out = ByteBuffer()
        switch dialect {
        case .openAI:
            let frame = JSONObject([
                .init(key: "id", value: .string("chatcmpl-\(id)")),
                .init(key: "object", value: "chat.completion.chunk"),
                .init(key: "created", value: .whole(created)), .init(key: "model", value: .string(model)),
            ])
            let opening: JSONValue = ["role": "assistant", "content": .string(words)]
            StreamEvent.write(chunk(0, opening, finish: nil, frame: frame), to: &out)
            StreamEvent.write(chunk(0, [:], finish: finish, frame: frame), to: &out)
            out.writeString("data: [DONE]\n\n")
        case .anthropic:
            StreamEvent.write(
                "message_start",
                [
                    "type": "message_start",
                    "message": [
                        "id": .string("msg_\(id)"), "type": "message", "role": "assistant", "model": .string(model),
                        "content": [], "stop_reason": nil, "stop_sequence": nil,
                        "usage": Translation.Usage().messages,
                    ],
                ], to: &out)
            writeBlock(0, words, to: &out)
            writeEnd(finish, outputTokens: 0, to: &out)
        }
        return out
    }

    /// A text block of its own in Anthropic's form.
    static func writeBlock(_ index: Int, _ words: String, to out: inout ByteBuffer) {
        StreamEvent.write(
            "content_block_start",
            [
                "type": "content_block_start", "index": .whole(index),
                "content_block": ["type": "text", "text": ""],
            ], to: &out)
        writeDelta(index, words, to: &out)
        writeStop(index, to: &out)
    }

    /// More words of an open text block.
    static func writeDelta(_ index: Int, _ words: String, to out: inout ByteBuffer) {
        StreamEvent.write(
            "content_block_delta",
            [
                "type": "content_block_delta", "index": .whole(index),
                "delta": ["type": "text_delta", "text": .string(words)],
            ], to: &out)
    }

    /// The end of a block.
    static func writeStop(_ index: Int, to out: inout ByteBuffer) {
        StreamEvent.write(
            "content_block_stop", ["type": "content_block_stop", "index": .whole(index)], to: &out)
    }

    /// The end of a message.
    static func writeEnd(_ finish: String, outputTokens: Int, to out: inout ByteBuffer) {
        StreamEvent.write(
            "message_delta",
            [
                "type": "message_delta", "delta": ["stop_reason": .string(finish), "stop_sequence": nil],
                "usage": ["output_tokens": .whole(outputTokens)],
            ], to: &out)
        StreamEvent.write("message_stop", ["type": "message_stop"], to: &out)
    }
}
