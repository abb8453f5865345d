import Flourishing

/// The pairs of one good, scenario by scenario, while they are gathered.
struct GoodPairs {
    let suite: String
    let good: String
    private(set) var scenarios: [String: (from: Double, to: Double, pairs: Int)] = [:]
    private var alone: (from: [String: (sum: Double, samples: Int)], to: [String: (sum: Double, samples: Int)]) =
        ([:], [:])
    private var (unpaired, neither) = (0, 0)

    init(suite: String, good: String) {
        self.suite = suite
        self.good = good
    }

    /// Whether either side has an estimate anywhere.
    var isSeen: Bool { !scenarios.isEmpty || !alone.from.isEmpty || !alone.to.isEmpty }

    /// Takes a pair of conversations.
    ///
    /// - Parameters:
    ///   - first: What was estimated on the first side; nil where nothing was.
    ///   - second: What was estimated on the second side.
    ///   - areWhole: Whether both conversations are there and didn't fail.
    ///   - scenario: What they are of.
    mutating func take(_ first: Double?, _ second: Double?, areWhole: Bool, of scenario: String) {
        if let first, let second {
            let before = scenarios[scenario] ?? (0, 0, 0)
            scenarios[scenario] = (before.from + first, before.to + second, before.pairs + 1)
            return
        }
        unpaired += 1
        if first == nil, second == nil, areWhole { neither += 1 }
        if let first { Self.add(first, scenario, &alone.from) }
        if let second { Self.add(second, scenario, &alone.to) }
    }

    private static func add(_ value: Double, _ scenario: String, _ sums: inout [String: (sum: Double, samples: Int)]) {
        let before = sums[scenario] ?? (0, 0)
        sums[scenario] = (before.sum + value, before.samples + 1)
    }

    private static func mean(_ sums: [String: (sum: Double, samples: Int)]) -> Double? {
        guard !sums.isEmpty else { return nil }
        return sums.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value.sum / Double($1.value.samples) }
            / Double(sums.count)
    }

    /// The mean of each scenario's pairs, in the order of the scenarios' names.
    private var means: [(scenario: String, from: Double, to: Double)] {
        scenarios.sorted { $0.key < $1.key }.map {
            ($0.key, $0.value.from / Double($0.value.pairs), $0.value.to / Double($0.value.pairs))
        }
    }

    /// Second less first, scenario by scenario. What only rounding made differ is 0.
    var differences: [Double] { means.map { Self.difference($0.from, $0.to) } }

    private static func difference(_ from: Double, _ to: Double) -> Double { abs(to - from) < 1e-12 ? 0 : to - from }

    /// What a good's chances are among all others.
    struct Chances {
        let flips: SignFlips
        let holm: Double
        let hochberg: Double
    }

    /// The good's difference.
    ///
    /// - Parameters:
    ///   - settings: How intervals are drawn, and how many pairs may be missing.
    ///   - chances: Nil without a pair.
    ///   - family: Among how many goods chances were corrected.
    func difference(
        _ settings: RunResults.Settings, _ chances: Chances?, family: Int
    ) -> PairedComparison.GoodDifference {
        let (means, differences) = (means, differences)
        let pairs = scenarios.values.reduce(0) { $0 + $1.pairs }
        let looked = pairs + unpaired - neither
        let mean = ScenarioMean(differences, draws: settings.draws, level: settings.level, seed: settings.seed)
        let count = Double(means.count)
        let lacksPairs = pairs == 0 || Double(looked - pairs) > settings.allowedMissing * Double(looked) + 1e-9
        let spots = zip(means, differences).map {
            PairedComparison.GoodDifference.ScenarioDifference(scenario: $0.scenario, value: $1)
        }
        let isHopeless = { (scenarios: Int) in
            SignFlips.least(scenarios, draws: ComparisonReckoning.draws, among: family) * Double(family)
                >= PairedComparison.level
        }
        var (detectable, standardError): (Double?, Double?)
        if let mean, mean.lower != nil {
            let variance = differences.reduce(0) { $0 + ($1 - mean.value) * ($1 - mean.value) } / (count - 1)
            let error = (variance / count).squareRoot()
            standardError = error
            let student = StudentDistribution(freedom: means.count - 1)
            if !lacksPairs, !isHopeless(means.count) {
                detectable = (student.quantile(1 - 0.025 / Double(family)) + student.quantile(0.8)) * error
            }
        }
        return PairedComparison.GoodDifference(
            suite: suite, good: good, pairs: pairs, unpaired: unpaired, neither: neither, lacksPairs: lacksPairs,
            from: means.isEmpty ? Self.mean(alone.from) : means.reduce(0) { $0 + $1.from } / count,
            to: means.isEmpty ? Self.mean(alone.to) : means.reduce(0) { $0 + $1.to } / count,
            difference: mean, worst: spots.min { $0.value < $1.value }, best: spots.max { $0.value < $1.value },
            fell: differences.count { $0 < 0 }, chance: chances?.flips.chance, isExact: chances?.flips.isExact ?? false,
            holm: chances?.holm, benjaminiHochberg: chances?.hochberg, detectable: detectable,
            standardError: standardError, isTooFewAmongSoMany: isHopeless(differences.count { $0 != 0 }),
            standing: lacksPairs ? .incomparable : Self.standing(mean, differences, holm: chances?.holm))
    }

    /// Better or worse only where the interval excludes 0 and the chance that this is luck stays small among all goods.
    /// Where all scenarios differ alike there is no interval, and their common way decides.
    private static func standing(_ mean: ScenarioMean?, _ differences: [Double], holm: Double?) -> Standing {
        guard let mean, let holm, differences.count >= ScenarioMean.fewest else { return .incomparable }
        if differences.allSatisfy({ $0 == 0 }) { return .equal }
        guard holm < PairedComparison.level else { return .incomparable }
        let (lower, upper) = (mean.lower ?? mean.value, mean.upper ?? mean.value)
        return lower > 0 ? .better : upper < 0 ? .worse : .incomparable
    }
}
