import DequeModule
import Foundation
import NIOCore
import NIOExtras
import NIOHTTP1
import NIOPosix
import NIOSSL
import NIOTLS

/// The connections of one event loop to one upstream.
///
/// Everything here happens on that loop: a request, its connection and its reply never change threads, so no
/// lock is taken on the way of a message. Free connections are used last-in first-out, so that a quiet pool
/// shrinks to the few that are needed.
final class UpstreamPool {
    let upstream: Upstream
    let eventLoop: any EventLoop
    private let proxy: UpstreamAddress?
    private let tls: NIOSSLContext?
    private let maximumConnections: Int
    private let pathPrefix: String
    private let hostHeader: String
    private let keyHeader: (name: String, value: String)?

    private var idle: [UpstreamConnection] = []
    private var waiting = Deque<Exchange>()
    private var open = 0
    private var underWay: [Exchange] = []
    private var ticker: Scheduled<Void>?
    private var isShutDown = false

    /// An idle connection older than this is closed: most servers do so after 60 to 75 s.
    private static let idleLimit = TimeAmount.seconds(50)
    private static let tick = TimeAmount.milliseconds(100)

    init(
        upstream: Upstream, proxy: UpstreamAddress?, tls: NIOSSLContext?, maximumConnections: Int,
        eventLoop: any EventLoop
    ) {
        self.upstream = upstream
        self.proxy = proxy
        self.tls = tls
        self.maximumConnections = max(1, maximumConnections)
        self.eventLoop = eventLoop
        hostHeader = upstream.address.authority
        // A plain request through a proxy names the whole address (RFC 9112, section 3.2.2).
        let forwarded = proxy != nil && !upstream.address.usesTLS
        pathPrefix = (forwarded ? "http://\(upstream.address.authority)" : "") + upstream.address.path
        keyHeader = upstream.credential.map { credential in
            switch upstream.dialect {
            case .openAI: ("authorization", "Bearer \(credential.secret)")
            case .anthropic: ("x-api-key", credential.secret)
            }
        }
    }

    /// The head as this upstream needs it: its own host, path and key.
    func head(for request: UpstreamRequest) -> HTTPRequestHead {
        var headers = request.headers
        headers.add(name: "host", value: hostHeader)
        if let keyHeader { headers.add(name: keyHeader.name, value: keyHeader.value) }
        if let body = request.body {
            headers.add(name: "content-length", value: String(body.readableBytes))
        }
        return HTTPRequestHead(
            version: .http1_1, method: request.method, uri: pathPrefix + request.path, headers: headers)
    }

    // MARK: Handing out connections

    func connection(for exchange: Exchange) {
        guard !isShutDown else {
            exchange.failed(UpstreamFailure(.cancelled, upstream: upstream.name))
            return
        }
        if !exchange.wantsFreshConnection {
            while let connection = idle.popLast() {
                if connection.isOpen {
                    connection.carry(exchange)
                    return
                }
            }
        }
        waiting.append(exchange)
        if open < maximumConnections {
            connect()
        } else if exchange.wantsFreshConnection, !idle.isEmpty {
            // All places are taken by old connections: make room for the new one.
            idle.removeFirst().close()
        } else {
            exchange.deadlineKind = .busy
        }
    }

    func forget(_ exchange: Exchange) {
        waiting.removeAll { $0 === exchange }
    }

    func release(_ connection: UpstreamConnection) {
        if let next = waiting.popFirst() {
            connection.carry(next)
            return
        }
        connection.idleSince = .now()
        idle.append(connection)
    }

    func closed(_ connection: UpstreamConnection) {
        open -= 1
        idle.removeAll { $0 === connection }
        if !waiting.isEmpty, open < maximumConnections, !isShutDown { connect() }
    }

    private func connect() {
        open += 1
        open(to: proxy ?? upstream.address).assumeIsolated().whenComplete { [self] result in
            switch result {
            case .success(let channel): ready(channel)
            case .failure(let error): connectFailed(error)
            }
        }
    }

    private func ready(_ channel: any Channel) {
        let connection = UpstreamConnection(pool: self)
        do {
            // Headers were checked where they came in: by the parser of our own server, or by `UpstreamClient`.
            try channel.pipeline.syncOperations.addHTTPClientHandlers(
                leftOverBytesStrategy: .dropBytes, enableOutboundHeaderValidation: false)
            try channel.pipeline.syncOperations.addHandler(connection)
        } catch {
            open -= 1
            channel.close(promise: nil)
            connectFailed(error, counted: false)
            return
        }
        guard channel.isActive else {
            // It closed while it was handed over; `channelInactive` went by before the handler was there.
            open -= 1
            connectFailed(ChannelError.eof, counted: false)
            return
        }
        release(connection)
    }

