/// The phrases of every signal in every language, ready to be looked up by their first two words.
struct ConductCues: Sendable {
    /// Languages with cues, as primary subtags of BCP 47: those that ``SmallWords`` begins with.
    static let languages = ["en", "de", "fr", "es", "pt", "it", "nl"]

    /// What a phrase is a sign of. Beside the signals there are phrases that take a finding back.
    enum Meaning: UInt32, CaseIterable {
        case asks, closing, answers, decision, uncertainty, reasons, view, handover, ready, returning, praise, cause
        case directive, undirected, negation, dismissed

        /// The meaning of that name.
        init?(named name: some StringProtocol) {
            guard let known = Self.allCases.first(where: { "\($0)" == name }) else { return nil }
            self = known
        }

        /// Its place among the bits of ``Roles/begins``.
        var bit: UInt32 { 1 << rawValue }
    }

    /// What is known of one word.
    private struct Roles: Sendable {
        /// The meanings that some phrase beginning with it is a sign of.
        var begins: UInt32 = 0
        /// The languages of ``SmallWords`` that it is a small word of.
        var small: UInt64 = 0
        /// The languages that it is in a cue of.
        var cue: UInt8 = 0
        var role: WordRole = []
    }

    private struct Entry: Sendable {
        let pattern: WordPattern
        /// The bit of its language.
        let language: UInt8
    }

    /// Phrases of one meaning that begin with one word, as places in ``entries``: those that go on with a known word, ascending
    /// by it, and the rest. Without this a common word such as "you" would be compared with thousands of phrases.
    private struct Bucket: Sendable {
        let bySecond: Range<Int>
        let others: Range<Int>
    }

    /// The words of all phrases and lists.
    private(set) var numbers = WordNumbers()
    private var roles: [Roles] = []
    /// For each word its first bucket; its buckets follow each other in the order of the bits of what it begins.
    private var firstBucket: [Int32] = []
    private var buckets: [Bucket] = []
    private var entries: [Entry] = []
    /// The second word of each entry.
    private var seconds: [Int32] = []
    /// Everything that readings follow from, as text.
    let sources: [String]

    /// All of them.
    static let all = ConductCues()

