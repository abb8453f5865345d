import Synchronization

/// A key in force, with what it has used: what the hot path holds while it answers one request.
public final class HeldKey: Sendable {
    /// What is known about the key.
    public let record: KeyRecord
    /// What the key has used so far. Shared by every version of the record, so that a new label forgives nothing.
    public let usage: KeyUsage

    init(record: KeyRecord, usage: KeyUsage) {
        self.record = record
        self.usage = usage
    }

    /// Asks whether one more request may start now.
    ///
    /// - Parameter estimatedTokens: what the request may use, in and out; set aside until ``Admission/settle(used:)``.
    /// - Throws: ``LimitRefusal`` with the seconds to wait. A refused request takes nothing: neither a place nor
    ///   tokens, and its try does not count against the rate.
    public func admit(estimatedTokens: Int, at now: Moment) throws(LimitRefusal) -> Admission {
        try usage.admit(estimatedTokens: estimatedTokens, at: now)
    }
}

/// What one key has used: its rate, its day's tokens, its requests in progress.
public final class KeyUsage: Sendable {
    /// Requests a minute.
    public let rate: RateLimit
    /// Tokens a day.
    public let budget: TokenBudget
    private let concurrent: Mutex<(limit: Int?, open: Int)>

    init(limits: KeyLimits) {
        rate = RateLimit(requestsPerMinute: limits.requestsPerMinute)
        budget = TokenBudget(tokensPerDay: limits.tokensPerDay)
        concurrent = Mutex((limits.concurrent, 0))
    }

    /// Requests in progress.
    public var open: Int { concurrent.withLock { $0.open } }

    func change(to limits: KeyLimits) {
        rate.change(to: limits.requestsPerMinute)
        budget.change(to: limits.tokensPerDay)
        concurrent.withLock { $0.limit = limits.concurrent }
    }

    func admit(estimatedTokens: Int, at now: Moment) throws(LimitRefusal) -> Admission {
        let full: Int? = concurrent.withLock { state in
            if let limit = state.limit, state.open >= limit { return limit }
            state.open += 1
            return nil
        }
        if let full { throw .concurrent(limit: full) }

        let reservation: TokenBudget.Reservation
        do { reservation = try budget.reserve(estimatedTokens, at: now) } catch {
            leave()
            throw .tokensPerDay(error)
        }
        // Last, because a request taken from the bucket can't be put back.
        if let seconds = rate.take(at: now) {
            budget.settle(reservation, used: 0)
            leave()
            throw .requestsPerMinute(retryAfter: seconds)
        }
        return Admission(usage: self, reservation: reservation)
    }

    fileprivate func leave() {
        concurrent.withLock { $0.open -= 1 }
    }
}

/// One admitted request. Settle it when the reply has ended, however it ended.
///
/// If it is dropped unsettled, its place is freed and its whole reservation counts as used: a fault in the gateway
/// must not turn into free tokens.
public final class Admission: Sendable {
    private let usage: KeyUsage
    private let reservation: TokenBudget.Reservation
    private let settled = Atomic(false)

    fileprivate init(usage: KeyUsage, reservation: TokenBudget.Reservation) {
        self.usage = usage
        self.reservation = reservation
    }

    /// What was set aside.
    public var reservedTokens: Int { reservation.tokens }

    /// Counts what was used and frees the place. A second call changes nothing.
    public func settle(used tokens: Int) {
        guard !settled.exchange(true, ordering: .acquiringAndReleasing) else { return }
        usage.budget.settle(reservation, used: tokens)
        usage.leave()
    }

    deinit {
        settle(used: reservation.tokens)
    }
}

/// Why a request was refused although its key is good.
public enum LimitRefusal: Error, Sendable, Hashable {
    /// The key made its requests for now.
    case requestsPerMinute(retryAfter: Int)
    /// The key's tokens for today don't cover the request.
    case tokensPerDay(TokenBudget.Refusal)
    /// The key has as many requests in progress as it may.
    case concurrent(limit: Int)

    /// Whole seconds after which trying again makes sense, for the `Retry-After` header.
    public var retryAfter: Int {
        switch self {
        case .requestsPerMinute(let seconds): seconds
        case .tokensPerDay(let refusal): refusal.retryAfter
        case .concurrent: 1
        }
    }

    /// What happened and what to do, for the caller's eyes.
    public var message: String {
        switch self {
        case .requestsPerMinute(let seconds):
            "This key has made all its requests for now. Try again in \(seconds) s."
        case .tokensPerDay(let refusal) where refusal.left == 0:
            "This key has used its \(refusal.limit) tokens for today. Try again in \(refusal.retryAfter) s, when the "
                + "next day begins (UTC), or ask the operator for a larger budget."
        case .tokensPerDay(let refusal):
            "This request may use up to \(refusal.asked) tokens, and \(refusal.left) of this key's \(refusal.limit) "
                + "tokens are left today. Ask for a shorter reply (max_tokens), or try again in \(refusal.retryAfter) s, "
                + "when the next day begins (UTC)."
        case .concurrent(let limit):
            "This key has \(limit) requests in progress, which is all it may have at once. Try again when one has ended."
        }
    }
}
