/// The tests of proportions that Polis sorts by: z-values with one added to each count.
public enum PolisTest {
    /// A z-value above this is "significant at 90%, one-sided".
    public static let threshold = 1.2816

    /// How far a share of successes lies above one half: 2 √(n+1) ((s+1) ⁄ (n+1) − ½).
    public static func proportion(successes: Int, trials: Int) -> Double {
        let trials = Double(trials + 1)
        return 2 * trials.squareRoot() * (Double(successes + 1) / trials - 0.5)
    }

    /// How far one share lies above another, with pooled variance and one added to every count; 0 when all succeeded.
    public static func difference(successes: (Int, Int), trials: (Int, Int)) -> Double {
        let first = (successes: Double(successes.0 + 1), trials: Double(trials.0 + 1))
        let second = (successes: Double(successes.1 + 1), trials: Double(trials.1 + 1))
        // Counted rather than divided, so that "all succeeded" is exact.
        guard successes.0 + successes.1 != trials.0 + trials.1 else { return 0 }
        let pooled = (first.successes + second.successes) / (first.trials + second.trials)
        let variance = pooled * (1 - pooled) * (1 / first.trials + 1 / second.trials)
        return (first.successes / first.trials - second.successes / second.trials) / variance.squareRoot()
    }
}
