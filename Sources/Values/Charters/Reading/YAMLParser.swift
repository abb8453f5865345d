/// Reads the part of YAML 1.2 that charters are written in, and says in plain words what doesn't belong to it.
///
/// The part: block and flow mappings and lists, plain, quoted and block texts, comments. Not in it, and refused by
/// name: anchors, aliases and merges (a small file could stand for a huge one), tags, directives, several documents,
/// keys that aren't a single line of text, and tabs as indentation. Every text that it accepts means the same to it
/// as to libyaml; the room's tests hold the two side by side.
///
/// It is the room's own because a general parser (Yams, over libyaml) gives a file's first error only, in the words of
/// its grammar, drops where a duplicate stands, and takes more than twice the room's whole time budget.
///
/// After an error it goes on with the next entry, so that one pass finds every problem. It recurses at most
/// ``maximumDepth`` levels, takes time linear in the file, and never traps.
struct YAMLParser {
    let source: SourceText
    let bytes: [UInt8]
    var log: DiagnosticLog
    var position: Int
    /// Where the line of `position` starts. Columns in block structure are bytes from here.
    var lineStart: Int
    /// Where each comment starts, at its `#`: a file is put in form without losing one.
    private(set) var comments: [Int] = []
    private var depth = 0

    /// How many mappings and lists may stand inside each other.
    static let maximumDepth = 32
    /// How long a key may be, in bytes, as in YAML 1.2 (section 7.4.2).
    static let maximumKeyBytes = 1024

    init(_ source: SourceText, log: DiagnosticLog) {
        self.source = source
        self.bytes = source.bytes
        self.log = log
        position = source.hasByteOrderMark ? 3 : 0
        lineStart = position
    }

    /// The file's only document, or nil when there is nothing in it.
    mutating func document() -> SourceNode? {
        skipToContent()
        if byte == UInt8(ascii: "%"), column == 0 {
            let problem = YAMLProblem.directive(at: position)
            log.error(problem)
            return nil
        }
        var startsWithMarker = false
        if isDocumentMarker, byte == UInt8(ascii: "-") {
            position += 3
            startsWithMarker = true
        }
        let root: SourceNode
        do throws(YAMLProblem) {
            if startsWithMarker { try finishLine(after: "`---`") }
            skipToContent()
            guard !isAtEnd else { return nil }
            if isDocumentMarker { throw .secondDocument(at: position) }
            root = try blockNode(parent: -1)
        } catch {
            log.error(error)
            return nil
        }
        skipToContent()
        if isDocumentMarker, byte == UInt8(ascii: ".") {
            position += 3
            skipToContent()
        }
        if !isAtEnd {
            log.error(isDocumentMarker ? .secondDocument(at: position) : .unexpectedText(lineSpan))
        }
        return root
    }
}

// MARK: Where the parser stands

extension YAMLParser {
    var isAtEnd: Bool { position >= bytes.count }
    var byte: UInt8 { byte(at: position) }
    var column: Int { position - lineStart }

    /// The byte at an offset, and zero behind the end. Zero itself never stands in a readable source.
    func byte(at index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0 }

    func isBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
    /// Whether a space, a tab, a line's end or the file's end stands at an offset.
    func isGap(at index: Int) -> Bool { index >= bytes.count || isBlank(bytes[index]) || isBreak(bytes[index]) }

    /// Whether `---` or `...` stands here at the start of a line.
    var isDocumentMarker: Bool { isDocumentMarker(at: position) }

    func isDocumentMarker(at index: Int) -> Bool {
        let first = byte(at: index)
        guard index == lineStart, first == UInt8(ascii: "-") || first == UInt8(ascii: ".") else { return false }
        return byte(at: index + 1) == first && byte(at: index + 2) == first && isGap(at: index + 3)
    }

    var isListItem: Bool { byte == UInt8(ascii: "-") && isGap(at: position + 1) }

    /// From here to the end of the line, without blanks at its end.
    var lineSpan: Range<Int> {
        var end = position
        while end < bytes.count, !isBreak(bytes[end]) { end += 1 }
        while end > position, isBlank(bytes[end - 1]) { end -= 1 }
        return position..<end
    }

    mutating func skipBlanks() {
        while isBlank(byte) { position += 1 }
    }

    mutating func skipLine() {
        position = bytes.withUnsafeBufferPointer { bytes in
            var index = position
            while index < bytes.count, !isBreak(bytes[index]) { index += 1 }
            return index
        }
    }

    mutating func skipComment() {
        comments.append(position)
        skipLine()
    }

    /// Moves over the line break that stands here.
    mutating func skipBreak() {
        position += byte == 0x0D && byte(at: position + 1) == 0x0A ? 2 : 1
        lineStart = position
    }

    /// Moves over blanks, comments and line breaks to the next thing that means something.
    ///
    /// A line that is indented by tabs is noted and skipped: its depth can't be known.
    mutating func skipToContent() {
        while !isAtEnd {
            let startsLine = position == lineStart
            while byte == 0x20 { position += 1 }
            if byte == 0x09 {
                if startsLine {
                    log.error(.tabIndentation(at: position))
                    skipLine()
                } else {
                    skipBlanks()
                }
            }
            if byte == UInt8(ascii: "#"), column == 0 || isBlank(byte(at: position - 1)) { skipComment() }
            guard isBreak(byte) else { return }
            skipBreak()
        }
    }

