import Foundation
import Testing

@testable import Evaluation

@Suite("Intervals, chances and what becomes of them among many")
struct StatisticsTests {
    @Test("quantiles of the normal distribution are those of scipy 1.17.1")
    func normal() {
        for (share, place) in [
            (0.975, 1.959963984540054), (0.8, 0.8416212335729143), (0.001, -3.090232306167813),
            (1e-9, -5.9978070150076865), (0.5, 0.0),
        ] {
            #expect(abs(NormalDistribution.quantile(share) - place) < 1e-9)
            #expect(abs(NormalDistribution.share(below: place) - share) < 1e-12)
        }
        #expect(NormalDistribution.quantile(0) == -.infinity && NormalDistribution.quantile(1) == .infinity)
    }

    @Test("shares and quantiles of Student's t are those of scipy 1.17.1, and near the normal ones with many degrees")
    func student() {
        for (share, freedom, place) in [
            (0.975, 4, 2.7764451051977934), (0.975, 1, 12.706204736174694), (0.8, 2, 1.0606601717798214),
            (0.9995, 29, 3.6594050194663748), (0.6, 7, 0.2631668613520229), (1 - 0.025 / 60, 8, 5.189191474202579),
        ] {
            let student = StudentDistribution(freedom: freedom)
            #expect(abs(student.quantile(share) - place) < 1e-9)
            #expect(abs(student.share(below: place) - share) < 1e-12)
            #expect(abs(student.quantile(1 - share) + place) < 1e-9)
        }
        #expect(abs(StudentDistribution(freedom: 20_000).quantile(0.975) - 1.959963984540054) < 1e-3)
        #expect(StudentDistribution(freedom: 3).quantile(1) == .infinity)
    }

    /// Reckoned in numpy with the same draws and scipy's distributions.
    @Test(
        "the interval is the bias-corrected and accelerated one, its ends moved outward for few scenarios",
        arguments: [
            ([0.5, -0.25, 0.75, 0.25, 0.0, 1.0, -0.5, 0.25], 1, 0.25, -0.1875, 0.625),
            ([0.1, 0.9, 0.05, 0.2, 0.15, 0.8, 0.1, 0.3, -0.2, 0.0], 7, 0.24, 0.04850980879760647, 0.5549999999999999),
        ] as [([Double], UInt64, Double, Double, Double)])
    func interval(values: [Double], seed: UInt64, mean: Double, lower: Double, upper: Double) throws {
        let found = try #require(ScenarioMean(values, draws: 2_000, level: 0.95, seed: seed))
        #expect(abs(found.value - mean) < 1e-12)
        #expect(abs(try #require(found.lower) - lower) < 1e-9)
        #expect(abs(try #require(found.upper) - upper) < 1e-9)
        #expect(ScenarioMean(values, draws: 2_000, level: 0.95, seed: seed) == found)
    }

    @Test("how far ends are moved follows from Student's t, and hardly matters with many scenarios")
    func widened() {
        #expect(abs(ScenarioMean.widened(0.95, scenarios: 8) - 0.9885249589659403) < 1e-9)
        #expect(abs(ScenarioMean.widened(0.95, scenarios: 10) - 0.9828987219511872) < 1e-9)
        #expect(abs(ScenarioMean.widened(0.95, scenarios: 2_000) - 0.95) < 1e-3)
    }

    @Test("fewer than five scenarios have no interval, nor have any number that are all alike, and none have no mean")
    func few() throws {
        let four = try #require(ScenarioMean([0, 1, 0, 1], draws: 100, level: 0.95, seed: 1))
        #expect(four.value == 0.5 && four.lower == nil && four.upper == nil && four.scenarios == 4 && !four.isAlike)
        // 0.1 + 0.2 isn't 0.3 to the last digit, and no scenario differs for that.
        let equal = try #require(ScenarioMean([0.3, 0.1 + 0.2, 0.3, 0.3, 0.3], draws: 100, level: 0.95, seed: 1))
        #expect(equal.lower == nil && equal.upper == nil && equal.isAlike && abs(equal.value - 0.3) < 1e-12)
        #expect(ScenarioMean([], draws: 100, level: 0.95, seed: 1) == nil)
    }

