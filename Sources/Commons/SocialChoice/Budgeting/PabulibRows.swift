/// A Pabulib file cut into rows of cells: semicolons between cells, quotes around cells that hold semicolons, quotes
/// (doubled) or line ends. One pass over the bytes.
struct PabulibRows {
    struct Cell {
        var text: String
        var place: PabulibPlace
        /// Quoted cells are never read as the name of a section, nor as blank.
        var isQuoted: Bool

        var trimmed: Substring { pabulibTrimmed(text) }
    }

    private let bytes: [UInt8]
    private var next = 0
    private var line: Int32 = 1
    private var column: Int32 = 1

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        // A byte order mark says nothing; it isn't kept.
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { next = 3 }
    }

    /// The next row that isn't blank. Nil at the end.
    ///
    /// - Throws: for bytes that aren't UTF-8, and a quote that isn't closed.
    mutating func row() throws(PabulibProblem) -> [Cell]? {
        while next < bytes.count {
            var cells = [try cell()]
            while next < bytes.count, bytes[next] == UInt8(ascii: ";") {
                step()
                cells.append(try cell())
            }
            endLine()
            if cells.contains(where: { $0.isQuoted || !$0.trimmed.isEmpty }) { return cells }
        }
        return nil
    }

    /// One cell, up to its semicolon or the end of its line.
    private mutating func cell() throws(PabulibProblem) -> Cell {
        let (start, place) = (next, PabulibPlace(line: line, column: column))
        if next < bytes.count, bytes[next] == UInt8(ascii: "\"") {
            if let text = try quoted(place) { return Cell(text: text, place: place, isQuoted: true) }
            // Files exist whose names begin with a quote that quotes only a word. Such a cell is taken as it stands.
            // Each quote that is looked at here ends the search from an earlier one, so this stays one pass or two.
            (next, line, column) = (start, place.line, place.column)
        }
        while next < bytes.count, !isEnd(bytes[next]) { step() }
        return Cell(text: try text(bytes[start..<next], place), place: place, isQuoted: false)
    }

    /// What stands between quotes. Nil, if something follows the closing quote that isn't the end of the cell.
    private mutating func quoted(_ place: PabulibPlace) throws(PabulibProblem) -> String? {
        var content: [UInt8] = []
        step()
        while next < bytes.count {
            let byte = bytes[next]
            if byte == UInt8(ascii: "\"") {
                step()
                guard next < bytes.count, bytes[next] == byte else {
                    guard next == bytes.count || isEnd(bytes[next]) else { return nil }
                    return try text(content[...], place)
                }
            }
            content.append(byte)
            if byte == 0x0A || byte == 0x0D { endLine(keeping: &content) } else { step() }
        }
        throw PabulibProblem(
            place, "This quote is never closed.",
            help: "Close it with a quote at the end of the cell, or double the quotes inside: \"say \"\"hello\"\"\".")
    }

    private func isEnd(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ";") || byte == 0x0A || byte == 0x0D
    }

    private func text(_ bytes: ArraySlice<UInt8>, _ place: PabulibPlace) throws(PabulibProblem) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw PabulibProblem(
                place, "This cell isn't text in UTF-8.",
                help: "Save the file as UTF-8; spreadsheets offer that when they export CSV.")
        }
        return text
    }

    private mutating func step() {
        // Bytes that go on with a character don't begin a column.
        if bytes[next] & 0xC0 != 0x80 { column += 1 }
        next += 1
    }

    /// Moves past one end of a line, if there is one here: `\n`, `\r` or both.
    private mutating func endLine() {
        guard next < bytes.count else { return }
        if bytes[next] == 0x0D, next + 1 < bytes.count, bytes[next + 1] == 0x0A { next += 1 }
        next += 1
        line += 1
        column = 1
    }

    /// The same inside quotes, where the second byte of `\r\n` belongs to the text too.
    private mutating func endLine(keeping content: inout [UInt8]) {
        let start = next
        endLine()
        content.append(contentsOf: bytes[(start + 1)..<next])
    }
}

/// Without the white space around it.
func pabulibTrimmed(_ text: some StringProtocol) -> Substring {
    let text = Substring(text)
    let bytes = text.utf8
    // Most cells begin and end with a letter or digit, and need no look at Unicode's tables.
    if let first = bytes.first, let last = bytes.last, (0x21...0x7E).contains(first), (0x21...0x7E).contains(last) {
        return text
    }
    var scalars = text.unicodeScalars
    while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
    while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
    return Substring(scalars)
}
