import NIOCore

extension Translation {
    /// An OpenAI chat completion request as an Anthropic Messages request.
    ///
    /// - Parameter allowsSampling: pass temperature, top_p and top_k on. Anthropic's API refuses them from version
    ///   2026-10-21 on, and for its newer models under the version before too; other servers that speak its dialect
    ///   may read them.
    /// - Throws: a refusal for what Anthropic's API can't do: several choices, log-probabilities, audio, JSON without
    ///   a schema, custom tools, deprecated functions.
    static func messagesRequest(
        fromChat body: ByteBuffer, model: String, allowsSampling: Bool = false
    ) throws(GatewayRefusal) -> Request {
        var maker = MessagesRequestMaker(model: model, allowsSampling: allowsSampling)
        try maker.read(try object(body))
        return Request(
            body: ByteBuffer(bytes: JSONValue.object(maker.finished()).bytes), lost: maker.lost,
            includesUsage: maker.includesUsage)
    }
}

private struct MessagesRequestMaker {
    private var made: JSONObject
    private let allowsSampling: Bool
    private(set) var lost: [String] = []
    private(set) var includesUsage = false
    private var system: [String] = []
    /// Turns in which one speaker's messages in a row have become one, as Anthropic's API reads them anyway; results
    /// of tools must stand together.
    private var turns: [(role: String, blocks: [JSONValue])] = []
    private var toolChoice: JSONObject?
    private var outputConfig = JSONObject()
    private var personID: JSONValue?
    private var limit: JSONValue?
    private var completionLimit: JSONValue?
    private var forbidsParallelTools = false

    init(model: String, allowsSampling: Bool) {
        self.allowsSampling = allowsSampling
        made = JSONObject([.init(key: "model", value: .string(model))])
    }

    mutating func read(_ body: JSONObject) throws(GatewayRefusal) {
        for member in body.members where member.value != .null {
            try read(member.key, member.value)
        }
        guard !turns.isEmpty else {
            throw Translation.refusal("messages", "it needs at least one message from a user.")
        }
    }

    private mutating func read(_ key: String, _ value: JSONValue) throws(GatewayRefusal) {
        switch key {
        case "model": break
        case "messages":
            for (index, message) in (value.array ?? []).enumerated() {
                try read(message: message, at: "messages[\(index)]")
            }
        case "max_tokens": limit = value
        case "max_completion_tokens": completionLimit = value
        case _ where !allowsSampling && ["temperature", "top_p", "top_k"].contains(key):
            lost.append(key)
        case "temperature":
            if let temperature = value.fraction, temperature > 1 {
                made["temperature"] = 1
                lost.append("temperature above 1")
            } else {
                made["temperature"] = value
            }
        case "top_p", "top_k", "stream": made[key] = value
        case "stream_options": includesUsage = value["include_usage"]?.flag ?? false
        case "stop": made["stop_sequences"] = value.string.map { [.string($0)] } ?? value
        case "n":
            if value.whole != 1 {
                throw Translation.refusal("n", "it gives one choice a request. Leave n out, or send several requests.")
            }
        case "user":
            if personID != nil { lost.append("safety_identifier") }
            personID = value
        case "safety_identifier":
            if personID == nil { personID = value } else { lost.append(key) }
        case "tools":
            var tools: [JSONValue] = []
            for (index, tool) in (value.array ?? []).enumerated() {
                tools.append(try translated(tool: tool, at: "tools[\(index)]"))
            }
            if !tools.isEmpty { made["tools"] = .array(tools) }
        case "tool_choice": try read(toolChoice: value)
        case "parallel_tool_calls": forbidsParallelTools = value.flag == false
        case "response_format": try read(format: value)
        case "reasoning_effort":
            switch value.string {
            case "low", "medium", "high", "xhigh", "max": outputConfig["effort"] = value
            case "minimal":
                outputConfig["effort"] = "low"
                lost.append("reasoning_effort below low")
            default: lost.append(key)
            }
        case "logprobs":
            if value.flag == true {
                throw Translation.refusal("logprobs", "it gives no log-probabilities. Leave logprobs out.")
            }
        case "modalities":
            if let kinds = value.array, kinds != ["text"] {
                throw Translation.refusal("modalities", "it writes text only. Send [\"text\"], or leave it out.")
            }
        case "audio", "web_search_options":
            throw Translation.refusal(key, "it has no such ability in this form. Leave \(key) out.")
        case "functions", "function_call":
            throw Translation.refusal(key, "this old form is not carried over. Send tools and tool_choice.")
        case "frequency_penalty", "presence_penalty":
            if value.fraction != 0 { lost.append(key) }
        case "store", "top_logprobs":
            if value != false, value != 0 { lost.append(key) }
        default: lost.append(key)
        }
    }

