import Foundation

/// Vectors with what they are: each either shows something or doesn't.
struct LabelledVectors: Sendable {
    /// The vectors one after another, each of `width` numbers.
    private(set) var numbers: [Float] = []
    /// What each shows.
    private(set) var labels: [Bool] = []
    /// How many numbers a vector has.
    let width: Int

    init(width: Int) { self.width = width }

    init(_ rows: [(vector: [Float], label: Bool)], width: Int) {
        self.width = width
        for row in rows { add(row.vector, row.label) }
    }

    /// Adds a vector. One of another width is a programmer's mistake.
    mutating func add(_ vector: [Float], _ label: Bool) {
        precondition(vector.count == width)
        numbers += vector
        labels.append(label)
    }

    var count: Int { labels.count }
}

/// Logistic regression with a penalty on large weights (ridge): how the chance of a yes grows with a weighted sum.
///
/// What is made small is the mean logistic loss plus `penalty`/2 times the sum of the squared weights, the constant left
/// free. The function is convex, so there is one best fit (Cox 1958; le Cessie and van Houwelingen 1992, doi
/// 10.2307/2347628), and ``LimitedMemoryBFGS`` finds it.
struct LogisticRegression: Sendable {
    /// A weight for each number of a vector.
    let weights: [Double]
    /// What is added.
    let constant: Double
    /// How the search for the weights ended.
    let ending: LimitedMemoryBFGS.Ending

    /// Fits weights to examples. Without both a yes and a no there is no best fit of the constant, so have both.
    ///
    /// - Complexity: O(*n* *d*) for each of some dozens of steps.
    init(_ examples: LabelledVectors, penalty: Double) {
        let found = LimitedMemoryBFGS().minimum(from: Array(repeating: 0, count: examples.width + 1)) {
            Self.loss(at: $0, examples, penalty: penalty)
        }
        weights = Array(found.point.dropLast())
        constant = found.point.last ?? 0
        ending = found.ending
    }

    /// The loss and its gradient at weights with the constant behind them.
    static func loss(at point: [Double], _ examples: LabelledVectors, penalty: Double) -> (
        value: Double, gradient: [Double]
    ) {
        let width = examples.width
        var gradient = [Double](repeating: 0, count: width + 1)
        var value = 0.0
        let share = 1 / Double(max(1, examples.count))
        examples.numbers.withUnsafeBufferPointer { numbers in
            point.withUnsafeBufferPointer { point in
                gradient.withUnsafeMutableBufferPointer { gradient in
                    for row in 0..<examples.count {
                        let from = row * width
                        var sum = point[width]
                        for at in 0..<width { sum += Double(numbers[from + at]) * point[at] }
                        let label = examples.labels[row] ? 1.0 : 0.0
                        value += softplus(sum) - label * sum
                        let slope = (chance(sum) - label) * share
                        for at in 0..<width { gradient[at] += slope * Double(numbers[from + at]) }
                        gradient[width] += slope
                    }
                    value *= share
                    for at in 0..<width {
                        value += penalty / 2 * point[at] * point[at]
                        gradient[at] += penalty * point[at]
                    }
                }
            }
        }
        return (value, gradient)
    }
}

/// The chance that log odds stand for, 0 to 1, without overflow.
func chance(_ odds: Double) -> Double {
    odds >= 0 ? 1 / (1 + exp(-odds)) : exp(odds) / (1 + exp(odds))
}

/// log(1 + eˣ), without overflow.
func softplus(_ odds: Double) -> Double { max(odds, 0) + log1p(exp(-abs(odds))) }

/// A line that turns the sums of a regression into chances that come true as often as they say, learned from examples that
/// the regression didn't see.
///
/// Platt 1999, with his targets a little off 0 and 1 so that a few examples don't make it too sure of itself; Lin, Lin and
/// Weng 2007, doi 10.1007/s10994-007-5018-6.
public struct PlattScaling: Sendable, Hashable, Codable {
    /// What a sum is multiplied with.
    public let slope: Double
    /// What is added.
    public let constant: Double

    init(slope: Double, constant: Double) {
        self.slope = slope
        self.constant = constant
    }

    /// Learns the line.
    init(_ examples: [(sum: Double, label: Bool)]) {
        let yes = Double(examples.count { $0.label })
        let no = Double(examples.count) - yes
        let targets = (yes: (yes + 1) / (yes + 2), no: 1 / (no + 2))
        let found = LimitedMemoryBFGS().minimum(from: [1, 0]) { line in
            var (value, slope, constant) = (0.0, 0.0, 0.0)
            for (sum, label) in examples {
                let odds = line[0] * sum + line[1]
                let target = label ? targets.yes : targets.no
                value += softplus(odds) - target * odds
                let miss = chance(odds) - target
                slope += miss * sum
                constant += miss
            }
            let share = 1 / Double(max(1, examples.count))
            return (value * share, [slope * share, constant * share])
        }
        slope = found.point[0]
        constant = found.point[1]
    }
}
