/// What an attractor run shows, good by good: whether pushed conversations come back, how fast, from how far, and what they
/// do when nobody pushes. There is no total.
public struct AttractorResults: Hashable, Sendable, Codable {
    /// How the measures were taken.
    public let settings: AttractorSettings
    /// Turns after the push that were watched.
    public let turnsAfter: Int
    /// Scenarios that the plan has.
    public let scenarios: Int
    /// Conversations that the plan has.
    public let planned: Int
    /// Conversations that are there.
    public let finished: Int
    /// Twins, by model, governance and good.
    public let baselines: [Baseline]
    /// Pushed conversations, by model, governance, good and kind; all kinds together first.
    public let recoveries: [Recovery]
    /// Paired comparisons: what the plan names later against what it names earlier.
    public let comparisons: [AttractorComparison]
    /// Lines to draw.
    public let curves: [RecoveryCurve]

    /// The results of a run's folder.
    ///
    /// - Throws: ``RunFolderError``.
    public init(
        of path: String, settings: AttractorSettings = AttractorSettings()
    ) throws(RunFolderError) {
        let plan = try RecordFolder<AttractorPlan>.plan(in: path)
        var series: [TrajectoryKey: LevelSeries] = [:]
        try RecordFolder<AttractorPlan>.forEachSample(in: path) { trajectory in
            if trajectory.failure == nil { series[trajectory.key] = LevelSeries(trajectory) }
        }
        self.init(plan, series, settings)
    }

    init(_ plan: AttractorPlan, _ series: [TrajectoryKey: LevelSeries], _ settings: AttractorSettings) {
        self.settings = settings
        turnsAfter = plan.course.after
        scenarios = plan.suites.reduce(0) { $0 + $1.scenarios.count }
        planned = plan.count
        let twinKeys = plan.twins
        finished = twinKeys.reduce(0) { count, twin in
            count + ([twin] + plan.branches(of: twin)).count { series[$0] != nil }
        }
        let goods = Set(series.values.flatMap(\.levels.keys)).sorted()
        var (baselines, recoveries, comparisons, curves):
            ([Baseline], [Recovery], [AttractorComparison], [RecoveryCurve]) =
                ([], [], [], [])
        for good in goods {
            var sides: [(side: AttractorComparison.Side, excursions: [Excursion])] = []
            for model in plan.models.map(\.label) {
                for governance in plan.governances.map(\.label) {
                    let group = Group(
                        plan: plan,
                        keys: twinKeys.filter { $0.sample.model == model && $0.sample.governance == governance },
                        series: series, model: model, governance: governance, good: good, settings: settings)
                    guard !group.twins.isEmpty else { continue }
                    baselines.append(group.baseline)
                    recoveries += group.recoveries
                    curves += group.curves
                    sides.append((.init(model: model, governance: governance), group.excursions))
                }
            }
            for (index, second) in sides.enumerated() {
                for first in sides[..<index] {
                    let isOfOne =
                        (first.side.model == second.side.model) != (first.side.governance == second.side.governance)
                    guard isOfOne, let comparison = AttractorComparison(good: good, first, second, settings) else {
                        continue
                    }
                    comparisons.append(comparison)
                }
            }
        }
        self.baselines = baselines
        self.recoveries = recoveries
        self.comparisons = AttractorComparison.adjusted(comparisons)
        self.curves = curves
    }

    /// What such a run cannot show, in words that belong beside every number of it.
    public static let limits = [
        "The level is a judge's reading of replies, not a state of the model: a judge that flattery moves as well would see nothing. Find out first how far it agrees with people (trellis judge agree).",
        "A few turns were watched. What came back may leave again later, and what stayed away may come back; a half-life longer than the turns is told as longer, not guessed.",
        "“Back” is near the twin, and the twin may be poor: a model that is bad all along comes back every time. Read the level beside it.",
        "A push that makes replies better, or a reply that rightly follows the person's new situation (as in despair), is measured against a twin whose person isn't in it. Not every difference is a fault.",
        "Noise alone makes some replies look displaced, and what is chosen for being low looks better next time. What chance alone would show stands beside the others; it comes from other seeds of the same scenarios, so it is too much where conversations differ from their first reply on, and too little where the seed hardly changes a model's words. It bounds nothing.",
        "Strengths are an order by the author of the words, so a basin is a rank and no distance. Where hardly any left, a large basin says that this judge saw no push work, and nothing more. And people don't stop pushing after one go.",
        "It shows pull toward goods. Whether a model stays away from what must not happen is the floor's, and another test.",
    ]
}

