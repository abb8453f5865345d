import Synchronization

/// How many tokens a key may use in one day, by UTC.
///
/// A request reserves what it may use before it goes to the model, and settles what it did use afterwards. A
/// reservation counts like use until it settles, so requests that race can't each spend the same rest: at every
/// moment `used + reserved ≤ limit`, as long as no request uses more than it reserved. A request that does use more
/// (some upstreams don't bound a reply) is still counted in full, and the next one is refused.
public final class TokenBudget: Sendable {
    /// What a request set aside. Give it back with ``settle(_:used:)``.
    public struct Reservation: Sendable, Hashable {
        /// The tokens set aside.
        public let tokens: Int
        /// The day to which they count.
        public let day: Int64
    }

    /// Why a reservation was refused.
    public struct Refusal: Error, Sendable, Hashable {
        /// Tokens a day.
        public let limit: Int
        /// What is left today, after use and open reservations.
        public let left: Int
        /// What was asked for.
        public let asked: Int
        /// Whole seconds until the next day begins.
        public let retryAfter: Int
    }

    private struct State {
        var limit: Int?
        var day: Int64
        var used: Int
        var reserved: Int
        /// What was used since the last ``takeUnsaved()``; already part of `used`.
        var unsaved: Int

        mutating func turn(to today: Int64) {
            // The clock may be set back: yesterday's use must not be forgiven twice, so days only go forward.
            guard today > day else { return }
            day = today
            used = 0
            reserved = 0
            unsaved = 0
        }
    }

    /// No request uses more tokens than this, whatever an upstream claims; so no sum can overflow.
    private static let mostAtOnce = 1 << 40
    /// Sums stop growing here.
    private static let most = 1 << 60

    private static func counted(_ tokens: Int) -> Int { min(max(0, tokens), mostAtOnce) }

    private let state: Mutex<State>

    /// A budget with nothing used; `nil` means no limit (use is counted all the same).
    public init(tokensPerDay limit: Int?, day: Int64 = 0) {
        state = Mutex(State(limit: limit.map { max(0, $0) }, day: day, used: 0, reserved: 0, unsaved: 0))
    }

    /// Changes the limit of a running key. What was used stays used.
    public func change(to limit: Int?) {
        state.withLock { $0.limit = limit.map { max(0, $0) } }
    }

    /// Sets tokens aside for one request.
    ///
    /// - Parameter tokens: what the request may use, in and out; negative counts as 0.
    /// - Throws: ``Refusal`` when today's rest doesn't cover them. A budget that is used up refuses even 0 tokens.
    public func reserve(_ tokens: Int, at now: Moment) throws(Refusal) -> Reservation {
        let asked = Self.counted(tokens)
        let outcome: Result<Reservation, Refusal> = state.withLock { state in
            state.turn(to: now.day)
            if let limit = state.limit {
                let left = max(0, limit - state.used - state.reserved)
                if left == 0 || asked > left {
                    return .failure(Refusal(limit: limit, left: left, asked: asked, retryAfter: now.secondsToMidnight))
                }
            }
            state.reserved += asked
            return .success(Reservation(tokens: asked, day: state.day))
        }
        return try outcome.get()
    }

    /// Puts back a reservation and counts what was used.
    ///
    /// A reservation of an earlier day counts to that day, which is over: it changes nothing today. Call it once for
    /// each reservation; ``Admission`` sees to that.
    public func settle(_ reservation: Reservation, used: Int) {
        state.withLock { state in
            guard reservation.day == state.day else { return }
            state.reserved -= reservation.tokens
            let counted = Self.counted(used)
            state.used = min(Self.most, state.used + counted)
            state.unsaved = min(Self.most, state.unsaved + counted)
        }
    }

    /// What was used and what is set aside on a day.
    public func standing(at now: Moment) -> (used: Int, reserved: Int, limit: Int?) {
        state.withLock { state in
            state.turn(to: now.day)
            return (state.used, state.reserved, state.limit)
        }
    }

    /// Takes what was used since the last call, to be written down; nil when there is nothing.
    func takeUnsaved() -> (day: Int64, tokens: Int)? {
        state.withLock { state in
            guard state.unsaved > 0 else { return nil }
            defer { state.unsaved = 0 }
            return (state.day, state.unsaved)
        }
    }

    /// Gives back what ``takeUnsaved()`` took when it could not be written down.
    func returnUnsaved(_ taken: (day: Int64, tokens: Int)) {
        state.withLock { state in
            if state.day == taken.day { state.unsaved = min(Self.most, state.unsaved + taken.tokens) }
        }
    }

    /// Takes over what is written down for a day: everything saved so far, by every process that shares the store.
    func adopt(saved: Int, day: Int64) {
        state.withLock { state in
            state.turn(to: day)
            if state.day == day { state.used = min(Self.most, min(Self.most, saved) + state.unsaved) }
        }
    }
}
