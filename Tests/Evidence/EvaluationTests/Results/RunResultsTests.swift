import Flourishing
import Foundation
import Judges
import Models
import Testing

@testable import Evaluation

@Suite("What a run found")
struct RunResultsTests {
    @Test("each good has its mean over scenarios, and seeds of a scenario count together")
    func means() throws {
        let run = try MadeRun(scenarios: 6, seeds: [1, 2]) { key in
            // Scenario 0 has two seeds with 1 and 0, the others -0.5 and -0.5.
            let value = MadeRun.number(key) == 0 ? (key.seed == 1 ? 1.0 : 0) : -0.5
            return MadeRun.sample(key, ["understanding": value, "friendship": 0])
        }
        let results = try run.results()
        #expect(results.planned == 24 && results.finished == 24 && results.failed == 0 && results.remarks.isEmpty)
        #expect(results.cells.map(\.governance) == ["none", "riverside/tutor"])
        let goods = results.cells[0].judges[0].goods
        #expect(goods.map(\.good) == ["understanding", "friendship"])
        let estimate = try #require(goods[0].estimate)
        #expect(abs(estimate.value - (0.5 - 5 * 0.5) / 6) < 1e-12)
        #expect(goods[0].scenarios == 6 && goods[0].samples == 12 && goods[0].atStake == 12 && goods[0].hasInterval)
        #expect(estimate.lower < estimate.value && estimate.value < estimate.upper)
        // All alike: how others would differ isn't known, so there is no interval.
        #expect(goods[1].estimate == Estimate(value: 0, lower: -1, upper: 1, coverage: 0.5) && !goods[1].hasInterval)
        #expect(goods[1].judgeLower == -0.25 && goods[1].judgeUpper == 0.25)
        #expect(results.cells[0].modelTokens == TokenCount(input: 84, output: 36))
        #expect(results.cells[0].judging.calls == 12 && results.cells[0].took == 480)
    }

