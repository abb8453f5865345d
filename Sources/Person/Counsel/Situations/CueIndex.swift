/// A lexicon made ready to be looked up: phrases in a trie; groups, features and languages as numbers.
///
/// A class, because it is large, never changes, and every reading holds it.
final class CueIndex: Sendable {
    /// A group, without its name.
    struct Group: Sendable {
        /// What a group does that no feature of a message is.
        enum Kind: Sendable {
            case plain, unclear
            /// It only tells the language.
            case language
            /// It changes what others say.
            case figure, negation, noNegation, fiction
        }

        let kind: Kind
        let isGrave: Bool
        /// A group of "nobody" and "never": a "not" before it takes nothing back.
        let isFirm: Bool
        /// How surely it points to its first feature.
        let firstWeight: Double
        /// Which of ``CueIndex/weights`` are its own.
        let weights: Range<Int>
    }

    let trie: CueTrie
    /// For each phrase its group, the number of its language, and whether one word of it alone might be a word of
    /// another language.
    let groupOf: [Int32]
    let languageOf: [Int16]
    let needsLanguage: [Bool]
    let groups: [Group]
    /// The id of each group.
    let ids: [String]
    /// The features that groups point to, and how surely.
    let weights: [(feature: Int, weight: Double)]
    /// Names of features, and the way back.
    let features: [String]
    let featureNumbers: [String: Int]
    /// Names of languages.
    let languages: [String]
    /// The features that are topics, with the topics' names.
    let topics: [(feature: Int, name: String)]
    private let languageNumbers: [String: Int16]
    private let cues: [Int]
    private let signals: [Int]

    init(_ lexicon: CueLexicon) {
        trie = CueTrie(lexicon.phrases)
        groupOf = lexicon.phrases.map { Int32($0.group) }
        var languages: [String] = []
        var languageNumbers: [String: Int16] = [:]
        languageOf = lexicon.phrases.map { phrase in
            if let number = languageNumbers[phrase.language] { return number }
            languages.append(phrase.language)
            languageNumbers[phrase.language] = Int16(languages.count - 1)
            return Int16(languages.count - 1)
        }
        self.languages = languages
        self.languageNumbers = languageNumbers
        needsLanguage = lexicon.phrases.map { phrase in
            phrase.language != "*" && phrase.places.count == 1
                && phrase.places[0].literals.contains { literal in
                    literal.bytes.count < 9 && !literal.bytes.contains(FoldedText.space)
                        && literal.bytes.allSatisfy { $0 < 0x80 }
                }
        }
        var names: [String] = []
        var numbers: [String: Int] = [:]
        var weights: [(feature: Int, weight: Double)] = []
        groups = lexicon.groups.map { group in
            let from = weights.count
            for weight in group.weights {
                let number = numbers[weight.feature] ?? names.count
                if number == names.count {
                    names.append(weight.feature)
                    numbers[weight.feature] = number
                }
                weights.append((number, weight.weight))
            }
            return Group(
                kind: Self.kinds[group.weights.first?.feature ?? ""] ?? .plain,
                isGrave: group.weights.contains { $0.feature == Signal.danger.rawValue },
                isFirm: group.weights.contains { $0.feature == "firm" },
                firstWeight: group.weights.first?.weight ?? 0, weights: from..<weights.count)
        }
        ids = lexicon.groups.map(\.id)
        self.weights = weights
        features = names
        featureNumbers = numbers
        topics = names.enumerated().filter { $1.hasPrefix("topic/") }.map { ($0, String($1.dropFirst(6))) }
        cues = KnownCue.allCases.map { numbers[$0.name] ?? -1 }
        signals = Signal.allCases.map { numbers[$0.rawValue] ?? -1 }
    }

    private static let kinds: [String: Group.Kind] = [
        "figure": .figure, "negation": .negation, "no-negation": .noNegation, "fiction": .fiction,
        "language": .language, Signal.unclear.rawValue: .unclear,
    ]

    /// The number of a language; -1 when no phrase is of it.
    func number(ofLanguage language: String) -> Int16 { languageNumbers[language] ?? -1 }

