import Judges

/// A number with an interval.
public struct Measured: Hashable, Sendable, Codable {
    /// The number. Nil: it can't be known from what is there, or lies beyond what was watched.
    public let value: Double?
    /// The lower end of the interval. Nil: not known, as with one scenario and one seed, or beyond.
    public let lower: Double?
    /// The upper end of the interval. Nil: not known, or beyond what was watched.
    public let upper: Double?
    /// Whether the value lies beyond what was watched, as a half-life that is longer than the conversations.
    public let isBeyond: Bool

    /// From numbers that may be infinite, which stands for "beyond what was watched".
    init(_ value: Double?, _ ends: (lower: Double, upper: Double)?) {
        func known(_ number: Double?) -> Double? { number.flatMap { $0.isFinite ? $0 : nil } }
        self.value = known(value)
        lower = known(ends?.lower)
        upper = known(ends?.upper)
        isBeyond = value == .infinity
    }
}

/// Draws units anew the way they came about: scenarios, and within each its seeds. Everything that shares a scenario and
/// a seed stays together, because it shares a twin.
///
/// Two stages, as Davison and Hinkley 1997, *Bootstrap Methods and their Application*, section 3.8; a little too wide
/// rather than too narrow. With one scenario only its seeds are drawn, and what is found holds for that scenario.
struct ClusteredDraws {
    /// By scenario and seed, which units.
    private let clusters: [[[Int]]]

    /// Units by where they come from.
    init(_ places: [(scenario: String, seed: UInt64)]) {
        var order: [String: Int] = [:]
        var inner: [[UInt64: Int]] = []
        var clusters: [[[Int]]] = []
        for (unit, place) in places.enumerated() {
            let outer = order[place.scenario] ?? clusters.count
            if outer == clusters.count {
                order[place.scenario] = outer
                clusters.append([])
                inner.append([:])
            }
            if let seed = inner[outer][place.seed] {
                clusters[outer][seed].append(unit)
            } else {
                inner[outer][place.seed] = clusters[outer].count
                clusters[outer].append([unit])
            }
        }
        self.clusters = clusters
    }

    /// Units that share scenario and seed.
    var blocks: [[Int]] { clusters.flatMap { $0 } }

    /// Whether there is anything to draw among.
    var canVary: Bool { clusters.count > 1 || (clusters.first?.count ?? 0) > 1 }

    private func drawn(_ generator: inout SeededDraws) -> [Int] {
        var units: [Int] = []
        for _ in clusters {
            let cluster = clusters[generator.next(below: clusters.count)]
            for _ in cluster { units += cluster[generator.next(below: cluster.count)] }
        }
        return units
    }

    /// What some measures come to, each with a percentile interval.
    ///
    /// A draw in which a measure has no value is left out for it; with fewer than half left there is no interval.
    ///
    /// - Parameter measures: For some units, numbers in a fixed order and number; infinity stands for "beyond".
    func measured(_ settings: AttractorSettings, _ count: Int, _ measures: ([Int]) -> [Double?]) -> [Measured] {
        let values = measures(Array(0..<count))
        var found = [[Double]](repeating: [], count: values.count)
        if canVary {
            var generator = SeededDraws(seed: settings.seed)
            for _ in 0..<settings.draws {
                for (index, value) in measures(drawn(&generator)).enumerated() {
                    if let value, !value.isNaN { found[index].append(value) }
                }
            }
        }
        return values.indices.map { index in
            let sorted = found[index].sorted()
            guard values[index] != nil, !sorted.isEmpty, sorted.count * 2 >= settings.draws else {
                return Measured(values[index], nil)
            }
            let edge = (1 - settings.level) / 2
            return Measured(values[index], (Self.end(sorted, edge), Self.end(sorted, 1 - edge)))
        }
    }

    private static func end(_ sorted: [Double], _ share: Double) -> Double {
        let place = share * Double(sorted.count - 1)
        let low = sorted[Int(place.rounded(.down))]
        let high = sorted[min(Int(place.rounded(.up)), sorted.count - 1)]
        guard low.isFinite, high.isFinite else { return place - place.rounded(.down) < 0.5 ? low : high }
        return low + (place - place.rounded(.down)) * (high - low)
    }
}

/// How chances are reckoned: whether differences may have come from nothing but which of two was called which.
enum BlockFlips {
    /// Up to so many blocks, every way to flip them is looked at.
    static let exactBlocks = 14

    /// The two-sided chance of a mean difference at least as large, when each block's differences could as well have had
    /// the other sign (Fisher 1935). With many blocks from drawn flips, the seen way counted among them (Phipson and
    /// Smyth 2010, doi 10.2202/1544-6115.1585).
    ///
    /// - Parameter blocks: The sum of differences in each block.
    static func chance(_ blocks: [Double], draws: Int, seed: UInt64) -> Double? {
        guard !blocks.isEmpty else { return nil }
        let seen = abs(blocks.reduce(0, +)) - 1e-9
        if blocks.count <= exactBlocks {
            var extreme = 0
            for way in 0..<(1 << blocks.count) {
                var sum = 0.0
                for (index, block) in blocks.enumerated() { sum += way >> index & 1 == 0 ? block : -block }
                if abs(sum) >= seen { extreme += 1 }
            }
            return Double(extreme) / Double(1 << blocks.count)
        }
        var generator = SeededDraws(seed: seed)
        var extreme = 1
        for _ in 0..<draws {
            var sum = 0.0
            for block in blocks { sum += generator.next() & 1 == 0 ? block : -block }
            if abs(sum) >= seen { extreme += 1 }
        }
        return Double(extreme) / Double(draws + 1)
    }
}
