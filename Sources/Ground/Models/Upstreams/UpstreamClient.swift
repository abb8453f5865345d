import Foundation
public import Logging
public import NIOCore
public import NIOHTTP1
import NIOSSL

/// Talks to upstreams over pooled connections, on the caller's own event loop.
///
/// Two ways in. The gateway's hot path works on event loops: ``UpstreamLoop`` gives it ``Exchange``s that never
/// change threads. Everything else awaits: ``send(_:to:)``.
///
/// TLS is NIOSSL (BoringSSL), the HTTP parser is NIO's (llhttp), proxies come from the environment or the
/// upstream's own setting. HTTP/1.1 only: a model reply occupies its connection anyway.
public final class UpstreamClient: Sendable {
    /// Where models are.
    public let routes: ModelRoutes
    /// The loops that requests run on.
    public let group: any EventLoopGroup
    private let loops: [ObjectIdentifier: NIOLoopBoundBox<UpstreamLoop?>]
    private let proxies: [UpstreamAddress?]
    private let trust: [NIOSSLContext?]
    private let logger: Logger

    /// A client for `routes`.
    ///
    /// - Throws: ``UpstreamFailure`` if a certificate file that an upstream names can't be read, or a credential holds a
    ///   line break.
    public init(
        routes: ModelRoutes, group: any EventLoopGroup, proxies environment: ProxyEnvironment, logger: Logger
    ) throws {
        self.routes = routes
        self.group = group
        self.logger = logger
        proxies = routes.upstreams.map { $0.proxy ?? environment.proxy(for: $0.address) }
        trust = try routes.upstreams.map { upstream in
            if let credential = upstream.credential, !Self.isOneLine(credential.secret) {
                throw UpstreamFailure(
                    .insecure, upstream: upstream.name, detail: "its key holds a line break: check key-env or key-file")
            }
            guard upstream.address.usesTLS else { return nil }
            var configuration = TLSConfiguration.makeClientConfiguration()
            configuration.applicationProtocols = ["http/1.1"]
            if let file = upstream.certificateAuthorities { configuration.trustRoots = .file(file) }
            return try NIOSSLContext(configuration: configuration)
        }
        var loops: [ObjectIdentifier: NIOLoopBoundBox<UpstreamLoop?>] = [:]
        for loop in group.makeIterator() {
            loops[ObjectIdentifier(loop)] = .makeEmptyBox(eventLoop: loop)
        }
        self.loops = loops
    }

    /// The connections of `eventLoop`. Must be called on it, and it must be one of ``group``'s.
    public func connections(on eventLoop: any EventLoop) -> UpstreamLoop {
        guard let box = loops[ObjectIdentifier(eventLoop)] else {
            preconditionFailure("an event loop that is not of the client's group")
        }
        if let known = box.value { return known }
        let share = max(1, loops.count)
        let pools = routes.upstreams.indices.map { index in
            UpstreamPool(
                upstream: routes.upstreams[index], proxy: proxies[index], tls: trust[index],
                maximumConnections: (routes.upstreams[index].maximumConnections + share - 1) / share,
                eventLoop: eventLoop)
        }
        let made = UpstreamLoop(pools)
        box.value = made
        return made
    }

    /// Sends a request and gives the reply's head as soon as it is there, and its body as it comes.
    ///
    /// Cancelling the task, or dropping the body, closes the connection, so that the upstream stops too.
    ///
    /// - Parameter index: The upstream's place in ``routes``.
    /// - Throws: ``UpstreamFailure``.
    public func send(_ request: UpstreamRequest, to index: Int) async throws -> UpstreamReply {
        guard Self.isOneLine(request.path), request.headers.allSatisfy({ Self.isOneLine($0) && Self.isOneLine($1) })
        else {
            throw UpstreamFailure(
                .cancelled, upstream: routes.upstreams[index].name, detail: "a header or path holds a control character"
            )
        }
        let loop = group.next()
        let handle = ExchangeHandle(loop)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                loop.execute {
                    let listener = AsyncListener(continuation, handle: handle)
                    let exchange = self.connections(on: loop).exchange(request, to: index, delegate: listener)
                    listener.exchange = exchange
                    handle.set(exchange, listener)
                    exchange.start()
                }
            }
        } onCancel: {
            handle.cancel()
        }
    }

    /// Whether a text can stand in an HTTP head without ending its line.
    private static func isOneLine(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }

    /// Closes idle connections and gives up what is under way.
    public func shutDown() async {
        for (id, box) in loops {
            let loop = group.makeIterator().first { ObjectIdentifier($0) == id }
            try? await loop?.submit { box.value?.shutDown() }.get()
        }
    }
}

