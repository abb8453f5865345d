import Foundation

/// How what cues say and what described situations point to become one score.
///
/// A logistic regression on two numbers for each message and signal: the score of the cues, and the signal's share of the
/// votes of the nearest described situations (``Nearness``). One set of weights serves every signal, so that a signal
/// with few examples isn't fitted to them.
struct Calibration: Sendable {
    /// The constant.
    var base: Double
    /// What the score of the cues counts.
    var cues: Double
    /// What the share of the votes counts.
    var nearness: Double

    /// Fitted on `calibration.json`, on which no cue was written, with all-MiniLM-L6-v2; `Benchmarks/situations.sh` fits
    /// and prints them anew. A signal that is there counts for ``presence`` that are not.
    static let fitted = Calibration(base: -2.66, cues: 2.88, nearness: 7.22)
    /// Nearly all signals are absent from nearly all messages. Left to themselves the weights would miss most of the few
    /// that are there; counted evenly they would see them everywhere.
    static let presence = 3.0

    /// From 0 to 1.
    func score(cues: Double, nearness: Double) -> Double {
        1 / (1 + exp(-(base + self.cues * cues + self.nearness * nearness)))
    }

    /// Fits weights to examples by gradient descent on the log loss.
    static func fitting(
        _ examples: [(cues: Double, nearness: Double, holds: Bool)], steps: Int = 2_000, ridge: Double = 0.001,
        presence: Double = Self.presence
    ) -> Calibration {
        var fit = Calibration(base: 0, cues: 0, nearness: 0)
        let count = Double(max(1, examples.count))
        for _ in 0..<steps {
            var (base, cues, nearness) = (0.0, 0.0, 0.0)
            for example in examples {
                let weight = example.holds ? presence : 1
                let miss =
                    weight * (fit.score(cues: example.cues, nearness: example.nearness) - (example.holds ? 1 : 0))
                base += miss
                cues += miss * example.cues
                nearness += miss * example.nearness
            }
            let rate = 4.0
            fit.base -= rate * base / count
            fit.cues -= rate * (cues / count + ridge * fit.cues)
            fit.nearness -= rate * (nearness / count + ridge * fit.nearness)
        }
        return fit
    }
}