    /// Moves to the next line that is indented no further than a column.
    mutating func skipBlock(deeperThan column: Int) {
        repeat {
            skipLine()
            skipToContent()
        } while !isAtEnd && self.column > column
    }

    /// Moves behind what may follow a value on its line: blanks and a comment.
    mutating func finishLine(after what: String) throws(YAMLProblem) {
        let end = position
        skipBlanks()
        if isAtEnd || isBreak(byte) { return }
        if byte == UInt8(ascii: "#"), position > end {
            skipComment()
            return
        }
        throw .textBehind(what, lineSpan)
    }

    /// Runs a step one level further in.
    mutating func nested(
        _ step: (inout YAMLParser) throws(YAMLProblem) -> SourceNode
    ) throws(YAMLProblem) -> SourceNode {
        guard depth < Self.maximumDepth else { throw .tooDeep(at: position) }
        depth += 1
        defer { depth -= 1 }
        return try step(&self)
    }
}

// MARK: Block structure

extension YAMLParser {
    /// The value that starts here, on a line of its own or behind a dash, further in than its parent.
    mutating func blockNode(parent: Int) throws(YAMLProblem) -> SourceNode {
        if isListItem { return try nested { (parser) throws(YAMLProblem) in parser.blockList() } }
        if keyAhead() != nil { return try nested { (parser) throws(YAMLProblem) in parser.blockMap() } }
        return try inlineNode(parent: parent)
    }

    private mutating func blockList() -> SourceNode {
        let start = position
        let column = self.column
        var items: [SourceNode] = []
        while nextEntry(at: column) {
            guard isListItem else {
                // In a mapping's list at the mapping's own depth, the next key ends the list.
                if keyAhead() != nil { break }
                log.error(.notAnItem(lineSpan))
                items.append(SourceNode(form: .broken, span: lineSpan))
                skipBlock(deeperThan: column)
                continue
            }
            let dash = position
            do {
                items.append(try listItem(column: column))
            } catch {
                log.error(error)
                items.append(SourceNode(form: .broken, span: dash..<dash + 1))
                resume(after: dash, column: column)
            }
        }
        return SourceNode(form: .list(items), span: start..<start + 1)
    }

    private mutating func listItem(column: Int) throws(YAMLProblem) -> SourceNode {
        let dash = position
        position += 1
        while byte == 0x20 { position += 1 }
        if byte == 0x09 { throw .tabIndentation(at: position) }
        if !isAtEnd, !isBreak(byte), byte != UInt8(ascii: "#") { return try blockNode(parent: column) }
        skipToContent()
        if isAtEnd || isDocumentMarker || self.column <= column {
            return SourceNode(form: .empty, span: dash..<dash + 1)
        }
        return try blockNode(parent: column)
    }

    private mutating func blockMap() -> SourceNode {
        let start = position
        let column = self.column
        var entries: [SourceEntry] = []
        while nextEntry(at: column) {
            guard let key = keyAhead() else {
                log.error(isListItem ? .strayItem(lineSpan) : notAKey())
                skipBlock(deeperThan: column)
                continue
            }
            do {
                let text = try keyText(key)
                position = key.end
                var entry = SourceEntry(
                    key: text, keySpan: key.span, value: SourceNode(form: .broken, span: key.span))
                do {
                    entry.value = try mapValue(column: column, key: key)
                } catch {
                    log.error(error)
                    resume(after: key.span.lowerBound, column: column)
                }
                entries.append(entry)
            } catch {
                log.error(error)
                resume(after: key.span.lowerBound, column: column)
            }
        }
        return SourceNode(form: .map(entries), span: start..<start + 1)
    }

    private mutating func mapValue(column: Int, key: Key) throws(YAMLProblem) -> SourceNode {
        skipBlanks()
        if !isAtEnd, !isBreak(byte), byte != UInt8(ascii: "#") {
            if isListItem { throw .listBesideKey(lineSpan) }
            return try inlineNode(parent: column)
        }
        skipToContent()
        if !isAtEnd, !isDocumentMarker {
            if self.column > column { return try blockNode(parent: column) }
            if self.column == column, isListItem {
                return try nested { (parser) throws(YAMLProblem) in parser.blockList() }
            }
        }
        return SourceNode(form: .empty, span: key.span)
    }

    /// Moves to the next entry of a block at a column. False when the block has ended.
    private mutating func nextEntry(at column: Int) -> Bool {
        while true {
            skipToContent()
            if isAtEnd || isDocumentMarker || self.column < column { return false }
            if self.column == column { return true }
            log.error(.tooFarIn(lineSpan))
            skipBlock(deeperThan: column)
        }
    }

    /// After an error in an entry: goes on behind the entry, wherever the error was noticed.
    private mutating func resume(after entry: Int, column: Int) {
        // The line is found again rather than remembered: errors are rare, and entries are many.
        position = entry
        lineStart = entry - column
        skipBlock(deeperThan: column)
    }

    private func notAKey() -> YAMLProblem {
        switch byte {
        case UInt8(ascii: "?") where isGap(at: position + 1): .complexKey(lineSpan)
        case UInt8(ascii: "&"), UInt8(ascii: "*"): .anchor(lineSpan)
        case UInt8(ascii: "!"): .tag(lineSpan)
        default: .notAKey(lineSpan)
        }
    }
}
