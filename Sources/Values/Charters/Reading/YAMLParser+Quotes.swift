extension YAMLParser {
    /// The text in the quotes that stand here. Further lines must stand further in than the parent, so that a quote
    /// that was never closed is noticed where the text should have ended, not at the end of the file.
    mutating func quotedText(parent: Int) throws(YAMLProblem) -> String {
        let open = position
        let quote = byte
        let isDouble = quote == UInt8(ascii: "\"")
        position += 1
        var text: [UInt8] = []
        var runStart = position
        while true {
            if isAtEnd { throw .unclosedQuote(open..<open + 1) }
            let byte = bytes[position]
            if byte == quote {
                if !isDouble, self.byte(at: position + 1) == quote {
                    text.append(contentsOf: bytes[runStart...position])
                    position += 2
                    runStart = position
                    continue
                }
                text.append(contentsOf: bytes[runStart..<position])
                position += 1
                return String(decoding: text, as: UTF8.self)
            }
            if isBreak(byte) {
                // Blanks before a break are dropped, but never what an escape put there.
                var end = position
                while end > runStart, isBlank(bytes[end - 1]) { end -= 1 }
                text.append(contentsOf: bytes[runStart..<end])
                text.append(contentsOf: fold(try quotedBreaks(open: open, parent: parent)))
                runStart = position
            } else if isDouble, byte == UInt8(ascii: "\\") {
                text.append(contentsOf: bytes[runStart..<position])
                if isBreak(self.byte(at: position + 1)) {
                    position += 1
                    let breaks = try quotedBreaks(open: open, parent: parent)
                    text.append(contentsOf: repeatElement(0x0A, count: breaks - 1))
                } else {
                    try escape(into: &text)
                }
                runStart = position
            } else {
                position += 1
            }
        }
    }

    /// Moves over line breaks and the indentation behind them, and counts the breaks.
    private mutating func quotedBreaks(open: Int, parent: Int) throws(YAMLProblem) -> Int {
        var breaks = 0
        while isBreak(byte) {
            skipBreak()
            breaks += 1
            if isDocumentMarker { throw .unclosedQuote(open..<open + 1) }
            while byte == 0x20 { position += 1 }
            if !isAtEnd, !isBreak(byte), column <= parent { throw .unclosedQuote(open..<open + 1) }
            skipBlanks()
        }
        return breaks
    }

    /// Reads the escape that stands here.
    private mutating func escape(into text: inout [UInt8]) throws(YAMLProblem) {
        let start = position
        var digits = 0
        switch byte(at: position + 1) {
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "t"), 0x09: text.append(0x09)
        case UInt8(ascii: " "): text.append(0x20)
        case UInt8(ascii: "\""): text.append(UInt8(ascii: "\""))
        case UInt8(ascii: "/"): text.append(UInt8(ascii: "/"))
        case UInt8(ascii: "\\"): text.append(UInt8(ascii: "\\"))
        case UInt8(ascii: "_"): text.append(contentsOf: "\u{A0}".utf8)
        case UInt8(ascii: "x"): digits = 2
        case UInt8(ascii: "u"): digits = 4
        case UInt8(ascii: "U"): digits = 8
        default: throw .unknownEscape(start..<min(start + 2, bytes.count))
        }
        position += 2
        guard digits > 0 else { return }
        var value: UInt32 = 0
        for _ in 0..<digits {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw .unknownEscape(start..<position)
            }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        guard let scalar = Unicode.Scalar(value), !scalar.isUnsafeToPrint || value == 0x0A else {
            throw .hiddenEscape(start..<position)
        }
        guard ![0x85, 0x2028, 0x2029].contains(value) else { throw .hiddenEscape(start..<position) }
        text.append(contentsOf: String(Character(scalar)).utf8)
    }
}
