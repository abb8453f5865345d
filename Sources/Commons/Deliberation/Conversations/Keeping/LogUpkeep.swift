import Dispatch
import Models
import Store

/// Empties the write-ahead log after somebody withdrew: what was deleted is overwritten in the file, and must not be left
/// in the log either.
///
/// That it is to be done is a row, written in the same transaction as the withdrawal; so it is done at the next start if
/// the process ends before. While somebody reads what was before, the log can't be emptied. Then it is tried again, with
/// longer and longer pauses up to a minute, until it is done once. Each try holds up writers no longer than a tenth of a
/// second.
actor LogUpkeep {
    private static let queue = DispatchQueue(label: "deliberation.upkeep", qos: .utility)
    /// How long one try waits for readers, in milliseconds.
    private static let patience = 100
    private let store: DataStore
    private let pauses: ClosedRange<Duration>
    private var trying: Task<Void, Never>?
    /// How often it was tried.
    private(set) var tries = 0

    /// - Parameter pauses: the first pause between tries, and the longest.
    init(store: DataStore, pauses: ClosedRange<Duration> = .seconds(1) ... .seconds(60)) {
        self.store = store
        self.pauses = pauses
    }

    /// Notes that the log is to be emptied, in the transaction that deletes.
    static func note(in session: borrowing Session) throws {
        try session.run("INSERT INTO deliberation_traces (id) VALUES (?)", .text(RandomText.make(16)))
    }

    /// Tries once, and goes on trying in the background when it can't be done now.
    func begin() async {
        let isDone = try? await finish()
        guard isDone == false, trying == nil else { return }
        let pauses = pauses
        trying = Task { [weak self] in
            var pause = pauses.lowerBound
            while true {
                try? await Task.sleep(for: pause)
                // An error other than that somebody reads, such as a full disk, may pass too. A store that was closed goes
                // with this.
                guard let self, await !self.isFinished() else { return }
                pause = min(pause * 2, pauses.upperBound)
            }
        }
    }

    /// Whether nothing is left to do; nothing more is tried then.
    private func isFinished() async -> Bool {
        guard (try? await finish()) == true else { return false }
        trying = nil
        return true
    }

    /// Empties the log if a withdrawal asked for it.
    ///
    /// - Returns: whether nothing is left to do.
    func finish() async throws -> Bool {
        let store = store
        // Read first: who withdraws while the log is emptied has it emptied again.
        let due = try await store.read { session in
            try session.rows("SELECT id FROM deliberation_traces").map { try $0.text("id") }
        }
        guard !due.isEmpty else { return true }
        tries += 1
        let isEmpty = try await withCheckedThrowingContinuation { reply in
            Self.queue.async { reply.resume(with: Result { try store.emptiesLog(within: Self.patience) }) }
        }
        guard isEmpty else { return false }
        try await store.write { session in
            try session.runBatch("DELETE FROM deliberation_traces WHERE id = ?", due.map { [.text($0)] })
        }
        return true
    }

    /// Waits until nothing is tried any more.
    func settle() async { await trying?.value }
}

extension ConversationStore {
    /// Completes withdrawals whose traces in the write-ahead log a process left behind. Call it at every start; it goes on
    /// trying in the background while somebody reads what was before.
    public func finishWithdrawals() async { await upkeep.begin() }
}
