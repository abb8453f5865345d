/// How long something takes: the quickest and the middle of many runs. The quickest is nearest to what the work itself
/// costs; the middle says what a busy machine makes of it.
struct Stopwatch {
    var quickest: Duration
    var middle: Duration

    /// Times `body`, after a few runs that aren't counted. With `batch`, so many runs are timed together: for what is
    /// over before a clock ticks.
    static func time(runs: Int, batch: Int = 1, _ body: () throws -> Void) rethrows -> Stopwatch {
        let clock = ContinuousClock()
        for _ in 0..<3 { try body() }
        var times: [Duration] = []
        for _ in 0..<runs {
            let start = clock.now
            for _ in 0..<batch { try body() }
            times.append((clock.now - start) / batch)
        }
        times.sort()
        return Stopwatch(quickest: times[0], middle: times[times.count / 2])
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
