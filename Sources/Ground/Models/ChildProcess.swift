import Dispatch
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A child process that lives no longer than this value, and no longer than this process.
///
/// Its standard input is a channel whose only writing end is here, closed on exec, so that no other child can inherit
/// it: when the last reference goes, or this process dies, the child reads the end of its input and is expected to
/// leave. It gets a process group of its own (Ctrl-C in a terminal is for us), default signal handling (ignored
/// signals would be inherited), and no environment but what finding libraries and a temporary folder needs: the
/// keys in ours are not its business.
final class ChildProcess: Sendable {
    /// How a process ended.
    enum Exit: Sendable, Hashable, CustomStringConvertible {
        /// It left by itself.
        case status(Int32)
        /// A signal ended it.
        case signal(Int32)

        var description: String {
            switch self {
            case .status(let status): "its process ended with status \(status)"
            case .signal(let signal): "its process was ended by signal \(signal)"
            }
        }
    }

    /// What a child is told by, and tells.
    private struct State {
        var input: Int32?
        var output: Int32?
        var errors: Int32?
        var exit: Exit?
        var waiting: [CheckedContinuation<Exit, Never>] = []
    }

    /// A call to the system that failed.
    struct Failure: Error, CustomStringConvertible {
        let call: String
        let code: Int32
        var description: String { "\(call): \(String(cString: strerror(code)))" }
    }

    /// The variables of ours that a child gets.
    static let inherited = ["PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "TZ"]

    /// The process id. It may belong to another process once this one has ended: use ``kill(_:)``, which knows.
    let id: pid_t
    private let state: Mutex<State>

    /// Starts a process.
    ///
    /// - Parameter input: What its standard input begins with; at most 64 KiB, what the channel holds at once.
    /// - Throws: ``Failure`` if the system won't start it.
    init(executable: String, arguments: [String], input: [UInt8]) throws {
        guard input.count <= 65_536 else { throw Failure(call: "write", code: EFBIG) }
        let given = try Channel()
        let output = try Channel()
        let errors = try Channel()
        defer {
            given.closeReading()
            output.closeWriting()
            errors.closeWriting()
        }
        do {
            id = try Self.spawn(executable, arguments, given.reading, output.writing, errors.writing)
        } catch {
            given.closeWriting()
            output.closeReading()
            errors.closeReading()
            throw error
        }
        state = Mutex(State(input: given.writing, output: output.reading, errors: errors.reading))

        // Our own reading end is still open here, so this can neither block nor raise SIGPIPE.
        var written = 0
        while written < input.count {
            let count = input.withUnsafeBytes { write(given.writing, $0.baseAddress! + written, $0.count - written) }
            // A child that is dead already shows in its exit.
            if count < 0 && errno != EINTR { break }
            written += max(0, count)
        }
        watch()
    }

    // MARK: What it says

    /// Everything on its standard output, once it has closed it. To be called once.
    func output() async -> String { await Self.text(from: state.withLock { $0.output.take() }) }

    /// The end of its standard error, once it has closed it. To be called once.
    func complaint() async -> String { await Self.text(from: state.withLock { $0.errors.take() }) }

    private static func text(from descriptor: Int32?) async -> String {
        guard let descriptor else { return "" }
        return await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                var kept: [UInt8] = []
                var piece = [UInt8](repeating: 0, count: 4096)
                while true {
                    let count = read(descriptor, &piece, piece.count)
                    if count < 0 && errno == EINTR { continue }
                    if count <= 0 { break }
                    kept.append(contentsOf: piece[..<count])
                    if kept.count > 16_384 { kept.removeFirst(kept.count - 8_192) }
                }
                close(descriptor)
                continuation.resume(returning: String(decoding: kept, as: UTF8.self))
            }
        }
    }

    // MARK: Its end

    /// Waits for its end.
    func exit() async -> Exit {
        await withCheckedContinuation { continuation in
            let known: Exit? = state.withLock { state in
                if state.exit == nil { state.waiting.append(continuation) }
                return state.exit
            }
            if let known { continuation.resume(returning: known) }
        }
    }

    /// Ends its input, which asks it to leave.
    func letGo() {
        if let input = state.withLock({ $0.input.take() }) { close(input) }
    }

    /// Sends a signal, unless it has ended.
    func kill(_ signal: Int32 = SIGKILL) {
        // Held while signalling: the process is not reaped meanwhile, so its id can't be anybody else's.
        state.withLock { state in
            if state.exit == nil { _ = sendSignal(id, signal) }
        }
    }

    /// Lets it go, insists after two seconds, and forces it after one more.
    func end() async {
        letGo()
        let insisting = Task {
            try await Task.sleep(for: .seconds(2))
            kill(SIGTERM)
            try await Task.sleep(for: .seconds(1))
            kill(SIGKILL)
        }
        _ = await exit()
        insisting.cancel()
    }

    deinit {
        letGo()
        let unread = state.withLock { [$0.output.take(), $0.errors.take()] }
        for descriptor in unread.compactMap(\.self) { close(descriptor) }
    }

    /// Waits on a thread of its own, and tells those who wait. Holds no reference, so that ``deinit`` can come.
    private func watch() {
        DispatchQueue(label: "trellis.child-process").async { [weak self, id] in
            // Without reaping first: until the lock is held, the id must stay ours.
            var info = siginfo_t()
            while waitid(P_PID, id_t(id), &info, WEXITED | WNOWAIT) != 0 && errno == EINTR {}
            guard let self else {
                var status: Int32 = 0
                while waitpid(id, &status, 0) < 0 && errno == EINTR {}
                return
            }
            self.reap()
        }
    }

    private func reap() {
        let (exit, waiting) = state.withLock { state in
            var status: Int32 = 0
            while waitpid(id, &status, 0) < 0 && errno == EINTR {}
            let signal = status & 0x7f
            let exit: Exit = signal == 0 ? .status((status >> 8) & 0xff) : .signal(signal)
            state.exit = exit
            defer { state.waiting = [] }
            return (exit, state.waiting)
        }
        letGo()
        for continuation in waiting { continuation.resume(returning: exit) }
    }
}

