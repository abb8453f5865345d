import Foundation

/// A reply as words and sentences, each with its place in the original, so that what is found can be quoted verbatim.
///
/// Code (fenced or in backticks) has no words. What stands in quotation marks, in a line that begins with `>`, or in an
/// address on the web, is marked: to offer somebody the words "What do you think?" is not to ask them.
///
/// - Complexity: O(*n*).
struct ReplyText: Sendable {
    /// A word.
    struct Word: Sendable {
        /// Its number among the words of the cues, in lower case without accents and apostrophes.
        let number: Int32
        /// Its place, as UTF-8 offsets.
        let range: Range<Int>
        /// Whether it stands in quotation marks, or in an address.
        let isQuoted: Bool
        /// Whether it stands in an address.
        let isAddress: Bool
        /// Whether a comma stands before it.
        let followsComma: Bool
        /// Whether it is digits alone.
        let isNumeral: Bool
        /// The languages with cues that are written with its letters, as bits in their order.
        let letters: UInt8
    }

    /// A sentence.
    struct Sentence: Sendable {
        /// Its place without the white space around it, as UTF-8 offsets.
        let range: Range<Int>
        /// Its words, as indices.
        let words: Range<Int>
        /// Whether it ends with a question mark outside quotation marks.
        let isQuestion: Bool
        /// Whether it is marked as a heading, or wholly in bold letters.
        let isHeading: Bool
        /// The meanings of all phrases that begin with one of its words, as bits.
        let begins: UInt32
    }

    /// Every word outside code, in order.
    private(set) var words: [Word] = []
    /// Every sentence outside code that has words, in order.
    private(set) var sentences: [Sentence] = []
    /// Fenced code: its place, and how many of its lines have something in them.
    private(set) var code: [(range: Range<Int>, lines: Int)] = []
    /// Letters, and those of scripts that no language with cues is written in.
    private var letters = (all: 0, strange: 0)
    private let bytes: [UInt8]

    init(_ text: String, cues: ConductCues = .all) {
        bytes = Array(text.utf8)
        words.reserveCapacity(bytes.count / 5)
        read(ReplyMarks(bytes), cues)
    }

    /// How many words a text has outside code, read no further than that.
    static func wordCount(_ text: String) -> Int {
        let bytes = Array(text.utf8)
        let marks = ReplyMarks(bytes, onlyCode: true)
        var (count, at) = (0, 0)
        while at < bytes.count {
            guard !marks[at].contains(.code), isLetter(bytes, at) else {
                at += width(bytes, at)
                continue
            }
            count += 1
            repeat {
                at += width(bytes, at)
            } while at < bytes.count && !marks[at].contains(.code)
                && (isLetter(bytes, at) || joins(bytes, at))
        }
        return count
    }

