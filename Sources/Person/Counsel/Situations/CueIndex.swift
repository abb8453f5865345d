/// A lexicon made ready to be looked up: phrases in a trie, features as numbers.
struct CueIndex: Sendable {
    let trie: CueTrie
    /// For each phrase its group.
    let groupOf: [Int32]
    /// For each phrase its language, and whether one word of it alone might be a word of another language.
    let languageOf: [String]
    let needsLanguage: [Bool]
    /// For each group its id and its features.
    let groups: [(id: String, features: [(feature: Int, weight: Double)], isGrave: Bool, isFirm: Bool)]
    /// Names of features, and the way back.
    let features: [String]
    let featureNumbers: [String: Int]
    /// The numbers of features that change others.
    let modifiers: Modifiers

    init(_ lexicon: CueLexicon) {
        trie = CueTrie(lexicon.phrases)
        groupOf = lexicon.phrases.map { Int32($0.group) }
        languageOf = lexicon.phrases.map(\.language)
        needsLanguage = lexicon.phrases.map { phrase in
            phrase.language != "*" && phrase.places.count == 1
                && phrase.places[0].literals.contains { literal in
                    literal.bytes.count < 9 && !literal.bytes.contains(FoldedText.space)
                        && literal.bytes.allSatisfy { $0 < 0x80 }
                }
        }
        var names: [String] = []
        var numbers: [String: Int] = [:]
        groups = lexicon.groups.map { group in
            let features = group.weights.map { weight in
                let number = numbers[weight.feature] ?? names.count
                if number == names.count {
                    names.append(weight.feature)
                    numbers[weight.feature] = number
                }
                return (feature: number, weight: weight.weight)
            }
            let isGrave = group.weights.contains { $0.feature == Signal.danger.rawValue }
            // A group of "nobody" and "never": a "not" before it takes nothing back.
            let isFirm = group.weights.contains { $0.feature == "firm" }
            return (group.id, features, isGrave, isFirm)
        }
        features = names
        featureNumbers = numbers
        modifiers = Modifiers(numbers)
    }

    struct Modifiers: Sendable {
        let figure, negation, noNegation, fiction, language, unclear: Int?

        init(_ numbers: [String: Int]) {
            figure = numbers["figure"]
            negation = numbers["negation"]
            noNegation = numbers["no-negation"]
            fiction = numbers["fiction"]
            language = numbers["language"]
            unclear = numbers[Signal.unclear.rawValue]
        }
    }

    /// The built-in lexicon.
    static let builtIn = CueIndex(BuiltInLexicon.lexicon)
}

/// What a lexicon finds in one text: for each feature how surely, and the group that says so most.
struct CueFindings: Sendable {
    private(set) var scores: [Double]
    private(set) var evidence: [Int]
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

        let modifiers = index.modifiers
        var figures: [Range<Int>] = []
        var negators: [Range<Int>] = []
        var noNegators: [Range<Int>] = []
        var fiction = 0.0
        var factors = [Double](repeating: 0, count: index.groups.count)
        var applicable: [CueTrie.Hit] = []
        applicable.reserveCapacity(hits.count)
        for hit in hits {
            let phrase = Int(hit.phrase)
            if let language, index.needsLanguage[phrase], index.languageOf[phrase] != language { continue }
            let group = index.groups[Int(index.groupOf[phrase])]
            switch group.features.first?.feature {
            case modifiers.language: continue
            case modifiers.figure: figures.append(hit.range)
            case modifiers.negation:
                if language == nil || index.languageOf[phrase] == language { negators.append(hit.range) }
            case modifiers.noNegation: noNegators.append(hit.range)
            case modifiers.fiction: fiction = max(fiction, group.features[0].weight)
            default: applicable.append(hit)
            }
        }
        negators.removeAll { negator in noNegators.contains { $0.overlaps(negator) } }

        self.figures = figures
        self.fiction = fiction
        var earnest = 1 - fiction * (1 - Self.told)
        var unclear: (bytes: Int, end: Int) = (0, 0)
        for hit in applicable {
            let number = Int(index.groupOf[Int(hit.phrase)])
            let group = index.groups[number]
            if figures.contains(where: { $0.overlaps(hit.range) }) { continue }
            var factor = 1.0
            if text.quotes.contains(where: { $0.overlaps(hit.range) }) { factor *= Self.quoted }
            if group.isGrave { factor *= 1 - fiction * (1 - Self.told) }
            if !group.isFirm, negators.contains(where: { Self.negates($0, hit.range, text) }) { factor *= Self.negated }
            if group.isGrave { earnest = min(earnest, factor) }
            factors[number] = max(factors[number], factor)
            if group.features.first?.feature == modifiers.unclear, hit.range.upperBound > unclear.end {
                unclear.bytes += hit.range.upperBound - max(hit.range.lowerBound, unclear.end)
                unclear.end = hit.range.upperBound
            }
        }
        self.earnest = earnest
        unclearShare = Double(unclear.bytes) / Double(max(1, text.bytes.count))

        var absent = [Double](repeating: 1, count: index.features.count)
        var strongest = [Double](repeating: 0, count: index.features.count)
        evidence = Array(repeating: -1, count: index.features.count)
        for (number, factor) in factors.enumerated() where factor > 0 {
            for (feature, weight) in index.groups[number].features {
                let share = weight * factor
                absent[feature] *= 1 - share
                if share > strongest[feature] {
                    strongest[feature] = share
                    evidence[feature] = number
                }
            }
        }
        scores = absent.map { 1 - $0 }
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

    /// One feature's reading.
    subscript(feature: String) -> Reading {
        guard let number = index.featureNumbers[feature], evidence[number] >= 0 else { return .none }
        return Reading(score: scores[number], evidence: index.groups[evidence[number]].id)
    }

    /// The readings of every feature whose name begins so, without the beginning.
    func readings(of beginning: String) -> [String: Reading] {
        var found: [String: Reading] = [:]
        for (number, name) in index.features.enumerated() where evidence[number] >= 0 && name.hasPrefix(beginning) {
            found[String(name.dropFirst(beginning.count))] = Reading(
                score: scores[number], evidence: index.groups[evidence[number]].id)
        }
        return found
    }
}
