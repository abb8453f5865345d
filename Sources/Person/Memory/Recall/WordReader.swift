import Foundation

/// Cuts a text into words: lower case, without accents, in any script.
///
/// Scripts that put no spaces between words (Chinese, Japanese, Thai, Khmer, Lao, Burmese), and Korean, whose words
/// change their endings, are cut into pairs of neighbouring characters; a character alone stands for itself. That is the
/// plain way, and about as good for finding as a dictionary (Kwok 1997, doi 10.1145/258525.258531). Everything else is
/// cut where letters and digits end. An apostrophe ends a word too: "l'école" holds "ecole", "Anna's" holds "anna".
enum WordReader {
    /// A word of more bytes than this is cut: nobody asks by such a word, and it would fill the memory.
    static let longestWord = 48

    /// Hands every word of `text` to `body`, in the order of the text: its bytes in UTF-8, folded, valid only until `body`
    /// returns, and their hash (``WordHash``).
    ///
    /// - Complexity: O(*n*).
    static func read(_ text: String, _ body: (UnsafeBufferPointer<UInt8>, UInt64) -> Void) {
        var text = text
        text.withUTF8 { buffer in
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: longestWord + 16) { word in
                letters.withUnsafeBufferPointer { letters in
                    guard let start = word.baseAddress else { return }
                    var cutter = WordCutter(word: start)
                    var at = 0
                    while at < buffer.count {
                        let byte = buffer[at]
                        if byte < 0x80 {
                            if letters[Int(byte)] == 0 {
                                cutter.end(body)
                                at &+= 1
                            } else {
                                at = cutter.append(buffer, at, letters, body)
                            }
                            continue
                        }
                        let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
                        var value = UInt32(byte) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
                        for offset in 1..<length where at + offset < buffer.count {
                            value = value << 6 | UInt32(buffer[at + offset] & 0x3F)
                        }
                        at += length
                        cutter.take(value, body)
                    }
                    cutter.end(body)
                }
            }
        }
    }

    /// The words of a text, for tests and for what isn't in a hurry.
    static func words(_ text: String) -> [String] {
        var words: [String] = []
        read(text) { word, _ in words.append(String(decoding: word, as: UTF8.self)) }
        return words
    }

    /// The lower-case letter or digit of each ASCII character, 0 for what ends a word.
    private static let letters: [UInt8] = (0..<128).map { (byte: UInt8) in
        switch byte {
        case 0x61...0x7A, 0x30...0x39: byte
        case 0x41...0x5A: byte | 0x20
        default: 0
        }
    }
}

/// FNV-1a over the bytes of a word, mixed at the end.
struct WordHash {
    private var state: UInt64 = 0xCBF2_9CE4_8422_2325

    @inline(__always)
    mutating func add(_ byte: UInt8) { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }

    /// FNV leaves the low bits of short words alike, and tables are addressed by them.
    var value: UInt64 {
        let folded = (state ^ state >> 32) &* 0x9E37_79B9_7F4A_7C15
        return folded ^ folded >> 29
    }

    /// The hash of a whole word.
    static func of(_ word: some Sequence<UInt8>) -> UInt64 {
        var hash = WordHash()
        for byte in word { hash.add(byte) }
        return hash.value
    }
}

/// The word that is being read.
private struct WordCutter {
    /// Room for ``WordReader/longestWord`` bytes and a character or two more.
    let word: UnsafeMutablePointer<UInt8>
    private var count = 0
    private var hash = WordHash()
    /// The last character of an unspaced script, and whether it stood in a pair already.
    private var previous: (scalar: UInt32, isPaired: Bool)?

    init(word: UnsafeMutablePointer<UInt8>) { self.word = word }

    typealias Body = (UnsafeBufferPointer<UInt8>, UInt64) -> Void

    /// Takes letters and digits of ASCII as far as they go. Returns where something else stands.
    @inline(__always)
    mutating func append(
        _ buffer: UnsafeBufferPointer<UInt8>, _ start: Int, _ letters: UnsafeBufferPointer<UInt8>, _ body: Body
    ) -> Int {
        if previous != nil { endUnspaced(body) }
        var (at, count, hash) = (start, count, hash)
        while at < buffer.count, case let byte = buffer[at], byte < 0x80, case let letter = letters[Int(byte)],
            letter != 0
        {
            if count < WordReader.longestWord {
                word[count] = letter
                hash.add(letter)
                count &+= 1
            }
            at &+= 1
        }
        (self.count, self.hash) = (count, hash)
        return at
    }

    mutating func append(_ byte: UInt8, _ body: Body) {
        if previous != nil { endUnspaced(body) }
        if count < WordReader.longestWord { push(byte) }
    }

    @inline(__always)
    private mutating func push(_ byte: UInt8) {
        word[count] = byte
        hash.add(byte)
        count &+= 1
    }

    @inline(__always)
    mutating func end(_ body: Body) {
        if previous != nil { endUnspaced(body) }
        if count > 0 { hand(body) }
    }

    private mutating func hand(_ body: Body) {
        body(UnsafeBufferPointer(start: word, count: count), hash.value)
        count = 0
        hash = WordHash()
    }

    private mutating func endUnspaced(_ body: Body) {
        guard let last = previous else { return }
        previous = nil
        if !last.isPaired {
            push(scalar: last.scalar)
            end(body)
        }
    }

    mutating func take(_ value: UInt32, _ body: Body) {
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

    private mutating func takeLatin(_ value: UInt32, _ body: Body) {
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

    private mutating func takeUnspaced(_ value: UInt32, _ body: Body) {
        if let last = previous {
            push(scalar: last.scalar)
            push(scalar: value)
            hand(body)
            previous = (value, true)
        } else {
            end(body)
            previous = (value, false)
        }
    }

    private mutating func takeOther(_ value: UInt32, _ body: Body) {
        guard let scalar = Unicode.Scalar(value) else { return end(body) }
        let properties = scalar.properties
        guard properties.isAlphabetic || properties.numericType != nil || isMark(properties) else { return end(body) }
        if previous != nil { endUnspaced(body) }
        guard count < WordReader.longestWord else { return }
        for lower in properties.lowercaseMapping.unicodeScalars {
            // An accent that only came with the lower-case letter.
            if (0x300...0x36F).contains(lower.value) { continue }
            push(scalar: Self.plain(lower.value))
        }
    }

    /// Marks that are part of a letter in the scripts of India, for instance.
    private func isMark(_ properties: Unicode.Scalar.Properties) -> Bool {
        switch properties.generalCategory {
        case .nonspacingMark, .spacingMark: count > 0
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

    /// Adds a character in UTF-8. A letter may have a lower-case form of several characters: what has no room is left out.
    private mutating func push(scalar value: UInt32) {
        guard count < WordReader.longestWord + 8, let scalar = Unicode.Scalar(value),
            let encoded = UTF8.encode(scalar)
        else { return }
        for byte in encoded { push(byte) }
    }
}
