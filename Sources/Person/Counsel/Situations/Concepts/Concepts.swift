/// Some fifty ideas that messages are made of (who is spoken of, what is done to whom, how somebody fares), each with the
/// words for it in ten languages.
///
/// A concept says nothing by itself: a knife is for bread. What several of them mean together is learned from examples
/// (``LearnedWeights``), and because a concept is the same in every language, what was learned from an English example
/// holds for a Hindi one too. The idea is that of content analysis by word categories (Tausczik and Pennebaker 2010,
/// doi 10.1177/0261927X09351676). A class, because every reading holds it.
final class Concepts: Sendable {
    /// The names, in the order of their numbers.
    let names: [String]
    /// Which languages have words here.
    let languages: Set<String>
    /// Lines that couldn't be read. A test holds the built-in ones to none.
    let problems: [String]
    private let trie: CueTrie
    private let conceptOf: [Int16]
    private let languageOf: [Int16]
    private let languageNumbers: [String: Int16]

    /// Reads concepts from lexicon text.
    init(_ texts: [String]) {
        var lexicon = CueLexicon()
        for text in texts { lexicon.add(text) }
        names = lexicon.groups.map(\.id)
        problems = lexicon.problems
        trie = CueTrie(lexicon.phrases)
        conceptOf = lexicon.phrases.map { Int16($0.group) }
        languages = Set(lexicon.phrases.map(\.language))
        let numbers = Dictionary(uniqueKeysWithValues: zip(languages.sorted(), Int16(0)...))
        languageNumbers = numbers
        languageOf = lexicon.phrases.map { numbers[$0.language] ?? -1 }
    }

    /// The built-in ones.
    static let builtIn = Concepts([people, harm, mood, ask, matter])

    /// A concept at a place of a text.
    struct Mention: Hashable, Comparable {
        let start: Int
        let end: Int
        let concept: Int

        /// Start, end and concept in one number: a text has fewer bytes than 2 to the 24th.
        private var place: Int { start << 40 | end << 16 | concept }

        static func < (first: Mention, second: Mention) -> Bool { first.place < second.place }
    }

    /// The concepts of a text in their order. Words of another language than the text's are passed over.
    func mentions(in text: FoldedText, language: String?) -> [Mention] {
        let spoken = language.flatMap { languageNumbers[$0] }
        var found: [Mention] = []
        for hit in trie.hits(in: text) {
            let phrase = Int(hit.phrase)
            if let spoken, languageOf[phrase] != spoken { continue }
            found.append(
                Mention(start: hit.range.lowerBound, end: hit.range.upperBound, concept: Int(conceptOf[phrase])))
        }
        found.sort()
        var last: Mention?
        found.removeAll { mention in
            defer { last = mention }
            return mention == last
        }
        return found
    }
}
