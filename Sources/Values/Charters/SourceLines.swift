/// A text cut into lines once, so that many problems can be shown without reading it again.
struct SourceLines {
    private let lines: [Substring.UnicodeScalarView]

    init(_ source: String) {
        // CR, LF and CRLF each end a line, as in YAML. Scalars, not characters: "\r\n" is one character.
        var lines: [Substring.UnicodeScalarView] = []
        let scalars = source.unicodeScalars
        var start = scalars.startIndex
        var index = start
        while index < scalars.endIndex {
            let scalar = scalars[index]
            let next = scalars.index(after: index)
            if scalar == "\n" || scalar == "\r" {
                lines.append(scalars[start..<index])
                index =
                    scalar == "\r" && next < scalars.endIndex && scalars[next] == "\n"
                    ? scalars.index(after: next) : next
                start = index
            } else {
                index = next
            }
        }
        lines.append(scalars[start...])
        self.lines = lines
    }

    /// The visible part of a line, with carets under the place.
    func excerpt(line: Int, column: Int, length: Int) -> SourceExcerpt? {
        guard line >= 1, line <= lines.count, column >= 1 else { return nil }
        return SourceExcerpt(
            lines[line - 1].dropFirst(SourceExcerpt.cut(before: column)), column: column, length: length)
    }
}

extension Unicode.Scalar {
    /// Whether a terminal may act on the scalar instead of showing it, or a reader couldn't see it.
    package var isUnsafeToPrint: Bool {
        (value < 0x20 && self != "\t") || (0x7F...0x9F).contains(value) || isHiddenFromReaders
    }

    /// What is shown in its place.
    var picture: Unicode.Scalar {
        // U+2400 and on are the Unicode pictures of the control characters.
        value < 0x20 ? Unicode.Scalar(0x2400 + value) ?? "\u{FFFD}" : "\u{FFFD}"
    }

    /// Whether the scalar changes what a text says to a machine without a trace that a reader could see.
    ///
    /// These are the marks that reorder text ("Trojan Source", CVE-2021-42574), the tag characters and supplementary
    /// variation selectors that can carry whole hidden sentences, and the invisible operators. Joiners and
    /// direction marks, which many scripts need, are not among them.
    var isHiddenFromReaders: Bool {
        switch value {
        case 0x202A...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE0FFF, 0x180E, 0x3164, 0xFFA0:
            true
        default:
            false
        }
    }
}

extension String {
    /// The text with everything that a terminal would act on replaced by something that it shows.
    var printable: String {
        guard unicodeScalars.contains(where: { $0.isUnsafeToPrint }) else { return self }
        var scalars = String.UnicodeScalarView()
        for scalar in unicodeScalars { scalars.append(scalar.isUnsafeToPrint ? scalar.picture : scalar) }
        return String(scalars)
    }
}
