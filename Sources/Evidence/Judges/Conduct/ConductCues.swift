/// The phrases of every signal in every language, ready to be looked up by their first word.
struct ConductCues: Sendable {
    /// Languages with cues, as primary subtags of BCP 47.
    static let languages = ["en", "de", "fr", "es", "pt", "it", "nl"]

    /// What a phrase is a sign of. Beside the signals there are phrases that take a finding back.
    enum Meaning: String, CaseIterable {
        case asks, closing, answers, decision, uncertainty, reasons, view, handover, ready, returning, praise, cause
        case directive, undirected, negation, function
    }

    private struct Entry: Sendable {
        let pattern: WordPattern
        let language: String
    }

    /// Phrases that begin with one word: those that go on with a known word by that word, and the rest. Without this a
    /// common word such as "you" would be compared with thousands of phrases.
    private struct Bucket: Sendable {
        var bySecond: [String: [Entry]] = [:]
        var others: [Entry] = []
    }

    private var buckets: [Meaning: [String: Bucket]] = [:]

    /// All of them.
    static let all: ConductCues = {
        var cues = ConductCues()
        for (language, text) in [
            ("en", english), ("de", german), ("fr", french), ("es", spanish), ("pt", portuguese), ("it", italian),
            ("nl", dutch),
        ] {
            cues.add(text, language)
        }
        return cues
    }()

    /// Adds lines: a meaning, a colon, and phrases. Every line has a known meaning, which a test watches.
    private mutating func add(_ text: String, _ language: String) {
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, let meaning = Meaning(rawValue: String(parts[0])) else { continue }
            for pattern in WordPattern.all(String(parts[1])) {
                let entry = Entry(pattern: pattern, language: language)
                if let second = pattern.secondWord {
                    buckets[meaning, default: [:]][pattern.firstWord, default: Bucket()]
                        .bySecond[second, default: []].append(entry)
                } else {
                    buckets[meaning, default: [:]][pattern.firstWord, default: Bucket()].others.append(entry)
                }
            }
        }
    }

    /// The places where phrases of one meaning stand, as ranges of words; the longest at each word.
    ///
    /// - Parameter language: Only phrases of this language; nil for all.
    func places(_ meaning: Meaning, in sentence: ReplyText.Sentence, of text: ReplyText, language: String?)
        -> [Range<Int>]
    {
        guard let known = buckets[meaning] else { return [] }
        var found: [Range<Int>] = []
        for word in sentence.words where !text.words[word].isQuoted {
            guard let bucket = known[text.words[word].folded] else { continue }
            var longest: Int?
            func compare(_ candidates: [Entry]) {
                for entry in candidates where language == nil || entry.language == language {
                    if let end = entry.pattern.end(from: word, in: sentence.words, of: text.words) {
                        longest = max(longest ?? end, end)
                    }
                }
            }
            compare(bucket.others)
            if word + 1 < sentence.words.upperBound, let more = bucket.bySecond[text.words[word + 1].folded] {
                compare(more)
            }
            if let longest, (found.last?.upperBound ?? 0) <= word { found.append(word..<longest) }
        }
        return found
    }

    /// The language that most small words belong to; nil when none shows, or two show alike.
    func language(of text: ReplyText) -> String? {
        var counts: [String: Int] = [:]
        for word in text.words {
            for language in Set((buckets[.function]?[word.folded]?.others ?? []).map(\.language)) {
                counts[language, default: 0] += 1
            }
        }
        guard let most = counts.values.max(), counts.count(where: { $0.value == most }) == 1 else { return nil }
        return counts.first { $0.value == most }?.key
    }

    /// How many letters belong to scripts that none of the languages is written in, as a share of all letters.
    static func strangeShare(_ text: ReplyText) -> Double {
        var (letters, strange) = (0, 0)
        for word in text.words {
            for scalar in word.folded.unicodeScalars where scalar.properties.isAlphabetic {
                letters += 1
                if scalar.value > 0x24F { strange += 1 }
            }
        }
        return letters == 0 ? 0 : Double(strange) / Double(letters)
    }
}
