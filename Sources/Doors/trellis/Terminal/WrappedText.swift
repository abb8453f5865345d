/// Breaks text that arrives in pieces into lines of at most a width, at spaces.
///
/// A word is held back until it is known to be whole, so that no word is ever torn at a line's end; a word wider
/// than a line is cut. Control characters, which could move the cursor or hide text, are shown as `␀`-style pictures.
struct WrappedText {
    /// Columns of a line; nil leaves lines as they are.
    let width: Int?
    private var column = 0
    private var word = ""
    private var wordWidth = 0
    private var space = ""

    /// Wraps to a width; nil leaves lines as they are.
    ///
    /// - Parameter startingAt: columns of the first line that are taken already, by a prompt.
    init(width: Int?, startingAt column: Int = 0) {
        self.width = width.map { max(8, $0) }
        self.column = column
    }

    /// Takes a piece of text and gives what can be shown now.
    mutating func add(_ text: String) -> String {
        var shown = ""
        for character in text {
            if character == "\n" || character == "\r\n" {
                shown += placedWord() + "\n"
                column = 0
                space = ""
            } else if character == " " || character == "\t" {
                shown += placedWord()
                space += character == "\t" ? "    " : " "
            } else {
                let safe = Self.printable(character)
                word += safe
                wordWidth += Self.columns(of: character)
                if let width, wordWidth >= width { shown += placedWord() }
                if width == nil { shown += placedWord() }
            }
        }
        return shown
    }

    /// Gives what was held back.
    mutating func end() -> String {
        defer {
            column = 0
            space = ""
        }
        return placedWord()
    }

    private mutating func placedWord() -> String {
        guard !word.isEmpty else { return "" }
        defer {
            word = ""
            wordWidth = 0
            space = ""
        }
        guard let width else { return space + word }
        if column > 0 && column + space.count + wordWidth > width {
            column = wordWidth
            return "\n" + word
        }
        // Spaces at a line's start are kept: they indent code and lists.
        column += space.count + wordWidth
        return space + word
    }

    /// The text with every control character as a picture, for one line of a terminal.
    static func plain(_ text: String) -> String {
        text.map { printable($0) }.joined()
    }

    /// The character as a terminal may have it.
    static func printable(_ character: Character) -> String {
        guard character.unicodeScalars.contains(where: { $0.value < 32 || (0x7F...0x9F).contains($0.value) }) else {
            return String(character)
        }
        return String(
            String.UnicodeScalarView(
                character.unicodeScalars.map { scalar in
                    switch scalar.value {
                    case 0..<32: Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}"
                    case 0x7F...0x9F: "\u{FFFD}"
                    default: scalar
                    }
                }))
    }

    /// How many columns a character takes, near enough: two for emoji and the wide scripts of East Asia.
    static func columns(of character: Character) -> Int {
        guard let first = character.unicodeScalars.first else { return 0 }
        if first.properties.isEmojiPresentation { return 2 }
        switch first.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }
}
