/// How much of a text is embedded: embedding models read a few hundred tokens and refuse more.
///
/// Tokens are estimated from above for the word pieces of the BERT family (Devlin et al. 2019, arXiv 1810.04805), of which
/// all-MiniLM-L6-v2 is one: letters of English come three or four to a token, everything else about one by one.
enum EmbeddedText {
    /// So many tokens are sent, of the 512 that small models read.
    static let mostTokens = 440

    /// The beginning of a text that has room.
    static func beginning(of text: String) -> String { String(text[..<end(text.unicodeScalars.indices, in: text)]) }

    /// The end of a text that has room: what was said last is what a question is about.
    static func end(of text: String) -> String {
        let scalars = text.unicodeScalars
        var tenths = 0
        var start = scalars.endIndex
        while start > scalars.startIndex {
            let before = scalars.index(before: start)
            tenths += tenthsOfToken(scalars[before])
            if tenths > mostTokens * 10 { return String(text[start...]) }
            start = before
        }
        return text
    }

    private static func end(_ places: String.UnicodeScalarView.Indices, in text: String) -> String.Index {
        var tenths = 0
        for place in places {
            tenths += tenthsOfToken(text.unicodeScalars[place])
            if tenths > mostTokens * 10 { return place }
        }
        return text.endIndex
    }

    private static func tenthsOfToken(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case 0x20, 0x41...0x5A, 0x61...0x7A: 3
        default: 10
        }
    }
}