/// The connections to every upstream from one event loop. Use it on that loop only.
public final class UpstreamLoop {
    private let pools: [UpstreamPool]

    init(_ pools: [UpstreamPool]) {
        self.pools = pools
    }

    /// An exchange with the upstream at `index` of the client's routes; call ``Exchange/start()`` on it. The
    /// delegate is held weakly.
    public func exchange(_ request: UpstreamRequest, to index: Int, delegate: any ExchangeDelegate) -> Exchange {
        Exchange(request, pool: pools[index], delegate: delegate)
    }

    func shutDown() {
        for pool in pools { pool.shutDown() }
    }
}

/// A reply on its way.
public struct UpstreamReply: Sendable {
    /// Status and headers.
    public let head: HTTPResponseHead
    /// The body, piece by piece. Ends early with an ``UpstreamFailure``.
    public let body: AsyncThrowingStream<ByteBuffer, any Error>

    /// The whole body.
    ///
    /// - Throws: ``UpstreamFailure`` if the reply breaks off or is larger than `limit` bytes.
    public func collected(upTo limit: Int = 64 << 20) async throws -> ByteBuffer {
        var whole = ByteBuffer()
        for try await var piece in body {
            guard whole.readableBytes + piece.readableBytes <= limit else {
                throw UpstreamFailure(.malformedReply, upstream: "", detail: "more than \(limit) bytes")
            }
            whole.writeBuffer(&piece)
        }
        return whole
    }
}

/// Carries a cancellation from any thread to the exchange's loop.
private final class ExchangeHandle: Sendable {
    private let box: NIOLoopBoundBox<(exchange: Exchange, listener: AsyncListener)?>
    private let loop: any EventLoop

    init(_ loop: any EventLoop) {
        self.loop = loop
        box = .makeEmptyBox(eventLoop: loop)
    }

    func set(_ exchange: Exchange, _ listener: AsyncListener) {
        box.value = (exchange, listener)
    }

    func clear() {
        box.value = nil
    }

    func cancel() {
        loop.execute {
            guard let (exchange, listener) = self.box.value else { return }
            self.box.value = nil
            exchange.cancel()
            listener.gaveUp(exchange.upstream)
        }
    }
}

/// Turns an exchange's calls into an async head and an async body.
private final class AsyncListener: ExchangeDelegate {
    private var head: CheckedContinuation<UpstreamReply, any Error>?
    private var body: AsyncThrowingStream<ByteBuffer, any Error>.Continuation?
    private let handle: ExchangeHandle
    var exchange: Exchange?

    init(_ head: CheckedContinuation<UpstreamReply, any Error>, handle: ExchangeHandle) {
        self.head = head
        self.handle = handle
    }

    func exchange(_ exchange: Exchange, received head: HTTPResponseHead) {
        let (stream, continuation) = AsyncThrowingStream.makeStream(of: ByteBuffer.self)
        let handle = handle
        continuation.onTermination = { reason in
            if case .cancelled = reason { handle.cancel() }
        }
        body = continuation
        self.head?.resume(returning: UpstreamReply(head: head, body: stream))
        self.head = nil
    }

    func exchange(_ exchange: Exchange, received body: ByteBuffer) {
        self.body?.yield(body)
    }

    func exchangeReadComplete(_ exchange: Exchange) {}

    func exchangeFinished(_ exchange: Exchange) {
        body?.finish()
        end()
    }

    func exchange(_ exchange: Exchange, failed failure: UpstreamFailure) {
        head?.resume(throwing: failure)
        head = nil
        body?.finish(throwing: failure)
        end()
    }

    func gaveUp(_ upstream: String) {
        head?.resume(throwing: CancellationError())
        head = nil
        body?.finish(throwing: CancellationError())
        end()
    }

    private func end() {
        body = nil
        exchange = nil
        handle.clear()
    }
}
