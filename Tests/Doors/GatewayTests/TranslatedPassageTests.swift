import Foundation
import MockUpstream
import Models
import NIOHTTP1
import Testing

@testable import Gateway

@Suite("A message between two dialects")
struct TranslatedPassageTests {
    @Test("an Anthropic client talks to an upstream that only speaks OpenAI's API")
    func anthropicToOpenAI() async throws {
        try await withGateway { gateway in
            let body = #"{"model":"m","max_tokens":9,"system":"Be brief.","messages":[{"role":"user","content":"Hi"}]}"#
            let reply = try await gateway.post(
                "/v1/messages", body,
                headers: ["anthropic-version": "2023-06-01", "anthropic-beta": "x", "x-mine": "1"])
            #expect(reply.status == 200, "\(reply.body)")
            let object = try reply.json()
            #expect(object["type"] as? String == "message")
            #expect(object["stop_reason"] as? String == "end_turn")
            let sent = try #require(gateway.mock.lastRequest)
            #expect(sent.target == "/v1/chat/completions")
            #expect(sent.body.contains("Be brief."))
            #expect(sent.values(of: "anthropic-version") + sent.values(of: "anthropic-beta") == [])
            #expect(sent.values(of: "x-mine") == ["1"])
            #expect(try await gateway.receipt(of: reply)["usage"] != nil)

            let streamed = try await gateway.post(
                "/v1/messages", body.replacingOccurrences(of: #""m","#, with: #""m","stream":true,"#))
            #expect(streamed.body.contains("event: message_start"))
            #expect(streamed.body.contains("event: content_block_delta"))
            #expect(streamed.body.contains("event: message_stop"))
        }
    }

    @Test("an OpenAI client talks to an upstream that only speaks Anthropic's API")
    func openAIToAnthropic() async throws {
        try await withGateway(upstream: {
            $0.dialect = .anthropic
            $0.address = UpstreamAddress(host: "127.0.0.1", port: $0.address.port)
        }) { gateway in
            let reply = try await gateway.chat()
            #expect(reply.status == 200, "\(reply.body)")
            #expect(try reply.json()["object"] as? String == "chat.completion")
            let sent = try #require(gateway.mock.lastRequest)
            #expect(sent.target == "/v1/messages")
            #expect(sent.values(of: "anthropic-version") == ["2023-06-01"])
            let streamed = try await gateway.chat(stream: true)
            #expect(streamed.events.last == "[DONE]")
            #expect(streamed.body.contains("chat.completion.chunk"))
            let refused = try await gateway.chat("status-429")
            #expect(refused.status == 429)
            #expect(try (refused.json()["error"] as? [String: Any])?["type"] as? String == "rate_limit_error")
            let broken = try await gateway.chat("reset-mid-stream", stream: true)
            #expect(broken.events.last?.contains(#""error""#) == true)
            let embeddings = try await gateway.post("/v1/embeddings", #"{"model":"m","input":"x"}"#)
            #expect(embeddings.status == 400)
        }
    }
}
