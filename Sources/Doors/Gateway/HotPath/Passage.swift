import Charters
import Counsel
import Logging
import Models
import NIOCore
import NIOHTTP1

/// One message on its way: checked, admitted, briefed, sent, and its reply brought back with a receipt.
///
/// A passage lives on the event loop of its client's connection, as does the upstream connection that it uses, so
/// nothing in it is locked. The order is the design's path of a message: who asks and under which charter, then
/// the brief, then the model, then the receipt. The receipt is in the journal before the last byte of the reply
/// leaves.
final class Passage: ExchangeDelegate {
    /// What is done with the bytes of the reply.
    private enum Mode {
        /// Its head has not come.
        case waiting
        /// Kept until it is whole, because it can still be refused as a whole.
        case collecting(HTTPResponseHead, ByteBuffer)
        /// Server-sent events, passed on event by event.
        case streaming(ReplyStream)
        /// Too large to keep: passed on as it comes.
        case passing
        /// Answered.
        case done
    }

    /// A JSON reply up to this size is checked as a whole before the client sees any of it.
    private static let collectedAtMost = 4 << 20

    private let core: GatewayCore
    private let door: Door
    private let head: HTTPRequestHead
    private unowned let connection: HotPathHandler
    private let eventLoop: any EventLoop
    private var body = ByteBuffer()
    private var mode = Mode.waiting
    private var refusal: GatewayRefusal?
    private var exchange: Exchange?
    private var wroteHead = false
    private var account: PassageAccount
    private var key: HeldKey?
    private var admission: Admission?
    private var bridge: DialectBridge?

    init(
        core: GatewayCore, door: Door, head: HTTPRequestHead, connection: HotPathHandler, eventLoop: any EventLoop
    ) {
        self.core = core
        self.door = door
        self.head = head
        self.connection = connection
        self.eventLoop = eventLoop
        account = PassageAccount(door: door, head: head)
        core.metrics.inFlight.add(1)
    }

    // MARK: The request comes in

    /// Looks at the head: who asks, and whether the body may come.
    func begin() {
        if let refused = gate() {
            refusal = refused
        } else if let length = head.headers.first(name: "content-length").flatMap({ Int($0) }) {
            if length > core.settings.limits.bodyBytes {
                refuseBodyTooLarge()
            } else {
                body.reserveCapacity(length)
            }
        }
    }

    func append(_ bytes: ByteBuffer) {
        guard refusal == nil else { return }
        if body.readableBytes + bytes.readableBytes > core.settings.limits.bodyBytes {
            refuseBodyTooLarge()
            return
        }
        if body.readableBytes == 0 {
            body = bytes
        } else {
            var bytes = bytes
            body.writeBuffer(&bytes)
        }
    }

    func bodyIsWhole() {
        if let refusal {
            answer(refusal)
            return
        }
        do throws(GatewayRefusal) {
            try send()
        } catch {
            answer(error)
        }
    }

    private func refuseBodyTooLarge() {
        let limit = core.settings.limits.bodyBytes
        let refused = GatewayRefusal(
            status: 413, kind: .tooLarge,
            message: "The request body is larger than \(limit) bytes. Send less, or raise limits.body-bytes.")
        refusal = refused
        connection.answersEarly()
        answer(refused)
    }

    /// Who asks, with what kind of body.
    private func gate() -> GatewayRefusal? {
        guard head.method == .POST else {
            return GatewayRefusal(
                status: 405, kind: .invalidRequest, message: "\(head.uri) takes POST only. Send your message with POST."
            )
        }
        do throws(GatewayRefusal) {
            key = try core.authenticate(head.headers)
        } catch {
            core.metrics.keyRefused()
            return error
        }
        account.application = key?.record.application ?? GatewayCore.developmentApplication
        account.keyID = key?.record.id
        account.isKnownCaller = true
        if let type = head.headers.first(name: "content-type"), !type.lowercased().hasPrefix("application/json") {
            return GatewayRefusal(
                status: 415, kind: .invalidRequest,
                message: "The body must be JSON. Send the header Content-Type: application/json.")
        }
        if head.headers.contains(name: "content-encoding") {
            return GatewayRefusal(
                status: 415, kind: .invalidRequest, message: "Compressed request bodies are not read. Send plain JSON.")
        }
        return nil
    }

    // MARK: On its way to the model

