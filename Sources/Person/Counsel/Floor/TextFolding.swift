import Foundation

/// What a Unicode scalar counts as when texts are compared the way a reader sees them.
///
/// Case, accents, width, ligatures and letters of other scripts that look the same fold together, much as the
/// skeletons of Unicode Technical Standard #39 do; scalars that nobody sees vanish. Phrases and texts are folded by the
/// same table, so folding never makes a phrase unfindable; it can only make two phrases one. Digits that stand for
/// letters (`su1c1de`) fold too, and are marked, so that `455` is never read as a word.
struct FoldedScalar: Hashable, Sendable {
    enum Kind: UInt32 {
        /// Nobody sees it, or it only decorates its neighbour.
        case nothing = 0
        /// Space, punctuation, symbol.
        case separator
        /// A full stop, question or exclamation mark.
        case terminator
        /// An apostrophe, which joins or quotes.
        case apostrophe
        /// A letter of a script that puts spaces between words.
        case letter
        /// A character of a script that doesn't.
        case unspaced
        /// A digit, as the letter that it may stand for.
        case digit
        /// Two letters, as in `æ`: the symbol is their place in the list of pairs.
        case pair
    }

    private let bits: UInt32

    init(_ kind: Kind, _ symbol: UInt32 = 0) { bits = kind.rawValue << 21 | symbol }

    var kind: Kind { Kind(rawValue: bits >> 21) ?? .separator }
    var symbol: UInt32 { bits & 0x1F_FFFF }

    /// The two letters of a ``Kind/pair``.
    var letters: (UInt32, UInt32) {
        let pair = Self.pairs[Int(symbol)]
        return (pair.0, pair.1)
    }

    /// What a scalar counts as. O(1).
    static func folded(_ scalar: UInt32) -> FoldedScalar {
        if scalar < lowTable.count { return lowTable[Int(scalar)] }
        return high(scalar)
    }

    // MARK: The table

    private static let pairs: [(UInt32, UInt32)] = {
        ["ss", "ae", "oe", "th", "ij", "ff", "fi", "fl", "st", "dz", "lj", "nj"].map { pair in
            let scalars = Array(pair.unicodeScalars)
            return (scalars[0].value, scalars[1].value)
        }
    }()

    private static let special: [UInt32: FoldedScalar] = {
        var table: [UInt32: FoldedScalar] = [:]
        func pair(_ scalars: String, _ place: UInt32) {
            for scalar in scalars.unicodeScalars { table[scalar.value] = FoldedScalar(.pair, place) }
        }
        pair("ßẞ", 0)
        pair("æÆǽǼ", 1)
        pair("œŒ", 2)
        pair("þÞ", 3)
        pair("ĳĲ", 4)
        pair("ﬀ", 5)
        pair("ﬁ", 6)
        pair("ﬂ", 7)
        pair("ﬅﬆ", 8)
        func alike(_ others: String, _ latin: String) {
            let letters = Array(latin.unicodeScalars)
            for (index, scalar) in others.unicodeScalars.enumerated() {
                table[scalar.value] = FoldedScalar(.letter, letters[index].value)
            }
        }
        // Latin letters that don't decompose, and small capitals.
        alike("łøđðħıŧƀɑɡɩɪʟʙᴀᴄᴅᴇɢʜᴊᴋᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢꜰ", "loddhitbagiilbacdeghjkmnoprstuvwyzf")
        // Cyrillic, Greek and Armenian letters that look like Latin ones, in either case.
        alike("аверсхуіјѕһԁԛԝкмтно", "abepcxyijshdqwkmtho")
        alike("αβεικνορτυχηωγμϲ", "abeikvoptuxnwyuc")
        alike("օսհոցյ", "ouhngj")
        // Arabic letters that are written for one another.
        alike("ىةٱ", "يها")
        for (digit, letter) in zip("0123456789".unicodeScalars, "oi2eas6t89".unicodeScalars) {
            table[digit.value] = FoldedScalar(.digit, letter.value)
        }
        for scalar in ".!?。．！？؟।॥‼⁇⁈⁉".unicodeScalars { table[scalar.value] = FoldedScalar(.terminator) }
        for scalar in "'’‘ʼ＇`´ʹ".unicodeScalars { table[scalar.value] = FoldedScalar(.apostrophe) }
        return table
    }()

