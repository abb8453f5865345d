import Models
import NIOCore

/// One message's way between two dialects and back: its request, then its reply or its stream.
///
///     var bridge = DialectBridge(client: .anthropic, created: now)    // the upstream speaks OpenAI's dialect
///     let request = try bridge.request(body, model: "llama")          // goes to "/chat/completions"
///     client.write(try bridge.take(events))                           // what an EventStreamScanner let pass
///     client.write(bridge.finish())
///
/// The brief is spliced in before, in the client's dialect.
struct DialectBridge: Sendable {
    /// What the client speaks. The upstream speaks the other.
    let client: Upstream.Dialect
    private let created: Int
    private var chatStream: Translation.ChatStream
    private var messagesStream = Translation.MessagesStream()

    /// - Parameter created: seconds since 1970, which OpenAI's replies carry.
    init(client: Upstream.Dialect, created: Int) {
        self.client = client
        self.created = created
        chatStream = Translation.ChatStream(created: created, includesUsage: false)
    }

    /// The client's request in the upstream's dialect.
    ///
    /// - Parameters:
    ///   - model: the upstream's name for the model.
    ///   - limitsCompletion: see `Translation.chatRequest`; true for OpenAI's own servers.
    ///   - allowsSampling: see `Translation.messagesRequest`; false for Anthropic's own servers.
    mutating func request(
        _ body: ByteBuffer, model: String, limitsCompletion: Bool = false, allowsSampling: Bool = false
    ) throws(GatewayRefusal) -> Translation.Request {
        switch client {
        case .openAI:
            let request = try Translation.messagesRequest(
                fromChat: body, model: model, allowsSampling: allowsSampling)
            chatStream = Translation.ChatStream(created: created, includesUsage: request.includesUsage)
            return request
        case .anthropic:
            return try Translation.chatRequest(
                fromMessages: body, model: model, limitsCompletion: limitsCompletion)
        }
    }

    /// The upstream's whole reply in the client's dialect.
    func reply(_ body: ByteBuffer) throws(GatewayRefusal) -> ByteBuffer {
        switch client {
        case .openAI: try Translation.chatReply(fromMessages: body, created: created)
        case .anthropic: try Translation.messagesReply(fromChat: body)
        }
    }

    /// Whole events of the upstream's stream in the client's dialect.
    mutating func take(_ events: ByteBuffer) throws(GatewayRefusal) -> ByteBuffer {
        switch client {
        case .openAI: try chatStream.take(events)
        case .anthropic: try messagesStream.take(events)
        }
    }

    /// What is left to say once the upstream has ended its stream in good order.
    mutating func finish() -> ByteBuffer {
        switch client {
        case .openAI: chatStream.finish()
        case .anthropic: messagesStream.finish()
        }
    }
}