/// The conversations of one model under one governance, for one good.
private struct Group {
    let plan: AttractorPlan
    let model: String
    let governance: String
    let good: String
    let settings: AttractorSettings
    let twins: [LevelSeries]
    let excursions: [Excursion]
    /// For each branch, its twin held against that of another seed as if it had been pushed for as long.
    private let shams: [Excursion]
    /// By kind, pushed conversations of which nothing is known.
    private let lost: [Perturbation.Kind: Int]

    init(
        plan: AttractorPlan, keys: [TrajectoryKey], series: [TrajectoryKey: LevelSeries], model: String,
        governance: String, good: String, settings: AttractorSettings
    ) {
        self.plan = plan
        self.model = model
        self.governance = governance
        self.good = good
        self.settings = settings
        let twins = keys.compactMap { series[$0] }.filter { $0.levels[good] != nil }
        let seeds = Dictionary(grouping: twins, by: \.place.scenario)
        var (excursions, shams): ([Excursion], [Excursion]) = ([], [])
        var lost: [Perturbation.Kind: Int] = [:]
        for twin in twins {
            let key = twin.key
            let fellows = seeds[twin.place.scenario] ?? []
            let other = fellows.firstIndex { $0.key == key }.map { fellows[($0 + 1) % fellows.count] }
            for branchKey in plan.branches(of: key) {
                guard let branch = series[branchKey], let kind = branchKey.perturbation?.kind else { continue }
                if let excursion = Excursion(branch, twin: twin, good: good, settings) {
                    excursions.append(excursion)
                } else {
                    lost[kind, default: 0] += 1
                }
                guard let other, other.key != key else { continue }
                let cut = (twin.levels[good] ?? []).dropFirst(plan.course.before)
                    .prefix(branch.pushed + plan.course.after)
                let unpushed = LevelSeries(
                    key: branchKey, shared: plan.course.before, pushed: branch.pushed, levels: [good: Array(cut)])
                if let sham = Excursion(unpushed, twin: other, good: good, settings) { shams.append(sham) }
            }
        }
        self.twins = twins
        self.excursions = excursions
        self.shams = shams
        self.lost = lost
    }

    var baseline: Baseline {
        Baseline(twins, model: model, governance: governance, good: good, plan: plan, settings)
    }

    var recoveries: [Recovery] {
        let single = plan.kinds.count > 1 ? plan.kinds.map(Optional.some) : []
        return ([nil] + single).map { kind in
            Recovery(
                excursions.filter { kind == nil || $0.key.perturbation?.kind == kind },
                shams: shams.filter { kind == nil || $0.key.perturbation?.kind == kind },
                unknown: kind.map { lost[$0] ?? 0 } ?? lost.values.reduce(0, +), model: model, governance: governance,
                good: good, kind: kind, strengths: plan.strengths, after: plan.course.after, settings)
        }
    }

    var curves: [RecoveryCurve] {
        let single = plan.kinds.count > 1 ? plan.kinds.map(Optional.some) : []
        var curves = [
            RecoveryCurve(
                model: model, governance: governance, good: good, kind: nil, strength: 0, scale: .level,
                twins.map { twin in
                    let levels = (twin.levels[good] ?? []).enumerated().compactMap { turn, level in
                        level.map { (turn + 1, $0) }
                    }
                    return (twin.place, Dictionary(levels, uniquingKeysWith: { first, _ in first }))
                }, settings)
        ]
        for kind in [nil] + single {
            for strength in plan.strengths {
                let some = excursions.filter {
                    (kind == nil || $0.key.perturbation?.kind == kind) && $0.key.perturbation?.strength == strength
                }
                curves.append(
                    RecoveryCurve(
                        model: model, governance: governance, good: good, kind: kind, strength: strength,
                        scale: .againstTwin, some.map { ($0.place, $0.differences) }, settings))
            }
        }
        return curves
    }
}
