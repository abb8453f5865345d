import NIOCore
import Testing

@testable import Gateway

@Suite("Scans of request bodies")
struct BodyScanTests {
    static func chat(_ text: String) throws(JSONFault) -> ChatBodyScan { try ChatBodyScan(ByteBuffer(string: text)) }

    @Test("find what the gateway needs in a chat completion request")
    func chatFields() throws {
        let text = """
            {"messages":[{"content":"Be kind.","role":"system"},{"role":"user","content":[{"type":"text","text":"Hi"}]}],
             "mod\\u0065l":"gpt-4o-m\\u0069ni","stream":true,"user":"p-\\u00e9","max_tokens":10,"max_completion_tokens":20,
             "n":3,"stream_options":{"x":[],"include_usage":true},"tools":[{"type":"function"}],"seed":[{"model":"no"}]}
            """
        let scan = try Self.chat(text)
        #expect(scan.model == "gpt-4o-mini")
        #expect(Array(text.utf8)[scan.modelValue].elementsEqual(#""gpt-4o-m\u0069ni""#.utf8))
        #expect(scan.streams && scan.includesUsage && scan.hasTools)
        #expect(scan.user == "p-é")
        #expect(scan.maximumTokens == 20)
        #expect(scan.choices == 3)
        #expect(scan.messages.total == 2)
        #expect(scan.messages.first.role == .system)
        guard case .string(let range) = scan.messages.first.content else {
            Issue.record("the first content is a string")
            return
        }
        #expect(Array(text.utf8)[range].elementsEqual(#""Be kind.""#.utf8))
        #expect(Array(text.utf8)[..<scan.messages.inside].elementsEqual(#"{"messages":["#.utf8))
    }

