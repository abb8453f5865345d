import Models
import NIOCore

/// Reads one event of a stream, as far as the floor needs to know it: what it says for which choice, and what it does
/// to the structure of the reply.
///
///     var reading = FloorStreamReading()
///     reading.read(cut, .openAI)
///     for part in reading.parts { watch(reading.text[part.text]) }
///
/// It walks the event's JSON once and keeps nothing but the text, in room that it uses again for the next event: no tree
/// is built. Where two readers of the same JSON could disagree, because a key that matters stands there twice, it says
/// that it can't be read: what the floor can't see must not pass.
struct FloorStreamReading {
    /// What an event brings for one choice.
    struct Part: Hashable {
        var choice = 0
        /// Which of its texts.
        var field = FloorField.content
        /// Where its words lie in ``FloorStreamReading/text``.
        var text = 0..<0
        /// Whether text before it and text after it don't belong together.
        var breaksText = false
        /// Whether the choice is over.
        var ends = false
    }

    private(set) var parts: [Part] = []
    /// The words of all parts, as UTF-8.
    private(set) var text: [UInt8] = []
    /// Whether the whole stream is over.
    private(set) var endsAll = false
    private(set) var step = FloorStreamStep.other
    /// Whether it is a chunk in OpenAI's form, whose other members a chunk of our own would repeat.
    private(set) var isChunk = false
    /// Whether it can be read in one way only.
    private(set) var isReadable = true

    /// Reads an event that an `EventStreamScanner` has let pass.
    mutating func read(_ event: FloorStreamCuts.Cut, _ dialect: Upstream.Dialect) {
        parts.removeAll(keepingCapacity: true)
        text.removeAll(keepingCapacity: true)
        endsAll = false
        step = .other
        isChunk = false
        isReadable = true
        _ = event.withData { read(data: $0, dialect) }
    }

    private mutating func read(data: UnsafeRawBufferPointer, _ dialect: Upstream.Dialect) {
        guard !data.isEmpty else { return }
        if data.elementsEqual("[DONE]".utf8) {
            endsAll = true
            return
        }
        do throws(Stumble) {
            var cursor = try JSONCursor(data, depthLimit: JSONCursor.deepestLimit, refusesDuplicates: false)
            try cursor.begin()
            guard cursor.head == 0x7B else {
                try cursor.skipValue()
                return
            }
            switch dialect {
            case .openAI: try readChunk(&cursor)
            case .anthropic: try readEvent(&cursor)
            }
        } catch {
            isReadable = false
        }
    }

    // MARK: OpenAI's form

    private mutating func readChunk(_ cursor: inout JSONCursor) throws(Stumble) {
        isChunk = true
        var keys = KeysOnce()
        var walk = try cursor.enterObject()
        while let key = try cursor.nextKey(&walk) {
            if cursor.text(key, is: "choices") {
                isReadable = keys.take(.choices) && isReadable
                try readChoices(&cursor)
            } else {
                try cursor.skipValue()
            }
        }
    }

    private mutating func readChoices(_ cursor: inout JSONCursor) throws(Stumble) {
        guard cursor.head == 0x5B else { return try cursor.skipValue() }
        try cursor.enterArray()
        var isFirst = true
        var place = 0
        while try cursor.nextElement(&isFirst) {
            var part = Part(choice: place, text: text.count..<text.count)
            place += 1
            let first = parts.count
            if cursor.head == 0x7B { try readChoice(&part, &cursor) } else { try cursor.skipValue() }
            // What stands beside the reply comes before it, as clients show it.
            for aside in first..<parts.count { parts[aside].choice = part.choice }
            parts.append(part)
        }
    }

    private mutating func readChoice(_ part: inout Part, _ cursor: inout JSONCursor) throws(Stumble) {
        var keys = KeysOnce()
        var walk = try cursor.enterObject()
        while let key = try cursor.nextKey(&walk) {
            if cursor.text(key, is: "delta") {
                isReadable = keys.take(.delta) && isReadable
                if cursor.head == 0x7B { try readDelta(&part, &cursor) } else { try cursor.skipValue() }
            } else if cursor.text(key, is: "index") {
                isReadable = keys.take(.index) && isReadable
                if let index = try cursor.wholeNumberOrSkip() { part.choice = index }
            } else if cursor.text(key, is: "finish_reason") {
                part.ends = cursor.head == 0x22
                try cursor.skipValue()
            } else {
                try cursor.skipValue()
            }
        }
    }

    private mutating func readDelta(_ part: inout Part, _ cursor: inout JSONCursor) throws(Stumble) {
        var keys = KeysOnce()
        var walk = try cursor.enterObject()
        while let key = try cursor.nextKey(&walk) {
            if cursor.text(key, is: "content") {
                isReadable = keys.take(.content) && isReadable
                let start = text.count
                if cursor.head == 0x5B {
                    try readList(&part, &cursor)
                } else {
                    try cursor.appendText(to: &text)
                    part.text = start..<text.count
                }
            } else if cursor.text(key, is: "tool_calls") {
                part.breaksText = cursor.head != 0x6E
                try cursor.skipValue()
            } else if let field = FloorField(key, cursor) {
                isReadable = keys.take(beside: field) && isReadable
                let start = text.count
                try cursor.appendText(to: &text)
                if text.count > start { parts.append(Part(field: field, text: start..<text.count)) }
            } else {
                try cursor.skipValue()
            }
        }
    }

