/// What a reply, or a stream of its pieces, says about itself: gathered for receipts, budgets and metrics.
///
/// It reads both dialects by the names of their fields, which do not collide.
public struct ReplyTally: Sendable, Hashable {
    /// The model that answered, in the upstream's words.
    public private(set) var model: String?
    /// Why the reply ended, in the upstream's words: `stop`, `length`, `tool_calls`, `end_turn`, `max_tokens`…
    public private(set) var finishReason: String?
    /// Pieces of a stream that carried text, reasoning or arguments of a tool call. Most servers send one token in
    /// each, so this estimates the output when no usage is reported.
    public private(set) var deltas = 0
    /// Whether an error was sent in place of (the rest of) a reply.
    public private(set) var hasError = false
    /// Whether the dialect's own mark of the end was seen: `[DONE]` or `message_stop`.
    public internal(set) var hasEndMark = false

    private var promptTokens: Int?
    private var completionTokens: Int?
    private var uncachedInput: Int?
    private var cacheRead: Int?
    private var cacheWritten: Int?
    private var timedPrompt: Int?
    private var timedCached: Int?
    private var timedOutput: Int?

    /// Tokens read by the model, those from a cache included. Anthropic reports the parts apart; this is their sum.
    public var inputTokens: Int? {
        if let promptTokens { return promptTokens }
        if let uncachedInput {
            return uncachedInput.clampedSum(cacheRead ?? 0).clampedSum(cacheWritten ?? 0)
        }
        return timedPrompt.map { $0.clampedSum(timedCached ?? 0) }
    }

    /// Tokens written by the model.
    public var outputTokens: Int? { completionTokens ?? timedOutput }

    /// Of the tokens read, those that came from a cache.
    public var cachedInputTokens: Int? { cacheRead ?? timedCached }

    mutating func markError() { hasError = true }

    /// Reads one JSON value: a whole reply, or the data of one event.
    mutating func read(_ cursor: inout JSONCursor) throws(Stumble) {
        guard cursor.head == 0x7B else {
            try cursor.skipValue()
            return
        }
        try readBody(&cursor)
    }

    private mutating func readBody(_ cursor: inout JSONCursor) throws(Stumble) {
        var walk = try cursor.enterObject()
        while let key = try cursor.nextKey(&walk) {
            // By length first: most keys of a piece are of no interest.
            switch key.end - key.start {
            case 4 where cursor.text(key, is: "type"):
                try readType(&cursor)
            case 5 where cursor.text(key, is: "model"):
                if model == nil { model = try cursor.stringOrSkip() } else { try cursor.skipValue() }
            case 5 where cursor.text(key, is: "usage"):
                try readUsage(&cursor)
            case 5 where cursor.text(key, is: "delta"):
                try readEventDelta(&cursor)
            case 5 where cursor.text(key, is: "error"):
                if cursor.head != 0x6E { hasError = true }
                try cursor.skipValue()
            case 7 where cursor.text(key, is: "choices"):
                try readChoices(&cursor)
            case 7 where cursor.text(key, is: "message"):
                // Anthropic's message_start wraps a whole reply. (In OpenAI's form, `message` stands inside a choice.)
                if cursor.head == 0x7B { try readBody(&cursor) } else { try cursor.skipValue() }
            case 7 where cursor.text(key, is: "timings"):
                try readTimings(&cursor)
            case 11 where cursor.text(key, is: "stop_reason"):
                try readFinishReason(&cursor)
            default:
                try cursor.skipValue()
            }
        }
    }

    private mutating func readType(_ cursor: inout JSONCursor) throws(Stumble) {
        guard cursor.head == 0x22 else {
            try cursor.skipValue()
            return
        }
        let type = try cursor.string()
        if cursor.text(type, is: "message_stop") {
            hasEndMark = true
        } else if cursor.text(type, is: "error") {
            hasError = true
        }
    }

    /// Anthropic's `delta`: a piece of content, or the end's reason.
    private mutating func readEventDelta(_ cursor: inout JSONCursor) throws(Stumble) {
        guard cursor.head == 0x7B else {
            try cursor.skipValue()
            return
        }
        var walk = try cursor.enterObject()
        while let key = try cursor.nextKey(&walk) {
            if cursor.text(key, is: "text") || cursor.text(key, is: "partial_json") || cursor.text(key, is: "thinking")
            {
                try countDelta(&cursor)
            } else if cursor.text(key, is: "stop_reason") {
                try readFinishReason(&cursor)
            } else {
                try cursor.skipValue()
            }
        }
    }

