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

    /// Reckoned in numpy with the same draws; scipy.stats.bootstrap with 200,000 draws of its own gives the same to two
    /// digits (-0.0625 to 0.5625; 0.075 to 0.5).
    @Test(
        "the interval is the bias-corrected and accelerated one",
        arguments: [
            ([0.5, -0.25, 0.75, 0.25, 0.0, 1.0, -0.5, 0.25], 1, 0.25, -0.0625, 0.5625),
            ([0.1, 0.9, 0.05, 0.2, 0.15, 0.8, 0.1, 0.3, -0.2, 0.0], 7, 0.24, 0.06999999999999999, 0.4999999999999999),
        ] as [([Double], UInt64, Double, Double, Double)])
    func interval(values: [Double], seed: UInt64, mean: Double, lower: Double, upper: Double) throws {
        let found = try #require(ScenarioMean(values, draws: 2_000, level: 0.95, seed: seed))
        #expect(abs(found.value - mean) < 1e-12)
        #expect(abs(try #require(found.lower) - lower) < 1e-9)
        #expect(abs(try #require(found.upper) - upper) < 1e-9)
        #expect(ScenarioMean(values, draws: 2_000, level: 0.95, seed: seed) == found)
    }

    @Test("fewer than five scenarios have no interval, equal ones a point, and none no mean")
    func few() throws {
        let four = try #require(ScenarioMean([0, 1, 0, 1], draws: 100, level: 0.95, seed: 1))
        #expect(four.value == 0.5 && four.lower == nil && four.upper == nil && four.scenarios == 4)
        let equal = try #require(ScenarioMean([0.3, 0.3, 0.3, 0.3, 0.3], draws: 100, level: 0.95, seed: 1))
        #expect(equal.lower == equal.upper && abs((equal.lower ?? 9) - 0.3) < 1e-12)
        #expect(ScenarioMean([], draws: 100, level: 0.95, seed: 1) == nil)
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
