import NIOCore
import Testing

@testable import Gateway

@Suite("Splicing the brief")
struct BriefSpliceTests {
    static let brief = PreparedBrief("Help \"people\" grow.\nLine two \\ é")
    static let told = "Help \"people\" grow.\nLine two \\ é"
    static let introduced = told + "\n\nThe application adds:\n"

    static func chat(_ text: String, model: String? = nil, brief: PreparedBrief? = brief) throws -> String {
        let body = ByteBuffer(string: text)
        let splice = BriefSplice(
            brief, into: try ChatBodyScan(body), model: model.map(JSONQuote.quotedBuffer))
        return try checked(splice, body)
    }

    static func messages(_ text: String, model: String? = nil) throws -> String {
        let body = ByteBuffer(string: text)
        let splice = BriefSplice(
            brief, into: try MessagesBodyScan(body), model: model.map(JSONQuote.quotedBuffer))
        return try checked(splice, body)
    }

    /// All three ways to apply a splice give the same bytes.
    static func checked(_ splice: BriefSplice, _ body: ByteBuffer) throws -> String {
        let applied = splice.applied(to: body, allocator: ByteBufferAllocator())
        var written = ByteBuffer(string: "before")
        splice.write(body, into: &written)
        #expect(written.readableBytesView.dropFirst(6).elementsEqual(applied.readableBytesView))
        #expect(splice.slices(of: body).flatMap(\.readableBytesView).elementsEqual(applied.readableBytesView))
        #expect(applied.readableBytes == body.readableBytes + splice.growth)
        return String(buffer: applied)
    }

    static func value(_ text: String) throws -> ReferenceJSON.Value {
        try #require(ReferenceJSON.value(Array(text.utf8)))
    }

