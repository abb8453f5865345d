import Foundation

/// What each feature of a message says about each signal, learned from examples: a logistic regression a signal.
///
/// The weights are written by `Scripts/train-situations.sh` from the phrases and situations of the test suite, none of
/// which is in the held-out split. Its scores are calibrated on examples that were left out of the fit (Platt 1999), and
/// moved so that 0.5 is where acting on a signal begins to be worth it: lower for danger, which is worse to miss than to
/// suspect, higher for what would spoil a plain answer.
///
/// A class, because it is large, never changes, and every reading holds it.
///
/// - Complexity: O(*n*) in the features of a message, some microseconds.
final class LearnedWeights: Sendable {
    /// The signals that were learned.
    let signals: [Signal]
    /// Lines that couldn't be read. A test holds the fitted ones to none.
    let problems: [String]
    /// The words that were learned.
    let words: LearnedWords
    private let biases: [Float]
    /// For each feature where its weights begin, or -1.
    private let offsets: [Int32]
    /// For each word, by its number, where its weights begin.
    private let wordOffsets: [Int32]
    private let weights: [Float]
    private let space: FeatureSpace

    /// Reads weights: a line with the names of the signals, one with their constants, then a line a feature, all in
    /// hundredths.
    init(_ text: String, space: FeatureSpace = .builtIn) {
        self.space = space
        var lines = text.split(separator: "\n").map { $0.split(separator: " ") }
        let head = lines.isEmpty ? [] : lines.removeFirst().dropFirst()
        let signals = head.compactMap { Signal(rawValue: String($0)) }
        var biases: [Float] = Array(repeating: -10, count: signals.count)
        var offsets = [Int32](repeating: -1, count: space.names.count)
        var byWord: [String: Int32] = [:]
        var weights: [Float] = []
        var problems: [String] = []
        let numbers = Dictionary(space.names.enumerated().map { ($1, $0) }) { first, _ in first }
        for line in lines {
            let row = line.dropFirst().compactMap { Float($0) }.map { $0 / 100 }
            guard let name = line.first.map(String.init), row.count == signals.count else {
                problems.append(line.joined(separator: " "))
                continue
            }
            if name == "constant" {
                biases = row
            } else if name.hasPrefix("word:") {
                byWord[String(name.dropFirst(5))] = Int32(weights.count)
                weights += row
            } else if let number = numbers[name] {
                offsets[number] = Int32(weights.count)
                weights += row
            } else {
                problems.append(name)
            }
        }
        words = LearnedWords(byWord.keys)
        wordOffsets = words.words.map { byWord[$0] ?? 0 }
        self.signals = signals
        self.biases = biases
        self.offsets = offsets
        self.weights = weights
        self.problems = problems
    }

    /// What was learned says about one signal.
    struct Opinion: Sendable {
        let signal: Signal
        /// How surely it holds.
        let score: Double
        /// The concept that says so most; nil when words alone do.
        let concept: Int?
        /// Whether what words left unsure was made sure by the message's vector.
        let isByMeaning: Bool
    }

    /// The id of what an opinion rests on: the concepts, "meaning" for the vector, or "learned". Words count but never
    /// stand as evidence: the person may have said them.
    func evidence(_ opinion: Opinion) -> String {
        if opinion.isByMeaning { return "meaning" }
        return opinion.concept.map { "concepts/\(space.names[$0])" } ?? "learned"
    }

    /// What is learned before anything is known of a message, by signal.
    var constants: [Float] { biases }

    /// What was learned for a feature, by signal; nil when nothing was.
    func row(ofFeature feature: Int) -> [Float]? { offsets[feature] < 0 ? nil : row(at: offsets[feature]) }

    /// What was learned for a word, given by its number in ``words``, by signal.
    func row(ofWord number: Int32) -> [Float] { row(at: wordOffsets[Int(number)]) }

    private func row(at offset: Int32) -> [Float] { Array(weights[Int(offset)..<(Int(offset) + signals.count)]) }

    /// What a message's features add up to by signal, and for each signal the concepts that add most; -1 for none.
    func sums(of features: MessageFeatures) -> (sums: [Float], concepts: [Int]) {
        var sums = biases
        var most = [Float](repeating: 0, count: signals.count)
        var concepts = [Int](repeating: -1, count: signals.count)
        weights.withUnsafeBufferPointer { weights in
            for (feature, value) in features.values {
                let offset = Int(offsets[feature])
                guard offset >= 0 else { continue }
                let isConcept = space.isConcept(feature)
                for signal in signals.indices {
                    let share = weights[offset + signal] * value
                    sums[signal] += share
                    if isConcept, share > most[signal] { (most[signal], concepts[signal]) = (share, feature) }
                }
            }
            for word in features.words {
                let offset = Int(wordOffsets[Int(word)])
                for signal in signals.indices { sums[signal] += weights[offset + signal] * features.wordValue }
            }
        }
        return (sums, concepts)
    }

    /// How surely each signal holds.
    ///
    /// - Parameter meaning: What the message means, as what was learned of an embedder reads it. Nil: not known.
    func opinions(of features: MessageFeatures, meaning: MeaningReading? = nil) -> [Opinion] {
        let (byWords, concepts) = sums(of: features)
        let sums = meaning?.sums(beside: byWords, of: signals) ?? byWords
        return signals.indices.map { index in
            Opinion(
                signal: signals[index], score: 1 / (1 + exp(-Double(sums[index]))),
                concept: concepts[index] < 0 ? nil : concepts[index],
                isByMeaning: byWords[index] < 0 && sums[index] >= 0)
        }
    }
}
