import Foundation

/// How much processor time something takes: the quickest and the middle of many runs.
///
/// It is the time of this thread alone, so that other programs on a busy machine count only as far as they crowd its
/// caches. Everything here runs on one thread and waits for nothing.
struct Stopwatch {
    var quickest: Duration
    var middle: Duration

    /// Times `body`, after a few runs that aren't counted. With `batch`, so many runs are timed together: for what is
    /// over before a clock ticks.
    static func time(runs: Int, batch: Int = 1, _ body: () throws -> Void) rethrows -> Stopwatch {
        for _ in 0..<3 { try body() }
        var times: [Duration] = []
        for _ in 0..<runs {
            let start = processorTime()
            for _ in 0..<batch { try body() }
            times.append((processorTime() - start) / batch)
        }
        times.sort()
        return Stopwatch(quickest: times[0], middle: times[times.count / 2])
    }

    private static func processorTime() -> Duration {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}

extension Duration {
    /// The time with three digits that count, in the unit that fits.
    var readable: String {
        let nanoseconds = Double(components.seconds) * 1e9 + Double(components.attoseconds) / 1e9
        let (value, unit) =
            nanoseconds < 1_000
            ? (nanoseconds, "ns") : nanoseconds < 1e6 ? (nanoseconds / 1e3, "µs") : (nanoseconds / 1e6, "ms")
        let digits = value < 10 ? 2 : value < 100 ? 1 : 0
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        let rounded = (value * scale).rounded() / scale
        return digits == 0 ? "\(Int(rounded)) \(unit)" : "\(rounded) \(unit)"
    }

    var milliseconds: Double { Double(components.seconds) * 1e3 + Double(components.attoseconds) / 1e15 }
}
