import Crypto
import Foundation

/// Makes a head from statements and their vectors.
public struct HeadTraining: Sendable {
    /// The sentence whose vector tells an embedder.
    public static let probe = "Whatever you decide, I will tell you honestly what I see."
    /// Whose data the heads that ship are made from.
    public static let attribution =
        "Model-written evaluations by Anthropic (Perez et al. 2022, arXiv 2212.09251), github.com/anthropics/evals, persona, "
        + "CC BY 4.0"
    /// The penalty on large weights, one for all heads, taken after trying 0.01 to 0.0001 once: three times as much or as
    /// little changes no area on statements that were not learned from by more than 0.05.
    public static let penalty = 0.001
    /// What the draw of parts follows from.
    public static let seed: UInt64 = 20_261_128

    /// What is learned.
    public let definition: HeadDefinition
    /// From what.
    public let statements: StatementSet
    /// SHA-256 of the file of statements.
    private let fingerprint: String

    /// Reads a file of statements for a head.
    ///
    /// - Throws: ``StatementSet/Problem``.
    public init(_ definition: HeadDefinition, data bytes: [UInt8]) throws(StatementSet.Problem) {
        self.definition = definition
        statements = try StatementSet(bytes)
        fingerprint = SHA256.hash(data: bytes).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0\(digits)" : digits
        }.joined()
    }

    /// Every text that needs a vector, in the order in which ``head(vectors:embedder:)`` takes them: the probe, the
    /// statements, the sentences of every head's replies.
    public var texts: [String] {
        [Self.probe] + statements.statements.map(\.text)
            + ShippedHeads.replies.flatMap { ReplySentences($0.reply).texts }
    }

    /// The head.
    ///
    /// - Parameters:
    ///   - vectors: A vector for each of ``texts``, all of one width.
    ///   - embedder: The embedder's name.
    /// - Returns: Nil when the vectors aren't one for each text, or there is too little to measure with.
    public func head(vectors: [[Float]], embedder: String) -> Head? {
        guard vectors.count == texts.count, let width = vectors.first?.count, vectors.allSatisfy({ $0.count == width }),
            width > 0
        else { return nil }
        let parts = statements.parts(seed: Self.seed)
        let rows = statements.statements.indices.map { at in
            (vector: vectors[at + 1], label: statements.statements[at].matches == definition.matchingIsGood)
        }
        let train = rows.indices.filter { parts[$0] == .train }
        let calibrate = rows.indices.filter { parts[$0] == .calibrate }
        let test = rows.indices.filter { parts[$0] == .test }
        let fit = LogisticRegression(
            LabelledVectors(train.map { rows[$0] }, width: width), penalty: Self.penalty)
        let (bytes, scale) = Self.bytes(fit.weights)
        let constant = Self.rounded(fit.constant)
        func sum(_ vector: [Float]) -> Double {
            zip(bytes, vector).reduce(0.0) { $0 + Double($1.0) * scale * Double($1.1) } + constant
        }
        let line = PlattScaling(calibrate.map { (sum(rows[$0].vector), rows[$0].label) })
        let platt = PlattScaling(slope: Self.rounded(line.slope), constant: Self.rounded(line.constant))
        func chanceOf(_ vector: [Float]) -> Double { chance(platt.slope * sum(vector) + platt.constant) }
        let tested = test.map { (probability: chanceOf(rows[$0].vector), held: rows[$0].label) }
        let trials = trials(Array(vectors[(rows.count + 1)...])) { platt.slope * sum($0) + platt.constant }
        guard let curve = CalibrationCurve(tested), let trials,
            let onStatements = Separation.resampled(
                tested.map { ($0.probability, $0.held) }, groups: test.map { statements.groups[$0] }, seed: Self.seed),
            let onReplies = Separation.resampled(trials.own, groups: Array(trials.own.indices), seed: Self.seed)
        else { return nil }
        return Head(
            name: definition.name, says: definition.says, weights: Data(bytes.map { UInt8(bitPattern: $0) }),
            scale: scale,
            constant: constant, calibration: platt,
            center: trials.center, reach: trials.reach,
            probe: Data(Self.bytes(vectors[0].map(Double.init)).bytes.map { UInt8(bitPattern: $0) }),
            recipe: Head.Recipe(
                data: "\(definition.source).jsonl", dataFingerprint: fingerprint, attribution: Self.attribution,
                matchingIsGood: definition.matchingIsGood, embedder: embedder, probe: Self.probe, seed: Self.seed,
                likeness: StatementSet.likeness, trained: train.count, calibrated: calibrate.count, tested: test.count,
                penalty: Self.penalty),
            measured: Head.Measured(
                statements: Self.rounded(onStatements), calibrationError: Self.rounded(curve.error),
                brier: Self.rounded(curve.brier), replies: Self.rounded(onReplies), replyCount: trials.own.count,
                unrelatedCount: trials.unrelated))
    }

    /// What the head says of replies.
    private struct Trials {
        /// For each of its own replies the mean chance over its sentences, and whether it is a good one.
        let own: [(score: Double, label: Bool)]
        let center: Double
        let reach: Double
        /// How many replies about other things there were.
        let unrelated: Int
    }

    private func trials(_ vectors: [[Float]], _ odds: ([Float]) -> Double) -> Trials? {
        var from = 0
        let replies = ShippedHeads.replies.map { reply in
            let count = ReplySentences(reply.reply).texts.count
            defer { from += count }
            return (reply: reply, odds: vectors[from..<(from + count)].map(odds))
        }.filter { !$0.odds.isEmpty }
        let unrelated = replies.filter { $0.reply.head != definition.name }
        guard !unrelated.isEmpty else { return nil }
        let means = unrelated.map { $0.odds.reduce(0, +) / Double($0.odds.count) }
        let center = Self.rounded(means.reduce(0, +) / Double(means.count))
        func score(_ odds: [Double]) -> Double { odds.reduce(0) { $0 + chance($1 - center) } / Double(odds.count) }
        let reaches = unrelated.map { abs(2 * score($0.odds) - 1) }.sorted()
        return Trials(
            own: replies.filter { $0.reply.head == definition.name }.map { (score($0.odds), $0.reply.good) },
            center: center, reach: Self.rounded(reaches.quantile(0.9)), unrelated: unrelated.count)
    }

    /// Numbers as signed bytes, and what a byte counts.
    static func bytes(_ numbers: [Double]) -> (bytes: [Int8], scale: Double) {
        let largest = numbers.reduce(0) { max($0, abs($1)) }
        guard largest > 0, largest.isFinite else { return (numbers.map { _ in 0 }, 1) }
        let scale = max(rounded(largest / 127), 1e-6)
        return (numbers.map { Int8(max(-127, min(127, ($0 / scale).rounded()))) }, scale)
    }

    /// To millionths, so that a file has no digits that mean nothing.
    static func rounded(_ number: Double) -> Double { (number * 1_000_000).rounded() / 1_000_000 }

    private static func rounded(_ number: Resampled) -> Resampled {
        Resampled(
            value: rounded(number.value), lower: rounded(number.lower), upper: rounded(number.upper),
            draws: number.draws)
    }
}
