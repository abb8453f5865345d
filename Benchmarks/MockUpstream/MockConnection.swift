import NIOCore
import NIOHTTP1

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// One accepted connection: reads requests, and writes rendered bytes straight to the socket.
final class MockConnection: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = ByteBuffer

    private let behaviour: MockUpstream.Behaviour
    private let ledger: Ledger
    private var head: HTTPRequestHead?
    private var fault: Fault?
    private var body = ByteBuffer()
    /// True from the end of a request, or an early reply's start, to the last byte of its reply.
    private var isReplying = false
    /// True when the reply was sent before the request's end, and the rest of the request is to be dropped.
    private var isDropping = false
    /// True when the connection ends by our own doing.
    private var isClosing = false
    /// Requests that came while a reply was under way.
    private var waiting: [HTTPServerRequestPart] = []
    private var stream: RunningStream?

    private struct RunningStream {
        var script: StreamScript
        var next = 0
        var count: Int
        var delay: TimeAmount
        var ending: Ending
        var isScheduled = false
        var keepsAlive: Bool
    }

    /// How a reply ends.
    private enum Ending { case whole, hang, reset, close, withoutClosing, error(ByteBuffer) }

    init(behaviour: MockUpstream.Behaviour, ledger: Ledger) {
        self.behaviour = behaviour
        self.ledger = ledger
    }

    static func install(on channel: any Channel, behaviour: MockUpstream.Behaviour, ledger: Ledger) throws {
        try channel.pipeline.syncOperations.addHandlers([
            ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes)),
            MockConnection(behaviour: behaviour, ledger: ledger),
        ])
    }

    func channelActive(context: ChannelHandlerContext) {
        ledger.opened(context.channel)
    }

    func channelInactive(context: ChannelHandlerContext) {
        ledger.closed(
            context.channel, duringReply: isReplying && !isClosing,
            duringRequest: head != nil && !isReplying && !isClosing)
        isClosing = true
        stream = nil
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A broken request is answered as a web server answers it; a reset by the peer just ends here.
        if error is HTTPParserError, !isReplying {
            isClosing = true
            write(Rendering.response("400 Bad Request", type: "text/plain", body: "\(error)\n"), context)
        }
        context.close(promise: nil)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { continueStream(context) }
    }

    // MARK: Requests

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        if isReplying, !isDropping {
            waiting.append(part)
        } else {
            take(part, context)
        }
    }

    private func take(_ part: HTTPServerRequestPart, _ context: ChannelHandlerContext) {
        switch part {
        case .head(let head):
            self.head = head
            fault = nil
            body.clear()
            if let name = head.headers.first(name: "Mock-Fault") {
                guard let named = Fault(named: name) else {
                    isReplying = true
                    isDropping = true
                    let text = "There is no fault named '\(name)'; Benchmarks/MockUpstream/Fault.swift lists them.\n"
                    return finish(
                        Rendering.response("400 Bad Request", type: "text/plain", body: text), context, keepsAlive: true
                    )
                }
                fault = named
            }
            if fault == .stopReading {
                isReplying = true
                context.channel.setOption(.autoRead, value: false).whenFailure { _ in }
            } else if head.headers.first(name: "Expect")?.lowercased() == "100-continue" {
                write(ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n"), context)
            }
        case .body(var piece):
            guard !isDropping else { return }
            let isFirst = body.readableBytes == 0
            body.writeBuffer(&piece)
            if isFirst, fault == .earlyReply || isEarlyReplyNamed(in: body) {
                isReplying = true
                isDropping = true
                write((head.map { Door(target: $0.uri) } ?? .chat).error(413), context)
            }
        case .end:
            if isDropping {
                isDropping = false
                head = nil
                if isReplying { replied(context, keepsAlive: true) }
            } else if let head {
                receive(head, context)
            }
        }
    }

    private func isEarlyReplyNamed(in body: ByteBuffer) -> Bool {
        guard let length = head?.headers.first(name: "Content-Length"), Int(length) == body.readableBytes else {
            return RequestScan(body).model.flatMap(Fault.init(named:)) == .earlyReply
        }
        // The whole body is there: the reply would not be early, and the ordinary path will name the fault.
        return false
    }

    private func receive(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        isReplying = true
        let door = Door(target: head.uri)
        if door.isRecorded { ledger.received(head, body: body) }
        let scan = RequestScan(body)
        let fault = self.fault ?? scan.model.flatMap(Fault.init(named:))
        let reply = Reply(
            door: door, isStream: scan.wantsStream && (door == .chat || door == .messages), wantsUsage: scan.wantsUsage,
            keepsAlive: head.isKeepAlive)
        self.head = nil

        var wait = behaviour.headDelay
        if case .slowHead(let milliseconds) = fault { wait = .milliseconds(Int64(milliseconds)) }
        guard wait > .zero, door.isRecorded else { return answer(reply, fault, context) }
        context.eventLoop.assumeIsolated().scheduleTask(in: wait) {
            if !self.isClosing { self.answer(reply, fault, context) }
        }
    }

    // MARK: Replies

    private func answer(_ reply: Reply, _ fault: Fault?, _ context: ChannelHandlerContext) {
        switch fault {
        case .hangBeforeHead, .stopReading: return
        case .resetBeforeHead: return reset(context)
        case .failOnceReset where ledger.failsThisTime("fail-once-reset"): return reset(context)
        case .failOnce503 where ledger.failsThisTime("fail-once-503"):
            return finish(reply.door.error(503), context, keepsAlive: reply.keepsAlive)
        case .status(let status):
            return finish(reply.door.error(status), context, keepsAlive: reply.keepsAlive)
        case .earlyReply: return finish(reply.door.error(413), context, keepsAlive: reply.keepsAlive)
        case .html(let status):
            let page =
                "<!doctype html><html><head><title>Gateway</title></head><body><h1>Not a model</h1></body></html>"
            return finish(
                Rendering.response(Rendering.statusLine(status), type: "text/html", body: page), context,
                keepsAlive: reply.keepsAlive)
        default: break
        }
        if reply.isStream { return begin(reply, fault, context) }
        let whole = reply.whole(fault, request: body, ledger: ledger)
        switch fault {
        case .hangMidReply: write(whole.half, context)
        case .resetMidReply:
            write(whole.half, context)
            reset(context)
        case .closeMidReply:
            isClosing = true
            write(whole.half, context)
            context.close(promise: nil)
        case .closeAfterEach:
            finish(whole.addingField("connection: close"), context, keepsAlive: false)
        default: finish(whole, context, keepsAlive: reply.keepsAlive)
        }
    }

    // MARK: Streams

    private func begin(_ reply: Reply, _ fault: Fault?, _ context: ChannelHandlerContext) {
        let script = reply.script(fault, request: body)
        var running = RunningStream(
            script: script, count: script.deltas.isEmpty ? 0 : behaviour.chunks, delay: behaviour.chunkDelay,
            ending: .whole, keepsAlive: reply.keepsAlive)
        switch fault {
        case .hangMidReply: running.ending = .hang
        case .resetMidReply: running.ending = .reset
        case .closeMidReply: running.ending = .close
        case .streamWithoutDone: running.ending = .withoutClosing
        case .errorMidStream:
            running.ending = .error(reply.streamError)
        case .huge: running.count = 20_000
        case .say, .think: running.count = script.deltas.count
        case .chunks(let count, let milliseconds):
            running.count = count
            running.delay = .milliseconds(Int64(milliseconds))
        default: break
        }
        if case .whole = running.ending {} else { running.count = max(1, running.count / 2) }

        var first = Rendering.streamHead
        if fault == .closeAfterEach {
            first = first.addingField("connection: close")
            running.keepsAlive = false
        }
        for event in script.opening { first.writeImmutableBuffer(event) }
        stream = running
        write(first, context)
        continueStream(context)
    }

    /// Writes the next chunk, unless the peer reads too slowly or the next one is already due, and arranges for the
    /// one after it. Each chunk is a write of its own, and other connections get their turn in between.
    private func continueStream(_ context: ChannelHandlerContext) {
        guard var running = stream, !running.isScheduled, context.channel.isWritable else { return }
        guard running.next < running.count, let chunk = running.script.delta(running.next) else {
            stream = nil
            return end(running, context)
        }
        running.next += 1
        running.isScheduled = true
        stream = running
        write(chunk, context)
        ledger.wroteChunk()
        let goOn = {
            self.stream?.isScheduled = false
            self.continueStream(context)
        }
        if running.delay > .zero {
            context.eventLoop.assumeIsolated().scheduleTask(in: running.delay, goOn)
        } else {
            context.eventLoop.assumeIsolated().execute(goOn)
        }
    }

    private func end(_ running: RunningStream, _ context: ChannelHandlerContext) {
        var last = ByteBuffer()
        switch running.ending {
        case .hang: return
        case .reset: return reset(context)
        case .close:
            isClosing = true
            return context.close(promise: nil)
        case .whole: for event in running.script.closing { last.writeImmutableBuffer(event) }
        case .error(let event): last.writeImmutableBuffer(event)
        case .withoutClosing: break
        }
        last.writeImmutableBuffer(Rendering.lastChunk)
        finish(last, context, keepsAlive: running.keepsAlive)
    }

    // MARK: Ends

    private func write(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
    }

    /// Writes the last bytes of a reply.
    private func finish(_ bytes: ByteBuffer, _ context: ChannelHandlerContext, keepsAlive: Bool) {
        write(bytes, context)
        if !isDropping { replied(context, keepsAlive: keepsAlive) }
    }

    private func replied(_ context: ChannelHandlerContext, keepsAlive: Bool) {
        isReplying = false
        ledger.completed()
        guard keepsAlive else {
            isClosing = true
            return context.close(promise: nil)
        }
        while !waiting.isEmpty, !isReplying { take(waiting.removeFirst(), context) }
    }

    /// Ends the connection with a TCP reset, after what was written so far.
    private func reset(_ context: ChannelHandlerContext) {
        isClosing = true
        if let socket = context.channel as? any SocketOptionProvider {
            socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenFailure { _ in }
        }
        context.close(promise: nil)
    }
}
