public import NIOCore

/// Writes text as JSON strings, the shortest way RFC 8259 allows: only quotes, backslashes and control characters are
/// escaped, and everything else stays UTF-8.
public enum JSONQuote {
    /// The text as a JSON string with its quotes.
    public static func quoted(_ text: String) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(text.utf8.count + 2)
        append(text, to: &out)
        return out
    }

    /// The text as a JSON string with its quotes, ready to be spliced into bodies.
    public static func quotedBuffer(_ text: String) -> ByteBuffer { ByteBuffer(bytes: quoted(text)) }

    /// The text as the inside of a JSON string, without quotes.
    static func escaped(_ text: String) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(text.utf8.count)
        appendEscaped(text.utf8, to: &out)
        return out
    }

    /// Appends the text as a JSON string with its quotes.
    static func append(_ text: some StringProtocol, to out: inout [UInt8]) {
        out.append(0x22)
        appendEscaped(text.utf8, to: &out)
        out.append(0x22)
    }

    private static func appendEscaped(_ bytes: some Sequence<UInt8>, to out: inout [UInt8]) {
        for byte in bytes {
            switch byte {
            case 0x22: out.append(contentsOf: [0x5C, 0x22])
            case 0x5C: out.append(contentsOf: [0x5C, 0x5C])
            case 0x08: out.append(contentsOf: [0x5C, UInt8(ascii: "b")])
            case 0x0C: out.append(contentsOf: [0x5C, UInt8(ascii: "f")])
            case 0x0A: out.append(contentsOf: [0x5C, UInt8(ascii: "n")])
            case 0x0D: out.append(contentsOf: [0x5C, UInt8(ascii: "r")])
            case 0x09: out.append(contentsOf: [0x5C, UInt8(ascii: "t")])
            case 0..<0x20:
                let digits = Array("0123456789abcdef".utf8)
                out.append(contentsOf: [
                    0x5C, UInt8(ascii: "u"), 0x30, 0x30, digits[Int(byte >> 4)], digits[Int(byte & 15)],
                ])
            default: out.append(byte)
            }
        }
    }
}
