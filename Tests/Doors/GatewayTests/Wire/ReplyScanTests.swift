import NIOCore
import Testing

@testable import Gateway

@Suite("Reading a whole reply")
struct ReplyScanTests {
    static func scan(_ text: String) -> ReplyScan? { ReplyScan(ByteBuffer(string: text)) }

    @Test("an OpenAI reply tells usage, finish reason and model")
    func openAI() throws {
        let scan = try #require(
            Self.scan(
                #"{"id":"c","model":"m-1","choices":[{"index":0,"message":{"role":"assistant","content":"Hi","model":"no"},"logprobs":null,"finish_reason":"length"}],"usage":{"prompt_tokens":3,"completion_tokens":4}}"#
            ))
        #expect(scan.inputTokens == 3 && scan.outputTokens == 4 && scan.cachedInputTokens == nil)
        #expect(scan.finishReason == "length" && scan.model == "m-1" && !scan.hasError)
    }

    @Test("an Anthropic reply tells usage with its cached parts, stop reason and model")
    func anthropic() throws {
        let scan = try #require(
            Self.scan(
                #"{"id":"msg","type":"message","model":"claude-x","content":[{"type":"text","text":"Hi"}],"stop_reason":"tool_use","usage":{"input_tokens":3,"cache_read_input_tokens":10,"cache_creation_input_tokens":1,"output_tokens":4}}"#
            ))
        #expect(scan.inputTokens == 14 && scan.outputTokens == 4 && scan.cachedInputTokens == 10)
        #expect(scan.finishReason == "tool_use" && scan.model == "claude-x")
    }

    @Test("an embeddings reply tells its usage")
    func embeddings() throws {
        let scan = try #require(
            Self.scan(
                #"{"object":"list","data":[{"embedding":[0.5,-1e-3]}],"model":"e","usage":{"prompt_tokens":3,"total_tokens":3}}"#
            ))
        #expect(scan.inputTokens == 3 && scan.outputTokens == nil && scan.model == "e")
    }

    @Test("what is odd is nil, and what is no JSON is no reply")
    func odd() throws {
        for text in ["", "<html>", "{", #"{"a":1}}"#, "{\"a\":\"\u{1}\"}"] { #expect(Self.scan(text) == nil) }
        for text in [
            "{}", "[]", "3", #"{"usage":null,"model":7,"choices":{"a":1}}"#,
            #"{"usage":{"prompt_tokens":1.5,"completion_tokens":-2,"input_tokens":"3"},"choices":[null,3,{"finish_reason":null}]}"#,
            #"{"usage":{"prompt_tokens":99999999999999999999}}"#,
        ] {
            let scan = try #require(Self.scan(text))
            #expect(scan.inputTokens == nil && scan.outputTokens == nil)
            #expect(scan.finishReason == nil && scan.model == nil)
        }
        let huge = try #require(
            Self.scan(#"{"usage":{"input_tokens":9223372036854775807,"cache_read_input_tokens":9223372036854775807}}"#))
        #expect(huge.inputTokens == .max)
    }
}
