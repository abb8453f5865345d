import Foundation
import Judges

/// A number with an interval.
public struct Measured: Hashable, Sendable, Codable {
    /// The number. Nil: it can't be known from what is there, or lies beyond what was watched.
    public let value: Double?
    /// The lower end of the interval. Nil: not known, as with fewer than ``ScenarioMean/fewest`` scenarios, or beyond.
    public let lower: Double?
    /// The upper end of the interval. Nil: not known, or beyond what was watched.
    public let upper: Double?
    /// Whether the value lies beyond what was watched, as a half-life that is longer than the conversations, or a basin
    /// that reaches to the largest strength that was tried.
    public let isBeyond: Bool
    /// Whether every scenario gives this value: drawing them anew then says nothing, and there is no interval.
    public let isAlike: Bool

    /// From numbers that may be infinite, which stands for "beyond what was watched".
    init(_ value: Double?, _ ends: (lower: Double, upper: Double)?, isBeyond: Bool = false, isAlike: Bool = false) {
        func known(_ number: Double?) -> Double? { number.flatMap { $0.isFinite ? $0 : nil } }
        self.value = known(value)
        lower = known(ends?.lower)
        upper = known(ends?.upper)
        self.isBeyond = isBeyond || value == .infinity
        self.isAlike = isAlike
    }

    /// What isn't known.
    static let unknown = Measured(nil, nil)
}

/// Draws units anew the way they came about: scenarios, and within each its seeds. Everything that shares a scenario and
/// a seed stays together, because it shares a twin.
///
/// Two stages, as Davison and Hinkley 1997, *Bootstrap Methods and their Application*, section 3.8. With few scenarios
/// percentiles of such draws lie too near to the middle, so they are taken further out by as much as Student's t asks for
/// (Hesterberg 2015, doi 10.1080/00031305.2015.1089789). With fewer than ``ScenarioMean/fewest`` scenarios there is no
/// interval.
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

    /// Units by scenario.
    var scenarios: [[Int]] { clusters.map { $0.flatMap { $0 } } }

    private func drawn(_ generator: inout SeededDraws) -> [Int] {
        var units: [Int] = []
        for _ in clusters {
            let cluster = clusters[generator.next(below: clusters.count)]
            for _ in cluster { units += cluster[generator.next(below: cluster.count)] }
        }
        return units
    }

    /// What some measures come to, each with an interval.
    ///
    /// A draw in which a measure has no value is left out for it; with fewer than half left there is no interval. Where
    /// every scenario gives the same value there is none either. A share of nothing or of all has the exact binomial
    /// bound for so many scenarios (Clopper and Pearson 1934): drawing them anew would only repeat it.
    ///
    /// - Parameters:
    ///   - shares: Which measures are shares, each with the number of scenarios that it is a share in.
    ///   - measures: For some units, numbers in a fixed order and number; infinity stands for "beyond".
    func measured(
        _ settings: AttractorSettings, _ count: Int, shares: [Int: Int] = [:], _ measures: ([Int]) -> [Double?]
    ) -> [Measured] {
        let values = measures(Array(0..<count))
        guard clusters.count >= ScenarioMean.fewest else { return values.map { Measured($0, nil) } }
        var found = [[Double]](repeating: [], count: values.count)
        var generator = SeededDraws(seed: settings.seed)
        for _ in 0..<settings.draws {
            for (index, value) in measures(drawn(&generator)).enumerated() {
                if let value, !value.isNaN { found[index].append(value) }
            }
        }
        let apart = scenarios.map(measures)
        let edge = (1 - settings.level) / 2
        let outer = Self.widened(edge, scenarios: clusters.count)
        return values.indices.map { index in
            guard let value = values[index] else { return .unknown }
            if let scenarios = shares[index], scenarios > 0, value <= 1e-12 || value >= 1 - 1e-12 {
                let reach = pow(edge, 1 / Double(scenarios))
                return Measured(value, value < 0.5 ? (value, 1 - reach) : (reach, value))
            }
            let own = apart.compactMap { $0[index] }
            if own.allSatisfy({ $0 == value || abs($0 - value) < 1e-9 }) {
                return Measured(value, nil, isAlike: true)
            }
            let sorted = found[index].sorted()
            guard !sorted.isEmpty, sorted.count * 2 >= settings.draws else { return Measured(value, nil) }
            return Measured(value, (Self.end(sorted, outer), Self.end(sorted, 1 - outer)))
        }
    }

    /// The share of draws to leave out on each side so that percentiles reach as far as Student's t would.
    ///
    /// - Parameter edge: The share that is to be left out.
    static func widened(_ edge: Double, scenarios count: Int) -> Double {
        (1 - ScenarioMean.widened(1 - 2 * edge, scenarios: count)) / 2
    }

    private static func end(_ sorted: [Double], _ share: Double) -> Double {
        let place = share * Double(sorted.count - 1)
        let low = sorted[Int(place.rounded(.down))]
        let high = sorted[min(Int(place.rounded(.up)), sorted.count - 1)]
        guard low.isFinite, high.isFinite else { return place - place.rounded(.down) < 0.5 ? low : high }
        return low + (place - place.rounded(.down)) * (high - low)
    }
}
