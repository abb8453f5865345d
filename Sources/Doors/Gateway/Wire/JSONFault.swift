/// Why a request body was refused, and where.
///
/// `kind`, `offset`, `line` and `column` are safe to log. `message` is written for the client that sent the body:
/// it may name a key of that body.
public struct JSONFault: Error, Sendable, Hashable {
    /// What is wrong, told apart by what the sender must change.
    public enum Kind: UInt8, Sendable, Hashable, CaseIterable {
        /// The body has no bytes, or nothing but white space.
        case empty
        /// The body starts with a UTF-8 byte order mark, or looks like UTF-16.
        case byteOrderMark
        /// A byte stands where JSON allows none like it.
        case unexpectedByte
        /// The body stops in the middle of a value.
        case unexpectedEnd
        /// Something follows the one JSON value.
        case trailingBytes
        /// A string is not well-formed UTF-8: overlong, surrogate, above U+10FFFF, or cut short.
        case badUTF8
        /// A backslash is followed by something that JSON has no escape for.
        case badEscape
        /// A `\uD800`–`\uDFFF` escape stands without its other half.
        case loneSurrogate
        /// A string holds a raw control character.
        case controlCharacter
        /// A number breaks JSON's grammar.
        case badNumber
        /// A word starts like `true`, `false` or `null` and is none of them.
        case badLiteral
        /// One object names the same key twice.
        case duplicateKey
        /// Arrays and objects are nested deeper than the limit.
        case tooDeep
        /// The body is larger than offsets can address (2 GiB).
        case tooLarge
        /// A field that the endpoint needs is missing.
        case missingField
        /// A field has the wrong type or a value outside its range.
        case invalidField
    }

    /// What is wrong.
    public let kind: Kind
    /// Where, in bytes from the start of the body.
    public let offset: Int
    /// Where, in lines from 1.
    public let line: Int
    /// Where, in characters (Unicode scalars) from 1.
    public let column: Int
    /// The field at fault, as OpenAI's errors spell it: `messages[0].role`. Nil when the JSON itself is at fault.
    public let field: String?
    /// One sentence on what is wrong and one on what to do.
    public let message: String

