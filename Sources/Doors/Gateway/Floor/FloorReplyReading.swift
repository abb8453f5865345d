import Models
import NIOCore

/// What a whole reply says to the person, choice by choice, read without building a tree of it.
struct FloorReplyReading {
    /// The choices that say anything, in the order in which they stand, with what each says.
    private(set) var choices: [(index: Int, text: String)] = []
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
                case .anthropic: try readContent(of: 0, &cursor)
                }
            } catch {
                isReadable = false
            }
        }
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
        let first = choices.count
        var index = place
        var (messages, indices) = (0, 0)
        var walk = try cursor.enterObject()
        while let key = try cursor.nextKey(&walk) {
            if cursor.text(key, is: "message") {
                messages += 1
                if cursor.head == 0x7B { try readContent(of: place, &cursor) } else { try cursor.skipValue() }
            } else if cursor.text(key, is: "index") {
                indices += 1
                if let number = try cursor.wholeNumberOrSkip() { index = number }
            } else {
                try cursor.skipValue()
            }
        }
        if messages > 1 || indices > 1 { isReadable = false }
        for number in first..<choices.count { choices[number].index = index }
    }

    /// The `content` of the object that starts here.
    private mutating func readContent(of index: Int, _ cursor: inout JSONCursor) throws(Stumble) {
        var seen = 0
        var walk = try cursor.enterObject()
        while let key = try cursor.nextKey(&walk) {
            guard cursor.text(key, is: "content") else {
                try cursor.skipValue()
                continue
            }
            seen += 1
            if cursor.head == 0x22 {
                let said = try cursor.string()
                if said.end > said.start { choices.append((index, cursor.decoded(said))) }
            } else {
                var said: [UInt8] = []
                try cursor.appendText(to: &said)
                if !said.isEmpty { choices.append((index, String(decoding: said, as: UTF8.self))) }
            }
        }
        if seen > 1 { isReadable = false }
    }
}
