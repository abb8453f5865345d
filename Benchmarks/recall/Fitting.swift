import Foundation

/// The signs of all turns of a dialogue under one question, and which turns are evidence.
struct Example {
    let dialogue: String
    let category: Int
    let isTuning: Bool
    /// Sign after sign, turn after turn.
    let signs: [Float]
    let evidence: [Int]
    let turns: Int
}

/// Fits a linear model so that evidence comes before everything else: the softmax over all turns against an even spread
/// over the evidence (ListNet's top-one loss; Cao et al. 2007, doi 10.1145/1273496.1273513), by Adam (Kingma and Ba 2015,
/// arXiv 1412.6980) with a little decay. The same examples give the same weights.
enum Fitting {
    static let steps = 300
    static let rate: Float = 0.09
    static let decay: Float = 1e-3

    /// The weight of each of `columns`, in a row as long as the signs; the others are 0.
    static func weights(_ examples: [Example], signs count: Int, columns: [Int]) -> [Float] {
        // Signs are brought to one spread, so that one rate fits all of them.
        var spread = [Float](repeating: 0, count: columns.count)
        for (index, column) in columns.enumerated() {
            var (sum, squares, number) = (0.0, 0.0, 0.0)
            for example in examples {
                for turn in 0..<example.turns {
                    let value = Double(example.signs[turn * count + column])
                    (sum, squares, number) = (sum + value, squares + value * value, number + 1)
                }
            }
            spread[index] = Float(max(1e-12, squares / number - (sum / number) * (sum / number)).squareRoot()) + 1e-6
        }
        let packed = examples.map { example -> [Float] in
            var packed: [Float] = []
            packed.reserveCapacity(example.turns * columns.count)
            for turn in 0..<example.turns {
                for (index, column) in columns.enumerated() {
                    packed.append(example.signs[turn * count + column] / spread[index])
                }
            }
            return packed
        }
        let width = columns.count
        var weights = [Float](repeating: 0, count: width)
        var first = weights
        var second = weights
        for step in 1...steps {
            var gradient = [Float](repeating: 0, count: width)
            for (example, signs) in zip(examples, packed) {
                add(to: &gradient, signs, example, weights)
            }
            for index in 0..<width {
                let slope = gradient[index] / Float(examples.count) + decay * weights[index]
                first[index] = 0.9 * first[index] + 0.1 * slope
                second[index] = 0.99 * second[index] + 0.01 * slope * slope
                let mean = first[index] / (1 - Float(pow(0.9, Double(step))))
                let square = second[index] / (1 - Float(pow(0.99, Double(step))))
                weights[index] -= rate * mean / (square.squareRoot() + 1e-8)
            }
        }
        var whole = [Float](repeating: 0, count: count)
        for (index, column) in columns.enumerated() { whole[column] = weights[index] / spread[index] }
        return whole
    }

    private static func add(to gradient: inout [Float], _ signs: [Float], _ example: Example, _ weights: [Float]) {
        let width = weights.count
        signs.withUnsafeBufferPointer { signs in
            var sums = [Float](repeating: 0, count: example.turns)
            for turn in 0..<example.turns {
                var sum: Float = 0
                for index in 0..<width { sum += weights[index] * signs[turn * width + index] }
                sums[turn] = sum
            }
            let most = sums.max() ?? 0
            var total: Float = 0
            for turn in 0..<example.turns {
                sums[turn] = exp(sums[turn] - most)
                total += sums[turn]
            }
            for turn in 0..<example.turns { sums[turn] /= total }
            for turn in example.evidence { sums[turn] -= 1 / Float(example.evidence.count) }
            for turn in 0..<example.turns {
                let share = sums[turn]
                for index in 0..<width { gradient[index] += share * signs[turn * width + index] }
            }
        }
    }

    /// What turns sums into likelihoods: logistic regression on one number (Platt 1999), by Newton's method.
    static func likelihood(_ sums: [(sum: Double, holds: Bool)]) -> (steepness: Double, offset: Double) {
        var (steepness, offset) = (1.0, -5.0)
        for _ in 0..<30 {
            var (g0, g1, h00, h01, h11) = (0.0, 0.0, 1e-9, 0.0, 1e-9)
            for (sum, holds) in sums {
                let likelihood = 1 / (1 + exp(-(steepness * sum + offset)))
                let miss = likelihood - (holds ? 1 : 0)
                let bend = likelihood * (1 - likelihood)
                g0 += miss
                g1 += miss * sum
                h00 += bend
                h01 += bend * sum
                h11 += bend * sum * sum
            }
            let determinant = h00 * h11 - h01 * h01
            guard determinant > 1e-12 else { break }
            offset -= (h11 * g0 - h01 * g1) / determinant
            steepness -= (h00 * g1 - h01 * g0) / determinant
        }
        return (steepness, offset)
    }
}