    /// Turns what the cursor met into something a person can act on. Cost is linear in the offset.
    init(_ stumble: Stumble, in bytes: UnsafeRawBufferPointer, depthLimit: Int) {
        kind = stumble.kind
        offset = stumble.offset
        var line = 1
        var column = 1
        for byte in bytes.prefix(stumble.offset) {
            if byte == 0x0A {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        self.line = line
        self.column = column
        field = stumble.field?.path(index: stumble.index)
        let place = "line \(line), column \(column) (byte \(stumble.offset))"
        switch stumble.kind {
        case .missingField:
            message = "\(field ?? "a field") is missing. \(stumble.field?.advice ?? "")"
        case .invalidField:
            message = "\(field ?? "a field") is not valid at \(place). \(stumble.field?.advice ?? "")"
        default:
            message = Self.sentence(stumble, at: place, in: bytes, depthLimit: depthLimit)
        }
    }

    private static func sentence(
        _ stumble: Stumble, at place: String, in bytes: UnsafeRawBufferPointer, depthLimit: Int
    ) -> String {
        let what =
            switch stumble.kind {
            case .empty:
                "The body is empty. Send one JSON object."
            case .byteOrderMark:
                "The body starts with a byte order mark or is not UTF-8. Send plain UTF-8 without a mark."
            case .unexpectedByte:
                "JSON does not allow \(describe(stumble.offset, in: bytes)) at \(place)."
                    + " Check for a missing comma, colon, quote or bracket just before it."
            case .unexpectedEnd:
                "The JSON stops at \(place) before it is complete. Send the whole body, and check Content-Length."
            case .trailingBytes:
                "Something follows the JSON value at \(place). Send exactly one JSON object."
            case .badUTF8:
                "A string holds bytes that are not UTF-8 at \(place). Encode the body as UTF-8."
            case .badEscape:
                "A backslash starts an unknown escape at \(place)."
                    + #" Use \" \\ \/ \b \f \n \r \t or \u with four hexadecimal digits."#
            case .loneSurrogate:
                "A surrogate escape stands alone at \(place)."
                    + #" Write both halves (\uD83D\uDE00), or send the character itself as UTF-8."#
            case .controlCharacter:
                "A string holds a raw control character at \(place)."
                    + #" Escape it: a new line is \n, a tab is \t, others are \u00XX."#
            case .badNumber:
                "A number is not written as JSON asks at \(place)."
                    + " Use digits without leading zeros, at least one digit after a point or an exponent,"
                    + " and no NaN or Infinity."
            case .badLiteral:
                "A word at \(place) is none of true, false and null. Write it in lower case, or quote it."
            case .duplicateKey:
                "The key \(keyName(stumble.offset, in: bytes)) appears twice in one object at \(place)."
                    + " Keep one of the two."
            case .tooDeep:
                "Arrays and objects are nested more than \(depthLimit) deep at \(place). Send a flatter body."
            case .tooLarge:
                "The body is larger than 2 GiB. Send a smaller one."
            case .missingField, .invalidField:
                ""
            }
        return what
    }

    /// The byte at fault, in words that are safe to print.
    private static func describe(_ offset: Int, in bytes: UnsafeRawBufferPointer) -> String {
        guard offset < bytes.count else { return "the end" }
        let byte = bytes[offset]
        if byte > 0x20, byte < 0x7F { return "'\(Character(UnicodeScalar(byte)))'" }
        let digits = String(byte, radix: 16, uppercase: true)
        return "the byte 0x\(digits.count == 1 ? "0" : "")\(digits)"
    }

    /// The key that starts at `offset`, when it is short and plain; a client finds it faster than a column number.
    private static func keyName(_ offset: Int, in bytes: UnsafeRawBufferPointer) -> String {
        var name = ""
        for byte in bytes.dropFirst(offset + 1).prefix(48) {
            if byte == 0x22 { return "\"\(name)\"" }
            guard byte >= 0x20, byte < 0x7F else { break }
            name.unicodeScalars.append(UnicodeScalar(byte))
        }
        return "whose name starts there"
    }
}

/// What the cursor throws: small and trivial, so that the path without faults pays nothing for it.
struct Stumble: Error {
    let kind: JSONFault.Kind
    let offset: Int
    var field: BodyField?
    var index: Int32 = 0

    init(_ kind: JSONFault.Kind, at offset: Int, field: BodyField? = nil, index: Int = 0) {
        self.kind = kind
        self.offset = offset
        self.field = field
        self.index = Int32(truncatingIfNeeded: index)
    }
}

/// A field that the body scans check, with what its sender should write.
enum BodyField: UInt8 {
    case body, model, messages, message, role, content, stream, user, maxTokens, maxCompletionTokens, n
    case streamOptions, includeUsage, tools, system, systemBlock, metadata, metadataUserID, input

    func path(index: Int32) -> String {
        switch self {
        case .body: "the body"
        case .model: "model"
        case .messages: "messages"
        case .message: "messages[\(index)]"
        case .role: "messages[\(index)].role"
        case .content: "messages[\(index)].content"
        case .stream: "stream"
        case .user: "user"
        case .maxTokens: "max_tokens"
        case .maxCompletionTokens: "max_completion_tokens"
        case .n: "n"
        case .streamOptions: "stream_options"
        case .includeUsage: "stream_options.include_usage"
        case .tools: "tools"
        case .system: "system"
        case .systemBlock: "system[\(index)]"
        case .metadata: "metadata"
        case .metadataUserID: "metadata.user_id"
        case .input: "input"
        }
    }

    var advice: String {
        switch self {
        case .body: "Send one JSON object."
        case .model:
            "Send the name of a model as a string of 1 to 256 bytes without control characters;"
                + " GET /v1/models lists them."
        case .messages: "Send an array with at least one message."
        case .message: #"Send each message as an object such as {"role": "user", "content": "Hello"}."#
        case .role: #"Send the role as a string, such as "user", "assistant" or "system"."#
        case .content: "Send the content as a string, an array of parts, or null."
        case .stream, .includeUsage: "Send true or false."
        case .user, .metadataUserID: "Send a string of at most 256 bytes that names the person to you."
        case .maxTokens, .maxCompletionTokens: "Send a whole number, such as 256."
        case .n: "Send a whole number from 1 to 128."
        case .streamOptions, .metadata: "Send an object, or leave it out."
        case .tools: "Send an array of tools, or leave it out."
        case .system: "Send a string, or an array of text blocks."
        case .systemBlock: #"Send each block as an object such as {"type": "text", "text": "…"}."#
        case .input: "Send a non-empty string, or a non-empty array of strings or of token numbers."
        }
    }
}
