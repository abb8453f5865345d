/// What a message is made of, as numbers: its concepts, which follow which, what the cues say, and its shape.
///
/// ``LearnedWeights`` weighs these, and `Scripts/train-situations.py` learns the weights from the same numbers.
struct MessageFeatures: Sendable {
    /// The features that are there, and how much of each.
    private(set) var values: [(feature: Int, value: Float)] = []
    /// The numbers of those of its words and pairs of words that were learned, ascending.
    let words: [Int32]
    /// What each of its words weighs, learned or not.
    let wordValue: Float

    /// So much all concepts of a message weigh together, squared; and all pairs. A long message has more of them, each
    /// weighing less.
    private static let conceptWeight: Float = 3
    private static let pairWeight: Float = 1.8
    private static let wordWeight: Float = 4.5
    /// How far apart two concepts may stand to be a pair, in letters; in scripts without spaces half of that.
    private static let reach = 28

    /// Reads a message.
    ///
    /// - Parameters:
    ///   - findings: What the built-in cues find in it.
    ///   - rules: What the rules on cues make of that.
    ///   - earlier: How many messages of the person came before.
    ///   - learned: The words that weights were learned for.
    init(
        _ text: FoldedText, findings: CueFindings, rules: SignalReadings, shape: MessageShape, language: String?,
        earlier: Int, learned: LearnedWords, concepts: Concepts = .builtIn
    ) {
        let space = FeatureSpace.builtIn
        let mentions = concepts.mentions(in: text, language: language).filter { mention in
            !findings.figures.contains { $0.overlaps(mention.start..<mention.end) }
        }
        let asks = shape.questions > 0
        var single: [Int] = []
        var pairs: [Int] = []
        let letters = Self.lettersBefore(mentions, text)
        for (index, first) in mentions.enumerated() {
            single.append(space.mention(first.concept))
            if asks { single.append(space.asked(first.concept)) }
            let isUnspaced = first.start < text.bytes.count && FoldedText.isUnspaced(lead: text.bytes[first.start])
            let reach = isUnspaced ? Self.reach / 2 : Self.reach
            for next in (index + 1)..<max(index + 1, mentions.count) {
                let second = mentions[next]
                guard letters[next] - letters[index] <= reach else { break }
                guard second.start >= first.end, !text.hasStop(in: first.end..<second.start) else { continue }
                pairs.append(space.pair(first.concept, second.concept))
            }
        }
        if let first = mentions.first, letters[0] <= 12 { single.append(space.opening(first.concept)) }
        single = Self.each(single)
        pairs = Self.each(pairs)
        values.reserveCapacity(single.count + pairs.count + 24)
        let one = Self.conceptWeight / Float(max(1, single.count)).squareRoot()
        let two = Self.pairWeight / Float(max(1, pairs.count)).squareRoot()
        for feature in single { values.append((feature, one)) }
        for feature in pairs { values.append((feature, two)) }
        for (number, score) in findings.scores.enumerated() where score >= 0.05 {
            values.append((space.cue(number), Float(score)))
        }
        for signal in Signal.allCases {
            let score = rules[signal].score
            if score > 0 { values.append((space.rule(signal), Float(score))) }
        }
        let shapes: [Float] = [
            Float(min(shape.questions, 2)) / 2, Float(min(shape.exclamations, 2)) / 2,
            Float(min(shape.words, 40)) / 40, shape.words <= 6 ? 1 : 0, Float(min(earlier, 3)) / 3,
            findings.figures.isEmpty ? 0 : 1, Float(findings.fiction), Float(1 - findings.earnest),
        ]
        for (number, value) in shapes.enumerated() where value > 0 { values.append((space.shape(number), value)) }
        let found = WordsFound(text, in: learned)
        words = found.learned
        wordValue = Self.wordWeight / Float(max(1, found.count)).squareRoot()
    }

    /// Each feature once, ascending.
    private static func each(_ features: [Int]) -> [Int] {
        var sorted = features.sorted()
        var last = -1
        sorted.removeAll { feature in
            defer { last = feature }
            return feature == last
        }
        return sorted
    }

    /// For each mention how many letters stand before it.
    private static func lettersBefore(_ mentions: [Concepts.Mention], _ text: FoldedText) -> [Int] {
        var (at, count) = (0, 0)
        return text.bytes.withUnsafeBufferPointer { bytes in
            mentions.map { mention in
                while at < mention.start {
                    if bytes[at] & 0xC0 != 0x80 { count += 1 }
                    at += 1
                }
                return count
            }
        }
    }
}

/// The numbers and names of features.
struct FeatureSpace: Sendable {
    /// Names, in the order of their numbers.
    let names: [String]
    private let concepts: Int
    private let cues: Int

    init(_ concepts: Concepts, _ cues: CueIndex) {
        self.concepts = concepts.names.count
        self.cues = cues.features.count
        var names = concepts.names
        names += concepts.names.map { "first:\($0)" }
        names += concepts.names.map { "asked:\($0)" }
        for first in concepts.names { names += concepts.names.map { "\(first)+\($0)" } }
        names += cues.features.map { "cue:\($0)" }
        names += Signal.allCases.map { "rule:\($0.rawValue)" }
        names += ["questions", "exclamations", "words", "short", "earlier", "figure", "fiction", "not-earnest"]
        self.names = names
    }

    /// That of the built-in concepts and cues.
    static let builtIn = FeatureSpace(.builtIn, .builtIn)

    func mention(_ concept: Int) -> Int { concept }
    func opening(_ concept: Int) -> Int { concepts + concept }
    func asked(_ concept: Int) -> Int { 2 * concepts + concept }
    func pair(_ first: Int, _ second: Int) -> Int { (3 + first) * concepts + second }
    func cue(_ number: Int) -> Int { (3 + concepts) * concepts + number }
    func rule(_ signal: Signal) -> Int {
        (3 + concepts) * concepts + cues + signal.number
    }
    func shape(_ number: Int) -> Int { (3 + concepts) * concepts + cues + Signal.count + number }

    /// Whether a feature is a concept or several, so that it can stand as evidence.
    func isConcept(_ feature: Int) -> Bool { feature < (3 + concepts) * concepts }
}
