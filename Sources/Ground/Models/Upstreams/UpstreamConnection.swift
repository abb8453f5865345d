import NIOCore
import NIOHTTP1

/// The last handler of a connection to an upstream: carries one exchange at a time.
final class UpstreamConnection: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    private let pool: UpstreamPool
    private var context: ChannelHandlerContext?
    private var exchange: Exchange?
    private var sawBytes = false
    private var throwingAway = false
    private var keepsAlive = true
    private var isReading = true
    private(set) var isOpen = false
    private var served = 0
    /// When it last became free.
    var idleSince = NIODeadline.now()

    init(pool: UpstreamPool) {
        self.pool = pool
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        isOpen = context.channel.isActive
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    // MARK: Called by the pool and the exchange

    func carry(_ exchange: Exchange) {
        guard let context, isOpen else {
            exchange.failed(UpstreamFailure(.closedEarly, upstream: pool.upstream.name))
            return
        }
        self.exchange = exchange
        sawBytes = false
        throwingAway = false
        keepsAlive = true
        served += 1
        exchange.runs(on: self)
        let request = exchange.request
        context.write(wrapOutboundOut(.head(pool.head(for: request))), promise: nil)
        if let body = request.body, body.readableBytes > 0 {
            context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    /// Closes the connection in the middle of an exchange, without telling the exchange.
    func abandon() {
        exchange = nil
        context?.close(promise: nil)
    }

    func close() {
        context?.close(promise: nil)
    }

    func setReading(_ reads: Bool) {
        guard let context, reads != isReading else { return }
        isReading = reads
        context.channel.setOption(.autoRead, value: reads).whenFailure { _ in }
    }

    // MARK: Inbound

    func channelActive(context: ChannelHandlerContext) {
        isOpen = true
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            // 100 Continue and its like announce the real head.
            if (100..<200).contains(head.status.code) && head.status.code != 101 {
                sawBytes = true
                return
            }
            sawBytes = true
            keepsAlive = head.isKeepAlive
            guard let exchange else { return }
            throwingAway = !exchange.received(head)
        case .body(let bytes):
            guard !throwingAway else { return }
            exchange?.received(bytes)
        case .end:
            guard !throwingAway, let exchange else { return }
            self.exchange = nil
            // The last bytes may have come in one read, just before the client fell behind.
            setReading(true)
            // A reply that ends before we have sent all of the request leaves the connection unusable.
            if keepsAlive && context.channel.isWritable && isOpen {
                if served > 1_000_000 { context.close(promise: nil) } else { pool.release(self) }
            } else {
                context.close(promise: nil)
            }
            exchange.replyEnded()
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        exchange?.readComplete()
        context.fireChannelReadComplete()
    }

    func channelInactive(context: ChannelHandlerContext) {
        isOpen = false
        pool.closed(self)
        fail(UpstreamFailure(.closedEarly, upstream: pool.upstream.name))
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        let kind: UpstreamFailure.Kind
        var detail = ""
        switch error {
        case let error as HTTPParserError:
            // The end of the stream in the middle of a reply is a lost connection, not bad HTTP.
            if case .invalidEOFState = error { kind = .closedEarly } else { kind = .notHTTP }
        case let error as IOError:
            kind = .closedEarly
            detail = "errno \(error.errnoCode)"
        default:
            kind = pool.isTLSFailure(error) ? .insecure : .closedEarly
        }
        fail(UpstreamFailure(kind, upstream: pool.upstream.name, detail: detail))
        context.close(promise: nil)
    }

    private func fail(_ failure: UpstreamFailure) {
        guard let exchange else { return }
        self.exchange = nil
        exchange.failed(failure, onReusedConnection: served > 1 && !sawBytes)
    }
}
