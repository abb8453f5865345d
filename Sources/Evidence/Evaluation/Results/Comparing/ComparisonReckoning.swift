import Flourishing
import Judges

/// Works out comparisons that are looked at together, so that chances are corrected over all of them at once: whoever
/// reads ten tables is as easily misled by luck as whoever reads one that is ten times as long.
struct ComparisonReckoning {
    /// How many ways to flip signs are drawn where not all are counted.
    static let draws = 9_999

    let first: RunResults
    let second: RunResults

    /// What is gathered of one comparison before chances are corrected.
    private struct Draft {
        let from: PairedComparison.Side
        let to: PairedComparison.Side
        let judge: JudgeIdentity
        var conversations = (from: PairedComparison.Conversations(), to: PairedComparison.Conversations())
        var wholePairs = 0
        var goods: [GoodPairs] = []
        var unseen: [PairedComparison.NamedGood] = []
    }

    /// One comparison for each pair of sides and each judge who judged both in the same way.
    func comparisons(_ sides: [(PairedComparison.Side, PairedComparison.Side)]) -> [PairedComparison] {
        let drafts = sides.flatMap { from, to in
            first.plan.judges.enumerated().compactMap { index, judge -> Draft? in
                guard let other = second.plan.judges.firstIndex(of: judge) else { return nil }
                return draft(from, to, judge, (Int32(index), Int32(other)))
            }
        }
        let tested = drafts.flatMap(\.goods).filter { !$0.scenarios.isEmpty }
        let flips = tested.map {
            SignFlips($0.differences, draws: Self.draws, among: tested.count, seed: first.settings.seed)
        }
        let holm = ManyComparisons.holm(flips.map(\.chance))
        let hochberg = ManyComparisons.benjaminiHochberg(flips.map(\.chance))
        var place = 0
        return drafts.map { draft in
            let goods = draft.goods.map { good -> PairedComparison.GoodDifference in
                guard !good.scenarios.isEmpty else {
                    return good.difference(first.settings, nil, family: tested.count)
                }
                defer { place += 1 }
                return good.difference(
                    first.settings, .init(flips: flips[place], holm: holm[place], hochberg: hochberg[place]),
                    family: tested.count)
            }
            return PairedComparison(
                from: draft.from, to: draft.to, judge: draft.judge, fromConversations: draft.conversations.from,
                toConversations: draft.conversations.to, wholePairs: draft.wholePairs, goods: goods,
                unseen: draft.unseen, family: tested.count, allowedMissing: first.settings.allowedMissing,
                standing: PairedComparison.together(goods.map(\.standing)),
                suites: Dictionary(grouping: goods, by: \.suite).mapValues {
                    PairedComparison.together($0.map(\.standing))
                })
        }
    }

    private func draft(
        _ from: PairedComparison.Side, _ to: PairedComparison.Side, _ judge: JudgeIdentity, _ indices: (Int32, Int32)
    ) -> Draft {
        var draft = Draft(from: from, to: to, judge: judge)
        let seeds = first.plan.seeds.filter(second.plan.seeds.contains)
        for suite in first.plan.suites {
            guard
                let twin = second.plan.suites.first(where: { $0.id == suite.id && $0.fingerprint == suite.fingerprint })
            else { continue }
            let twins = Set(twin.scenarios)
            let known = first.book.suites[suite.id] ?? second.book.suites[suite.id]
            let atStake = Dictionary(
                (known?.scenarios ?? []).map { ($0.id, $0.goods) }, uniquingKeysWith: { first, _ in first })
            var goods: [String: GoodPairs] = [:]
            for scenario in suite.scenarios where twins.contains(scenario) {
                let pairs = seeds.map { seed in
                    (
                        Said(first, from, suite.id, scenario, seed, indices.0),
                        Said(second, to, suite.id, scenario, seed, indices.1)
                    )
                }
                var names = Set(atStake[scenario] ?? [])
                for (one, other) in pairs {
                    one.count(into: &draft.conversations.from)
                    other.count(into: &draft.conversations.to)
                    if one.isWhole, other.isWhole { draft.wholePairs += 1 }
                    names.formUnion(one.values.keys)
                    names.formUnion(other.values.keys)
                }
                for name in names {
                    for (one, other) in pairs {
                        goods[name, default: GoodPairs(suite: suite.id, good: name)].take(
                            one.values[name] ?? nil, other.values[name] ?? nil,
                            areWhole: one.isWhole && other.isWhole, of: scenario)
                    }
                }
            }
            let order = known?.rubric.entries.map(\.id) ?? []
            let sorted = goods.values.sorted { one, two in
                (order.firstIndex(of: one.good) ?? .max, one.good) < (order.firstIndex(of: two.good) ?? .max, two.good)
            }
            draft.goods += sorted.filter(\.isSeen)
            draft.unseen += sorted.filter { !$0.isSeen }.map { .init(suite: $0.suite, good: $0.good) }
        }
        return draft
    }

    /// What one judge said of one conversation.
    private struct Said {
        private let isThere: Bool
        let isWhole: Bool
        /// By good; a good that couldn't be estimated is there with nothing.
        private(set) var values: [String: Double?] = [:]

        init(
            _ results: RunResults, _ side: PairedComparison.Side, _ suite: String, _ scenario: String, _ seed: UInt64,
            _ judge: Int32
        ) {
            let key = SampleKey(
                suite: suite, scenario: scenario, model: side.model, governance: side.governance, seed: seed)
            let record = results.book.places.place(of: key).flatMap { results.book.records[$0] }
            isThere = record != nil
            isWhole = record.map { $0.failure == nil } ?? false
            guard let record, isWhole else { return }
            for entry in record.entries where entry.judge == judge {
                values.updateValue(entry.estimate?.value, forKey: results.book.goods[entry.good])
            }
        }

        func count(into conversations: inout PairedComparison.Conversations) {
            conversations.planned += 1
            if isWhole { conversations.finished += 1 } else if isThere { conversations.failed += 1 }
        }
    }
}
