/// One conversation in which each message comes after the other, as over standard input and output: it knows what the
/// handshake agreed on.
struct MCPConversation: Sendable {
    private let door: MCPDoor
    /// What was agreed on; nil before a handshake, and for good where there is none.
    private(set) var revision: MCPRevision?

    init(_ reach: AssistantReach) { door = MCPDoor(reach: reach) }

    /// The answer to a text that came in; nil where none is wanted.
    mutating func answer(to bytes: [UInt8]) async -> [UInt8]? {
        switch MCPMessage.read(bytes) {
        case .one(let message): return await reply(to: message)?.json.bytes
        case .several(let messages):
            guard revision?.takesBatches == true else { return Self.refusal(MCPBatch.notTaken) }
            return await MCPBatch.answer(messages, at: door, in: revision)
        }
    }

    /// The answer to a text that was too long to be read.
    static let answerToTooLong = refusal(MCPMessage.tooLong)

    private static func refusal(_ fault: MCPFault) -> [UInt8] {
        MCPReply(MCPMessage.Unreadable(id: .null, fault: fault)).json.bytes
    }

    private mutating func reply(to message: Result<MCPMessage, MCPMessage.Unreadable>) async -> MCPReply? {
        switch message {
        case .failure(let unreadable): return MCPReply(unreadable)
        case .success(let message):
            let reply = await door.reply(to: message, in: revision)
            if let agreed = reply?.agreed { revision = agreed }
            return reply
        }
    }
}

/// Several messages in one, as the revisions until 2025-03-26 have it.
enum MCPBatch {
    static let notTaken = MCPFault(.invalidRequest, "This revision takes one message at a time: send each by itself.")

    /// The answers to those that want one; nil when none does.
    static func answer(
        _ messages: [Result<MCPMessage, MCPMessage.Unreadable>], at door: MCPDoor, in revision: MCPRevision?
    ) async -> [UInt8]? {
        var replies: [JSONValue] = []
        for message in messages {
            switch message {
            case .failure(let unreadable): replies.append(MCPReply(unreadable).json)
            case .success(.request(let id, "initialize", _)):
                let fault = MCPFault(.invalidRequest, "`initialize` must come by itself.")
                replies.append(MCPReply(id: id, outcome: .failure(fault), revision: revision).json)
            case .success(let message):
                if let reply = await door.reply(to: message, in: revision) { replies.append(reply.json) }
            }
        }
        return replies.isEmpty ? nil : JSONValue.array(replies).bytes
    }
}