    /// Everything up to the end of the kana. Scripts with many characters follow by rule.
    private static let lowTable: [FoldedScalar] = (0..<0x3100).map { high(UInt32($0)) }

    /// Letters of other forms: fullwidth, mathematical, enclosed. Their forms come from Unicode's own decompositions.
    private static let forms: [UInt32: FoldedScalar] = {
        var table: [UInt32: FoldedScalar] = [:]
        let ranges: [ClosedRange<UInt32>] = [
            0xFB00...0xFB06, 0xFF00...0xFFEF, 0x1D400...0x1D7FF, 0x1F110...0x1F189,
        ]
        for range in ranges { for value in range { table[value] = decomposed(value) } }
        return table
    }()

    private static func high(_ value: UInt32) -> FoldedScalar {
        if value < 0xFB00 || (value > 0xFFEF && value < 0x1D400) || value > 0x1F189 { return decomposed(value) }
        return forms[value] ?? decomposed(value)
    }

    private static func decomposed(_ value: UInt32) -> FoldedScalar {
        guard let scalar = Unicode.Scalar(value) else { return FoldedScalar(.separator) }
        if value < 0x80 { return special[value] ?? ascii(value) }
        if isDropped(scalar) { return FoldedScalar(.nothing) }
        if let known = special[value] { return known }
        if isUnspaced(value) { return FoldedScalar(.unspaced, value) }
        let isForm = value < 0x2500 || (0xFB00...0xFFEF).contains(value) || (0x1D400...0x1F189).contains(value)
        guard isForm else { return plain(scalar) }
        // Compatibility forms first, then case, then what decorates a letter.
        let lower = String(scalar).decomposedStringWithCompatibilityMapping.lowercased()
            .decomposedStringWithCompatibilityMapping
        let letters = lower.unicodeScalars.filter { !isDropped($0) }
        guard let first = letters.first else { return FoldedScalar(.separator) }
        if first == scalar { return plain(scalar) }
        if let known = special[first.value] { return known }
        if first.value < 0x80 { return ascii(first.value) }
        return isUnspaced(first.value) ? FoldedScalar(.unspaced, first.value) : plain(first)
    }

    private static func ascii(_ value: UInt32) -> FoldedScalar {
        switch value {
        case 0x41...0x5A: FoldedScalar(.letter, value + 0x20)
        case 0x61...0x7A: FoldedScalar(.letter, value)
        default: special[value] ?? FoldedScalar(.separator)
        }
    }

    private static func plain(_ scalar: Unicode.Scalar) -> FoldedScalar {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .spacingMark,
            .nonspacingMark, .decimalNumber, .letterNumber:
            let lower = scalar.properties.lowercaseMapping.unicodeScalars.first ?? scalar
            return special[lower.value] ?? FoldedScalar(.letter, lower.value)
        default: return FoldedScalar(.separator)
        }
    }

    /// Marks that only decorate (accents, points, harakat), joiners, selectors and other scalars without a picture.
    private static func isDropped(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0300...0x036F, 0x0483...0x0489, 0x0591...0x05BD, 0x05BF...0x05C7, 0x0610...0x061A, 0x0640,
            0x064B...0x065F, 0x0670, 0x06D6...0x06ED, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF,
            0xFE00...0xFE0F, 0xFE20...0xFE2F, 0xE0000...0xE0FFF, 0x00AD, 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164,
            0xFFA0, 0x180B...0x180F, 0x2800:
            true
        default: scalar.properties.generalCategory == .format
        }
    }

    /// Scripts that write words without spaces, and Hangul, whose particles follow without one.
    private static func isUnspaced(_ value: UInt32) -> Bool {
        switch value {
        case 0x0E00...0x0E3A, 0x0E40...0x0EFF, 0x1000...0x109F, 0x1780...0x17D3, 0x3005...0x3007, 0x3041...0x3096,
            0x309D...0x30FA, 0x30FC...0x30FF, 0x3105...0x312F, 0x3130...0x318F, 0x31F0...0x31FF, 0x3400...0x4DBF,
            0x4E00...0x9FFF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0x20000...0x3FFFF:
            true
        default: false
        }
    }
}
