import Foundation
import Synchronization
import UnixSignals

/// What a person does at a terminal: writes lines, and presses Ctrl-C.
final class ChatInput: Sendable {
    /// One thing that was done.
    enum Event: Sendable, Equatable {
        case line(String)
        /// Ctrl-C while nothing was going on.
        case interrupt
    }

    /// What is done, in order; ends when there is no more input.
    let events: AsyncStream<Event>
    private let continuation: AsyncStream<Event>.Continuation
    private let reply = Mutex<Task<Void, Never>?>(nil)

    /// Begins to listen to standard input and, on a terminal, to Ctrl-C.
    init(listensToInterrupts: Bool) {
        (events, continuation) = AsyncStream.makeStream()
        if listensToInterrupts {
            Task { [weak self] in
                for await _ in await UnixSignalsSequence(trapping: .sigint) { self?.interrupted() }
            }
        }
        let continuation = continuation
        // A thread of its own: reading a line blocks for as long as a person thinks.
        Thread.detachNewThread {
            while let line = readLine(strippingNewline: true) { continuation.yield(.line(line)) }
            continuation.finish()
        }
    }

    /// Runs some work that Ctrl-C stops.
    /// - Returns: whether it was stopped.
    func interruptible(_ work: @escaping @Sendable () async -> Void) async -> Bool {
        let task = Task { await work() }
        reply.withLock { $0 = task }
        await task.value
        reply.withLock { $0 = nil }
        return task.isCancelled
    }

    private func interrupted() {
        let running = reply.withLock { $0 }
        if let running { running.cancel() } else { continuation.yield(.interrupt) }
    }
}