    func finished() -> JSONObject {
        var made = made
        made["max_tokens"] = completionLimit ?? limit ?? .whole(Translation.defaultMaximumTokens)
        if !system.isEmpty { made["system"] = .string(system.joined(separator: "\n\n")) }
        made["messages"] = .array(
            turns.map { turn in
                // A single text stays a string, which every server reads.
                if turn.blocks.count == 1, turn.blocks[0]["type"] == "text", let text = turn.blocks[0]["text"] {
                    return ["role": .string(turn.role), "content": text]
                }
                return ["role": .string(turn.role), "content": .array(turn.blocks)]
            })
        if made["tools"] != nil {
            var choice = toolChoice
            if forbidsParallelTools, choice?["type"] != "none" {
                if choice == nil { choice = JSONObject([.init(key: "type", value: "auto")]) }
                choice?["disable_parallel_tool_use"] = true
            }
            if let choice { made["tool_choice"] = .object(choice) }
        }
        if !outputConfig.members.isEmpty { made["output_config"] = .object(outputConfig) }
        if let personID { made["metadata"] = ["user_id": personID] }
        return made
    }

    // MARK: Messages

    private mutating func read(message: JSONValue, at place: String) throws(GatewayRefusal) {
        if message["name"] != nil { lost.append("\(place).name") }
        switch message["role"]?.string {
        case "system", "developer":
            if !turns.isEmpty { lost.append("\(place): its place (system text goes in front)") }
            let blocks = try blocks(message["content"], at: place, textOnly: true)
            let text = blocks.compactMap { $0["text"]?.string }.joined(separator: "\n\n")
            if !text.isEmpty { system.append(text) }
        case "user":
            add("user", try blocks(message["content"], at: place, textOnly: false))
        case "assistant":
            if message["function_call"] != nil {
                throw Translation.refusal(
                    "\(place).function_call", "this old form is not carried over. Send tool_calls.")
            }
            for field in ["audio", "reasoning_content", "reasoning"] where message[field] != nil {
                lost.append("\(place).\(field)")
            }
            var said = try blocks(message["content"], at: place, textOnly: true)
            if let refusal = message["refusal"]?.string, !refusal.isEmpty {
                said.append(["type": "text", "text": .string(refusal)])
            }
            for (index, call) in (message["tool_calls"]?.array ?? []).enumerated() {
                said.append(try toolUse(call, at: "\(place).tool_calls[\(index)]"))
            }
            add("assistant", said)
        case "tool":
            guard let id = message["tool_call_id"]?.string else {
                throw Translation.refusal("\(place).tool_call_id", "name the tool call that this message answers.")
            }
            var result: JSONValue = ["type": "tool_result", "tool_use_id": .string(id)]
            let content = try blocks(message["content"], at: place, textOnly: true)
            if !content.isEmpty, case .object(var object) = result {
                object["content"] = message["content"]?.string.map(JSONValue.string) ?? .array(content)
                result = .object(object)
            }
            add("user", [result])
        case let role:
            throw Translation.refusal(
                "\(place).role",
                "the role \"\(role.map { String($0.prefix(40)) } ?? "")\" is not known there."
                    + " Send system, user, assistant or tool.")
        }
    }

    private mutating func add(_ role: String, _ blocks: [JSONValue]) {
        guard !blocks.isEmpty else { return }
        if turns.last?.role == role {
            turns[turns.count - 1].blocks += blocks
        } else {
            turns.append((role, blocks))
        }
    }

    private mutating func blocks(
        _ content: JSONValue?, at place: String, textOnly: Bool
    ) throws(GatewayRefusal) -> [JSONValue] {
        guard let content else { return [] }
        // Anthropic's API refuses empty text, and it says nothing.
        if let text = content.string { return text.isEmpty ? [] : [["type": "text", "text": .string(text)]] }
        var blocks: [JSONValue] = []
        for (index, part) in (content.array ?? []).enumerated() {
            let place = "\(place).content[\(index)]"
            switch (part["type"]?.string, textOnly) {
            case ("text", _):
                if let text = part["text"]?.string, !text.isEmpty {
                    blocks.append(["type": "text", "text": .string(text)])
                }
            case ("refusal", true):
                if let text = part["refusal"]?.string, !text.isEmpty {
                    blocks.append(["type": "text", "text": .string(text)])
                }
            case ("image_url", false):
                blocks.append(try image(part["image_url"], at: place))
            case ("file", false):
                blocks.append(try document(part["file"], at: place))
            case (let type, _):
                throw Translation.refusal(
                    place,
                    "parts of the type \"\(type.map { String($0.prefix(40)) } ?? "")\" can't stand here. Send text"
                        + (textOnly ? "." : ", images or PDF files."))
            }
        }
        return blocks
    }

