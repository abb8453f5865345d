import Foundation

/// What a person asks of their memory in plain words: "remember that…", "my goal is…", "from now on…", "forget that…".
///
/// Read without a model, the same for the same words, in English, German, Spanish, French, Italian and Portuguese. Only
/// a sentence that begins so counts (after "please", "and" and the like), so a question ("do you remember…?"), a
/// quotation, code, or a story in which somebody says it asks for nothing.
///
/// ```swift
/// PlainStatement.all(in: "My goal is to run 10 km by May. Please remember that I'm left-handed.")
/// // .remember(.goal), "run 10 km by May"; .remember(.fact), "I'm left-handed"
/// ```
public struct PlainStatement: Hashable, Sendable {
    /// What is asked.
    public enum Act: Hashable, Sendable {
        /// To remember ``words``, as what.
        case remember(MemoryItem.Kind)
        /// To forget what ``words`` are about.
        case forget
        /// To forget everything.
        case forgetEverything
        /// To forget what they were just asked about: "yes, forget it".
        case forgetThat
        /// That ``words`` are so no longer: what was so is kept as past.
        case noLonger
        /// That something was wrong, and what is so in its place: ``words``.
        case correct
        /// To take back what was just done.
        case undo
        /// To stand by what was only noticed, or to say that it isn't so.
        case confirm, reject
        /// To keep what was just spoken of whatever its kind's retention says, or no longer.
        case pin, unpin
        /// To keep things of these kinds for so many days; nil for until they are erased.
        case keepFor([MemoryItem.Kind], days: Int?)
        /// To take a copy of everything along.
        case takeAlong
        /// To remember nothing more of this conversation.
        case pause
        /// To remember again.
        case resume
        /// To say what is remembered; about ``words``, or, where they are empty, everything.
        case show
    }

    /// What is asked.
    public let act: Act
    /// The person's own words for it, without the asking and without the mark that ends the sentence; empty where the act
    /// needs none.
    public let words: String
    /// The language of the asking, as a primary subtag of BCP 47.
    public let language: String

    /// All that a message asks, in its order.
    ///
    /// - Complexity: O(*n*): a sentence's first word tells which few openings it can have. Of a message above ``longest``
    ///   bytes only that much is read.
    public static func all(in message: String) -> [PlainStatement] {
        let text = message.utf8.count > longest ? String(message.prefix(longest / 4)) : message
        let sentences = Sentence.all(in: text)
        return sentences.indices.compactMap { place in
            statement(sentences[place], before: sentences.indices.contains(place + 1) ? sentences[place + 1] : nil)
        }
    }

    /// Bytes of a message that are read.
    public static let longest = 16_384

    private static func statement(_ sentence: Sentence, before next: Sentence?) -> PlainStatement? {
        var lead = Lead()
        var from = 0
        while true {
            let word = sentence.firstWord(at: from)
            let openings = (StatementOpening.byFirstWord[word] ?? []).filter { opening in
                (lead.saysYes || !opening.only.contains(.afterYes)) && sentence.has(opening.folded, at: from)
            }
            if let longest = openings.first?.folded.count {
                // "Yes, forget that" and "yes, forget that I sing" begin alike.
                return openings.lazy.filter { $0.folded.count == longest }
                    .compactMap { statement($0, sentence, from: from, lead, before: next) }.first
            }
            // "And please also remember…": what stands before the asking says nothing.
            guard let filler = StatementOpening.fillers[word]?.first(where: { sentence.has($0, at: from) }) else {
                return nil
            }
            from = sentence.pastGap(from + filler.count)
            lead.isRequest = lead.isRequest || StatementOpening.requests.contains(filler)
            lead.saysYes = lead.saysYes || StatementOpening.yes.contains(filler)
        }
    }

    /// What stands before an asking.
    private struct Lead {
        var isRequest = false
        var saysYes = false
    }

    private static func statement(
        _ opening: StatementOpening, _ sentence: Sentence, from: Int, _ lead: Lead, before next: Sentence?
    ) -> PlainStatement? {
        let start = sentence.pastGap(from + opening.folded.count)
        let words = sentence.words(from: start)
        if case .correct = opening.act, words.isEmpty {
            // "That's wrong. I live in Nice."
            guard let next, !next.isQuestion, !opening.isBarred(by: next, at: 0) else { return nil }
            return PlainStatement(act: .correct, words: next.words(from: 0), language: opening.language)
        }
        // "Remember when we…" tells of the past, and "my goal is what?" asks.
        if opening.isBarred(by: sentence, at: start) || sentence.endsAsSpeech(from: start) { return nil }
        if sentence.isQuestion, !lead.isRequest, opening.act != .show { return nil }
        switch opening.needs {
        case .words where words.isEmpty: return nil
        case .nothing where !words.isEmpty && !sentence.restIsPolite(from: start): return nil
        default: break
        }
        if case .keepFor = opening.act {
            guard let read = RetentionWords.read(sentence.wordList(at: start)) else { return nil }
            return PlainStatement(act: .keepFor(read.kinds, days: read.days), words: "", language: opening.language)
        }
        let keeps = opening.needs == .nothing ? "" : (opening.keepsAll ? sentence.words(from: from) : words)
        return PlainStatement(act: opening.act, words: keeps, language: opening.language)
    }
}
