import Models
import NIOCore
import Testing

@testable import Gateway

@Suite("Reading the events of a stream for the floor")
struct FloorStreamReadingTests {
    /// What an event brings, however it was read.
    private struct Brought: Hashable {
        struct Part: Hashable {
            var choice = 0
            var field = FloorField.content
            var text = ""
            var breaksText = false
            var ends = false
        }

        var parts: [Part] = []
        var endsAll = false
        var step = FloorStreamStep.other
        var isChunk = false
    }

    // MARK: Two ways to read

    private static func read(_ event: ByteBuffer, _ dialect: Upstream.Dialect) -> [Brought?] {
        var cuts = FloorStreamCuts(event)
        var reading = FloorStreamReading()
        var all: [Brought?] = []
        while let cut = cuts.next() {
            reading.read(cut, dialect)
            guard reading.isReadable else {
                all.append(nil)
                continue
            }
            let parts = reading.parts.map { part in
                Brought.Part(
                    choice: part.choice, field: part.field,
                    text: String(decoding: reading.text[part.text], as: UTF8.self),
                    breaksText: part.breaksText, ends: part.ends)
            }
            all.append(
                Brought(parts: parts, endsAll: reading.endsAll, step: reading.step, isChunk: reading.isChunk))
        }
        return all
    }

    /// The same from a tree of the event's JSON.
    private static func readTree(_ value: JSONValue, _ dialect: Upstream.Dialect) -> Brought {
        var brought = Brought()
        guard value.object != nil else { return brought }
        switch dialect {
        case .openAI:
            brought.isChunk = true
            for (place, choice) in (value["choices"]?.array ?? []).enumerated() {
                let delta = choice["delta"]
                let content = delta?["content"]
                let listed = said(in: content?.array ?? []) ?? ""
                let index = choice["index"]?.whole ?? place
                for member in delta?.object?.members ?? [] {
                    let list = member.value.array ?? []
                    let text: String? =
                        switch member.key {
                        case "content": thoughts(in: list)
                        case "reasoning_content", "reasoning", "reasoning_details", "refusal":
                            member.value.string ?? (said(in: list) ?? "") + (thoughts(in: list) ?? "")
                        default: nil
                        }
                    guard let text, !text.isEmpty else { continue }
                    brought.parts.append(
                        Brought.Part(choice: index, field: fields[member.key] ?? .reasoning, text: text))
                }
                brought.parts.append(
                    Brought.Part(
                        choice: index, text: content?.string ?? listed,
                        breaksText: delta?["tool_calls"] != nil, ends: choice["finish_reason"]?.string != nil))
            }
        case .anthropic:
            let index = value["index"]?.whole ?? 0
            switch value["type"]?.string {
            case "message_start": brought.step = .start
            case "content_block_start":
                let block = value["content_block"]
                let isText = block?["type"] == "text"
                brought.step = .openBlock(index, isText: isText)
                brought.parts = [Brought.Part(text: isText ? block?["text"]?.string ?? "" : "", breaksText: !isText)]
                if block?["type"] == "thinking" { brought.parts += thinking(block) }
            case "content_block_delta":
                let delta = value["delta"]
                if delta?["type"] == "text_delta" { brought.parts = [Brought.Part(text: delta?["text"]?.string ?? "")] }
                if delta?["type"] == "thinking_delta" { brought.parts = thinking(delta) }
            case "content_block_stop":
                brought.step = .closeBlock(index)
                brought.parts = [Brought.Part(breaksText: true)]
            case "message_delta":
                if value["delta"]?["stop_reason"]?.string != nil { brought.parts = [Brought.Part(ends: true)] }
            case "message_stop": brought.endsAll = true
            default: break
            }
        }
        return brought
    }

    private static let fields: [String: FloorField] = [
        "reasoning_content": .reasoningContent, "reasoning": .reasoning, "reasoning_details": .reasoningDetails,
        "refusal": .refusal,
    ]

    private static func thinking(_ block: JSONValue?) -> [Brought.Part] {
        guard let text = block?["thinking"]?.string, !text.isEmpty else { return [] }
        return [Brought.Part(field: .reasoning, text: text)]
    }

    /// The texts in a list; nil when it has none.
    private static func said(in list: [JSONValue]) -> String? {
        let texts = list.compactMap { $0["text"]?.string }
        return texts.isEmpty ? nil : texts.joined(separator: "\n\n")
    }

    /// What a list holds beside its texts, in its order.
    private static func thoughts(in list: [JSONValue]) -> String? {
        let texts = list.flatMap { part in
            (part.object?.members ?? []).flatMap { member -> [String] in
                guard ["thinking", "summary", "refusal"].contains(member.key) else { return [] }
                if let text = member.value.string { return [text] }
                return (member.value.array ?? []).compactMap { $0["text"]?.string }
            }
        }
        return texts.isEmpty ? nil : texts.joined(separator: "\n\n")
    }

    // MARK: Generated events

    /// Writes JSON at random: the fields that matter, mostly as they should be, among others, in any order.
    private struct Writer {
        var random: SeededGenerator
        /// Whether a key may stand twice.
        var repeats = false

