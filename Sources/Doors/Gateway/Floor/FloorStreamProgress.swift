import NIOCore

/// What an event does to the structure of an Anthropic stream.
enum FloorStreamStep: Sendable, Hashable {
    case other
    case start
    case openBlock(Int, isText: Bool)
    case closeBlock(Int)
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