    private mutating func readChoices(_ cursor: inout JSONCursor) throws(Stumble) {
        guard cursor.head == 0x5B else {
            try cursor.skipValue()
            return
        }
        try cursor.enterArray()
        var isFirst = true
        while try cursor.nextElement(&isFirst) {
            guard cursor.head == 0x7B else {
                try cursor.skipValue()
                continue
            }
            var walk = try cursor.enterObject()
            while let key = try cursor.nextKey(&walk) {
                if cursor.text(key, is: "delta"), cursor.head == 0x7B {
                    try readChoiceDelta(&cursor)
                } else if cursor.text(key, is: "finish_reason") {
                    try readFinishReason(&cursor)
                } else {
                    try cursor.skipValue()
                }
            }
        }
    }

    private mutating func readChoiceDelta(_ cursor: inout JSONCursor) throws(Stumble) {
        var walk = try cursor.enterObject()
        while let key = try cursor.nextKey(&walk) {
            if cursor.text(key, is: "content") || cursor.text(key, is: "reasoning_content")
                || cursor.text(key, is: "refusal")
            {
                try countDelta(&cursor)
            } else if cursor.text(key, is: "tool_calls") {
                if cursor.head == 0x5B { deltas += 1 }
                try cursor.skipValue()
            } else {
                try cursor.skipValue()
            }
        }
    }

    private mutating func countDelta(_ cursor: inout JSONCursor) throws(Stumble) {
        guard cursor.head == 0x22 else {
            try cursor.skipValue()
            return
        }
        let text = try cursor.string()
        if text.end > text.start { deltas += 1 }
    }

    private mutating func readFinishReason(_ cursor: inout JSONCursor) throws(Stumble) {
        if let reason = try cursor.stringOrSkip() { finishReason = reason }
    }

    private mutating func readUsage(_ cursor: inout JSONCursor) throws(Stumble) {
        guard cursor.head == 0x7B else {
            try cursor.skipValue()
            return
        }
        var walk = try cursor.enterObject()
        while let key = try cursor.nextKey(&walk) {
            if cursor.text(key, is: "prompt_tokens") {
                promptTokens = try cursor.countOrSkip() ?? promptTokens
            } else if cursor.text(key, is: "completion_tokens") || cursor.text(key, is: "output_tokens") {
                completionTokens = try cursor.countOrSkip() ?? completionTokens
            } else if cursor.text(key, is: "input_tokens") {
                uncachedInput = try cursor.countOrSkip() ?? uncachedInput
            } else if cursor.text(key, is: "cache_read_input_tokens") {
                cacheRead = try cursor.countOrSkip() ?? cacheRead
            } else if cursor.text(key, is: "cache_creation_input_tokens") {
                cacheWritten = try cursor.countOrSkip() ?? cacheWritten
            } else if cursor.text(key, is: "prompt_tokens_details"), cursor.head == 0x7B {
                var details = try cursor.enterObject()
                while let detail = try cursor.nextKey(&details) {
                    if cursor.text(detail, is: "cached_tokens") {
                        cacheRead = try cursor.countOrSkip() ?? cacheRead
                    } else {
                        try cursor.skipValue()
                    }
                }
            } else {
                try cursor.skipValue()
            }
        }
    }

    /// llama.cpp's own account of its work, which its streams carry even when usage was not asked for.
    private mutating func readTimings(_ cursor: inout JSONCursor) throws(Stumble) {
        guard cursor.head == 0x7B else {
            try cursor.skipValue()
            return
        }
        var walk = try cursor.enterObject()
        while let key = try cursor.nextKey(&walk) {
            if cursor.text(key, is: "prompt_n") {
                timedPrompt = try cursor.countOrSkip() ?? timedPrompt
            } else if cursor.text(key, is: "cache_n") {
                timedCached = try cursor.countOrSkip() ?? timedCached
            } else if cursor.text(key, is: "predicted_n") {
                timedOutput = try cursor.countOrSkip() ?? timedOutput
            } else {
                try cursor.skipValue()
            }
        }
    }
}

extension Int {
    /// A sum of counts from outside, which may be absurd but must not trap.
    fileprivate func clampedSum(_ other: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}

extension JSONCursor {
    /// A short string's text; nil, and the value is passed over, for anything else.
    fileprivate mutating func stringOrSkip() throws(Stumble) -> String? {
        guard head == 0x22 else {
            try skipValue()
            return nil
        }
        let text = try string()
        // Names only: what is longer is no name, and is not kept.
        return text.end - text.start <= 256 ? decoded(text) : nil
    }

    /// A count of at least zero; nil, and the value is passed over, for anything else.
    fileprivate mutating func countOrSkip() throws(Stumble) -> Int? {
        guard head >= 0x30, head <= 0x39 else {
            try skipValue()
            return nil
        }
        return try wholeNumber()
    }
}
