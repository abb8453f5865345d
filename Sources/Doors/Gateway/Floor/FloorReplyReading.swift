import Models
import NIOCore

/// What a whole reply says to the person, choice by choice, read without building a tree of it.
struct FloorReplyReading {
    /// One text of a choice: the reply itself, or what stands beside it.
    struct Text: Sendable, Hashable {
        let field: FloorField
        let words: String
    }

    /// One choice, and what it says.
    struct Choice: Sendable, Hashable {
        var index: Int
        var texts: [Text] = []

        /// The reply itself.
        var content: String { texts.first { $0.field == .content }?.words ?? "" }
    }

    /// The choices that say anything, in the order in which they stand.
    private(set) var choices: [Choice] = []
    /// Whether it can be read in one way only: no key that matters stands twice in one object.
    private(set) var isReadable = true

    init(_ reply: ByteBuffer, _ dialect: Upstream.Dialect) {
        reply.withUnsafeReadableBytes { bytes in
            do throws(Stumble) {
                var cursor = try JSONCursor(bytes, depthLimit: JSONCursor.deepestLimit, refusesDuplicates: false)
                try cursor.begin()
                guard cursor.head == 0x7B else { return }
                switch dialect {
                case .openAI: try readCompletion(&cursor)
                case .anthropic:
                    var choice = Choice(index: 0)
                    try readMessage(&choice, &cursor)
                    add(choice)
                }
            } catch {
                isReadable = false
            }
        }
    }

    private mutating func add(_ choice: Choice) {
        if !choice.texts.isEmpty { choices.append(choice) }
    }

    private mutating func readCompletion(_ cursor: inout JSONCursor) throws(Stumble) {
        var walk = try cursor.enterObject()
        var seen = 0
        while let key = try cursor.nextKey(&walk) {
            guard cursor.text(key, is: "choices") else {
                try cursor.skipValue()
                continue
            }
            seen += 1
            guard cursor.head == 0x5B else {
                try cursor.skipValue()
                continue
            }
            try cursor.enterArray()
            var isFirst = true
            var place = 0
            while try cursor.nextElement(&isFirst) {
                if cursor.head == 0x7B { try readChoice(place, &cursor) } else { try cursor.skipValue() }
                place += 1
            }
        }
        if seen > 1 { isReadable = false }
    }

    private mutating func readChoice(_ place: Int, _ cursor: inout JSONCursor) throws(Stumble) {
        var choice = Choice(index: place)
        var (messages, indices) = (0, 0)
        var walk = try cursor.enterObject()
        while let key = try cursor.nextKey(&walk) {
            if cursor.text(key, is: "message") {
                messages += 1
                if cursor.head == 0x7B { try readMessage(&choice, &cursor) } else { try cursor.skipValue() }
            } else if cursor.text(key, is: "index") {
                indices += 1
                if let number = try cursor.wholeNumberOrSkip() { choice.index = number }
            } else {
                try cursor.skipValue()
            }
        }
        if messages > 1 || indices > 1 { isReadable = false }
        add(choice)
    }

    /// The texts of the object that starts here.
    private mutating func readMessage(_ choice: inout Choice, _ cursor: inout JSONCursor) throws(Stumble) {
        var seen: Set<FloorField> = []
        func add(_ words: [UInt8], _ field: FloorField) {
            if !words.isEmpty { choice.texts.append(Text(field: field, words: String(decoding: words, as: UTF8.self))) }
        }
        var walk = try cursor.enterObject()
        while let key = try cursor.nextKey(&walk) {
            guard let field = cursor.text(key, is: "content") ? .content : FloorField(key, cursor) else {
                try cursor.skipValue()
                continue
            }
            if !seen.insert(field).inserted { isReadable = false }
            var said: [UInt8] = []
            if field == .content, cursor.head == 0x5B {
                add(try cursor.appendList(to: &said), .reasoning)
            } else {
                try cursor.appendText(to: &said)
            }
            add(said, field)
        }
    }
}
