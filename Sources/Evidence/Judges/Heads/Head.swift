public import Foundation

/// A small judge of one thing: a calibrated logistic regression over the vectors of the local embedder, with the recipe by
/// which it was made and what was measured of it.
public struct Head: Sendable, Hashable, Codable {
    /// How it was made; the same data and the same embedder make the same head to the last bit.
    public struct Recipe: Sendable, Hashable, Codable {
        /// The file of statements.
        public let data: String
        /// SHA-256 of the file, in hexadecimal digits.
        public let dataFingerprint: String
        /// Whose data it is, and under which licence.
        public let attribution: String
        /// Whether statements that match the file's way of being are the good end.
        public let matchingIsGood: Bool
        /// The embedder's name.
        public let embedder: String
        /// A sentence whose vector tells the embedder.
        public let probe: String
        /// What the draw of parts followed from.
        public let seed: UInt64
        /// Statements with so much of their words in common (Jaccard's index) stay in one part.
        public let likeness: Double
        /// How many statements weights were learned from.
        public let trained: Int
        /// How many chances were set right with.
        public let calibrated: Int
        /// How many it was measured on.
        public let tested: Int
        /// The penalty on large weights.
        public let penalty: Double
    }

    /// What was measured, and on what.
    public struct Measured: Sendable, Hashable, Codable {
        /// How well it tells statements that it never saw (``Separation``), 0.5 as a coin; interval from drawing groups anew.
        public let statements: Resampled
        /// How far its chances are off on them, at the mean (expected calibration error, ten bins).
        public let calibrationError: Double
        /// The mean squared distance of its chances from what held on them.
        public let brier: Double
        /// How well it tells good from bad replies in conversations, written by hand for this.
        public let replies: Resampled
        /// How many such replies.
        public let replyCount: Int
        /// How many replies about other things ``Head/center`` and ``Head/reach`` come from.
        public let unrelatedCount: Int

        /// How much of what it is about it was shown to see in replies, 0 to 1: twice the lower end of ``replies`` less one,
        /// never below 0. A head whose interval holds the coin's 0.5 counts for nothing.
        public var coverage: Double { max(0, 2 * replies.lower - 1) }
    }

    /// Its name.
    public let name: String
    /// What 1 means, in a sentence.
    public let says: String
    /// The weights as signed bytes, in base64.
    public let weights: Data
    /// What a byte of ``weights`` counts.
    public let scale: Double
    /// What is added to the weighted sum.
    public let constant: Double
    /// What turns sums into chances.
    public let calibration: PlattScaling
    /// The log odds that it gives, at the mean, to replies about other things than its own. They are taken off what it says
    /// of a reply, so that 0 is a reply that has nothing to do with it.
    public let center: Double
    /// How far from 0 nine in ten replies about other things come, on the scale from -1 to 1: what it says of a reply is
    /// uncertain by so much.
    public let reach: Double
    /// The vector of the recipe's probe as signed bytes, in base64.
    public let probe: Data
    /// How it was made.
    public let recipe: Recipe
    /// What was measured.
    public let measured: Measured

    /// Whether an embedder is the one it was made for, by what it makes of the recipe's probe: versions and roundings of one
    /// embedder differ by less than a hundredth in the cosine.
    public func fits(_ vector: [Float]) -> Bool {
        guard vector.count == probe.count, weights.count == probe.count else { return false }
        let known = probe.map { Double(Int8(bitPattern: $0)) }
        let given = vector.map(Double.init)
        let lengths = (dot(known, known) * dot(given, given)).squareRoot()
        return lengths > 0 && dot(known, given) / lengths >= 0.99
    }
}

/// Heads as numbers, made ready for many sentences.
struct ReadyHeads: Sendable {
    let heads: [Head]
    private let width: Int
    /// The weights of each head one after another, scaled, calibrated.
    private let weights: [Float]
    private let constants: [Double]

    /// Heads with vectors of one width; others are left out.
    init(_ heads: [Head]) {
        let width = heads.first?.weights.count ?? 0
        self.width = width
        self.heads = heads.filter { $0.weights.count == width }
        weights = self.heads.flatMap { head in
            head.weights.map { Float(Double(Int8(bitPattern: $0)) * head.scale * head.calibration.slope) }
        }
        constants = self.heads.map {
            $0.constant * $0.calibration.slope + $0.calibration.constant - $0.center
        }
    }

    /// The chance that each head gives each sentence, by its vector of length 1: `result[head][sentence]`.
    ///
    /// - Complexity: O(heads × sentences × width).
    func chances(_ sentences: [[Float]]) -> [[Double]] {
        weights.withUnsafeBufferPointer { weights in
            heads.indices.map { head in
                sentences.map { vector in
                    guard vector.count == width else { return 0.5 }
                    let sum = vector.withUnsafeBufferPointer { vector in
                        // Four sums side by side, in a fixed order.
                        var sums = SIMD4<Float>()
                        let from = head * width
                        var at = 0
                        while at + 4 <= width {
                            sums +=
                                SIMD4(vector[at], vector[at + 1], vector[at + 2], vector[at + 3])
                                * SIMD4(
                                    weights[from + at], weights[from + at + 1], weights[from + at + 2],
                                    weights[from + at + 3])
                            at += 4
                        }
                        var sum = sums.sum()
                        while at < width {
                            sum += vector[at] * weights[from + at]
                            at += 1
                        }
                        return sum
                    }
                    return chance(Double(sum) + constants[head])
                }
            }
        }
    }
}
