import Foundation

/// How long a fuzz test runs: `TRELLIS_FUZZ_SECONDS`, otherwise a moment.
var fuzzSeconds: Double {
    ProcessInfo.processInfo.environment["TRELLIS_FUZZ_SECONDS"].flatMap(Double.init) ?? 1
}

/// The plainest strict parser that could be written: scalars in an array, one function, no speed. The tests hold the
/// fast scanner against it.
struct ReferenceJSON {
    enum Value: Equatable {
        case null, flag(Bool), number(String), string(String), array([Value]), object([String: Value])
    }

    private var scalars: [Unicode.Scalar]
    private var index = 0

    /// The value of a strict JSON text, or nil.
    static func value(_ bytes: [UInt8], depthLimit: Int = 128) -> Value? {
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        var reader = ReferenceJSON(scalars: Array(text.unicodeScalars))
        reader.space()
        guard let value = reader.value(depth: depthLimit) else { return nil }
        reader.space()
        return reader.index == reader.scalars.count ? value : nil
    }

    private init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

    private var peek: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard peek == scalar else { return false }
        index += 1
        return true
    }

    private mutating func space() { while let next = peek, " \t\r\n".unicodeScalars.contains(next) { index += 1 } }

    private mutating func word(_ word: String) -> Bool { word.unicodeScalars.allSatisfy { take($0) } }

    private mutating func value(depth: Int) -> Value? {
        switch peek {
        case "n": return word("null") ? .null : nil
        case "t": return word("true") ? .flag(true) : nil
        case "f": return word("false") ? .flag(false) : nil
        case "\"": return string().map(Value.string)
        case "[":
            guard depth > 0 else { return nil }
            index += 1
            var elements: [Value] = []
            space()
            if take("]") { return .array([]) }
            repeat {
                space()
                guard let element = value(depth: depth - 1) else { return nil }
                elements.append(element)
                space()
            } while take(",")
            return take("]") ? .array(elements) : nil
        case "{":
            guard depth > 0 else { return nil }
            index += 1
            var members: [String: Value] = [:]
            var seen: Set<[UInt8]> = []
            space()
            if take("}") { return .object([:]) }
            repeat {
                space()
                guard let key = string() else { return nil }
                space()
                guard take(":") else { return nil }
                space()
                guard let member = value(depth: depth - 1) else { return nil }
                // Bytes, not characters: "é" composed and decomposed are two keys.
                guard seen.insert(Array(key.utf8)).inserted else { return nil }
                members[key] = member
                space()
            } while take(",")
            return take("}") ? .object(members) : nil
        default: return number()
        }
    }

    private mutating func number() -> Value? {
        let start = index
        func digits(_ reader: inout ReferenceJSON) -> Bool {
            let from = reader.index
            while let next = reader.peek, ("0"..."9").contains(next) { reader.index += 1 }
            return reader.index > from
        }
        _ = take("-")
        if !take("0") { guard digits(&self) else { return nil } }
        if take(".") { guard digits(&self) else { return nil } }
        if take("e") || take("E") {
            _ = take("+") || take("-")
            guard digits(&self) else { return nil }
        }
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars[start..<index])
        return .number(text)
    }

    private mutating func string() -> String? {
        guard take("\"") else { return nil }
        var units: [UInt16] = []
        while let next = peek {
            index += 1
            switch next {
            case "\"":
                // Lone halves do not survive the round trip through Unicode scalars.
                let text = String(decoding: units, as: UTF16.self)
                return Array(text.utf16) == units ? text : nil
            case "\\":
                guard let escape = peek else { return nil }
                index += 1
                switch escape {
                case "\"", "\\", "/": units.append(UInt16(escape.value))
                case "b": units.append(8)
                case "f": units.append(12)
                case "n": units.append(10)
                case "r": units.append(13)
                case "t": units.append(9)
                case "u":
                    guard index + 4 <= scalars.count else { return nil }
                    let hex = scalars[index..<index + 4]
                    guard hex.allSatisfy({ $0.properties.isASCIIHexDigit }) else { return nil }
                    units.append(UInt16(String(String.UnicodeScalarView(hex)), radix: 16)!)
                    index += 4
                default: return nil
                }
            case _ where next.value < 0x20: return nil
            default: units.append(contentsOf: Array(String(next).utf16))
            }
        }
        return nil
    }
}

