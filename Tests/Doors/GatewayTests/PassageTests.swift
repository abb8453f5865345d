import Foundation
import MockUpstream
import Models
import NIOCore
import NIOHTTP1
import Testing

@testable import Gateway

@Suite("A message's passage")
struct PassageTests {
    @Test("the brief goes in front, the rest of the body is as it came, and the reply carries its receipt")
    func plain() async throws {
        try await withGateway { gateway in
            let extra =
                #","temperature":0.25,"tools":[{"type":"function","function":{"name":"x"}}],"unknown":{"a":[1,2.50]}"#
            let reply = try await gateway.chat(extra: extra, headers: ["Trellis-Person": "ada", "X-Mine": "kept"])
            #expect(reply.status == 200)
            #expect(try reply.json()["object"] as? String == "chat.completion")
            let id = try #require(reply.receipt)
            #expect(id.hasPrefix("rcp_"))

            let sent = try #require(gateway.mock.lastRequest)
            #expect(sent.body.hasSuffix(#"{"role":"user","content":"Hello"}]\#(extra)}"#))
            #expect(
                sent.body.hasPrefix(#"{"model":"mock-model","stream":false,"messages":[{"role":"system","content":""#))
            #expect(sent.values(of: "x-mine") == ["kept"])
            #expect(sent.values(of: "trellis-person").isEmpty)
            #expect(sent.values(of: "traceparent").count == 1)
            #expect(!sent.body.contains("ada"))
        }
    }

    @Test("an application's own system message stays and comes after the brief")
    func applicationSystemMessage() async throws {
        try await withGateway { gateway in
            let body =
                #"{"model":"m","messages":[{"role":"system","content":"Speak French."},{"role":"user","content":"Hi"}]}"#
            #expect(try await gateway.post("/v1/chat/completions", body).status == 200)
            let sent = try #require(gateway.mock.lastRequest).body
            let object = try #require(JSONSerialization.jsonObject(with: Data(sent.utf8)) as? [String: Any])
            let messages = try #require(object["messages"] as? [[String: Any]])
            #expect(messages.count == 2)
            let system = try #require(messages[0]["content"] as? String)
            #expect(system.hasSuffix("Speak French."))
            #expect(system.count > "Speak French.".count)
        }
    }

    @Test("a stream passes event by event, with its receipt in the head")
    func stream() async throws {
        try await withGateway(behaviour: .init(chunks: 5)) { gateway in
            let reply = try await gateway.chat(stream: true)
            #expect(reply.status == 200)
            #expect(reply.headers.first(name: "content-type")?.hasPrefix("text/event-stream") == true)
            #expect(reply.receipt != nil)
            #expect(reply.events.last == "[DONE]")
            let direct = gateway.mock.counts
            #expect(direct.completedReplies == 1)
        }
    }

    @Test("Anthropic's door speaks Anthropic's API to an Anthropic upstream")
    func messages() async throws {
        try await withGateway(upstream: {
            $0.dialect = .anthropic
            $0.address = .init(host: "127.0.0.1", port: $0.address.port)
            $0.credential = .init("upstream-key")
        }) { gateway in
            let body = #"{"model":"m","max_tokens":9,"messages":[{"role":"user","content":"Hi"}]}"#
            let reply = try await gateway.post(
                "/v1/messages", body, headers: ["x-api-key": "whatever", "anthropic-version": "2023-06-01"])
            #expect(reply.status == 200)
            #expect(try reply.json()["type"] as? String == "message")
            let sent = try #require(gateway.mock.lastRequest)
            #expect(sent.body.hasPrefix(#"{"system":""#))
            #expect(sent.values(of: "x-api-key") == ["upstream-key"])
            #expect(sent.values(of: "anthropic-version") == ["2023-06-01"])
            let streamed = try await gateway.post(
                "/v1/messages", body.replacingOccurrences(of: #""m","#, with: #""m","stream":true,"#))
            #expect(streamed.body.contains("event: message_stop"))
        }
    }

    @Test("embeddings pass without a brief")
    func embeddings() async throws {
        try await withGateway { gateway in
            let body = #"{"model":"m","input":["a","b"]}"#
            let reply = try await gateway.post("/v1/embeddings", body)
            #expect(reply.status == 200)
            #expect(gateway.mock.lastRequest?.body == body)
        }
    }

    @Test(
        "a body that a strict JSON parser refuses is refused, in the client's own error form",
        arguments: [
            #"{"model":"m","messages":[{"role":"user","content":"x"}]"#,
            #"{"model":"m","model":"n","messages":[{"role":"user","content":"x"}]}"#,
            #"{"model":5,"messages":[{"role":"user","content":"x"}]}"#,
            #"{"model":"m","messages":"x"}"#,
            #"{"model":"m","messages":[{"role":"user","content":"x"}]} x"#,
            "", "[]", "null",
            #"{"model":"m","x":"# + String(repeating: "[", count: 200) + String(repeating: "]", count: 200)
                + #","messages":[{"role":"user","content":"x"}]}"#,
        ])
    func badBodies(body: String) async throws {
        try await withGateway { gateway in
            let openAI = try await gateway.post("/v1/chat/completions", body)
            #expect(openAI.status == 400)
            let error = try #require(openAI.json()["error"] as? [String: Any])
            #expect(error["type"] as? String == "invalid_request_error")
            #expect((error["message"] as? String)?.isEmpty == false)
            let anthropic = try await gateway.post("/v1/messages", body)
            #expect(anthropic.status == 400)
            #expect(try anthropic.json()["type"] as? String == "error")
            #expect(gateway.mock.counts.requests == 0)
        }
    }

    @Test(
        "what goes wrong upstream is told in the client's form, with what to do",
        arguments: [
            ("reset-before-head", 502), ("hang-before-head", 504), ("html", 502), ("html-502", 502),
            ("truncated-json", 502), ("reset-mid-json", 502), ("close-mid-json", 502), ("status-429", 429),
            ("status-500", 500), ("status-503", 503), ("status-400", 400), ("status-401", 502),
        ])
    func upstreamFaults(fault: String, status: Int) async throws {
        // Only what must run into a limit gets a short one, so that a busy machine changes nothing.
        let limit: TimeAmount = fault.hasPrefix("hang") ? .milliseconds(1_500) : .seconds(60)
        try await withGateway(upstream: { $0.timeouts.firstByte = limit }) { gateway in
            let reply = try await gateway.chat(fault)
            #expect(reply.status == status)
            let error = try #require(reply.json()["error"] as? [String: Any])
            #expect((error["message"] as? String)?.isEmpty == false)
            #expect(reply.receipt != nil)
            #expect(try await gateway.chat().status == 200, "the next message is not affected")
        }
    }

    @Test(
        "a stream that breaks ends with an error event, not in silence",
        arguments: [
            "reset-mid-stream", "close-mid-stream", "hang-mid-stream", "malformed-sse", "stream-without-done",
        ])
    func brokenStreams(fault: String) async throws {
        let limit: TimeAmount = fault.hasPrefix("hang") ? .milliseconds(1_000) : .seconds(60)
        try await withGateway(upstream: { $0.timeouts.idle = limit }) { gateway in
            let reply = try await gateway.chat(fault, stream: true)
            #expect(reply.status == 200)
            let last = try #require(reply.events.last)
            #expect(last.contains(#""error""#), "ended with \(last)")
            #expect(try await gateway.chat().status == 200)
        }
    }

    @Test("when the client leaves, the upstream is told at once")
    func clientLeaves() async throws {
        try await withGateway { gateway in
            let reading = Task {
                try await gateway.open(
                    .POST, "/v1/chat/completions", RunningGateway.chatBody("hang-mid-stream", stream: true)
                ).collected()
            }
            #expect(await gateway.mock.waits { $0.requests == 1 })
            try await Task.sleep(for: .milliseconds(50))
            reading.cancel()
            #expect(await gateway.mock.waits { $0.openConnections == 0 })
        }
    }

    @Test("a body over the limit is refused, by its length or as it comes")
    func tooLarge() async throws {
        try await withGateway(settings: { $0.limits.bodyBytes = 2_000 }) { gateway in
            let long = RunningGateway.chatBody(extra: #","x":"\#(String(repeating: "a", count: 5_000))""#)
            let reply = try await gateway.post("/v1/chat/completions", long)
            #expect(reply.status == 413)
            let chunked =
                "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n1388\r\n" + String(repeating: "a", count: 5_000) + "\r\n0\r\n\r\n"
            #expect(try await gateway.raw(chunked).hasPrefix("HTTP/1.1 413"))
            #expect(try await gateway.chat().status == 200)
        }
    }

    @Test("a large reply passes whole")
    func huge() async throws {
        try await withGateway { gateway in
            let reply = try await gateway.chat("huge")
            #expect(reply.status == 200)
            #expect(reply.body.utf8.count > 5 << 20)
            let stream = try await gateway.chat("chunks:2000", stream: true)
            #expect(stream.events.last == "[DONE]")
            #expect(stream.events.count > 2_000)
        }
    }

    @Test(
        "request smuggling and header injection are refused",
        arguments: [
            "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
            "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nX-A: b\u{01}\r\nContent-Length: x\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: localhost\r\nBad Header: x\r\n\r\n",
            "nonsense\r\n\r\n",
        ])
    func smuggling(bytes: String) async throws {
        try await withGateway { gateway in
            let answer = try await gateway.raw(bytes)
            #expect(answer.hasPrefix("HTTP/1.1 400"), "\(answer)")
            #expect(gateway.mock.counts.requests == 0)
        }
    }

    @Test("requests that are pipelined are answered in order")
    func pipelining() async throws {
        try await withGateway { gateway in
            func request(_ model: String, _ last: Bool = false) -> String {
                let body = RunningGateway.chatBody(model)
                return "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "\(last ? "Connection: close\r\n" : "")Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
            }
            let health = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
            let answer = try await gateway.raw(
                request("slow-head:100") + health + request("status-400") + request("m", true))
            let statuses = answer.components(separatedBy: "HTTP/1.1 ").dropFirst().map { String($0.prefix(3)) }
            #expect(statuses == ["200", "200", "400", "200"], "\(answer)")
        }
    }

    @Test("in development mode only requests to this machine's own names are answered")
    func rebinding() async throws {
        try await withGateway { gateway in
            let body = RunningGateway.chatBody()
            let answer = try await gateway.raw(
                "POST /v1/chat/completions HTTP/1.1\r\nHost: evil.example\r\nContent-Type: application/json\r\n"
                    + "Connection: close\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
            #expect(answer.hasPrefix("HTTP/1.1 403"))
            let plain = try await gateway.post("/v1/chat/completions", body, headers: ["content-type": "text/plain"])
            #expect(plain.status == 415)
        }
    }

    @Test("an unknown model is refused with the models that there are")
    func unknownModel() async throws {
        try await withGateway(upstream: { $0.models = ["known-model"] }) { gateway in
            let reply = try await gateway.chat("other")
            #expect(reply.status == 404)
            #expect(reply.body.contains("known-model"))
            #expect(try await gateway.send(.GET, "/v1/models").body.contains("known-model"))
        }
    }
}
