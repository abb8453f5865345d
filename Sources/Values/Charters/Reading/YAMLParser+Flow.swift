extension YAMLParser {
    /// A value inside brackets, or the bracketed value itself.
    mutating func flowNode(parent: Int) throws(YAMLProblem) -> SourceNode {
        switch byte {
        case UInt8(ascii: "["):
            return try nested { (parser) throws(YAMLProblem) in try parser.flowList(parent: parent) }
        case UInt8(ascii: "{"):
            return try nested { (parser) throws(YAMLProblem) in try parser.flowMap(parent: parent) }
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            let start = position
            let text = try quotedText(parent: parent)
            return SourceNode(form: .text(text), span: start..<position)
        default:
            guard mayStartPlain(at: position, inFlow: true) else { throw misplaced(position..<position + 1) }
            return try flowPlain()
        }
    }

    private mutating func flowList(parent: Int) throws(YAMLProblem) -> SourceNode {
        let open = position
        position += 1
        var items: [SourceNode] = []
        while true {
            try skipInFlow(open: open)
            if byte == UInt8(ascii: "]") { break }
            if byte == UInt8(ascii: ",") { throw .emptyItem(position..<position + 1) }
            items.append(try flowNode(parent: parent))
            try skipInFlow(open: open)
            if byte == UInt8(ascii: "]") { break }
            if byte == UInt8(ascii: ":") { throw .pairInList(position..<position + 1) }
            guard byte == UInt8(ascii: ",") else { throw expectedComma(closing: "]", open: open) }
            position += 1
        }
        position += 1
        return SourceNode(form: .list(items), span: open..<position)
    }

    private mutating func flowMap(parent: Int) throws(YAMLProblem) -> SourceNode {
        let open = position
        position += 1
        var entries: [SourceEntry] = []
        while true {
            try skipInFlow(open: open)
            if byte == UInt8(ascii: "}") { break }
            if byte == UInt8(ascii: ",") { throw .emptyItem(position..<position + 1) }
            entries.append(try flowEntry(open: open, parent: parent))
            try skipInFlow(open: open)
            if byte == UInt8(ascii: "}") { break }
            guard byte == UInt8(ascii: ",") else { throw expectedComma(closing: "}", open: open) }
            position += 1
        }
        position += 1
        return SourceNode(form: .map(entries), span: open..<position)
    }

    private mutating func flowEntry(open: Int, parent: Int) throws(YAMLProblem) -> SourceEntry {
        let start = position
        let line = lineStart
        let key: String
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            key = try quotedText(parent: parent)
        case UInt8(ascii: "["), UInt8(ascii: "{"):
            throw .complexKey(position..<position + 1)
        default:
            guard mayStartPlain(at: position, inFlow: true) else { throw misplaced(position..<position + 1) }
            let plain = try flowPlainLine()
            key = String(decoding: bytes[plain], as: UTF8.self)
            position = plain.upperBound
        }
        let keySpan = start..<position
        skipBlanks()
        guard lineStart == line, byte == UInt8(ascii: ":") else { throw .flowKeyWithoutColon(start..<start + 1) }
        guard position - start <= Self.maximumKeyBytes else { throw .longKey(keySpan) }
        position += 1
        try skipInFlow(open: open)
        if byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") {
            return SourceEntry(key: key, keySpan: keySpan, value: SourceNode(form: .empty, span: keySpan))
        }
        return SourceEntry(key: key, keySpan: keySpan, value: try flowNode(parent: parent))
    }

    /// A text without quotes inside brackets, over as many lines as it takes.
    private mutating func flowPlain() throws(YAMLProblem) -> SourceNode {
        let first = try flowPlainLine()
        var text: [UInt8]?
        while true {
            let (savedPosition, savedLineStart) = (position, lineStart)
            var breaks = 0
            while isBreak(byte) {
                skipBreak()
                breaks += 1
                while byte == 0x20 { position += 1 }
            }
            let continues =
                breaks > 0 && !isAtEnd && !isBlank(byte) && !isFlowMark(byte) && byte != UInt8(ascii: "#")
                && byte != UInt8(ascii: ":") && !isDocumentMarker
            guard continues else {
                (position, lineStart) = (savedPosition, savedLineStart)
                break
            }
            let line = try flowPlainLine()
            text = (text ?? Array(bytes[first])) + fold(breaks) + bytes[line]
        }
        guard let text else { return SourceNode(form: plainForm(first), span: first) }
        return SourceNode(form: .text(String(decoding: text, as: UTF8.self)), span: first)
    }

    /// One line of such a text. Ends before a comma, a bracket, a colon with a gap, a comment or the line's end.
    private mutating func flowPlainLine() throws(YAMLProblem) -> Range<Int> {
        let start = position
        position = endOfFlowPlainLine
        if byte == UInt8(ascii: ":"), !isGap(at: position + 1) { throw .colonInText(position..<position + 1) }
        var end = position
        while end > start, isBlank(bytes[end - 1]) { end -= 1 }
        return start..<end
    }

    /// Where such a line ends: there, or at a colon that can't stand in it.
    private var endOfFlowPlainLine: Int {
        bytes.withUnsafeBufferPointer { bytes in
            var index = position
            while index < bytes.count {
                let byte = bytes[index]
                switch byte {
                case 0x0A, 0x0D: return index
                case UInt8(ascii: ":"):
                    if isGap(at: index + 1) || ",?[]{}".utf8.contains(bytes[index + 1]) { return index }
                case UInt8(ascii: "#"): if index > position, isBlank(bytes[index - 1]) { return index }
                default: if isFlowMark(byte) { return index }
                }
                index += 1
            }
            return index
        }
    }

    /// Moves over blanks, comments and line breaks inside brackets.
    private mutating func skipInFlow(open: Int) throws(YAMLProblem) {
        while true {
            skipBlanks()
            if byte == UInt8(ascii: "#"), column == 0 || isBlank(byte(at: position - 1)) { skipComment() }
            guard isBreak(byte) else { break }
            skipBreak()
        }
        if isAtEnd || isDocumentMarker { throw .unclosedBracket(open..<open + 1) }
    }

    private func expectedComma(closing: String, open: Int) -> YAMLProblem {
        .expectedComma(position..<position + 1, closing: closing, line: source.lineNumber(of: open))
    }

    /// Whether a byte ends a text without quotes inside brackets.
    private func isFlowMark(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"): true
        default: false
        }
    }
}
