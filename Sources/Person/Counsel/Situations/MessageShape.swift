/// What a message looks like, apart from its words.
struct MessageShape {
    /// Words, or for scripts without spaces about a third of the letters.
    let words: Int
    /// Question marks.
    let questions: Int
    /// Exclamation marks.
    let exclamations: Int
    /// Whether the last sentence ends with one.
    let endsExclaiming: Bool
    /// Whether nothing is said at all: no letter.
    let isMute: Bool

    init(_ text: FoldedText) {
        var words = text.scripts.han / 2 + text.scripts.kana / 3
        var (questions, isInWord, isMute) = (0, false, true)
        for byte in text.bytes {
            if FoldedText.isSeparator(byte) {
                isInWord = false
                if byte == FoldedText.question { questions += 1 }
            } else if !isInWord {
                isInWord = true
                isMute = false
                words += 1
            }
        }
        self.words = words
        self.questions = questions
        exclamations = text.exclamations
        endsExclaiming = text.endsExclaiming
        self.isMute = isMute
    }
}
