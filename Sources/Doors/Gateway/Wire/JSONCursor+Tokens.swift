extension JSONCursor {
    // MARK: Strings

    /// Checks the string whose opening quote is the next byte, and steps past its closing quote.
    @inline(__always)
    mutating func string() throws(Stumble) -> JSONText {
        let start = at + 1
        let end = plainRun(from: start)
        if _fastPath(end < count && base[end] == 0x22) {
            at = end + 1
            return JSONText(start: start, end: end, hasEscapes: false)
        }
        return try longString(start: start, from: end)
    }

    /// The first index at or after `index` whose byte is a quote, a backslash, a control character or not ASCII.
    ///
    /// Eight bytes at a time in one word. Subtraction borrows upwards only, so the lowest marked byte is exact, and
    /// that is the first in memory.
    @inline(__always)
    func plainRun(from index: Int) -> Int {
        var index = index
        while index &+ 16 <= count {
            let first = Self.marked(UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self).littleEndian)
            let second = Self.marked(UnsafeRawPointer(base + index + 8).loadUnaligned(as: UInt64.self).littleEndian)
            if first | second != 0 {
                return first != 0
                    ? index &+ first.trailingZeroBitCount &>> 3 : index &+ 8 &+ second.trailingZeroBitCount &>> 3
            }
            index &+= 16
        }
        while index < count {
            let byte = Int8(bitPattern: base[index])
            if byte < 0x20 || byte == 0x22 || byte == 0x5C { return index }
            index &+= 1
        }
        return index
    }

    /// The top bit of each byte in `word` that is no plain string byte (and perhaps of bytes above the lowest such).
    @inline(__always)
    private static func marked(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quote = word ^ (ones &* 0x22)
        let backslash = word ^ (ones &* 0x5C)
        let below = (word &- (ones &* 0x20)) & ~word
        let equal = ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash)
        return (below | equal | word) & (ones &* 0x80)
    }

    /// A string with escapes or text outside ASCII, or one that is at fault.
    @inline(never)
    private mutating func longString(start: Int, from first: Int) throws(Stumble) -> JSONText {
        var index = first
        var hasEscapes = false
        while index < count {
            let byte = base[index]
            if byte == 0x22 {
                at = index + 1
                return JSONText(start: start, end: index, hasEscapes: hasEscapes)
            } else if byte == 0x5C {
                hasEscapes = true
                index = try afterEscape(index)
            } else if byte >= 0x80 {
                repeat { index = try afterCharacter(index) } while index < count && base[index] >= 0x80
            } else {
                guard byte >= 0x20 else { throw Stumble(.controlCharacter, at: index) }
            }
            index = plainRun(from: index)
        }
        throw Stumble(.unexpectedEnd, at: count)
    }

    /// The index after the escape whose backslash is at `index`.
    @inline(__always)
    private func afterEscape(_ index: Int) throws(Stumble) -> Int {
        guard index + 1 < count else { throw Stumble(.unexpectedEnd, at: count) }
        switch base[index + 1] {
        case 0x22, 0x5C, 0x2F, 0x62, 0x66, 0x6E, 0x72, 0x74: return index + 2
        case 0x75: return try afterUnicodeEscape(index)
        default: throw Stumble(.badEscape, at: index)
        }
    }

    @inline(never)
    private func afterUnicodeEscape(_ index: Int) throws(Stumble) -> Int {
        let code = try fourDigits(index)
        guard code & 0xF800 == 0xD800 else { return index + 6 }
        guard code & 0xFC00 == 0xD800 else { throw Stumble(.loneSurrogate, at: index) }
        guard index + 7 < count else {
            // The text may stop inside the second half, or simply have none.
            let isCutShort = index + 6 >= count || (index + 7 == count && base[index + 6] == 0x5C)
            throw Stumble(isCutShort ? .unexpectedEnd : .loneSurrogate, at: isCutShort ? count : index)
        }
        guard base[index + 6] == 0x5C, base[index + 7] == 0x75 else { throw Stumble(.loneSurrogate, at: index) }
        guard try fourDigits(index + 6) & 0xFC00 == 0xDC00 else { throw Stumble(.loneSurrogate, at: index) }
        return index + 12
    }

    /// The value of the four digits of the `\u` escape at `index`.
    private func fourDigits(_ index: Int) throws(Stumble) -> UInt32 {
        var code: UInt32 = 0
        for position in index + 2..<index + 6 {
            guard position < count else { throw Stumble(.unexpectedEnd, at: count) }
            guard let digit = Self.hexadecimalDigit(base[position]) else { throw Stumble(.badEscape, at: index) }
            code = code << 4 | UInt32(digit)
        }
        return code
    }

    @inline(__always)
    static func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte &- 0x30
        case 0x41...0x46: byte &- 0x37
        case 0x61...0x66: byte &- 0x57
        default: nil
        }
    }

    /// The index after the UTF-8 sequence that starts at `index` with a byte of 0x80 or more.
    ///
    /// Well-formed sequences are those of the Unicode Standard, table 3-7.
    @inline(__always)
    private func afterCharacter(_ index: Int) throws(Stumble) -> Int {
        let lead = base[index]
        let length: Int
        var low: UInt8 = 0x80
        var high: UInt8 = 0xBF
        switch lead {
        case 0xC2...0xDF: length = 2
        case 0xE1...0xEC, 0xEE, 0xEF: length = 3
        case 0xE0: (length, low) = (3, 0xA0)
        case 0xED: (length, high) = (3, 0x9F)
        case 0xF1...0xF3: length = 4
        case 0xF0: (length, low) = (4, 0x90)
        case 0xF4: (length, high) = (4, 0x8F)
        default: throw Stumble(.badUTF8, at: index)
        }
        guard index + length <= count else { throw Stumble(.badUTF8, at: index) }
        let second = base[index + 1]
        guard second >= low, second <= high else { throw Stumble(.badUTF8, at: index) }
        if length > 2 {
            guard base[index + 2] & 0xC0 == 0x80 else { throw Stumble(.badUTF8, at: index) }
            if length > 3 {
                guard base[index + 3] & 0xC0 == 0x80 else { throw Stumble(.badUTF8, at: index) }
            }
        }
        return index + length
    }

    // MARK: Numbers and words

    /// Checks the number that starts here: `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`.
    mutating func number() throws(Stumble) {
        let start = at
        if head == 0x2D { at += 1 }
        if head == 0x30 {
            at += 1
            if isDigit { throw Stumble(.badNumber, at: start) }
        } else {
            try digits(of: start)
        }
        if head == 0x2E {
            at += 1
            try digits(of: start)
        }
        if head | 0x20 == 0x65 {
            at += 1
            if head == 0x2B || head == 0x2D { at += 1 }
            try digits(of: start)
        }
    }

    @inline(__always)
    private var isDigit: Bool { at < count && base[at] &- 0x30 < 10 }

    @inline(__always)
    private mutating func digits(of start: Int) throws(Stumble) {
        guard isDigit else { throw at < count ? Stumble(.badNumber, at: start) : Stumble(.unexpectedEnd, at: count) }
        repeat { at += 1 } while isDigit
    }

    /// Checks the whole number that starts here and returns it when it is written without point or exponent and fits
    /// in an `Int`.
    mutating func wholeNumber() throws(Stumble) -> Int? {
        let start = at
        try number()
        let isNegative = base[start] == 0x2D
        var value = 0
        for index in (isNegative ? start + 1 : start)..<at {
            let digit = base[index] &- 0x30
            guard digit < 10 else { return nil }
            let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
            guard !overflow else { return nil }
            let (sum, overflow2) = tens.addingReportingOverflow(Int(digit))
            guard !overflow2 else { return nil }
            value = sum
        }
        return isNegative ? -value : value
    }

    @inline(__always)
    mutating func literal(_ word: StaticString) throws(Stumble) {
        let length = word.utf8CodeUnitCount
        for index in 0..<length {
            guard at + index < count else { throw Stumble(.unexpectedEnd, at: count) }
            guard base[at + index] == word.utf8Start[index] else { throw Stumble(.badLiteral, at: at) }
        }
        at += length
    }
}
