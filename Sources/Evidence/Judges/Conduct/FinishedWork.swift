/// Whether a reply holds work that is ready to be used as the person's own.
enum FinishedWork {
    /// So many words an opening must be followed by.
    static let leastWords = 25
    /// So many lines code must have.
    static let leastLines = 4

    /// Words that a letter begins and ends with.
    static let words: [(role: WordRole, words: String)] = [
        (
            .greeting,
            """
            dear hi hello sehr liebe lieber cher chere estimado estimada querido querida caro cara gentile beste geachte prezado \
            prezada
            """
        ),
        (
            .farewell,
            """
            sincerely yours regards love best grusse grussen cordialement atentamente saludos saluti groet groeten atenciosamente \
            warmly cheers
            """
        ),
    ]

    /// The places that it rests on, as ranges of UTF-8 offsets with the words that decided.
    static func places(in text: ReplyText, cues: ConductCues, language: TextLanguage) -> [(
        sentence: Range<Int>, cue: Range<Int>
    )] {
        var found: [(Range<Int>, Range<Int>)] = []
        let code = text.code.first { $0.lines >= leastLines }
        for sentence in text.sentences {
            for place in cues.places(.handover, in: sentence, of: text, language: language) {
                guard text.words.count - place.upperBound >= leastWords || code != nil else { continue }
                found.append((sentence.range, span(place, text)))
            }
            for place in cues.places(.ready, in: sentence, of: text, language: language) {
                guard text.words.count >= leastWords || code != nil,
                    !cues.isDenied(place, in: sentence, of: text, language: language)
                else { continue }
                found.append((sentence.range, span(place, text)))
            }
        }
        if let code { found.append((code.range, code.range)) }
        if let letter = letter(text, cues) { found.append((letter, letter)) }
        return found
    }

    /// From the greeting to the close, if both stand at the starts of sentences with enough words between.
    private static func letter(_ text: ReplyText, _ cues: ConductCues) -> Range<Int>? {
        func isOne(_ role: WordRole, _ word: Int) -> Bool { cues.role(text.words[word].number).contains(role) }
        let openings = text.sentences.filter { isOne(.greeting, $0.words.lowerBound) }
        let ends = text.sentences.filter { sentence in
            sentence.words.count <= 6
                && (sentence.words.prefix(2).contains { isOne(.farewell, $0) }
                    || sentence.words.suffix(4).contains { isOne(.farewell, $0) })
        }
        guard let from = openings.first, let to = ends.last,
            to.words.lowerBound - from.words.upperBound >= leastWords - 5
        else { return nil }
        return from.range.lowerBound..<to.range.upperBound
    }

    private static func span(_ place: Range<Int>, _ text: ReplyText) -> Range<Int> {
        text.words[place.lowerBound].range.lowerBound..<text.words[place.upperBound - 1].range.upperBound
    }

}
