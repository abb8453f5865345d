import Charters
import Judges
import Testing

@testable import Evaluation

@Suite("What an attractor run doesn't claim")
struct AttractorHonestyTests {
    private func whole(_ results: AttractorResults) throws -> Recovery {
        try #require(results.recoveries.first { $0.kind == nil })
    }

    @Test("holding the same conversations with more seeds makes no difference look less like luck")
    func seedsAreNoScenarios() throws {
        let gains = [0.3, 0.25, 0.1, 0.2, 0.15]
        let found = try [[1], [1, 2, 3]].map { seeds in
            try #require(
                try madeResults(seeds: seeds, governances: 2) { scenario, _, governance, push, count in
                    let below = push == nil ? 0 : 0.6 - (governance == 1 ? gains[scenario] : 0)
                    return [Double?](repeating: 0.3 - below, count: count)
                }.comparisons.first)
        }
        for comparison in found {
            // Five scenarios that all point one way: two of 32 ways to flip them are as far.
            #expect(comparison.scenarios == 5 && comparison.after.p == 2.0 / 32)
            #expect(abs(try #require(comparison.after.mean.value) - 0.2) < 1e-9)
        }
        // And chances know of each other: two were looked at.
        #expect(found[1].after.holm == 4.0 / 32)
        let alone = try madeResults(scenarios: 1, governances: 2) { _, _, governance, push, count in
            [Double?](repeating: push == nil ? 0.3 : governance == 1 ? 0 : -0.3, count: count)
        }
        #expect(alone.comparisons.first?.after.p == nil && alone.comparisons.first?.after.holm == nil)
    }

    @Test("Holm's chances go over all goods and pairs of sides, and what has no chance takes no place among them")
    func adjusted() throws {
        let results = try madeResults(governances: 3) { scenario, _, governance, push, count in
            let below = push == nil ? 0 : 0.6 - Double(governance) * 0.1 - Double(scenario) * 0.01
            return [Double?](repeating: 0.3 - below, count: count)
        }
        let chances = results.comparisons.flatMap { [$0.back.p, $0.after.p].compactMap { $0 } }
        let adjusted = results.comparisons.flatMap { [$0.back.holm, $0.after.holm].compactMap { $0 } }
        #expect(results.comparisons.count == 3 && chances.count == 6)
        #expect(adjusted == ManyComparisons.holm(chances))
        #expect(adjusted != chances)
    }

    @Test("with fewer than five scenarios there is no interval, however many seeds")
    func few() throws {
        let results = try madeResults(scenarios: 4) { scenario, seed, _, push, count in
            [Double?](repeating: push == nil ? 0.3 : -0.1 * Double(scenario) - 0.1 * Double(seed), count: count)
        }
        let recovery = try whole(results)
        #expect(recovery.reach.value != nil && recovery.reach.lower == nil && recovery.displaced.lower == nil)
        #expect(results.baselines.allSatisfy { $0.level.lower == nil && $0.drift.lower == nil })
        #expect(results.curves.flatMap(\.points).allSatisfy { $0.lower == nil && $0.upper == nil })
        #expect(results.terms.contains { $0.contains("too few (4, of at least 5)") })
    }

    @Test("a share of all or none has the exact bound for so many scenarios, and what is alike everywhere has none")
    func ends() throws {
        let recovery = try whole(
            madeResults { _, _, _, push, count in
                [Double?](repeating: push == nil ? 0.3 : -0.3, count: count)
            })
        // Clopper and Pearson: scipy.stats.binomtest(5, 5).proportion_ci() begins at 0.4782.
        #expect(recovery.displaced.value == 1 && recovery.returned.value == 0)
        #expect(abs(try #require(recovery.displaced.lower) - 0.4781762) < 1e-6)
        #expect(abs(try #require(recovery.returned.upper) - 0.5218238) < 1e-6)
        #expect(recovery.survival.allSatisfy { $0.away.value == 1 && $0.away.lower != 1 })
        #expect(recovery.reach.isAlike && recovery.reach.lower == nil && recovery.reach.upper == nil)
    }

    @Test("intervals reach further out with few scenarios, as Student's t does")
    func student() {
        // Hesterberg 2015: norm.cdf(-sqrt(5/4) * t.ppf(0.975, 4)).
        #expect(abs(ClusteredDraws.widened(0.025, scenarios: 5) - 0.0009541005518824) < 1e-10)
        #expect(abs(ClusteredDraws.widened(0.025, scenarios: 10_000) - 0.025) < 1e-4)
    }

    @Test("those that left and weren't watched afterwards count as having left, and say nothing of coming back")
    func unwatched() throws {
        // Half of them leave, and of half of all nothing is known after the push.
        let results = try madeResults(seeds: [1, 2, 3, 4]) { _, seed, _, push, count in
            guard push != nil else { return [Double?](repeating: 0.3, count: count) }
            let first = seed <= 2 ? -0.3 : 0.3
            return [first] + [Double?](repeating: seed % 2 == 0 ? nil : 0.3, count: count - 1)
        }
        let recovery = try whole(results)
        #expect(recovery.displaced.value == 0.5 && recovery.conversations == 20 && recovery.unknown == 0)
        #expect(recovery.unwatched == 5 && recovery.returned.value == 1 && recovery.back.value == 1)
        #expect(recovery.survival.first?.atRisk == 5 && recovery.survival.first?.events == 5)
        let blind = try whole(
            madeResults { _, _, _, push, count in
                push == nil
                    ? [Double?](repeating: 0.3, count: count) : [-0.3] + [Double?](repeating: nil, count: count - 1)
            })
        // All left and none was watched: nothing is known of a return.
        #expect(blind.displaced.value == 1 && blind.returned.value == nil && blind.back.value == nil)
        #expect(blind.halfLife == .unknown && blind.survival.allSatisfy { $0.away.value == nil })
    }

    @Test("where pushes do nothing, chance shows as much for pushes as long, and no half-life and no basin is told")
    func chance() throws {
        var generator = SeededDraws(seed: 5)
        let results = try madeResults(
            scenarios: 12, seeds: [1, 2, 3, 4], kinds: [.pressure, .slowDrift], strengths: [1, 3, 5]
        ) { _, _, _, _, count in
            (0..<count).map { _ in 0.2 + 0.7 * (Double(generator.next(below: 1_000)) / 1_000 - 0.5) }
        }
        let kinds = results.recoveries.filter { $0.kind != nil }
        for recovery in results.recoveries {
            let left = try #require(recovery.displaced.value)
            let chance = try #require(recovery.chance?.displaced.value)
            #expect(abs(left - chance) < 0.12)
            #expect(recovery.isAboveChance == false)
            #expect(recovery.halfLife == .unknown && recovery.fittedHalfLife == .unknown && recovery.basin == .unknown)
        }
        // A longer push has more chances to look like one that worked, and so has its chance.
        let chances = try kinds.map { try #require($0.chance?.displaced.value) }
        #expect(chances[1] > chances[0] + 0.05)
        #expect(results.tables(of: "own-choice")[0].rows[0].contains("left as by chance"))
    }

    @Test("what changes when the person's own matter is over is no drift")
    func drift() throws {
        let stepped = try madeResults { _, _, _, _, count in [0.6, 0.5] + [Double?](repeating: 0.2, count: count - 2) }
        #expect(abs(try #require(stepped.baselines.first?.drift.value)) < 1e-12)
        let falling = try madeResults { _, _, _, _, count in (0..<count).map { 0.6 - 0.02 * Double($0) } }
        #expect(abs(try #require(falling.baselines.first?.drift.value) + 0.02) < 1e-9)
    }

    @Test("a basin isn't cut short by one strength at which chance put a share below half")
    func pooled() {
        #expect(
            Basin.falling([(1, 10), (0.4, 10), (0.8, 10), (0.2, 10)]).map { ($0 * 10).rounded() } == [10, 6, 6, 2])
        #expect(Basin.falling([(0.2, 10), (0.8, 30)]).map { ($0 * 100).rounded() } == [65, 65])
        #expect(Basin.falling([]) == [] && Basin.falling([(0.9, 1), (0.5, 1)]) == [0.9, 0.5])
        let size = Basin.told(Measured(5, (2.4, 5)), largest: 5)
        #expect(size.value == 5 && size.isBeyond && size.lower == 2 && size.upper == nil)
        let smaller = Basin.told(Measured(3, (2, 3.2)), largest: 5)
        #expect(!smaller.isBeyond && smaller.lower == 2 && smaller.upper == 4)
    }

    @Test("a half-life shorter than was looked for is told as that")
    func atOnce() throws {
        #expect(DecayFit([(0, 0.8), (1, 0), (2, 0), (3, 0)])?.halfLife == 0)
        let results = try madeResults(strengths: [1, 3, 5]) { _, _, _, push, count in
            push == nil
                ? [Double?](repeating: 0.3, count: count) : [-0.5] + [Double?](repeating: 0.3, count: count - 1)
        }
        #expect(try whole(results).fittedHalfLife.value == 0)
        let row = results.tables(of: "own-choice")[0].rows[0]
        #expect(row[5] == "below 0.1, all alike" && row[2] == "100% (48% to 100%)")
        // Fifteen conversations at a strength are too few for a basin.
        #expect(row[6] == "too few" && row[4] == "1.0, all alike")
    }

    @Test("a chance that isn't nothing is never written as nothing")
    func luck() throws {
        let results = try madeResults(scenarios: 16, seeds: [1], governances: 2) {
            scenario, _, governance, push, count in
            let below = push == nil ? 0 : 0.6 - Double(governance) * (0.2 + Double(scenario) * 0.01)
            return [Double?](repeating: 0.3 - below, count: count)
        }
        let row = try #require(results.comparisonTable?.rows.first)
        #expect(row.contains("below 0.001") && !row.contains("0.000"))
    }
}
