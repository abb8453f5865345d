import Dispatch
import Foundation
import Synchronization

/// The Model Context Protocol over a process's standard input and output: one message a line, and nothing else.
///
/// ```swift
/// let streams = try MCPStandardStreams()
/// await streams.serve(AssistantReach(to: ada, in: memories, charter: charter, consent: way, logger: log))
/// ```
public final class MCPStandardStreams: Sendable {
    private let lines: LineInput
    private let output: Int32
    private let wakes: Int32

    /// Streams that are not read yet.
    ///
    /// - Throws: `POSIXError` when the process has no file descriptor left.
    public init(input: Int32 = 0, output: Int32 = 1) throws {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EMFILE) }
        lines = LineInput(input, stop: ends[0])
        wakes = ends[1]
        self.output = output
    }

    deinit { close(wakes) }

    /// Answers until the client closes its side, or ``stop()`` is called. A message that is being answered is answered
    /// first.
    public func serve(_ reach: AssistantReach) async {
        var conversation = MCPConversation(reach)
        while true {
            let answer: [UInt8]?
            switch await lines.next() {
            case .end: return
            case .tooLong: answer = MCPConversation.answerToTooLong
            case .line(let line): answer = await conversation.answer(to: line)
            }
            if let answer, !write(answer + [UInt8(ascii: "\n")]) { return }
        }
    }

    /// Ends ``serve(_:)`` as soon as it waits for a message. May be called from anywhere, more than once.
    public func stop() {
        var byte: UInt8 = 0
        _ = Foundation.write(wakes, &byte, 1)
    }

    /// Writes all of it.
    /// - Returns: whether the client is still there and nobody stopped us.
    private func write(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            // A pipe that can be written to takes this much without waiting, so a stop is noticed in between.
            guard lines.waits(for: output) else { return false }
            let written = rest.prefix(4_096).withUnsafeBytes { Foundation.write(output, $0.baseAddress, $0.count) }
            if written < 0 {
                guard errno == EINTR || errno == EAGAIN else { return false }
                continue
            }
            rest = rest.dropFirst(written)
        }
        return true
    }
}

/// A descriptor that is read line by line, away from Swift's own threads, until a byte comes by another one.
private final class LineInput: Sendable {
    enum Line: Sendable {
        case line([UInt8])
        /// One that was longer than is read. What was over is gone.
        case tooLong
        case end
    }

    private struct State {
        var buffer: [UInt8] = []
        /// How much of the buffer has no line feed.
        var searched = 0
        var isSkipping = false
        var isOver = false
    }

    private let input: Int32
    private let stop: Int32
    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "trellis.mcp.input")

    init(_ input: Int32, stop: Int32) {
        self.input = input
        self.stop = stop
    }

    deinit { close(stop) }

    /// The next line that holds anything.
    func next() async -> Line {
        await withCheckedContinuation { continuation in
            queue.async { [self] in continuation.resume(returning: state.withLock { next(&$0) }) }
        }
    }

    /// Waits until a descriptor can be written to.
    /// - Returns: false when it never will, or we are to stop.
    func waits(for output: Int32) -> Bool { wait([pollfd(fd: output, events: Int16(POLLOUT), revents: 0)]) }

    private func wait(_ waiting: [pollfd]) -> Bool {
        while true {
            var all = waiting + [pollfd(fd: stop, events: Int16(POLLIN), revents: 0)]
            let count = poll(&all, nfds_t(all.count), -1)
            if count < 0, errno == EINTR { continue }
            return count > 0 && all[all.count - 1].revents == 0
        }
    }

    private func next(_ state: inout State) -> Line {
        while !state.isOver {
            if let feed = state.buffer[state.searched...].firstIndex(of: UInt8(ascii: "\n")) {
                let line = Array(state.buffer[..<feed])
                state.buffer.removeFirst(feed + 1)
                state.searched = 0
                if state.isSkipping || line.count > MCPMessage.maximumBytes {
                    state.isSkipping = false
                    return .tooLong
                }
                if Self.holdsAnything(line) { return .line(line) }
                continue
            }
            state.searched = state.buffer.count
            if state.buffer.count > MCPMessage.maximumBytes {
                state.buffer.removeAll(keepingCapacity: true)
                state.searched = 0
                state.isSkipping = true
            }
            guard wait([pollfd(fd: input, events: Int16(POLLIN), revents: 0)]) else {
                state.isOver = true
                return .end
            }
            var piece = [UInt8](repeating: 0, count: 65_536)
            let count = piece.withUnsafeMutableBytes { read(input, $0.baseAddress, $0.count) }
            if count > 0 {
                state.buffer += piece.prefix(count)
            } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
                state.isOver = true
                // The last line may come without its line feed.
                let rest = state.buffer
                state.buffer = []
                if state.isSkipping { return .tooLong }
                if Self.holdsAnything(rest) { return .line(rest) }
            }
        }
        return .end
    }

    private static func holdsAnything(_ line: [UInt8]) -> Bool {
        line.contains { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") && $0 != UInt8(ascii: "\r") }
    }
}
