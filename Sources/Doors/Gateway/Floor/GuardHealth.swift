import Charters
import Counsel
import Logging
import Synchronization

/// How the guard model fares, for whoever runs the gateway: every question counted, trouble logged at most once a minute,
/// and told by `/readyz`.
final class GuardHealth: Sendable {
    private struct State {
        /// Why the last question was not answered; nil when it was.
        var trouble: String?
        /// Questions without an answer since the log was written.
        var unanswered = 0
        var loggedAt: ContinuousClock.Instant?
        /// Whether the log has told of a trouble that it hasn't told the end of.
        var isTold = false
    }

    private static let pause = Duration.seconds(60)

    private let state = Mutex(State())
    private let metrics: Metrics
    private let logger: Logger

    init(metrics: Metrics, logger: Logger) {
        self.metrics = metrics
        self.logger = logger
    }

    /// Why the last question was not answered; nil when it was.
    var trouble: String? { state.withLock { $0.trouble } }

    /// Takes what kept the guard from answering a question, or nil when it answered.
    func heed(_ failure: GuardUnavailable?, at now: ContinuousClock.Instant = .now) {
        metrics.guardAsked(judged: failure == nil)
        guard let failure else {
            let wasTold = state.withLock { state in
                defer { (state.trouble, state.unanswered, state.isTold) = (nil, 0, false) }
                return state.isTold
            }
            if wasTold { logger.notice("the guard model answers again") }
            return
        }
        let count = state.withLock { state -> Int? in
            state.trouble = failure.reason
            state.unanswered += 1
            if let last = state.loggedAt, now < last + Self.pause { return nil }
            defer { (state.loggedAt, state.unanswered, state.isTold) = (now, 0, true) }
            return state.unanswered
        }
        guard let count else { return }
        logger.error(
            "the guard model did not judge, so what a charter asks it about is held back",
            metadata: ["reason": "\(failure.reason)", "questions": "\(count)"])
    }
}

extension GatewayCore {
    /// How the guard stands, when a guard is set up or the charter in force asks for one.
    func guardStanding() -> Readiness.Part? {
        let needed = (try? governing(nil))?.floor?.guardian
        guard guardModel != nil else {
            guard let needed else { return nil }
            let stops = needed.clauses.contains { $0.severity > .note }
            return Readiness.Part(
                name: "guard", ready: !stops,
                note:
                    "none is set up, and the charter asks one about \(needed.clauses.map(\.id).joined(separator: ", "))"
            )
        }
        // Charters that ask no guard go on without it, so trouble with it makes nothing unready.
        return Readiness.Part(name: "guard", ready: true, note: guardHealth.trouble ?? "no trouble")
    }

    /// Says in the log that a charter asks for a guard that isn't there.
    func tellOfMissingGuard(_ governing: Governing) {
        guard let guardian = governing.floor?.guardian, guardian.isMissing else { return }
        let stops = guardian.clauses.contains { $0.severity > .note }
        logger.log(
            level: stops ? .error : .warning,
            stops
                ? "a charter asks for a guard model and none is set up, so nothing passes the rules that need it"
                : "a charter asks for a guard model and none is set up, so its rules note only that nobody judged",
            metadata: [
                "charter": "\(governing.reference.id)",
                "rules": "\(guardian.clauses.map(\.id).joined(separator: ", "))",
                "do": "name one as counsel.guard.model, with a model that an upstream serves",
            ])
    }
}
