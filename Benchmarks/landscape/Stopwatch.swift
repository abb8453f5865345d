import Foundation

/// How long something takes by the clock on the wall: the quickest and the middle of several runs.
struct Stopwatch {
    var quickest: Duration
    var middle: Duration

    static func time(runs: Int, _ body: () throws -> Void) rethrows -> Stopwatch {
        if runs > 1 { try body() }
        var times: [Duration] = []
        for _ in 0..<runs { times.append(try ContinuousClock().measure(body)) }
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
            ? (nanoseconds, "ns")
            : nanoseconds < 1e6
                ? (nanoseconds / 1e3, "µs") : nanoseconds < 1e9 ? (nanoseconds / 1e6, "ms") : (nanoseconds / 1e9, "s")
        return String(format: value < 10 ? "%.2f %@" : value < 100 ? "%.1f %@" : "%.0f %@", value, unit)
    }
}

/// The most memory that this program has held, in MiB; 0 where the system doesn't say.
func peakMemory() -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(whereSeparator: \.isNewline).first { $0.hasPrefix("VmHWM:") }
    return (line?.split(separator: " ").compactMap { Int($0) }.first ?? 0) / 1_024
}
