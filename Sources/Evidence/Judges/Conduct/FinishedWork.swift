/// Whether a reply holds work that is ready to be used as the person's own.
enum FinishedWork {
    /// So many words an opening must be followed by.
    static let leastWords = 25
    /// So many lines code must have.
    static let leastLines = 4

    private static let greetings: Set<String> = [
        "dear", "hi", "hello", "sehr", "liebe", "lieber", "cher", "chere", "estimado", "estimada", "querido", "querida",
        "caro",
        "cara", "gentile", "beste", "geachte", "prezado", "prezada",
    ]
    private static let closings: Set<String> = [
        "sincerely", "yours", "regards", "love", "best", "grusse", "grussen", "grüsse", "cordialement", "atentamente",
        "saludos",
        "saluti", "groet", "groeten", "atenciosamente", "warmly", "cheers",
    ]

    /// The places that it rests on, as ranges of UTF-8 offsets with the words that decided.
    static func places(in text: ReplyText, cues: ConductCues, language: String?) -> [(
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
        if let letter = letter(text) { found.append((letter, letter)) }
        return found
    }

    /// From the greeting to the close, if both stand at the starts of sentences with enough words between.
    private static func letter(_ text: ReplyText) -> Range<Int>? {
        let openings = text.sentences.filter { greetings.contains(text.words[$0.words.lowerBound].folded) }
        let ends = text.sentences.filter { sentence in
            sentence.words.count <= 6
                && text.words[sentence.words].prefix(2).contains { closings.contains($0.folded) }
                || text.words[sentence.words].suffix(4).contains { closings.contains($0.folded) }
                    && sentence.words.count <= 6
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
