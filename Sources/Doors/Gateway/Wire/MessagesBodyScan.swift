public import NIOCore

/// What the gateway needs to know of an Anthropic Messages request, found in the one strict pass that checks it.
///
/// Fields that are not named here are checked as JSON and otherwise left alone.
public struct MessagesBodyScan: Sendable, Hashable {
    /// The model that the client asks for.
    public private(set) var model = ""
    /// Where the model's value lies, with its quotes.
    public private(set) var modelValue = 0..<0
    /// Whether the client asks for a stream.
    public private(set) var streams = false
    /// Who the person is, as the application names them (`metadata.user_id`). Nil when absent, null or empty.
    public private(set) var user: String?
    /// The most tokens that the reply may take (`max_tokens`).
    public private(set) var maximumTokens: Int?
    /// Whether the body offers tools.
    public private(set) var hasTools = false
    /// Whether the body asks for a reply of a certain form (`output_format`, `output_config`), to which nothing may be
    /// added.
    public private(set) var shapesReply = false
    /// Where the messages lie.
    public private(set) var messages: MessagePositions
    /// Where the application's own system prompt lies.
    public private(set) var system = ContentPosition.absent
    /// The offset just after the brace that opens the body.
    public private(set) var inside = 0

    /// Scans a body.
    ///
    /// - Throws: a `JSONFault` for bytes that are not strict JSON and for fields that are missing or of a wrong type.
    public init(
        _ bytes: UnsafeRawBufferPointer, depthLimit: Int = JSONScanner.depthLimit
    ) throws(JSONFault) {
        messages = MessagePositions(inside: 0, total: 0, first: FirstMessage(role: .other, content: .absent))
        do {
            try scan(bytes, depthLimit: depthLimit)
        } catch {
            throw JSONFault(error, in: bytes, depthLimit: depthLimit)
        }
    }

    /// Scans the readable bytes of a body; offsets count from its reader index.
    public init(_ body: ByteBuffer, depthLimit: Int = JSONScanner.depthLimit) throws(JSONFault) {
        self = try body.scanning { bytes throws(JSONFault) in try MessagesBodyScan(bytes, depthLimit: depthLimit) }
    }

    private mutating func scan(_ bytes: UnsafeRawBufferPointer, depthLimit: Int) throws(Stumble) {
        var cursor = try JSONCursor(bytes, depthLimit: depthLimit)
        try cursor.begin()
        guard cursor.head == 0x7B else { throw try cursor.wrongBody() }
        var walk = try cursor.enterObject()
        inside = cursor.at
        while let key = try cursor.nextKey(&walk) {
            if cursor.text(key, is: "messages") {
                messages = try cursor.messages()
            } else if cursor.text(key, is: "model") {
                (model, modelValue) = try cursor.modelName()
            } else if cursor.text(key, is: "system") {
                system = try cursor.content(.system, element: .systemBlock)
            } else if cursor.text(key, is: "stream") {
                streams = try cursor.optionalFlag(.stream) ?? false
            } else if cursor.text(key, is: "metadata") {
                user = try cursor.metadataUser()
            } else if cursor.text(key, is: "max_tokens") {
                maximumTokens = try cursor.optionalWholeNumber(.maxTokens).flatMap { $0 < 0 ? nil : $0 }
            } else if cursor.text(key, is: "tools") {
                hasTools = try cursor.optionalArray(.tools)
            } else if cursor.text(key, is: "output_format") || cursor.text(key, is: "output_config") {
                shapesReply = shapesReply || cursor.head != 0x6E
                try cursor.skipValue()
            } else {
                try cursor.skipValue()
            }
        }
        try cursor.end()
        guard !model.isEmpty else { throw Stumble(.missingField, at: 0, field: .model) }
        guard messages.total > 0 else { throw Stumble(.missingField, at: 0, field: .messages) }
    }
}

extension JSONCursor {
    fileprivate mutating func metadataUser() throws(Stumble) -> String? {
        if head == 0x6E {
            try literal("null")
            return nil
        }
        guard head == 0x7B else { throw try wrongType(.metadata) }
        var user: String?
        var walk = try enterObject()
        while let key = try nextKey(&walk) {
            if text(key, is: "user_id") {
                user = try optionalPerson(.metadataUserID)
            } else {
                try skipValue()
            }
        }
        return user
    }
}
