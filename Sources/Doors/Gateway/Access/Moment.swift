#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// One reading of the clocks, taken once a request and handed on.
///
/// Rates are measured by a clock that never jumps; days are told by the wall clock. Tests make moments by hand, so no
/// test waits.
public struct Moment: Sendable, Hashable {
    /// Nanoseconds on a clock that never goes back and that starts anywhere.
    public var steady: UInt64
    /// Milliseconds since 1970, UTC.
    public var wall: Int64

    /// A moment from two readings.
    public init(steady: UInt64, wall: Int64) {
        self.steady = steady
        self.wall = wall
    }

    /// The clocks now.
    public static func now() -> Moment {
        var steady = timespec()
        var wall = timespec()
        clock_gettime(CLOCK_MONOTONIC, &steady)
        clock_gettime(CLOCK_REALTIME, &wall)
        return Moment(
            steady: UInt64(steady.tv_sec) &* 1_000_000_000 &+ UInt64(steady.tv_nsec),
            wall: Int64(wall.tv_sec) &* 1000 &+ Int64(wall.tv_nsec) / 1_000_000)
    }

    /// The day by UTC, counted from 1970-01-01.
    public var day: Int64 { (wall >= 0 ? wall : wall - 86_399_999) / 86_400_000 }

    /// Whole seconds until the next day begins by UTC, at least 1.
    public var secondsToMidnight: Int {
        let rest = (day + 1) * 86_400_000 - wall
        return max(1, Int((rest + 999) / 1000))
    }
}
