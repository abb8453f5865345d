/// What a message's vector says about each signal, for one embedder: a logistic regression a signal, learned from the
/// English examples beside ``LearnedWeights``.
///
/// Weights of one embedder mean nothing to another, so the vector of one known sentence is kept with them: an embedder
/// that turns this sentence into another vector is left to the vote of described situations (``Nearness``).
struct LearnedMeaning: Sendable {
    /// The vector of ``DescribedSituation/all``'s first text.
    private let probe: [Float]
    private let signals: [Signal]
    /// What the sum of ``LearnedWeights`` counts beside the vector.
    private let slopes: [Float]
    private let constants: [Float]
    /// A row for each number of the vector.
    private let weights: [[Float]]

    /// Reads weights: lines with the signals, the probe, the slopes and the constants, then a line for each number of a
    /// vector, all in thousandths.
    init(_ text: String) {
        var lines: [String: [Float]] = [:]
        var rows: [[Float]] = []
        var signals: [Signal] = []
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: " ")
            guard let name = parts.first else { continue }
            if name == "signals" {
                signals = parts.dropFirst().compactMap { Signal(rawValue: String($0)) }
                continue
            }
            let numbers = parts.dropFirst().compactMap { Float($0) }.map { $0 / 1_000 }
            if name == "row" { rows.append(numbers) } else { lines[String(name)] = numbers }
        }
        self.signals = signals
        probe = lines["probe"] ?? []
        slopes = lines["slopes"] ?? []
        constants = lines["constants"] ?? []
        weights = rows
    }

    /// Whether the weights are those of the embedder that made this vector of the first described situation.
    func fits(_ vector: [Float]) -> Bool {
        guard vector.count == probe.count, weights.count == probe.count, let unit = probe.unit,
            slopes.count == signals.count, constants.count == signals.count,
            weights.allSatisfy({ $0.count == signals.count })
        else { return false }
        return zip(unit, vector).reduce(Float(0)) { $0 + $1.0 * $1.1 } >= Self.likeness
    }

    /// Versions and roundings of one embedder differ by less.
    private static let likeness: Float = 0.99

    /// What a message's vector of length 1 says.
    func reading(of vector: [Float]) -> MeaningReading {
        var sums = constants
        for (value, row) in zip(vector, weights) {
            for signal in signals.indices { sums[signal] += value * row[signal] }
        }
        return MeaningReading(
            bySignal: Dictionary(
                zip(signals, zip(slopes, sums).map { (slope: $0, sum: $1) }), uniquingKeysWith: { first, _ in first }))
    }
}

/// What one message's vector says about each signal, to be weighed with what its words say.
struct MeaningReading: Sendable {
    fileprivate let bySignal: [Signal: (slope: Float, sum: Float)]

    /// The sums of words and vector together.
    func sums(beside words: [Float], of signals: [Signal]) -> [Float] {
        zip(signals, words).map { signal, sum in
            guard let meaning = bySignal[signal] else { return sum }
            return meaning.slope * sum + meaning.sum
        }
    }
}
