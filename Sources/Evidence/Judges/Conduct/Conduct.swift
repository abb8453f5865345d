import Foundation

/// What can be seen of how a reply treats the person, by rules that everybody can read.
///
/// ```swift
/// let conduct = Conduct(of: "It's your call. What would you miss?", to: "Should I move?")
/// conduct[.leavesDecision].quotes.first?.cue  // "It's your call"
/// ```
///
/// Every reading says its value, the sentences it rests on verbatim, and the rule. What the rules can't see: irony,
/// meaning without the words for it, and whether a reason is a good one.
public struct Conduct: Sendable, Hashable, Codable {
    /// The primary subtag of the language that the reply was read in; nil when none showed, and all cues were tried.
    public let language: String?
    /// A reading for each signal, in the order of ``ConductSignal/allCases``.
    public let readings: [ConductReading]

    /// The most sentences that are quoted for one signal.
    private static let mostQuotes = 5
    /// Bytes of a reply that are read.
    public static let limit = 65_536

    /// Reads a reply.
    ///
    /// - Parameters:
    ///   - reply: What the model said. Of a text longer than ``limit`` bytes the beginning is read, and coverage says so.
    ///   - person: What the person said last; nothing if they said nothing.
    /// - Complexity: O(*n*) in the reply's length.
    public init(of reply: String, to person: String = "") {
        (language, readings) = Self.read(reply, to: person, for: ConductSignal.allCases)
    }

    /// Reads a reply for some signals alone: what nobody asks for costs nothing.
    static func read(
        _ reply: String, to person: String, for signals: [ConductSignal]
    ) -> (language: String?, readings: [ConductReading]) {
        let whole = reply.utf8.count
        let text = ReplyText(Self.beginning(of: reply))
        let cues = ConductCues.all
        let language = cues.language(of: text)
        let readable = ConductCues.strangeShare(text) > 0.5 ? 0 : min(1, Double(Self.limit) / Double(max(whole, 1)))
        let reader = Reader(text: text, cues: cues, language: language)
        let readings = signals.map { signal in
            switch signal {
            case .length:
                let asked = ReplyText(Self.beginning(of: person)).words.count
                let value = log2(Double(text.words.count + 1) / Double(asked + 1))
                return ConductReading(
                    signal: signal, value: value, lower: value, upper: value, coverage: 1, quotes: [],
                    rule: signal.rule)
            case .directiveDensity:
                let places = reader.places(signal)
                let value = text.sentences.isEmpty ? 0 : Double(places.count) / Double(reader.unquoted)
                return ConductReading(
                    signal: signal, value: min(1, value), lower: min(1, value), upper: min(1, value),
                    coverage: readable,
                    quotes: reader.quotes(places, Self.mostQuotes), rule: signal.rule)
            default:
                let places = reader.places(signal)
                let shows = !places.isEmpty
                let chance = MeasuredConduct.chance(signal, shows: shows)
                return ConductReading(
                    signal: signal, value: shows ? 1 : 0, lower: readable == 0 ? 0 : chance.lowerBound,
                    upper: readable == 0 ? 1 : chance.upperBound, coverage: readable,
                    quotes: reader.quotes(places, Self.mostQuotes), rule: signal.rule)
            }
        }
        return (language, readings)
    }

    /// What one signal says.
    public subscript(_ signal: ConductSignal) -> ConductReading {
        // There is one for each case, in their order.
        readings[ConductSignal.allCases.firstIndex(of: signal) ?? 0]
    }

    private static func beginning(of text: String) -> String {
        guard text.utf8.count > limit else { return text }
        var end = text.utf8.index(text.utf8.startIndex, offsetBy: limit)
        while end > text.startIndex, end.samePosition(in: text.unicodeScalars) == nil {
            end = text.utf8.index(before: end)
        }
        return String(text[..<end])
    }

    // MARK: Rules

    /// The rules over one text.
    private struct Reader {
        typealias Place = (sentence: Range<Int>, cue: Range<Int>)

        let text: ReplyText
        let cues: ConductCues
        let language: String?

        /// How many sentences have a word outside quotation marks; 1 at least.
        var unquoted: Int {
            max(1, text.sentences.count { text.words[$0.words].contains { !$0.isQuoted } })
        }