// MARK: Starting

/// `kill(2)`, which a method of that name would hide.
private func sendSignal(_ id: pid_t, _ signal: Int32) -> Int32 { kill(id, signal) }

extension ChildProcess {
    /// A one-way channel whose ends no other process inherits, and that is none of the three standard descriptors.
    private struct Channel {
        let reading: Int32
        let writing: Int32

        init() throws(Failure) {
            var raw: [Int32] = [-1, -1]
            // A pair of sockets, because Linux can make one closed on exec in the same step: between making a
            // pipe and marking it, another child could be started and inherit it.
            #if canImport(Darwin)
                guard socketpair(AF_UNIX, SOCK_STREAM, 0, &raw) == 0 else {
                    throw Failure(call: "socketpair", code: errno)
                }
            #else
                let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
                guard socketpair(AF_UNIX, kind, 0, &raw) == 0 else {
                    throw Failure(call: "socketpair", code: errno)
                }
            #endif
            // With our own standard input closed, a new descriptor could be 0, 1 or 2, which are the child's.
            let moved = raw.map { fcntl($0, F_DUPFD_CLOEXEC, 3) }
            let code = errno
            for descriptor in raw { close(descriptor) }
            guard moved.allSatisfy({ $0 >= 0 }) else {
                for descriptor in moved where descriptor >= 0 { close(descriptor) }
                throw Failure(call: "fcntl", code: code)
            }
            (reading, writing) = (moved[0], moved[1])
        }

        func closeReading() { close(reading) }
        func closeWriting() { close(writing) }
    }

    private static func spawn(
        _ executable: String, _ arguments: [String], _ input: Int32, _ output: Int32, _ errors: Int32
    ) throws(Failure) -> pid_t {
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
        #else
            var actions = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_adddup2(&actions, input, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_adddup2(&actions, errors, 2)

        var flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
        #if canImport(Darwin)
            flags |= POSIX_SPAWN_CLOEXEC_DEFAULT
        #endif
        posix_spawnattr_setflags(&attributes, Int16(flags))
        posix_spawnattr_setpgroup(&attributes, 0)
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)

        let ours = ProcessInfo.processInfo.environment
        let environment = inherited.compactMap { name in ours[name].map { "\(name)=\($0)" } }
        var argumentPointers: [UnsafeMutablePointer<CChar>?] = ([executable] + arguments).map { strdup($0) } + [nil]
        var environmentPointers: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
        defer { for pointer in argumentPointers + environmentPointers { free(pointer) } }

        var id: pid_t = 0
        let code = posix_spawn(&id, executable, &actions, &attributes, &argumentPointers, &environmentPointers)
        guard code == 0 else { throw Failure(call: "starting \(executable)", code: code) }
        return id
    }
}