    @Test("adds a system message in front when the application has none")
    func noSystem() throws {
        let sent = try Self.chat(#"{"model":"m", "messages":[ {"role":"user","content":"Hi"} ]}"#)
        #expect(sent.hasPrefix(#"{"model":"m", "messages":[{"role":"system","content":"Help"#))
        #expect(sent.hasSuffix(#""}, {"role":"user","content":"Hi"} ]}"#))
        #expect(try Self.value(sent)["messages"]?[0]?["content"] == .string(Self.told))
    }

    @Test("goes before the application's own words in the same message", arguments: ["system", "developer"])
    func ownSystem(role: String) throws {
        let sent = try Self.chat(#"{"model":"m","messages":[{"role":"\#(role)","content":"Be\u0020brief."}]}"#)
        #expect(try Self.value(sent)["messages"]?[0]?["content"] == .string(Self.introduced + "Be brief."))
        #expect(sent.hasSuffix(#"Be\u0020brief."}]}"#))
    }

    @Test("goes first among the parts of a system message")
    func parts() throws {
        let sent = try Self.value(
            Self.chat(#"{"model":"m","messages":[{"role":"system","content":[{"type":"text","text":"A"}]}]}"#))
        let content = sent["messages"]?[0]?["content"]
        #expect(content?[0]?["text"] == .string(Self.told + "\n\nThe application adds:"))
        #expect(content?[1]?["text"] == .string("A"))
        let empty = try Self.value(Self.chat(#"{"model":"m","messages":[{"role":"system","content":[ ]}]}"#))
        #expect(
            empty["messages"]?[0]?["content"]
                == .array([.object(["type": .string("text"), "text": .string(Self.told)])]))
    }

    @Test("introduces nothing when the application's system message is empty, null or absent")
    func emptySystem() throws {
        let empty = try Self.value(Self.chat(#"{"model":"m","messages":[{"role":"system","content":""}]}"#))
        #expect(empty["messages"]?[0]?["content"] == .string(Self.told))
        for content in [#","content":null"#, ""] {
            let sent = try Self.value(Self.chat(#"{"model":"m","messages":[{"role":"system"\#(content)}]}"#))
            #expect(sent["messages"]?[0]?["content"] == .string(Self.told))
            #expect(sent["messages"]?[1]?["role"] == .string("system"))
        }
    }

    @Test("an Anthropic body gets its system prompt, whatever shape it had")
    func anthropic() throws {
        let rest = #""model":"m","messages":[{"role":"user","content":"Hi"}]}"#
        for (system, expected) in [
            ("", .string(Self.told)), (#""system":null,"#, .string(Self.told)), (#""system":"","#, .string(Self.told)),
            (#""system":"S","#, .string(Self.introduced + "S")),
            (#""system":[],"#, .array([.object(["type": .string("text"), "text": .string(Self.told)])])),
            (
                #""system":[{"type":"text","text":"S"}],"#,
                .array([
                    .object(["type": .string("text"), "text": .string(Self.told + "\n\nThe application adds:")]),
                    .object(["type": .string("text"), "text": .string("S")]),
                ])
            ),
        ] as [(String, ReferenceJSON.Value)] {
            #expect(try Self.value(Self.messages("{" + system + rest))["system"] == expected)
        }
    }

    @Test("an alias becomes the upstream's model, before or after the brief")
    func alias() throws {
        let messages = #""messages":[{"role":"user","content":"Hi"}]"#
        for text in ["{\"model\":\"m\",\(messages)}", "{\(messages),\"model\":\"m\"}"] {
            let sent = try Self.value(Self.chat(text, model: "org/real \"one\""))
            #expect(sent["model"] == .string("org/real \"one\""))
            #expect(sent["messages"]?[0]?["content"] == .string(Self.told))
            #expect(try Self.value(Self.messages(text, model: "x"))["model"] == .string("x"))
        }
    }

    @Test("without brief and alias the body goes on as it is")
    func nothing() throws {
        let text = #" {"model":"m","messages":[{"role":"user","content":"Hi"}]} "#
        #expect(try Self.chat(text, brief: nil) == text)
        #expect(try Self.chat(text, brief: PreparedBrief("")) == text)
    }

    @Test("before and after differ by the brief alone", arguments: [1, 2, 3] as [UInt64])
    func property(seed: UInt64) throws {
        var writer = JSONWriterByChance(seed: seed)
        for _ in 0..<300 {
            let role = ["user", "system", "developer", "assistant"].randomElement(using: &writer.generator)!
            let content: String? =
                switch Int.random(in: 0..<4, using: &writer.generator) {
                case 0: nil
                case 1: "null"
                case 2: writer.string()
                default:
                    "["
                        + [writer.value(), writer.value()].prefix(Int.random(in: 0...2, using: &writer.generator))
                        .joined(separator: ",") + "]"
                }
            var first = [#""role":"\#(role)""#, #""x":\#(writer.value())"#]
            if let content { first.append(#""content" : \#(content)"#) }
            first.shuffle(using: &writer.generator)
            var members = [
                #""model":"alias""#,
                #""messages" :\#(writer.space())[{\#(first.joined(separator: ","))},{"role":"user"}]"#,
                #""other":\#(writer.value())"#,
            ]
            members.shuffle(using: &writer.generator)
            let text = "{" + members.joined(separator: ",") + "}"
            guard let before = ReferenceJSON.value(Array(text.utf8)), let original = before["messages"] else {
                continue
            }
            let after = try Self.value(Self.chat(text, model: "real"))

            // Undo by hand what the splice may have done, and compare.
            var undone = after
            undone["model"] = .string("alias")
            guard case .array(var messages) = try #require(after["messages"]) else { return }
            let speaksFirst = role == "system" || role == "developer"
            switch (speaksFirst, original[0]?["content"]) {
            case (true, .string(let old)?):
                let now = try #require(messages[0]["content"]?.string)
                #expect(now == (old.isEmpty ? Self.told : Self.introduced + old))
                messages[0]["content"] = .string(old)
            case (true, .array(let old)?):
                guard case .array(let now)? = messages[0]["content"] else { Issue.record("not an array"); return }
                #expect(Array(now.dropFirst()) == old)
                messages[0]["content"] = .array(old)
            default:
                #expect(messages.removeFirst() == .object(["role": .string("system"), "content": .string(Self.told)]))
            }
            undone["messages"] = .array(messages)
            #expect(undone == before)
        }
    }
}
