import Models
import NIOCore

/// What an event does to the structure of an Anthropic stream.
enum FloorStreamStep: Sendable, Hashable {
    case other
    case start
    case openBlock(Int, isText: Bool)
    case closeBlock(Int)

    /// Cuts bytes that an `EventStreamScanner` let pass into events, each with its blank line.
    static func split(_ buffer: ByteBuffer) -> [ByteBuffer] {
        var events: [ByteBuffer] = []
        let view = buffer.readableBytesView
        var start = view.startIndex
        var index = view.startIndex
        var lineIsEmpty = true
        while index < view.endIndex {
            let byte = view[index]
            index += 1
            guard byte == 0x0A || byte == 0x0D else {
                lineIsEmpty = false
                continue
            }
            if byte == 0x0D, index < view.endIndex, view[index] == 0x0A { index += 1 }
            if lineIsEmpty {
                if let event = buffer.getSlice(at: start, length: index - start) { events.append(event) }
                start = index
            }
            lineIsEmpty = true
        }
        if start < view.endIndex, let rest = buffer.getSlice(at: start, length: view.endIndex - start) {
            events.append(rest)
        }
        return events
    }
}

/// One event of a stream, as far as the floor needs to know it.
struct FloorStreamEvent {
    /// What it brings for one choice.
    struct Part {
        var choice = 0
        var text = ""
        /// Whether text before it and text after it don't belong together.
        var breaksText = false
        /// Whether the choice is over.
        var ends = false
    }

    private(set) var parts: [Part] = []
    /// Whether the whole stream is over.
    private(set) var endsAll = false
    private(set) var step = FloorStreamStep.other
    /// The members around the choices of an OpenAI chunk.
    private(set) var frame: JSONObject?
    private var value: JSONValue?

    init(_ bytes: ByteBuffer, _ dialect: Upstream.Dialect) {
        guard case .data(let data)? = StreamEvent.events(in: bytes).first else { return }
        if data.elementsEqual("[DONE]".utf8) {
            endsAll = true
            return
        }
        // The scanner has checked the JSON already.
        guard let value = try? JSONValue(parsing: ByteBuffer(bytes: data), depthLimit: JSONCursor.deepestLimit) else {
            return
        }
        self.value = value
        switch dialect {
        case .openAI: readChunk(value)
        case .anthropic: readEvent(value)
        }
    }

    private mutating func readChunk(_ value: JSONValue) {
        guard var object = value.object else { return }
        object["choices"] = nil
        object["usage"] = nil
        frame = object
        for (place, choice) in (value["choices"]?.array ?? []).enumerated() {
            let delta = choice["delta"]
            parts.append(
                Part(
                    choice: choice["index"]?.whole ?? place, text: delta?["content"]?.string ?? "",
                    breaksText: delta?["tool_calls"] != nil, ends: choice["finish_reason"]?.string != nil))
        }
    }

    private mutating func readEvent(_ value: JSONValue) {
        let index = value["index"]?.whole ?? 0
        switch value["type"]?.string {
        case "message_start": step = .start
        case "content_block_start":
            let block = value["content_block"]
            let isText = block?["type"] == "text"
            step = .openBlock(index, isText: isText)
            parts = [Part(text: isText ? block?["text"]?.string ?? "" : "", breaksText: !isText)]
        case "content_block_delta":
            let delta = value["delta"]
            if delta?["type"] == "text_delta" { parts = [Part(text: delta?["text"]?.string ?? "")] }
        case "content_block_stop":
            step = .closeBlock(index)
            parts = [Part(breaksText: true)]
        case "message_delta":
            if value["delta"]?["stop_reason"]?.string != nil { parts = [Part(ends: true)] }
        case "message_stop": endsAll = true
        default: break
        }
    }

    /// The event without one of its choices; nil when nothing is left of it.
    func without(_ choice: Int) -> ByteBuffer? {
        guard var object = value?.object, let all = value?["choices"]?.array else { return nil }
        let rest = all.enumerated().filter { $1["index"]?.whole ?? $0 != choice }.map(\.element)
        guard !rest.isEmpty || value?["usage"] != nil else { return nil }
        object["choices"] = .array(rest)
        var out = ByteBuffer()
        StreamEvent.write(.object(object), to: &out)
        return out
    }
}

/// How far the client has seen an Anthropic stream go.
struct FloorStreamProgress {
    private var hasStarted = false
    private var open: (index: Int, isText: Bool)?
    private var next = 0

    mutating func note(_ step: FloorStreamStep) {
        switch step {
        case .other: break
        case .start: hasStarted = true
        case .openBlock(let index, let isText):
            open = (index, isText)
            next = max(next, index + 1)
        case .closeBlock: open = nil
        }
    }

    /// Whether the client has seen such a step, so that a second try must not take it again.
    func repeats(_ step: FloorStreamStep) -> Bool {
        switch step {
        case .start: hasStarted
        case .openBlock(let index, _): open?.index == index
        case .closeBlock, .other: false
        }
    }

    /// The events that end the stream with these words, from wherever it is.
    func ending(_ words: String, finish: String, isShown: Bool) -> ByteBuffer {
        var out = ByteBuffer()
        if let open, open.isText {
            FloorWording.writeDelta(open.index, words, to: &out)
            FloorWording.writeStop(open.index, to: &out)
        } else {
            if let open { FloorWording.writeStop(open.index, to: &out) }
            FloorWording.writeBlock(next, words, to: &out)
        }
        FloorWording.writeEnd(finish, outputTokens: 1, to: &out)
        return out
    }
}
