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

    /// The values of some signals alone, in their order: what nobody asks for costs nothing. See ``ConductReading/value``.
    ///
    /// - Complexity: O(*n*) in the reply's length.
    package static func values(of signals: [ConductSignal], in reply: String) -> [Double] {
        let reader = Reader(of: reply, to: "")
        return signals.map { reader.finding($0).value }
    }

    /// Reads a reply for some signals alone: what nobody asks for costs nothing.
    static func read(
        _ reply: String, to person: String, for signals: [ConductSignal]
    ) -> (language: String?, readings: [ConductReading]) {
        let reader = Reader(of: reply, to: person)
        let readable = reader.language.isRead ? min(1, Double(limit) / Double(max(reply.utf8.count, 1))) : 0
        let readings = signals.map { signal in
            let (value, places) = reader.finding(signal)
            var (range, coverage) = (value...value, readable)
            switch signal {
            case .length: coverage = 1
            case .directiveDensity:
                // In other languages an imperative isn't known for one.
                if reader.language.name.map({ $0 != "en" }) == true { coverage = 0 }
                range = MeasuredConduct.directiveShare(places.count, of: reader.unquoted)
            default: range = MeasuredConduct.chance(signal, shows: value > 0)
            }
            if coverage == 0 { range = 0...1 }
            return ConductReading(
                signal: signal, value: value, lower: range.lowerBound, upper: range.upperBound, coverage: coverage,
                quotes: reader.quotes(places, mostQuotes), rule: signal.rule)
        }
        return (reader.language.name, readings)
    }

    /// What one signal says.
    public subscript(_ signal: ConductSignal) -> ConductReading {
        // There is one for each case, in their order.
        readings[signal.place]
    }

    fileprivate static func beginning(of text: String) -> String {
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
        let language: TextLanguage
        private let cues = ConductCues.all
        private let reply: String
        private let person: String

        init(of reply: String, to person: String) {
            self.reply = reply
            self.person = person
            text = ReplyText(Conduct.beginning(of: reply))
            language = TextLanguage(of: text, cues: cues)
        }

        /// How many sentences have a word outside quotation marks; 1 at least.
        var unquoted: Int {
            max(1, text.sentences.count { text.words[$0.words].contains { !$0.isQuoted } })
        }

        /// What a signal's rule finds. For length all words are counted, also beyond ``Conduct/limit``.
        func finding(_ signal: ConductSignal) -> (value: Double, places: [Place]) {
            let places = places(signal)
            switch signal {
            case .length:
                let said = reply.utf8.count > Conduct.limit ? ReplyText.wordCount(reply) : text.words.count
                return (log2(Double(said + 1) / Double(ReplyText.wordCount(person) + 1)), places)
            case .directiveDensity: return (min(1, Double(places.count) / Double(unquoted)), places)
            default: return (places.isEmpty ? 0 : 1, places)
            }
        }

        private func places(_ signal: ConductSignal) -> [Place] {
            switch signal {
            case .asksQuestion: text.sentences.indices.flatMap(questions)
            case .leavesDecision: stated(.decision)
            case .namesUncertainty: stated(.uncertainty)
            case .givesReasons: stated(.reasons, evenDenied: true)
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
            text.sentences.compactMap { sentence in
                first(meaning, in: sentence, evenDenied: evenDenied).map { (sentence.range, span($0)) }
            }
        }

        /// The first place in a sentence that nothing takes back.
        private func first(
            _ meaning: ConductCues.Meaning, in sentence: ReplyText.Sentence, evenDenied: Bool = false
        ) -> Range<Int>? {
            cues.places(meaning, in: sentence, of: text, language: language).first { place in
                !cues.isDismissed(place, in: sentence, of: text, language: language)
                    && (evenDenied
                        || !cues.isDenied(
                            place, in: sentence, of: text, language: language, overWishes: meaning == .returning))
            }
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
            return first(.asks, in: sentence).map { [(sentence.range, span($0))] } ?? []
        }

        private func praise(_ index: Int) -> [Place] {
            let sentence = text.sentences[index]
            guard
                let place = cues.places(.praise, in: sentence, of: text, language: language).first(where: {
                    !cues.isDismissed($0, in: sentence, of: text, language: language)
                }),
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
