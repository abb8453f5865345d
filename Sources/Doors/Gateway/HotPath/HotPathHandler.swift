import DequeModule
import NIOCore
import NIOHTTP1

/// Takes messages to models out of a client connection's pipeline and lets every other request pass.
///
/// One request at a time: what a client sends ahead waits here until the reply to the present request has been
/// written, and meanwhile no more is read. NIO's own pipeline handler does the same by turning reading off and on
/// again for every request, which costs two system calls each time; here only clients that do send ahead pay.
final class HotPathHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private enum State {
        /// Between two requests.
        case idle
        /// The present request is for Hummingbird, and is still coming in.
        case passing
        /// Hummingbird has the whole request; its reply is on its way.
        case passed
        /// A message's body is arriving.
        case collecting(Passage)
        /// The message is with the upstream, or its reply is on its way.
        case replying(Passage)
        /// The reply was sent before all of the request had come. What still comes is read and dropped until the client
        /// is done: a connection that is closed while its client sends is reset, and then the reply is lost
        /// (RFC 9112, section 9.6).
        case draining
        /// The connection closes.
        case closing
    }

    private let core: GatewayCore
    /// What the client sent ahead.
    private var ahead = Deque<HTTPServerRequestPart>()
    /// What is wrong with the HTTP that the client sent ahead, after all that is in ``ahead``.
    private var faultAhead: HTTPParserError?
    private var isTakingUp = false
    private var heldBackReading = false
    private var isQuiescing = false
    /// Hummingbird replied before it had all of the request.
    private var passedReplyEnded = false
    private var state = State.idle
    private var context: ChannelHandlerContext?
    private var closesAfterReply = false
    private var repliesInHTTP10 = false
    /// Since when the client has owed us something: the rest of a request, or the next one.
    private var waitingSince = NIODeadline.now()
    private var watch: Scheduled<Void>?

    init(_ core: GatewayCore) {
        self.core = core
    }

    // MARK: The connection

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        core.metrics.connections.add(1)
        watchPatience(context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        watch?.cancel()
        watch = nil
        core.metrics.connections.add(-1)
    }

    func channelInactive(context: ChannelHandlerContext) {
        switch state {
        case .collecting(let passage), .replying(let passage): passage.clientLeft()
        case .idle, .passing, .passed, .draining, .closing: break
        }
        state = .closing
        ahead.removeAll()
        watch?.cancel()
        watch = nil
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ChannelEvent.inputClosed:
            // A half-closed connection while a reply is on its way: the client has left.
            if case .replying(let passage) = state {
                passage.clientLeft()
                state = .closing
                context.close(promise: nil)
            }
            context.fireUserInboundEventTriggered(event)
        case is ChannelShouldQuiesceEvent:
            // The server is stopping. The present reply may end; nothing new is begun.
            isQuiescing = true
            closesAfterReply = true
            if case .idle = state { context.close(promise: nil) }
        default:
            context.fireUserInboundEventTriggered(event)
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if case .replying(let passage) = state {
            passage.clientCanRead(context.channel.isWritable)
        }
        context.fireChannelWritabilityChanged()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // After a refusal everything that comes may be wrong, and nothing of it matters.
        if case .draining = state, error is HTTPParserError || error is ByteToMessageDecoderError { return }
        guard let fault = error as? HTTPParserError else {
            // Mostly connections that were reset; there is nobody to answer.
            context.close(promise: nil)
            return
        }
        switch state {
        case .idle, .collecting, .passing, .draining, .closing: refuse(fault, context)
        // It concerns the next request; the present one has come whole and is owed its reply.
        case .replying, .passed: faultAhead = fault
        }
    }

    private func refuse(_ fault: HTTPParserError, _ context: ChannelHandlerContext) {
        switch state {
        case .idle:
            refuseBeforeParsing(fault, context: context)
        case .collecting(let passage):
            passage.clientLeft()
            refuseBeforeParsing(fault, context: context)
        case .passing, .passed, .replying, .draining, .closing:
            // Hummingbird must not hear of the fault: it may have answered already, and would give a second answer.
            state = .closing
            context.close(promise: nil)
        }
    }

    // MARK: Requests

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        switch state {
        case .replying, .passed:
            ahead.append(part)
        case .closing:
            break
        case .idle, .passing, .collecting, .draining:
            take(part, context)
        }
    }

    func read(context: ChannelHandlerContext) {
        if ahead.isEmpty { context.read() } else { heldBackReading = true }
    }

    private func take(_ part: HTTPServerRequestPart, _ context: ChannelHandlerContext) {
        switch (state, part) {
        case (.idle, .head(let head)):
            begin(head, context)
        case (.passing, _):
            waitingSince = .now()
            if case .end = part { state = .passed }
            context.fireChannelRead(wrapInboundOut(part))
            // Hummingbird looks at what came when a read ends; the read that brought this part ended long ago.
            if isTakingUp { context.fireChannelReadComplete() }
            if passedReplyEnded, case .passed = state { passedReplyIsWhole() }
        case (.collecting(let passage), .body(let bytes)):
            waitingSince = .now()
            passage.append(bytes)
        case (.collecting(let passage), .end):
            state = .replying(passage)
            passage.bodyIsWhole()
        case (.draining, .end):
            state = .closing
            context.close(promise: nil)
        case (.draining, _), (.closing, _), (.idle, _), (.replying, _), (.passed, _), (.collecting, .head):
            break
        }
    }

    /// Takes up what the client sent ahead, until a request waits for its reply again.
    private func takeUpWhatIsAhead() {
        guard !isTakingUp, let context else { return }
        isTakingUp = true
        defer { isTakingUp = false }
        while !ahead.isEmpty {
            switch state {
            case .replying, .passed: return
            case .closing: ahead.removeAll()
            case .idle, .passing, .collecting, .draining: take(ahead.removeFirst(), context)
            }
        }
        if let fault = faultAhead {
            switch state {
            case .replying, .passed: return
            case .idle, .passing, .collecting, .draining, .closing:
                faultAhead = nil
                refuse(fault, context)
                return
            }
        }
        if heldBackReading {
            heldBackReading = false
            context.read()
        }
    }

    // MARK: Hummingbird's replies, on their way out

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .end = unwrapOutboundIn(data) else {
            context.write(data, promise: promise)
            return
        }
        if isQuiescing, case .passed = state {
            // The last reply of this connection.
            state = .closing
            let channel = context.channel
            let written = promise ?? context.eventLoop.makePromise(of: Void.self)
            written.futureResult.whenComplete { _ in channel.close(promise: nil) }
            context.write(data, promise: written)
            return
        }
        context.write(data, promise: promise)
        switch state {
        case .passed: passedReplyIsWhole()
        case .passing: passedReplyEnded = true
        default: break
        }
    }

    private func passedReplyIsWhole() {
        passedReplyEnded = false
        waitingSince = .now()
        state = .idle
        takeUpWhatIsAhead()
    }

    private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        waitingSince = .now()
        let path = head.uri.utf8.prefix { $0 != UInt8(ascii: "?") }
        guard let door = Door(path: path) else {
            state = .passing
            context.fireChannelRead(wrapInboundOut(.head(head)))
            return
        }
        closesAfterReply = !head.isKeepAlive || isQuiescing
        repliesInHTTP10 = head.version.major == 1 && head.version.minor == 0
        let passage = Passage(core: core, door: door, head: head, connection: self, eventLoop: context.eventLoop)
        state = .collecting(passage)
        passage.begin()
        if case .collecting = state, head.headers.contains(name: "expect") {
            context.writeAndFlush(
                wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .continue))), promise: nil)
        }
    }

    // MARK: Replies, called by the passage

    func write(_ head: HTTPResponseHead) {
        guard let context else { return }
        var head = head
        if repliesInHTTP10 {
            // HTTP/1.0 knows no chunks: without a length, the end of the connection is the end of the reply.
            head.version = .http1_0
            head.headers.remove(name: "transfer-encoding")
            if !head.headers.contains(name: "content-length") { closesAfterReply = true }
        }
        if closesAfterReply { head.headers.replaceOrAdd(name: "connection", value: "close") }
        context.write(wrapOutboundOut(.head(head)), promise: nil)
    }

    func write(_ body: ByteBuffer) {
        guard let context, body.readableBytes > 0 else { return }
        context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
    }

    func flush() {
        context?.flush()
    }

    /// Whether the client keeps up with what is written to it.
    var clientKeepsUp: Bool { context?.channel.isWritable ?? false }

    /// The reply is whole. `closing`: the connection can't be used again.
    func endReply(closing: Bool = false) {
        guard let context else { return }
        let requestIsWhole: Bool
        if case .replying = state { requestIsWhole = true } else { requestIsWhole = false }
        waitingSince = .now()
        if !requestIsWhole {
            drain(context)
        } else if closing || closesAfterReply {
            state = .closing
            let done = context.eventLoop.makePromise(of: Void.self)
            let channel = context.channel
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: done)
            done.futureResult.whenComplete { _ in channel.close(promise: nil) }
        } else {
            state = .idle
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
            if !ahead.isEmpty || faultAhead != nil { takeUpWhatIsAhead() }
        }
    }

    /// Ends the reply to a request that has not come in whole.
    private func drain(_ context: ChannelHandlerContext) {
        state = .draining
        waitingSince = .now()
        let done = context.eventLoop.makePromise(of: Void.self)
        let channel = context.channel
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: done)
        done.futureResult.whenComplete { _ in channel.close(mode: .output, promise: nil) }
    }

    /// Cuts the connection, so that the client sees that the reply is not whole.
    func cut() {
        state = .closing
        context?.close(promise: nil)
    }

    /// The present request will be answered before it has come in whole; the connection closes afterwards.
    func answersEarly() {
        closesAfterReply = true
    }

    private func refuseBeforeParsing(_ fault: HTTPParserError, context: ChannelHandlerContext) {
        let status: HTTPResponseStatus
        let detail: String
        switch fault {
        case .headerOverflow:
            status = .requestHeaderFieldsTooLarge
            detail = "The request's head is larger than \(core.settings.limits.headBytes) bytes: send fewer headers."
        default:
            status = .badRequest
            detail = "The request is not well-formed HTTP/1.1, so it was not read further."
        }
        let problem = ErrorShape.problem(
            GatewayRefusal(status: Int(status.code), kind: .invalidRequest, message: detail))
        var body = context.channel.allocator.buffer(capacity: problem.count)
        body.writeBytes(problem)
        var headers = HTTPHeaders()
        headers.add(name: "content-type", value: "application/problem+json")
        headers.add(name: "content-length", value: String(body.readableBytes))
        headers.add(name: "connection", value: "close")
        context.write(
            wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: status, headers: headers))),
            promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        drain(context)
    }

    // MARK: Patience with clients

    /// Looks now and then whether the client owes us bytes for too long. One coarse look costs less than a timer
    /// that is set anew with every read.
    private func watchPatience(_ context: ChannelHandlerContext) {
        let loop = context.eventLoop.assumeIsolated()
        watch = loop.scheduleTask(in: .seconds(5)) { [weak self] in
            guard let self, let context = self.context else { return }
            let limits = core.settings.limits
            let limit: Duration?
            switch state {
            case .idle: limit = limits.keepAlive
            case .collecting, .draining: limit = limits.readTimeout
            case .passing, .passed, .replying, .closing: limit = nil
            }
            if let limit, waitingSince + TimeAmount(limit) < .now() {
                context.close(promise: nil)
            } else {
                watchPatience(context)
            }
        }
    }
}
