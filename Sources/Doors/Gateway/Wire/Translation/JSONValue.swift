import NIOCore

/// A JSON value as a tree that keeps the order of keys and the text of numbers.
///
/// Only translation between dialects builds one; on the hot path bodies are scanned and spliced instead.
enum JSONValue: Sendable, Hashable {
    case null
    case flag(Bool)
    /// The number as it was written, so that nothing is lost by reading it.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)
}

/// The members of a JSON object, in order.
struct JSONObject: Sendable, Hashable {
    /// One key with its value.
    struct Member: Sendable, Hashable {
        let key: String
        var value: JSONValue
    }

    private(set) var members: [Member]

    init(_ members: [Member] = []) { self.members = members }

    /// The value of a key. Setting nil removes it; setting a new key adds it at the end.
    subscript(key: String) -> JSONValue? {
        get { members.first { $0.key == key }?.value }
        set {
            let place = members.firstIndex { $0.key == key }
            switch (place, newValue) {
            case (let place?, let value?): members[place].value = value
            case (let place?, nil): members.remove(at: place)
            case (nil, let value?): members.append(Member(key: key, value: value))
            case (nil, nil): break
            }
        }
    }
}

extension JSONValue {
    /// Reads one strict JSON text.
    init(parsing bytes: UnsafeRawBufferPointer, depthLimit: Int = JSONScanner.depthLimit) throws(JSONFault) {
        do {
            var cursor = try JSONCursor(bytes, depthLimit: depthLimit)
            try cursor.begin()
            self = try cursor.tree()
            try cursor.end()
        } catch {
            throw JSONFault(error, in: bytes, depthLimit: depthLimit)
        }
    }

    /// Reads the readable bytes of a buffer.
    init(parsing buffer: ByteBuffer, depthLimit: Int = JSONScanner.depthLimit) throws(JSONFault) {
        self = try buffer.scanning { bytes throws(JSONFault) in try JSONValue(parsing: bytes, depthLimit: depthLimit) }
    }

    /// Reads text, such as the arguments of a tool call.
    init(parsing text: String) throws(JSONFault) { self = try JSONValue(parsing: ByteBuffer(string: text)) }

    /// The value as compact JSON.
    var bytes: [UInt8] {
        var out: [UInt8] = []
        write(to: &out)
        return out
    }

    /// The value as compact JSON text.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    private func write(to out: inout [UInt8]) {
        switch self {
        case .null: out += Array("null".utf8)
        case .flag(let flag): out += Array((flag ? "true" : "false").utf8)
        case .number(let text): out += Array(text.utf8)
        case .string(let text): JSONQuote.append(text, to: &out)
        case .array(let elements):
            out.append(0x5B)
            for (index, element) in elements.enumerated() {
                if index > 0 { out.append(0x2C) }
                element.write(to: &out)
            }
            out.append(0x5D)
        case .object(let object):
            out.append(0x7B)
            for (index, member) in object.members.enumerated() {
                if index > 0 { out.append(0x2C) }
                JSONQuote.append(member.key, to: &out)
                out.append(0x3A)
                member.value.write(to: &out)
            }
            out.append(0x7D)
        }
    }

    // MARK: Looking inside

    /// The value of a key, when this is an object that has it. A null counts as absent.
    subscript(key: String) -> JSONValue? {
        guard case .object(let object) = self, let value = object[key], value != .null else { return nil }
        return value
    }

    var string: String? {
        if case .string(let text) = self { return text }
        return nil
    }

    var array: [JSONValue]? {
        if case .array(let elements) = self { return elements }
        return nil
    }

    var object: JSONObject? {
        if case .object(let object) = self { return object }
        return nil
    }

    var flag: Bool? {
        if case .flag(let flag) = self { return flag }
        return nil
    }

    /// The number, when it is whole and fits.
    var whole: Int? {
        if case .number(let text) = self { return Int(text) }
        return nil
    }

    /// The number as a binary fraction, which may round it.
    var fraction: Double? {
        if case .number(let text) = self { return Double(text) }
        return nil
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    init(stringLiteral value: String) { self = .string(value) }
    init(booleanLiteral value: Bool) { self = .flag(value) }
    init(integerLiteral value: Int) { self = .whole(value) }
    init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(JSONObject(elements.map { JSONObject.Member(key: $0.0, value: $0.1) }))
    }
    init(nilLiteral: ()) { self = .null }

    static func whole(_ value: Int) -> JSONValue { .number(String(value)) }
}

extension JSONCursor {
    /// The value that starts here as a tree.
    fileprivate mutating func tree() throws(Stumble) -> JSONValue {
        switch head {
        case 0x22:
            return .string(decoded(try string()))
        case 0x7B:
            var members: [JSONObject.Member] = []
            var walk = try enterObject()
            while let key = try nextKey(&walk) {
                let name = decoded(key)
                members.append(JSONObject.Member(key: name, value: try tree()))
            }
            return .object(JSONObject(members))
        case 0x5B:
            var elements: [JSONValue] = []
            try enterArray()
            var isFirst = true
            while try nextElement(&isFirst) { elements.append(try tree()) }
            return .array(elements)
        case 0x74, 0x66, 0x6E:
            let first = head
            try skipValue()
            return first == 0x6E ? .null : .flag(first == 0x74)
        default:
            let start = at
            try skipValue()
            return .number(
                String(decoding: UnsafeBufferPointer(start: base + start, count: at - start), as: UTF8.self))
        }
    }
}