    /// What stands in a range, verbatim.
    func verbatim(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// A word in lower case without accents and apostrophes.
    func folded(_ word: Word) -> String { Self.folded(verbatim(word.range)) }

    /// Every word in lower case without accents and apostrophes.
    var foldedWords: [String] { words.map(folded) }

    /// How many letters belong to scripts that none of the languages with cues is written in, as a share of all letters.
    var strangeShare: Double { letters.all == 0 ? 0 : Double(letters.strange) / Double(letters.all) }

    // MARK: Reading

    private mutating func read(_ marks: ReplyMarks, _ cues: ConductCues) {
        for range in marks.fences {
            let lines = verbatim(range).split(separator: "\n").filter { line in
                !line.allSatisfy(\.isWhitespace) && !line.trimmingPrefix(while: \.isWhitespace).hasPrefix("```")
            }
            code.append((range, lines.count))
        }
        var start = 0
        var firstWord = 0
        var followsComma = false
        var at = 0
        var folded: [UInt8] = []
        func close(_ end: Int, question: Bool) {
            defer {
                start = end
                firstWord = words.count
                followsComma = false
            }
            guard words.count > firstWord else { return }
            let range = withoutBlanks(start..<end)
            var begins: UInt32 = 0
            for word in words[firstWord...] where !word.isQuoted { begins |= cues.begins(word.number) }
            sentences.append(
                Sentence(
                    range: range, words: firstWord..<words.count, isQuestion: question, isHeading: isHeading(range),
                    begins: begins))
        }
        while at < bytes.count {
            let mark = marks[at]
            if mark.contains(.code) {
                let from = at
                while at < bytes.count, marks[at].contains(.code) { at += 1 }
                if marks.fences.contains(where: { $0.lowerBound == from }) {
                    close(from, question: false)
                    start = at
                }
                continue
            }
            if Self.isLetter(bytes, at) {
                words.append(word(&at, mark, followsComma, marks, cues, &folded))
                followsComma = false
                continue
            }
            let byte = bytes[at]
            at += byte < 0x80 ? 1 : Self.width(bytes, at)
            guard !mark.contains(.address) else { continue }
            switch Self.stop(bytes, at, byte) {
            case .question:
                at = ending(marks, at)
                close(at, question: marks[at - 1].isEmpty)
            case .end:
                at = ending(marks, at)
                close(at, question: false)
            case .point where endsSentence(at, firstWord, cues):
                at = ending(marks, at)
                close(at, question: false)
            case .line where !continues(at): close(at, question: false)
            case .comma: followsComma = true
            case .point, .line, .none: break
            }
        }
        close(bytes.count, question: false)
    }

    /// The word that begins at an offset, which moves to its end.
    private mutating func word(
        _ at: inout Int, _ mark: ReplyMarks.Mark, _ followsComma: Bool, _ marks: ReplyMarks, _ cues: ConductCues,
        _ folded: inout [UInt8]
    ) -> Word {
        let from = at
        folded.removeAll(keepingCapacity: true)
        var (isNumeral, isKnown, isASCII) = (true, true, true)
        var languages: UInt8 = .max
        while at < bytes.count, !marks[at].contains(.code) {
            let byte = bytes[at]
            if byte < 0x80 {
                if Self.isLetter(byte) {
                    let isDigit = byte < 58
                    folded.append(isDigit ? byte : byte | 0x20)
                    if !isDigit {
                        isNumeral = false
                        letters.all += 1
                    }
                    at += 1
                    continue
                }
            } else if Self.isLetter(bytes, at) {
                let scalar = Self.scalar(bytes, at)
                isASCII = false
                if let plain = FoldedLatin.all.folded(scalar) {
                    folded += plain
                    languages &= FoldedLatin.all.languages(scalar)
                } else {
                    isKnown = false
                }
                if scalar.properties.isAlphabetic {
                    letters.all += 1
                    if scalar.value > 0x24F, !(0x1E00...0x1EFF).contains(scalar.value) { letters.strange += 1 }
                }
                at += Self.width(bytes, at)
                continue
            }
            guard Self.joins(bytes, at) else { break }
            at += Self.width(bytes, at)
        }
        if !isKnown {
            let whole = Self.foldedAnew(verbatim(from..<at))
            folded = Array(whole.utf8)
            isNumeral = whole.allSatisfy(\.isNumber)
            languages = Self.languages(verbatim(from..<at))
        } else if !isASCII {
            isNumeral = false
        }
        return Word(
            number: cues.numbers.number(of: folded), range: from..<at,
            isQuoted: !mark.isEmpty, isAddress: mark.contains(.address), followsComma: followsComma,
            isNumeral: isNumeral, letters: languages & UInt8((1 << ConductCues.languages.count) - 1))
    }

    /// The languages with cues that are written with all of a word's letters, as bits in their order.
    private static func languages(_ word: String) -> UInt8 {
        word.precomposedStringWithCanonicalMapping.unicodeScalars.reduce(.max) { bits, scalar in
            scalar.isASCII || isApostrophe(scalar) || !isLetter(scalar) || !scalar.properties.isAlphabetic
                ? bits : bits & FoldedLatin.all.languages(scalar)
        }
    }

    // MARK: Sentences

    private enum Stop { case question, end, point, line, comma, none }

    /// What the scalar that begins with a byte and ends before an offset does to a sentence.
    private static func stop(_ bytes: [UInt8], _ end: Int, _ first: UInt8) -> Stop {
        switch first {
        case UInt8(ascii: "?"): return .question
        case UInt8(ascii: "!"): return .end
        case UInt8(ascii: "."): return .point
        case UInt8(ascii: "\n"): return .line
        case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"): return .comma
        case 0..<0x80: return .none
        default:
            switch scalar(bytes, end - width(of: first)) {
            case "？", "؟": return .question
            case "…", "。", "！": return .end
            case "、": return .comma
            default: return .none
            }
        }
    }

    /// Takes further marks, and closing brackets and quotation marks, into the sentence that ends.
    private func ending(_ marks: ReplyMarks, _ from: Int) -> Int {
        var at = from
        while at < bytes.count, marks[at] == marks[at - 1] {
            switch bytes[at] {
            case UInt8(ascii: "?"), UInt8(ascii: "!"), UInt8(ascii: "."), UInt8(ascii: "\""), UInt8(ascii: ")"),
                UInt8(ascii: "*"), UInt8(ascii: "_"):
                at += 1
            case 0x80...:
                switch Self.scalar(bytes, at) {
                case "…", "”", "»": at += Self.width(bytes, at)
                default: return at
                }
            default: return at
            }
        }
        return at
    }

    /// Words after which a full stop doesn't end a sentence.
    static let words: [(role: WordRole, words: String)] = [
        (.shortened, "dr mr mrs ms prof st eg ie vs ca bzw zb sr sra mme e g i z")
    ]

    private func endsSentence(_ at: Int, _ firstWord: Int, _ cues: ConductCues) -> Bool {
        if at < bytes.count, Self.isLetter(bytes, at) { return false }
        guard let last = words.last, words.count > firstWord else { return false }
        // The number of a list's line is no sentence.
        if words.count == firstWord + 1, last.isNumeral { return false }
        return !cues.role(last.number).contains(.shortened)
    }

    /// Whether a line goes on in the next one, as in a text that was wrapped.
    private func continues(_ at: Int) -> Bool {
        guard at < bytes.count else { return false }
        return bytes[at] < 0x80
            ? (97...122).contains(bytes[at]) : Self.scalar(bytes, at).properties.isLowercase
    }

    private func isHeading(_ range: Range<Int>) -> Bool {
        guard let first = bytes[range].first else { return false }
        guard first == UInt8(ascii: "#") || first == UInt8(ascii: "*") else { return false }
        let sentence = verbatim(range)
        return sentence.hasPrefix("#") || (sentence.hasPrefix("**") && sentence.hasSuffix("**"))
    }

    private func withoutBlanks(_ range: Range<Int>) -> Range<Int> {
        var (from, to) = (range.lowerBound, range.upperBound)
        while from < to, Self.isBlank(bytes, from) { from += Self.width(bytes, from) }
        while from < to {
            var last = to - 1
            while last > from, bytes[last] & 0xC0 == 0x80 { last -= 1 }
            guard Self.isBlank(bytes, last) else { break }
            to = last
        }
        return from..<to
    }
}

// MARK: Scalars

extension ReplyText {
    /// How many bytes the scalar that begins with a byte has.
    fileprivate static func width(of first: UInt8) -> Int { first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4 }

