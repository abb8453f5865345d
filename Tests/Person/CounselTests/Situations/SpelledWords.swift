@testable import Counsel

/// The words and pairs of words of a text, spelled out: what ``WordsFound`` finds without copying them. The trainer needs
/// them all; tests compare.
enum SpelledWords {
    /// Each once, in order.
    static func of(_ text: FoldedText) -> [String] {
        var found: Set<String> = []
        for sentence in text.bytes.split(whereSeparator: { $0 == FoldedText.sentence || $0 == FoldedText.question }) {
            var before: String?
            for bytes in sentence.split(whereSeparator: FoldedText.isSeparator).prefix(WordsFound.most) {
                let word = String(decoding: bytes, as: UTF8.self)
                if bytes.contains(where: FoldedText.isUnspaced(lead:)) {
                    let letters = word.unicodeScalars.map(String.init)
                    for length in 2...3 where letters.count >= length {
                        for start in 0...(letters.count - length) {
                            found.insert(letters[start..<(start + length)].joined())
                        }
                    }
                    before = nil
                } else {
                    found.insert(word)
                    if let before { found.insert("\(before)_\(word)") }
                    before = word
                }
            }
            if found.count > WordsFound.most { break }
        }
        return found.sorted()
    }
}
