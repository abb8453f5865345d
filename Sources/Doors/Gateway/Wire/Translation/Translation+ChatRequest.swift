import NIOCore

extension Translation {
    /// An Anthropic Messages request as an OpenAI chat completion request.
    ///
    /// - Parameter limitsCompletion: send the limit as `max_completion_tokens`, which OpenAI's own newer models ask
    ///   for, and not as `max_tokens`, which nearly every other server reads.
    /// - Throws: a refusal for what has no form there: tools that Anthropic's servers run, files by id, containers.
    static func chatRequest(
        fromMessages body: ByteBuffer, model: String, limitsCompletion: Bool = false
    ) throws(GatewayRefusal) -> Request {
        var maker = ChatRequestMaker(model: model, limitsCompletion: limitsCompletion)
        try maker.read(try object(body))
        return Request(
            body: ByteBuffer(bytes: JSONValue.object(maker.finished()).bytes), lost: maker.lost, includesUsage: false)
    }
}

private struct ChatRequestMaker {
    private var made: JSONObject
    private let limitsCompletion: Bool
    private(set) var lost: [String] = []
    private var system: JSONValue?
    private var messages: [JSONValue] = []

    init(model: String, limitsCompletion: Bool) {
        self.limitsCompletion = limitsCompletion
        made = JSONObject([.init(key: "model", value: .string(model))])
    }

    mutating func read(_ body: JSONObject) throws(GatewayRefusal) {
        for member in body.members where member.value != .null {
            try read(member.key, member.value)
        }
    }

    private mutating func read(_ key: String, _ value: JSONValue) throws(GatewayRefusal) {
        switch key {
        case "model": break
        case "system":
            let text = try text(value, at: "system")
            if !text.isEmpty { system = ["role": "system", "content": .string(text)] }
        case "messages":
            for (index, message) in (value.array ?? []).enumerated() {
                try read(message: message, at: "messages[\(index)]")
            }
        case "max_tokens": made[limitsCompletion ? "max_completion_tokens" : "max_tokens"] = value
        case "temperature", "top_p": made[key] = value
        case "stream":
            made["stream"] = value
            // Anthropic's streams always tell usage, so ours must be able to.
            if value.flag == true { made["stream_options"] = ["include_usage": true] }
        case "stop_sequences":
            if value.array?.isEmpty == false { made["stop"] = value }
        case "metadata":
            for member in value.object?.members ?? [] where member.value != .null {
                if member.key == "user_id" {
                    made["user"] = member.value
                } else {
                    lost.append("metadata.\(member.key)")
                }
            }
        case "tools":
            var tools: [JSONValue] = []
            for (index, tool) in (value.array ?? []).enumerated() {
                tools.append(try translated(tool: tool, at: "tools[\(index)]"))
            }
            if !tools.isEmpty { made["tools"] = .array(tools) }
        case "tool_choice": try read(toolChoice: value)
        case "thinking":
            if value["type"] != "disabled" { lost.append(key) }
        case "output_config":
            for member in value.object?.members ?? [] where member.value != .null {
                switch member.key {
                case "effort": made["reasoning_effort"] = member.value
                case "format":
                    guard member.value["type"] == "json_schema", let schema = member.value["schema"] else {
                        throw Translation.refusal(
                            "output_config.format", "send the type \"json_schema\" with a schema.")
                    }
                    made["response_format"] = [
                        "type": "json_schema",
                        "json_schema": ["name": "reply", "schema": schema, "strict": true],
                    ]
                default: lost.append("output_config.\(member.key)")
                }
            }
        case "container", "mcp_servers":
            throw Translation.refusal(key, "it has no such ability. Leave \(key) out.")
        default: lost.append(key)
        }
    }

    func finished() -> JSONObject {
        var made = made
        made["messages"] = .array((system.map { [$0] } ?? []) + messages)
        // OpenAI's API refuses a choice without tools.
        if made["tools"] == nil {
            made["tool_choice"] = nil
            made["parallel_tool_calls"] = nil
        }
        return made
    }