    private func send() throws(GatewayRefusal) {
        let ask = try Ask(door: door, body: body, depth: core.settings.limits.jsonDepth)
        account.streamed = ask.streams
        account.modelRequested = ask.model
        account.person = try core.person(
            header: head.headers.first(name: "trellis-person"), field: ask.person, in: account.application)
        if let parent = head.headers.first(name: "traceparent").flatMap({ TraceContext(parsing: $0.utf8) }) {
            account.trace = parent
        }

        let governing = try core.governing(key)
        account.governing = governing
        guard let route = core.client.routes.route(ask.model) else { throw core.unknownModel(ask.model) }
        let upstream = core.client.routes.upstreams[route.index]
        account.upstream = upstream.name

        // The brief goes to the model too, and the model counts it.
        let brief = door == .embeddings ? 0 : governing.charter.compiled.brief.utf8.count
        let estimate = ask.estimatedTokens(bodyBytes: body.readableBytes + brief)
        if let key {
            do throws(LimitRefusal) {
                admission = try key.admit(estimatedTokens: estimate, at: .now())
            } catch {
                core.metrics.limitRefused()
                throw GatewayRefusal(
                    status: 429, kind: .rateLimited, message: error.message, retryAfter: error.retryAfter)
            }
        }
        account.estimatedInput = (body.readableBytes + brief) / 4
        if core.keepsBodies(governing) {
            account.keepsBodies = true
            account.requestBody = body
        }

        var headers = ForwardedHeaders.request(head.headers)
        headers.add(name: "traceparent", value: account.trace.child().header)
        let request: UpstreamRequest
        if let path = door.path(at: upstream) {
            let briefed = ask.briefed(body, by: governing, model: route.model)
            request = UpstreamRequest(path: path, headers: headers, body: briefed)
        } else {
            guard let path = door.translatedPath(at: upstream) else {
                throw GatewayRefusal(
                    status: 400, kind: .invalidRequest,
                    message: "The upstream “\(upstream.name)” makes no embeddings. Choose a model of another upstream.",
                    param: "model")
            }
            var bridge = DialectBridge(client: door.dialect, created: Int(account.at / 1_000))
            let briefed = ask.briefed(body, by: governing, model: ask.model)
            // OpenAI's own newer models take `max_completion_tokens`; most other servers read `max_tokens`.
            let translated = try bridge.request(
                briefed, model: route.model, limitsCompletion: upstream.address.host == "api.openai.com")
            self.bridge = bridge
            account.missing += translated.lost.map { "\($0): the upstream's dialect has no such field" }
            headers = ForwardedHeaders.translated(headers)
            if upstream.dialect == .anthropic {
                headers.replaceOrAdd(name: "anthropic-version", value: "2023-06-01")
            }
            request = UpstreamRequest(path: path, headers: headers, body: translated.body)
        }
        body.clear()
        account.preparedAt = .now()
        let exchange = core.client.connections(on: eventLoop).exchange(request, to: route.index, delegate: self)
        self.exchange = exchange
        if ask.streams { core.metrics.openStreams.add(1) }
        exchange.start()
    }

    // MARK: On its way back

    func exchange(_ exchange: Exchange, received head: HTTPResponseHead) {
        let type = head.headers.first(name: "content-type")?.lowercased() ?? "application/json"
        if head.status.code >= 400 {
            mode = .collecting(head, ByteBuffer())
        } else if account.streamed && type.hasPrefix("text/event-stream") {
            let stream = ReplyStream(bridge: bridge)
            mode = .streaming(stream)
            writeHead(head, contentType: "text/event-stream; charset=utf-8", length: nil)
        } else if type.hasPrefix("application/json") {
            mode = .collecting(head, ByteBuffer())
        } else {
            let plain = type.prefix { $0 != ";" && !$0.isNewline }.prefix(60)
            fail(UpstreamFailure(.malformedReply, upstream: exchange.upstream, detail: "it sent \(plain)"))
        }
    }

    func exchange(_ exchange: Exchange, received bytes: ByteBuffer) {
        // Many servers send a stream's head before the model has read a word, so the head tells nothing.
        if account.firstByteAt == nil { account.firstByteAt = .now() }
        switch mode {
        case .collecting(let head, var whole):
            // Release the enum's hold before writing, or the buffer is copied with every piece.
            mode = .waiting
            var bytes = bytes
            whole.writeBuffer(&bytes)
            if whole.readableBytes > Self.collectedAtMost, head.status.code < 400, bridge == nil {
                mode = .passing
                let length = head.headers.first(name: "content-length")
                writeHead(head, contentType: head.headers.first(name: "content-type"), length: length)
                account.missing.append("token usage: the reply was too large to be read on its way")
                write(whole)
            } else if whole.readableBytes > 16 * Self.collectedAtMost {
                fail(UpstreamFailure(.malformedReply, upstream: exchange.upstream, detail: "its reply is too large"))
            } else {
                mode = .collecting(head, whole)
            }
        case .streaming(let stream):
            take(stream, bytes)
        case .passing:
            write(bytes)
        case .waiting, .done:
            break
        }
    }