    @Test(
        "with few scenarios the interval holds the truth nearly as often as it says, within what 400 worlds can tell",
        arguments: [6, 10])
    func heldByFew(scenarios: Int) throws {
        var state: UInt64 = 3
        func uniform() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 11) / Double(1 << 53)
        }
        var held = 0
        for world in 0..<400 {
            // Twelve uniform numbers are near enough to a normal one.
            let values = (0..<scenarios).map { _ in (0..<12).reduce(-6.0) { sum, _ in sum + uniform() } }
            let found = try #require(ScenarioMean(values, draws: 500, level: 0.95, seed: UInt64(world)))
            if let lower = found.lower, let upper = found.upper, lower <= 0, 0 <= upper { held += 1 }
        }
        // About 374 are expected, give or take 5; ends that aren't moved outward hold 348 and 359.
        #expect(held >= 364 && held < 400)
    }

    @Test("in nineteen of twenty worlds the interval holds the truth, within what 400 worlds can tell")
    func held() throws {
        var state: UInt64 = 5
        func uniform() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 11) / Double(1 << 53)
        }
        var held = 0
        for world in 0..<400 {
            let values = (0..<30).map { _ in uniform() * uniform() }
            let found = try #require(ScenarioMean(values, draws: 500, level: 0.95, seed: UInt64(world)))
            if let lower = found.lower, let upper = found.upper, lower <= 0.25, 0.25 <= upper { held += 1 }
        }
        // 380 are expected, give or take 4.4; below 360 would be chance once in a hundred thousand.
        #expect(held >= 360 && held < 400)
    }

    @Test("the chance by flipping signs is that of scipy.stats.permutation_test, exactly")
    func flips() {
        let mixed = SignFlips([0.5, -0.25, 0.75, 0.25, 0.0, 1.0, -0.5, 0.25], draws: 9_999, seed: 1)
        #expect(mixed.chance == 0.265625 && mixed.isExact)
        // All six point one way: two of 64 ways lead as far.
        let sure = SignFlips([0.5, 0.25, 0.75, 0.25, 0.5, 1.0], draws: 9_999, seed: 1)
        #expect(sure.chance == 0.03125 && sure.isExact)
        #expect(SignFlips([0, 0, 0], draws: 99, seed: 1).chance == 1)
        #expect(SignFlips([], draws: 99, seed: 1).chance == 1)
    }

    @Test("with many scenarios ways are drawn, and come near what counting all of them gives")
    func drawnFlips() {
        let values = [
            1.32, -0.98, 0.51, 0.02, 0.07, 0.19, -0.71, 0.18, -0.13, 1.96, 0.41, 0.12, 0.16, -0.03, -0.23, 0.1, 0.54,
            0.18, 0.78, 0.2,
        ]
        let drawn = SignFlips(values, draws: 9_999, seed: 1)
        // scipy counts all 2^20 ways: 0.11714553833007812. The draws' own spread is 0.0032.
        #expect(!drawn.isExact && abs(drawn.chance - 0.11714553833007812) < 0.0129)
        #expect(SignFlips(values, draws: 9_999, seed: 1) == drawn)
        #expect(SignFlips(Array(repeating: 1, count: 40), draws: 999, seed: 1).chance == 0.001)
        // Among many, more ways are drawn where the chance is small, so that it can still count; elsewhere none are.
        #expect(SignFlips(Array(repeating: 1, count: 40), draws: 999, among: 100, seed: 1).chance == 1.0 / 20_000)
        #expect(SignFlips(values, draws: 9_999, among: 1_000, seed: 1) == drawn)
    }

    @Test("the least chance that so many scenarios can come to is that of all pointing one way")
    func leastChance() {
        for count in 1...16 {
            let flips = SignFlips((0..<count).map { Double($0 + 1) }, draws: 9, seed: 1)
            #expect(flips.chance == SignFlips.least(count, draws: 9, among: 1))
        }
        #expect(SignFlips.least(40, draws: 9_999, among: 1) == 1e-4 && SignFlips.least(0, draws: 9, among: 1) == 1)
        #expect(SignFlips.least(40, draws: 9_999, among: 1_000) == 1.0 / 200_000)
    }

    @Test("Holm's and Benjamini and Hochberg's corrections come out as by hand and by scipy")
    func corrections() {
        let chances = [0.01, 0.04, 0.03, 0.005, 0.2, 0.03]
        func near(_ found: [Double], _ wanted: [Double]) -> Bool {
            found.count == wanted.count && zip(found, wanted).allSatisfy { abs($0 - $1) < 1e-12 }
        }
        // By hand: 6·0.005, 5·0.01, then 4·0.03 carried on.
        #expect(near(ManyComparisons.holm(chances), [0.05, 0.12, 0.12, 0.03, 0.2, 0.12]))
        // scipy.stats.false_discovery_control.
        #expect(near(ManyComparisons.benjaminiHochberg(chances), [0.03, 0.048, 0.045, 0.03, 0.2, 0.045]))
        #expect(ManyComparisons.holm([]).isEmpty && ManyComparisons.benjaminiHochberg([]).isEmpty)
        #expect(ManyComparisons.holm([0.7, 0.9]) == [1, 1])
    }

    @Test("no correction makes a chance smaller, and Holm's is never below Benjamini and Hochberg's")
    func correctionLaws() {
        var state: UInt64 = 11
        for _ in 0..<200 {
            let chances = (0..<Int(state >> 60)).map { _ -> Double in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return Double(state >> 11) / Double(1 << 53)
            }
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let (holm, hochberg) = (ManyComparisons.holm(chances), ManyComparisons.benjaminiHochberg(chances))
            for index in chances.indices {
                #expect(holm[index] <= 1 && holm[index] >= hochberg[index] && hochberg[index] >= chances[index])
            }
        }
    }
}
