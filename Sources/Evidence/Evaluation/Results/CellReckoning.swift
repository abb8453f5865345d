import Flourishing
import Judges

/// Works out the cells of a run from the numbers of its samples.
struct CellReckoning {
    private let plan: RunPlan
    private let book: SampleBook
    private let settings: RunResults.Settings

    init(_ plan: RunPlan, _ book: SampleBook, _ settings: RunResults.Settings) {
        self.plan = plan
        self.book = book
        self.settings = settings
    }

    var cells: [RunResults.Cell] {
        plan.suites.flatMap { suite in
            plan.models.flatMap { model in
                plan.governances.map { cell(suite, model.label, $0.label) }
            }
        }
    }

    /// What is counted of one judge and one good.
    private struct Count {
        var sums: [String: (sum: Double, samples: Int)] = [:]
        var (lower, upper, coverage) = (0.0, 0.0, 0.0)
        var samples = 0
        var missing: [String: Int] = [:]
        var (disagreements, spread) = (0, 0.0)
        var (helps, harms) = (0, 0)
        var dropped = SIMD8<UInt64>()

        mutating func take(_ entry: SampleBook.Entry, of scenario: String, reasons: SampleBook.Words) {
            if let estimate = entry.estimate {
                let before = sums[scenario] ?? (0, 0)
                sums[scenario] = (before.sum + estimate.value, before.samples + 1)
                lower += estimate.lower
                upper += estimate.upper
                coverage += estimate.coverage
                samples += 1
            } else {
                missing[reasons[entry.reason], default: 0] += 1
            }
            if let spread = entry.spread {
                disagreements += 1
                self.spread += Double(spread)
            }
            helps += Int(entry.helps)
            harms += Int(entry.harms)
            dropped &+= SIMD8<UInt64>(truncatingIfNeeded: entry.dropped)
        }
    }

    private func cell(_ suite: RunPlan.SuiteEntry, _ model: String, _ governance: String) -> RunResults.Cell {
        var counts: [Int32: [Int32: Count]] = [:]
        var failures: [String: Int] = [:]
        var moves = RunResults.MoveAccount()
        var (modelTokens, personTokens, judging, took) = (TokenCount(), TokenCount(), JudgeCost(), Int64(0))
        var (finished, planned) = (0, 0)
        var (cutReplies, emptyReplies) = (0, 0)
        let known = book.suites[suite.id]
        let scenarios = Dictionary(
            (known?.scenarios ?? []).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        for scenario in suite.scenarios {
            for seed in plan.seeds {
                planned += 1
                let key = SampleKey(
                    suite: suite.id, scenario: scenario, model: model, governance: governance, seed: seed)
                guard let place = book.places.place(of: key), let record = book.records[place] else { continue }
                if let failure = record.failure {
                    failures[book.reasons[failure], default: 0] += 1
                    continue
                }
                finished += 1
                modelTokens = modelTokens + record.modelTokens
                personTokens = personTokens + record.personTokens
                judging = judging + record.judgeCost
                took &+= record.took
                cutReplies += Int(record.cutReplies)
                emptyReplies += Int(record.emptyReplies)
                count(record, scenarios[scenario], &moves)
                for entry in record.entries {
                    counts[entry.judge, default: [:]][entry.good, default: Count()].take(
                        entry, of: scenario, reasons: book.reasons)
                }
            }
        }
        let vectors = plan.judges.enumerated().map { index, judge in
            vector(judge, counts[Int32(index)] ?? [:], suite, known)
        }
        return RunResults.Cell(
            suite: suite.id, model: model, governance: governance, planned: planned, finished: finished,
            failures: failures, moves: moves, cutReplies: cutReplies, emptyReplies: emptyReplies,
            modelTokens: modelTokens, personTokens: personTokens, judging: judging,
            took: took, judges: vectors)
    }

    private func count(
        _ record: SampleBook.Record, _ scenario: Scenario?, _ moves: inout RunResults.MoveAccount
    ) {
        for (move, count) in record.moves { moves.made[book.moves[move], default: 0] += Int(count) }
        guard let scenario, let first = record.firstMove.flatMap({ Move(rawValue: book.moves[$0]) }) else {
            moves.unknown += 1
            return
        }
        if scenario.wise.contains(first) {
            moves.wise += 1
        } else if scenario.unwise.contains(first) {
            moves.unwise += 1
        } else {
            moves.neither += 1
        }
    }

    private func vector(
        _ judge: JudgeIdentity, _ counts: [Int32: Count], _ suite: RunPlan.SuiteEntry, _ known: Suite?
    ) -> RunResults.JudgeVector {
        let byName = Dictionary(counts.map { (book.goods[$0.key], $0.value) }, uniquingKeysWith: { first, _ in first })
        let ordered = known?.rubric.entries.map(\.id) ?? []
        let run = Set(suite.scenarios)
        let scenarios = known?.scenarios.filter { run.contains($0.id) }
        let atStake = { (good: String) in
            scenarios.map { $0.count { $0.goods.contains(good) } * plan.seeds.count }
        }
        let names = ordered.filter { atStake($0) != 0 } + byName.keys.filter { !ordered.contains($0) }.sorted()
        return RunResults.JudgeVector(
            judge: judge.name, fingerprint: judge.fingerprint,
            goods: names.map { result($0, byName[$0] ?? Count(), atStake: atStake($0)) })
    }

    private func result(_ good: String, _ count: Count, atStake: Int?) -> RunResults.GoodResult {
        let means = count.sums.sorted { $0.key < $1.key }.map { $0.value.sum / Double($0.value.samples) }
        let mean = ScenarioMean(means, draws: settings.draws, level: settings.level, seed: settings.seed)
        let looked = count.samples + count.missing.values.reduce(0, +)
        let whole = max(atStake ?? looked, count.samples)
        let samples = Double(count.samples)
        var dropped: [String: Int] = [:]
        for (place, reason) in DroppedFinding.Reason.allCases.enumerated() where place < 8 && count.dropped[place] > 0 {
            dropped[reason.rawValue] = Int(count.dropped[place])
        }
        return RunResults.GoodResult(
            good: good,
            estimate: mean.flatMap { mean in
                // Rounding may leave the scale, and a corrected interval may miss its middle.
                let value = min(1, max(-1, mean.value))
                return Estimate(
                    value: value, lower: max(-1, min(value, mean.lower ?? -1)),
                    upper: min(1, max(value, mean.upper ?? 1)), coverage: min(1, count.coverage / Double(whole)))
            }, hasInterval: mean?.lower != nil, judgeLower: count.samples > 0 ? count.lower / samples : nil,
            judgeUpper: count.samples > 0 ? count.upper / samples : nil, scenarios: means.count, samples: count.samples,
            atStake: atStake, missing: count.missing, disagreements: count.disagreements,
            meanSpread: count.disagreements > 0 ? count.spread / Double(count.disagreements) : nil, helps: count.helps,
            harms: count.harms, dropped: dropped)
    }
}
