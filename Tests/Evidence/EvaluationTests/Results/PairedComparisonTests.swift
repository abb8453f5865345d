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
        #expect(good.from == 0 && good.to == 0.25 && good.difference.value == 0.25)
        // The same draws as in the statistics' own test.
        #expect(good.difference.lower == -0.0625 && good.difference.upper == 0.5625)
        #expect(good.chance == 0.265625 && good.isExact)
        #expect(good.holm == 0.53125 && good.benjaminiHochberg == 0.53125)
        // (z(0.975) + z(0.8)) · sd / √8, by numpy.
        #expect(abs(try #require(good.detectable) - 0.49525497644991817) < 1e-9)
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
        #expect(back.goods[0].difference.value == -found.goods[0].difference.value)
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
        // Six of six point one way: chance 2/64 alone, and 4/64 among two goods.
        let gains = [0.2, 0.25, 0.3, 0.22, 0.28, 0.26]
        let found = try run(gains, [0.1, -0.1, 0.1, -0.1, 0.1, -0.1]).comparison(of: Self.none, with: Self.tutor)[0]
        #expect(found.goods[0].chance == 0.03125 && found.goods[0].holm == 0.0625)
        #expect((found.goods[0].difference.lower ?? -1) > 0 && found.goods[0].standing == .incomparable)
        #expect(found.goods[0].words == "open: better taken alone, but may be luck among so many goods")
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
        let few = try run([-1, -1, -1], [-1, -1, -1]).comparison(of: Self.none, with: Self.tutor)[0].goods[0]
        #expect(!few.isWorse(beyond: 0) && few.standing == .incomparable && few.detectable == nil)
    }

    @Test("pairs with an estimate on one side only are counted and don't enter")
    func unpaired() throws {
        let run = try MadeRun(scenarios: 8) { key in
            let isGap = key.governance == "none" ? MadeRun.number(key) == 0 : MadeRun.number(key) == 1
            return MadeRun.sample(key, isGap ? ["friendship": 0] : ["understanding": 1, "friendship": 0])
        }
        let good = try run.results().comparison(of: Self.none, with: Self.tutor)[0].goods[0]
        #expect(good.good == "understanding" && good.pairs == 6 && good.unpaired == 2 && good.standing == .equal)
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
