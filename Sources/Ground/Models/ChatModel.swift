/// One turn of a conversation.
public struct ChatTurn: Sendable, Hashable, Codable {
    /// Who speaks.
    public enum Role: String, Sendable, Hashable, Codable {
        /// Instructions in front of the conversation.
        case system
        /// The person.
        case user
        /// The model.
        case assistant
    }

    /// Who speaks.
    public var role: Role
    /// What is said.
    public var content: String

    /// A turn of `role`.
    public init(_ role: Role, _ content: String) {
        self.role = role
        self.content = content
    }
}

/// What a model is asked for.
public struct ChatRequest: Sendable {
    /// The model's public name.
    public var model: String
    /// The conversation so far, oldest first.
    public var turns: [ChatTurn]
    /// 0 (always the likeliest word) to 2. `nil` leaves it to the upstream.
    public var temperature: Double?
    /// Tokens of reply at most. `nil` leaves it to the upstream (Anthropic's API demands a number: 4,096 then).
    public var maximumTokens: Int?
    /// What the upstream's chance should follow from, where it can do that. `nil` leaves it to the upstream.
    public var seed: UInt64?
    /// Further headers, such as `Trellis-Person`.
    public var headers: [String: String]
    /// The form that the reply should have. A server that knows no forms is asked again without, so say it in words too
    /// and check what comes.
    public var form: AnswerForm?

    /// A request for the next turn.
    public init(
        model: String, turns: [ChatTurn], temperature: Double? = nil, maximumTokens: Int? = nil,
        seed: UInt64? = nil, headers: [String: String] = [:], form: AnswerForm? = nil
    ) {
        self.model = model
        self.turns = turns
        self.temperature = temperature
        self.maximumTokens = maximumTokens
        self.seed = seed
        self.headers = headers
        self.form = form
    }
}

/// A whole reply.
public struct ChatReply: Sendable {
    /// What the model said.
    public var content: String
    /// Why it stopped: `stop`, `length`, … in the upstream's words.
    public var finishReason: String?
    /// Tokens read, if the upstream said.
    public var inputTokens: Int?
    /// Tokens written, if the upstream said.
    public var outputTokens: Int?
    /// The receipt, if a Trellis answered.
    public var receipt: String?

    /// A reply.
    public init(
        content: String, finishReason: String? = nil, inputTokens: Int? = nil, outputTokens: Int? = nil,
        receipt: String? = nil
    ) {
        self.content = content
        self.finishReason = finishReason
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
        self.receipt = receipt
    }
}

/// A piece of a reply as it is being written.
public enum ChatDelta: Sendable, Equatable {
    /// The reply begins; the receipt's id, if a Trellis answers.
    case begins(receipt: String?)
    /// What a Trellis is doing before it has words: `drafting`, `criticising` or `revising`.
    case progress(String)
    /// More words.
    case words(String)
    /// The reply is whole; why the model stopped.
    case ends(finishReason: String?)
}

/// Something that can take the next turn of a conversation.
public protocol ChatModel: Sendable {
    /// The whole reply.
    ///
    /// - Throws: ``UpstreamFailure``, or ``ChatRefusal`` if the server answered with an error.
    func reply(to request: ChatRequest) async throws -> ChatReply

    /// The reply as it is written. Ending the iteration early cancels it upstream.
    func stream(_ request: ChatRequest) -> AsyncThrowingStream<ChatDelta, any Error>
}

/// Something that turns texts into vectors whose angle tells how close their meanings are.
public protocol Embedder: Sendable {
    /// One vector a text, in the same order, all of one length.
    ///
    /// - Throws: ``UpstreamFailure``, or ``ChatRefusal`` if the server answered with an error.
    func embed(_ texts: [String]) async throws -> [[Float]]
}

/// A server's answer that it won't: status and its own words.
public struct ChatRefusal: Error, Sendable, CustomStringConvertible {
    /// The HTTP status, 400 to 599.
    public let status: Int
    /// The server's own message.
    public let message: String

    /// A refusal with `status`.
    public init(status: Int, message: String) {
        self.status = status
        self.message = message
    }

    /// Status and message.
    public var description: String { "\(message) (status \(status))" }
}
