public import NIOCore

/// What the gateway needs to know of an OpenAI chat completion request, found in the one strict pass that checks it.
///
///     let scan = try ChatBodyScan(body)       // throws a JSONFault the client can act on
///     scan.model                              // "gpt-4o-mini"
///
/// Fields that are not named here are checked as JSON and otherwise left alone.
public struct ChatBodyScan: Sendable, Hashable {
    /// The model that the client asks for.
    public private(set) var model = ""
    /// Where the model's value lies, with its quotes.
    public private(set) var modelValue = 0..<0
    /// Whether the client asks for a stream.
    public private(set) var streams = false
    /// Whether the client asks for usage at the end of the stream (`stream_options.include_usage`).
    public private(set) var includesUsage = false
    /// Who the person is, as the application names them (`user`). Nil when it is absent, null or empty.
    public private(set) var user: String?
    /// The most tokens that each choice may take (`max_completion_tokens`, otherwise `max_tokens`). Nil when there
    /// is no limit, or a negative one, which some servers read as none.
    public private(set) var maximumTokens: Int?
    /// How many choices are asked for (`n`).
    public private(set) var choices = 1
    /// Whether the body offers tools.
    public private(set) var hasTools = false
    /// Whether the body asks for a reply of a certain form (`response_format`, `functions`, `audio`), to which nothing
    /// may be added.
    public private(set) var shapesReply = false
    /// Where the messages lie.
    public private(set) var messages: MessagePositions

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
        self = try body.scanning { bytes throws(JSONFault) in try ChatBodyScan(bytes, depthLimit: depthLimit) }
    }

    private mutating func scan(_ bytes: UnsafeRawBufferPointer, depthLimit: Int) throws(Stumble) {
        var cursor = try JSONCursor(bytes, depthLimit: depthLimit)
        try cursor.begin()
        guard cursor.head == 0x7B else { throw try cursor.wrongBody() }
        var maxTokens: Int?
        var maxCompletionTokens: Int?
        var walk = try cursor.enterObject()
        while let key = try cursor.nextKey(&walk) {
            if cursor.text(key, is: "messages") {
                messages = try cursor.messages()
            } else if cursor.text(key, is: "model") {
                (model, modelValue) = try cursor.modelName()
            } else if cursor.text(key, is: "stream") {
                streams = try cursor.optionalFlag(.stream) ?? false
            } else if cursor.text(key, is: "user") {
                user = try cursor.optionalPerson(.user)
            } else if cursor.text(key, is: "max_tokens") {
                maxTokens = try cursor.optionalWholeNumber(.maxTokens)
            } else if cursor.text(key, is: "max_completion_tokens") {
                maxCompletionTokens = try cursor.optionalWholeNumber(.maxCompletionTokens)
            } else if cursor.text(key, is: "n") {
                choices = try cursor.choices()
            } else if cursor.text(key, is: "stream_options") {
                includesUsage = try cursor.includesUsage()
            } else if cursor.text(key, is: "tools") {
                hasTools = try cursor.optionalArray(.tools)
            } else if cursor.text(key, is: "response_format") || cursor.text(key, is: "functions")
                || cursor.text(key, is: "audio")
            {
                shapesReply = shapesReply || cursor.head != 0x6E
                try cursor.skipValue()
            } else {
                try cursor.skipValue()
            }
        }
        try cursor.end()
        guard !model.isEmpty else { throw Stumble(.missingField, at: 0, field: .model) }
        guard messages.total > 0 else { throw Stumble(.missingField, at: 0, field: .messages) }
        maximumTokens = (maxCompletionTokens ?? maxTokens).flatMap { $0 < 0 ? nil : $0 }
    }
}

extension JSONCursor {
    /// The fault for a body that is not an object, once it is known to be JSON.
    mutating func wrongBody() throws(Stumble) -> Stumble {
        let start = at
        try skipValue()
        try end()
        return Stumble(.invalidField, at: start, field: .body)
    }

    fileprivate mutating func choices() throws(Stumble) -> Int {
        let start = at
        let asked = try optionalWholeNumber(.n) ?? 1
        guard (1...128).contains(asked) else { throw Stumble(.invalidField, at: start, field: .n) }
        return asked
    }

    fileprivate mutating func includesUsage() throws(Stumble) -> Bool {
        if head == 0x6E {
            try literal("null")
            return false
        }
        guard head == 0x7B else { throw try wrongType(.streamOptions) }
        var asked = false
        var walk = try enterObject()
        while let key = try nextKey(&walk) {
            if text(key, is: "include_usage") {
                asked = try optionalFlag(.includeUsage) ?? false
            } else {
                try skipValue()
            }
        }
        return asked
    }
}

extension ByteBuffer {
    /// Runs a scan over the readable bytes, with its typed error kept.
    func scanning<Scan>(
        _ scan: (UnsafeRawBufferPointer) throws(JSONFault) -> Scan
    ) throws(JSONFault) -> Scan {
        let result: Result<Scan, JSONFault> = withUnsafeReadableBytes { bytes in
            do throws(JSONFault) {
                return .success(try scan(bytes))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }
}