    // MARK: Messages

    private mutating func read(message: JSONValue, at place: String) throws(GatewayRefusal) {
        let content = message["content"]
        switch message["role"]?.string {
        case "system":
            let text = try text(content, at: "\(place).content")
            messages.append(["role": "system", "content": .string(text)])
        case "user":
            if let text = content?.string {
                messages.append(["role": "user", "content": .string(text)])
            } else {
                try read(userBlocks: content?.array ?? [], at: "\(place).content")
            }
        case "assistant":
            if let text = content?.string {
                messages.append(["role": "assistant", "content": .string(text)])
            } else {
                try read(assistantBlocks: content?.array ?? [], at: "\(place).content")
            }
        case let role:
            throw Translation.refusal(
                "\(place).role",
                "the role \"\(role.map { String($0.prefix(40)) } ?? "")\" is not known there."
                    + " Send user, assistant or system.")
        }
    }

    private mutating func read(userBlocks blocks: [JSONValue], at place: String) throws(GatewayRefusal) {
        var results: [JSONValue] = []
        var parts: [JSONValue] = []
        for (index, block) in blocks.enumerated() {
            let place = "\(place)[\(index)]"
            if block["type"] == "tool_result" {
                results.append(try toolMessage(block, at: place, images: &parts))
            } else {
                parts.append(try part(block, at: place))
            }
        }
        // Answers of tools come right after the call; what the person adds comes after them.
        messages += results
        if parts.count == 1, parts[0]["type"] == "text", let text = parts[0]["text"] {
            messages.append(["role": "user", "content": text])
        } else if !parts.isEmpty {
            messages.append(["role": "user", "content": .array(parts)])
        }
    }

    private mutating func read(assistantBlocks blocks: [JSONValue], at place: String) throws(GatewayRefusal) {
        var text: [String] = []
        var calls: [JSONValue] = []
        for (index, block) in blocks.enumerated() {
            switch block["type"]?.string {
            case "text":
                noteLosses(block, besides: ["type", "text"], at: "\(place)[\(index)]")
                text.append(block["text"]?.string ?? "")
            case "thinking", "redacted_thinking": lost.append("\(place)[\(index)]: thinking")
            case "tool_use":
                guard let id = block["id"], let name = block["name"] else {
                    throw Translation.refusal("\(place)[\(index)]", "a tool_use needs an id and a name.")
                }
                noteLosses(block, besides: ["type", "id", "name", "input"], at: "\(place)[\(index)]")
                calls.append([
                    "id": id, "type": "function",
                    "function": ["name": name, "arguments": .string((block["input"] ?? [:]).text)],
                ])
            case let type: throw unknownBlock(type, at: "\(place)[\(index)]")
            }
        }
        var message = JSONObject([.init(key: "role", value: "assistant")])
        message["content"] = text.isEmpty ? .null : .string(text.joined())
        if !calls.isEmpty { message["tool_calls"] = .array(calls) }
        if !text.isEmpty || !calls.isEmpty { messages.append(.object(message)) }
    }

    private mutating func toolMessage(
        _ block: JSONValue, at place: String, images: inout [JSONValue]
    ) throws(GatewayRefusal) -> JSONValue {
        guard let id = block["tool_use_id"] else {
            throw Translation.refusal("\(place).tool_use_id", "name the tool call that this answers.")
        }
        if block["is_error"]?.flag == true { lost.append("\(place).is_error") }
        var text: [String] = []
        if let whole = block["content"]?.string {
            text = [whole]
        } else {
            for (index, inner) in (block["content"]?.array ?? []).enumerated() {
                let place = "\(place).content[\(index)]"
                let part = try part(inner, at: place)
                if part["type"] == "text" {
                    text.append(part["text"]?.string ?? "")
                } else {
                    // A tool's answer is text only there; its pictures follow as the user's.
                    images.append(part)
                }
            }
        }
        return ["role": "tool", "tool_call_id": id, "content": .string(text.joined(separator: "\n"))]
    }

