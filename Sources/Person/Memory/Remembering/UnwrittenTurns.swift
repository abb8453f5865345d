import Synchronization

/// Turns, sealed, that wait in memory because the journal can't be written, oldest first, up to a bound in bytes.
final class UnwrittenTurns: Sendable {
    private struct Waiting {
        var turns: [[UInt8]] = []
        var bytes = 0
    }

    private let waiting = Mutex(Waiting())
    private let limit: Int

    /// - Parameter limit: how many bytes may wait.
    init(limit: Int) { self.limit = limit }

    var count: Int { waiting.withLock { $0.turns.count } }

    /// Takes a turn in.
    /// - Returns: false when there is no room for it; it is then not kept.
    func take(_ turn: [UInt8]) -> Bool {
        waiting.withLock { waiting in
            guard waiting.bytes + turn.count <= limit else { return false }
            waiting.turns.append(turn)
            waiting.bytes += turn.count
            return true
        }
    }

    /// Hands all that waits to `body`, and lets go of it once that has returned.
    func giveAll(_ body: ([[UInt8]]) throws -> Void) throws {
        let turns = waiting.withLock { $0.turns }
        guard !turns.isEmpty else { return }
        try body(turns)
        waiting.withLock { waiting in
            // New ones may have come at the end meanwhile.
            waiting.bytes -= turns.reduce(0) { $0 + $1.count }
            waiting.turns.removeFirst(turns.count)
        }
    }
}
