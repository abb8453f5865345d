import NIOCore

/// Which reply a request gets.
struct Reply {
    var door: Door
    var isStream: Bool
    var wantsUsage: Bool
    var keepsAlive: Bool

    /// The whole response, for a request that wants no stream.
    func whole(_ fault: Fault?, request: ByteBuffer, ledger: Ledger) -> ByteBuffer {
        if let words = fault?.words(for: String(buffer: request)) {
            if door == .chat { return OpenAIReplies.saying(words) }
            if door == .messages { return AnthropicReplies.saying(words) }
        }
        return switch (door, fault) {
        case (.chat, .think(let thought, let text)): OpenAIReplies.saying(text, thinking: thought)
        case (.messages, .think(let thought, let text)): AnthropicReplies.saying(text, thinking: thought)
        case (.chat, .llamaGuard): OpenAIReplies.saying(Prose.verdict(on: String(buffer: request)))
        case (.chat, .huge): OpenAIReplies.huge
        case (.chat, .truncatedJSON): OpenAIReplies.truncated
        case (.chat, .toolCall): OpenAIReplies.toolCall
        case (.chat, _): OpenAIReplies.chat
        case (.messages, .huge): AnthropicReplies.huge
        case (.messages, .truncatedJSON): AnthropicReplies.truncated
        case (.messages, .toolCall): AnthropicReplies.toolCall
        case (.messages, _): AnthropicReplies.message
        case (.embeddings, _): EmbeddingRequest.reply(to: request)
        case (.moderations, _): OpenAIReplies.moderation(of: String(buffer: request))
        case (.models, _): OpenAIReplies.models
        case (.health, _): Rendering.response(body: "{\"status\":\"ok\"}")
        case (.lastRequest, _): Rendering.response(body: ledger.lastRequest.map(JSONText.of) ?? "null")
        case (.counts, _): Rendering.response(body: JSONText.of(ledger.counts))
        case (.unknown, _): door.error(404)
        }
    }

    /// The events, for a request that wants a stream.
    func script(_ fault: Fault?, request: ByteBuffer) -> StreamScript {
        if let words = fault?.words(for: String(buffer: request)) {
            return door == .messages ? AnthropicReplies.streamSaying(words) : OpenAIReplies.streamSaying(words)
        }
        return switch (door, fault) {
        case (.messages, .think(let thought, let text)): AnthropicReplies.streamSaying(text, thinking: thought)
        case (_, .think(let thought, let text)): OpenAIReplies.streamSaying(text, thinking: thought)
        case (.messages, .toolCall): AnthropicReplies.toolCallStream
        case (.messages, .malformedEvents): AnthropicReplies.malformedStream
        case (.messages, _): AnthropicReplies.stream
        case (_, .toolCall): OpenAIReplies.toolCallStream
        case (_, .malformedEvents): OpenAIReplies.malformedStream
        case (_, .usageOnRequest) where !wantsUsage: OpenAIReplies.streamWithoutUsage
        default: OpenAIReplies.stream
        }
    }

    /// The event that says, in the middle of a stream, that something went wrong.
    var streamError: ByteBuffer {
        door == .messages ? AnthropicReplies.streamError : OpenAIReplies.streamError
    }
}

extension Door {
    /// An error in the shape that clients of this door expect.
    func error(_ status: Int) -> ByteBuffer {
        self == .messages ? AnthropicReplies.error(status) : OpenAIReplies.error(status)
    }
}
