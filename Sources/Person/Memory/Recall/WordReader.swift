import Foundation

/// Cuts a text into words: lower case, without accents, in any script.
///
/// Scripts that put no spaces between words (Chinese, Japanese, Thai, Khmer, Lao, Burmese), and Korean, whose words
/// change their endings, are cut into pairs of neighbouring characters; a character alone stands for itself. That is the
/// plain way, and about as good for finding as a dictionary (Kwok 1997, doi 10.1145/258525.258531). Everything else is
/// cut where letters and digits end. An apostrophe ends a word too: "l'école" holds "ecole", "Anna's" holds "anna".
///
/// A struct that is used again and again, because it owns the bytes of the word that it hands out.
struct WordReader {
    /// A word of more bytes than this is cut: nobody asks by such a word, and it would fill the memory.
    static let longestWord = 48

    private var word: [UInt8] = []
    /// The last character of an unspaced script, and whether it stood in a pair already.
    private var previous: (scalar: UInt32, isPaired: Bool)?

    init() { word.reserveCapacity(Self.longestWord + 8) }

    /// Hands every word of `text` to `body`: its bytes in UTF-8, folded, in the order of the text.
    ///
    /// - Complexity: O(*n*).
    mutating func read(_ text: String, _ body: (borrowing [UInt8]) -> Void) {
        var text = text
        text.withUTF8 { buffer in
            var at = 0
            while at < buffer.count {
                let byte = buffer[at]
                if byte < 0x80 {
                    at += 1
                    let class_ = Self.ascii[Int(byte)]
                    if class_ == 0 { end(body) } else { append(class_, body) }
                    continue
                }
                let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
                var value = UInt32(byte) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
                for offset in 1..<length where at + offset < buffer.count {
                    value = value << 6 | UInt32(buffer[at + offset] & 0x3F)
                }
                at += length
                take(value, body)
            }
            end(body)
        }
    }

    /// The words of a text, for tests and for what isn't in a hurry.
    static func words(_ text: String) -> [String] {
        var reader = WordReader()
        var words: [String] = []
        reader.read(text) { words.append(String(decoding: $0, as: UTF8.self)) }
        return words
    }

    // MARK: Letters

    /// The lower-case letter or digit, 0 for what ends a word.
    private static let ascii: [UInt8] = (0..<128).map { (byte: UInt8) in
        switch byte {
        case 0x61...0x7A, 0x30...0x39: byte
        case 0x41...0x5A: byte | 0x20
        default: 0
        }
    }

    private mutating func append(_ byte: UInt8, _ body: (borrowing [UInt8]) -> Void) {
        if previous != nil { endUnspaced(body) }
        if word.count < Self.longestWord { word.append(byte) }
    }

    private mutating func end(_ body: (borrowing [UInt8]) -> Void) {
        if previous != nil { endUnspaced(body) }
        guard !word.isEmpty else { return }
        body(word)
        word.removeAll(keepingCapacity: true)
    }

    private mutating func endUnspaced(_ body: (borrowing [UInt8]) -> Void) {
        guard let last = previous else { return }
        previous = nil
        if !last.isPaired {
            word.append(scalar: last.scalar)
            end(body)
        }
    }

    private mutating func take(_ value: UInt32, _ body: (borrowing [UInt8]) -> Void) {
        switch value {
        case 0x300...0x36F, 0x200B...0x200F, 0xFE00...0xFE0F, 0x2060, 0xFEFF, 0x640, 0x64B...0x65F, 0x670:
            return  // marks that are written on letters or that nobody sees
        case 0xC0..<0x250, 0x1E00..<0x1F00:
            takeLatin(value, body)
        case 0xFF10...0xFF19, 0xFF41...0xFF5A: append(UInt8(value - 0xFEE0), body)
        case 0xFF21...0xFF3A: append(UInt8(value - 0xFEE0) | 0x20, body)
        case _ where Self.isUnspaced(value): takeUnspaced(value, body)
        default: takeOther(value, body)
        }
    }

    private mutating func takeLatin(_ value: UInt32, _ body: (borrowing [UInt8]) -> Void) {
        let letters = Self.latin[Int(value < 0x250 ? value - 0xC0 : value - 0x1E00 + 0x190)]
        guard letters.0 != 0 else { return end(body) }
        append(letters.0, body)
        if letters.1 != 0 { append(letters.1, body) }
    }

