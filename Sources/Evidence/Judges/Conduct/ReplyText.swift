import Foundation

/// A reply as words and sentences, each with its place in the original, so that what is found can be quoted verbatim.
///
/// Code (fenced or in backticks) has no words. What stands in quotation marks, or in a line that begins with `>`, is
/// marked: to offer somebody the words "What do you think?" is not to ask them.
///
/// - Complexity: O(*n*).
struct ReplyText: Sendable {
    /// A word.
    struct Word: Sendable {
        /// Lower case, without accents and apostrophes.
        let folded: String
        /// Its place, as UTF-8 offsets.
        let range: Range<Int>
        /// Whether it stands in quotation marks.
        let isQuoted: Bool
        /// Whether a comma stands before it.
        let followsComma: Bool
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
    }

    /// The original.
    let text: String
    /// Every word outside code, in order.
    private(set) var words: [Word] = []
    /// Every sentence outside code that has words, in order.
    private(set) var sentences: [Sentence] = []
    /// Fenced code: its place, and how many of its lines have something in them.
    private(set) var code: [(range: Range<Int>, lines: Int)] = []
    private let bytes: [UInt8]

    init(_ text: String) {
        self.text = text
        bytes = Array(text.utf8)
        read(Scan(text))
    }

    /// What stands in a range, verbatim.
    func verbatim(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    // MARK: Reading

    /// Scalars with their offsets, and for each whether it is code or quoted.
    private struct Scan {
        enum Kind { case plain, quoted, code }
        var scalars: [Unicode.Scalar] = []
        var offsets: [Int] = []
        var kinds: [Kind] = []
        var fences: [Range<Int>] = []

        init(_ text: String) {
            var offset = 0
            for scalar in text.unicodeScalars {
                scalars.append(scalar)
                offsets.append(offset)
                offset += UTF8.width(scalar)
            }
            offsets.append(offset)
            kinds = Array(repeating: .plain, count: scalars.count)
            markCode()
            markQuotes()
        }

        private func isLineStart(_ at: Int) -> Bool {
            var before = at - 1
            while before >= 0, scalars[before] == " " { before -= 1 }
            return before < 0 || scalars[before] == "\n"
        }

        private func isFence(_ at: Int) -> Bool {
            at + 2 < scalars.count && scalars[at] == "`" && scalars[at + 1] == "`" && scalars[at + 2] == "`"
        }

        private mutating func markCode() {
            var at = 0
            while at < scalars.count {
                guard scalars[at] == "`" else {
                    at += 1
                    continue
                }
                var end: Int?
                if isFence(at), isLineStart(at) {
                    // A fence that nobody closes holds all that follows.
                    var next = at + 3
                    while next < scalars.count, !(isFence(next) && isLineStart(next)) { next += 1 }
                    end = min(next + 3, scalars.count)
                    fences.append(at..<(end ?? at))
                } else {
                    var next = at + 1
                    while next < scalars.count, scalars[next] != "`", scalars[next] != "\n" { next += 1 }
                    if next < scalars.count, scalars[next] == "`" { end = next + 1 }
                }
                guard let end else {
                    at += 1
                    continue
                }
                for place in at..<end { kinds[place] = .code }
                at = end
            }
        }

        /// No quotation is taken to be longer: a lone inch mark would silence what follows.
        private static let longestQuotation = 1_500

        private mutating func markQuotes() {
            var at = 0
            while at < scalars.count {
                guard kinds[at] == .plain else {
                    at += 1
                    continue
                }
                var end: Int?
                if scalars[at] == ">", isLineStart(at) {
                    end = scalars[at...].firstIndex(of: "\n") ?? scalars.count
                } else if let closing = Self.closing(scalars[at]) {
                    var next = at + 1
                    let limit = min(scalars.count, at + Self.longestQuotation)
                    while next < limit, !closing.contains(scalars[next]), !isBlankLine(next) { next += 1 }
                    if next < limit, closing.contains(scalars[next]) { end = next + 1 }
                }
                guard let end else {
                    at += 1
                    continue
                }
                for place in at..<end where kinds[place] == .plain { kinds[place] = .quoted }
                at = end
            }
        }

        private func isBlankLine(_ at: Int) -> Bool {
            scalars[at] == "\n" && at + 1 < scalars.count && scalars[at + 1] == "\n"
        }

        private static func closing(_ opening: Unicode.Scalar) -> [Unicode.Scalar]? {
            switch opening {
            case "\"": ["\""]
            case "“": ["”", "“"]
            case "„": ["“", "”"]
            case "«": ["»"]
            case "»": ["«"]
            case "「": ["」"]
            default: nil
            }
        }
    }

    private mutating func read(_ scan: Scan) {
        for fence in scan.fences {
            let range = scan.offsets[fence.lowerBound]..<scan.offsets[fence.upperBound]
            let lines = verbatim(range).split(separator: "\n").filter { line in
                !line.allSatisfy(\.isWhitespace) && !line.trimmingPrefix(while: \.isWhitespace).hasPrefix("```")
            }
            code.append((range, lines.count))
        }
        var start = 0
        var firstWord = 0
        var followsComma = false
        var at = 0
        func close(_ end: Int, question: Bool) {
            defer {
                start = end
                firstWord = words.count
                followsComma = false
            }
            guard words.count > firstWord else { return }
            var (from, to) = (start, end)
            while from < to, Self.isBlank(scan.scalars[from]) { from += 1 }
            while from < to, Self.isBlank(scan.scalars[to - 1]) { to -= 1 }
            let range = scan.offsets[from]..<scan.offsets[to]
            let sentence = verbatim(range)
            sentences.append(
                Sentence(
                    range: range, words: firstWord..<words.count, isQuestion: question,
                    isHeading: sentence.hasPrefix("#") || (sentence.hasPrefix("**") && sentence.hasSuffix("**"))))
        }
        while at < scan.scalars.count {
            let scalar = scan.scalars[at]
            if scan.kinds[at] == .code {
                let from = at
                while at < scan.scalars.count, scan.kinds[at] == .code { at += 1 }
                if scan.fences.contains(where: { $0.lowerBound == from }) {
                    close(from, question: false)
                    start = at
                }
                continue
            }
            if Self.isLetter(scalar) {
                let from = at
                var folded = String.UnicodeScalarView()
                while at < scan.scalars.count, scan.kinds[at] != .code {
                    let next = scan.scalars[at]
                    if Self.isLetter(next) {
                        folded.append(next)
                    } else if !Self.isApostrophe(next) || at + 1 >= scan.scalars.count
                        || !Self.isLetter(scan.scalars[at + 1])
                    {
                        break
                    }
                    at += 1
                }
                words.append(
                    Word(
                        folded: Self.folded(String(folded)), range: scan.offsets[from]..<scan.offsets[at],
                        isQuoted: scan.kinds[from] == .quoted, followsComma: followsComma))
                followsComma = false
                continue
            }
            at += 1
            switch scalar {
            case "?", "？", "؟": close(ending(scan, &at), question: scan.kinds[at - 1] == .plain)
            case "!", "…", "。", "！": close(ending(scan, &at), question: false)
            case "." where endsSentence(scan, at, firstWord): close(ending(scan, &at), question: false)
            case "\n" where !continues(scan, at): close(at, question: false)
            case ",", ";", ":", "、": followsComma = true
            default: break
            }
        }
        close(scan.scalars.count, question: false)
    }

    /// Takes further marks, and closing brackets and quotation marks, into the sentence that ends.
    private func ending(_ scan: Scan, _ at: inout Int) -> Int {
        while at < scan.scalars.count, "?!.…\"”»)*_".unicodeScalars.contains(scan.scalars[at]),
            scan.kinds[at] == scan.kinds[at - 1]
        {
            at += 1
        }
        return at
    }

    /// Words after which a full stop doesn't end a sentence.
    private static let shortened: Set<String> = [
        "dr", "mr", "mrs", "ms", "prof", "st", "eg", "ie", "vs", "ca", "bzw", "zb", "sr", "sra", "mme", "e", "g", "i",
        "z",
    ]

    private func endsSentence(_ scan: Scan, _ at: Int, _ firstWord: Int) -> Bool {
        if at < scan.scalars.count, Self.isLetter(scan.scalars[at]) { return false }
        guard let last = words.last, words.count > firstWord else { return false }
        // The number of a list's line is no sentence.
        if words.count == firstWord + 1, last.folded.allSatisfy(\.isNumber) { return false }
        return !Self.shortened.contains(last.folded)
    }

    /// Whether a line goes on in the next one, as in a text that was wrapped.
    private func continues(_ scan: Scan, _ at: Int) -> Bool {
        at < scan.scalars.count && scan.scalars[at].properties.isLowercase
    }

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            return (97...122).contains(scalar.value | 0x20) || (48...57).contains(scalar.value)
        }
        return scalar.properties.isAlphabetic || scalar.properties.numericType != nil
            || scalar.properties.generalCategory == .nonspacingMark
    }

    private static func isApostrophe(_ scalar: Unicode.Scalar) -> Bool { scalar == "'" || scalar == "’" }

    /// Lower case without accents and apostrophes, the same in every locale.
    static func folded(_ word: String) -> String {
        let utf8 = word.utf8
        if utf8.allSatisfy({ $0 < 0x80 }) {
            return String(
                decoding: utf8.lazy.filter { $0 != 0x27 }.map { (65...90).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self
            )
        }
        let plain = word.filter { $0 != "'" && $0 != "’" }
        return plain.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
    }
}
