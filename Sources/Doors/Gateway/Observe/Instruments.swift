import Synchronization

/// A number that only grows.
public final class Counter: Sendable {
    private let count = Atomic<UInt64>(0)

    /// A counter at zero.
    public init() {}

    /// Adds to the count. Safe from any thread; one atomic addition.
    public func add(_ amount: Int = 1) {
        guard amount > 0 else { return }
        count.wrappingAdd(UInt64(amount), ordering: .relaxed)
    }

    /// The count so far.
    public var value: UInt64 { count.load(ordering: .relaxed) }
}

/// A number that goes up and down.
public final class Gauge: Sendable {
    private let level = Atomic<Int>(0)

    /// A gauge at zero.
    public init() {}

    /// Adds to the level, or takes from it when negative.
    public func add(_ amount: Int) {
        level.wrappingAdd(amount, ordering: .relaxed)
    }

    /// The level now.
    public var value: Int { level.load(ordering: .relaxed) }
}

/// How long things took: how many took at most each of some bounds, and all of them together.
public final class Histogram: Sendable {
    /// The upper bounds in seconds, rising: from a cached refusal to a long completion.
    public static let bounds: [Double] = [
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120,
    ]
    private static let nanoseconds: [UInt64] = bounds.map { UInt64(($0 * 1e9).rounded()) }

    private let cells: [Counter] = (0...bounds.count).map { _ in Counter() }
    private let sum = Atomic<UInt64>(0)

    /// An empty histogram.
    public init() {}

    /// Counts one duration. Safe from any thread; two atomic additions.
    public func observe(nanoseconds duration: UInt64) {
        var cell = 0
        while cell < Self.nanoseconds.count && duration > Self.nanoseconds[cell] { cell += 1 }
        cells[cell].add()
        sum.wrappingAdd(duration, ordering: .relaxed)
    }

    /// How many durations fell at or under each bound, then all of them; and their sum in seconds.
    public var reading: (cumulative: [UInt64], seconds: Double) {
        var total: UInt64 = 0
        let cumulative = cells.map { cell -> UInt64 in
            total += cell.value
            return total
        }
        return (cumulative, Double(sum.load(ordering: .relaxed)) / 1e9)
    }
}
