extension JSONCursor {
    /// A true or false that may be null; nil when null.
    mutating func optionalFlag(_ field: BodyField) throws(Stumble) -> Bool? {
        switch head {
        case 0x74:
            try literal("true")
            return true
        case 0x66:
            try literal("false")
            return false
        case 0x6E:
            try literal("null")
            return nil
        default: throw try wrongType(field)
        }
    }

    /// A whole number that may be null; nil when null.
    mutating func optionalWholeNumber(_ field: BodyField) throws(Stumble) -> Int? {
        switch head {
        case 0x6E:
            try literal("null")
            return nil
        case 0x2D, 0x30...0x39:
            let start = at
            guard let value = try wholeNumber() else { throw Stumble(.invalidField, at: start, field: field) }
            return value
        default: throw try wrongType(field)
        }
    }

    /// The name of a person, at most 256 bytes; nil when null or empty.
    mutating func optionalPerson(_ field: BodyField) throws(Stumble) -> String? {
        switch head {
        case 0x6E:
            try literal("null")
            return nil
        case 0x22:
            let text = try string()
            let bytes = text.hasEscapes ? decodedBytes(text).count : text.end - text.start
            guard bytes <= 256 else { throw Stumble(.invalidField, at: text.start - 1, field: field) }
            return bytes == 0 ? nil : decoded(text)
        default: throw try wrongType(field)
        }
    }

    /// The model's name: 1 to 256 bytes, no control characters.
    mutating func modelName() throws(Stumble) -> (name: String, value: Range<Int>) {
        guard head == 0x22 else { throw try wrongType(.model) }
        let text = try string()
        let bytes = text.end - text.start
        guard bytes > 0, bytes <= 256 * 6 else { throw Stumble(.invalidField, at: text.start - 1, field: .model) }
        let name = decoded(text)
        if bytes > 256 || text.hasEscapes {
            guard name.utf8.count <= 256, !name.utf8.contains(where: { $0 < 0x20 }) else {
                throw Stumble(.invalidField, at: text.start - 1, field: .model)
            }
        }
        return (name, text.value)
    }

    /// A string, an array of objects, or null: what `content` and `system` may be.
    mutating func content(
        _ field: BodyField, element: BodyField?, index: Int = 0
    ) throws(Stumble) -> ContentPosition {
        switch head {
        case 0x22:
            return .string(try string().value)
        case 0x5B:
            let start = at
            try enterArray()
            let inside = at
            var isFirst = true
            var elements = 0
            while try nextElement(&isFirst) {
                if let element, head != 0x7B { throw try wrongType(element, index: elements) }
                try skipValue()
                elements += 1
            }
            return .array(start..<at, inside: inside, isEmpty: elements == 0)
        case 0x6E:
            let start = at
            try literal("null")
            return .null(start..<at)
        default: throw try wrongType(field, index: index)
        }
    }

    /// The fault for a value of the wrong type. When the value is no JSON at all, that comes first.
    @inline(never)
    mutating func wrongType(_ field: BodyField, index: Int = 0) throws(Stumble) -> Stumble {
        let start = at
        try skipValue()
        return Stumble(.invalidField, at: start, field: field, index: index)
    }

    /// The `messages` array: non-empty, objects only, each with a string for its role.
    mutating func messages() throws(Stumble) -> MessagePositions {
        guard head == 0x5B else { throw try wrongType(.messages) }
        let start = at
        try enterArray()
        let inside = at
        var isFirst = true
        var total = 0
        var first = FirstMessage(role: .other, content: .absent)
        // A ring: once it is full, each message takes the place of the one that is `recentAtMost` before it.
        var recent: [Int] = []
        while try nextElement(&isFirst) {
            if recent.count < MessagePositions.recentAtMost {
                recent.append(at)
            } else {
                recent[total % MessagePositions.recentAtMost] = at
            }
            let message = try message(total)
            if total == 0 { first = message }
            total += 1
        }
        guard total > 0 else { throw Stumble(.invalidField, at: start, field: .messages) }
        if total > recent.count {
            let oldest = total % recent.count
            recent = Array(recent[oldest...] + recent[..<oldest])
        }
        return MessagePositions(inside: inside, total: total, first: first, recent: recent)
    }

    @inline(__always)
    private mutating func message(_ index: Int) throws(Stumble) -> FirstMessage {
        guard head == 0x7B else { throw try wrongType(.message, index: index) }
        let start = at
        var role: FirstMessage.Role?
        var position = ContentPosition.absent
        var walk = try enterObject()
        while let key = try nextKey(&walk) {
            if text(key, is: "role") {
                guard head == 0x22 else { throw try wrongType(.role, index: index) }
                let name = try string()
                if text(name, is: "user") {
                    role = .user
                } else if text(name, is: "system") {
                    role = .system
                } else if text(name, is: "developer") {
                    role = .developer
                } else if text(name, is: "assistant") {
                    role = .assistant
                } else {
                    role = .other
                }
            } else if text(key, is: "content") {
                position = try content(.content, element: nil, index: index)
            } else {
                try skipValue()
            }
        }
        guard let role else { throw Stumble(.missingField, at: start, field: .role, index: index) }
        return FirstMessage(role: role, content: position)
    }

    /// An array that may be null, such as `tools`; true when it has elements.
    mutating func optionalArray(_ field: BodyField) throws(Stumble) -> Bool {
        switch head {
        case 0x6E:
            try literal("null")
            return false
        case 0x5B:
            try enterArray()
            var isFirst = true
            var hasElements = false
            while try nextElement(&isFirst) {
                hasElements = true
                try skipValue()
            }
            return hasElements
        default: throw try wrongType(field)
        }
    }
}
