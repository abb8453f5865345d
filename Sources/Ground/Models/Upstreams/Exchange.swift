public import NIOCore
public import NIOHTTP1

/// One request to an upstream, before it is known which connection will carry it.
public struct UpstreamRequest: Sendable {
    /// The HTTP method.
    public var method: HTTPMethod
    /// The path below the upstream's own, beginning with `/`.
    public var path: String
    /// Headers, without `Host`, `Content-Length`, credentials and anything that concerns one hop only.
    public var headers: HTTPHeaders
    /// The body, if the method has one.
    public var body: ByteBuffer?

    /// A request to `path`.
    public init(method: HTTPMethod = .POST, path: String, headers: HTTPHeaders = [:], body: ByteBuffer? = nil) {
        self.method = method
        self.path = path
        self.headers = headers
        self.body = body
    }
}

/// Hears what comes of an ``Exchange``. All calls come on the exchange's event loop.
public protocol ExchangeDelegate: AnyObject {
    /// The reply begins. Called at most once; informational (1xx) heads are not passed on.
    func exchange(_ exchange: Exchange, received head: HTTPResponseHead)
    /// A piece of the reply's body.
    func exchange(_ exchange: Exchange, received body: ByteBuffer)
    /// Everything that had arrived has been passed on: a good moment to flush.
    func exchangeReadComplete(_ exchange: Exchange)
    /// The reply is whole. Last call.
    func exchangeFinished(_ exchange: Exchange)
    /// There will be no (more of the) reply. Last call.
    func exchange(_ exchange: Exchange, failed failure: UpstreamFailure)
}

/// A request on its way and the reply on its way back, with retries and time limits.
///
/// An exchange lives on one event loop and must be used only there. It retries, with full jitter, only while
/// nothing of a reply has been passed on and the failure may pass (``UpstreamFailure/mayPass``, or a status that
/// invites it). Back-pressure: ``pauseReading()`` stops reading from the upstream's socket.
public final class Exchange {
    private enum State {
        case idle
        case waiting
        case running(UpstreamConnection)
        case backingOff(Scheduled<Void>)
        case done
    }

    /// What is asked.
    public let request: UpstreamRequest
    /// How often it was sent, the first time included.
    public private(set) var attempts = 0
    /// When the request was last handed to a connection.
    public private(set) var sentAt: NIODeadline?
    /// When the head of the reply came.
    public private(set) var firstByteAt: NIODeadline?

    let pool: UpstreamPool
    private weak var delegate: (any ExchangeDelegate)?
    private var state = State.idle
    private var isPaused = false
    /// The moment at which patience ends, and which patience it is.
    var deadline = NIODeadline.distantFuture
    var deadlineKind = UpstreamFailure.Kind.connectTimeout
    /// Position in the pool's list of exchanges under way.
    var position = -1
    /// A kept-alive connection was found closed: the next try must not use another old one.
    var wantsFreshConnection = false

    init(_ request: UpstreamRequest, pool: UpstreamPool, delegate: any ExchangeDelegate) {
        self.request = request
        self.pool = pool
        self.delegate = delegate
    }

    /// The upstream's name.
    public var upstream: String { pool.upstream.name }

    /// Sends the request as soon as a connection is free.
    public func start() {
        guard case .idle = state else { return }
        pool.track(self)
        attempt()
    }

    /// Gives the exchange up. The connection is closed, so that the upstream stops working on it. The delegate
    /// hears nothing more.
    public func cancel() {
        delegate = nil
        switch state {
        case .running(let connection): connection.abandon()
        case .waiting: pool.forget(self)
        case .backingOff(let scheduled): scheduled.cancel()
        case .idle, .done: break
        }
        finish()
    }

    /// Stops reading from the upstream until ``resumeReading()``.
    public func pauseReading() {
        isPaused = true
        deadline = .distantFuture
        if case .running(let connection) = state { connection.setReading(false) }
    }

    /// Reads on.
    public func resumeReading() {
        guard isPaused else { return }
        isPaused = false
        expect(.idleTimeout, for: pool.upstream.timeouts.idle)
        if case .running(let connection) = state { connection.setReading(true) }
    }

