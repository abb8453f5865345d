import Foundation

/// A text in the form in which quotes are compared, with the place of each letter in the text itself.
///
/// Blanks run together, kinds of quotation marks, apostrophes, dashes and dots are one, accents are composed (NFC), and
/// what shows nothing (Unicode's default-ignorable code points: soft hyphens, zero-width spaces) is left out.
struct ComparableText: Sendable {
    let text: String
    private(set) var scalars: [Unicode.Scalar] = []
    private var places: [Range<String.Index>] = []

    init(_ text: String) {
        self.text = text
        scalars.reserveCapacity(text.utf8.count)
        places.reserveCapacity(text.utf8.count)
        var afterBlank = true
        for index in text.indices {
            let letter = text[index]
            let place = index..<text.index(after: index)
            guard !letter.isWhitespace else {
                if !afterBlank { append(" ", place) }
                afterBlank = true
                continue
            }
            let shown: String
            if letter.isASCII {
                shown = String(letter)
            } else {
                var seen = String.UnicodeScalarView()
                seen.append(contentsOf: letter.unicodeScalars.filter { !$0.properties.isDefaultIgnorableCodePoint })
                shown = String(seen).precomposedStringWithCanonicalMapping
            }
            for scalar in shown.unicodeScalars {
                afterBlank = false
                switch scalar {
                case "\u{2018}", "\u{2019}", "\u{201A}", "\u{2032}": append("'", place)
                case "\u{201C}", "\u{201D}", "\u{201E}", "\u{00AB}", "\u{00BB}": append("\"", place)
                case "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2014}": append("-", place)
                case "\u{2026}": for _ in 0..<3 { append(".", place) }
                default: append(scalar, place)
                }
            }
        }
        if scalars.last == " " {
            scalars.removeLast()
            places.removeLast()
        }
    }

    private mutating func append(_ scalar: Unicode.Scalar, _ place: Range<String.Index>) {
        scalars.append(scalar)
        places.append(place)
    }

    /// The first part of the text that is alike and begins and ends where words do, as it stands.
    func part(like wanted: [Unicode.Scalar]) -> Range<String.Index>? {
        guard let first = wanted.first, wanted.count <= scalars.count else { return nil }
        for start in 0...(scalars.count - wanted.count) where scalars[start] == first {
            let end = start + wanted.count
            guard scalars[start..<end].elementsEqual(wanted), isWhole(start, end) else { continue }
            return places[start].lowerBound..<places[end - 1].upperBound
        }
        return nil
    }

    /// Whether no word is cut: "helpful" isn't what "unhelpful" says, nor "can" what "can't" does.
    private func isWhole(_ start: Int, _ end: Int) -> Bool {
        if start > 0, scalars[start].isOfWord {
            if scalars[start - 1].isOfWord { return false }
            if isHyphen(start - 1), start > 1, scalars[start - 2].isOfWord { return false }
        }
        if end < scalars.count, scalars[end - 1].isOfWord {
            if scalars[end].isOfWord { return false }
            if scalars[end] == "'" || isHyphen(end), end + 1 < scalars.count, scalars[end + 1].isOfWord { return false }
        }
        return true
    }

    private func isHyphen(_ index: Int) -> Bool {
        scalars[index] == "-" && ["-", "\u{2010}", "\u{2011}"].contains(text[places[index].lowerBound])
    }
}

extension Unicode.Scalar {
    /// Whether it is a letter or number of a script that parts words by blanks: only there can a quote cut a word.
    fileprivate var isOfWord: Bool {
        guard properties.isAlphabetic || properties.numericType != nil else { return false }
        return !isOfDenseScript && !(0x0E00...0x0FFF).contains(value) && !(0x1000...0x109F).contains(value)
            && !(0x1780...0x17FF).contains(value)
    }

    /// Whether it is of a script that says in one letter what others say in several: Han, Kana or Hangul.
    var isOfDenseScript: Bool {
        switch value {
        case 0x3040...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7AF, 0xF900...0xFAFF, 0x20000...0x3FFFF:
            true
        default: false
        }
    }
}
