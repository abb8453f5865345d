import Synchronization

/// How many requests a minute a key may make: a token bucket.
///
/// The bucket holds as many requests as the limit and fills up again evenly within a minute. So a quiet client may
/// send a minute's worth at once, and in any span of time `t` at most `limit + limit × t / 60 s` requests are
/// admitted: exactly, however many threads ask, because the level is a whole number behind one lock.
///
/// The level lives in memory only: a restart gives every key a full bucket.
///
/// Source: the token bucket of J. Turner, "New directions in communications", IEEE Communications Magazine 24(10),
/// 1986, https://doi.org/10.1109/MCOM.1986.1092946.
public final class RateLimit: Sendable {
    /// One request, in the units of the level: nanoseconds of a minute. With this unit a bucket of `limit` requests
    /// gains exactly `limit` units a nanosecond and no rounding ever happens.
    private static let request: Int64 = 60_000_000_000
    /// The largest limit for which two full buckets fit the 63 bits of their sum.
    static let largest = 50_000_000

    private struct State {
        var limit: Int64?
        var level: Int64
        var filledAt: UInt64
    }

    private let state: Mutex<State>

    /// A full bucket; `nil` means no limit.
    public init(requestsPerMinute limit: Int?) {
        let bounded = Self.bounded(limit)
        state = Mutex(State(limit: bounded, level: (bounded ?? 0) * Self.request, filledAt: 0))
    }

    private static func bounded(_ limit: Int?) -> Int64? {
        limit.map { Int64(min(max($0, 0), largest)) }
    }

    /// Changes the limit of a running key. What was already used stays used.
    public func change(to limit: Int?) {
        let new = Self.bounded(limit)
        state.withLock { state in
            guard state.limit != new else { return }
            let spent = state.limit.map { $0 * Self.request - state.level } ?? 0
            state.limit = new
            state.level = max(0, (new ?? 0) * Self.request - spent)
        }
    }

    /// Takes one request from the bucket.
    ///
    /// - Returns: nil when the request is admitted, otherwise the whole seconds after which the next will be.
    public func take(at now: Moment) -> Int? {
        state.withLock { state in
            guard let limit = state.limit else { return nil }
            guard limit > 0 else { return 60 }
            let full = limit * Self.request
            // Two threads may read the clock in one order and arrive here in the other; time then stands still.
            if now.steady > state.filledAt {
                // A minute fills any bucket, and the bound keeps the product below 63 bits.
                let elapsed = Int64(min(now.steady - state.filledAt, UInt64(Self.request)))
                state.level = min(full, state.level + elapsed * limit)
                state.filledAt = now.steady
            }
            if state.level >= Self.request {
                state.level -= Self.request
                return nil
            }
            let missing = Self.request - state.level
            let nanoseconds = (missing + limit - 1) / limit
            return Int((nanoseconds + 999_999_999) / 1_000_000_000)
        }
    }
}
