import Foundation

/// A text made ready for matching: lower case, no accents, one width, words apart by one byte, sentences apart by
/// another, and no code.
///
/// Between words stands exactly one separator: a space, a comma, `?` after a question, or a line feed between
/// sentences. Scripts that write without spaces are kept as they are; a phrase may start at each of their letters.
///
/// - Complexity: O(*n*), at most ``limit`` bytes: of a longer text the beginning and the end are read.
struct FoldedText: Sendable {
    /// Bytes of the original that are looked at.
    static let limit = 16_384

    /// The folded UTF-8.
    private(set) var bytes: [UInt8] = []
    /// Where a phrase may start, ascending.
    private(set) var starts: [Int32] = []
    /// What stands in quotation marks or is marked as quoted, as ranges of ``bytes``.
    private(set) var quotes: [Range<Int>] = []
    /// How many exclamation marks.
    private(set) var exclamations = 0
    /// Whether the last sentence ends with one.
    private(set) var endsExclaiming = false
    /// Whether there was code.
    private(set) var hasCode = false
    /// How many letters of each script.
    private(set) var scripts = ScriptCount()

    /// Letters a script.
    struct ScriptCount: Sendable {
        var latin = 0, han = 0, kana = 0, hangul = 0, arabic = 0, devanagari = 0, cyrillic = 0, greek = 0, hebrew = 0
        var thai = 0
    }

    /// Folds a text. Nothing is said that depends on the machine's own language.
    ///
    /// - Parameter limit: So many bytes of it are looked at: of a longer one the beginning and the end.
    init(_ text: String, limit: Int = Self.limit) {
        var text = text
        text.withUTF8 { buffer in
            bytes.reserveCapacity(min(buffer.count, limit) + 8)
            starts.reserveCapacity(min(buffer.count, limit) / 5 + 8)
            guard buffer.count > limit else {
                fold(buffer, 0..<buffer.count)
                return
            }
            let half = limit / 2
            fold(buffer, 0..<half)
            separate(Self.sentence)
            fold(buffer, (buffer.count - half)..<buffer.count)
        }
        while let last = bytes.last, last == Self.space || last == Self.comma { bytes.removeLast() }
        quotes = quotes.map { $0.clamped(to: 0..<bytes.count) }
    }

    static let space = UInt8(ascii: " ")
    static let comma = UInt8(ascii: ",")
    static let sentence = UInt8(ascii: "\n")
    static let question = UInt8(ascii: "?")

    static func isSeparator(_ byte: UInt8) -> Bool {
        byte == space || byte == comma || byte == sentence || byte == question
    }

    /// Whether a sentence or a question ends within a range of ``bytes``.
    func hasStop(in range: Range<Int>) -> Bool {
        for at in range where bytes[at] == Self.sentence || bytes[at] == Self.question { return true }
        return false
    }

    /// Whether a letter that begins with this byte belongs to a script without spaces between words.
    static func isUnspaced(lead byte: UInt8) -> Bool { (0xE3...0xEF).contains(byte) || byte >= 0xF0 }

    // MARK: Folding

    private var previousIsUnspaced = false
    private var arabicPrefix = 0
    private var openQuote: Int?

    private mutating func fold(_ buffer: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
        var at = range.lowerBound
        var lineStart = true
        while at < range.upperBound {
            let byte = buffer[at]
            guard byte < 0x80 else {
                at = foldScalar(buffer, at, range.upperBound)
                lineStart = false
                continue
            }
            at += 1
            switch byte {
            case 0x61...0x7A, 0x30...0x39: letter(byte)
            case 0x41...0x5A: letter(byte | 0x20)
            case 0x20, 0x09, 0x0D:
                separate(Self.space)
                continue
            case 0x0A:
                let next = at < range.upperBound ? buffer[at] : 0
                separate((0x61...0x7A).contains(next) ? Self.space : Self.sentence)
                lineStart = true
                continue
            case UInt8(ascii: "'"): apostrophe(buffer, at, range.upperBound)
            case UInt8(ascii: "`"): at = code(buffer, at, range.upperBound)
            case UInt8(ascii: "\""): straightQuote()
            case UInt8(ascii: ">") where lineStart: at = quotedLine(buffer, at, range.upperBound)
            case UInt8(ascii: "."):
                let next = at < range.upperBound ? buffer[at] | 0x20 : 0x20
                let inWord = (0x61...0x7A).contains(next) || (0x30...0x39).contains(next)
                separate(inWord ? Self.space : Self.sentence)
            case UInt8(ascii: "!"):
                exclaim()
            case UInt8(ascii: ";"), UInt8(ascii: ":"): separate(Self.sentence)
            case UInt8(ascii: "?"): separate(Self.question)
            case UInt8(ascii: ","): separate(Self.comma)
            case UInt8(ascii: "$"): word("usd")
            default: separate(Self.space)
            }
            lineStart = false
        }
        openQuote = nil
    }

