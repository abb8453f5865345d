/// A text on its way into a file: without quotes where it may, in quotes where it must, over several lines where it is
/// long.
struct WrittenText {
    /// The text, with no blanks at its ends.
    let text: String
    private let isQuoted: Bool

    init(_ text: String, isQuoted: Bool) {
        self.text = text.trimmedLines
        self.isQuoted = isQuoted
    }

    /// The text on one line.
    ///
    /// - Parameter inFlow: Whether it stands inside brackets.
    func onOneLine(inFlow: Bool) -> String {
        if mayBePlain(inFlow: inFlow), !(isQuoted && looksTyped) { return text }
        let bytes = text.utf8
        let needsEscapes = bytes.contains { $0 < 0x20 }
        let holdsMarks = bytes.contains { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }
        if holdsMarks, !needsEscapes, !bytes.contains(UInt8(ascii: "'")) { return "'\(text)'" }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    /// The text as a block, without its margin: the mark that goes behind the key, and the lines under it. Nil when
    /// nothing would be gained, or when only quotes can hold it.
    func block(width: Int) -> (mark: String, lines: [String])? {
        let paragraphs = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        let isBlank = { (byte: UInt8?) in byte == 0x20 || byte == 0x09 }
        guard !isBlank(text.utf8.first), !isBlank(text.utf8.last), !text.isEmpty else { return nil }
        let folded = paragraphs.map { Self.folded($0, width: width) }
        let isLong = folded.contains { $0.count > 1 }
        if paragraphs.count == 1 { return isLong || text.unicodeScalars.count <= width ? (">", folded[0]) : nil }
        // In a folded text, a line that starts with a blank keeps its breaks: leave such texts as they are.
        if isLong, !paragraphs.contains(where: { isBlank($0.utf8.first) }) {
            // A break inside a folded text is an empty line; each further one is one more.
            var lines: [String] = []
            for (index, paragraph) in folded.enumerated() {
                if index > 0 { lines.append("") }
                if paragraph != [""] { lines += paragraph }
            }
            return (">", lines)
        }
        return ("|", paragraphs)
    }

    /// A paragraph in lines of a width, broken only where a single space can stand for the break.
    private static func folded(_ paragraph: String, width: Int) -> [String] {
        let bytes = Array(paragraph.utf8)
        let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
        var lines: [String] = []
        var line = ""
        var lineWidth = 0
        var start = 0
        for index in 0...bytes.count {
            let breaks =
                index == bytes.count
                || (bytes[index] == 0x20 && index > 0 && !isBlank(bytes[index - 1]) && index + 1 < bytes.count
                    && !isBlank(bytes[index + 1]))
            guard breaks else { continue }
            let word = String(decoding: bytes[start..<index], as: UTF8.self)
            let wordWidth = word.unicodeScalars.count
            if start > 0, lineWidth + 1 + wordWidth > width {
                lines.append(line)
                (line, lineWidth) = (word, wordWidth)
            } else {
                line += start > 0 ? " " + word : word
                lineWidth += wordWidth + (start > 0 ? 1 : 0)
            }
            start = index + 1
        }
        return lines + [line]
    }

    // MARK: Quotes

    /// Whether the text means itself without quotes.
    private func mayBePlain(inFlow: Bool) -> Bool {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, let last = bytes.last, first > 0x20, last > 0x20 else { return false }
        if ["~", "null", "Null", "NULL"].contains(text) { return false }
        if ",[]{}#&*!|>'\"%@`".utf8.contains(first) || text.hasPrefix("---") || text.hasPrefix("...") { return false }
        if "-?:".utf8.contains(first), inFlow || bytes.count == 1 || bytes[1] <= 0x20 { return false }
        if last == UInt8(ascii: ":") { return false }
        for (index, byte) in bytes.enumerated() {
            let next = index + 1 < bytes.count ? bytes[index + 1] : 0x20
            if byte < 0x20 { return false }
            if byte == UInt8(ascii: ":"), next <= 0x20 || (inFlow && ",?[]{}".utf8.contains(next)) { return false }
            if byte == UInt8(ascii: "#"), bytes[index - 1] <= 0x20 { return false }
            if inFlow, ",[]{}".utf8.contains(byte) { return false }
        }
        return true
    }

    /// Whether another reader of YAML could take the text for a number or a truth value.
    private var looksTyped: Bool {
        let words = ["true", "false", "yes", "no", "on", "off", "y", "n"]
        guard let first = text.utf8.first(where: { !"+-.".utf8.contains($0) }) else { return true }
        return (0x30...0x39).contains(first) || words.contains(text.lowercased())
    }
}
