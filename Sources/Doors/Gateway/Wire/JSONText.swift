/// A string found in a body: where its content lies between the quotes, and whether it holds escapes.
struct JSONText {
    let start: Int
    let end: Int
    let hasEscapes: Bool

    /// The content, without the quotes.
    var content: Range<Int> { start..<end }
    /// The value, with both quotes.
    var value: Range<Int> { start - 1..<end + 1 }

    /// Appends the decoded content of an already checked string. Every escape must be well-formed.
    static func decode(_ raw: UnsafeRawBufferPointer, into out: inout [UInt8]) {
        var index = 0
        while index < raw.count {
            let byte = raw[index]
            guard byte == 0x5C, index + 1 < raw.count else {
                out.append(byte)
                index += 1
                continue
            }
            index += 2
            switch raw[index - 1] {
            case UInt8(ascii: "b"): out.append(0x08)
            case UInt8(ascii: "f"): out.append(0x0C)
            case UInt8(ascii: "n"): out.append(0x0A)
            case UInt8(ascii: "r"): out.append(0x0D)
            case UInt8(ascii: "t"): out.append(0x09)
            case UInt8(ascii: "u"):
                var code = hexadecimal(raw, at: index)
                index += 4
                if code & 0xFC00 == 0xD800 {
                    code = 0x10000 + (code & 0x3FF) << 10 + (hexadecimal(raw, at: index + 2) & 0x3FF)
                    index += 6
                }
                if let scalar = UnicodeScalar(code) { out.append(contentsOf: UTF8.encode(scalar) ?? .init()) }
            case let other: out.append(other)
            }
        }
    }

    private static func hexadecimal(_ raw: UnsafeRawBufferPointer, at index: Int) -> UInt32 {
        var value: UInt32 = 0
        for position in index..<min(index + 4, raw.count) {
            value = value << 4 | UInt32(JSONCursor.hexadecimalDigit(raw[position]) ?? 0)
        }
        return value
    }
}
