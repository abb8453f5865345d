/// A revision of the Model Context Protocol that is spoken here.
///
/// Until 2025-11-25 a conversation opens with a handshake in which both sides agree on a revision. Since 2026-07-28 there
/// is none: each request names its revision in `_meta`, and nothing is remembered between requests.
enum MCPRevision: String, Sendable, Hashable, CaseIterable, Comparable {
    /// The first one: tools, resources, standard input and output.
    case november2024 = "2024-11-05"
    /// Streamable HTTP, annotations of tools, several messages in one.
    case march2025 = "2025-03-26"
    /// Structured results with a schema, titles, the header `MCP-Protocol-Version`; one message at a time again.
    case june2025 = "2025-06-18"
    /// What can't be used in a tool's arguments is the tool's answer, so that a model can correct itself.
    case november2025 = "2025-11-25"
    /// No handshake and no session; results say how long they may be kept.
    case july2026 = "2026-07-28"

    /// Whether a conversation opens with `initialize`.
    var opensWithHandshake: Bool { self < .july2026 }
    /// Whether tools and resources may carry hints about what they do.
    var hasAnnotations: Bool { self >= .march2025 }
    /// Whether tools and resources have titles, and tools structured results with a schema.
    var hasStructure: Bool { self >= .june2025 }
    /// Whether several messages may come as one array.
    var takesBatches: Bool { self <= .march2025 }

    /// What is answered to a handshake that asks for a revision that is not known here.
    static let latestWithHandshake = MCPRevision.november2025
    /// What an HTTP request speaks that doesn't say, as the specification has it.
    static let assumed = MCPRevision.march2025
    /// All of them, newest first.
    static let names: [String] = allCases.reversed().map(\.rawValue)

    static func < (left: MCPRevision, right: MCPRevision) -> Bool { left.rawValue < right.rawValue }
}