    /// The feature that a known cue is; -1 when the lexicon doesn't have it.
    func feature(_ cue: KnownCue) -> Int { cues[cue.rawValue] }

    /// The feature that a signal is; -1 when the lexicon doesn't have it.
    func feature(_ signal: Signal) -> Int { signals[signal.number] }

    /// The built-in lexicon.
    static let builtIn = CueIndex(BuiltInLexicon.lexicon)
}

/// The features of the built-in lexicon that the rules on cues ask for by name.
enum KnownCue: Int, CaseIterable, Sendable {
    case request, facts, glad, sad, blame, mayI, somebodyElse, or, ofOurselves, smallChoice, excuse, torn, again
    case highStakes, mediumStakes
    /// What ``EarlierDanger`` asks for.
    case goesOn, isOver

    /// Its name in the lexicon.
    var name: String {
        switch self {
        case .request: "request"
        case .facts: "facts"
        case .glad: "glad"
        case .sad: "sad"
        case .blame: "blame"
        case .mayI: "may-i"
        case .somebodyElse: "somebody-else"
        case .or: "or"
        case .ofOurselves: "of-ourselves"
        case .smallChoice: "small-choice"
        case .excuse: "excuse"
        case .torn: "torn"
        case .again: "again"
        case .highStakes: "stakes/high"
        case .mediumStakes: "stakes/medium"
        case .goesOn: "goes-on"
        case .isOver: "is-over"
        }
    }
}

/// What a lexicon finds in one text: for each feature how surely, and the group that says so most.
struct CueFindings: Sendable {
    private(set) var scores: [Double]
    private var evidence: [Int32]
    /// The share of the text that cues for ``Signal/unclear`` make up: a whole message, or a word in passing.
    let unclearShare: Double
    /// The text's language, if it shows.
    let language: String?
    /// Turns of phrase that mean something else than their words ("kill for a pizza").
    let figures: [Range<Int>]
    /// How surely a story is told, from 0 to 1.
    let fiction: Double
    /// What is left of danger, from 0 to 1, where it is told of a story, quoted or denied.
    let earnest: Double
    private let index: CueIndex

    /// Looks a text up.
    ///
    /// - Parameters:
    ///   - language: The language that is known already.
    ///   - elsewhere: Called for the language when neither is it known nor does it show in the text.
    init(
        _ text: FoldedText, in index: CueIndex, language known: String? = nil,
        elsewhere: () -> String? = { nil }
    ) {
        self.index = index
        let hits = index.trie.hits(in: text)
        let language = known ?? LanguageGuess.language(of: text, hits: hits, index: index) ?? elsewhere()
        self.language = language
        let spoken = language.map { index.number(ofLanguage: $0) }

        var figures: [Range<Int>] = []
        var negators: [Range<Int>] = []
        var noNegators: [Range<Int>] = []
        var fiction = 0.0
        var applicable: [(group: Int, range: Range<Int>)] = []
        applicable.reserveCapacity(hits.count)
        for hit in hits {
            let phrase = Int(hit.phrase)
            if let spoken, index.needsLanguage[phrase], index.languageOf[phrase] != spoken { continue }
            let number = Int(index.groupOf[phrase])
            let group = index.groups[number]
            switch group.kind {
            case .language: continue
            case .figure: figures.append(hit.range)
            case .negation:
                if spoken == nil || index.languageOf[phrase] == spoken { negators.append(hit.range) }
            case .noNegation: noNegators.append(hit.range)
            case .fiction: fiction = max(fiction, group.firstWeight)
            case .plain, .unclear: applicable.append((number, hit.range))
            }
        }
        negators.removeAll { negator in noNegators.contains { $0.overlaps(negator) } }

        self.figures = figures
        self.fiction = fiction
        var earnest = 1 - fiction * (1 - Self.told)
        var unclear: (bytes: Int, end: Int) = (0, 0)
        var factors: [(group: Int, factor: Double)] = []
        factors.reserveCapacity(applicable.count)
        for (number, range) in applicable {
            let group = index.groups[number]
            if figures.contains(where: { $0.overlaps(range) }) { continue }
            var factor = 1.0
            if text.quotes.contains(where: { $0.overlaps(range) }) { factor *= Self.quoted }
            if group.isGrave { factor *= 1 - fiction * (1 - Self.told) }
            if !group.isFirm, negators.contains(where: { Self.negates($0, range, text) }) { factor *= Self.negated }
            if group.isGrave { earnest = min(earnest, factor) }
            if factor > 0 { factors.append((number, factor)) }
            if case .unclear = group.kind, range.upperBound > unclear.end {
                unclear.bytes += range.upperBound - max(range.lowerBound, unclear.end)
                unclear.end = range.upperBound
            }
        }
        self.earnest = earnest
        unclearShare = Double(unclear.bytes) / Double(max(1, text.bytes.count))

        // What is left over when every group has taken its share; made a score in the end.
        var scores = [Double](repeating: 1, count: index.features.count)
        var strongest = [Double](repeating: 0, count: index.features.count)
        var evidence = [Int32](repeating: -1, count: index.features.count)
        // Each group once, with the most it was found with, in the order of groups.
        factors.sort { $0.group != $1.group ? $0.group < $1.group : $0.factor > $1.factor }
        var last = -1
        for (number, factor) in factors where number != last {
            last = number
            for place in index.groups[number].weights {
                let (feature, weight) = index.weights[place]
                let share = weight * factor
                scores[feature] *= 1 - share
                if share > strongest[feature] {
                    strongest[feature] = share
                    evidence[feature] = Int32(number)
                }
            }
        }
        for feature in scores.indices { scores[feature] = 1 - scores[feature] }
        self.scores = scores
        self.evidence = evidence
    }

