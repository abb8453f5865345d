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

    /// Input that others hand in, by ``hand(_:)`` and ``end()``.
    init() {
        (events, continuation) = AsyncStream.makeStream()
    }

    /// What is written to standard input and, on a terminal, Ctrl-C.
    static func standard(listensToInterrupts: Bool) -> ChatInput {
        let input = ChatInput()
        if listensToInterrupts {
            Task { [weak input] in
                for await _ in await UnixSignalsSequence(trapping: .sigint) { input?.interrupt() }
            }
        }
        // A thread of its own: reading a line blocks for as long as a person thinks.
        Thread.detachNewThread {
            while let line = readLine(strippingNewline: true) { input.hand(line) }
            input.end()
        }
        return input
    }

    /// Hands in one line.
    func hand(_ line: String) { continuation.yield(.line(line)) }

    /// Says that nothing more comes.
    func end() { continuation.finish() }

    /// Ctrl-C: stops the reply that is on its way, or else tells whoever listens.
    func interrupt() {
        let running = reply.withLock { $0 }
        if let running { running.cancel() } else { continuation.yield(.interrupt) }
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
}
