public import Models

/// A guard over a chat model in the manner of Llama Guard: its reply is `safe`, or `unsafe` and then the codes of the
/// hazards (S1 to S14 of the MLCommons taxonomy, as Llama Guard 3 and 4 list them).
///
/// Inan et al., "Llama Guard: LLM-based input-output safeguard for human-AI conversations", 2023, arXiv 2312.06674. The
/// model's own chat template holds the instructions, so the conversation alone is sent.
public struct LlamaGuard: GuardModel {
    private let chat: any ChatModel
    private let model: String

    /// A guard that asks `model` through `chat`.
    public init(_ chat: any ChatModel, model: String) {
        self.chat = chat
        self.model = model
    }

    /// See ``GuardModel/categories(of:inReplyTo:)``.
    public func categories(of text: String, inReplyTo question: String?) async throws(GuardUnavailable) -> Set<String> {
        var turns = [ChatTurn(.user, question ?? text)]
        if question != nil { turns.append(ChatTurn(.assistant, text)) }
        let reply: ChatReply
        do {
            reply = try await chat.reply(
                to: ChatRequest(model: model, turns: turns, temperature: 0, maximumTokens: 24))
        } catch {
            throw GuardUnavailable(error)
        }
        guard let found = Self.categories(inVerdict: reply.content) else {
            throw GuardUnavailable(reason: "its answer is neither “safe” nor “unsafe”")
        }
        return found
    }

    /// The categories that a verdict names; nil when it is none. `unsafe` without a code that is known counts for all.
    static func categories(inVerdict verdict: String) -> Set<String>? {
        let words = verdict.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
        switch words.first {
        case "safe": return []
        case "unsafe":
            let known = words.dropFirst().compactMap { hazards[$0] }
            return known.isEmpty ? Set(GuardCategory.all) : Set(known.joined())
        default: return nil
        }
    }

    /// The hazards in the words of the moderation API. Some have none of their own there: they count as `illicit`.
    static let hazards: [String: [String]] = [
        "s1": ["violence", "illicit/violent"],  // Violent crimes.
        "s2": ["illicit"],  // Non-violent crimes.
        "s3": ["sexual", "violence"],  // Sex-related crimes.
        "s4": ["sexual/minors", "sexual"],  // Child sexual exploitation.
        "s5": ["harassment"],  // Defamation.
        "s6": ["illicit"],  // Specialised advice.
        "s7": ["illicit"],  // Privacy.
        "s8": ["illicit"],  // Intellectual property.
        "s9": ["illicit/violent", "violence"],  // Indiscriminate weapons.
        "s10": ["hate"],  // Hate.
        "s11": ["self-harm"],  // Suicide and self-harm.
        "s12": ["sexual"],  // Sexual content.
        "s13": ["illicit"],  // Elections.
        "s14": ["illicit"],  // Code interpreter abuse.
    ]
}