    private mutating func letter(_ byte: UInt8) {
        if bytes.last.map(Self.isSeparator) ?? true || previousIsUnspaced { starts.append(Int32(bytes.count)) }
        previousIsUnspaced = false
        bytes.append(byte)
        endsExclaiming = false
        scripts.latin += 1
    }

    private mutating func exclaim() {
        exclamations += 1
        endsExclaiming = true
        separate(Self.sentence)
    }

    /// A sign that is read as a word.
    private mutating func word(_ name: StaticString) {
        separate(Self.space)
        name.withUTF8Buffer { for byte in $0 { letter(byte) } }
        separate(Self.space)
    }

    private mutating func separate(_ mark: UInt8) {
        previousIsUnspaced = false
        guard let last = bytes.last else { return }
        guard Self.isSeparator(last) else {
            bytes.append(mark)
            return
        }
        if Self.strength(mark) > Self.strength(last) { bytes[bytes.count - 1] = mark }
    }

    private static func strength(_ mark: UInt8) -> Int {
        switch mark {
        case question: 3
        case sentence: 2
        case comma: 1
        default: 0
        }
    }

    /// `don't` becomes `dont`, `I'm` becomes `im`; `l'école` becomes `l ecole`.
    private mutating func apostrophe(_ buffer: UnsafeBufferPointer<UInt8>, _ at: Int, _ end: Int) {
        var tail: [UInt8] = []
        var next = at
        while next < end, tail.count < 4, case let byte = buffer[next] | 0x20, (0x61...0x7A).contains(byte) {
            tail.append(byte)
            next += 1
        }
        let continues = next < end && buffer[next] >= 0x80
        let isContraction = !continues && Self.contractions.contains { $0.utf8.elementsEqual(tail) }
        if !isContraction { separate(Self.space) }
    }

    private static let contractions = ["t", "m", "s", "re", "ve", "ll", "d"]

