/// JSON being written by hand into an array of bytes (RFC 8259), for records that every reply pays for.
///
/// It knows nothing of structure beyond commas: who writes keeps braces balanced. Names are ours and need no
/// escaping; values are anybody's and get it.
struct JSONBytes {
    /// What is written so far.
    private(set) var bytes: [UInt8]

    /// Goes on at the end of `bytes`.
    init(after bytes: consuming [UInt8]) { self.bytes = bytes }

    /// `{` or `[`.
    mutating func open(_ bracket: Unicode.Scalar) { bytes.append(UInt8(ascii: bracket)) }

    /// `}` or `]`, in place of the comma that the last value left.
    mutating func close(_ bracket: Unicode.Scalar) {
        let last = bytes.count - 1
        if bytes[last] == UInt8(ascii: ",") {
            bytes[last] = UInt8(ascii: bracket)
        } else {
            bytes.append(UInt8(ascii: bracket))
        }
        bytes.append(UInt8(ascii: ","))
    }

    /// Takes the comma after the outermost value away.
    mutating func end() { bytes.removeLast() }

    /// `"name":`.
    mutating func name(_ name: StaticString) {
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
    }

    /// The longest string that is written whole, in bytes. What a client sends may be megabytes long where a name is
    /// expected, and must not fill the disk from there.
    static let longestText = 4096

    /// A string, escaped where JSON asks for it. Of one that is too long, the beginning and `…`.
    mutating func text(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        if text.utf8.count > Self.longestText {
            let cut = text.utf8.index(text.startIndex, offsetBy: Self.longestText)
            text = String(text.unicodeScalars[..<cut]) + "…"
        }
        text.withUTF8 { utf8 in
            var clean = 0
            for index in 0..<utf8.count {
                let byte = utf8[index]
                guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[clean..<index]))
                escape(byte)
                clean = index + 1
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[clean...]))
        }
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ","))
    }

    private mutating func escape(_ byte: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        default:
            bytes.append(contentsOf: [UInt8(ascii: "u"), UInt8(ascii: "0"), UInt8(ascii: "0")])
            bytes.append(byte < 0x10 ? UInt8(ascii: "0") : UInt8(ascii: "1"))
            let digit = byte & 15
            bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
    }

    /// A whole number.
    mutating func number(_ number: some FixedWidthInteger & SignedInteger) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var rest = UInt64(number.magnitude)
            var start = 20
            repeat {
                start -= 1
                digits[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            } while rest != 0
            if number < 0 { bytes.append(UInt8(ascii: "-")) }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: digits[start...]))
        }
        bytes.append(UInt8(ascii: ","))
    }

    /// `true` or `false`.
    mutating func truth(_ truth: Bool) {
        let word: StaticString = truth ? "true," : "false,"
        bytes.append(contentsOf: UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    }

    /// A string of `count` bytes that need no escaping, written in place.
    mutating func plain(count: Int, _ write: (UnsafeMutableBufferPointer<UInt8>) -> Void) {
        bytes.append(UInt8(ascii: "\""))
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count) { characters in
            characters.initialize(repeating: 0)
            write(characters)
            bytes.append(contentsOf: characters)
        }
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ","))
    }
}

extension JSONBytes {
    /// A member that is a string.
    mutating func member(_ name: StaticString, _ value: String) {
        self.name(name)
        text(value)
    }

    /// A member that is a string, when there is one.
    mutating func member(_ name: StaticString, ifAny value: String?) {
        if let value { member(name, value) }
    }

    /// A member that is a whole number.
    mutating func member(_ name: StaticString, _ value: some FixedWidthInteger & SignedInteger) {
        self.name(name)
        number(value)
    }

    /// A member that is a whole number, when there is one.
    mutating func member(_ name: StaticString, ifAny value: (some FixedWidthInteger & SignedInteger)?) {
        if let value { member(name, value) }
    }

    /// A member that is an array of strings.
    mutating func member(_ name: StaticString, _ values: [String]) {
        self.name(name)
        open("[")
        for value in values { text(value) }
        close("]")
    }

    /// A member that is an array of objects, when there is one.
    mutating func members<Element>(
        _ name: StaticString, _ elements: [Element]?, _ write: (Element, inout JSONBytes) -> Void
    ) {
        guard let elements else { return }
        self.name(name)
        open("[")
        for element in elements {
            open("{")
            write(element, &self)
            close("}")
        }
        close("]")
    }
}
