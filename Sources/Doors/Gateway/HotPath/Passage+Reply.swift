import Counsel
import Logging
import Models
import NIOCore
import NIOHTTP1

/// What the upstream answers, on its way back to the client: whole JSON is checked before any of it goes on, events pass
/// one by one, and what breaks is told in the client's own form.
extension Passage: ExchangeDelegate {
    func exchange(_ exchange: Exchange, received head: HTTPResponseHead) {
        let type = head.headers.first(name: "content-type")?.lowercased() ?? "application/json"
        if head.status.code >= 400 {
            if answersForFailedRevision() { return }
            mode = .collecting(head, ByteBuffer())
        } else if account.streamed && type.hasPrefix("text/event-stream") {
            let stream = ReplyStream(bridge: bridge)
            mode = .streaming(stream)
            if !wroteHead { writeHead(head, contentType: "text/event-stream; charset=utf-8", length: nil) }
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
            if whole.readableBytes > Self.collectedAtMost, head.status.code < 400, bridge == nil, !watchesOutput {
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

    func take(_ stream: ReplyStream, _ bytes: ByteBuffer) {
        do throws(GatewayRefusal) {
            let events = try stream.take(bytes)
            guard let ready = held(toFloor: events, of: stream), ready.readableBytes > 0 else { return }
            deliver(stream, ready)
        } catch {
            breakStream(stream, error, by: "its stream was malformed")
        }
    }

    /// Writes events to the client.
    func writeEvents(_ stream: ReplyStream, _ events: ByteBuffer) {
        // The client may hang up at the event that ends the reply, so the receipt comes first.
        if isTold(stream), asking == nil { record(outcome: streamOutcome(stream), stream: stream) }
        if account.keepsBodies { account.replyBody.writeImmutableBuffer(events) }
        write(events)
    }

    /// The stream is told to its end.
    func endReply(_ stream: ReplyStream) {
        record(outcome: streamOutcome(stream), stream: stream)
        end()
    }

    func streamOutcome(_ stream: ReplyStream) -> Receipt.Outcome {
        stream.hasError ? .cutOff(by: .upstream, reason: "it sent an error in the middle of its reply") : .complete
    }

    func exchangeFinished(_ exchange: Exchange) {
        switch mode {
        case .collecting(let head, let whole):
            finish(head, whole)
        case .streaming(let stream):
            streamIsOver(stream, upstream: exchange.upstream)
        case .passing:
            record(outcome: .complete, stream: nil)
            end()
        case .waiting, .done:
            break
        }
    }

    /// No more of the stream will come.
    func streamIsOver(_ stream: ReplyStream, upstream: String) {
        guard stream.isWhole || stream.hasFinishReason || stream.hasError else {
            let failure = UpstreamFailure(.closedEarly, upstream: upstream)
            return breakStream(stream, GatewayRefusal(failure), by: "its stream ended before the reply did")
        }
        exchangeIsOver = true
        let rest = (try? stream.finish()) ?? ByteBuffer()
        guard let ready = held(toFloor: rest, of: stream, isEnd: true) else { return }
        if ready.readableBytes > 0 { deliver(stream, ready) }
        // What a guard model has still to judge follows when it has.
        guard isDrained else { return }
        if !holdsEnd(stream) { endReply(stream) }
    }

    func finish(_ head: HTTPResponseHead, _ whole: ByteBuffer) {
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
        guard let checked = held(toFloor: reply) else { return }
        if asksGuard(about: checked, head) { return }
        deliver(head, checked)
    }

    /// Writes a whole reply to the client.
    func writeWhole(_ head: HTTPResponseHead, _ reply: ByteBuffer) {
        if account.keepsBodies { account.replyBody = reply }
        account.status = Int(head.status.code)
        record(outcome: .complete, stream: nil)
        writeHead(head, contentType: "application/json", length: String(reply.readableBytes))
        write(reply)
        end()
    }

    /// The upstream's own refusal goes to the client in the client's dialect, with the upstream's words.
    func answerUpstreamError(_ head: HTTPResponseHead, _ whole: ByteBuffer) {
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

    func fail(_ failure: UpstreamFailure) {
        exchange?.cancel()
        core.metrics.upstreamFailed(failure.upstream, failure.kind)
        if !isDone, answersForFailedRevision() { return }
        switch mode {
        case .streaming(let stream):
            if stream.isWhole {
                if !holdsEnd(stream) { end() }
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
    func breakStream(_ stream: ReplyStream, _ refused: GatewayRefusal, by reason: String) {
        exchange?.cancel()
        asking = nil
        record(outcome: .cutOff(by: .upstream, reason: reason), stream: stream)
        connection.write(ByteBuffer(bytes: ErrorShape.streamEvent(refused, dialect: door.dialect)))
        finishAccounts()
        connection.endReply(closing: true)
    }
}
