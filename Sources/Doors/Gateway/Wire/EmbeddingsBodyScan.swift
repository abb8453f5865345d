public import NIOCore

/// What the gateway needs to know of an embeddings request, found in the one strict pass that checks it.
public struct EmbeddingsBodyScan: Sendable, Hashable {
    /// The model that the client asks for.
    public private(set) var model = ""
    /// Where the model's value lies, with its quotes.
    public private(set) var modelValue = 0..<0
    /// Who the person is, as the application names them (`user`). Nil when absent, null or empty.
    public private(set) var user: String?
    /// How many texts are to be embedded. One array of token numbers counts as one text.
    public private(set) var inputs = 0

    /// Scans a body.
    ///
    /// - Throws: a `JSONFault` for bytes that are not strict JSON and for fields that are missing or of a wrong type.
    public init(
        _ bytes: UnsafeRawBufferPointer, depthLimit: Int = JSONScanner.depthLimit
    ) throws(JSONFault) {
        do {
            try scan(bytes, depthLimit: depthLimit)
        } catch {
            throw JSONFault(error, in: bytes, depthLimit: depthLimit)
        }
    }

    /// Scans the readable bytes of a body; offsets count from its reader index.
    public init(_ body: ByteBuffer, depthLimit: Int = JSONScanner.depthLimit) throws(JSONFault) {
        self = try body.scanning { bytes throws(JSONFault) in try EmbeddingsBodyScan(bytes, depthLimit: depthLimit) }
    }

    private mutating func scan(_ bytes: UnsafeRawBufferPointer, depthLimit: Int) throws(Stumble) {
        var cursor = try JSONCursor(bytes, depthLimit: depthLimit)
        try cursor.begin()
        guard cursor.head == 0x7B else { throw try cursor.wrongBody() }
        var walk = try cursor.enterObject()
        while let key = try cursor.nextKey(&walk) {
            if cursor.text(key, is: "input") {
                inputs = try cursor.embeddingInputs()
            } else if cursor.text(key, is: "model") {
                (model, modelValue) = try cursor.modelName()
            } else if cursor.text(key, is: "user") {
                user = try cursor.optionalPerson(.user)
            } else {
                try cursor.skipValue()
            }
        }
        try cursor.end()
        guard !model.isEmpty else { throw Stumble(.missingField, at: 0, field: .model) }
        guard inputs > 0 else { throw Stumble(.missingField, at: 0, field: .input) }
    }
}

extension JSONCursor {
    /// A string, an array of strings, an array of numbers, or an array of arrays of numbers.
    fileprivate mutating func embeddingInputs() throws(Stumble) -> Int {
        let start = at
        if head == 0x22 {
            let text = try string()
            guard text.end > text.start else { throw Stumble(.invalidField, at: start, field: .input) }
            return 1
        }
        guard head == 0x5B else { throw try wrongType(.input) }
        try enterArray()
        var isFirst = true
        var total = 0
        var kind: UInt8 = 0
        while try nextElement(&isFirst) {
            let element: UInt8 = head == 0x22 || head == 0x5B ? head : 0x30
            if total == 0 { kind = element }
            guard element == kind else { throw try wrongType(.input) }
            switch element {
            case 0x22: _ = try string()
            case 0x5B: try tokenNumbers()
            default: try tokenNumber()
            }
            total += 1
        }
        guard total > 0 else { throw Stumble(.invalidField, at: start, field: .input) }
        return kind == 0x30 ? 1 : total
    }

    private mutating func tokenNumbers() throws(Stumble) {
        let start = at
        try enterArray()
        var isFirst = true
        while try nextElement(&isFirst) { try tokenNumber() }
        guard at > start + 2 else { throw Stumble(.invalidField, at: start, field: .input) }
    }

    private mutating func tokenNumber() throws(Stumble) {
        let start = at
        guard head == 0x2D || (head >= 0x30 && head <= 0x39) else { throw try wrongType(.input) }
        guard let token = try wholeNumber(), token >= 0 else {
            throw Stumble(.invalidField, at: start, field: .input)
        }
    }
}
