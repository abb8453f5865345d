extension YAMLParser {
    /// A value that starts in the middle of a line, or fills lines of its own, and isn't a block mapping or list.
    mutating func inlineNode(parent: Int) throws(YAMLProblem) -> SourceNode {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            let start = position
            let text = try quotedText(parent: parent)
            let node = SourceNode(form: .text(text), span: start..<position)
            try finishLine(after: "the closing quote")
            return node
        case UInt8(ascii: "["), UInt8(ascii: "{"):
            let node = try flowNode(parent: parent)
            try finishLine(after: "the closing bracket")
            return node
        case UInt8(ascii: "|"), UInt8(ascii: ">"):
            return try blockText(parent: parent)
        default:
            guard mayStartPlain(at: position, inFlow: false) else { throw misplaced(lineSpan) }
            return try plainNode(parent: parent)
        }
    }

    /// Why a value can't start with what stands here.
    func misplaced(_ span: Range<Int>) -> YAMLProblem {
        switch byte {
        case UInt8(ascii: "&"), UInt8(ascii: "*"): .anchor(span)
        case UInt8(ascii: "!"): .tag(span)
        case UInt8(ascii: "?") where isGap(at: position + 1): .complexKey(span)
        default: .reservedStart(span, Unicode.Scalar(byte))
        }
    }

    // MARK: Texts without quotes

    private mutating func plainNode(parent: Int) throws(YAMLProblem) -> SourceNode {
        let start = position
        let first = try plainLine()
        var text: [UInt8]?
        // Further lines belong to the text while they stand further in than its parent.
        while true {
            let (savedPosition, savedLineStart) = (position, lineStart)
            var breaks = 0
            while isBreak(byte) {
                skipBreak()
                breaks += 1
                while byte == 0x20 { position += 1 }
                if byte == 0x09 { break }
            }
            if breaks == 0 || isAtEnd || column <= parent || byte == UInt8(ascii: "#") || byte == 0x09
                || isDocumentMarker
            {
                (position, lineStart) = (savedPosition, savedLineStart)
                break
            }
            if isListItem { throw .itemInsideText(lineSpan) }
            if keyAhead() != nil { throw .keyInsideText(lineSpan) }
            let line = try plainLine()
            text = (text ?? Array(bytes[first])) + fold(breaks) + bytes[line]
        }
        // A comment ends the text, even where the next line stands further in.
        if byte == UInt8(ascii: "#") { skipComment() }
        let span = start..<first.upperBound
        guard let text else { return SourceNode(form: plainForm(first), span: span) }
        return SourceNode(form: .text(String(decoding: text, as: UTF8.self)), span: span)
    }

    /// One line of a text without quotes. Stops before a comment or the line's end.
    private mutating func plainLine() throws(YAMLProblem) -> Range<Int> {
        let start = position
        position = endOfPlainLine
        if byte == UInt8(ascii: ":") { throw .colonInText(position..<position + 1) }
        var end = position
        while end > start, isBlank(bytes[end - 1]) { end -= 1 }
        return start..<end
    }

    /// Where a text without quotes ends on this line: at a colon with a gap behind it, before a comment, or at the line's
    /// end.
    var endOfPlainLine: Int {
        bytes.withUnsafeBufferPointer { bytes in
            var index = position
            while index < bytes.count {
                switch bytes[index] {
                case 0x0A, 0x0D: return index
                case UInt8(ascii: ":"): if isGap(at: index + 1) { return index }
                case UInt8(ascii: "#"): if index > position, isBlank(bytes[index - 1]) { return index }
                default: break
                }
                index += 1
            }
            return index
        }
    }

    /// What a text without quotes stands for: nothing, when it is one of YAML's words for that.
    func plainForm(_ range: Range<Int>) -> SourceNode.Form {
        let text = String(decoding: bytes[range], as: UTF8.self)
        guard range.count <= 4 else { return .text(text) }
        return ["~", "null", "Null", "NULL"].contains(text) ? .empty : .text(text)
    }

    /// One line break folds to a space, and each further one stays.
    func fold(_ breaks: Int) -> [UInt8] {
        breaks == 1 ? [0x20] : [UInt8](repeating: 0x0A, count: breaks - 1)
    }

    // MARK: Block texts

    /// A text under `|` (lines stay) or `>` (lines fold), after the algorithm of libyaml, so that both agree.
    private mutating func blockText(parent: Int) throws(YAMLProblem) -> SourceNode {
        let start = position
        let isLiteral = byte == UInt8(ascii: "|")
        position += 1
        var chomping: UInt8 = 0
        var indent: Int?
        while true {
            if chomping == 0, byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") {
                chomping = byte
            } else if indent == nil, (0x31...0x39).contains(byte) {
                indent = max(parent, 0) + Int(byte - 0x30)
            } else {
                break
            }
            position += 1
        }
        let header = start..<position
        try finishLine(after: isLiteral ? "`|`" : "`>`")
        if !isAtEnd { skipBreak() }

        var text: [UInt8] = []
        var (breaks, width) = try blockTextBreaks(indent: indent)
        let depth = indent ?? max(width, max(parent + 1, 1))
        // Counted from the widest of the leading lines, so a shorter first line would be cut: refuse that.
        if indent == nil, column < depth, column > parent, !isAtEnd, !isBreak(byte), column > 0 {
            throw .unevenBlockText(lineSpan)
        }
        var leadingBreak = false
        var wasIndented = false
        while column == depth, !isAtEnd {
            let isIndented = isBlank(byte)
            if !isLiteral, leadingBreak, !wasIndented, !isIndented {
                if breaks == 0 { text.append(0x20) }
            } else if leadingBreak {
                text.append(0x0A)
            }
            text.append(contentsOf: repeatElement(0x0A, count: breaks))
            wasIndented = isIndented
            let line = position
            skipLine()
            text.append(contentsOf: bytes[line..<position])
            leadingBreak = !isAtEnd
            if leadingBreak { skipBreak() }
            (breaks, width) = try blockTextBreaks(indent: depth)
        }
        if chomping != UInt8(ascii: "-"), leadingBreak { text.append(0x0A) }
        if chomping == UInt8(ascii: "+") { text.append(contentsOf: repeatElement(0x0A, count: breaks)) }
        return SourceNode(form: .text(String(decoding: text, as: UTF8.self)), span: header)
    }

    /// Moves over empty lines and the indentation of the next, and counts the lines and the widest indentation.
    private mutating func blockTextBreaks(indent: Int?) throws(YAMLProblem) -> (breaks: Int, width: Int) {
        var breaks = 0
        var width = 0
        while true {
            while byte == 0x20, indent.map({ column < $0 }) ?? true { position += 1 }
            width = max(width, column)
            if byte == 0x09, indent.map({ column < $0 }) ?? true { throw .tabIndentation(at: position) }
            guard isBreak(byte) else { return (breaks, width) }
            skipBreak()
            breaks += 1
        }
    }
}
