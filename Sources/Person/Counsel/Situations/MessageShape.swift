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
    /// Whether it is a bare yes, no or thanks: what it says is in the question before.
    let isBareAnswer: Bool

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
        isBareAnswer = BareAnswers.isOne(text)
    }
}

/// Messages that say yes, no or thanks and nothing else.
enum BareAnswers {
    /// Longer messages aren't looked at.
    private static let most = 40

    /// Whether a message is one.
    static func isOne(_ text: FoldedText) -> Bool {
        guard (1...most).contains(text.bytes.count) else { return false }
        return text.bytes.split(whereSeparator: FoldedText.isSeparator).allSatisfy(words.contains)
    }

    private static let words: Set<ArraySlice<UInt8>> = {
        let texts = """
            yes yeah yep yup sure ok okay please no nope nah thanks thank you fine alright agreed of course definitely
            ja jo doch gern gerne klar bitte nein nee danke okay einverstanden naturlich
            sí si vale claro bueno no gracias por favor dale
            oui ouais non merci d'accord bien sûr volontiers
            sim não obrigado obrigada claro pode certo
            sì va bene certo no grazie
            نعم لا اي اجل حسنا شكرا طيب
            是 是的 好 好的 不 不是 不用 不要 对 可以 行 嗯 谢谢
            はい いいえ うん ううん ええ お願いします いいですよ 大丈夫です
            हाँ हां जी नहीं ठीक है धन्यवाद शुक्रिया
            """
        return Set(
            texts.split(whereSeparator: \.isWhitespace).flatMap {
                FoldedText(String($0)).bytes.split(whereSeparator: FoldedText.isSeparator)
            })
    }()
}
