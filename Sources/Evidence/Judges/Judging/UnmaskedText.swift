import Foundation

/// A text in the plainest form that says the same, for looking phrases up in it.
///
/// Compatibility forms are one (NFKC), hidden letters are shown or left out, letters that look like Latin ones are Latin
/// where they stand among such, words that are spelled letter by letter are closed up, and digits that stand for letters
/// inside words are these.
struct UnmaskedText {
    /// The words of a sentence, and its bytes for scripts that don't part words.
    struct Sentence {
        let words: [String]
        let bytes: [UInt8]
        /// Whether it holds letters beyond ASCII.
        let isWide: Bool
    }

    /// In small letters, with punctuation.
    let text: String
    let sentences: [Sentence]
    private let original: String

    init(_ original: String) {
        self.original = original
        text = Self.shown(original).precomposedStringWithCompatibilityMapping.lowercased()
        sentences = Self.parted(text).map { part in
            let words = Self.words(of: part)
            return Sentence(
                words: words, bytes: Array(words.joined(separator: " ").utf8), isWide: part.utf8.contains { $0 > 127 })
        }
    }

    /// Without letters that don't show. Unicode's tag characters, which show nothing and spell ASCII, are spelled out at
    /// the end.
    private static func shown(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 > 127 }) else { return text }
        var shown = String.UnicodeScalarView()
        var tags = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if let letter = letter(ofTag: scalar) { tags.append(letter) }
            // Arabic vowel signs may stand or be left out.
            if !scalar.properties.isDefaultIgnorableCodePoint, !(0x064B...0x0652).contains(scalar.value) {
                shown.append(scalar)
            }
        }
        return String(shown) + (tags.count > 7 ? "\n" + String(tags) : "")
    }

    private static func letter(ofTag scalar: Unicode.Scalar) -> Unicode.Scalar? {
        (0xE0020...0xE007E).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xE0000) : nil
    }

    /// Whether letters that don't show spell something: eight tag characters or more (a flag has up to six), or words whose
    /// letters have zero-width spaces between them.
    static func hidesWords(_ text: String) -> Bool {
        guard text.utf8.contains(where: { $0 > 127 }) else { return false }
        var (tags, parted) = (0, 0)
        var before: (Unicode.Scalar, Unicode.Scalar)?
        for scalar in text.unicodeScalars {
            if letter(ofTag: scalar) != nil { tags += 1 }
            if let (first, second) = before, scalar.properties.isAlphabetic, first.properties.isAlphabetic,
                ["\u{200B}", "\u{2060}", "\u{FEFF}"].contains(second)
            {
                parted += 1
            }
            before = (before?.1 ?? " ", scalar)
        }
        // Flags hold tags of their own: what is looked for is longer.
        return (tags > 7 && !text.unicodeScalars.contains("\u{E007F}")) || parted >= 8
    }

    private static func parted(_ text: String) -> [Substring] {
        var parts: [Substring] = []
        var start = text.startIndex
        for index in text.indices {
            let letter = text[index]
            guard letter.isNewline || "。！？।.!?".contains(letter) else { continue }
            let next = text.index(after: index)
            // A dot or question mark inside a number or address ends nothing.
            if letter.isASCII, !letter.isNewline, next < text.endIndex, text[next].isLetter || text[next].isNumber {
                continue
            }
            parts.append(text[start..<next])
            start = next
        }
        parts.append(text[start...])
        return parts.filter { !$0.isEmpty }
    }

    private static func words(of part: Substring) -> [String] {
        var words: [String] = []
        /// Single letters that follow each other, with what stands before each.
        var spelled: [(letter: String, gap: Substring)] = []
        func close() {
            guard spelled.count > 2 else {
                words += spelled.map(\.letter)
                return spelled.removeAll()
            }
            let isByMarks = spelled.dropFirst().contains { $0.gap.contains { !$0.isWhitespace } }
            var word = ""
            for (letter, gap) in spelled {
                let isBetween = isByMarks ? gap.contains(where: \.isWhitespace) : gap.count > 1
                if isBetween, !word.isEmpty {
                    words.append(word)
                    word = ""
                }
                word += letter
            }
            words.append(word)
            spelled.removeAll()
        }
        var index = part.startIndex
        while index < part.endIndex {
            let gapStart = index
            while index < part.endIndex, !isOfWord(part[index]) { index = part.index(after: index) }
            let start = index
            while index < part.endIndex, isOfWord(part[index]) { index = part.index(after: index) }
            guard start < index else { break }
            if part.distance(from: start, to: index) == 1, part[start].isLetter {
                spelled.append((String(part[start]), part[gapStart..<start]))
            } else {
                close()
                words.append(plain(part[start..<index]))
            }
        }
        close()
        return words
    }

    private static func isOfWord(_ letter: Character) -> Bool { letter.isLetter || letter.isNumber }

    /// A word with look-alikes and digits for letters turned into the letters that they stand for.
    private static func plain(_ word: Substring) -> String {
        let latin = word.count { $0.isASCII && $0.isLetter }
        guard latin > 0, latin < word.count else { return String(word) }
        let hasDigits = word.contains { $0.isASCII && $0.isNumber }
        if hasDigits, word.count < 4 || word.first(where: { $0.isNumber }) == nil { return String(word) }
        return String(word.map { alike[$0] ?? $0 })
    }

    private static let alike: [Character: Character] = {
        var alike: [Character: Character] = [:]
        for (letters, letter) in [
            ("аα4", "a"), ("еε3", "e"), ("оο0", "o"), ("рρ", "p"), ("с", "c"), ("уυ", "y"), ("хχ", "x"), ("іι1", "i"),
            ("ј", "j"), ("ѕ5", "s"), ("һ", "h"), ("ԁ", "d"), ("кκ", "k"), ("тτ7", "t"), ("мμ", "m"), ("в", "b"),
            ("н", "h"), ("ν", "v"),
        ] as [(String, Character)] {
            for other in letters { alike[other] = letter }
        }
        return alike
    }()

    /// What the text says in the commonest codes, as far as that is text.
    var decoded: [String] {
        var decoded = [String(text.reversed()), Self.turned(text)]
        for word in original.split(whereSeparator: {
            !($0.isASCII && ($0.isLetter || $0.isNumber)) && !"+/=".contains($0)
        })
        where word.utf8.count >= 24 {
            let code = word.drop { $0 == "=" }
            if let data = Data(base64Encoded: String(code)) { decoded.append(contentsOf: Self.words(in: data)) }
            for start in [0, code.lastIndex(of: "=").map { code.distance(from: code.startIndex, to: $0) + 1 } ?? 0] {
                decoded.append(contentsOf: Self.words(in: Self.bytes(ofDigits: code.dropFirst(start))))
            }
        }
        return decoded
    }

    private static func words(in data: Data) -> [String] {
        guard data.count >= 12, let text = String(data: data, encoding: .utf8), text.contains(" ") else { return [] }
        return [text]
    }

    /// The bytes that hexadecimal digits spell; none if they don't.
    private static func bytes(ofDigits digits: Substring) -> Data {
        let values = digits.compactMap(\.hexDigitValue)
        guard values.count == digits.count, values.count.isMultiple(of: 2) else { return Data() }
        return Data(stride(from: 0, to: values.count, by: 2).map { UInt8(values[$0] << 4 | values[$0 + 1]) })
    }

    /// Each Latin letter turned by 13.
    private static func turned(_ text: String) -> String {
        String(
            decoding: text.utf8.map { byte in
                (97...122).contains(byte) ? (byte - 97 + 13) % 26 + 97 : byte
            }, as: UTF8.self)
    }
}

/// Phrases that are looked up in folded sentences by their first words.
struct PhraseList: Sendable {
    private var byFirst: [String: [[String]]] = [:]
    /// Phrases of scripts that don't part words, or where endings vary: looked for anywhere.
    private var anywhere: [[UInt8]] = []

    /// A list in which phrases stand apart by semicolons; `~` before one: anywhere in a sentence, also inside words.
    init(_ text: String) {
        for phrase in text.split(whereSeparator: { $0 == ";" || $0 == "\n" }) {
            let phrase = phrase.drop { $0 == " " }
            for sentence in UnmaskedText(String(phrase.drop { $0 == "~" })).sentences {
                guard let first = sentence.words.first else { continue }
                if phrase.first == "~" {
                    anywhere.append(sentence.bytes)
                } else {
                    byFirst[first, default: []].append(sentence.words)
                }
            }
        }
    }

    func isIn(_ sentence: UnmaskedText.Sentence) -> Bool {
        for (index, word) in sentence.words.enumerated() {
            guard let phrases = byFirst[word] else { continue }
            if phrases.contains(where: { sentence.words[index...].starts(with: $0) }) { return true }
        }
        return sentence.isWide && anywhere.contains { sentence.bytes.firstRange(of: $0) != nil }
    }
}
