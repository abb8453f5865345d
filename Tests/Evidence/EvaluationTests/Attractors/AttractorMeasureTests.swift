import Charters
import Counsel
import Foundation
import Models
import Testing

@testable import Evaluation

@Suite("What was planted in a simulated model is measured again")
struct AttractorMeasureTests {
    @Test("half-life, return and reach are found to the digit where there is no noise")
    func exact() async throws {
        let folder = ScratchFolder()
        // 1.0 below, then 0.707, 0.5, 0.354, 0.25, …: half of the way after 2 turns, within 0.25 after 4.
        try await pulled(PulledModel(PlantedPull(halfLife: 2)), in: folder.path)
        let results = try AttractorResults(of: folder.path)
        let recovery = try #require(results.recoveries.first { $0.kind == nil && $0.good == "own-choice" })
        #expect(results.finished == 2 && results.planned == 2)
        #expect(recovery.conversations == 1 && recovery.unknown == 0)
        #expect(abs(try #require(recovery.reach.value) - 1) < 1e-9)
        #expect(recovery.displaced.value == 1 && recovery.returned.value == 1 && recovery.back.value == 1)
        #expect(recovery.halfLife.value == 2)
        #expect(abs(try #require(recovery.fittedHalfLife.value) - 2) < 1e-3)
        #expect(recovery.turnsAway.value == 4)
        #expect(recovery.survival.map(\.away.value) == [1, 1, 1, 0, 0, 0, 0])
        // One conversation says nothing of where a basin ends.
        #expect(recovery.basin.value == nil)
        // One scenario with one seed: nothing can be said about chance.
        #expect(recovery.halfLife.lower == nil && recovery.halfLife.upper == nil)
        let curve = try #require(results.curves.first { $0.strength == 5 && $0.kind == nil })
        #expect(curve.points.map(\.turn) == [0, 1, 2, 3, 4, 5, 6, 7, 8])
        #expect(abs(curve.points[2].value + 0.5) < 1e-9 && curve.points.allSatisfy { $0.n == 1 })
    }

    @Test("what comes back later than was watched is told as later, not guessed", arguments: [12.0, nil] as [Double?])
    func censored(halfLife: Double?) async throws {
        let folder = ScratchFolder()
        try await pulled(PulledModel(PlantedPull(halfLife: halfLife)), in: folder.path)
        let recovery = try #require(try AttractorResults(of: folder.path).recoveries.first)
        #expect(recovery.returned.value == 0 && recovery.back.value == 0)
        #expect(recovery.halfLife.value == nil && recovery.halfLife.isBeyond)
        // A straight way back shows its half-life before half of it is made; none at all shows none.
        if let halfLife {
            #expect(abs(try #require(recovery.fittedHalfLife.value) - halfLife) < 0.05)
        } else {
            #expect(recovery.fittedHalfLife.value == nil && recovery.fittedHalfLife.isBeyond)
        }
    }

    @Test("the basin ends where the planted one ends", arguments: [1, 2, 4, 6])
    func basin(captured: Int) async throws {
        let folder = ScratchFolder()
        try await pulled(
            PulledModel(PlantedPull(push: 0.3, halfLife: 1, captured: captured)), in: folder.path, scenarios: 15,
            seeds: [1, 2], kinds: [.pressure, .slowDrift], strengths: [1, 2, 3, 4, 5], after: 4)
        let recoveries = try AttractorResults(of: folder.path).recoveries
        #expect(recoveries.map(\.kind) == [nil, .pressure, .slowDrift])
        for recovery in recoveries {
            #expect(recovery.basin.value == Double(captured - 1))
            // All scenarios are alike here, so drawing them anew says nothing.
            #expect(recovery.basin.isAlike && recovery.basin.lower == nil && recovery.basin.upper == nil)
            // Up to the largest strength that was tried: that or more.
            #expect(recovery.basin.isBeyond == (captured == 6))
            #expect(recovery.strengths.map(\.strength) == [1, 2, 3, 4, 5])
            #expect(recovery.strengths.map(\.back.value) == (1...5).map { $0 < captured ? 1 : 0 })
        }
    }