    /// One or two letters without accents for U+00C0…U+024F and U+1E00…U+1EFF; 0 where there is none.
    private static let latin: [(UInt8, UInt8)] = {
        func pair(_ letters: StaticString) -> (UInt8, UInt8) {
            letters.withUTF8Buffer { ($0[0], $0.count > 1 ? $0[1] : 0) }
        }
        let special: [UInt32: StaticString] = [
            0xDF: "ss", 0x1E9E: "ss", 0xC6: "ae", 0xE6: "ae", 0x152: "oe", 0x153: "oe", 0xD8: "o", 0xF8: "o",
            0x141: "l", 0x142: "l", 0x110: "d", 0x111: "d", 0xD0: "d", 0xF0: "d", 0xDE: "th", 0xFE: "th", 0x131: "i",
        ]
        return (Array(UInt32(0xC0)..<0x250) + Array(UInt32(0x1E00)..<0x1F00)).map { value in
            if let letters = special[value] { return pair(letters) }
            guard let scalar = Unicode.Scalar(value) else { return (0, 0) }
            let base = String(Character(scalar)).decomposedStringWithCanonicalMapping.utf8.first ?? 0
            return (0x41...0x5A).contains(base) || (0x61...0x7A).contains(base) ? (base | 0x20, 0) : (0, 0)
        }
    }()

    /// Whether a character belongs to a script that is cut into pairs.
    private static func isUnspaced(_ value: UInt32) -> Bool {
        switch value {
        case 0x3041...0x3096, 0x30A1...0x30FA, 0x30FC, 0x3005, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF,
            0x2_0000...0x3_FFFF, 0xAC00...0xD7A3, 0x0E01...0x0E4E, 0x0E81...0x0ECD, 0x1000...0x109F, 0x1780...0x17D3:
            true
        default: false
        }
    }

    private mutating func takeUnspaced(_ value: UInt32, _ body: (borrowing [UInt8]) -> Void) {
        if let last = previous {
            word.append(scalar: last.scalar)
            word.append(scalar: value)
            body(word)
            word.removeAll(keepingCapacity: true)
            previous = (value, true)
        } else {
            end(body)
            previous = (value, false)
        }
    }

    private mutating func takeOther(_ value: UInt32, _ body: (borrowing [UInt8]) -> Void) {
        guard let scalar = Unicode.Scalar(value) else { return end(body) }
        let properties = scalar.properties
        guard properties.isAlphabetic || properties.numericType != nil || isMark(properties) else { return end(body) }
        if previous != nil { endUnspaced(body) }
        guard word.count < Self.longestWord else { return }
        for lower in properties.lowercaseMapping.unicodeScalars {
            // An accent that only came with the lower-case letter.
            if (0x300...0x36F).contains(lower.value) { continue }
            word.append(scalar: Self.plain(lower.value))
        }
    }

    /// Marks that are part of a letter in the scripts of India, for instance.
    private func isMark(_ properties: Unicode.Scalar.Properties) -> Bool {
        switch properties.generalCategory {
        case .nonspacingMark, .spacingMark: !word.isEmpty
        default: false
        }
    }

    /// Letters that people write in two ways, in one: ё as е, Greek and Arabic letters without their signs.
    private static func plain(_ value: UInt32) -> UInt32 {
        switch value {
        case 0x451: 0x435
        case 0x3AC: 0x3B1
        case 0x3AD: 0x3B5
        case 0x3AE: 0x3B7
        case 0x3AF, 0x3CA, 0x390: 0x3B9
        case 0x3CC: 0x3BF
        case 0x3CD, 0x3CB, 0x3B0: 0x3C5
        case 0x3CE: 0x3C9
        case 0x3C2: 0x3C3
        case 0x622, 0x623, 0x625: 0x627
        case 0x649: 0x64A
        case 0x629: 0x647
        default: value
        }
    }
}

extension [UInt8] {
    /// Adds a character in UTF-8.
    fileprivate mutating func append(scalar value: UInt32) {
        guard let scalar = Unicode.Scalar(value), let encoded = UTF8.encode(scalar) else { return }
        append(contentsOf: encoded)
    }
}
