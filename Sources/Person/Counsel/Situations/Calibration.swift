import Foundation

/// How what cues say and how near described situations are become one score.
///
/// A logistic regression on two numbers for each message and signal: the score of the cues, and how much nearer the
/// message is to the nearest situation described for the signal than to the nearest everyday request (difference of two
/// cosines). One set of weights serves every signal, so that a signal with few examples isn't fitted to them.
struct Calibration: Sendable {
    /// The constant.
    var base: Double
    /// What the score of the cues counts.
    var cues: Double
    /// What the difference of cosines counts.
    var nearness: Double

    /// Fitted on `development.json` with all-MiniLM-L6-v2 by `CalibrationTests` in the tests of this room, which prints
    /// these numbers anew: 2,000 steps of gradient descent with a ridge of 0.001, everyday messages included.
    static let fitted = Calibration(base: -3.2, cues: 6.4, nearness: 9)

    /// From 0 to 1.
    func score(cues: Double, nearness: Double) -> Double {
        1 / (1 + exp(-(base + self.cues * cues + self.nearness * nearness)))
    }

    /// Fits weights to examples by gradient descent on the log loss.
    static func fitting(
        _ examples: [(cues: Double, nearness: Double, holds: Bool)], steps: Int = 2_000, ridge: Double = 0.001
    ) -> Calibration {
        var fit = Calibration(base: 0, cues: 0, nearness: 0)
        let count = Double(max(1, examples.count))
        for _ in 0..<steps {
            var (base, cues, nearness) = (0.0, 0.0, 0.0)
            for example in examples {
                let miss = fit.score(cues: example.cues, nearness: example.nearness) - (example.holds ? 1 : 0)
                base += miss
                cues += miss * example.cues
                nearness += miss * example.nearness
            }
            let rate = 8.0
            fit.base -= rate * base / count
            fit.cues -= rate * (cues / count + ridge * fit.cues)
            fit.nearness -= rate * (nearness / count + ridge * fit.nearness)
        }
        return fit
    }
}