    func exchangeReadComplete(_ exchange: Exchange) {
        switch mode {
        case .streaming, .passing: connection.flush()
        case .waiting, .collecting, .done: break
        }
    }

    private func take(_ stream: ReplyStream, _ bytes: ByteBuffer) {
        do throws(GatewayRefusal) {
            let ready = try stream.take(bytes)
            guard ready.readableBytes > 0 else { return }
            // The client may hang up at the event that ends the reply, so the receipt comes first.
            if stream.isWhole { record(outcome: streamOutcome(stream), stream: stream) }
            if account.keepsBodies { account.replyBody.writeImmutableBuffer(ready) }
            write(ready)
        } catch {
            breakStream(stream, error, by: "its stream was malformed")
        }
    }

    private func streamOutcome(_ stream: ReplyStream) -> Receipt.Outcome {
        stream.hasError ? .cutOff(by: .upstream, reason: "it sent an error in the middle of its reply") : .complete
    }

    func exchangeFinished(_ exchange: Exchange) {
        switch mode {
        case .collecting(let head, let whole):
            finish(head, whole)
        case .streaming(let stream):
            if stream.isWhole || stream.hasFinishReason || stream.hasError {
                if let rest = try? stream.finish(), rest.readableBytes > 0 { write(rest) }
                record(outcome: streamOutcome(stream), stream: stream)
                end()
            } else {
                let failure = UpstreamFailure(.closedEarly, upstream: exchange.upstream)
                breakStream(stream, GatewayRefusal(failure), by: "its stream ended before the reply did")
            }
        case .passing:
            record(outcome: .complete, stream: nil)
            end()
        case .waiting, .done:
            break
        }
    }

    private func finish(_ head: HTTPResponseHead, _ whole: ByteBuffer) {
        if head.status.code >= 400 {
            answerUpstreamError(head, whole)
            return
        }
        var reply = whole
        if let bridge {
            do throws(GatewayRefusal) {
                reply = try bridge.reply(whole)
            } catch {
                answer(error)
                return
            }
        }
        guard let scan = ReplyScan(reply) else {
            fail(UpstreamFailure(.malformedReply, upstream: account.upstream, detail: "its JSON is broken"))
            return
        }
        account.read(scan)
        if account.keepsBodies { account.replyBody = reply }
        account.status = Int(head.status.code)
        record(outcome: .complete, stream: nil)
        writeHead(head, contentType: "application/json", length: String(reply.readableBytes))
        write(reply)
        end()
    }

    /// The upstream's own refusal goes to the client in the client's dialect, with the upstream's words.
    private func answerUpstreamError(_ head: HTTPResponseHead, _ whole: ByteBuffer) {
        let status = Int(head.status.code)
        if status == 401 || status == 403 || status == 429 || status >= 500 {
            core.metrics.upstreamAnsweredWithError(account.upstream)
        }
        account.status = status
        let retryAfter = head.headers.first(name: "retry-after")
        let refused = UpstreamErrorReading.refusal(status: status, body: whole, upstream: account.upstream)
        var headers = ForwardedHeaders.reply(head.headers)
        headers.remove(name: "content-type")
        headers.remove(name: "retry-after")
        if let retryAfter { headers.add(name: "retry-after", value: retryAfter) }
        let reason = "the upstream answered with status \(status)"
        // Our own key was refused there: that is the operator's matter, and no reason for the client to change its key.
        let isOurs = status == 401 || status == 403
        if !isOurs, let untouched = UpstreamErrorReading.fitting(whole, door: door) {
            answer(refused, headers: headers, body: untouched, reason: reason)
        } else {
            answer(isOurs ? refused.asBadGateway(account.upstream) : refused, headers: headers, reason: reason)
        }
    }

    func exchange(_ exchange: Exchange, failed failure: UpstreamFailure) {
        fail(failure)
    }

    private func fail(_ failure: UpstreamFailure) {
        exchange?.cancel()
        core.metrics.upstreamFailed(failure.upstream, failure.kind)
        switch mode {
        case .streaming(let stream):
            if stream.isWhole {
                end()
            } else {
                breakStream(stream, GatewayRefusal(failure), by: failure.kind.rawValue)
            }
        case .passing:
            account.status = 200
            record(outcome: .cutOff(by: .upstream, reason: failure.kind.rawValue), stream: nil)
            finishAccounts()
            connection.cut()
        case .waiting, .collecting:
            answer(GatewayRefusal(failure))
        case .done:
            break
        }
    }