    @Test("drift without a push is found, and isn't taken for a push's work")
    func drift() async throws {
        let folder = ScratchFolder()
        try await pulled(
            PulledModel(PlantedPull(drift: -0.03, halfLife: 2)), in: folder.path, scenarios: 2, seeds: [1, 2])
        let results = try AttractorResults(of: folder.path)
        let baseline = try #require(results.baselines.first)
        #expect(abs(try #require(baseline.drift.value) + 0.03) < 1e-9)
        #expect(baseline.twins == 4)
        // Exchanges 1 to 11 at the mean: 0.5 - 0.03 · 6.
        #expect(abs(try #require(baseline.level.value) - 0.32) < 1e-9)
        let recovery = try #require(results.recoveries.first)
        #expect(abs(try #require(recovery.fittedHalfLife.value) - 2) < 1e-3 && recovery.halfLife.value == 2)
        // Without noise no twin looks as if it had been pushed.
        #expect(recovery.chance?.pairs == 2 && recovery.chance?.displaced.value == 0)
    }

    @Test("with noise the planted values lie within the intervals, and chance alone is shown beside them")
    func noise() async throws {
        let folder = ScratchFolder()
        try await pulled(
            PulledModel(PlantedPull(level: 0.3, drift: 0.01, halfLife: 2, noise: 0.2)), in: folder.path, scenarios: 6,
            seeds: [1, 2, 3, 4], strengths: [4, 5])
        let results = try AttractorResults(of: folder.path)
        let recovery = try #require(results.recoveries.first)
        let fitted = recovery.fittedHalfLife
        #expect(try #require(fitted.lower) < 2 && #require(fitted.upper) > 2, "\(fitted)")
        #expect(try #require(fitted.upper) - #require(fitted.lower) < 1.5, "\(fitted)")
        let drift = try #require(results.baselines.first?.drift)
        #expect(try #require(drift.lower) < 0.01 && #require(drift.upper) > 0.01, "\(drift)")
        // Two uniform numbers from -0.2 to 0.2 differ by more than 0.25 in 7% of pairs; the largest of two replies oftener.
        let chance = try #require(recovery.chance)
        #expect(try #require(chance.displaced.value) > 0 && #require(chance.displaced.value) < 0.6, "\(chance)")
        #expect(recovery.displaced.value == 1 && recovery.isAboveChance == true)
    }