    private mutating func code(_ buffer: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Int {
        let tick = UInt8(ascii: "`")
        var at = start
        while at < end, buffer[at] == tick { at += 1 }
        let marks = at - start + 1
        var run = 0
        var look = at
        while look < end {
            if buffer[look] == tick {
                run += 1
                if run == marks || (marks > 3 && run == 3) {
                    hasCode = true
                    separate(marks >= 3 ? Self.sentence : Self.space)
                    return look + 1
                }
            } else {
                run = 0
                if marks < 3, buffer[look] == UInt8(ascii: "\n") { break }
            }
            look += 1
        }
        separate(Self.space)
        guard marks >= 3 else { return at }
        // A fence that stays open: everything after it is code.
        hasCode = true
        return end
    }

    private mutating func straightQuote() {
        if let open = openQuote {
            closeQuote(from: open)
        } else if bytes.last.map(Self.isSeparator) ?? true {
            openQuote = bytes.count
        }
        separate(Self.space)
    }

    private mutating func closeQuote(from open: Int) {
        if open < bytes.count { quotes.append(open..<bytes.count) }
        openQuote = nil
    }

    private mutating func quotedLine(_ buffer: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Int {
        separate(Self.sentence)
        let open = bytes.count
        var at = start
        while at < end, buffer[at] != UInt8(ascii: "\n") { at += 1 }
        fold(buffer, start..<at)
        if open < bytes.count { quotes.append(open..<bytes.count) }
        separate(Self.sentence)
        return at
    }

    private mutating func foldScalar(_ buffer: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Int {
        let lead = buffer[start]
        let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1
        // A continuation byte alone, where a long text was cut.
        guard length > 1, start + length <= end else { return start + max(1, length == 1 ? 1 : end - start) }
        var value = UInt32(lead) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
        for offset in 1..<length { value = value << 6 | UInt32(buffer[start + offset] & 0x3F) }
        take(value, buffer, start + length, end)
        return start + length
    }

    private mutating func take(_ value: UInt32, _ buffer: UnsafeBufferPointer<UInt8>, _ next: Int, _ end: Int) {
        switch value {
        case 0x80..<0x250, 0x1E00..<0x1F00: latin(value)
        case 0x300...0x36F, 0x200B...0x200F, 0x2060, 0xFEFF, 0xFE00...0xFE0F, 0x64B...0x65F, 0x670, 0x640, 0x93C: break
        case 0x2018, 0x2019, 0x2BC: apostrophe(buffer, next, end)
        case 0x201C, 0x201E, 0x300C, 0x300E, 0x2039:
            if let open = openQuote { closeQuote(from: open) } else { openQuote = bytes.count }
            separate(Self.space)
        case 0x201D, 0x300D, 0x300F, 0x203A:
            if let open = openQuote { closeQuote(from: open) }
            separate(Self.space)
        case 0xFF01:
            exclaim()
        case 0x3002, 0xFF0E, 0xFF1B, 0xFF1A, 0x061B, 0x0964, 0x2026: separate(Self.sentence)
        case 0xFF1F, 0x061F, 0x2047...0x2049: separate(Self.question)
        case 0x3001, 0xFF0C, 0x060C: separate(Self.comma)
        case 0xFF10...0xFF19, 0xFF41...0xFF5A: letter(UInt8(value - 0xFEE0))
        case 0xFF21...0xFF3A: letter(UInt8(value - 0xFEE0) | 0x20)
        case 0x20AC: word("eur")
        case 0x2000...0x2BFF, 0x3000...0x3020, 0xFF00...0xFF65: separate(Self.space)
        default: other(value)
        }
    }

    private mutating func latin(_ value: UInt32) {
        switch value {
        case 0xAB, 0xBB:
            if let open = openQuote { closeQuote(from: open) } else { openQuote = bytes.count }
            separate(Self.space)
        case 0xA3: word("gbp")
        case 0xDF:
            letter(UInt8(ascii: "s"))
            letter(UInt8(ascii: "s"))
        case 0xE6, 0xC6:
            letter(UInt8(ascii: "a"))
            letter(UInt8(ascii: "e"))
        case 0x152, 0x153:
            letter(UInt8(ascii: "o"))
            letter(UInt8(ascii: "e"))
        default:
            let folded = Self.latinLetters[Int(value < 0x250 ? value - 0x80 : value - 0x1E00 + 0x1D0)]
            if folded != 0 { letter(folded) } else { separate(Self.space) }
        }
    }

    /// The letter without its accents for U+0080…U+024F and U+1E00…U+1EFF, 0 where there is none.
    private static let latinLetters: [UInt8] = {
        let special: [UInt32: Character] = [
            0xD8: "o", 0xF8: "o", 0x141: "l", 0x142: "l", 0x110: "d", 0x111: "d", 0x131: "i", 0xF0: "d", 0xD0: "d",
            0xFE: "t", 0xDE: "t",
        ]
        return (Array(UInt32(0x80)..<0x250) + Array(UInt32(0x1E00)..<0x1F00)).map { value in
            if let base = special[value] { return base.asciiValue ?? 0 }
            guard let scalar = Unicode.Scalar(value) else { return 0 }
            let base = String(Character(scalar)).decomposedStringWithCanonicalMapping.utf8.first ?? 0
            return (0x41...0x5A).contains(base) || (0x61...0x7A).contains(base) ? base | 0x20 : 0
        }
    }()

    private mutating func other(_ value: UInt32) {
        var value = value
        switch value {
        case 0x400...0x52F:
            scripts.cyrillic += 1
            if (0x410...0x42F).contains(value) {
                value += 0x20
            } else if (0x400...0x40F).contains(value) {
                value += 0x50
            }
        case 0x370...0x3FF:
            scripts.greek += 1
            if (0x391...0x3A9).contains(value) { value += 0x20 }
        case 0x590...0x5FF: scripts.hebrew += 1
        case 0x600...0x6FF:
            scripts.arabic += 1
            switch value {
            case 0x622, 0x623, 0x625: value = 0x627
            case 0x649: value = 0x64A
            case 0x629: value = 0x647
            default: break
            }
        case 0x900...0x97F:
            scripts.devanagari += 1
            // Letters written with a dot below in one piece: without the dot.
            let plain: [UInt32] = [0x915, 0x916, 0x917, 0x91C, 0x921, 0x922, 0x92B, 0x92F]
            if (0x958...0x95F).contains(value) { value = plain[Int(value - 0x958)] }
        case 0xE00...0xE7F: scripts.thai += 1
        case 0x3040...0x30FF: scripts.kana += 1
        case 0x3400...0x9FFF, 0x2_0000...0x3_FFFF: scripts.han += 1
        case 0xAC00...0xD7AF: scripts.hangul += 1
        default: break
        }
        guard let scalar = Unicode.Scalar(value) else { return }
        let encoded = UTF8.encode(scalar)
        let isUnspaced = encoded?.first.map(Self.isUnspaced) ?? false
        let startsWord = bytes.last.map(Self.isSeparator) ?? true
        if startsWord { arabicPrefix = 0 }
        if startsWord || isUnspaced || previousIsUnspaced || (1...3).contains(arabicPrefix) {
            starts.append(Int32(bytes.count))
        }
        // Arabic writes "and", "in", "to", "the" together with the word: a phrase may start after them.
        let isPrefix = [0x648, 0x641, 0x628, 0x644, 0x643, 0x627, 0x633].contains(value)
        arabicPrefix = isPrefix && (startsWord || arabicPrefix > 0) ? arabicPrefix + 1 : 0
        previousIsUnspaced = isUnspaced
        endsExclaiming = false
        if let encoded { bytes.append(contentsOf: encoded) }
    }
}