    /// Tells the client, in its own dialect, that a stream that has begun will not be whole.
    private func breakStream(_ stream: ReplyStream, _ refused: GatewayRefusal, by reason: String) {
        exchange?.cancel()
        record(outcome: .cutOff(by: .upstream, reason: reason), stream: stream)
        connection.write(ByteBuffer(bytes: ErrorShape.streamEvent(refused, dialect: door.dialect)))
        finishAccounts()
        connection.endReply(closing: true)
    }

    // MARK: The client's side

    func clientLeft() {
        guard !isDone else { return }
        core.metrics.clientVanished()
        if account.isKnownCaller {
            if !wroteHead { account.status = 499 }
            var stream: ReplyStream?
            if case .streaming(let present) = mode { stream = present }
            record(outcome: .cutOff(by: .client, reason: "it left before the reply was whole"), stream: stream)
        }
        let exchange = exchange
        finishAccounts()
        // After the receipt: who sees the upstream stop may ask for it at once.
        exchange?.cancel()
    }

    func clientCanRead(_ canRead: Bool) {
        if canRead { exchange?.resumeReading() } else { exchange?.pauseReading() }
    }

    private var isDone: Bool {
        if case .done = mode { return true }
        return false
    }

    // MARK: Writing

    private func writeHead(_ head: HTTPResponseHead, contentType: String?, length: String?) {
        account.status = Int(head.status.code)
        var headers = ForwardedHeaders.reply(head.headers)
        headers.remove(name: "content-type")
        headers.add(name: "content-type", value: contentType ?? "application/json")
        headers.add(name: "trellis-receipt", value: account.id.description)
        if let length {
            headers.add(name: "content-length", value: length)
        } else {
            headers.add(name: "transfer-encoding", value: "chunked")
            headers.replaceOrAdd(name: "cache-control", value: "no-cache")
        }
        wroteHead = true
        connection.write(HTTPResponseHead(version: .http1_1, status: head.status, headers: headers))
    }

    private func write(_ bytes: ByteBuffer) {
        connection.write(bytes)
        if !connection.clientKeepsUp { exchange?.pauseReading() }
    }

    private func end() {
        finishAccounts()
        connection.endReply()
    }

    /// Answers with a refusal in the client's dialect. Callers that are known get a receipt for it.
    ///
    /// - Parameters:
    ///   - headers: Headers of the upstream's error reply that go on.
    ///   - body: The upstream's own words, when they have the right form already.
    ///   - reason: What the receipt says, when the refusal's words are not ours: an upstream may quote the person.
    private func answer(
        _ refused: GatewayRefusal, headers given: HTTPHeaders = [:], body: ByteBuffer? = nil, reason: String? = nil
    ) {
        guard !isDone else { return }
        account.status = refused.status
        var headers = given
        let bytes =
            body
            ?? ByteBuffer(bytes: ErrorShape.body(refused, dialect: door.dialect, receipt: account.id.description))
        headers.add(name: "content-type", value: "application/json")
        headers.add(name: "content-length", value: String(bytes.readableBytes))
        if let seconds = refused.retryAfter, !headers.contains(name: "retry-after") {
            headers.add(name: "retry-after", value: String(seconds))
        }
        if refused.status == 405 { headers.add(name: "allow", value: "POST") }
        if refused.status == 401 { headers.add(name: "www-authenticate", value: "Bearer") }
        if account.isKnownCaller {
            headers.add(name: "trellis-receipt", value: account.id.description)
            let reason = reason ?? refused.message
            record(outcome: exchange == nil ? .refused(reason: reason) : .failed(reason: reason), stream: nil)
        }
        connection.write(
            HTTPResponseHead(version: .http1_1, status: .init(statusCode: refused.status), headers: headers))
        connection.write(bytes)
        end()
    }

    // MARK: Accounts

    private func record(outcome: Receipt.Outcome, stream: ReplyStream?) {
        guard !account.isRecorded else { return }
        account.isRecorded = true
        if let stream { account.read(stream.tally) }
        account.attempts = exchange?.attempts ?? 0
        core.ledger.record(account.receipt(outcome: outcome))
    }

    private func finishAccounts() {
        guard !isDone else { return }
        mode = .done
        if account.streamed, exchange != nil { core.metrics.openStreams.add(-1) }
        core.metrics.inFlight.add(-1)
        admission?.settle(used: account.tokensUsed)
        account.count(in: core.metrics)
        exchange = nil
    }
}