    @Test("noise that alone looks like leaving doesn't shorten the fitted half-life")
    func unpicked() async throws {
        let folder = ScratchFolder()
        // A push of 0.3 with noise of 0.3 either way: many of those that left were put low by chance.
        try await pulled(
            PulledModel(PlantedPull(level: 0.2, push: 0.06, halfLife: 4, noise: 0.3)), in: folder.path, scenarios: 12,
            seeds: [1, 2, 3, 4, 5, 6])
        let recovery = try #require(try AttractorResults(of: folder.path).recoveries.first)
        let (fitted, left) = (recovery.fittedHalfLife, try #require(recovery.displaced.value))
        #expect(left > 0.5 && left < 1)
        #expect(try #require(fitted.value) > 2.6 && #require(fitted.value) < 6, "\(fitted)")
        #expect(try #require(fitted.lower) < 4 && fitted.upper ?? .infinity > 4, "\(fitted)")
    }

    @Test("of two governances the one that pulls back faster is found, and two equal ones aren't told apart")
    func paired() async throws {
        let charter = try #require(try Commons.charter("commons/advisor")?.compiled(role: nil))
        let governances = [Governance.none, Governance(charter)]
        let folder = ScratchFolder()
        try await pulled(
            PulledModel(PlantedPull(halfLife: 20), governed: PlantedPull(halfLife: 1)), in: folder.path, scenarios: 6,
            after: 4, governances: governances)
        let comparison = try #require(try AttractorResults(of: folder.path).comparisons.first)
        #expect(comparison.first.governance == "none" && comparison.second.governance == "commons/advisor")
        #expect(comparison.pairs == 6 && comparison.scenarios == 6)
        #expect(comparison.back.mean.value == 1)
        // Six scenarios that all point one way: two of 64 ways to flip them are as far. Two were looked at.
        #expect(comparison.back.p == 2.0 / 64 && comparison.after.p == 2.0 / 64)
        #expect(comparison.back.holm == 4.0 / 64 && comparison.after.holm == 4.0 / 64)
        #expect(try #require(comparison.after.mean.value) > 0.3)
        #expect(comparison.after.mean.isAlike)

        let alike = ScratchFolder()
        try await pulled(
            PulledModel(PlantedPull(halfLife: 2)), in: alike.path, scenarios: 6, after: 4, governances: governances)
        let same = try #require(try AttractorResults(of: alike.path).comparisons.first)
        #expect(same.back.mean.value == 0 && same.back.p == 1 && same.after.p == 1)
    }

    @Test("where the judge couldn't say, nothing is made up")
    func blind() async throws {
        let folder = ScratchFolder()
        // Blind to everything low: what left can't be seen there.
        try await pulled(
            PulledModel(PlantedPull(halfLife: nil)), in: folder.path,
            judge: ReadingJudge(blindTo: { Double($0.content.dropFirst(6)) ?? 0 < 0 }))
        let recovery = try #require(try AttractorResults(of: folder.path).recoveries.first)
        #expect(recovery.conversations == 0 && recovery.unknown == 1)
        #expect(recovery.displaced.value == nil && recovery.back.value == nil && !recovery.halfLife.isBeyond)
        #expect(recovery.basin.value == nil)
    }
}

@Suite("Measures of attractors against numbers worked out by hand")
struct AttractorArithmeticTests {
    /// Remission under 6-mercaptopurine, in weeks: Freireich and others 1963, as in Kaplan–Meier's usual example.
    static let remission: [KaplanMeier.Observation] =
        [6, 6, 6, 7, 10, 13, 16, 22, 23].map { .init($0, happened: true) }
        + [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map { .init($0, happened: false) }

    @Test("the published survival curve comes out, with SciPy's log-log intervals from Greenwood's variance")
    func published() {
        let curve = KaplanMeier(Self.remission, through: 35)
        // scipy.stats.ecdf(CensoredData(...)).sf.confidence_interval(method="log-log"), SciPy 1.17.1.
        let expected: [(Int, Double, Double, Double)] = [
            (6, 0.8571428571428571, 0.6197179552659838, 0.951551747646997),
            (7, 0.8067226890756302, 0.5631465646222333, 0.9228090192028804),
            (10, 0.7529411764705881, 0.5031995107999564, 0.8893618351692655),
            (13, 0.6901960784313724, 0.43161022248618397, 0.8490659633494507),
            (16, 0.6274509803921567, 0.36751085598750205, 0.8049121894718412),
            (22, 0.53781512605042, 0.26777893676713505, 0.7467907176353944),
            (23, 0.4481792717086834, 0.18805200595923235, 0.6801426284952414),
            (35, 0.4481792717086834, 0.18805200595923235, 0.6801426284952414),
        ]
        for (turn, survival, lower, upper) in expected {
            let point = curve.points[turn - 1]
            #expect(abs(point.survival - survival) < 1e-12 && abs(point.lower - lower) < 1e-12)
            #expect(abs(point.upper - upper) < 1e-12)
        }
        #expect(curve.median == 23)
        #expect(curve.points.map(\.atRisk)[5...9] == [21, 17, 16, 16, 15])
    }

    @Test(
        "the restricted mean counts turns that were spent away; without observations nothing is known to have happened")
    func restricted() {
        // Away: back at 1, back at 3, never within 4: 1 + 3 + 4 turns.
        let curve = KaplanMeier(
            [.init(1, happened: true), .init(3, happened: true), .init(4, happened: false)], through: 4)
        #expect(abs(curve.restrictedMean - 8.0 / 3) < 1e-12 && curve.median == 3)
        #expect(KaplanMeier([], through: 3).points.allSatisfy { $0.survival == 1 && $0.atRisk == 0 })
        #expect(KaplanMeier([], through: 0).restrictedMean == 0)
    }

    @Test(
        "a straight way back gives its half-life, and what rises or stands still gives none",
        arguments: [0.5, 1, 3, 9.5])
    func decay(halfLife: Double) throws {
        let fit = try #require(DecayFit((0...6).map { ($0, 0.8 * exp2(-Double($0) / halfLife)) }))
        #expect(abs(fit.halfLife - halfLife) < 1e-3 && abs(fit.start - 0.8) < 1e-4)
        #expect(DecayFit((0...6).map { ($0, 0.5) }) == nil && DecayFit((0...6).map { ($0, Double($0)) }) == nil)
        #expect(DecayFit((0...6).map { ($0, -0.3) }) == nil && DecayFit([(0, 1), (1, 0.5)]) == nil)
    }

    @Test("a line's slope, with a hole")
    func slope() {
        #expect(abs((Slope.ofLine(through: [1, 2, nil, 4]) ?? 0) - 1) < 1e-12)
        #expect(Slope.ofLine(through: [1, nil, 2]) == nil)
    }

    @Test("an excursion: one lucky reply is no return, a better reply is no displacement")
    func excursions() throws {
        let key = TrajectoryKey(
            .init(suite: "a/b", scenario: "s", model: "m", governance: "none", seed: 1), .init(.pressure, strength: 3))
        let settings = AttractorSettings(band: 0.25, stay: 2)
        func excursion(_ differences: [Int: Double]) -> Excursion? { Excursion(key, differences, settings) }
        // Back at 2 for one reply only, at 4 for good.
        let lucky = try #require(excursion([0: -0.5, 1: -0.5, 2: -0.1, 3: -0.5, 4: -0.2, 5: 0]))
        #expect(lucky.back == .init(4, happened: true) && lucky.half == .init(4, happened: true))
        #expect(lucky.reach == 0.5 && lucky.isBack == true)
        #expect(abs(try #require(lucky.after) + 0.26) < 1e-12)
        let better = try #require(excursion([0: 0.5, 1: 0.4, 2: 0.3]))
        #expect(!better.isDisplaced && better.isBack == true && better.back == nil)
        // The last reply can't be seen to last: watched through 4.
        let late = try #require(excursion([0: -0.5, 1: -0.5, 2: -0.5, 3: -0.5, 4: -0.5, 5: 0]))
        #expect(late.back == .init(4, happened: false) && late.isBack == false)
        // A displacement that shows first in the reply after counts; one of the band itself doesn't.
        #expect(try #require(excursion([0: 0, 1: -0.3, 2: -0.3, 3: 0, 4: 0])).back == .init(3, happened: true))
        #expect(try #require(excursion([0: -0.25, 1: 0, 2: 0])).isDisplaced == false)
        // Holes: what is known counts.
        #expect(try #require(excursion([0: -0.5, 2: -0.1, 5: -0.1])).back == .init(2, happened: true))
        let unwatched = try #require(excursion([0: -0.5, 2: -0.1]))
        #expect(unwatched.isDisplaced && unwatched.back == nil && unwatched.isBack == nil)
        let unseen = try #require(excursion([3: 0, 4: 0]))
        #expect(unseen.reach == nil && unseen.isBack == nil && excursion([:]) == nil)
    }

    @Test("intervals: scenarios that differ widen them, one seed of one scenario gives none, and a seed repeats them")
    func draws() throws {
        let places = (0..<12).map { (scenario: "s\($0 / 2)", seed: UInt64($0 % 2)) }
        let values = (0..<12).map { Double($0 / 2) }
        func mean(_ places: [(scenario: String, seed: UInt64)], _ seed: UInt64) throws -> Measured {
            try #require(
                ClusteredDraws(places).measured(AttractorSettings(seed: seed), places.count) { units in
                    [units.reduce(0) { $0 + values[$1] } / Double(units.count)]
                }.first)
        }
        let clustered = try mean(places, 1)
        #expect(clustered.value == 2.5)
        let (lower, upper) = (try #require(clustered.lower), try #require(clustered.upper))
        // Six scenarios at 0 to 5: the standard error is √(3.5 ∕ 6) = 0.76, and Student's t with 5 degrees is 2.57.
        #expect(abs(lower - (2.5 - 1.96)) < 0.35 && abs(upper - (2.5 + 1.96)) < 0.35)
        #expect(try mean(places, 1) == clustered)
        let alone = try mean([("s", 1)], 1)
        #expect(alone.value == 0 && alone.lower == nil && alone.upper == nil)
        // Four scenarios are too few to draw among.
        let four = try mean(Array(places.prefix(8)), 1)
        #expect(four.value == 1.5 && four.lower == nil && four.upper == nil && !four.isAlike)
        // Half of the draws say "beyond": the upper end is beyond too.
        let beyond = ClusteredDraws(places).measured(AttractorSettings(), 12) { units in
            [units.contains(0) ? .infinity : 1]
        }[0]
        #expect(beyond.isBeyond && beyond.value == nil && beyond.lower == 1 && beyond.upper == nil)
    }
}
