public import Models

/// A route that a message may come in by.
public enum Door: String, Sendable, CaseIterable {
    /// OpenAI's `POST /v1/chat/completions`.
    case chatCompletions = "chat-completions"
    /// Anthropic's `POST /v1/messages`.
    case messages
    /// OpenAI's `POST /v1/embeddings`.
    case embeddings

    /// The door at a request's path, without its query. `nil` for every other route.
    init?(path: Substring.UTF8View) {
        // The lengths differ, so that one comparison settles it.
        switch path.count {
        case 20 where path.elementsEqual("/v1/chat/completions".utf8): self = .chatCompletions
        case 12 where path.elementsEqual("/v1/messages".utf8): self = .messages
        case 14 where path.elementsEqual("/v1/embeddings".utf8): self = .embeddings
        default: return nil
        }
    }

    /// The API that the client speaks here, which decides the shape of its errors.
    public var dialect: Upstream.Dialect {
        self == .messages ? .anthropic : .openAI
    }

    /// The path below an upstream's own where this door's requests go, if the upstream speaks this door's dialect.
    func path(at upstream: Upstream) -> String? {
        switch (self, upstream.dialect) {
        case (.chatCompletions, .openAI): "/chat/completions"
        case (.embeddings, .openAI): "/embeddings"
        case (.messages, .openAI): upstream.alsoSpeaksMessages ? "/messages" : nil
        case (.messages, .anthropic): "/v1/messages"
        case (.chatCompletions, .anthropic), (.embeddings, .anthropic): nil
        }
    }

    /// The path for this door's requests at an upstream of the other dialect, once translated. `nil` if there is
    /// nothing like it.
    func translatedPath(at upstream: Upstream) -> String? {
        switch (self, upstream.dialect) {
        case (.chatCompletions, .anthropic): "/v1/messages"
        case (.messages, .openAI): "/chat/completions"
        default: nil
        }
    }
}
