/// A tool that an assistant can use, with what it takes and gives as JSON Schemas.
struct MCPTool: Sendable {
    /// Hints for a client about what a tool does to the world.
    enum Effect: Sendable {
        /// It only reads.
        case reads
        /// It adds something that the person decides about. The same again adds nothing.
        case proposes
    }

    let name: String
    let title: String
    let description: String
    let effect: Effect
    /// The members of its arguments, in order.
    let takes: JSONObject
    /// Those that must be there.
    let needs: [String]
    /// The schema of what it gives.
    let gives: JSONValue
    let use: @Sendable (ToolArguments, AssistantReach) async throws(ToolRefusal) -> ToolAnswer

    /// All tools, in the order in which an assistant is told of them.
    static let all: [MCPTool] = [recall, listMemory, proposeMemory, readCharter]

    /// The tool as `tools/list` tells of it.
    func described(in revision: MCPRevision) -> JSONValue {
        var tool = JSONObject([.init(key: "name", value: .string(name))])
        if revision.hasStructure { tool["title"] = .string(title) }
        tool["description"] = .string(description)
        tool["inputSchema"] = [
            "type": "object", "properties": .object(takes), "required": .array(needs.map { .string($0) }),
            "additionalProperties": false,
        ]
        if revision.hasStructure { tool["outputSchema"] = gives }
        if revision.hasAnnotations {
            tool["annotations"] = [
                "title": .string(title), "readOnlyHint": .flag(effect == .reads), "destructiveHint": false,
                "idempotentHint": true, "openWorldHint": false,
            ]
        }
        return .object(tool)
    }
}

/// What a tool gives back.
struct ToolAnswer: Sendable {
    /// In words for a model. What comes from memory stands in quotation marks that it can't leave.
    let text: String
    /// The same for a program.
    let structure: JSONObject

    /// The answer as the result of `tools/call`. The structure comes as text too, as the specification asks, for clients
    /// that hand only text on.
    func json(in revision: MCPRevision) -> JSONObject {
        var result = JSONObject([
            .init(
                key: "content",
                value: [
                    ["type": "text", "text": .string(text)],
                    ["type": "text", "text": .string(JSONValue.object(structure).text)],
                ])
        ])
        if revision.hasStructure { result["structuredContent"] = .object(structure) }
        result["isError"] = false
        return result
    }
}

/// Why a tool did nothing, in words for a model that it can act on or pass on.
struct ToolRefusal: Error, Sendable, Hashable {
    let message: String
    /// Whether the person has not allowed it.
    let isLack: Bool

    init(_ message: String, isLack: Bool = false) {
        self.message = message
        self.isLack = isLack
    }
}
