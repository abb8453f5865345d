import Consents
import Memory

extension MCPTool {
    /// Proposes something to remember.
    static let proposeMemory = MCPTool(
        name: "propose_memory", title: "Propose something to remember",
        description: """
            Proposes to remember something that the person said about themselves: one short sentence, in their own words \
            and language. It waits until they confirm it, unless they let this kind pass, and is used for nothing until \
            then. Don't propose what they didn't say, other people's secrets, or how you should answer: wishes about \
            replies are theirs to set. Needs the person's leave to remember.
            """,
        effect: .proposes,
        takes: JSONObject([
            .init(
                key: "kind",
                value: [
                    "type": "string", "enum": .array(MemoryItem.Kind.allCases.map { .string($0.rawValue) }),
                    "description": """
                    value: what they want to stand for. goal: what they work toward. commitment: what they said they will \
                    do. preference: what they like for now. skill: what they can do without help. relationship: who \
                    somebody is to them. episode: what happened once. fact: anything else that stays so.
                    """,
                ]),
            .init(
                key: "words",
                value: [
                    "type": "string", "minLength": 3, "maxLength": .whole(longestProposal),
                    "description": "One sentence, in the person's words.",
                ]),
            .init(
                key: "sure",
                value: [
                    "type": "number", "minimum": 0, "maximum": 1, "default": .number("0.7"),
                    "description": "How sure you are that they meant it so. At most 0.9 is kept.",
                ]),
            .init(key: "from", value: day("From which day on it is so.")),
            .init(key: "until", value: day("From which day on it is no longer so.")),
            .init(key: "due", value: day("By which day it is to be done.")),
            .init(
                key: "replaces",
                value: ["type": "string", "description": "The id of an item that it is to stand in the place of."]),
            .init(
                key: "conflictsWith",
                value: ["type": "string", "description": "The id of an item that it pulls apart from; both are kept."]),
            .init(
                key: "conversation",
                value: [
                    "type": "string", "minLength": 1, "maxLength": 200,
                    "description": "The conversation's id. Where the person paused remembering, nothing is kept.",
                ]),
        ]),
        needs: ["kind", "words"],
        gives: [
            "type": "object",
            "properties": [
                "id": ["type": "string"],
                "status": [
                    "type": "string", "enum": ["waits", "kept", "known"],
                    "description": """
                    waits: until the person confirms it. kept: they let this kind pass. known: it was held or proposed \
                    already.
                    """,
                ],
            ],
            "required": ["id", "status"],
        ],
        use: { arguments, reach throws(ToolRefusal) in
            guard let kind = try arguments.choice("kind", of: MemoryItem.Kind.self),
                let words = try arguments.text("words", most: longestProposal)
            else { throw ToolRefusal("`kind` and `words` are needed.") }
            guard !OrderToModels.isOne(words) else {
                throw ToolRefusal(
                    """
                    These words give orders to a model, and memory holds what is so of a person, so nothing was proposed. \
                    How they want to be answered is theirs to say in their wishes.
                    """)
            }
            let sure = min(0.9, try arguments.share("sure") ?? 0.7)
            let origin = MemoryItem.Origin(
                conversation: try arguments.text("conversation", most: 200) ?? conversation, turn: 0)
            let draft = ItemDraft(
                kind, words, source: .inferred, origin: origin, validFrom: try arguments.day("from"),
                validUntil: try arguments.day("until"), due: try arguments.day("due"), confidence: sure)
            let resolution: Resolution
            switch (try arguments.item("replaces"), try arguments.item("conflictsWith")) {
            case (nil, nil): resolution = .add(draft)
            case (let old?, nil): resolution = .replace(old, with: draft)
            case (nil, let other?): resolution = .keepBoth(other, draft)
            default: throw ToolRefusal("It can replace an item or conflict with one, not both.")
            }
            let now = reach.clock()
            // For every kind that is granted: what it replaces may be of another. Whether this one is among them is looked
            // up when it is written.
            let permit = try reach.permit(.remember, at: now)
            let outcome = try await reach.remembered { memory throws(MemoryError) in
                try await memory.propose(resolution, under: permit, at: now, mostWaiting: AssistantReach.mostWaiting)
            }
            return try answer(outcome, kind)
        })

    /// Where a proposal comes from that names no conversation. The person can pause it as any other.
    static let conversation = "mcp"
    private static let longestProposal = 500

    private static func day(_ words: String) -> JSONValue {
        ["type": "string", "pattern": #"^\d{4}-\d{2}-\d{2}$"#, "description": .string(words)]
    }

    private static func answer(_ outcome: Remembered?, _ kind: MemoryItem.Kind) throws(ToolRefusal) -> ToolAnswer {
        guard let outcome else {
            throw ToolRefusal(
                """
                \(AssistantReach.mostWaiting) proposals wait for this person already, so nothing was added. Let them \
                look at those first (`trellis memory list --status proposed`).
                """)
        }
        let status: String
        let text: String
        switch (outcome.item.status, outcome.isNew) {
        case (.rejected, _):
            throw ToolRefusal("The person said before that this is not so. Nothing was added; don't propose it again.")
        case (_, false): (status, text) = ("known", "That is held or proposed already; nothing was added.")
        case (.confirmed, true): (status, text) = ("kept", "Kept: the person lets \(kind.rawValue) items pass.")
        case (.proposed, true):
            (status, text) = (
                "waits", "Proposed. It waits for the person's word and is used for nothing until they confirm it."
            )
        }
        return ToolAnswer(
            text: text,
            structure: JSONObject([
                .init(key: "id", value: .string("\(outcome.item.id)")), .init(key: "status", value: .string(status)),
            ]))
    }
}
