import Foundation

/// What each feature of a message says about each signal, learned from examples: a logistic regression a signal.
///
/// The weights are written by `Scripts/train-situations.sh` from the phrases and situations of the test suite, none of
/// which is in the held-out split. Its scores are calibrated on examples that were left out of the fit (Platt 1999), and
/// moved so that 0.5 is where acting on a signal begins to be worth it: lower for danger, which is worse to miss than to
/// suspect, higher for what would spoil a plain answer.
///
/// - Complexity: O(*n*) in the features of a message, some microseconds.
struct LearnedWeights: Sendable {
    /// The signals that were learned.
    let signals: [Signal]
    /// Lines that couldn't be read. A test holds the fitted ones to none.
    private(set) var problems: [String] = []
    private var biases: [Float]
    /// For each feature where its weights begin, or -1.
    private var offsets: [Int32]
    /// For each word that was learned where its weights begin.
    private var words: [String: Int32] = [:]
    private var weights: [Float] = []
    private let space: FeatureSpace

    /// Reads weights: a line with the names of the signals, one with their constants, then a line a feature, all in
    /// hundredths.
    init(_ text: String, space: FeatureSpace = .builtIn) {
        self.space = space
        var lines = text.split(separator: "\n").map { $0.split(separator: " ") }
        let head = lines.isEmpty ? [] : lines.removeFirst().dropFirst()
        signals = head.compactMap { Signal(rawValue: String($0)) }
        biases = Array(repeating: -10, count: signals.count)
        offsets = Array(repeating: -1, count: space.names.count)
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
                words[String(name.dropFirst(5))] = Int32(weights.count)
                weights += row
            } else if let number = numbers[name] {
                offsets[number] = Int32(weights.count)
                weights += row
            } else {
                problems.append(name)
            }
        }
    }

    /// How surely each signal holds, with the concepts that say so most, or "meaning" where the vector alone tipped it.
    /// Words count but never stand as evidence: the person may have said them.
    ///
    /// - Parameter meaning: What the message means, as what was learned of an embedder reads it. Nil: not known.
    func readings(of features: MessageFeatures, meaning: MeaningReading? = nil) -> [Signal: Reading] {
        var sums = biases
        var most = [(weight: Float, feature: Int)](repeating: (0, -1), count: signals.count)
        for (feature, value) in features.values {
            let offset = Int(offsets[feature])
            guard offset >= 0 else { continue }
            let isConcept = space.isConcept(feature)
            for signal in signals.indices {
                let share = weights[offset + signal] * value
                sums[signal] += share
                if isConcept, share > most[signal].weight { most[signal] = (share, feature) }
            }
        }
        for word in features.words {
            guard let offset = words[word] else { continue }
            for signal in signals.indices { sums[signal] += weights[Int(offset) + signal] * features.wordValue }
        }
        let byWords = sums
        if let meaning { sums = meaning.sums(beside: sums, of: signals) }
        var readings: [Signal: Reading] = [:]
        for (index, signal) in signals.enumerated() {
            let score = 1 / (1 + exp(-Double(sums[index])))
            let feature = most[index].feature
            let evidence =
                // What words left unsure and the vector made sure was said by the vector.
                if byWords[index] < 0, sums[index] >= 0 { "meaning" } else if feature < 0 { "learned" } else {
                    "concepts/\(space.names[feature])"
                }
            readings[signal] = Reading(score: score, evidence: evidence)
        }
        return readings
    }
}
