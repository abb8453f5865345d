import Charters
import Flourishing

/// What a charter adds to the words and phrases that are looked for: its own topics, and the goods of its tensions.
struct CharterCues: Sendable {
    /// A tension and how its two goods are recognised.
    struct Side: Sendable {
        /// The feature of the charter's own index that names the good; -1 when it has none.
        let feature: Int
        /// The features of the built-in lexicon that are values which it is about.
        let values: [Int]
    }

    /// The charter's own words, looked up; nil when it adds none.
    let index: CueIndex?
    /// For each of the charter's topics the content words of each of its phrases.
    let phrases: [(topic: String, words: [Set<String>])]
    /// The charter's tensions with their two sides.
    let tensions: [(clause: TensionClause, first: Side, second: Side)]

    /// How surely a topic's cue points to it: the charter's authors said so.
    static let cueWeight = 0.8
    /// How surely the name of a good points to it, and a word of its sentence.
    static let nameWeight = 0.75
    static let sentenceWeight = 0.35
    /// How surely a word of its signs, its failures or of what a person says in its examples points to it.
    static let signWeight = 0.2

    init(_ charter: CompiledCharter) {
        var lexicon = CueLexicon()
        for topic in charter.topics {
            lexicon.add(
                group: "charter/topics/\(topic.id)", feature: "topic/\(topic.id)", weight: Self.cueWeight,
                literals: topic.cues + [topic.id.replacing("-", with: " ")])
        }
        phrases = charter.topics.filter { !$0.phrases.isEmpty }.map { topic in
            (topic.id, topic.phrases.map { Set(ContentWords.of(FoldedText($0))) })
        }
        let goods = Dictionary(charter.goods.map { ($0.id, $0) }) { first, _ in first }
        let words = Self.words(of: Set(charter.tensions.flatMap(\.between)), goods)
        var sides: [String: (feature: String, values: [Int])] = [:]
        for id in charter.tensions.flatMap(\.between) where sides[id] == nil {
            let name = id.replacing("-", with: " ")
            let says = goods[id]?.good.says ?? ""
            let feature = "good/\(id)"
            lexicon.add(
                group: "charter/goods/\(id)", feature: feature, weight: Self.nameWeight,
                literals: [name] + name.split(separator: " ").filter { $0.count >= 5 }.map { "\($0)*" })
            for (part, weight) in [("says", Self.sentenceWeight), ("signs", Self.signWeight)] {
                for word in words[id]?[part] ?? [] {
                    lexicon.add(
                        group: "charter/goods/\(id)/\(part)", feature: feature, weight: weight, literals: [word])
                }
            }
            let findings = CueFindings(FoldedText("\(name). \(says)"), in: .builtIn, language: "en")
            let values = findings.found(beginning: "value/").filter { $0.score >= 0.3 }
            // A good is about what its name says; its sentence counts only when the name says nothing.
            let byName = CueFindings(FoldedText(name), in: .builtIn, language: "en").found(beginning: "value/")
            sides[id] = (feature, (byName.isEmpty ? values : byName).map(\.feature))
        }
        let index = lexicon.phrases.isEmpty ? nil : CueIndex(lexicon)
        func side(_ id: String) -> Side? {
            sides[id].map { Side(feature: index?.featureNumbers[$0.feature] ?? -1, values: $0.values) }
        }
        tensions = charter.tensions.compactMap { tension in
            guard let first = side(tension.between[0]), let second = side(tension.between[1]) else { return nil }
            return (tension, first, second)
        }
        self.index = index
    }

    /// What each good's sentence, and its signs and scenes, are about, as words that no other good has: what two goods
    /// share tells neither of them.
    private static func words(of ids: Set<String>, _ goods: [String: GoodClause]) -> [String: [String: [String]]] {
        var words: [String: [String: Set<String>]] = [:]
        for id in ids {
            guard let clause = goods[id] else { continue }
            let says = Set(ContentWords.of(FoldedText(clause.good.says)).filter { $0.count >= 5 })
            let scenes = clause.signs + clause.failures + clause.examples.map(\.person)
            let signs = Set(scenes.flatMap { ContentWords.of(FoldedText($0)) }.filter { $0.count >= 5 })
            words[id] = ["says": says, "signs": signs.subtracting(says)]
        }
        return words.mapValues { parts in
            parts.mapValues { own in
                own.filter { word in
                    words.values.count { $0.values.contains { $0.contains(word) } } == 1
                }.sorted()
            }
        }
    }

    /// The charter's own topics in a text: by their cues, and by phrases that share most of their words with it.
    func topics(in text: FoldedText, findings: CueFindings?) -> [String: Reading] {
        var found = findings?.topics() ?? [:]
        guard !phrases.isEmpty else { return found }
        let words = Set(ContentWords.of(text))
        for (topic, choices) in phrases {
            for phrase in choices where phrase.count >= 2 {
                let share = Double(phrase.intersection(words).count) / Double(phrase.count)
                guard share >= 0.6, share * 0.8 > found[topic]?.score ?? 0 else { continue }
                found[topic] = Reading(score: share * 0.8, evidence: "charter/topics/\(topic)/phrases")
            }
        }
        return found
    }
}

/// The words of a text that carry what it is about.
enum ContentWords {
    /// Words of at least four letters that aren't small words of their language.
    static func of(_ text: FoldedText) -> [String] {
        text.bytes.split(whereSeparator: FoldedText.isSeparator).filter { $0.count >= 4 }
            .map { String(decoding: $0, as: UTF8.self) }.filter { !small.contains($0) }
    }

    private static let small: Set<String> = [
        "that", "this", "with", "from", "have", "what", "when", "where", "which", "their", "them", "they", "there",
        "your", "about", "would", "could", "should", "people", "person", "someone", "somebody", "other", "others",
        "than", "then", "into", "only", "more", "most", "some", "very", "much", "many", "does", "being", "been", "will",
        "without", "because", "every", "each", "also", "just", "like", "want", "need", "make", "takes", "things",
        "nicht", "eine", "einen", "einer", "aber", "oder", "auch", "wenn", "dass", "sich", "mich", "dich", "haben",
        "sein", "werden", "kann", "pero", "para", "como", "esta", "este", "porque", "cuando", "tiene", "avec", "pour",
        "mais", "dans", "nous", "vous", "leur", "cette", "faire", "etre", "avoir", "here", "lives", "told", "treated",
        "count", "done", "know", "known", "their", "stays", "shared", "reaches", "become", "choices",
    ]
}
