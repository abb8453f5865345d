/// What a message is made of, as numbers: its concepts, which follow which, what the cues say, and its shape.
///
/// ``LearnedWeights`` weighs these, and `Scripts/train-situations.py` learns the weights from the same numbers.
struct MessageFeatures: Sendable {
    /// The features that are there, and how much of each.
    private(set) var values: [(feature: Int, value: Float)] = []
    /// Its words and pairs of neighbouring words; of scripts without spaces runs of two and three letters.
    /// In order, so that equal messages get equal sums to the last bit.
    let words: [String]
    /// What each of them weighs.
    let wordValue: Float

    /// So much all concepts of a message weigh together, squared; and all pairs. A long message has more of them, each
    /// weighing less.
    private static let conceptWeight: Float = 3
    private static let pairWeight: Float = 1.8
    private static let wordWeight: Float = 4.5
    /// So many words of a long message are looked at.
    private static let mostWords = 1_000
    /// How far apart two concepts may stand to be a pair, in letters; in scripts without spaces half of that.
    private static let reach = 28

    /// Reads a message.
    ///
    /// - Parameters:
    ///   - findings: What the built-in cues find in it.
    ///   - rules: What the rules on cues make of that.
    ///   - earlier: How many messages of the person came before.
    init(
        _ text: FoldedText, findings: CueFindings, rules: [Signal: Reading], shape: MessageShape, language: String?,
        earlier: Int, concepts: Concepts = .builtIn
    ) {
        let space = FeatureSpace.builtIn
        let mentions = concepts.mentions(in: text, language: language).filter { mention in
            !findings.figures.contains { $0.overlaps(mention.start..<mention.end) }
        }
        let asks = shape.questions > 0
        var single: Set<Int> = []
        var pairs: Set<Int> = []
        let letters = Self.lettersBefore(text)
        for (index, first) in mentions.enumerated() {
            single.insert(space.mention(first.concept))
            if asks { single.insert(space.asked(first.concept)) }
            let isUnspaced = first.start < text.bytes.count && FoldedText.isUnspaced(lead: text.bytes[first.start])
            let reach = isUnspaced ? Self.reach / 2 : Self.reach
            for second in mentions[(index + 1)...] {
                guard letters[second.start] - letters[first.start] <= reach else { break }
                guard second.start >= first.end else { continue }
                let between = text.bytes[first.end..<second.start]
                if between.contains(where: { $0 == FoldedText.sentence || $0 == FoldedText.question }) { continue }
                pairs.insert(space.pair(first.concept, second.concept))
            }
        }
        if let first = mentions.first, letters[first.start] <= 12 { single.insert(space.opening(first.concept)) }
        values.reserveCapacity(single.count + pairs.count + 24)
        let one = Self.conceptWeight / Float(max(1, single.count)).squareRoot()
        let two = Self.pairWeight / Float(max(1, pairs.count)).squareRoot()
        for feature in single.sorted() { values.append((feature, one)) }
        for feature in pairs.sorted() { values.append((feature, two)) }
        for (number, score) in findings.scores.enumerated() where score >= 0.05 {
            values.append((space.cue(number), Float(score)))
        }
        for signal in Signal.allCases {
            if let score = rules[signal]?.score, score > 0 { values.append((space.rule(signal), Float(score))) }
        }
        let shapes: [Float] = [
            Float(min(shape.questions, 2)) / 2, Float(min(shape.exclamations, 2)) / 2,
            Float(min(shape.words, 40)) / 40, shape.words <= 6 ? 1 : 0, Float(min(earlier, 3)) / 3,
            findings.figures.isEmpty ? 0 : 1, Float(findings.fiction), Float(1 - findings.earnest),
        ]
        for (number, value) in shapes.enumerated() where value > 0 { values.append((space.shape(number), value)) }
        words = Self.words(of: text).sorted()
        wordValue = Self.wordWeight / Float(max(1, words.count)).squareRoot()
    }

    private static func words(of text: FoldedText) -> Set<String> {
        var found: Set<String> = []
        var before: String?
        for sentence in text.bytes.split(whereSeparator: { $0 == FoldedText.sentence || $0 == FoldedText.question }) {
            before = nil
            for bytes in sentence.split(whereSeparator: FoldedText.isSeparator).prefix(mostWords) {
                let word = String(decoding: bytes, as: UTF8.self)
                if bytes.contains(where: FoldedText.isUnspaced(lead:)) {
                    let letters = word.unicodeScalars.map(String.init)
                    for length in 2...3 where letters.count >= length {
                        for start in 0...(letters.count - length) {
                            found.insert(letters[start..<(start + length)].joined())
                        }
                    }
                    before = nil
                } else {
                    found.insert(word)
                    if let before { found.insert("\(before)_\(word)") }
                    before = word
                }
            }
            if found.count > mostWords { break }
        }
        return found
    }

    /// For each byte how many letters stand before it.
    private static func lettersBefore(_ text: FoldedText) -> [Int32] {
        var count: Int32 = 0
        var before: [Int32] = []
        before.reserveCapacity(text.bytes.count + 1)
        for byte in text.bytes {
            before.append(count)
            if byte & 0xC0 != 0x80 { count += 1 }
        }
        before.append(count)
        return before
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
        (3 + concepts) * concepts + cues + (Signal.allCases.firstIndex(of: signal) ?? 0)
    }
    func shape(_ number: Int) -> Int { (3 + concepts) * concepts + cues + Signal.allCases.count + number }

    /// Whether a feature is a concept or several, so that it can stand as evidence.
    func isConcept(_ feature: Int) -> Bool { feature < (3 + concepts) * concepts }
}