    @Test("take absent, null and false for the same where OpenAI does")
    func chatDefaults() throws {
        for extra in ["", #","stream":null,"user":null,"max_tokens":null,"n":null,"stream_options":null,"tools":null"#]
        {
            let scan = try Self.chat(#"{"model":"m","messages":[{"role":"user"}]\#(extra)}"#)
            #expect(!scan.streams && !scan.includesUsage && !scan.hasTools)
            #expect(scan.user == nil && scan.maximumTokens == nil && scan.choices == 1)
            #expect(scan.messages.first == FirstMessage(role: .user, content: .absent))
        }
        #expect(try Self.chat(#"{"model":"m","messages":[{"role":"x"}],"user":"","max_tokens":-1}"#).user == nil)
        #expect(try Self.chat(#"{"model":"m","messages":[{"role":"x"}],"max_tokens":-1}"#).maximumTokens == nil)
    }

    @Test(
        "name the field that is missing or wrong",
        arguments: [
            ("{}", .missingField, "model"), (#"{"model":"m"}"#, .missingField, "messages"),
            ("[]", .invalidField, "the body"), ("3", .invalidField, "the body"),
            (#"{"model":1}"#, .invalidField, "model"), (#"{"model":""}"#, .invalidField, "model"),
            (#"{"model":null}"#, .invalidField, "model"), (#"{"model":"a\n"}"#, .invalidField, "model"),
            (#"{"model":"m","messages":[]}"#, .invalidField, "messages"),
            (#"{"model":"m","messages":{}}"#, .invalidField, "messages"),
            (#"{"model":"m","messages":["a"]}"#, .invalidField, "messages[0]"),
            (#"{"model":"m","messages":[{"role":"a"},null]}"#, .invalidField, "messages[1]"),
            (#"{"model":"m","messages":[{"role":"a"},{}]}"#, .missingField, "messages[1].role"),
            (#"{"model":"m","messages":[{"role":"a"},{"role":7}]}"#, .invalidField, "messages[1].role"),
            (#"{"model":"m","messages":[{"role":"a","content":7}]}"#, .invalidField, "messages[0].content"),
            (#"{"model":"m","messages":[{"role":"a","content":{}}]}"#, .invalidField, "messages[0].content"),
            (#"{"stream":"true"}"#, .invalidField, "stream"), (#"{"stream":1}"#, .invalidField, "stream"),
            (#"{"user":1}"#, .invalidField, "user"), (#"{"max_tokens":"5"}"#, .invalidField, "max_tokens"),
            (#"{"max_tokens":1.5}"#, .invalidField, "max_tokens"),
            (#"{"max_tokens":99999999999999999999}"#, .invalidField, "max_tokens"),
            (#"{"max_completion_tokens":true}"#, .invalidField, "max_completion_tokens"),
            (#"{"n":0}"#, .invalidField, "n"), (#"{"n":129}"#, .invalidField, "n"), (#"{"n":"1"}"#, .invalidField, "n"),
            (#"{"stream_options":[]}"#, .invalidField, "stream_options"),
            (#"{"stream_options":{"include_usage":1}}"#, .invalidField, "stream_options.include_usage"),
            (#"{"tools":{}}"#, .invalidField, "tools"),
        ] as [(String, JSONFault.Kind, String)])
    func chatFaults(text: String, kind: JSONFault.Kind, field: String) {
        let fault = #expect(throws: JSONFault.self) { try Self.chat(text) }
        #expect(fault?.kind == kind)
        #expect(fault?.field == field)
        #expect(fault?.message.contains(field) == true)
    }

    @Test("a wrong type that is no JSON either is refused as JSON first")
    func jsonFirst() {
        let fault = #expect(throws: JSONFault.self) { try Self.chat(#"{"stream":yes}"#) }
        #expect(fault?.kind == .unexpectedByte)
    }

    @Test("hold the limits on names")
    func nameLimits() throws {
        func body(model: String, user: String) -> String {
            #"{"model":"\#(model)","messages":[{"role":"user"}],"user":"\#(user)"}"#
        }
        let fits = String(repeating: "a", count: 256)
        let escaped = String(repeating: #"\u0061"#, count: 256)
        #expect(try Self.chat(body(model: fits, user: fits)).user == fits)
        #expect(try Self.chat(body(model: escaped, user: escaped)).model == fits)
        #expect(throws: JSONFault.self) { try Self.chat(body(model: fits + "a", user: "u")) }
        #expect(throws: JSONFault.self) { try Self.chat(body(model: "m", user: fits + "a")) }
        #expect(throws: JSONFault.self) { try Self.chat(body(model: "m", user: escaped + #"\u0061"#)) }
    }

    @Test("find what the gateway needs in a Messages request")
    func messagesFields() throws {
        let text =
            #"{"model":"claude-x","max_tokens":64,"system":[{"type":"text","text":"S"}],"stream":true,"#
            + #""metadata":{"user_id":"u1","x":0},"messages":[{"role":"user","content":"Hi"}],"tools":[]}"#
        let scan = try MessagesBodyScan(ByteBuffer(string: text))
        #expect(scan.model == "claude-x" && scan.maximumTokens == 64 && scan.streams && scan.user == "u1")
        #expect(!scan.hasTools && scan.messages.total == 1 && scan.messages.first.role == .user)
        guard case .array(let range, let inside, false) = scan.system else {
            Issue.record("system is an array")
            return
        }
        #expect(Array(text.utf8)[range].elementsEqual(#"[{"type":"text","text":"S"}]"#.utf8))
        #expect(inside == range.lowerBound + 1 && scan.inside == 1)
    }

    @Test(
        "name the field of a Messages request that is wrong",
        arguments: [
            (#"{"system":1}"#, "system"), (#"{"system":["a"]}"#, "system[0]"), (#"{"metadata":"u"}"#, "metadata"),
            (#"{"metadata":{"user_id":5}}"#, "metadata.user_id"), (#"{"messages":"hi"}"#, "messages"),
        ])
    func messagesFaults(text: String, field: String) {
        let fault = #expect(throws: JSONFault.self) { try MessagesBodyScan(ByteBuffer(string: text)) }
        #expect(fault?.field == field)
    }

    @Test("count an embeddings request's texts")
    func embeddings() throws {
        for (input, count) in [(#""a""#, 1), (#"["a","b"]"#, 2), ("[1,2,3]", 1), ("[[1],[2,3]]", 2)] {
            let scan = try EmbeddingsBodyScan(ByteBuffer(string: #"{"model":"e","input":\#(input),"user":"u"}"#))
            #expect(scan.inputs == count && scan.model == "e" && scan.user == "u")
        }
        for input in [
            #""""#, "[]", "{}", "null", "1", #"["a",1]"#, "[[]]", "[1.5]", "[-1]", "[true]", "[[[1]]]", "[[1],2]",
        ] {
            let fault = #expect(throws: JSONFault.self) {
                try EmbeddingsBodyScan(ByteBuffer(string: #"{"model":"e","input":\#(input)}"#))
            }
            #expect(fault?.field == "input", "\(input)")
        }
    }

    @Test("offsets count from the reader index")
    func readerIndex() throws {
        var body = ByteBuffer(string: "junk" + #"{"model":"m","messages":[{"role":"user"}]}"#)
        body.moveReaderIndex(forwardBy: 4)
        #expect(try ChatBodyScan(body).modelValue == 9..<12)
    }
}