    /// What is quoted counts so much: somebody else may have said it.
    static let quoted = 0.5
    /// What is told of a story counts so much as danger.
    static let told = 0.3
    /// What is denied counts so much.
    static let negated = 0.15
    /// How far before a phrase a "not" may stand, in bytes of one clause.
    static let negationReach = 24

    private static func negates(_ negator: Range<Int>, _ hit: Range<Int>, _ text: FoldedText) -> Bool {
        guard negator.upperBound <= hit.lowerBound, hit.lowerBound - negator.upperBound <= negationReach else {
            return false
        }
        return !text.bytes[negator.upperBound..<hit.lowerBound].contains {
            $0 == FoldedText.comma || $0 == FoldedText.sentence || $0 == FoldedText.question
        }
    }

    /// One feature's reading, by its number; none for -1.
    subscript(feature number: Int) -> Reading {
        guard number >= 0, evidence[number] >= 0 else { return .none }
        return Reading(score: scores[number], evidence: index.ids[Int(evidence[number])])
    }

    /// One feature's reading, by its name.
    subscript(name: String) -> Reading { self[feature: index.featureNumbers[name] ?? -1] }

    /// A signal's reading.
    subscript(signal: Signal) -> Reading { self[feature: index.feature(signal)] }

    /// A known cue's reading.
    subscript(cue: KnownCue) -> Reading { self[feature: index.feature(cue)] }

    /// How surely a known cue is there.
    func score(_ cue: KnownCue) -> Double { score(feature: index.feature(cue)) }

    /// How surely a signal is there.
    func score(_ signal: Signal) -> Double { score(feature: index.feature(signal)) }

    /// How surely a feature is there, by its number; 0 for -1.
    func score(feature number: Int) -> Double { number < 0 || evidence[number] < 0 ? 0 : scores[number] }

    /// The readings of topics, by their names, that are at least so sure.
    func topics(from least: Double = 0) -> [String: Reading] {
        var found: [String: Reading] = [:]
        for (feature, name) in index.topics where evidence[feature] >= 0 && scores[feature] >= least {
            found[name] = self[feature: feature]
        }
        return found
    }

    /// The numbers of the features that were found and whose name begins so, with how surely each.
    func found(beginning: String) -> [(feature: Int, score: Double)] {
        index.features.indices.filter { evidence[$0] >= 0 && index.features[$0].hasPrefix(beginning) }
            .map { ($0, scores[$0]) }
    }
}
