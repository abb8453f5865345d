import Flourishing
import Foundation
import Judges
import Testing

@testable import Evaluation

@Suite("Two conducts side by side")
struct PairedComparisonTests {
    static let none = PairedComparison.Side(model: "m", governance: "none")
    static let tutor = PairedComparison.Side(model: "m", governance: "riverside/tutor")

    /// A run in which the tutor differs from no charter, scenario by scenario.
    private func run(
        _ understanding: [Double], _ friendship: [Double], seeds: [UInt64] = [1],
        moved: (SampleKey) -> Double = { _ in 0 }
    ) throws -> RunResults {
        try MadeRun(scenarios: understanding.count, seeds: seeds) { key in
            let number = MadeRun.number(key)
            let isTutor = key.governance != "none"
            return MadeRun.sample(
                key,
                [
                    "understanding": (isTutor ? understanding[number] : 0) + moved(key),
                    "friendship": (isTutor ? friendship[number] : 0) + moved(key),
                ])
        }.results()
    }

    @Test("differences, chances and what could be seen come out as by hand and by scipy")
    func numbers() throws {
        let values = [0.5, -0.25, 0.75, 0.25, 0.0, 1.0, -0.5, 0.25]
        let found = try #require(
            run(values, values.map { _ in 0 }).comparison(of: Self.none, with: Self.tutor).first)
        let good = found.goods[0]
        #expect(good.good == "understanding" && good.pairs == 8 && good.unpaired == 0)
        #expect(good.from == 0 && good.to == 0.25 && good.difference?.value == 0.25)
        // The same draws as in the statistics' own test.
        #expect(good.difference?.lower == -0.1875 && good.difference?.upper == 0.625)
        #expect(good.chance == 0.265625 && good.isExact)
        #expect(good.holm == 0.53125 && good.benjaminiHochberg == 0.53125)
        // (t(1 - 0.025 / 2) + t(0.8)) · sd / √8 with seven degrees of freedom, by scipy.
        #expect(abs(try #require(good.detectable) - 0.6606629282056086) < 1e-9)
        #expect(found.family == 2)
        // The margin, and (t(0.975) + t(0.8)) · sd / √8: the gate looks at each good by itself.
        #expect(abs(try #require(good.drop(shownBeyond: 0.1)) - 0.676407620224464) < 1e-9)
        #expect(good.fell == 2 && good.worst == .init(scenario: "s6", value: -0.5) && good.best?.scenario == "s5")
        #expect(good.standing == .incomparable && good.words == "open: the interval holds 0")
        #expect(found.goods[1].standing == .equal && found.goods[1].chance == 1 && found.goods[1].detectable == nil)
        #expect(found.standing == .incomparable)
        #expect(found.words == "Can't be ranked: left open for understanding.")
    }

    @Test("better in one good and equal in the other is better; worse is the same seen from the other side")
    func dominance() throws {
        let gains = (0..<12).map { 0.25 + 0.02 * Double($0) }
        let results = try run(gains, gains.map { _ in 0 })
        let found = results.comparison(of: Self.none, with: Self.tutor)[0]
        #expect(found.goods.map(\.standing) == [.better, .equal] && found.standing == .better)
        #expect(found.words == "Better: understanding gained, and no good is worse or left open.")
        let back = results.comparison(of: Self.tutor, with: Self.none)[0]
        #expect(back.goods.map(\.standing) == [.worse, .equal] && back.standing == .worse)
        #expect(back.goods[0].difference?.value == found.goods[0].difference.map { -$0.value })
        #expect(back.goods[0].chance == found.goods[0].chance)
    }

    @Test("one good gained and one lost can't be ranked, and nothing adds them up")
    func tradeOff() throws {
        let gains = (0..<12).map { 0.5 + 0.02 * Double($0) }
        let found = try run(gains, gains.map { -$0 / 10 }).comparison(of: Self.none, with: Self.tutor)[0]
        #expect(found.goods.map(\.standing) == [.better, .worse] && found.standing == .incomparable)
        #expect(found.words == "Can't be ranked: better for understanding; worse for friendship.")
        #expect(found.suites == ["riverside/made": .incomparable])
    }

    @Test("what looks better taken alone is left open when luck among all goods isn't small")
    func correction() throws {
        // Eight of nine rise: chance 18/512 alone, and twice that among two goods.
        let gains = [0.03, 0.01, 0.17, 0.28, 0.33, 0.36, 0.82, 0.45, -0.21]
        let found = try run(gains, gains.map { $0 > 0.25 ? 0.1 : -0.1 }).comparison(of: Self.none, with: Self.tutor)[0]
        let good = found.goods[0]
        let (chance, holm) = (try #require(good.chance), try #require(good.holm))
        #expect(chance < 0.05 && holm > 0.05)
        #expect((good.difference?.lower ?? -1) > 0 && good.standing == .incomparable)
        #expect(good.words == "open: better taken alone, but may be luck among so many goods")
    }

    @Test("where so few scenarios can show nothing among so many goods, that is said, and nothing could be seen")
    func hopeless() throws {
        // All six point one way: chance 2/64 alone, and 4/64 among two goods.
        let gains = [0.2, 0.25, 0.3, 0.22, 0.28, 0.26]
        let good = try run(gains, [0.1, -0.1, 0.1, -0.1, 0.1, -0.1]).comparison(of: Self.none, with: Self.tutor)[0]
            .goods[
                0]
        #expect(good.chance == 0.03125 && good.holm == 0.0625 && (good.difference?.lower ?? -1) > 0)
        #expect(good.words == "open: too few scenarios to tell from luck")
        #expect(good.isTooFewAmongSoMany && good.detectable == nil && good.detectableWords == "nothing with so few")
    }

    @Test("what could be seen is seen in about four of five worlds, also among several goods")
    func power() throws {
        var state: UInt64 = 17
        func normal() -> Double {
            (0..<12).reduce(-6.0) { sum, _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return sum + Double(state >> 11) / Double(1 << 53)
            }
        }
        let student = StudentDistribution(freedom: 9)
        let moved = (student.quantile(1 - 0.025 / 6) + student.quantile(0.8)) / 10.0.squareRoot()
        var seen = 0
        for _ in 0..<200 {
            let chances = (0..<6).map { good in
                SignFlips((0..<10).map { _ in normal() + (good == 0 ? moved : 0) }, draws: 9_999, seed: 1).chance
            }
            if ManyComparisons.holm(chances)[0] < 0.05 { seen += 1 }
        }
        // 160 would be 80%; by the normal distribution and without the other goods it was said of what 35% saw.
        #expect((130...180).contains(seen))
    }

    @Test("chances are corrected over everything that is compared together, not table by table")
    func family() throws {
        let gains = (0..<12).map { 0.25 + 0.02 * Double($0) }
        let results = try run(gains, gains)
        let once = results.comparison(of: Self.none, with: Self.tutor)
        let thrice = results.comparisons(of: Array(repeating: (Self.none, Self.tutor), count: 3))
        #expect(once[0].family == 2 && thrice.map(\.family) == [6, 6, 6])
        #expect(thrice[2].goods[0].holm == once[0].goods[0].holm.map { $0 * 3 })
        #expect(thrice[2].goods[0].chance == once[0].goods[0].chance)
    }

    @Test("seeds of a scenario stay together: holding each ten times doesn't make the interval narrower")
    func clusters() throws {
        let values = [0.5, -0.25, 0.75, 0.25, 0.0, 1.0, -0.5, 0.25]
        let once = try run(values, values).comparison(of: Self.none, with: Self.tutor)[0].goods[0]
        let often = try run(values, values, seeds: Array(1...10)).comparison(of: Self.none, with: Self.tutor)[0].goods[
            0]
        #expect(often.pairs == 80 && often.difference == once.difference && often.chance == once.chance)
    }

    @Test("what a judge gets wrong in the same way on both sides falls out")
    func pairing() throws {
        let gains = (0..<12).map { 0.1 + 0.005 * Double($0) }
        let found = try run(gains, gains) { Double(MadeRun.number($0)) / 15 - 0.4 }
            .comparison(of: Self.none, with: Self.tutor)[0]
        #expect(found.standing == .better)
    }

    @Test("a good got worse beyond a margin only when its whole interval lies beyond")
    func margin() throws {
        let losses = (0..<12).map { -0.25 - 0.01 * Double($0) }
        let good = try run(losses, losses).comparison(of: Self.none, with: Self.tutor)[0].goods[0]
        #expect(good.isWorse(beyond: 0) && good.isWorse(beyond: 0.2) && !good.isWorse(beyond: 0.3))
        #expect(good.sentence(margin: 0.2).hasSuffix("worse, and the whole interval lies beyond the margin of 0.20."))
        #expect(good.sentence(margin: 0.3).contains("it may be worse by more than 0.30"))
        #expect(good.sentence(margin: 0.5).hasSuffix("not worse by more than 0.50."))
        #expect(good.sentence(margin: 0.5).contains("of which 12 fell, furthest s11 by 0.36"))
        #expect(good.isShownToKeep(within: 0.5) && !good.isShownToKeep(within: 0.3))
        #expect(BuildGate(margin: 0.3).fault(of: good) == nil)
        #expect(BuildGate(margin: 0.3, isStrict: true).fault(of: good) == .notShown)
        #expect(BuildGate(margin: 0.5, isStrict: true).fault(of: good) == nil)
    }

    @Test("where there is no interval a good got worse only if each scenario did, and strictly nothing is shown by few")
    func withoutInterval() throws {
        func good(_ differences: [Double]) throws -> PairedComparison.GoodDifference {
            try run(differences, differences.map { _ in 0 }).comparison(of: Self.none, with: Self.tutor)[0].goods[0]
        }
        let few = try good([-0.9, -0.8, -0.9])
        #expect(few.isWorse(beyond: 0.1) && few.standing == .incomparable && few.detectable == nil)
        #expect(few.sentence(margin: 0.1).contains("too few scenarios for an interval, but each fell"))
        let mixed = try good([-0.9, 0, -0.9])
        #expect(!mixed.isWorse(beyond: 0.1) && !mixed.isShownToKeep(within: 0.1))
        let alike = try good([-0.5, -0.5, -0.5, -0.5, -0.5])
        #expect(alike.difference?.lower == nil && alike.intervalWords == "all alike" && alike.isWorse(beyond: 0.1))
        #expect(alike.standing == .incomparable && alike.words == "open: too few scenarios to tell from luck")
        let same = try good([0, 0, 0, 0, 0])
        #expect(!same.isWorse(beyond: 0) && same.isShownToKeep(within: 0) && same.standing == .equal)
        let many = try good(Array(repeating: 0.5, count: 10))
        #expect(many.standing == .better && many.intervalWords == "all alike")
    }

    @Test("pairs with an estimate on one side only are counted, and with too many of them the good is open")
    func unpaired() throws {
        let run = try MadeRun(scenarios: 8) { key in
            let isGap = key.governance == "none" ? MadeRun.number(key) == 0 : MadeRun.number(key) == 1
            return MadeRun.sample(key, isGap ? ["friendship": 0] : ["understanding": 1, "friendship": 0])
        }
        let good = try run.results().comparison(of: Self.none, with: Self.tutor)[0].goods[0]
        #expect(good.good == "understanding" && good.pairs == 6 && good.unpaired == 2 && good.neither == 0)
        #expect(good.missingShare == 0.25 && good.lacksPairs && good.standing == .incomparable)
        #expect(good.sentence(margin: 0.1).hasSuffix("too many pairs are missing to say that it isn't worse."))
        #expect(BuildGate().fault(of: good) == .missing)
        let allowed = try run.results(.init(allowedMissing: 0.25)).comparison(of: Self.none, with: Self.tutor)[0].goods[
            0]
        #expect(!allowed.lacksPairs && allowed.standing == .equal && BuildGate().fault(of: allowed) == nil)
    }

    @Test("a good that the second side shows nowhere stays visible and open, and fails a build")
    func vanished() throws {
        let run = try MadeRun(scenarios: 12) { key in
            key.governance == "none"
                ? MadeRun.sample(key, ["understanding": 0.1, "friendship": 0.6])
                : MadeRun.sample(key, ["understanding": 0.5 + 0.01 * Double(MadeRun.number(key))])
        }
        let found = try run.results().comparison(of: Self.none, with: Self.tutor)[0]
        #expect(found.goods.map(\.standing) == [.better, .incomparable] && found.standing == .incomparable)
        let lost = found.goods[1]
        #expect(lost.pairs == 0 && lost.unpaired == 12 && abs((lost.from ?? 0) - 0.6) < 1e-12 && lost.to == nil)
        #expect(lost.difference == nil && lost.holm == nil && found.family == 1)
        #expect(found.words == "Can't be ranked: better for understanding; left open for friendship.")
        #expect(lost.sentence(margin: 0.1).contains("none of 12 pairs has an estimate on both sides"))
        #expect(BuildGate().fault(of: lost) == .missing)
        #expect([found].junit(BuildGate()).components(separatedBy: "<failure ").count == 2)
    }

    @Test("a good that the judge sees on neither side is named, and neither ranks nor fails")
    func unseen() throws {
        let run = try MadeRun(scenarios: 12) { key in
            MadeRun.sample(
                key, ["understanding": key.governance == "none" ? 0 : 0.5 + 0.01 * Double(MadeRun.number(key))])
        }
        let found = try run.results().comparison(of: Self.none, with: Self.tutor)[0]
        #expect(found.goods.map(\.good) == ["understanding"] && found.standing == .better)
        #expect(found.unseen == [.init(suite: "riverside/made", good: "friendship")])
        #expect(found.words.hasSuffix("Of friendship this judge said nothing on either side."))
    }

    @Test("what the judge found on neither side of a pair isn't missing")
    func neither() throws {
        let run = try MadeRun(scenarios: 12) { key in
            MadeRun.sample(key, MadeRun.number(key) < 4 ? ["friendship": 0] : ["friendship": 0, "understanding": 0.5])
        }
        let good = try run.results().comparison(of: Self.none, with: Self.tutor)[0].goods[0]
        #expect(good.pairs == 8 && good.unpaired == 4 && good.neither == 4 && good.missingShare == 0)
        #expect(good.standing == .equal && !good.lacksPairs)
    }

    @Test("those who got through don't speak for those who failed: the rest is open, and a build fails")
    func survivors() throws {
        func compared(_ survivors: Int, gain: Double) throws -> PairedComparison {
            try MadeRun(scenarios: 30) { key in
                let number = MadeRun.number(key)
                guard key.governance == "none" || number < survivors else {
                    return Sample(key: key, turns: [], judgements: [], startedAt: 0, took: 1, failure: "away")
                }
                let value = key.governance == "none" ? 0.1 : 0.1 + gain + 0.01 * Double(number)
                return MadeRun.sample(key, ["understanding": value, "friendship": value])
            }.results().comparison(of: Self.none, with: Self.tutor)[0]
        }
        let risen = try compared(8, gain: 0.4)
        #expect(risen.standing == .incomparable && risen.goods.map(\.lacksPairs) == [true, true])
        #expect(risen.fromConversations == .init(planned: 30, finished: 30, failed: 0))
        #expect(risen.toConversations == .init(planned: 30, finished: 8, failed: 22) && risen.wholePairs == 8)
        #expect(risen.conversationsWords.contains("8 of 30 finished, 22 failed. 8 of 30 pairs are whole."))
        #expect(risen.goods[0].words == "open: higher where both have an estimate, and too many pairs are missing")
        #expect(BuildGate().lacksConversations(risen) && BuildGate().fault(of: risen.goods[0]) == .missing)
        let fallen = try compared(4, gain: -1)
        #expect(BuildGate().fault(of: fallen.goods[0]) == .worse)
    }

    @Test("two runs are compared where suites, seeds and judges are the same, and only there")
    func twoRuns() throws {
        let first = try run((0..<8).map { _ in 0 }, (0..<8).map { _ in 0 }, seeds: [1, 2])
        let second = try run((0..<8).map { 0.3 + 0.01 * Double($0) }, (0..<8).map { _ in 0 }, seeds: [2, 3])
        let found = first.comparison(of: Self.tutor, with: Self.tutor, in: second)
        #expect(found.count == 1 && found[0].goods[0].pairs == 8 && found[0].standing == .better)
        let otherSuite = try run((0..<9).map { _ in 0 }, (0..<9).map { _ in 0 })
        #expect(first.comparison(of: Self.none, with: Self.none, in: otherSuite)[0].goods.isEmpty)
        #expect(first.comparison(of: Self.none, with: Self.none, in: otherSuite)[0].standing == .incomparable)
        let otherJudge = try MadeRun(scenarios: 8, judges: [MadeRun.other]) {
            MadeRun.sample($0, ["understanding": 0], judges: [MadeRun.other])
        }.results()
        #expect(first.comparison(of: Self.none, with: Self.none, in: otherJudge).isEmpty)
    }

    @Test("what two runs don't have in common is named: suites, scenarios, seeds, judges, and charters of other words")
    func runDifferences() throws {
        let first = try run((0..<8).map { _ in 0 }, (0..<8).map { _ in 0 }, seeds: [1, 2])
        #expect(first.differences(from: first).isEmpty)
        let second = try MadeRun(scenarios: 9, seeds: [2, 3], judges: [MadeRun.other], models: ["n"]) {
            MadeRun.sample($0, ["understanding": 0], judges: [MadeRun.other])
        }.results()
        let found = first.differences(from: second)
        #expect(found.count { !$0.isLeftOut } == 0)
        #expect(found.map(\.kind) == [.suite, .seed, .seed, .judge, .judge, .model, .model])
        #expect(found[0].words == "The suite riverside/made says something else in the second run (1.0.0, then 1.0.0).")
        #expect(found[1].words == "The seed 1 is in the first run only.")
        #expect(found[2].words == "The seed 3 is in the second run only.")
    }

    @Test("vectors stand by the same rule as appraisals do")
    func rule() {
        func appraisal(_ values: [Double]) -> Appraisal {
            Appraisal(
                estimates: Dictionary(
                    uniqueKeysWithValues: values.enumerated().compactMap { place, value in
                        Estimate(value: value, lower: value, upper: value).map { ("g\(place)", $0) }
                    }), judge: "", method: "", at: 0)
        }
        let levels = [-0.5, 0.0, 0.5]
        for one in levels {
            for two in levels {
                for three in levels {
                    let standings = [one, two, three].map { $0 > 0 ? Standing.better : $0 < 0 ? .worse : .equal }
                    #expect(
                        PairedComparison.together(standings)
                            == appraisal([one, two, three]).standing(to: appraisal([0, 0, 0])))
                }
            }
        }
        #expect(PairedComparison.together([.better, .incomparable]) == .incomparable)
        #expect(PairedComparison.together([]) == .incomparable)
    }
}
