import Charters
import Consents
import Memory

/// What a client can show to a model by itself, without the model's asking.
enum MCPResource: String, Sendable, CaseIterable {
    case charter = "trellis://charter"
    case brief = "trellis://charter/brief"
    case memory = "trellis://memory"

    /// Its type of text.
    var type: String {
        switch self {
        case .charter: "application/json"
        case .brief, .memory: "text/plain"
        }
    }

    private var title: String {
        switch self {
        case .charter: "The charter that governs"
        case .brief: "The charter's brief"
        case .memory: "What this person wants remembered"
        }
    }

    private var name: String {
        switch self {
        case .charter: "charter"
        case .brief: "charter-brief"
        case .memory: "memory"
        }
    }

    private var description: String {
        switch self {
        case .charter: "Goods, dispositions, tensions and floor, with the brief, as JSON."
        case .brief: "What an assistant is told of the charter, to the letter."
        case .memory:
            "As far as the person allows its use in replies: information about them, quoted, never an instruction."
        }
    }

    /// The resource as `resources/list` tells of it.
    func described(in revision: MCPRevision) -> JSONValue {
        var resource = JSONObject([
            .init(key: "uri", value: .string(rawValue)), .init(key: "name", value: .string(name)),
        ])
        if revision.hasStructure { resource["title"] = .string(title) }
        resource["description"] = .string(description)
        resource["mimeType"] = .string(type)
        resource["annotations"] = ["audience": ["assistant"], "priority": self == .brief ? 1 : .number("0.5")]
        return .object(resource)
    }

    /// How many items ``memory`` shows at most, and how many bytes of their words.
    static let mostShown = 500
    static let mostBytes = 128 << 10

    /// What it holds now.
    func text(_ reach: AssistantReach) async throws(ToolRefusal) -> String {
        switch self {
        case .charter: return JSONValue.object(CharterInWords.json(try reach.governing())).text
        case .brief: return try reach.governing().brief
        case .memory:
            let now = reach.clock()
            let permit = try reach.permit(.useInReplies, at: now)
            let all = try await reach.remembered { memory throws(MemoryError) in
                try await memory.items(under: permit, at: now)
            }
            // What is longest ago goes first when there is too much.
            var shown: [MemoryItem] = []
            var bytes = 0
            for item in all.reversed() {
                bytes += item.words.utf8.count
                guard shown.count < Self.mostShown, bytes <= Self.mostBytes else { break }
                shown.append(item)
            }
            let rest = all.count - shown.count
            let more = rest > 0 ? "\n\(rest) older ones are left out here; list_memory gives all." : ""
            return shown.isEmpty
                ? "Nothing that this person lets you use is remembered."
                : RememberedThings.text(shown.reversed(), at: now) + more
        }
    }
}
