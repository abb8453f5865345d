extension RememberedBrief {
    /// The words in one line, with other marks in the place of those that would end the quotation, and without what a
    /// model reads and people don't see.
    ///
    /// - **Quotation marks** of every script that could be taken for the closing one become apostrophes.
    /// - **Marks that chat templates are made of** (`<|im_start|>`, `[INST]`) are changed, in every width: some servers read
    ///   them as the end of a turn wherever they stand.
    /// - **What can't be seen** (controls, directions, tags, fillers, private characters) goes, and selectors of variants
    ///   stay only behind what has variants: text can be hidden in all of these.
    /// - Complexity: O(*n*).
    public static func quoted(_ words: String) -> String {
        // Nearly all words are so: nothing in them has to be looked at twice.
        if words.utf8.allSatisfy({ (0x20..<0x7F).contains($0) && !marks.contains($0) }) { return words }
        var quoted: [Unicode.Scalar] = []
        quoted.reserveCapacity(words.unicodeScalars.count)
        for scalar in words.unicodeScalars {
            if let shown = shown(scalar, after: quoted.last) { quoted.append(shown) }
        }
        // What joins the quotation marks themselves would change them.
        if let first = quoted.firstIndex(where: { "“\($0)".count == 2 }) {
            quoted.removeFirst(first)
        } else {
            quoted = []
        }
        while let last = quoted.last, "\(last)”".count == 1 { quoted.removeLast() }
        disarmBrackets(in: &quoted)
        var text = String.UnicodeScalarView()
        text.append(contentsOf: quoted)
        return String(text)
    }

    /// Marks in ASCII that are not left as they are, or are looked at.
    private static let marks: [UInt8] = Array("\"<>`[".utf8)

    /// What looks like a double quotation mark and is none by its category.
    private static let likeQuotes: Set<Unicode.Scalar> = [
        "\"", "„", "＂", "〝", "〞", "〟", "❝", "❞", "❠", "\u{1F676}", "\u{1F677}", "\u{1F678}", "″", "‶", "‴", "‷", "⁗",
        "˝", "ˮ", "ʺ", "״", "˵", "˶", "〃", "`", "｀", "\u{1FEF}",
    ]

    /// What stands in a scalar's place; nil for nothing.
    private static func shown(_ scalar: Unicode.Scalar, after last: Unicode.Scalar?) -> Unicode.Scalar? {
        switch scalar {
        case "<", "＜", "﹤": return "‹"
        case ">", "＞", "﹥": return "›"
        case "［": return "〔"
        case "］": return "〕"
        case "‘", "’", "‚", "‛", "‹", "›": return scalar
        case _ where likeQuotes.contains(scalar): return "'"
        case _ where (0x20..<0x7F).contains(scalar.value): return scalar
        // Joins emoji, and letters of scripts that need it.
        case "\u{200D}": return last.map { $0.isASCII || $0 == scalar } ?? true ? " " : scalar
        // Chooses the coloured or the plain form of an emoji.
        case "\u{FE0E}", "\u{FE0F}": return last?.properties.isEmoji == true ? scalar : nil
        default: break
        }
        let properties = scalar.properties
        switch properties.generalCategory {
        case .initialPunctuation, .finalPunctuation: return "'"
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate: return " "
        case .nonspacingMark: return properties.isDefaultIgnorableCodePoint ? nil : scalar
        default: return properties.isDefaultIgnorableCodePoint || scalar == "\u{2800}" ? " " : scalar
        }
    }

    /// Puts round brackets around what has the form of a template's mark in square ones: `[INST]`, `[/INST]`, `[gMASK]`.
    private static func disarmBrackets(in words: inout [Unicode.Scalar]) {
        var open: Int?
        var capitals = 0
        for place in words.indices {
            switch words[place] {
            case "[": (open, capitals) = (place, 0)
            case "]":
                if let from = open, capitals >= 2 { (words[from], words[place]) = ("(", ")") }
                open = nil
            case "A"..."Z": capitals += 1
            case "a"..."z", "0"..."9", "_", "-", "/": break
            default: open = nil
            }
        }
    }
}
