extension YAMLParser {
    /// A key that stands on the current line.
    struct Key {
        /// The key, quotes included, without the colon.
        var span: Range<Int>
        /// Just behind the colon.
        var end: Int
    }

    /// The key that starts here in block structure, if one does: a text on one line with a colon and a gap behind it.
    func keyAhead() -> Key? {
        let start = position
        let first = byte
        if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
            guard let close = closingQuote() else { return nil }
            var index = close + 1
            while isBlank(byte(at: index)) { index += 1 }
            guard byte(at: index) == UInt8(ascii: ":"), isGap(at: index + 1) else { return nil }
            return Key(span: start..<close + 1, end: index + 1)
        }
        guard mayStartPlain(at: start, inFlow: false) else { return nil }
        let index = endOfPlainLine
        guard byte(at: index) == UInt8(ascii: ":") else { return nil }
        var end = index
        while end > start, isBlank(bytes[end - 1]) { end -= 1 }
        return Key(span: start..<end, end: index + 1)
    }

    /// The key's text.
    mutating func keyText(_ key: Key) throws(YAMLProblem) -> String {
        guard key.end - key.span.lowerBound <= Self.maximumKeyBytes else { throw .longKey(key.span) }
        let first = bytes[key.span.lowerBound]
        if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
            position = key.span.lowerBound
            return try quotedText(parent: -1)
        }
        return String(decoding: bytes[key.span], as: UTF8.self)
    }

    /// The quote on this line that closes the one that stands here.
    private func closingQuote() -> Int? {
        let quote = byte
        var index = position + 1
        while index < bytes.count, !isBreak(bytes[index]) {
            if bytes[index] == quote {
                if quote == UInt8(ascii: "'"), byte(at: index + 1) == quote {
                    index += 2
                    continue
                }
                return index
            }
            index += quote == UInt8(ascii: "\"") && bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        return nil
    }

    /// Whether a text without quotes may start with what stands at an offset.
    func mayStartPlain(at index: Int, inFlow: Bool) -> Bool {
        let first = byte(at: index)
        switch first {
        case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"),
            UInt8(ascii: "#"), UInt8(ascii: "&"), UInt8(ascii: "*"), UInt8(ascii: "!"), UInt8(ascii: "|"),
            UInt8(ascii: ">"), UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "%"), UInt8(ascii: "@"),
            UInt8(ascii: "`"):
            return false
        case UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"): break
        default: return !isGap(at: index)
        }
        if isGap(at: index + 1) { return false }
        return !inFlow || (first == UInt8(ascii: "-") && !",[]{}".utf8.contains(byte(at: index + 1)))
    }
}