    private mutating func image(_ image: JSONValue?, at place: String) throws(GatewayRefusal) -> JSONValue {
        guard let url = image?["url"]?.string else {
            throw Translation.refusal(place, "an image needs image_url.url.")
        }
        if let detail = image?["detail"]?.string, detail != "auto" { lost.append("\(place).image_url.detail") }
        if let (type, data) = Translation.base64(url) {
            return [
                "type": "image", "source": ["type": "base64", "media_type": .string(type), "data": .string(data)],
            ]
        }
        guard url.hasPrefix("https://") || url.hasPrefix("http://") else {
            throw Translation.refusal(place, "send an image as an https address or as a data:…;base64,… address.")
        }
        return ["type": "image", "source": ["type": "url", "url": .string(url)]]
    }

    private func document(_ file: JSONValue?, at place: String) throws(GatewayRefusal) -> JSONValue {
        guard let data = file?["file_data"]?.string.flatMap(Translation.base64), data.type == "application/pdf" else {
            throw Translation.refusal(place, "send files as PDF, in file_data, as data:application/pdf;base64,….")
        }
        var block: JSONObject = JSONObject([
            .init(key: "type", value: "document"),
            .init(
                key: "source",
                value: ["type": "base64", "media_type": .string(data.type), "data": .string(data.data)]),
        ])
        block["title"] = file?["filename"]
        return .object(block)
    }

    private func toolUse(_ call: JSONValue, at place: String) throws(GatewayRefusal) -> JSONValue {
        guard let id = call["id"]?.string, let name = call["function"]?["name"]?.string else {
            throw Translation.refusal(place, "only calls of functions, with an id and a name, are carried over.")
        }
        let arguments = call["function"]?["arguments"]?.string ?? ""
        return [
            "type": "tool_use", "id": .string(id), "name": .string(name), "input": Translation.toolInput(arguments),
        ]
    }

    // MARK: Tools and formats

    private mutating func translated(tool: JSONValue, at place: String) throws(GatewayRefusal) -> JSONValue {
        guard tool["type"] == "function", let function = tool["function"]?.object, let name = function["name"] else {
            throw Translation.refusal(place, "only tools of the type \"function\", with a name, are carried over.")
        }
        var made = JSONObject([.init(key: "name", value: name)])
        for member in function.members where member.value != .null {
            switch member.key {
            case "name": break
            case "description", "strict": made[member.key] = member.value
            case "parameters": made["input_schema"] = member.value
            default: lost.append("\(place).function.\(member.key)")
            }
        }
        if made["input_schema"] == nil { made["input_schema"] = ["type": "object", "properties": [:]] }
        return .object(made)
    }

    private mutating func read(toolChoice choice: JSONValue) throws(GatewayRefusal) {
        let type: JSONValue
        switch choice.string {
        case "auto": type = "auto"
        case "none": type = "none"
        case "required": type = "any"
        default:
            guard choice["type"] == "function", let name = choice["function"]?["name"] else {
                throw Translation.refusal(
                    "tool_choice", "send \"auto\", \"none\", \"required\" or one function's name.")
            }
            toolChoice = JSONObject([.init(key: "type", value: "tool"), .init(key: "name", value: name)])
            return
        }
        toolChoice = JSONObject([.init(key: "type", value: type)])
    }

    private mutating func read(format: JSONValue) throws(GatewayRefusal) {
        switch format["type"]?.string {
        case "text": break
        case "json_schema":
            guard let schema = format["json_schema"]?["schema"] else {
                throw Translation.refusal("response_format", "it needs json_schema.schema.")
            }
            outputConfig["format"] = ["type": "json_schema", "schema": schema]
        default:
            throw Translation.refusal(
                "response_format", "it writes JSON by a schema only. Send the type \"json_schema\" with a schema.")
        }
    }
}

extension Translation {
    /// The media type and data of a `data:…;base64,…` address.
    static func base64(_ url: String) -> (type: String, data: String)? {
        guard url.hasPrefix("data:"), let comma = url.firstIndex(of: ",") else { return nil }
        let head = url[url.index(url.startIndex, offsetBy: 5)..<comma]
        guard head.hasSuffix(";base64") else { return nil }
        let type = head.prefix { $0 != ";" }
        return type.isEmpty ? nil : (String(type), String(url[url.index(after: comma)...]))
    }
}
