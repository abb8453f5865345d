import Models
import NIOCore

extension Translation {
    /// Turns an Anthropic stream into OpenAI chunks, for an OpenAI client.
    struct ChatStream: Sendable {
        private let created: Int
        private let includesUsage: Bool
        private var id: JSONValue = ""
        private var model: JSONValue = ""
        private var usage = Usage()
        /// Blocks that are tool calls: their place among the calls, and whether any argument came.
        private var calls: [Int: (place: Int, hasArguments: Bool)] = [:]
        private var isDone = false

        /// - Parameters:
        ///   - created: seconds since 1970, the same in every chunk.
        ///   - includesUsage: whether the client asked for `stream_options.include_usage`.
        init(created: Int, includesUsage: Bool) {
            self.created = created
            self.includesUsage = includesUsage
        }

        /// Translates whole events. An event that OpenAI's form has no words for gives nothing.
        mutating func take(_ events: ByteBuffer) throws(GatewayRefusal) -> ByteBuffer {
            var out = ByteBuffer()
            for event in StreamEvent.events(in: events) {
                guard case .data(let data) = event else {
                    out.writeString(": ping\n\n")
                    continue
                }
                try take(data, &out)
            }
            return out
        }

        /// What is left to say when the upstream has ended in good order. Nothing after `message_stop`.
        mutating func finish() -> ByteBuffer {
            var out = ByteBuffer()
            end(&out)
            return out
        }

        private mutating func take(_ data: [UInt8], _ out: inout ByteBuffer) throws(GatewayRefusal) {
            let value = try Translation.reply(ByteBuffer(bytes: data))
            let index = value["index"]?.whole ?? 0
            switch value["type"]?.string {
            case "message_start":
                id = value["message"]?["id"] ?? ""
                model = value["message"]?["model"] ?? ""
                usage.read(messages: value["message"]?["usage"])
                write(["role": "assistant", "content": ""], to: &out)
            case "content_block_start":
                let block = value["content_block"]
                if block?["type"] == "tool_use" {
                    let place = calls.count
                    // Some servers send the whole input at once, and no deltas.
                    let input = block?["input"].flatMap { $0.object?.members.isEmpty == false ? $0.text : nil }
                    calls[index] = (place, input != nil)
                    write(
                        [
                            "tool_calls": [
                                [
                                    "index": .whole(place), "id": block?["id"] ?? "", "type": "function",
                                    "function": ["name": block?["name"] ?? "", "arguments": .string(input ?? "")],
                                ]
                            ]
                        ], to: &out)
                } else if let text = block?["text"]?.string, !text.isEmpty {
                    write(["content": .string(text)], to: &out)
                }
            case "content_block_delta":
                let delta = value["delta"]
                if delta?["type"] == "text_delta", let text = delta?["text"] {
                    write(["content": text], to: &out)
                } else if delta?["type"] == "input_json_delta", let piece = delta?["partial_json"]?.string,
                    !piece.isEmpty
                {
                    writeArguments(piece, block: index, to: &out)
                }
            case "content_block_stop":
                // A call without arguments must still read as JSON.
                if let call = calls[index], !call.hasArguments { writeArguments("{}", block: index, to: &out) }
            case "message_delta":
                usage.read(messages: value["usage"])
                if let reason = value["delta"]?["stop_reason"]?.string {
                    write([:], finish: Translation.finishReason(fromStop: reason), to: &out)
                }
            case "message_stop":
                end(&out)
            case "error":
                let told = value["error"]?["message"]?.string ?? "The upstream broke off its reply."
                let kind: GatewayRefusal.Kind =
                    value["error"]?["type"] == "overloaded_error" ? .overloaded : .upstreamFault
                let refusal = GatewayRefusal(status: 502, kind: kind, message: told)
                out.writeBytes(ErrorShape.streamEvent(refusal, dialect: .openAI))
                isDone = true
            case "ping":
                out.writeString(": ping\n\n")
            default:
                break
            }
        }

        private mutating func end(_ out: inout ByteBuffer) {
            guard !isDone else { return }
            isDone = true
            if includesUsage {
                var chunk = frame
                chunk["choices"] = []
                chunk["usage"] = usage.chat
                StreamEvent.write(.object(chunk), to: &out)
            }
            out.writeString("data: [DONE]\n\n")
        }

        private var frame: JSONObject {
            JSONObject([
                .init(key: "id", value: id), .init(key: "object", value: "chat.completion.chunk"),
                .init(key: "created", value: .whole(created)), .init(key: "model", value: model),
            ])
        }

        private func write(_ delta: JSONValue, finish: String? = nil, to out: inout ByteBuffer) {
            var chunk = frame
            chunk["choices"] = [
                [
                    "index": 0, "delta": delta, "logprobs": nil,
                    "finish_reason": finish.map(JSONValue.string) ?? .null,
                ]
            ]
            if includesUsage { chunk["usage"] = .null }
            StreamEvent.write(.object(chunk), to: &out)
        }

        private mutating func writeArguments(_ piece: String, block: Int, to out: inout ByteBuffer) {
            guard let call = calls[block] else { return }
            calls[block] = (call.place, true)
            write(
                ["tool_calls": [["index": .whole(call.place), "function": ["arguments": .string(piece)]]]], to: &out)
        }
    }
}
