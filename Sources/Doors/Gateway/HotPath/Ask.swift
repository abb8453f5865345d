import Models
import NIOCore

/// What a message asks for, as far as Trellis must know, whichever door it came by.
struct Ask {
    private enum Scan {
        case chat(ChatBodyScan)
        case messages(MessagesBodyScan)
        case embeddings(EmbeddingsBodyScan)
    }

    let model: String
    let streams: Bool
    let person: String?
    let maximumTokens: Int?
    let choices: Int
    private let scan: Scan

    /// Checks the whole body in one pass. A body that a strict JSON parser refuses is refused here.
    init(door: Door, body: ByteBuffer, depth: Int) throws(GatewayRefusal) {
        do throws(JSONFault) {
            switch door {
            case .chatCompletions:
                let chat = try ChatBodyScan(body, depthLimit: depth)
                (model, streams, person) = (chat.model, chat.streams, chat.user)
                (maximumTokens, choices) = (chat.maximumTokens, chat.choices)
                scan = .chat(chat)
            case .messages:
                let messages = try MessagesBodyScan(body, depthLimit: depth)
                (model, streams, person) = (messages.model, messages.streams, messages.user)
                (maximumTokens, choices) = (messages.maximumTokens, 1)
                scan = .messages(messages)
            case .embeddings:
                let embeddings = try EmbeddingsBodyScan(body, depthLimit: depth)
                (model, streams, person) = (embeddings.model, false, embeddings.user)
                (maximumTokens, choices) = (0, 0)
                scan = .embeddings(embeddings)
            }
        } catch {
            throw GatewayRefusal(error)
        }
    }

    /// Tokens that the message may cost, for the budget: about four bytes a token of input, and the reply at its
    /// longest. A request that sets no bound on its reply is taken to ask for 1,024 tokens.
    func estimatedTokens(bodyBytes: Int) -> Int {
        let reply = min(maximumTokens ?? 1_024, 1 << 24)
        return bodyBytes / 4 + reply * max(choices, door == .embeddings ? 0 : 1)
    }

    /// What the person has said since the model last spoke: what a floor looks at.
    func personsWords(in body: ByteBuffer) -> String {
        let positions: MessagePositions
        switch scan {
        case .chat(let chat): positions = chat.messages
        case .messages(let messages): positions = messages.messages
        case .embeddings: return ""
        }
        return Self.personsWords(ConversationScan(body, positions, bytes: 1 << 20).turns)
    }

    /// What the person has said since the model last spoke, when the turns were read already.
    static func personsWords(_ turns: [ChatTurn]) -> String {
        let last = turns.reversed().prefix { $0.role == .user }
        return last.count == 1
            ? turns[turns.count - 1].content : last.reversed().map(\.content).joined(separator: "\n\n")
    }

    private var door: Door {
        switch scan {
        case .chat: .chatCompletions
        case .messages: .messages
        case .embeddings: .embeddings
        }
    }

    /// What was said so far, as far as counsel reads it.
    func conversation(in body: ByteBuffer) -> ConversationScan {
        switch scan {
        case .chat(let chat): ConversationScan(body, chat.messages)
        case .messages(let messages): ConversationScan(body, messages.messages)
        case .embeddings: ConversationScan()
        }
    }

    /// Whether the reply is plain text to one person, so that a sentence may be added to it: no tools, no form of its own,
    /// one choice.
    var isPlain: Bool {
        switch scan {
        case .chat(let chat): !chat.hasTools && !chat.shapesReply && chat.choices == 1
        case .messages(let messages): !messages.hasTools && !messages.shapesReply
        case .embeddings: false
        }
    }

    /// The body with the brief in front of the conversation and, where the upstream knows the model by another name,
    /// that name. Every other byte is as it came.
    func briefed(_ body: ByteBuffer, by brief: PreparedBrief, model: String) -> ByteBuffer {
        let renamed = model == self.model ? nil : JSONQuote.quotedBuffer(model)
        let splice: BriefSplice
        switch scan {
        case .chat(let chat): splice = BriefSplice(brief, into: chat, model: renamed)
        case .messages(let messages): splice = BriefSplice(brief, into: messages, model: renamed)
        case .embeddings(let embeddings):
            guard let renamed else { return body }
            splice = BriefSplice(into: embeddings, model: renamed)
        }
        return splice.applied(to: body, allocator: ByteBufferAllocator())
    }
}
