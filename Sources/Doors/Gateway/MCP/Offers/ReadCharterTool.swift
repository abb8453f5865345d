import Charters
import Logging

extension MCPTool {
    /// Reads the charter that governs.
    static let readCharter = MCPTool(
        name: "read_charter", title: "Read the charter that governs",
        description: """
            Reads the charter that a community wrote for assistants here: the brief to work by, what it is drawn to \
            (goods), the attitudes it asks for (dispositions), who decides where two goods pull apart (tensions), and \
            what holds whatever is asked (floor). Needs no leave: it says nothing about the person.
            """,
        effect: .reads,
        takes: JSONObject([
            .init(
                key: "part",
                value: [
                    "type": "string", "enum": .array(CharterInWords.Part.allCases.map { .string($0.rawValue) }),
                    "default": "all",
                    "description": "Only this part, in the text. The structure always holds all of it.",
                ])
        ]),
        needs: [], gives: CharterInWords.schema,
        use: { arguments, reach throws(ToolRefusal) in
            let part = try arguments.choice("part", of: CharterInWords.Part.self) ?? .all
            let charter = try reach.governing()
            return ToolAnswer(text: CharterInWords.text(charter, part), structure: CharterInWords.json(charter))
        })
}

extension AssistantReach {
    /// The charter that governs now.
    func governing() throws(ToolRefusal) -> CompiledCharter {
        do { return try charter() } catch {
            // The words name files of this machine.
            logger.error("a charter can't be read over MCP", metadata: ["reason": "\(error)"])
            throw ToolRefusal(
                "The charter can't be read now. The operator can see what is wrong with `trellis charter check`.")
        }
    }
}
