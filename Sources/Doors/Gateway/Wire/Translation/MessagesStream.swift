import Models
import NIOCore

extension Translation {
    /// Turns OpenAI chunks into an Anthropic stream, for an Anthropic client.
    ///
    /// Anthropic's blocks come one after the other, while OpenAI's tool calls may be told side by side. The first call
    /// is passed on as it comes; what arrives of the others meanwhile is kept and follows it.
    struct MessagesStream: Sendable {
        private struct Call: Sendable {
            let index: Int
            var id: String?
            var name: String?
            /// Arguments that were not passed on yet.
            var kept = ""
        }

        /// The most that is kept of calls that wait their turn.
        private static let keptLimit = 1 << 20
        /// The most calls that may wait.
        private static let callLimit = 1_024

        private var hasStarted = false
        private var isDone = false
        private var nextBlock = 0
        /// Whether a text block is open.
        private var isInText = false
        /// Calls that are not told to their end: the first is open if `callIsOpen`.
        private var calls: [Call] = []
        private var callIsOpen = false
        private var hadCalls = false
        private var usage = Usage()
        private var finishReason: String?

        init() {}

        /// Translates whole events.
        ///
        /// - Throws: a refusal with status 502 when a piece is not in the form that OpenAI's API promises.
        mutating func take(_ events: ByteBuffer) throws(GatewayRefusal) -> ByteBuffer {
            var out = ByteBuffer()
            for event in StreamEvent.events(in: events) {
                switch event {
                case .comment:
                    if hasStarted { StreamEvent.write("ping", ["type": "ping"], to: &out) }
                case .data(let data) where data.elementsEqual("[DONE]".utf8):
                    end(&out)
                case .data(let data):
                    try take(try Translation.reply(ByteBuffer(bytes: data)), &out)
                }
            }
            return out
        }

        /// What is left to say when the upstream has ended in good order without `[DONE]`.
        mutating func finish() -> ByteBuffer {
            var out = ByteBuffer()
            end(&out)
            return out
        }

        private mutating func take(_ chunk: JSONValue, _ out: inout ByteBuffer) throws(GatewayRefusal) {
            guard !isDone else { return }
            if let error = chunk["error"] {
                let told = error["message"]?.string ?? error.string ?? "The upstream broke off its reply."
                let refusal = GatewayRefusal(status: 502, kind: .upstreamFault, message: told)
                out.writeBytes(ErrorShape.streamEvent(refusal, dialect: .anthropic))
                isDone = true
                return
            }
            start(chunk, &out)
            usage.read(chat: chunk["usage"])
            guard let choice = chunk["choices"]?.array?.first else { return }
            let delta = choice["delta"]
            for text in [delta?["content"]?.string, delta?["refusal"]?.string] {
                if let text, !text.isEmpty { write(text: text, &out) }
            }
            for call in delta?["tool_calls"]?.array ?? [] { try take(call: call, &out) }
            if let reason = choice["finish_reason"]?.string { finishReason = reason }
        }

        private mutating func start(_ chunk: JSONValue, _ out: inout ByteBuffer) {
            guard !hasStarted else { return }
            hasStarted = true
            StreamEvent.write(
                "message_start",
                [
                    "type": "message_start",
                    "message": [
                        "id": chunk["id"] ?? "", "type": "message", "role": "assistant", "model": chunk["model"] ?? "",
                        "content": [], "stop_reason": nil, "stop_sequence": nil, "usage": Usage().messages,
                    ],
                ], to: &out)
        }

        private mutating func write(text: String, _ out: inout ByteBuffer) {
            closeCalls(&out)
            if !isInText {
                open(["type": "text", "text": ""], &out)
                isInText = true
            }
            writeDelta(["type": "text_delta", "text": .string(text)], &out)
        }

        private mutating func take(call piece: JSONValue, _ out: inout ByteBuffer) throws(GatewayRefusal) {
            let index = piece["index"]?.whole ?? calls.last?.index ?? 0
            let place: Int
            if let known = calls.firstIndex(where: { $0.index == index }) {
                place = known
            } else {
                guard calls.count < Self.callLimit else { throw Translation.malformedReply }
                closeText(&out)
                calls.append(Call(index: index))
                place = calls.count - 1
            }
            if let id = piece["id"]?.string, !id.isEmpty { calls[place].id = id }
            if let name = piece["function"]?["name"]?.string, !name.isEmpty { calls[place].name = name }
            if let arguments = piece["function"]?["arguments"]?.string { calls[place].kept += arguments }
            guard calls.reduce(0, { $0 + $1.kept.utf8.count }) <= Self.keptLimit else {
                throw Translation.malformedReply
            }
            if place == 0 { tellFirstCall(&out) }
        }

        /// Passes on what is known of the first call, once its name is.
        private mutating func tellFirstCall(_ out: inout ByteBuffer) {
            guard let call = calls.first, callIsOpen || call.name != nil else { return }
            if !callIsOpen {
                open(
                    [
                        "type": "tool_use", "id": .string(call.id ?? "call_\(call.index)"),
                        "name": .string(call.name ?? ""), "input": [:],
                    ], &out)
                callIsOpen = true
                hadCalls = true
            }
            if !call.kept.isEmpty {
                writeDelta(["type": "input_json_delta", "partial_json": .string(call.kept)], &out)
                calls[0].kept = ""
            }
        }

        private mutating func closeCalls(_ out: inout ByteBuffer) {
            while !calls.isEmpty {
                tellFirstCall(&out)
                if callIsOpen { close(&out) }
                callIsOpen = false
                calls.removeFirst()
            }
        }

        private mutating func closeText(_ out: inout ByteBuffer) {
            if isInText { close(&out) }
            isInText = false
        }

        private mutating func end(_ out: inout ByteBuffer) {
            guard !isDone else { return }
            start([:], &out)
            isDone = true
            closeText(&out)
            closeCalls(&out)
            let reason =
                hadCalls && finishReason == "stop" ? "tool_use" : Translation.stopReason(fromFinish: finishReason)
            StreamEvent.write(
                "message_delta",
                [
                    "type": "message_delta", "delta": ["stop_reason": .string(reason), "stop_sequence": nil],
                    "usage": usage.messages,
                ], to: &out)
            StreamEvent.write("message_stop", ["type": "message_stop"], to: &out)
        }

        // MARK: Blocks

        private func open(_ block: JSONValue, _ out: inout ByteBuffer) {
            StreamEvent.write(
                "content_block_start",
                ["type": "content_block_start", "index": .whole(nextBlock), "content_block": block], to: &out)
        }

        private func writeDelta(_ delta: JSONValue, _ out: inout ByteBuffer) {
            StreamEvent.write(
                "content_block_delta",
                ["type": "content_block_delta", "index": .whole(nextBlock), "delta": delta], to: &out)
        }

        private mutating func close(_ out: inout ByteBuffer) {
            StreamEvent.write(
                "content_block_stop", ["type": "content_block_stop", "index": .whole(nextBlock)], to: &out)
            nextBlock += 1
        }
    }
}