        mutating func chance(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &random) < share }
        mutating func one<Value>(_ values: [Value]) -> Value {
            values[Int.random(in: 0..<values.count, using: &random)]
        }
        mutating func space() -> String { chance(0.85) ? "" : one([" ", "\n", "  ", "\t"]) }

        mutating func string(_ plain: [String]) -> String {
            let pieces = [
                "blue ", "moon", "", "é", "😀", "日本", "\\n", "\\\"", "\\\\", "\\/", "\\u0041", "\\u00e9",
                "\\ud83d\\ude00", "\\u0000", "data: ", "}", "[", "\u{2028}", "\u{FEFF}",
            ]
            if chance(0.7), !plain.isEmpty { return "\"\(spelled(one(plain)))\"" }
            return "\"" + (0..<Int.random(in: 0...6, using: &random)).map { _ in one(pieces) }.joined() + "\""
        }

        /// A name, now and then with a letter escaped.
        mutating func spelled(_ name: String) -> String {
            guard chance(0.08), let scalar = name.unicodeScalars.first, scalar.isASCII else { return name }
            let code = String(scalar.value, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - code.count) + code + name.dropFirst()
        }

        mutating func value(_ depth: Int = 0) -> String {
            switch Int.random(in: 0..<(depth > 3 ? 5 : 8), using: &random) {
            case 0: string([])
            case 1: one(["0", "1", "-1", "7", "1.0", "1e2", "-0", "99999999999999999999", "0.5"])
            case 2: "null"
            case 3: one(["true", "false"])
            case 4: string(["text", "text_delta", "stop", "message_stop"])
            case 5:
                "[" + (0..<Int.random(in: 0...3, using: &random)).map { _ in value(depth + 1) }.joined(separator: ",")
                    + "]"
            default: object([:], depth + 1)
            }
        }

        /// An object with most of the given members, and others.
        mutating func object(_ members: [String: String], _ depth: Int = 0) -> String {
            var all = members.filter { _ in chance(0.9) }
            for key in members.keys where all[key] != nil && chance(0.06) { all[key] = value(depth + 1) }
            for key in ["id", "x", "logprobs", "usage", "delta", "text", "content", "index", "type", "message", "role"]
            where chance(0.08) && all[key] == nil { all[key] = value(depth + 1) }
            var listed = all.sorted { $0.key < $1.key }.shuffled(using: &random).map { ($0.key, $0.value) }
            if repeats, !listed.isEmpty, chance(0.3) { listed.append(one(listed)) }
            let body = listed.map { key, value in
                "\(space())\"\(spelled(key))\"\(space()):\(space())\(value)\(space())"
            }
            return "{" + body.joined(separator: ",") + space() + "}"
        }

        mutating func chunk() -> String {
            let choices = (0..<one([0, 1, 1, 1, 1, 2, 3])).map { place in
                var delta = ["role": "\"assistant\"", "content": string(["Hello", "the blue moon rising", ""])]
                if chance(0.15) {
                    delta["content"] = "[" + object(["type": "\"text\"", "text": string(["part"])]) + "]"
                }
                for name in ["reasoning_content", "reasoning", "reasoning_details", "refusal"] where chance(0.15) {
                    delta[name] = string(["because", "the blue moon rising", ""])
                    let thought = object([
                        "type": "\"thinking\"", one(["thinking", "summary", "text", "refusal"]): string(["part"]),
                    ])
                    if chance(0.3) { delta[one([name, "content"])] = "[\(thought),\(thought)]" }
                    if chance(0.1) { delta["content"] = "[{\"thinking\":[\(thought)]}]" }
                }
                if chance(0.2) { delta["tool_calls"] = one(["null", "[]", "[{\"index\":0}]"]) }
                return object([
                    "index": one(["\(place)", "0", "2"]), "delta": object(delta),
                    "finish_reason": one(["null", "null", "\"stop\""]),
                ])
            }
            return object([
                "object": "\"chat.completion.chunk\"", "choices": "[" + choices.joined(separator: ",") + "]",
            ])
        }

        mutating func event() -> String {
            let types = [
                "message_start", "content_block_start", "content_block_delta", "content_block_delta",
                "content_block_stop", "message_delta", "message_stop", "ping",
            ]
            return object([
                "type": "\"\(one(types))\"", "index": one(["0", "1", "2"]),
                "delta": object([
                    "type": string(["text_delta", "input_json_delta", "thinking_delta"]), "text": string(["Hello"]),
                    "thinking": string(["because"]),
                    "stop_reason": one(["null", "\"end_turn\""]),
                ]),
                "content_block": object([
                    "type": string(["text", "tool_use", "thinking"]), "text": string([""]), "thinking": string([""]),
                ]),
            ])
        }