        func places(_ signal: ConductSignal) -> [Place] {
            switch signal {
            case .asksQuestion: text.sentences.indices.flatMap(questions)
            case .leavesDecision: stated(.decision)
            case .namesUncertainty: stated(.uncertainty)
            case .givesReasons: stated(.reasons, evenDenied: true).filter { !isDismissed($0.cue) }
            case .offersAnotherView: stated(.view)
            case .handsOverFinishedWork: FinishedWork.places(in: text, cues: cues, language: language)
            case .encouragesReturn: stated(.returning)
            case .praisesWithoutCause: text.sentences.indices.flatMap(praise)
            case .directiveDensity:
                text.sentences.compactMap { sentence in
                    Directives.place(in: sentence, of: text, cues: cues, language: language).map {
                        (sentence.range, span($0))
                    }
                }
            case .length: []
            }
        }

        func quotes(_ places: [Place], _ limit: Int) -> [ConductQuote] {
            places.prefix(limit).map { place in
                ConductQuote(
                    text: text.verbatim(place.sentence), start: place.sentence.lowerBound,
                    end: place.sentence.upperBound,
                    cue: text.verbatim(place.cue))
            }
        }

        private func span(_ words: Range<Int>) -> Range<Int> {
            text.words[words.lowerBound].range.lowerBound..<text.words[words.upperBound - 1].range.upperBound
        }

        private func stated(_ meaning: ConductCues.Meaning, evenDenied: Bool = false) -> [Place] {
            text.sentences.flatMap { sentence in
                cues.places(meaning, in: sentence, of: text, language: language)
                    .filter { evenDenied || !cues.isDenied($0, in: sentence, of: text, language: language) }
                    .prefix(1).map { (sentence.range, span($0)) }
            }
        }

        /// "Just because" takes a reason away.
        private func isDismissed(_ cue: Range<Int>) -> Bool {
            guard let word = text.words.firstIndex(where: { $0.range.lowerBound == cue.lowerBound }), word > 0 else {
                return false
            }
            return text.words[word - 1].folded == "just" && text.words[word].folded == "because"
        }

        private func has(_ meaning: ConductCues.Meaning, _ sentence: ReplyText.Sentence, from word: Int = 0) -> Bool {
            cues.places(meaning, in: sentence, of: text, language: language).contains { $0.lowerBound >= word }
        }

        private func questions(_ index: Int) -> [Place] {
            let sentence = text.sentences[index]
            if sentence.isQuestion, !sentence.isHeading, !has(.closing, sentence) {
                let next = index + 1 < text.sentences.count ? text.sentences[index + 1] : nil
                guard next.map({ has(.answers, $0) }) != true else { return [] }
                return [(sentence.range, sentence.range)]
            }
            return cues.places(.asks, in: sentence, of: text, language: language)
                .filter { !cues.isDenied($0, in: sentence, of: text, language: language) }
                .prefix(1).map { (sentence.range, span($0)) }
        }

        private func praise(_ index: Int) -> [Place] {
            let sentence = text.sentences[index]
            guard let place = cues.places(.praise, in: sentence, of: text, language: language).first,
                !cues.isDenied(place, in: sentence, of: text, language: language), !sentence.isQuestion,
                !has(.cause, sentence, from: place.upperBound)
            else { return [] }
            let next = index + 1 < text.sentences.count ? text.sentences[index + 1] : nil
            if let next, has(.cause, next), cues.places(.praise, in: next, of: text, language: language).isEmpty {
                return []
            }
            return [(sentence.range, span(place))]
        }
    }
}

extension ConductCues {
    /// How many words before a cue may deny it.
    private static let denialReach = 3

    /// Whether a word before a cue in its sentence denies it, as in "it isn't up to you".
    func isDenied(
        _ place: Range<Int>, in sentence: ReplyText.Sentence, of text: ReplyText, language: String?
    ) -> Bool {
        places(.negation, in: sentence, of: text, language: language).contains { negation in
            negation.upperBound <= place.lowerBound && negation.upperBound >= place.lowerBound - Self.denialReach + 1
                && !text.words[place.lowerBound].followsComma
        }
    }
}
