import NIOCore

/// A streamed reply on its way through: whole events only, read for the receipt as they pass, translated if the
/// client speaks another dialect than the upstream.
final class ReplyStream {
    private var scanner = EventStreamScanner()
    private var bridge: DialectBridge?

    init(bridge: DialectBridge?) {
        self.bridge = bridge
    }

    /// Takes what came and gives what can go on to the client.
    ///
    /// - Throws: A refusal when the upstream sent something that is no event stream.
    func take(_ bytes: ByteBuffer) throws(GatewayRefusal) -> ByteBuffer {
        let ready: ByteBuffer
        do throws(EventStreamFault) {
            ready = try scanner.take(bytes)
        } catch {
            throw GatewayRefusal(status: 502, kind: .upstreamFault, message: error.message)
        }
        return try bridge?.take(ready) ?? ready
    }

    /// What is left when the upstream has ended its stream in good order.
    func finish() throws(GatewayRefusal) -> ByteBuffer {
        var rest: ByteBuffer
        do throws(EventStreamFault) {
            rest = try scanner.finish()
        } catch {
            throw GatewayRefusal(status: 502, kind: .upstreamFault, message: error.message)
        }
        guard bridge != nil else { return rest }
        rest = try bridge?.take(rest) ?? rest
        if let last = bridge?.finish() { rest.writeImmutableBuffer(last) }
        return rest
    }

    /// Whether the reply's own end mark has been seen.
    var isWhole: Bool { scanner.tally.hasEndMark }

    /// Some servers end a stream with a reason to finish and no end mark. That is a whole reply too.
    var hasFinishReason: Bool { scanner.tally.finishReason != nil }

    /// Whether an event told of an error instead of (the rest of) a reply.
    var hasError: Bool { scanner.tally.hasError }

    var tally: ReplyTally { scanner.tally }
}
