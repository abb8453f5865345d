public import Logging

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The models that run on this machine: one supervised child process a model, each on a loopback port of its own.
///
/// A child is llama.cpp with OpenAI- and Anthropic-compatible routes. It is started from the private Python
/// environment that `make setup` made, waited for, started again when it dies (after a pause that grows and is
/// jittered), and ended by ``stop()``. A child holds one end of a pipe whose other end only this process has: when
/// Trellis ends in whatever way, `kill -9` included, the children end too.
///
/// The port of a model stays the same for as long as the runtime runs, so an address learnt once stays valid.
/// What is not watched: a child that lives but doesn't answer. The request that meets it runs into its time limit.
public actor LocalRuntime {
    /// How long a model may take until it answers. Loading takes a second or two; a machine under load takes longer.
    static let patience = Duration.seconds(120)
    /// The pause before the first new start, doubled for each one after it up to ``longestPause``.
    static let shortestPause = Duration.milliseconds(250)
    /// No pause is longer than this, so a model comes back within half a minute of what hindered it being mended.
    static let longestPause = Duration.seconds(30)
    /// After so many starts in a row that led to nothing, the state says ``LocalRuntimeState/failed(reason:)``.
    static let startsUntilFailed = 5

    private let files: LocalRuntimeFiles
    private let threads: Int
    private let log: Logger
    private var seats: [LocalModelKind: Seat] = [:]
    private var observers: [Int: AsyncStream<[LocalModelKind: LocalRuntimeState]>.Continuation] = [:]
    private var nextObserver = 0
    private var isStopping = false

    /// What belongs to one model while the runtime runs.
    private struct Seat {
        var state: LocalRuntimeState = .stopped
        var port: LoopbackPort?
        var process: ChildProcess?
        var supervisor: Task<Void, Never>?
    }

    /// A runtime that is not started yet.
    ///
    /// - Parameters:
    ///   - home: The folder that `make setup` filled, usually `.trellis`.
    ///   - kinds: Which models to run.
    ///   - threads: Threads for each model. One is steadier than two when several models are busy on a small machine.
    ///   - log: Where starts, deaths and new starts are told. Never what anybody said.
    public init(home: URL, kinds: Set<LocalModelKind>, threads: Int = 1, log: Logger) {
        self.files = LocalRuntimeFiles(home: home)
        self.threads = max(1, threads)
        self.log = log
        for kind in kinds { seats[kind] = Seat() }
    }

    // MARK: What it is doing

    /// What each model is doing now.
    public var state: [LocalModelKind: LocalRuntimeState] { seats.mapValues(\.state) }

    /// What each model is doing, now and after every change. Ends when the runtime is gone.
    public func changes() -> AsyncStream<[LocalModelKind: LocalRuntimeState]> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: [LocalModelKind: LocalRuntimeState].self, bufferingPolicy: .bufferingNewest(64))
        let observer = nextObserver
        nextObserver += 1
        observers[observer] = continuation
        continuation.onTermination = { [weak self] _ in
            Task { await self?.forget(observer) }
        }
        continuation.yield(state)
        return stream
    }

    /// Where a model answers: known as soon as ``start()`` has chosen a port, and the same until ``stop()``.
    public func endpoint(_ kind: LocalModelKind) -> (host: String, port: Int)? {
        seats[kind]?.port.map { (LoopbackPort.host, $0.number) }
    }

    /// The process that serves a model now, for people who look at the machine and for tests.
    public func processID(_ kind: LocalModelKind) -> Int32? { seats[kind]?.process?.id }

    // MARK: Starting and stopping

    /// Starts every model and returns when all of them answer. Does nothing if it runs already. A task that is
    /// cancelled meanwhile stops them again.
    ///
    /// - Throws: ``LocalRuntimeError`` if set-up is missing something, or a model doesn't come up. Nothing runs then.
    public func start() async throws(LocalRuntimeError) {
        guard !seats.isEmpty, seats.values.allSatisfy({ $0.port == nil }) else { return }
        isStopping = false
        for kind in seats.keys {
            do throws(LocalRuntimeError) {
                try files.check(for: kind)
                seats[kind]?.port = try LoopbackPort()
                set(.starting, kind)
            } catch {
                await stop()
                set(.failed(reason: error.description), kind)
                throw error
            }
        }

        let kinds = Array(seats.keys)
        let failure = await withTaskCancellationHandler {
            await withTaskGroup(of: LocalRuntimeError?.self) { group in
                for kind in kinds {
                    group.addTask {
                        do throws(LocalRuntimeError) {
                            try await self.launch(kind)
                            return nil
                        } catch {
                            return error
                        }
                    }
                }
                var first: LocalRuntimeError?
                for await failure in group where first == nil && failure != nil {
                    first = failure
                    // The others need not come up any more.
                    self.isStopping = true
                    for seat in self.seats.values { seat.process?.letGo() }
                }
                return first
            }
        } onCancel: {
            Task { await self.stop() }
        }
        if let failure {
            await stop()
            if let kind = failure.kind { set(.failed(reason: failure.description), kind) }
            throw failure
        }
    }

    /// Ends every model and returns when all of their processes are gone.
    public func stop() async {
        isStopping = true
        for kind in seats.keys {
            seats[kind]?.supervisor?.cancel()
            seats[kind]?.process?.letGo()
        }
        for kind in seats.keys {
            await seats[kind]?.process?.end()
            await seats[kind]?.supervisor?.value
            seats[kind]?.process = nil
            seats[kind]?.supervisor = nil
            seats[kind]?.port = nil
            set(.stopped, kind)
        }
    }

    // MARK: One model

    /// Starts a model's process, waits until it answers, and sets a supervisor beside it.
    private func launch(_ kind: LocalModelKind) async throws(LocalRuntimeError) {
        guard !isStopping, let port = seats[kind]?.port else { throw .stopped }
        try files.check(for: kind)
        let began = ContinuousClock.now
        let process: ChildProcess
        do {
            process = try ChildProcess(
                executable: files.python.path,
                arguments: LocalRuntimeProgram.arguments(
                    kind: kind, model: files.model(kind).path, port: port.number, threads: threads),
                input: LocalRuntimeProgram.source)
        } catch {
            throw .didNotStart(kind, reason: "\(error)")
        }
        seats[kind]?.process = process

        // The child closes both its outputs when it is ready, and the system does it when it dies: either way this ends.
        let alarm = Task {
            try await Task.sleep(for: Self.patience)
            process.kill()
        }
        let output = await process.output()
        let complaint = await process.complaint()
        alarm.cancel()

        guard !isStopping else { throw .stopped }
        guard LocalRuntimeProgram.saysReady(output) else {
            let exit = await process.exit()
            throw .didNotStart(kind, reason: Self.reason(complaint: complaint, exit: exit))
        }
        guard await port.answersHealthy() else {
            await process.end()
            throw .didNotStart(kind, reason: "it listens on port \(port.number) but doesn't answer /health")
        }
        guard !isStopping else { throw .stopped }

        set(.ready, kind)
        let milliseconds = (ContinuousClock.now - began) / .milliseconds(1)
        log.info(
            "local model ready",
            metadata: [
                "model": "\(kind.modelName)", "port": "\(port.number)", "pid": "\(process.id)",
                "milliseconds": "\(Int(milliseconds))",
            ])
        seats[kind]?.supervisor = Task { [weak self] in
            let exit = await process.exit()
            await self?.ended(kind, exit)
        }
    }

    /// A model that was ready has died: start it again, for as long as it takes.
    private func ended(_ kind: LocalModelKind, _ exit: ChildProcess.Exit) async {
        var reason = Self.reason(complaint: "", exit: exit)
        var failures = 0
        while !isStopping, !Task.isCancelled {
            failures += 1
            set(failures > Self.startsUntilFailed ? .failed(reason: reason) : .restarting(reason: reason), kind)
            let pause = Self.pause(before: failures)
            log.warning(
                "local model is down, starting it again",
                metadata: [
                    "model": "\(kind.modelName)", "reason": "\(reason)", "try": "\(failures)",
                    "pause-milliseconds": "\(Int(pause / .milliseconds(1)))",
                ])
            try? await Task.sleep(for: pause)
            do throws(LocalRuntimeError) {
                try await launch(kind)  // sets a new supervisor in this one's place
                return
            } catch {
                reason = error.reason
            }
        }
    }

    /// The pause before try number `attempt` (from 1): doubled each time, at most half a minute, and somewhere in the
    /// upper half of that, so that several models don't come back in step.
    static func pause(before attempt: Int) -> Duration {
        let doubled = shortestPause * (1 << min(max(attempt - 1, 0), 10))
        return min(doubled, longestPause) * Double.random(in: 0.5...1)
    }

    /// In words, why a process ended: its own last words if it had any.
    static func reason(complaint: String, exit: ChildProcess.Exit) -> String {
        let lastLine = complaint.split(whereSeparator: \.isNewline).last.map { String($0.suffix(400)) }
        return [lastLine, exit.description].compactMap { $0 }.joined(separator: "; ")
    }

    private func set(_ state: LocalRuntimeState, _ kind: LocalModelKind) {
        guard seats[kind]?.state != state else { return }
        seats[kind]?.state = state
        for observer in observers.values { observer.yield(self.state) }
    }

    private func forget(_ observer: Int) {
        observers[observer] = nil
    }

    deinit {
        // The supervisors hold the processes, so that they end is to be asked for here.
        for seat in seats.values { seat.process?.letGo() }
        for observer in observers.values { observer.finish() }
    }
}