    private mutating func part(_ block: JSONValue, at place: String) throws(GatewayRefusal) -> JSONValue {
        let source = block["source"]
        switch block["type"]?.string {
        case "text":
            noteLosses(block, besides: ["type", "text"], at: place)
            return ["type": "text", "text": block["text"] ?? ""]
        case "image":
            noteLosses(block, besides: ["type", "source"], at: place)
            if source?["type"] == "base64", let type = source?["media_type"]?.string, let data = source?["data"]?.string
            {
                return ["type": "image_url", "image_url": ["url": .string("data:\(type);base64,\(data)")]]
            }
            guard source?["type"] == "url", let url = source?["url"] else {
                throw Translation.refusal(place, "send an image with a source of the type base64 or url.")
            }
            return ["type": "image_url", "image_url": ["url": url]]
        case "document":
            noteLosses(block, besides: ["type", "source", "title"], at: place)
            let title = block["title"]?.string
            if source?["type"] == "text", let text = source?["data"]?.string {
                return ["type": "text", "text": .string((title.map { "\($0)\n\n" } ?? "") + text)]
            }
            guard source?["type"] == "base64", let type = source?["media_type"]?.string,
                let data = source?["data"]?.string
            else { throw Translation.refusal(place, "send a document with a source of the type base64 or text.") }
            return [
                "type": "file",
                "file": [
                    "filename": .string(title ?? "document.pdf"), "file_data": .string("data:\(type);base64,\(data)"),
                ],
            ]
        case let type: throw unknownBlock(type, at: place)
        }
    }

    private mutating func text(_ content: JSONValue?, at place: String) throws(GatewayRefusal) -> String {
        if let text = content?.string { return text }
        var texts: [String] = []
        for (index, block) in (content?.array ?? []).enumerated() {
            guard block["type"] == "text", let text = block["text"]?.string else {
                throw Translation.refusal("\(place)[\(index)]", "send text blocks only.")
            }
            noteLosses(block, besides: ["type", "text"], at: "\(place)[\(index)]")
            texts.append(text)
        }
        return texts.joined(separator: "\n\n")
    }

    private func unknownBlock(_ type: String?, at place: String) -> GatewayRefusal {
        Translation.refusal(
            place,
            "blocks of the type \"\(type.map { String($0.prefix(40)) } ?? "")\" are not known there."
                + " Send text, images, documents, tool_use or tool_result.")
    }

    private mutating func noteLosses(_ block: JSONValue, besides known: Set<String>, at place: String) {
        for member in block.object?.members ?? [] where !known.contains(member.key) && member.value != .null {
            lost.append("\(place).\(member.key)")
        }
    }

    // MARK: Tools

    private mutating func translated(tool: JSONValue, at place: String) throws(GatewayRefusal) -> JSONValue {
        let type = tool["type"]?.string ?? "custom"
        guard type == "custom", let name = tool["name"] else {
            throw Translation.refusal(
                place,
                "a tool of the type \"\(type.prefix(40))\" is run by Anthropic's servers. Send tools of your own.")
        }
        var function = JSONObject([.init(key: "name", value: name)])
        function["description"] = tool["description"]
        function["parameters"] = tool["input_schema"]
        function["strict"] = tool["strict"]
        noteLosses(tool, besides: ["type", "name", "description", "input_schema", "strict"], at: place)
        return ["type": "function", "function": .object(function)]
    }

    private mutating func read(toolChoice choice: JSONValue) throws(GatewayRefusal) {
        switch choice["type"]?.string {
        case "auto": made["tool_choice"] = "auto"
        case "any": made["tool_choice"] = "required"
        case "none": made["tool_choice"] = "none"
        case "tool":
            made["tool_choice"] = ["type": "function", "function": ["name": choice["name"] ?? ""]]
        default: throw Translation.refusal("tool_choice", "send the type auto, any, tool or none.")
        }
        if choice["disable_parallel_tool_use"]?.flag == true { made["parallel_tool_calls"] = false }
    }
}