    private func connectFailed(_ error: any Error, counted: Bool = true) {
        if counted { open -= 1 }
        guard let exchange = waiting.popFirst() else { return }
        let kind: UpstreamFailure.Kind
        var detail = ""
        switch error {
        case ChannelError.connectTimeout: kind = .connectTimeout
        case is NIOHTTP1ProxyConnectHandler.Error: kind = .proxy
        case let error where isTLSFailure(error): kind = .insecure
        case let error as NIOConnectionError:
            kind = .cannotConnect
            detail = error.dnsAError != nil && error.connectionErrors.isEmpty ? "unknown host" : "refused"
        case let error as IOError:
            kind = .cannotConnect
            detail = error.errnoCode == ECONNREFUSED ? "refused" : "errno \(error.errnoCode)"
        default: kind = .cannotConnect
        }
        exchange.failed(UpstreamFailure(kind, upstream: upstream.name, detail: detail))
    }

    func isTLSFailure(_ error: any Error) -> Bool {
        error is NIOSSLError || error is BoringSSLError || error is NIOSSLExtraError
    }

    // MARK: Opening

    private func open(to address: UpstreamAddress) -> EventLoopFuture<any Channel> {
        let usesTLS = upstream.address.usesTLS
        let tunnels = proxy != nil && usesTLS
        let tls = usesTLS ? tls : nil
        let host = upstream.address.host
        let port = upstream.address.port
        let timeout = upstream.timeouts.connect
        let opened = ClientBootstrap(group: eventLoop)
            .connectTimeout(timeout)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .connect(host: address.host, port: address.port)
        guard usesTLS, let tls else { return opened }
        return opened.flatMap { channel in
            let tunnelled: EventLoopFuture<Void> =
                tunnels
                ? Self.tunnel(through: channel, host: host, port: port, timeout: timeout)
                : channel.eventLoop.makeSucceededVoidFuture()
            return tunnelled.flatMap { Self.handshake(on: channel, tls: tls, host: host) }.map { channel }
        }
    }

    private static func tunnel(
        through channel: any Channel, host: String, port: Int, timeout: TimeAmount
    ) -> EventLoopFuture<Void> {
        let done = channel.eventLoop.makePromise(of: Void.self)
        do {
            let encoder = HTTPRequestEncoder()
            let decoder = ByteToMessageHandler(HTTPResponseDecoder(leftOverBytesStrategy: .dropBytes))
            let connect = NIOHTTP1ProxyConnectHandler(
                targetHost: host, targetPort: port, headers: [:], deadline: .now() + timeout, promise: done)
            let operations = channel.pipeline.syncOperations
            try operations.addHandlers([encoder, decoder, connect])
            return done.futureResult.assumeIsolated().flatMap {
                let removed = [
                    operations.removeHandler(encoder), operations.removeHandler(decoder),
                ]
                return EventLoopFuture.andAllSucceed(removed, on: channel.eventLoop)
            }.nonisolated()
        } catch {
            done.fail(error)
            return done.futureResult
        }
    }

    private static func handshake(on channel: any Channel, tls: NIOSSLContext, host: String) -> EventLoopFuture<Void> {
        let done = channel.eventLoop.makePromise(of: Void.self)
        do {
            // A certificate names hosts; for a bare IP address there is no server name to ask for.
            let isIPAddress = (try? SocketAddress(ipAddress: host, port: 0)) != nil
            let handler = try NIOSSLClientHandler(context: tls, serverHostname: isIPAddress ? nil : host)
            try channel.pipeline.syncOperations.addHandler(handler)
            try channel.pipeline.syncOperations.addHandler(HandshakeWaiter(done))
        } catch {
            done.fail(error)
        }
        return done.futureResult
    }

    // MARK: Time limits

    func track(_ exchange: Exchange) {
        exchange.position = underWay.count
        underWay.append(exchange)
        guard ticker == nil else { return }
        // One coarse clock for all exchanges: a timer each would cost more than the work it guards.
        scheduleTick()
    }

    func untrack(_ exchange: Exchange) {
        let position = exchange.position
        guard position >= 0, position < underWay.count, underWay[position] === exchange else { return }
        let last = underWay.removeLast()
        if last !== exchange {
            underWay[position] = last
            last.position = position
        }
        exchange.position = -1
    }

    private func scheduleTick() {
        ticker = eventLoop.assumeIsolated().scheduleTask(in: Self.tick) { [weak self] in self?.checkTimes() }
    }

    private func checkTimes() {
        ticker = nil
        let now = NIODeadline.now()
        for exchange in underWay where exchange.deadline < now { exchange.timedOut() }
        for connection in idle where connection.idleSince + Self.idleLimit < now { connection.close() }
        if !(underWay.isEmpty && idle.isEmpty) && !isShutDown { scheduleTick() }
    }

    func shutDown() {
        isShutDown = true
        ticker?.cancel()
        ticker = nil
        for exchange in underWay { exchange.failed(UpstreamFailure(.cancelled, upstream: upstream.name)) }
        for connection in idle { connection.close() }
    }
}

/// Tells when the TLS handshake is over, then leaves the pipeline.
private final class HandshakeWaiter: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny

    private var promise: EventLoopPromise<Void>?

    init(_ promise: EventLoopPromise<Void>) {
        self.promise = promise
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case TLSUserEvent.handshakeCompleted = event {
            promise?.succeed()
            promise = nil
            context.pipeline.syncOperations.removeHandler(self, promise: nil)
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        promise?.fail(error)
        promise = nil
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        promise?.fail(ChannelError.eof)
        promise = nil
        context.fireChannelInactive()
    }
}
