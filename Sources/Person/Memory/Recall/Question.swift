import Foundation

/// A query as the index understands it.
struct Question {
    /// The words looked for, each once, in the order of the question.
    var wanted: [LexicalPostings.Wanted] = []
    /// The weight of all words of the question, those too that no item holds.
    var totalWeight: Float = 0
    /// Whom it names, if it names some of those who speak and not all.
    var speakers: Set<Int32> = []
    /// The times it speaks of.
    var times: [TimeSpan] = []
    /// Whether it asks for a time.
    var asksWhen = false
    /// The number of the conversation that is going on, −1 for none of ours.
    var conversation: Int32 = -1

    /// So many words are looked for: as many as there are bits to note which of them an item holds.
    static let mostWords = 64

    init(_ query: RecallQuery, in index: RecallIndex, _ ranking: Ranking) {
        var stemmer = PorterStemmer()
        var tokens = TimeTokens()
        var words: [(term: Vocabulary.Term, share: Float)] = []
        var seen: Set<Vocabulary.Term> = []
        /// A word that no item holds counts once, however it is written.
        var unknown: Set<UInt64> = []
        func look(_ text: String, _ share: Float, timed: Bool) {
            WordReader.read(text) { word, hash in
                let hash = Vocabulary.spelling(hash)
                if timed {
                    tokens.advance()
                    if let time = TimeLexicon.word(word, hash: hash) { tokens.append(time) }
                }
                guard let term = index.vocabulary.term(of: word, hash: hash, &stemmer) else {
                    if unknown.insert(hash).inserted { words.append((Vocabulary.unknown, share)) }
                    return
                }
                guard term != Vocabulary.stopped, seen.insert(term).inserted else { return }
                words.append((term, share))
            }
        }
        look(query.words, 1, timed: true)
        times = tokens.spans(at: query.at)
        asksWhen = tokens.asksWhen

        let named = index.speakers.named(in: words.map(\.term))
        if !named.speakers.isEmpty, named.speakers.count < named.of { speakers = named.speakers }
        if ranking.leavesOutNames {
            let others = words.filter { !named.terms.contains($0.term) }
            if !others.isEmpty { words = others }
        }
        if let purpose = query.purpose { look(purpose, ranking.purposeShare, timed: false) }
        for (term, share) in words {
            let weight = share * index.postings.rarity(term)
            totalWeight += weight
            if term >= 0 { wanted.append(LexicalPostings.Wanted(term: term, weight: weight)) }
        }
        if wanted.count > Self.mostWords {
            // A pasted page: the rarest words say what it is about. In the order of the text, as before.
            let ranked = wanted.indices.sorted { (wanted[$0].weight, $1) > (wanted[$1].weight, $0) }
            wanted = ranked.prefix(Self.mostWords).sorted().map { wanted[$0] }
            totalWeight = wanted.reduce(0) { $0 + $1.weight }
        }
        if let name = query.conversation { conversation = index.conversations.number(name) ?? -1 }
    }
}