    /// A `content` that is a list of parts, some of which may be thoughts.
    private mutating func readList(_ part: inout Part, _ cursor: inout JSONCursor) throws(Stumble) {
        let start = text.count
        let aside = try cursor.appendList(to: &text)
        part.text = start..<text.count
        guard !aside.isEmpty else { return }
        text.append(contentsOf: aside)
        parts.append(Part(field: .reasoning, text: part.text.upperBound..<text.count))
    }

    // MARK: Anthropic's form

    private enum Kind {
        case other, messageStart, messageDelta, messageStop, blockStart, blockDelta, blockStop

        init(_ name: JSONText, _ cursor: borrowing JSONCursor) {
            self =
                if cursor.text(name, is: "content_block_delta") {
                    .blockDelta
                } else if cursor.text(name, is: "content_block_start") {
                    .blockStart
                } else if cursor.text(name, is: "content_block_stop") {
                    .blockStop
                } else if cursor.text(name, is: "message_start") {
                    .messageStart
                } else if cursor.text(name, is: "message_delta") {
                    .messageDelta
                } else if cursor.text(name, is: "message_stop") {
                    .messageStop
                } else { .other }
        }
    }

    /// A block, or a piece of one: of which type, and what it says.
    private struct Block {
        var type: JSONText?
        var text: JSONText?
        var thinking: JSONText?
        var stops = false
    }

    private mutating func readEvent(_ cursor: inout JSONCursor) throws(Stumble) {
        var kind = Kind.other
        var index = 0
        var delta = Block()
        var block = Block()
        var keys = KeysOnce()
        var walk = try cursor.enterObject()
        while let key = try cursor.nextKey(&walk) {
            if cursor.text(key, is: "type") {
                isReadable = keys.take(.type) && isReadable
                if cursor.head == 0x22 { kind = Kind(try cursor.string(), cursor) } else { try cursor.skipValue() }
            } else if cursor.text(key, is: "index") {
                isReadable = keys.take(.index) && isReadable
                index = try cursor.wholeNumberOrSkip() ?? 0
            } else if cursor.text(key, is: "delta") {
                isReadable = keys.take(.delta) && isReadable
                delta = try readBlock(&cursor)
            } else if cursor.text(key, is: "content_block") {
                isReadable = keys.take(.content) && isReadable
                block = try readBlock(&cursor)
            } else {
                try cursor.skipValue()
            }
        }
        switch kind {
        case .other: break
        case .messageStart: step = .start
        case .messageStop: endsAll = true
        case .messageDelta: if delta.stops { parts.append(Part(ends: true)) }
        case .blockStop:
            step = .closeBlock(index)
            parts.append(Part(breaksText: true))
        case .blockStart:
            let isText = block.type.map { cursor.text($0, is: "text") } ?? false
            step = .openBlock(index, isText: isText)
            if isText, let said = block.text { cursor.append(said, to: &text) }
            parts.append(Part(text: 0..<text.count, breaksText: !isText))
            if let type = block.type, cursor.text(type, is: "thinking") { addThinking(block, cursor) }
        case .blockDelta:
            guard let type = delta.type else { break }
            if cursor.text(type, is: "text_delta") {
                if let said = delta.text { cursor.append(said, to: &text) }
                parts.append(Part(text: 0..<text.count))
            } else if cursor.text(type, is: "thinking_delta") {
                addThinking(delta, cursor)
            }
        }
    }

    private mutating func addThinking(_ block: Block, _ cursor: borrowing JSONCursor) {
        guard let said = block.thinking else { return }
        let start = text.count
        cursor.append(said, to: &text)
        if text.count > start { parts.append(Part(field: .reasoning, text: start..<text.count)) }
    }

    private mutating func readBlock(_ cursor: inout JSONCursor) throws(Stumble) -> Block {
        var block = Block()
        guard cursor.head == 0x7B else {
            try cursor.skipValue()
            return block
        }
        var keys = KeysOnce()
        var walk = try cursor.enterObject()
        while let key = try cursor.nextKey(&walk) {
            if cursor.text(key, is: "type") {
                isReadable = keys.take(.type) && isReadable
                if cursor.head == 0x22 { block.type = try cursor.string() } else { try cursor.skipValue() }
            } else if cursor.text(key, is: "text") {
                isReadable = keys.take(.content) && isReadable
                if cursor.head == 0x22 { block.text = try cursor.string() } else { try cursor.skipValue() }
            } else if cursor.text(key, is: "thinking") {
                isReadable = keys.take(.reasoning) && isReadable
                if cursor.head == 0x22 { block.thinking = try cursor.string() } else { try cursor.skipValue() }
            } else if cursor.text(key, is: "stop_reason") {
                block.stops = cursor.head == 0x22
                try cursor.skipValue()
            } else {
                try cursor.skipValue()
            }
        }
        return block
    }

    // MARK: Keys

    /// Keys that matter and must not stand twice in one object. (Whatever else stands twice changes nothing here.)
    private struct KeysOnce {
        enum Key: UInt16 { case choices = 1, delta = 2, index = 4, content = 8, type = 16, reasoning = 32 }

        private var seen: UInt16 = 0

        /// - Returns: whether it is the first of its kind.
        mutating func take(_ key: Key) -> Bool {
            defer { seen |= key.rawValue }
            return seen & key.rawValue == 0
        }

        /// The same for a text beside the reply.
        mutating func take(beside field: FloorField) -> Bool {
            let bit: UInt16 = 256 << UInt16(field.rawValue)
            defer { seen |= bit }
            return seen & bit == 0
        }
    }
}