    /// How many bytes the scalar at an offset has, of a valid text.
    fileprivate static func width(_ bytes: [UInt8], _ at: Int) -> Int { width(of: bytes[at]) }

    /// The scalar at an offset of a valid text.
    fileprivate static func scalar(_ bytes: [UInt8], _ at: Int) -> Unicode.Scalar {
        let count = width(bytes, at)
        var value = count == 1 ? UInt32(bytes[at]) : UInt32(bytes[at]) & (0x7F >> UInt32(count))
        for next in (at + 1)..<(at + count) { value = value << 6 | UInt32(bytes[next] & 0x3F) }
        return Unicode.Scalar(value) ?? "\u{FFFD}"
    }

    private static func isBlank(_ bytes: [UInt8], _ at: Int) -> Bool {
        bytes[at] < 0x80
            ? bytes[at] == 0x20 || (9...13).contains(bytes[at]) : scalar(bytes, at).properties.isWhitespace
    }

    /// A letter or digit of ASCII.
    fileprivate static func isLetter(_ byte: UInt8) -> Bool {
        (97...122).contains(byte | 0x20) || (48...57).contains(byte)
    }

    fileprivate static func isLetter(_ bytes: [UInt8], _ at: Int) -> Bool {
        bytes[at] < 0x80 ? isLetter(bytes[at]) : isLetter(scalar(bytes, at))
    }

    /// Whether a scalar beyond ASCII belongs to words.
    fileprivate static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        // Punctuation, which is commonest.
        if (0x2010...0x205E).contains(scalar.value) { return false }
        return FoldedLatin.all.folded(scalar) != nil || scalar.properties.isAlphabetic
            || scalar.properties.numericType != nil || scalar.properties.generalCategory == .nonspacingMark
    }

    fileprivate static func isApostrophe(_ scalar: Unicode.Scalar) -> Bool { scalar == "'" || scalar == "’" }

    /// Whether an apostrophe with a letter after it stands at an offset.
    fileprivate static func joins(_ bytes: [UInt8], _ at: Int) -> Bool {
        let next: Int
        switch bytes[at] {
        case UInt8(ascii: "'"): next = at + 1
        case 0xE2 where scalar(bytes, at) == "’": next = at + 3
        default: return false
        }
        return next < bytes.count && isLetter(bytes, next)
    }

    // MARK: Folding

    /// Lower case without accents and apostrophes, the same in every locale.
    static func folded(_ word: String) -> String {
        let utf8 = word.utf8
        guard utf8.allSatisfy({ $0 < 0x80 }) else { return foldedAnew(word) }
        return String(
            decoding: utf8.lazy.filter { $0 != 0x27 }.map { (65...90).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }

    /// The same for any word, slowly.
    static func foldedAnew(_ word: String) -> String {
        let plain = word.filter { $0 != "'" && $0 != "’" }
        return plain.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
    }
}
