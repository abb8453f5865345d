/// Which text of a reply it is: what is said to the person, or one of those that stand beside it and that clients show
/// too.
///
/// Each is watched as a text of its own: a phrase that begins in one and ends in another is none.
enum FloorField: UInt8, Sendable, Hashable, Comparable, CaseIterable {
    /// `content`, and Anthropic's text blocks.
    case content
    /// `reasoning_content`, as DeepSeek's API, vLLM and llama.cpp send it.
    case reasoningContent
    /// `reasoning`, as OpenRouter, Ollama and newer vLLMs send it, and Anthropic's thinking blocks.
    case reasoning
    /// `reasoning_details`, as OpenRouter sends it: the texts and summaries in its list.
    case reasoningDetails
    /// `refusal`, as OpenAI sends it.
    case refusal

    static func < (first: FloorField, second: FloorField) -> Bool { first.rawValue < second.rawValue }

    /// The name that a finding gives it; nil for the reply itself.
    var name: String? {
        switch self {
        case .content: nil
        case .reasoningContent, .reasoning, .reasoningDetails: "reasoning"
        case .refusal: "refusal"
        }
    }

    /// The text beside the reply that a member of a message or a delta holds; nil for every other member.
    init?(_ key: JSONText, _ cursor: borrowing JSONCursor) {
        if cursor.text(key, is: "reasoning_content") {
            self = .reasoningContent
        } else if cursor.text(key, is: "reasoning") {
            self = .reasoning
        } else if cursor.text(key, is: "reasoning_details") {
            self = .reasoningDetails
        } else if cursor.text(key, is: "refusal") {
            self = .refusal
        } else {
            return nil
        }
    }
}