extension ReferenceJSON.Value {
    subscript(key: String) -> Self? {
        get {
            if case .object(let members) = self { return members[key] }
            return nil
        }
        set {
            guard case .object(var members) = self else { return }
            members[key] = newValue
            self = .object(members)
        }
    }

    subscript(index: Int) -> Self? {
        if case .array(let elements) = self, elements.indices.contains(index) { return elements[index] }
        return nil
    }

    var string: String? {
        if case .string(let string) = self { return string }
        return nil
    }
}

/// Writes random JSON, in every spelling that the grammar allows.
struct JSONWriterByChance {
    var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func chance(_ one: Int) -> Bool { Int.random(in: 0..<one, using: &generator) == 0 }

    mutating func space() -> String {
        chance(6) ? String([" ", "\n", "\t", "\r\n", "  "].randomElement(using: &generator)!) : ""
    }

    mutating func string(_ length: Int = 40) -> String {
        var out = "\""
        for _ in 0..<Int.random(in: 0...length, using: &generator) {
            switch Int.random(in: 0..<24, using: &generator) {
            case 0: out += ["\\n", "\\\"", "\\\\", "\\/", "\\b", "\\f", "\\r", "\\t"].randomElement(using: &generator)!
            case 1:
                out += ["\\u00e9", "\\u0041", "\\uD83D\\uDE00", "\\u0000", "\\uffff"].randomElement(using: &generator)!
            case 2: out += ["é", "ß", "日", "😀", "\u{7F}", "\u{10FFFF}", "e\u{301}"].randomElement(using: &generator)!
            default: out.unicodeScalars.append(Unicode.Scalar(UInt8.random(in: 0x61...0x7A, using: &generator)))
            }
        }
        return out + "\""
    }

    mutating func number() -> String {
        var out = chance(3) ? "-" : ""
        out += chance(3) ? "0" : "\(Int.random(in: 1...9_999_999, using: &generator))"
        if chance(3) { out += ".\(Int.random(in: 0...999, using: &generator))" }
        if chance(5) { out += ["e1", "E+2", "e-3", "E07"].randomElement(using: &generator)! }
        return out
    }

    mutating func value(depth: Int = 4) -> String {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 5), using: &generator) {
        case 0: return ["null", "true", "false"].randomElement(using: &generator)!
        case 1: return number()
        case 2, 3, 4: return string()
        case 5:
            let count = Int.random(in: 0...5, using: &generator)
            let elements = (0..<count).map { _ in space() + value(depth: depth - 1) + space() }
            return "[" + (elements.isEmpty ? space() : elements.joined(separator: ",")) + "]"
        default:
            let count =
                chance(8) ? Int.random(in: 14...40, using: &generator) : Int.random(in: 0...5, using: &generator)
            let members = (0..<count).map { _ in
                space() + string(chance(2) ? 4 : 14) + space() + ":" + space() + value(depth: depth - 1) + space()
            }
            return "{" + (members.isEmpty ? space() : members.joined(separator: ",")) + "}"
        }
    }

    /// Turns a text into one that is nearly the same.
    mutating func broken(_ text: [UInt8]) -> [UInt8] {
        var text = text
        for _ in 0...Int.random(in: 0...2, using: &generator) where !text.isEmpty {
            let place = Int.random(in: 0..<text.count, using: &generator)
            let pool = Array("{}[]\":,\\u0eE+-.tfn \n\t\u{1}".utf8) + [0x80, 0xC0, 0xC3, 0xED, 0xA0, 0xF4, 0xFF, 0]
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: text.remove(at: place)
            case 1: text.insert(pool.randomElement(using: &generator)!, at: place)
            case 2: text[place] = pool.randomElement(using: &generator)!
            case 3: text.removeLast(text.count - place)
            default:
                let end = min(text.count, place + Int.random(in: 1...12, using: &generator))
                text.insert(contentsOf: text[place..<end], at: Int.random(in: 0...text.count, using: &generator))
            }
        }
        return text
    }
}
