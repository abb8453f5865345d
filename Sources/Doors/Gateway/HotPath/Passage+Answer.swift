import Counsel
import Logging
import Models
import NIOCore
import NIOHTTP1

/// The client's side of a passage: what is written to it, what is noted of it, and what happens when it leaves.
extension Passage {
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

    var isDone: Bool {
        if case .done = mode { return true }
        return false
    }

    // MARK: Writing

    func writeHead(_ head: HTTPResponseHead, contentType: String?, length: String?) {
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

    func write(_ bytes: ByteBuffer) {
        connection.write(bytes)
        if !connection.clientKeepsUp { exchange?.pauseReading() }
    }

    func end() {
        finishAccounts()
        connection.endReply()
    }

    /// Answers with a refusal in the client's dialect. Callers that are known get a receipt for it.
    ///
    /// - Parameters:
    ///   - headers: Headers of the upstream's error reply that go on.
    ///   - body: The upstream's own words, when they have the right form already.
    ///   - reason: What the receipt says, when the refusal's words are not ours: an upstream may quote the person.
    func answer(
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
            record(outcome: account.wasSent ? .failed(reason: reason) : .refused(reason: reason), stream: nil)
        }
        connection.write(
            HTTPResponseHead(version: .http1_1, status: .init(statusCode: refused.status), headers: headers))
        connection.write(bytes)
        end()
    }

    // MARK: Accounts

    func record(outcome: Receipt.Outcome, stream: ReplyStream?) {
        guard !account.isRecorded else { return }
        account.isRecorded = true
        if let stream { account.read(stream.tally) }
        if let exchange { account.attempts = exchange.attempts }
        if let floorStream { account.floor += floorStream.findings }
        remember(after: outcome)
        core.ledger.record(account.receipt(outcome: outcome))
    }

    func finishAccounts() {
        guard !isDone else { return }
        mode = .done
        if isOpenStream { core.metrics.openStreams.add(-1) }
        critique?.cancel()
        critique = nil
        core.metrics.inFlight.add(-1)
        admission?.settle(used: account.tokensUsed)
        account.count(in: core.metrics)
        exchange = nil
    }
}
