/// The fields of a file of comma-separated values (RFC 4180), one after another.
///
/// Strict: a quote stands around a whole field or not at all. Lines end in a line feed, with or without a carriage
/// return; empty lines are skipped; a byte order mark is taken. Nothing is copied, and each byte is looked at once.
package struct CommaSeparatedFields {
    /// One field.
    package struct Field {
        /// Where it begins, its quote included.
        package let start: Int
        /// Its content, without the quotes around it.
        package let content: Range<Int>
        /// Whether quotes inside are doubled.
        let hasDoubledQuotes: Bool
        /// Whether it is the last of its row.
        package let isLast: Bool
    }

    private static let comma = UInt8(ascii: ",")
    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    let file: String
    let bytes: [UInt8]
    private var place = 0
    private var isInRow = false

    package init(file: String, _ bytes: [UInt8]) {
        self.file = file
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
    }

    /// The next field. Nil at the end.
    package mutating func next() throws(ImportProblem) -> Field? {
        while !isInRow, place < bytes.count, let skipped = lineEnd(at: place), skipped > place { place = skipped }
        guard isInRow || place < bytes.count else { return nil }
        let start = place
        var content = start..<start
        var hasDoubledQuotes = false
        if place < bytes.count, bytes[place] == Self.quote {
            place += 1
            while true {
                guard place < bytes.count else {
                    throw problem(
                        at: start, "A quote begins here and never ends.",
                        help: "Put a quote at the end of the field; a quote inside of it is written twice.")
                }
                if bytes[place] == Self.quote {
                    guard place + 1 < bytes.count, bytes[place + 1] == Self.quote else { break }
                    hasDoubledQuotes = true
                    place += 1
                }
                place += 1
            }
            content = (start + 1)..<place
            place += 1
        } else {
            while place < bytes.count, bytes[place] != Self.comma, bytes[place] != Self.lineFeed,
                bytes[place] != Self.carriageReturn
            {
                if bytes[place] == Self.quote {
                    throw problem(
                        at: place, "A quote stands inside a field that doesn't begin with one.",
                        help: "Put the whole field in quotes, and write each quote inside of it twice.")
                }
                place += 1
            }
            content = start..<place
        }
        return Field(
            start: start, content: content, hasDoubledQuotes: hasDoubledQuotes, isLast: try endField())
    }

    /// Steps over what ends a field. True at the end of a row.
    private mutating func endField() throws(ImportProblem) -> Bool {
        if place < bytes.count, bytes[place] == Self.comma {
            place += 1
            isInRow = true
            return false
        }
        guard let after = lineEnd(at: place) else {
            throw problem(
                at: place, "Something stands here where a field has ended.",
                help: "After a closing quote comes a comma or the end of the line.")
        }
        place = after
        isInRow = false
        return true
    }

    /// Where the next line begins, if a line ends here.
    private func lineEnd(at place: Int) -> Int? {
        guard place < bytes.count else { return place }
        if bytes[place] == Self.lineFeed { return place + 1 }
        guard bytes[place] == Self.carriageReturn else { return nil }
        return place + 1 < bytes.count && bytes[place + 1] == Self.lineFeed ? place + 2 : nil
    }

    // MARK: What a field says

    /// The text of a field of at most so many bytes.
    package func text(_ field: Field, limit: Int, what: String) throws(ImportProblem) -> String {
        guard field.content.count <= limit else {
            throw problem(
                at: field.start, "\(what) has \(field.content.count) bytes; the most is \(limit).",
                help: "Shorten it, or leave its row out.")
        }
        var content = Array(bytes[field.content])
        if let zero = content.firstIndex(of: 0) {
            throw problem(
                at: field.content.lowerBound + zero, "A byte 0 stands here, which is no text.",
                help: "Export the file again as UTF-8, or take the byte out.")
        }
        if field.hasDoubledQuotes {
            var plain: [UInt8] = []
            plain.reserveCapacity(content.count)
            var isSecond = false
            for byte in content {
                isSecond = byte == Self.quote && !isSecond
                if byte != Self.quote || isSecond { plain.append(byte) }
            }
            content = plain
        }
        guard let text = String(validating: content, as: UTF8.self) else {
            throw problem(
                at: field.start, "\(what) isn't written in UTF-8.",
                help: "Export the file again as UTF-8 (in a spreadsheet: “CSV UTF-8”).")
        }
        return text
    }

    /// The whole number of a field. Nil unless it is one, with at most eighteen digits and nothing else.
    func number(_ field: Field) -> Int? {
        var digits = bytes[field.content]
        let isNegative = digits.first == UInt8(ascii: "-")
        if isNegative { digits.removeFirst() }
        guard !digits.isEmpty, digits.count <= 18 else { return nil }
        var value = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            value = value * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return isNegative ? -value : value
    }

    /// What a field holds, cut short, for a message.
    package func excerpt(_ field: Field) -> String {
        importExcerpt(String(decoding: bytes[field.content].prefix(200), as: UTF8.self))
    }

    /// A problem at a byte. Linear in what comes before, which is fine for the one that is thrown.
    package func problem(at place: Int, _ message: String, help: String) -> ImportProblem {
        var line = 1
        var column = 1
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        for byte in bytes[min(start, place)..<min(place, bytes.count)] {
            if byte == Self.lineFeed {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        return ImportProblem(file: file, line: line, column: column, message: message, help: help)
    }
}