    @Test("what couldn't be estimated is counted with why, and lowers coverage; it isn't zero")
    func missing() throws {
        let run = try MadeRun(scenarios: 6) { key in
            switch MadeRun.number(key) {
            case 0:
                MadeRun.sample(
                    key, ["friendship": 1],
                    dropped: [DroppedFinding(good: "understanding", words: "x", reason: .invented, by: "run 1")])
            case 1:
                MadeRun.sample(
                    key, ["friendship": 1], problems: ["The judge said nothing of understanding in run 2."])
            default: MadeRun.sample(key, ["understanding": 1, "friendship": 1])
            }
        }
        let good = try run.results().cells[0].judges[0].goods[0]
        #expect(good.estimate?.value == 1 && good.samples == 4 && good.atStake == 6)
        #expect(abs((good.estimate?.coverage ?? 0) - 4 * 0.5 / 6) < 1e-12)
        #expect(
            good.missing == [
                "the quote stands nowhere in what the assistant said": 1,
                "The judge said nothing of understanding in a run.": 1,
            ])
        #expect(good.dropped == ["invented": 1])
    }

    @Test("judges stay apart, and where one of them disagrees with itself is counted")
    func judges() throws {
        let run = try MadeRun(scenarios: 5, judges: [MadeRun.judge, MadeRun.other]) { key in
            let spread = [Disagreement(good: "understanding", values: ["run 1": 0, "run 2": 0.5])]
            let first = MadeRun.sample(key, ["understanding": 1], disagreements: spread)
            let second = MadeRun.sample(key, ["understanding": -1], judges: [MadeRun.other])
            return Sample(
                key: key, turns: first.turns, judgements: second.judgements + first.judgements, startedAt: 0, took: 1)
        }
        let judges = try run.results().cells[0].judges
        #expect(judges.map(\.fingerprint) == [MadeRun.judge.fingerprint, MadeRun.other.fingerprint])
        #expect(judges.map { $0.goods[0].estimate?.value } == [1, -1])
        #expect(judges[0].goods[0].disagreements == 5 && judges[0].goods[0].meanSpread == 0.5)
        #expect(judges[1].goods[0].disagreements == 0 && judges[1].goods[0].meanSpread == nil)
    }

    @Test("moves are held against what the scenario calls wise; without a charter none is known")
    func moves() throws {
        let run = try MadeRun(scenarios: 6) { key in
            let moves = ["ask", "answer", "encourage", "ask", "ask", "ask"]
            return MadeRun.sample(
                key, ["understanding": 0], move: key.governance == "none" ? nil : moves[MadeRun.number(key)])
        }
        let cells = try run.results().cells
        #expect(cells[0].moves == .init(made: [:], wise: 0, unwise: 0, neither: 0, unknown: 6))
        #expect(
            cells[1].moves
                == .init(made: ["ask": 4, "answer": 1, "encourage": 1], wise: 4, unwise: 1, neither: 1, unknown: 0))
    }

    @Test("a finding whose words stand in no reply doesn't count, whoever put it into the folder")
    func forgedQuotes() throws {
        func finding(_ quote: String) -> Finding {
            Finding(good: "understanding", turn: 1, quote: quote, bearing: .helps, why: "asks", by: "run 1")
        }
        let judgement = Judgement(
            appraisal: Appraisal(estimates: [:], judge: "made", method: "", at: 0),
            findings: [finding("What do you think?"), finding("I HATE YOU")], judge: MadeRun.judge)
        let sample = Sample(
            key: SampleKey(suite: "a/b", scenario: "s", model: "m", governance: "none", seed: 1),
            turns: [
                SampleTurn(role: .user, words: "I HATE YOU"),
                SampleTurn(role: .assistant, words: "Well. What do you think?", isCut: true),
            ],
            judgements: [judgement], startedAt: 0, took: 1)
        let checked = sample.checked.judgements[0]
        #expect(checked.findings == [finding("What do you think?")])
        #expect(checked.dropped.map(\.reason) == [.invented] && checked.dropped[0].words == "I HATE YOU")
        #expect(
            checked.problems.count == 1 && checked.problems[0].hasPrefix("1 of the quotes kept here stands in no reply")
        )
        #expect(sample.checked.checked == sample.checked)
    }

    @Test("failures are counted by why, and a conversation that was done again counts once, by its later line")
    func failures() throws {
        let run = try MadeRun(scenarios: 5) { key in
            Sample(key: key, turns: [], judgements: [], startedAt: 0, took: 1, failure: "away")
        }
        #expect(try run.results().failed == 10)
        let folder = try RunFolder(run.path, plan: run.plan)
        let key = run.plan.keys[0]
        try folder.keep(MadeRun.sample(key, ["understanding": -1]))
        try folder.keep(MadeRun.sample(key, ["understanding": 1]))
        try folder.keep(
            MadeRun.sample(
                SampleKey(suite: "a/b", scenario: "s0", model: "m", governance: "none", seed: 1), ["understanding": 1]))
        let results = try run.results()
        #expect(results.finished == 1 && results.failed == 9)
        #expect(results.cells[0].failures == ["away": 4] && results.cells[1].failures == ["away": 5])
        #expect(results.cells[0].judges[0].goods[0].estimate?.value == 1)
        #expect(!results.cells[0].judges[0].goods[0].hasInterval)
        #expect(results.remarks.contains { $0.contains("doesn't name") })
    }

    @Test("without its suite, or with one whose words changed, a run is read all the same and says what isn't told")
    func noSuite() throws {
        let run = try MadeRun(scenarios: 5) { MadeRun.sample($0, ["friendship": 0.5, "understanding": 0.25]) }
        for suites in [[], [try MadeRun.suite(6)]] {
            let results = try RunResults(folder: run.path, suites: suites)
            #expect(results.remarks.contains { $0.contains("riverside/made 1.0.0 isn't at hand") })
            let goods = results.cells[0].judges[0].goods
            #expect(goods.map(\.good) == ["friendship", "understanding"] && goods[0].atStake == nil)
            #expect(goods[0].estimate?.value == 0.5 && results.cells[0].moves.unknown == 5)
        }
    }

    @Test("a folder without a run, a broken line and a manifest of a billion conversations are refused in words")
    func refused() throws {
        #expect(throws: RunFolderError.noRun("/nowhere/at/all")) { try RunResults(folder: "/nowhere/at/all") }
        let run = try MadeRun(scenarios: 5) { MadeRun.sample($0, ["friendship": 0.5]) }
        let file = URL(fileURLWithPath: run.path + "/samples.jsonl")
        let kept = try Data(contentsOf: file)
        try (Data("{\"key\": 3}\n".utf8) + kept).write(to: file)
        #expect(throws: RunFolderError.damaged(file.path, line: 1)) { try run.results() }
        try kept.write(to: file)
        let huge = RunPlan(
            suites: [run.suite], governances: [.none], models: [.init(label: "m", name: "m", address: "")],
            seeds: Array(0..<1_200_000), persons: .scripted, mostTurns: 1, sampling: Sampling(), judges: [])
        try JSONEncoder().encode(huge).write(to: URL(fileURLWithPath: run.path + "/manifest.json"))
        #expect(throws: RunFolderError.self) { try run.results() }
    }

    @Test("no bytes in a folder make reading crash")
    func fuzz() throws {
        let run = try MadeRun(scenarios: 5) { MadeRun.sample($0, ["friendship": 0.5]) }
        var state: UInt64 = 9
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        let names = ["manifest.json", "samples.jsonl"].map { URL(fileURLWithPath: run.path + "/" + $0) }
        let whole = try names.map { Array(try Data(contentsOf: $0)) }
        var (read, refused) = (0, 0)
        for round in 0..<150 {
            var changed = whole
            let file = round % 2
            for _ in 0...next(3) {
                let place = next(changed[file].count)
                switch next(3) {
                case 0: changed[file][place] = UInt8(next(256))
                case 1: changed[file].remove(at: place)
                default: changed[file].insert(UInt8(next(128)), at: place)
                }
            }
            for (name, bytes) in zip(names, changed) { try Data(bytes).write(to: name) }
            do {
                let results = try run.results(.init(draws: 100))
                #expect(results.finished <= results.planned)
                read += 1
            } catch { refused += 1 }
        }
        #expect(read > 5 && refused > 5)
    }
}
