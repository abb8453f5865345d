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
final class Passage {
    /// What is done with the bytes of the reply.
    enum Mode {
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
    static let collectedAtMost = 4 << 20

    let core: GatewayCore
    let door: Door
    let head: HTTPRequestHead
    unowned let connection: HotPathHandler
    let eventLoop: any EventLoop
    var body = ByteBuffer()
    var mode = Mode.waiting
    var refusal: GatewayRefusal?
    var exchange: Exchange?
    var wroteHead = false
    var account: PassageAccount
    var key: HeldKey?
    var admission: Admission?
    var bridge: DialectBridge?

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

    func refuseBodyTooLarge() {
        let limit = core.settings.limits.bodyBytes
        let refused = GatewayRefusal(
            status: 413, kind: .tooLarge,
            message: "The request body is larger than \(limit) bytes. Send less, or raise limits.body-bytes.")
        refusal = refused
        connection.answersEarly()
        answer(refused)
    }

    /// Who asks, with what kind of body.
    func gate() -> GatewayRefusal? {
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

    func send() throws(GatewayRefusal) {
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
}