    private init() {
        let texts = [
            Self.english, Self.german, Self.french, Self.spanish, Self.portuguese, Self.italian, Self.dutch,
        ]
        let lists = Directives.words + FinishedWork.words + ReplyText.words + [(.wish, Self.wishes)]
        sources = texts + [SmallWords.text] + lists.map(\.words)
        var found: [Int32: [UInt32: [Entry]]] = [:]
        for (language, text) in texts.enumerated() { add(text, 1 << UInt8(language), &found) }
        for (language, words) in SmallWords.lists.enumerated() {
            for word in words {
                let number = Int(numbers.add(word))
                grow()
                roles[number].small |= 1 << UInt64(language)
            }
        }
        for (role, words) in lists {
            for word in words.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
                let number = Int(numbers.add(ReplyText.folded(String(word))))
                grow()
                roles[number].role.insert(role)
                if role == .verb { roles[number].cue |= 1 }
            }
        }
        for number in roles.indices {
            firstBucket.append(Int32(buckets.count))
            for (bit, begun) in (found[Int32(number)] ?? [:]).sorted(by: { $0.key < $1.key }) {
                roles[number].begins |= bit
                let from = entries.count
                let ordered = begun.enumerated().compactMap { at, entry in
                    entry.pattern.secondWord.map { (second: $0, at: at, entry: entry) }
                }.sorted { ($0.second, $0.at) < ($1.second, $1.at) }
                entries += ordered.map(\.entry)
                seconds += ordered.map(\.second)
                let middle = entries.count
                entries += begun.filter { $0.pattern.secondWord == nil }
                seconds += Array(repeating: WordNumbers.unknown, count: entries.count - middle)
                buckets.append(Bucket(bySecond: from..<middle, others: middle..<entries.count))
            }
        }
    }

    private mutating func grow() {
        while roles.count < numbers.count { roles.append(Roles()) }
    }

    /// Adds lines: a meaning, a colon, and phrases. Every line has a known meaning, which a test watches.
    private mutating func add(_ text: String, _ language: UInt8, _ found: inout [Int32: [UInt32: [Entry]]]) {
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, let meaning = Meaning(named: parts[0]) else { continue }
            for pattern in WordPattern.all(String(parts[1]), &numbers) {
                grow()
                for word in pattern.words { roles[Int(word)].cue |= language }
                found[pattern.firstWord, default: [:]][meaning.bit, default: []].append(
                    Entry(pattern: pattern, language: language))
            }
        }
    }

    // MARK: Words

    /// The meanings of all phrases that begin with a word, as bits.
    func begins(_ number: Int32) -> UInt32 { number < 0 ? 0 : roles[Int(number)].begins }

    /// The languages that a word is a small word of, as bits in the order of ``SmallWords``; and those with a cue that holds
    /// it, in the order of ``languages``.
    func languages(of number: Int32) -> (small: UInt64, cue: UInt8) {
        number < 0 ? (0, 0) : (roles[Int(number)].small, roles[Int(number)].cue)
    }

    /// The lists that a word is in.
    func role(_ number: Int32) -> WordRole { number < 0 ? [] : roles[Int(number)].role }

    // MARK: Places

    /// The places where phrases of one meaning stand, as ranges of words; the longest at each word.
    ///
    /// - Parameter language: Only phrases of its languages.
    func places(
        _ meaning: Meaning, in sentence: ReplyText.Sentence, of text: ReplyText, language: TextLanguage
    ) -> [Range<Int>] {
        let bit = meaning.bit
        guard sentence.begins & bit != 0 else { return [] }
        var found: [Range<Int>] = []
        for word in sentence.words where !text.words[word].isQuoted {
            let number = text.words[word].number
            let begins = begins(number)
            guard begins & bit != 0 else { continue }
            let bucket = Int(firstBucket[Int(number)]) + (begins & (bit - 1)).nonzeroBitCount
            let second = word + 1 < sentence.words.upperBound ? text.words[word + 1].number : WordNumbers.unknown
            guard let end = longest(bucket, second, from: word, sentence, text, language.cues) else { continue }
            if (found.last?.upperBound ?? 0) <= word { found.append(word..<end) }
        }
        return found
    }

    private func longest(
        _ number: Int, _ second: Int32, from word: Int, _ sentence: ReplyText.Sentence, _ text: ReplyText,
        _ languages: UInt8
    ) -> Int? {
        var longest: Int?
        func compare(_ entry: Int) {
            guard entries[entry].language & languages != 0,
                let end = entries[entry].pattern.end(from: word, in: sentence.words, of: text)
            else { return }
            longest = max(longest ?? end, end)
        }
        for entry in buckets[number].others { compare(entry) }
        guard second != WordNumbers.unknown else { return longest }
        let bySecond = buckets[number].bySecond
        var (low, high) = (bySecond.lowerBound, bySecond.upperBound)
        while low < high {
            let middle = (low + high) / 2
            if seconds[middle] < second { low = middle + 1 } else { high = middle }
        }
        while low < bySecond.upperBound, seconds[low] == second {
            compare(low)
            low += 1
        }
        return longest
    }

    // MARK: What takes a finding back

    /// Words that wish or demand, between a denial and what is denied.
    private static let wishes = "you to need want have expect ask asking wanting needing"
    /// How many words before a cue may deny it.
    private static let denialReach = 3

    /// Whether a word before a cue in its sentence denies it, as in "it isn't up to you".
    ///
    /// - Parameter wishes: Whether a denial also reaches over words that wish or demand, as in "I don't need you to come back".
    func isDenied(
        _ place: Range<Int>, in sentence: ReplyText.Sentence, of text: ReplyText, language: TextLanguage,
        overWishes wishes: Bool = false
    ) -> Bool {
        guard !text.words[place.lowerBound].followsComma else { return false }
        var wished = place.lowerBound
        while wishes, wished > sentence.words.lowerBound, role(text.words[wished - 1].number).contains(.wish),
            !text.words[wished].followsComma
        {
            wished -= 1
        }
        return places(.negation, in: sentence, of: text, language: language).contains { negation in
            negation.upperBound <= place.lowerBound && negation.upperBound >= place.lowerBound - Self.denialReach + 1
                || wished < place.lowerBound && negation.upperBound == wished
        }
    }

    /// Whether a phrase that only looks like a cue holds a word of it, as in "just because".
    func isDismissed(
        _ place: Range<Int>, in sentence: ReplyText.Sentence, of text: ReplyText, language: TextLanguage
    ) -> Bool {
        places(.dismissed, in: sentence, of: text, language: language).contains { $0.overlaps(place) }
    }
}

/// Lists that a word may be in, beside those of phrases.
struct WordRole: OptionSet, Sendable {
    let rawValue: UInt32

    /// English verbs that begin an imperative.
    static let verb = WordRole(rawValue: 1)
    /// Of these, verbs that are nouns as well.
    static let noun = WordRole(rawValue: 1 << 1)
    /// English verbs that somebody or something else does.
    static let done = WordRole(rawValue: 1 << 2)
    /// Words before an imperative.
    static let opener = WordRole(rawValue: 1 << 3)
    /// Words that begin a condition.
    static let condition = WordRole(rawValue: 1 << 4)
    /// "Don't" and "never".
    static let forbids = WordRole(rawValue: 1 << 5)
    /// "Do".
    static let does = WordRole(rawValue: 1 << 6)
    /// "Not".
    static let not = WordRole(rawValue: 1 << 7)
    /// "Worry".
    static let worry = WordRole(rawValue: 1 << 8)
    /// "Let".
    static let lets = WordRole(rawValue: 1 << 9)
    /// "Me" and "us".
    static let speaker = WordRole(rawValue: 1 << 10)
    /// Verbs that make what comes before them a subject.
    static let being = WordRole(rawValue: 1 << 11)
    /// Words that begin a clause or stand for one.
    static let clause = WordRole(rawValue: 1 << 12)
    /// Words that a letter begins with.
    static let greeting = WordRole(rawValue: 1 << 13)
    /// Words that a letter ends with.
    static let farewell = WordRole(rawValue: 1 << 14)
    /// Words after which a full stop doesn't end a sentence.
    static let shortened = WordRole(rawValue: 1 << 15)
    /// Words that wish or demand, between a denial and what is denied.
    static let wish = WordRole(rawValue: 1 << 16)
}
