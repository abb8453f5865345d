import Consents
import Memory

extension MCPTool {
    /// Finds what bears on some words.
    static let recall = MCPTool(
        name: "recall", title: "Recall what bears on the moment",
        description: """
            Finds what this person wants remembered that bears on some words: by the words themselves, by times that they \
            speak of, and by what stands near. Goals, values and commitments stand before passing wishes that they \
            conflict with. Gives each item with its kind, its days and why it was found. Needs the person's leave for \
            use in replies.
            """,
        effect: .reads,
        takes: JSONObject([
            .init(
                key: "words",
                value: [
                    "type": "string", "minLength": 1, "maxLength": .whole(longestQuestion),
                    "description": "What the moment is about: the person's message, or a question.",
                ]),
            .init(key: "kinds", value: RememberedThings.kinds),
            .init(
                key: "limit",
                value: [
                    "type": "integer", "minimum": 1, "maximum": 20, "default": 8,
                    "description": "How many items at most.",
                ]),
            .init(
                key: "tokens",
                value: [
                    "type": "integer", "minimum": 50, "maximum": 8_000, "default": 1_000,
                    "description": "About how many tokens all of them may have.",
                ]),
        ]),
        needs: ["words"],
        gives: [
            "type": "object",
            "properties": [
                "items": ["type": "array", "items": RememberedThings.schema(isRecalled: true)],
                "allowed": RememberedThings.allowed,
            ],
            "required": ["items", "allowed"],
        ],
        use: { arguments, reach throws(ToolRefusal) in
            guard let words = try arguments.text("words", most: longestQuestion) else {
                throw ToolRefusal("`words` is missing.")
            }
            let kinds = try arguments.kinds("kinds")
            let limit = try arguments.whole("limit", in: 1...20) ?? 8
            let tokens = try arguments.whole("tokens", in: 50...8_000) ?? 1_000
            let now = reach.clock()
            let permit = try reach.permit(.useInReplies, kinds, at: now)
            let found = try await reach.remembered { memory throws(MemoryError) in
                try await memory.recall(
                    RecallQuery(words: words, at: now, kinds: kinds, tokenBudget: tokens, limit: limit), under: permit)
            }
            return ToolAnswer(
                text: found.isEmpty
                    ? "Nothing that this person lets you use bears on that."
                    : RememberedThings.text(found.map(\.item), at: now),
                structure: JSONObject([
                    .init(key: "items", value: .array(found.map { RememberedThings.json($0.item, $0.recalled) })),
                    .init(key: "allowed", value: RememberedThings.allowed(permit.kinds)),
                ]))
        })

    private static let longestQuestion = 4_000
}