    // MARK: Called by the pool and the connection

    private func attempt() {
        attempts += 1
        state = .waiting
        expect(.connectTimeout, for: pool.upstream.timeouts.connect)
        pool.connection(for: self)
    }

    /// A connection is ours and the request is being written to it.
    func runs(on connection: UpstreamConnection) {
        state = .running(connection)
        let now = NIODeadline.now()
        sentAt = now
        deadlineKind = .firstByteTimeout
        deadline = now + pool.upstream.timeouts.firstByte
    }

    /// Takes the head of a reply, unless its status invites another try.
    ///
    /// - Returns: `false` if the rest of this reply must be thrown away.
    func received(_ head: HTTPResponseHead) -> Bool {
        if let pause = retryPause(after: head) {
            if case .running(let connection) = state { connection.abandon() }
            retry(after: pause)
            return false
        }
        firstByteAt = .now()
        expect(.idleTimeout, for: pool.upstream.timeouts.idle)
        delegate?.exchange(self, received: head)
        if case .done = state { return false }
        return true
    }

    func received(_ body: ByteBuffer) {
        if !isPaused { expect(.idleTimeout, for: pool.upstream.timeouts.idle) }
        delegate?.exchange(self, received: body)
    }

    func readComplete() {
        delegate?.exchangeReadComplete(self)
    }

    func replyEnded() {
        guard case .running = state else { return }
        let delegate = delegate
        finish()
        delegate?.exchangeFinished(self)
    }

    /// The connection could not be had, or ended. `sawBytes`: whether anything of a reply came over it.
    func failed(_ failure: UpstreamFailure, onReusedConnection reused: Bool = false) {
        switch state {
        case .done, .idle, .backingOff: return
        case .waiting, .running: break
        }
        if firstByteAt == nil, failure.mayPass {
            if reused {
                // The server closed an idle connection just as we wrote to it. That is nobody's fault and
                // costs no try; a fresh connection settles it.
                wantsFreshConnection = true
                attempts -= 1
                attempt()
                return
            }
            if attempts <= pool.upstream.retries {
                retry(after: backoff())
                return
            }
        }
        let delegate = delegate
        finish()
        delegate?.exchange(self, failed: failure)
    }

    /// Patience ended.
    func timedOut() {
        let kind = deadlineKind
        deadline = .distantFuture
        switch state {
        case .running(let connection): connection.abandon()
        case .waiting: pool.forget(self)
        case .idle, .backingOff, .done: return
        }
        failed(UpstreamFailure(kind, upstream: upstream))
    }

    // MARK: Retrying

    private func retry(after pause: TimeAmount) {
        deadline = .distantFuture
        let loop = pool.eventLoop.assumeIsolated()
        state = .backingOff(loop.scheduleTask(in: pause) { [self] in attempt() })
    }

    /// Full jitter over an exponentially growing window, 250 ms at first, 4 s at most
    /// (Brooker, “Exponential backoff and jitter”, AWS Architecture Blog, 2015).
    private func backoff() -> TimeAmount {
        let window = min(250 << min(attempts - 1, 4), 4_000)
        return .milliseconds(Int64.random(in: 20...Int64(window)))
    }

    /// The pause before another try, or `nil` if this reply is the answer.
    private func retryPause(after head: HTTPResponseHead) -> TimeAmount? {
        guard firstByteAt == nil, attempts <= pool.upstream.retries else { return nil }
        switch head.status.code {
        case 429, 502, 503, 504, 529: break
        default: return nil
        }
        if head.headers.first(name: "x-should-retry") == "false" { return nil }
        guard let asked = head.headers.first(name: "retry-after") else { return backoff() }
        // Longer waits, and dates, are for the client to decide about.
        guard let seconds = Double(asked), seconds >= 0, seconds <= 3 else { return nil }
        return .milliseconds(Int64(seconds * 1_000) + Int64.random(in: 0...100))
    }

    private func expect(_ kind: UpstreamFailure.Kind, for amount: TimeAmount) {
        deadlineKind = kind
        deadline = .now() + amount
    }

    private func finish() {
        state = .done
        deadline = .distantFuture
        pool.untrack(self)
    }
}
