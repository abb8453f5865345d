/// The bytes of a charter file, known to be sound UTF-8 without control characters, and the places of its lines.
struct SourceText {
    let bytes: [UInt8]
    /// The offset at which each line starts. CR, LF and CRLF each end a line.
    private let lineStarts: [Int]

    /// Checks the bytes and finds the lines. Notes what is wrong; what remains can be parsed only when `isReadable`.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var starts = [0]
        bytes.withUnsafeBufferPointer { bytes in
            var index = 0
            while index < bytes.count {
                let byte = bytes[index]
                index += 1
                guard byte <= 0x0D, byte == 0x0A || byte == 0x0D else { continue }
                if byte == 0x0A || !(index < bytes.count && bytes[index] == 0x0A) { starts.append(index) }
            }
        }
        lineStarts = starts
    }

    /// The line and column of an offset, both from 1; the column counts Unicode scalars.
    ///
    /// - Complexity: O(log *l* + *w*) for *l* lines and a line *w* bytes wide.
    func place(of offset: Int) -> (line: Int, column: Int) {
        let line = lineNumber(of: offset)
        let start = lineStarts[line - 1]
        let scalars = bytes[start..<min(max(offset, start), bytes.count)].count { $0 & 0xC0 != 0x80 }
        // A byte order mark takes no column.
        return (line, scalars + 1 - (line == 1 && offset >= 3 && hasByteOrderMark ? 1 : 0))
    }

    func lineNumber(of offset: Int) -> Int {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low + 1
    }

    /// Where a line starts, behind a byte order mark. Lines count from 1.
    func start(of line: Int) -> Int {
        line == 1 && hasByteOrderMark ? 3 : lineStarts[line - 1]
    }

    /// How many scalars a range covers on the line where it starts, at least 1.
    func length(of range: Range<Int>) -> Int {
        var count = 0
        for byte in bytes[min(range.lowerBound, bytes.count)..<min(range.upperBound, bytes.count)] {
            if byte == 0x0A || byte == 0x0D { break }
            if byte & 0xC0 != 0x80 { count += 1 }
        }
        return max(1, count)
    }

    var hasByteOrderMark: Bool { bytes.starts(with: [0xEF, 0xBB, 0xBF]) }
}

extension SourceText {
    /// Notes everything in the bytes that has no place in a charter, whatever it may mean.
    ///
    /// - Returns: Whether the text can be parsed in spite of it.
    func isReadable(log: inout DiagnosticLog) -> Bool {
        var isReadable = true
        var index = hasByteOrderMark ? 3 : 0
        while true {
            index = endOfPlainText(from: index)
            guard index < bytes.count else { break }
            let byte = bytes[index]
            if byte >= 0x80 {
                guard let (scalar, length) = scalar(at: index) else {
                    log.error(
                        "not-utf8", at: index..<index + 1, "The file is not UTF-8 text from here on.",
                        help: "Save it as UTF-8. Most editors offer that under \"encoding\" when they save.")
                    return false
                }
                let isLineBreakOfOthers = [0x85, 0x2028, 0x2029].contains(scalar.value)
                if (0x80...0x9F).contains(scalar.value) || isLineBreakOfOthers || scalar.isHiddenFromReaders {
                    let name = "U+" + String(scalar.value, radix: 16, uppercase: true)
                    log.error(
                        "hidden-character", at: index..<index + length,
                        "Here stands a character that readers can't see (\(name)).",
                        help: "Take it away: a charter must say the same to people as to the model.")
                    if scalar.value < 0xA0 || isLineBreakOfOthers { isReadable = false }
                }
                index += length
            } else {
                if (byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D) || byte == 0x7F {
                    log.error(
                        "control-character", at: index..<index + 1,
                        "Here stands a control character (byte \(byte)), which has no place in a text.",
                        help: "Take it away. If the whole file looks like this, it isn't a text file.")
                    isReadable = false
                    if log.isFull { return false }
                }
                index += 1
            }
        }
        return isReadable
    }

    /// The first byte from an offset on that isn't ASCII that people can see, a blank or a line break.
    private func endOfPlainText(from start: Int) -> Int {
        bytes.withUnsafeBufferPointer { bytes in
            var index = start
            while index < bytes.count {
                let byte = bytes[index]
                guard (byte >= 0x20 && byte < 0x7F) || byte == 0x0A || byte == 0x0D || byte == 0x09 else { break }
                index += 1
            }
            return index
        }
    }

    /// The scalar that starts at an offset, and its length. Nil when the bytes are not sound UTF-8 (RFC 3629).
    private func scalar(at index: Int) -> (Unicode.Scalar, length: Int)? {
        let first = UInt32(bytes[index])
        let length =
            switch first {
            case 0xC2...0xDF: 2
            case 0xE0...0xEF: 3
            case 0xF0...0xF4: 4
            default: 0
            }
        guard length > 0, index + length <= bytes.count else { return nil }
        var value = first & (0x7F >> UInt32(length))
        for byte in bytes[index + 1..<index + length] {
            guard byte & 0xC0 == 0x80 else { return nil }
            value = value << 6 | UInt32(byte & 0x3F)
        }
        // Overlong forms of three and four bytes; surrogates and values above U+10FFFF are no scalars.
        guard length != 3 || value >= 0x800, length != 4 || value >= 0x1_0000 else { return nil }
        return Unicode.Scalar(value).map { ($0, length) }
    }
}
