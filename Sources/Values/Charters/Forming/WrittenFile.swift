/// A whole file as text: two spaces a level, one form for each choice that carries no meaning.
struct WrittenFile {
    /// How many characters a line has at most, where there is a place to break it.
    static let width = 116

    private(set) var lines: [String] = []

    /// Writes a document.
    ///
    /// - Parameter header: Comments that belong to the file as a whole. An empty one is an empty line.
    init(_ root: WrittenNode, header: [String] = []) {
        lines += header
        let start = lines.count
        block(root, at: 0)
        if start > 0, lines.count > start { lines.insert("", at: start) }
    }

    /// The file's text, with a line feed at its end.
    var text: String { lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n" }

    // MARK: Blocks

    private mutating func block(_ node: WrittenNode, at column: Int) {
        let margin = String(repeating: " ", count: column)
        let start = lines.count
        switch node.form {
        case .text, .empty:
            write(node, behind: margin, at: column, beside: nil)
        case .list(let items):
            for item in items { write(item, at: column, isFirst: lines.count == start) }
        case .map(let entries):
            for entry in entries {
                write(entry.notes, at: column, isFirst: lines.count == start)
                let key = WrittenText(entry.key, isQuoted: false).onOneLine(inFlow: false)
                write(entry.value, behind: margin + key + ":", at: column, beside: entry.notes.beside)
            }
        }
        for (index, comment) in node.tail.enumerated() {
            if comment.isEmpty, index == 0, lines.count == start { continue }
            lines.append(comment.isEmpty ? "" : margin + comment)
        }
    }

    private mutating func write(_ notes: WrittenNotes, at column: Int, isFirst: Bool) {
        if notes.hasBlankAbove, !isFirst { lines.append("") }
        let margin = String(repeating: " ", count: column)
        for comment in notes.above { lines.append(comment.isEmpty ? "" : margin + comment) }
    }

    private mutating func write(_ item: WrittenItem, at column: Int, isFirst: Bool) {
        let margin = String(repeating: " ", count: column)
        var notes = item.notes
        var value = item.value
        guard isBlock(value, behind: column + 1) else {
            write(notes, at: column, isFirst: isFirst)
            write(value, behind: margin + "-", at: column, beside: notes.beside)
            return
        }
        // The first key stands on the dash's line, so its comments go above the dash; so does the item's own.
        if let beside = notes.beside { notes.above.append(beside) }
        notes.above += value.takeNotesOfFirst()
        write(notes, at: column, isFirst: isFirst)
        let start = lines.count
        block(value, at: column + 2)
        if lines.count > start { lines[start] = margin + "- " + lines[start].dropFirst(column + 2) }
    }

    // MARK: Values

    /// Writes a value behind its key or dash.
    private mutating func write(_ node: WrittenNode, behind prefix: String, at column: Int, beside: String?) {
        let comment = beside.map { " " + $0 } ?? ""
        let margin = String(repeating: " ", count: column + 2)
        let gap = prefix.allSatisfy { $0 == " " } ? "" : " "
        switch node.form {
        case .empty:
            lines.append(prefix + gap + "null" + comment)
        case .text(let text):
            let written = WrittenText(text, isQuoted: node.isQuoted)
            let line = prefix + gap + written.onOneLine(inFlow: false)
            let fits = line.count <= Self.width && !written.text.utf8.contains(0x0A)
            if !fits, let block = written.block(width: Self.width - column - 2) {
                lines.append(prefix + gap + block.mark + comment)
                for line in block.lines { lines.append(line.isEmpty ? "" : margin + line) }
            } else {
                lines.append(line + comment)
            }
        case .list, .map:
            if isBlock(node, behind: prefix.count) {
                lines.append(prefix + comment)
                block(node, at: column + 2)
            } else {
                lines.append(prefix + gap + node.inBrackets + comment)
            }
        }
    }

    /// Whether a value takes lines of its own, below its key or dash.
    private func isBlock(_ node: WrittenNode, behind width: Int) -> Bool {
        switch node.form {
        case .text, .empty: return false
        case .list(let items) where items.isEmpty: return !node.tail.isEmpty
        case .map(let entries) where entries.isEmpty: return !node.tail.isEmpty
        default:
            guard node.isFlow, !node.hasNotes, node.fitsInBrackets else { return true }
            return width + 1 + node.inBrackets.count > Self.width
        }
    }
}

extension WrittenNode {
    /// The value on one line, lists and mappings in brackets.
    fileprivate var inBrackets: String {
        switch form {
        case .empty: return "null"
        case .text(let text): return WrittenText(text, isQuoted: isQuoted).onOneLine(inFlow: true)
        case .list(let items): return "[" + items.map(\.value.inBrackets).joined(separator: ", ") + "]"
        case .map(let entries):
            guard !entries.isEmpty else { return "{}" }
            let members = entries.map { entry in
                WrittenText(entry.key, isQuoted: false).onOneLine(inFlow: true) + ": " + entry.value.inBrackets
            }
            return "{ " + members.joined(separator: ", ") + " }"
        }
    }

    /// Whether no text in it has several lines.
    fileprivate var fitsInBrackets: Bool {
        switch form {
        case .empty: true
        case .text(let text): !text.trimmedLines.utf8.contains(0x0A)
        case .list(let items): items.allSatisfy(\.value.fitsInBrackets)
        case .map(let entries): entries.allSatisfy(\.value.fitsInBrackets)
        }
    }

    /// Takes the comments above the first entry away, and returns them.
    fileprivate mutating func takeNotesOfFirst() -> [String] {
        switch form {
        case .map(var entries) where !entries.isEmpty:
            let above = entries[0].notes.above
            entries[0].notes.above = []
            form = .map(entries)
            return above
        case .list(var items) where !items.isEmpty:
            var above = items[0].notes.above
            items[0].notes.above = []
            switch items[0].value.form {
            case .text, .empty: break
            case .list, .map:
                if let beside = items[0].notes.beside { above.append(beside) }
                items[0].notes.beside = nil
            }
            above += items[0].value.takeNotesOfFirst()
            form = .list(items)
            return above
        default: return []
        }
    }
}
