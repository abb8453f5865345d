/// A JSON value that is written in exactly one way: RFC 8785, the JSON Canonicalization Scheme.
///
/// Numbers are held as integers or as ten-thousandths, never as floating point, so that no rounding enters a
/// fingerprint.
package enum CanonicalJSON: Sendable {
    case text(String)
    case boolean(Bool)
    case integer(Int)
    /// A number in units of one ten-thousandth: 3100 is written `0.31`.
    case tenThousandths(Int)
    case list([CanonicalJSON])
    /// Members with distinct keys, in any order.
    case object([(key: String, value: CanonicalJSON)])

    /// The canonical bytes, in UTF-8.
    ///
    /// - Complexity: O(*n* log *n*) in the number of keys of the largest object.
    package var bytes: [UInt8] {
        var output: [UInt8] = []
        write(to: &output)
        return output
    }

    func write(to output: inout [UInt8]) {
        switch self {
        case .text(let text):
            Self.write(text, to: &output)
        case .boolean(let isTrue):
            output.append(contentsOf: (isTrue ? "true" : "false").utf8)
        case .integer(let number):
            output.append(contentsOf: String(number).utf8)
        case .tenThousandths(let number):
            Self.write(tenThousandths: number, to: &output)
        case .list(let values):
            output.append(UInt8(ascii: "["))
            for (index, value) in values.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                value.write(to: &output)
            }
            output.append(UInt8(ascii: "]"))
        case .object(let members):
            output.append(UInt8(ascii: "{"))
            // RFC 8785, 3.2.3: keys are sorted by their UTF-16 code units, not by scalars or bytes.
            let sorted = members.sorted { Self.precedes($0.key, $1.key) }
            for (index, member) in sorted.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                Self.write(member.key, to: &output)
                output.append(UInt8(ascii: ":"))
                member.value.write(to: &output)
            }
            output.append(UInt8(ascii: "}"))
        }
    }

    /// The order of UTF-16 code units, found on UTF-8 bytes.
    ///
    /// Both orders agree but for scalars above U+FFFF (first byte F0 and up): in UTF-16 their surrogates (D800 to DFFF)
    /// stand before U+E000 to U+FFFF (first byte EE or EF).
    static func precedes(_ first: String, _ second: String) -> Bool {
        var other = second.utf8.makeIterator()
        for byte in first.utf8 {
            guard let counterpart = other.next() else { return false }
            if byte == counterpart { continue }
            if byte >= 0xEE, counterpart >= 0xEE, (byte >= 0xF0) != (counterpart >= 0xF0) { return byte >= 0xF0 }
            return byte < counterpart
        }
        return other.next() != nil
    }

    /// RFC 8785, 3.2.2.2: only what JSON must escape is escaped, in its shortest form.
    static func write(_ text: String, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        // Nearly no text has anything to escape. Looking at every byte without a way out is quicker than it seems.
        let isPlain: Bool? = text.utf8.withContiguousStorageIfAvailable { bytes in
            var found = false
            for byte in bytes { found = found || byte < 0x20 || byte == 0x22 || byte == 0x5C }
            if !found { output.append(contentsOf: bytes) }
            return !found
        }
        if isPlain == true {
            output.append(UInt8(ascii: "\""))
            return
        }
        for byte in text.utf8 {
            switch byte {
            case 0x08: output.append(contentsOf: "\\b".utf8)
            case 0x09: output.append(contentsOf: "\\t".utf8)
            case 0x0A: output.append(contentsOf: "\\n".utf8)
            case 0x0C: output.append(contentsOf: "\\f".utf8)
            case 0x0D: output.append(contentsOf: "\\r".utf8)
            case 0x22: output.append(contentsOf: "\\\"".utf8)
            case 0x5C: output.append(contentsOf: "\\\\".utf8)
            case 0x00..<0x20:
                let digits = Array("0123456789abcdef".utf8)
                output.append(contentsOf: "\\u00".utf8)
                output.append(digits[Int(byte >> 4)])
                output.append(digits[Int(byte & 15)])
            default: output.append(byte)
            }
        }
        output.append(UInt8(ascii: "\""))
    }

    /// RFC 8785, 3.2.2.3: the shortest decimal. From 0.0001 up that never needs an exponent.
    private static func write(tenThousandths number: Int, to output: inout [UInt8]) {
        if number < 0 { output.append(UInt8(ascii: "-")) }
        let magnitude = number.magnitude
        output.append(contentsOf: String(magnitude / 10_000).utf8)
        var rest = magnitude % 10_000
        guard rest > 0 else { return }
        output.append(UInt8(ascii: "."))
        var unit: UInt = 1_000
        while rest > 0 {
            output.append(UInt8(ascii: "0") + UInt8(rest / unit))
            rest %= unit
            unit /= 10
        }
    }
}
