/// The language that a text is read in.
struct TextLanguage: Sendable {
    /// Its primary subtag of BCP 47; nil when none of ``ConductCues/languages`` shows.
    let name: String?
    /// The languages whose cues are tried, as bits in their order: the one, or all when none shows.
    let cues: UInt8

    /// Whether cues can be read: not in a text of words that show none of the languages. A text without words holds nothing
    /// that couldn't be read.
    let isRead: Bool

    /// The bits of all languages with cues.
    private static let every = UInt8((1 << ConductCues.languages.count) - 1)

    /// Tells the language by small words (``SmallWords``), and by words of its cues at half their weight. A word with a letter
    /// that a language isn't written with counts against it.
    ///
    /// The language must be ahead of every other, also of those without cues. It must reach a fifth of all words for
    /// English, and for the others, whose small words are commoner in languages that aren't known here, 35% and two words.
    init(of text: ReplyText, cues: ConductCues) {
        // In halves of a word.
        var scores = Array(repeating: 0, count: SmallWords.languages.count)
        var count = 0
        for word in text.words where !word.isNumeral && !word.isAddress {
            count += 1
            let (small, cue) = cues.languages(of: word.number)
            var bits = small
            while bits != 0 {
                scores[bits.trailingZeroBitCount] += 2
                bits &= bits - 1
            }
            bits = UInt64(cue) & ~small
            while bits != 0 {
                scores[bits.trailingZeroBitCount] += 1
                bits &= bits - 1
            }
            guard word.letters != Self.every else { continue }
            bits = UInt64(~word.letters & Self.every)
            while bits != 0 {
                scores[bits.trailingZeroBitCount] -= 2
                bits &= bits - 1
            }
        }
        var best = 0
        for language in scores.indices where scores[language] > scores[best] { best = language }
        let isAhead = scores.indices.allSatisfy { $0 == best || scores[$0] < scores[best] }
        let isEnough = best == 0 ? 5 * scores[0] >= 2 * count : 10 * scores[best] >= 7 * count && scores[best] >= 4
        if count > 0, best < ConductCues.languages.count, isAhead, isEnough, text.strangeShare <= 0.5 {
            name = ConductCues.languages[best]
            self.cues = 1 << UInt8(best)
            isRead = true
        } else {
            name = nil
            self.cues = Self.every
            isRead = count == 0
        }
    }
}
