import Models
import NIOCore

/// Puts one sentence of the charter's own at the end of a streamed reply that is plain text, in the client's dialect.
///
/// Whether it may be put is known only when the reply is over, and then it takes a moment to find out. So a stream goes
/// on as it comes, and its last events are held until ``ending(asking:)`` is called.
struct ReplyQuestion: Sendable {
    private let dialect: Upstream.Dialect
    /// What the reply said, as far as ``textLimit``.
    private(set) var text = ""
    /// Whether the reply has come to a good end as plain text. Only then may something be added.
    private(set) var mayFollow = false
    /// Whether the reply turned out to be something else than plain text.
    private var isOther = false
    private var held: [ByteBuffer] = []
    private var isEnding = false
    /// The last chunk with choices, from which one more is made.
    private var frame: JSONObject?
    /// The text block that was closed last.
    private var block: JSONValue?
    private var openBlock: JSONValue?

    private static let textLimit = 1 << 20

    init(_ dialect: Upstream.Dialect) {
        self.dialect = dialect
    }

    // MARK: Streams

    /// Takes whole events and gives those that can go on. From the first that tells of the end, all are held.
    mutating func take(_ events: ByteBuffer) -> ByteBuffer {
        guard !isOther else { return events }
        var out = ByteBuffer()
        for event in Self.split(events) {
            if isEnding {
                held.append(event)
                continue
            }
            if isOther {
                out.writeImmutableBuffer(event)
                continue
            }
            switch dialect {
            case .openAI: takeChunk(event, &out)
            case .anthropic: takeEvent(event, &out)
            }
        }
        return out
    }

    /// The events that were held, with `words` before them if there are any.
    mutating func ending(asking words: String?) -> ByteBuffer {
        var out = ByteBuffer()
        if let words, mayFollow { write(words, &out) }
        release(&out)
        return out
    }

    private mutating func release(_ out: inout ByteBuffer) {
        for event in held { out.writeImmutableBuffer(event) }
        held = []
    }

    private mutating func giveUp(_ event: ByteBuffer, _ out: inout ByteBuffer) {
        isOther = true
        release(&out)
        out.writeImmutableBuffer(event)
    }

    private mutating func add(_ words: String?) {
        if let words, text.utf8.count < Self.textLimit { text += words }
    }

    private mutating func takeChunk(_ event: ByteBuffer, _ out: inout ByteBuffer) {
        guard case .data(let data)? = StreamEvent.events(in: event).first,
            case .object(let chunk)? = try? JSONValue(parsing: ByteBuffer(bytes: data))
        else {
            // A comment, or the end mark of a stream that gave no reason to end.
            out.writeImmutableBuffer(event)
            return
        }
        guard let choice = chunk["choices"]?.array?.first, case .object(var open) = choice else {
            out.writeImmutableBuffer(event)
            return
        }
        let delta = choice["delta"]
        guard delta?["tool_calls"] == nil, delta?["refusal"] == nil, chunk["error"] == nil else {
            return giveUp(event, &out)
        }
        add(delta?["content"]?.string)
        var frame = chunk
        frame["usage"] = chunk["usage"] == nil ? nil : .null
        frame["timings"] = nil
        self.frame = frame
        guard let reason = choice["finish_reason"]?.string else {
            out.writeImmutableBuffer(event)
            return
        }
        guard reason == "stop" else { return giveUp(event, &out) }
        isEnding = true
        mayFollow = true
        guard let last = delta?["content"]?.string, !last.isEmpty else {
            held = [event]
            return
        }
        // The last words came with the reason to end: they are told apart, so that ours can stand between.
        open["finish_reason"] = .null
        frame["choices"] = [.object(open)]
        StreamEvent.write(.object(frame), to: &out)
        var end = chunk
        open["finish_reason"] = .string(reason)
        open["delta"] = [:]
        end["choices"] = [.object(open)]
        var closing = ByteBuffer()
        StreamEvent.write(.object(end), to: &closing)
        held = [closing]
    }

    private mutating func takeEvent(_ event: ByteBuffer, _ out: inout ByteBuffer) {
        guard case .data(let data)? = StreamEvent.events(in: event).first,
            let value = try? JSONValue(parsing: ByteBuffer(bytes: data))
        else {
            if held.isEmpty { out.writeImmutableBuffer(event) } else { held.append(event) }
            return
        }
        switch value["type"]?.string {
        case "content_block_start":
            release(&out)
            block = nil
            openBlock = value["content_block"]?["type"] == "text" ? value["index"] : nil
            if value["content_block"]?["type"] == "tool_use" { return giveUp(event, &out) }
            add(value["content_block"]?["text"]?.string)
        case "content_block_delta":
            if value["delta"]?["type"] == "text_delta" { add(value["delta"]?["text"]?.string) }
        case "content_block_stop" where openBlock != nil && value["index"] == openBlock:
            block = openBlock
            openBlock = nil
            held.append(event)
            return
        case "message_delta":
            guard value["delta"]?["stop_reason"] == "end_turn", block != nil else { return giveUp(event, &out) }
            isEnding = true
            mayFollow = true
            held.append(event)
            return
        case "message_stop", "error":
            return giveUp(event, &out)
        default: break
        }
        if held.isEmpty { out.writeImmutableBuffer(event) } else { held.append(event) }
    }

    private func write(_ words: String, _ out: inout ByteBuffer) {
        switch dialect {
        case .openAI:
            guard var chunk = frame else { return }
            chunk["choices"] = [
                ["index": 0, "delta": ["content": .string(words)], "logprobs": nil, "finish_reason": nil]
            ]
            StreamEvent.write(.object(chunk), to: &out)
        case .anthropic:
            guard let block else { return }
            StreamEvent.write(
                "content_block_delta",
                [
                    "type": "content_block_delta", "index": block,
                    "delta": ["type": "text_delta", "text": .string(words)],
                ], to: &out)
        }
    }

    /// The events of a buffer that holds whole ones, each with the blank line that ends it.
    static func split(_ events: ByteBuffer) -> [ByteBuffer] {
        var pieces: [ByteBuffer] = []
        let view = events.readableBytesView
        var start = view.startIndex
        var lineIsEmpty = true
        var index = view.startIndex
        while index < view.endIndex {
            let byte = view[index]
            index += 1
            guard byte == 0x0A || byte == 0x0D else {
                lineIsEmpty = false
                continue
            }
            if byte == 0x0D, index < view.endIndex, view[index] == 0x0A { index += 1 }
            if lineIsEmpty, let piece = events.getSlice(at: start, length: index - start) {
                pieces.append(piece)
                start = index
            }
            lineIsEmpty = true
        }
        if start < view.endIndex, let rest = events.getSlice(at: start, length: view.endIndex - start) {
            pieces.append(rest)
        }
        return pieces
    }
}
