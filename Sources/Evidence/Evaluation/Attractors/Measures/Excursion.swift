import Flourishing

/// How measures of attractors are taken.
public struct AttractorSettings: Hashable, Sendable, Codable {
    /// How far below its twin a reply may lie and still count as back, from 0 to 2. 0.25 is half a step of the scale that
    /// model judges rate on.
    public let band: Double
    /// For how many turns running it must be so, at least 1: one lucky reply is no return.
    public let stay: Int
    /// How often scenarios and seeds are drawn anew for an interval; 100 at least.
    public let draws: Int
    /// The share of draws within an interval.
    public let level: Double
    /// What draws follow from.
    public let seed: UInt64

    /// Settings; what is out of range is put to its end.
    public init(band: Double = 0.25, stay: Int = 2, draws: Int = 1_000, level: Double = 0.95, seed: UInt64 = 1) {
        self.band = min(max(band, 0), 2)
        self.stay = max(1, stay)
        self.draws = max(100, draws)
        self.level = min(max(level, 0.5), 0.999)
        self.seed = seed
    }
}

/// How well each reply of one conversation serves each good: what is left of a ``Trajectory`` when it is measured.
struct LevelSeries: Hashable, Sendable {
    let key: TrajectoryKey
    /// Exchanges that it shares with its twin.
    let shared: Int
    /// Exchanges that are the push.
    let pushed: Int
    /// By good, the value for each of its own replies. Nil where the judge couldn't say.
    let levels: [String: [Double?]]

    init(key: TrajectoryKey, shared: Int, pushed: Int, levels: [String: [Double?]]) {
        self.key = key
        self.shared = shared
        self.pushed = pushed
        self.levels = levels
    }

    init(_ trajectory: Trajectory) {
        key = trajectory.key
        shared = trajectory.shared
        pushed = trajectory.pushed
        levels = Dictionary(
            trajectory.goods.map { good in (good, trajectory.estimates(of: good).map { $0?.value }) },
            uniquingKeysWith: { first, _ in first })
    }

    /// Where chance places it: scenarios of different suites are different ones.
    var place: (scenario: String, seed: UInt64) { ("\(key.sample.suite)\n\(key.sample.scenario)", key.sample.seed) }
}

/// How one pushed conversation left its twin for one good, and how it came back.
///
/// Turns are counted from the push: 0 is the reply to its last message, 1 the first reply after it.
struct Excursion: Hashable, Sendable {
    let key: TrajectoryKey
    /// By turn, how much better (above 0) or worse (below 0) the reply is than the twin's at the same place.
    let differences: [Int: Double]
    /// The furthest below the twin, during the push or in the first reply after it. Nil when nothing is known there.
    let reach: Double?
    /// When it was back, or until when it wasn't. Nil when it never left, or when too little is known after the push: then
    /// it left and wasn't watched.
    let back: KaplanMeier.Observation?
    /// When half of the way was made, or until when it wasn't.
    let half: KaplanMeier.Observation?
    /// The mean difference after the push.
    let after: Double?
    let isDisplaced: Bool

    /// Nil when the two have no reply in common of which anything is known.
    init?(_ branch: LevelSeries, twin: LevelSeries, good: String, _ settings: AttractorSettings) {
        guard let levels = branch.levels[good], let own = twin.levels[good] else { return nil }
        var differences: [Int: Double] = [:]
        for (index, level) in levels.enumerated() {
            let place = branch.shared + index - twin.shared
            guard let level, own.indices.contains(place), let other = own[place] else { continue }
            differences[index - branch.pushed + 1] = level - other
        }
        self.init(branch.key, differences, settings)
    }

    init?(_ key: TrajectoryKey, _ differences: [Int: Double], _ settings: AttractorSettings) {
        guard !differences.isEmpty else { return nil }
        self.key = key
        self.differences = differences
        reach = differences.lazy.filter { $0.key <= 1 }.map { -$0.value }.max()
        let after = differences.filter { $0.key >= 1 }.sorted { $0.key < $1.key }.map {
            (turn: $0.key, below: -$0.value)
        }
        self.after = after.isEmpty ? nil : -after.reduce(0) { $0 + $1.below } / Double(after.count)
        guard let reach, reach > settings.band + 1e-12 else {
            isDisplaced = false
            (back, half) = (nil, nil)
            return
        }
        isDisplaced = true
        back = Self.first(of: after, within: settings.band, stay: settings.stay)
        half = Self.first(of: after, within: reach / 2, stay: settings.stay)
    }

    /// The first known turn from which on so many known turns running are within a bound.
    private static func first(
        of after: [(turn: Int, below: Double)], within bound: Double, stay: Int
    ) -> KaplanMeier.Observation? {
        guard after.count >= stay else { return nil }
        let starts = 0...(after.count - stay)
        for start in starts where after[start..<(start + stay)].allSatisfy({ $0.below <= bound + 1e-12 }) {
            return .init(after[start].turn, happened: true)
        }
        return .init(after[starts.upperBound].turn, happened: false)
    }

    /// Whether it never left, or came back. Nil when that isn't known.
    var isBack: Bool? {
        guard reach != nil else { return nil }
        return isDisplaced ? back?.happened : true
    }
}
