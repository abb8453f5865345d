/// Where a sample stands in a plan: a number for each key, in the plan's order.
struct SamplePlaces: Sendable {
    private let suites: [String: (first: Int, scenarios: [String: Int])]
    private let seeds: [UInt64: Int]
    private let models: [String: Int]
    private let governances: [String: Int]
    private let sizes: (seeds: Int, models: Int, governances: Int)
    /// How many samples the plan has.
    let count: Int

    /// A plan with more samples is refused: no run is as large, and a manifest by another hand might be.
    static let most = 5_000_000

    /// Nil when the plan names more than ``most`` samples.
    init?(_ plan: RunPlan) {
        func places<Key: Hashable>(_ keys: [Key]) -> [Key: Int] {
            Dictionary(keys.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
        }
        var suites: [String: (first: Int, scenarios: [String: Int])] = [:]
        var scenarios = 0
        for suite in plan.suites {
            if suites[suite.id] == nil { suites[suite.id] = (scenarios, places(suite.scenarios)) }
            scenarios += suite.scenarios.count
        }
        var count = scenarios
        for factor in [plan.seeds.count, plan.models.count, plan.governances.count] {
            let (product, overflows) = count.multipliedReportingOverflow(by: factor)
            guard !overflows, product <= Self.most else { return nil }
            count = product
        }
        self.count = count
        self.suites = suites
        seeds = places(plan.seeds)
        models = places(plan.models.map(\.label))
        governances = places(plan.governances.map(\.label))
        sizes = (plan.seeds.count, plan.models.count, plan.governances.count)
    }

    /// The place of a key; nil when the plan doesn't name it.
    func place(of key: SampleKey) -> Int? {
        guard let suite = suites[key.suite], let scenario = suite.scenarios[key.scenario], let seed = seeds[key.seed],
            let model = models[key.model], let governance = governances[key.governance]
        else { return nil }
        let row = (suite.first + scenario) * sizes.seeds + seed
        return (row * sizes.models + model) * sizes.governances + governance
    }
}