        /// The JSON as an event: its line breaks as lines of their own, with other lines around it.
        mutating func framed(_ json: String) -> String {
            let end = one(["\n", "\n", "\r\n", "\r"])
            let before = one(["", "", ": ping\(end)", "event: x\(end)", "id: 7\(end): still here\(end)"])
            let colon = one([": ", ":", ":  "])
            let lines = json.split(separator: "\n", omittingEmptySubsequences: false)
            return before + lines.map { "data\(colon)\($0)\(end)" }.joined() + one(["", "retry: 3\(end)"]) + end
        }
    }

    @Test("the floor reads what a tree of the event would tell, in any order, spelling and framing", arguments: 1...60)
    func sameAsTree(seed: Int) throws {
        var writer = Writer(random: SeededGenerator(seed: UInt64(seed)))
        for dialect in [Upstream.Dialect.openAI, .anthropic] {
            for _ in 0..<60 {
                let json = dialect == .openAI ? writer.chunk() : writer.event()
                let framed = writer.framed(json)
                let expected = Self.readTree(try JSONValue(parsing: json), dialect)
                #expect(Self.read(ByteBuffer(string: framed), dialect) == [expected], "\(framed)")
                var scanner = EventStreamScanner()
                let passed = try scanner.take(ByteBuffer(string: framed + "\n"))
                #expect(passed.readableBytes > 0, "the scanner lets it pass")
            }
        }
    }

    @Test("whatever the scanner lets pass is read as its tree tells, or not at all", arguments: 1...60)
    func hostile(seed: Int) {
        var writer = Writer(random: SeededGenerator(seed: UInt64(seed) &* 7_919), repeats: seed % 2 == 0)
        for _ in 0..<200 {
            let dialect: Upstream.Dialect = writer.chance(0.5) ? .openAI : .anthropic
            var bytes = Array(writer.framed(dialect == .openAI ? writer.chunk() : writer.event()).utf8)
            for _ in 0..<writer.one([0, 1, 1, 2, 5]) {
                let place = Int.random(in: 0..<bytes.count, using: &writer.random)
                switch writer.one([0, 1, 2]) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &writer.random)
                case 1: bytes.remove(at: place)
                default: bytes.insert(writer.one(Array("\"\\{}[]:,\n\r 0d".utf8)), at: place)
                }
            }
            var scanner = EventStreamScanner()
            guard let passed = try? scanner.take(ByteBuffer(bytes: bytes)), passed.readableBytes > 0 else { continue }
            let found = Self.read(passed, dialect)
            // One event after the other, each with the data that a client would put together.
            var cuts = FloorStreamCuts(passed)
            var place = 0
            var whole = ByteBuffer()
            while let cut = cuts.next() {
                whole.writeImmutableBuffer(cut.bytes)
                defer { place += 1 }
                let data = StreamEvent.events(in: cut.bytes).compactMap { event -> [UInt8]? in
                    if case .data(let data) = event { data } else { nil }
                }.first
                guard let data, let value = try? JSONValue(parsing: ByteBuffer(bytes: data), depthLimit: 512) else {
                    continue
                }
                #expect(found[place] == Self.readTree(value, dialect), "\(String(decoding: bytes, as: UTF8.self))")
            }
            #expect(place == found.count)
            #expect(whole == passed, "cutting loses nothing")
        }
    }

    // MARK: By hand

    private func one(_ event: String, _ dialect: Upstream.Dialect = .openAI) -> Brought? {
        Self.read(ByteBuffer(string: event), dialect).first ?? nil
    }

    @Test("a comment in front of the data hides nothing")
    func comment() {
        let event = ": ping\ndata: {\"choices\":[{\"delta\":{\"content\":\"seen\"}}]}\n\n"
        #expect(one(event)?.parts == [Brought.Part(text: "seen")])
    }

    @Test("the end mark is seen with white space around it, in either dialect")
    func endMark() {
        for dialect in [Upstream.Dialect.openAI, .anthropic] {
            for text in ["data: [DONE]\n\n", "data:[DONE]\r\n\r\n", "data:   [DONE]  \n\n"] {
                #expect(one(text, dialect)?.endsAll == true)
            }
        }
    }

    @Test(
        "a field that stands twice can't be read",
        arguments: [
            #"{"choices":[],"choices":[]}"#, #"{"choices":[{"delta":{},"delta":{}}]}"#,
            #"{"choices":[{"index":0,"index":1}]}"#, #"{"choices":[{"delta":{"content":"a","content":"b"}}]}"#,
            #"{"choices":[{"delta":{"content":"a","c\u006fntent":"b"}}]}"#,
            #"{"choices":[{"delta":{"reasoning":"a","reasoning":"b"}}]}"#,
        ])
    func twice(json: String) {
        #expect(one("data: \(json)\n\n") == nil)
    }

    @Test("a text that stands twice in an Anthropic event can't be read")
    func twiceInAnthropic() {
        let json = #"{"type":"content_block_delta","delta":{"type":"text_delta","text":"a","text":"b"}}"#
        #expect(one("data: \(json)\n\n", .anthropic) == nil)
        #expect(one("data: {\"type\":\"ping\",\"type\":\"message_stop\"}\n\n", .anthropic) == nil)
    }
}
