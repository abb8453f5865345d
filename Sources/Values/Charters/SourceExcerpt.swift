/// The line of a file that a problem is about, as far as a screen is wide, with carets under the place.
public struct SourceExcerpt: Hashable, Sendable {
    /// The visible part of the line. What would disturb a terminal is shown as a picture.
    public let text: String
    /// Blanks, and carets that lie under the place when the text stands above.
    public let marker: String

    /// The most scalars of a line that are shown. A longer line is cut around the caret.
    private static let width = 120

    /// How much of a line is cut off at its start, so that a place is always in sight.
    static func cut(before column: Int) -> Int { column > width - 20 ? column - 40 : 0 }

    /// Shows a place in a line.
    ///
    /// - Parameters:
    ///   - rest: The line from the scalar on that ``cut(before:)`` tells.
    ///   - column: The place's column in the whole line, counted from 1.
    ///   - length: How many scalars it covers.
    init(_ rest: some Sequence<Unicode.Scalar>, column: Int, length: Int) {
        var text = String.UnicodeScalarView()
        var marker = ""
        var position = Self.cut(before: column)
        if position > 0 {
            text.append("…")
            marker += " "
        }
        let last = position + Self.width
        for scalar in rest {
            if position == last {
                text.append("…")
                break
            }
            position += 1
            text.append(
                scalar.value >= 0x20 && scalar.value < 0x7F ? scalar : scalar.isUnsafeToPrint ? scalar.picture : scalar)
            let covered = position >= column && position < column + length
            if scalar == "\t" && !covered {
                marker += "\t"
            } else if scalar.value >= 0x80, scalar.properties.isGraphemeExtend {
                continue
            } else {
                marker += covered ? "^" : " "
            }
        }
        if !marker.contains("^") {
            // The place is behind the end of the line: put the caret just after it.
            marker += "^"
        }
        while marker.last == " " { marker.removeLast() }
        self.text = String(text)
        self.marker = marker
    }
}

extension SourceExcerpt {
    /// The same for a line of visible ASCII, which most lines are, from its bytes. Nil for any other.
    fileprivate init?(plain rest: ArraySlice<UInt8>, offset: Int, length: Int, isCut: Bool) {
        let shown = rest.prefix(Self.width)
        guard shown.allSatisfy({ (0x20...0x7E).contains($0) }) else { return nil }
        let text = String(decoding: shown, as: UTF8.self)
        self.text = (isCut ? "…" : "") + text + (rest.count > shown.count ? "…" : "")
        let before = min(offset, shown.count)
        marker =
            String(repeating: " ", count: before + (isCut ? 1 : 0))
            + String(repeating: "^", count: max(1, min(length, shown.count - before)))
    }
}

extension SourceText {
    /// The line of a place, with carets under it.
    func excerpt(at span: Range<Int>, place: (line: Int, column: Int), length: Int) -> SourceExcerpt {
        var start = min(span.lowerBound, bytes.count)
        let lineStart = self.start(of: place.line)
        var back = place.column - 1 - SourceExcerpt.cut(before: place.column)
        while back > 0, start > lineStart {
            start -= 1
            if bytes[start] & 0xC0 != 0x80 { back -= 1 }
        }
        // A line goes on for as long as it likes; more than this is never shown.
        var end = start
        while end < min(bytes.count, start + 1_000), bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
        if let plain = SourceExcerpt(
            plain: bytes[start..<end], offset: min(span.lowerBound, bytes.count) - start, length: length,
            isCut: SourceExcerpt.cut(before: place.column) > 0)
        {
            return plain
        }
        return SourceExcerpt(
            String(decoding: bytes[start..<end], as: UTF8.self).unicodeScalars, column: place.column, length: length)
    }
}
