import NIOCore

/// Carries requests, replies and streams between OpenAI's chat completions and Anthropic's Messages, for a client
/// that speaks one and an upstream that speaks the other.
///
///     let made = try Translation.messagesRequest(fromChat: body, model: "claude-x")
///     made.lost       // ["seed", "logit_bias"]: what the other API has no words for
///
/// The rule: what would change the meaning of the reply if it were left out is refused with a sentence that says what
/// to send instead; what only tunes or labels it is left out and named in `lost`, so that the receipt can say so.
/// Shapes follow the official SDKs' types (openai-python 3.54, anthropic-python 2.12). Nothing here is meant for the
/// hot path: bodies become trees.
enum Translation {
    /// A request in the other dialect.
    struct Request: Sendable, Hashable {
        /// The body to send.
        let body: ByteBuffer
        /// Fields that the other API has no words for, as in `messages[2].name`. In the order they were met.
        let lost: [String]
        /// Whether an OpenAI client asked for usage at the end of its stream.
        let includesUsage: Bool
    }

    /// What Anthropic's API is asked for when an OpenAI client sets no limit, because it must be told one.
    static let defaultMaximumTokens = 4_096

    /// How deep a body may be nested to become a tree: less than for a scan, because a tree is also taken down in depth.
    static let depthLimit = 256

    /// The refusal of something that can't be said in the other dialect.
    static func refusal(_ field: String, _ sentence: String) -> GatewayRefusal {
        GatewayRefusal(
            status: 400, kind: .invalidRequest,
            message: "\(field) can't be translated for the upstream that serves this model: \(sentence)", param: field)
    }

    /// The body as an object; it has been scanned before, so a fault here is rare.
    static func object(_ body: ByteBuffer) throws(GatewayRefusal) -> JSONObject {
        do throws(JSONFault) {
            if case .object(let object) = try JSONValue(parsing: body, depthLimit: depthLimit) {
                return object
            }
        } catch {
            throw GatewayRefusal(error)
        }
        throw GatewayRefusal(
            status: 400, kind: .invalidRequest, message: "The body is no object. Send one JSON object.")
    }

    /// An upstream's reply as a value.
    static func reply(_ body: ByteBuffer) throws(GatewayRefusal) -> JSONValue {
        do throws(JSONFault) {
            return try JSONValue(parsing: body, depthLimit: depthLimit)
        } catch {
            throw malformedReply
        }
    }

    static let malformedReply = GatewayRefusal(
        status: 502, kind: .upstreamFault,
        message: "The upstream's reply is not in the form that its API promises. Check the upstream's kind and url.")

    /// Anthropic's `max_tokens`, OpenAI's `length` and their like. Unknown reasons count as an ordinary end.
    static func stopReason(fromFinish reason: String?) -> String {
        switch reason {
        case "length": "max_tokens"
        case "tool_calls", "function_call": "tool_use"
        case "content_filter": "refusal"
        default: "end_turn"
        }
    }

    /// The other way round.
    static func finishReason(fromStop reason: String?) -> String {
        switch reason {
        case "max_tokens", "model_context_window_exceeded": "length"
        case "tool_use": "tool_calls"
        case "refusal": "content_filter"
        default: "stop"
        }
    }

    /// Token counts in either dialect.
    struct Usage {
        var uncached = 0
        var cacheRead = 0
        var cacheWritten = 0
        var output = 0

        /// Reads OpenAI's counts, in which the cached tokens are among the prompt's.
        mutating func read(chat usage: JSONValue?) {
            guard let usage else { return }
            let prompt = Self.count(usage["prompt_tokens"])
            cacheRead = min(prompt, Self.count(usage["prompt_tokens_details"]?["cached_tokens"]))
            uncached = prompt - cacheRead
            output = Self.count(usage["completion_tokens"])
        }

        /// Reads Anthropic's counts. In a stream later ones replace earlier ones, field by field.
        mutating func read(messages usage: JSONValue?) {
            guard let usage else { return }
            if usage["input_tokens"] != nil { uncached = Self.count(usage["input_tokens"]) }
            if usage["cache_read_input_tokens"] != nil { cacheRead = Self.count(usage["cache_read_input_tokens"]) }
            if usage["cache_creation_input_tokens"] != nil {
                cacheWritten = Self.count(usage["cache_creation_input_tokens"])
            }
            if usage["output_tokens"] != nil { output = Self.count(usage["output_tokens"]) }
        }

        /// Counts from outside: absurd ones are cut, so that sums can't trap.
        private static func count(_ value: JSONValue?) -> Int { min(max(value?.whole ?? 0, 0), 1 << 48) }

        var chat: JSONValue {
            let prompt = uncached + cacheRead + cacheWritten
            return [
                "prompt_tokens": .whole(prompt), "completion_tokens": .whole(output),
                "total_tokens": .whole(prompt + output),
                "prompt_tokens_details": ["cached_tokens": .whole(cacheRead)],
            ]
        }

        var messages: JSONValue {
            [
                "input_tokens": .whole(uncached), "cache_read_input_tokens": .whole(cacheRead),
                "cache_creation_input_tokens": .whole(cacheWritten), "output_tokens": .whole(output),
            ]
        }
    }

    /// A tool call's arguments as the object that Anthropic's clients expect. Models do write arguments that are no
    /// JSON object; the text is then kept under one key, because a reply that has been paid for is not thrown away.
    static func toolInput(_ arguments: String) -> JSONValue {
        if arguments.allSatisfy(\.isWhitespace) { return [:] }
        if let value = try? JSONValue(parsing: arguments), value.object != nil { return value }
        return ["unparsed_arguments": .string(arguments)]
    }
}
