import Consents
import Memory

extension MCPTool {
    /// Lists what is remembered, kind by kind.
    static let listMemory = MCPTool(
        name: "list_memory", title: "List what is remembered",
        description: """
            Lists what this person stands by and wants remembered, oldest first, all of it or by kind. Use recall to find \
            what bears on a message. Needs the person's leave for use in replies.
            """,
        effect: .reads,
        takes: JSONObject([
            .init(key: "kinds", value: RememberedThings.kinds),
            .init(
                key: "limit",
                value: [
                    "type": "integer", "minimum": 1, "maximum": .whole(mostListed), "default": 50,
                    "description": "How many items at most.",
                ]),
            .init(
                key: "after",
                value: ["type": "string", "description": "Go on after this item: the `next` of an earlier list."]),
        ]),
        needs: [],
        gives: [
            "type": "object",
            "properties": [
                "items": ["type": "array", "items": RememberedThings.schema(isRecalled: false)],
                "allowed": RememberedThings.allowed,
                "next": ["type": "string", "description": "Pass it as `after` for more. Absent at the end."],
            ],
            "required": ["items", "allowed"],
        ],
        use: { arguments, reach throws(ToolRefusal) in
            let kinds = try arguments.kinds("kinds")
            let limit = try arguments.whole("limit", in: 1...mostListed) ?? 50
            let after = try arguments.item("after")
            let now = reach.clock()
            let permit = try reach.permit(.useInReplies, kinds, at: now)
            let all = try await reach.remembered { memory throws(MemoryError) in
                try await memory.items(under: permit, at: now)
            }
            let rest = after.map { after in all.filter { $0.id > after } } ?? all
            let shown = Array(rest.prefix(limit))
            var structure = JSONObject([
                .init(key: "items", value: .array(shown.map { RememberedThings.json($0) })),
                .init(key: "allowed", value: RememberedThings.allowed(permit.kinds)),
            ])
            var text = shown.isEmpty ? "Nothing of these kinds is remembered." : RememberedThings.text(shown, at: now)
            if shown.count < rest.count, let last = shown.last {
                structure["next"] = .string("\(last.id)")
                text += "\nThere are more: go on with after: \(last.id)."
            }
            return ToolAnswer(text: text, structure: structure)
        })

    private static let mostListed = 200
}
