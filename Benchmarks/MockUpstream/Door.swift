/// The routes of the mock.
enum Door {
    case chat, messages, embeddings, moderations, models, health, lastRequest, counts, unknown

    /// Whether requests here are counted and remembered.
    var isRecorded: Bool {
        switch self {
        case .chat, .messages, .embeddings, .moderations, .models, .unknown: true
        case .health, .lastRequest, .counts: false
        }
    }

    init(target: String) {
        switch target {
        case "/v1/chat/completions": self = .chat
        case "/v1/messages": self = .messages
        case "/v1/embeddings": self = .embeddings
        case "/v1/moderations": self = .moderations
        case "/v1/models": self = .models
        case "/health": self = .health
        case "/mock/last": self = .lastRequest
        case "/mock/counts": self = .counts
        default:
            guard let query = target.firstIndex(of: "?") else {
                self = .unknown
                return
            }
            self.init(target: String(target[..<query]))
        }
    }
}
