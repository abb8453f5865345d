import Foundation
import MockUpstream
import NIOCore
import NIOHTTP1
import NIOPosix
import Testing

@Suite("The mock upstream")
struct MockUpstreamTests {
    @Test("answers a chat completion of about 1 KB and remembers the request with its headers")
    func plainChat() async throws {
        try await MockUpstream.withRunning { mock in
            let body = #"{"model":"mock-model","messages":[{"role":"user","content":"hello"}]}"#
            let reply = try await RawClient.post(mock, "/v1/chat/completions", body, headers: [("X-Trace", "abc")])
            #expect(reply.status == 200)
            #expect((900...1200).contains(reply.body.utf8.count))
            let object = try #require(JSONSerialization.jsonObject(with: Data(reply.body.utf8)) as? [String: Any])
            #expect(object["object"] as? String == "chat.completion")

            let last = try #require(mock.lastRequest)
            #expect(last.method == "POST")
            #expect(last.target == "/v1/chat/completions")
            #expect(last.body == body)
            #expect(last.values(of: "x-trace") == ["abc"])
            #expect(mock.counts.requests == 1)
            #expect(mock.counts.completedReplies == 1)

            let shown = try await RawClient.get(mock, "/mock/last")
            #expect(try JSONDecoder().decode(RecordedRequest.self, from: Data(shown.body.utf8)) == last)
            #expect(mock.counts.requests == 1, "looking at what was seen is not counted")
        }
    }

    @Test("streams as many chunks as it is told, then usage, then the end", arguments: [0, 1, 20])
    func chatStream(chunks: Int) async throws {
        try await MockUpstream.withRunning(.init(chunks: chunks)) { mock in
            let reply = try await RawClient.post(
                mock, "/v1/chat/completions", #"{"model":"mock-model", "stream" : true}"#)
            let events = reply.events
            #expect(events.count == chunks + 4, "role, chunks, finish, usage, [DONE]")
            #expect(events.last == "[DONE]")
            for event in events.dropLast() {
                #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(event.utf8)) }
            }
            #expect(events.dropLast().last?.contains("\"completion_tokens\":170") == true)
            #expect(mock.counts.chunks == chunks)
        }
    }

    @Test("reports stream usage only on request when asked to be that strict")
    func usageOnRequest() async throws {
        try await MockUpstream.withRunning(.init(chunks: 2)) { mock in
            let without = try await RawClient.post(
                mock, "/v1/chat/completions", #"{"model":"usage-on-request","stream":true}"#)
            #expect(!without.body.contains("completion_tokens"))
            let with = try await RawClient.post(
                mock, "/v1/chat/completions",
                #"{"model":"usage-on-request","stream":true,"stream_options":{"include_usage":true}}"#)
            #expect(with.body.contains("completion_tokens"))
        }
    }

    @Test("speaks Anthropic's event sequence on /v1/messages")
    func messagesStream() async throws {
        try await MockUpstream.withRunning(.init(chunks: 2)) { mock in
            let reply = try await RawClient.post(mock, "/v1/messages?beta=true", #"{"model":"m","stream":true}"#)
            let names = reply.body.split(separator: "\n").filter { $0.hasPrefix("event: ") }.map { $0.dropFirst(7) }
            #expect(
                names == [
                    "message_start", "content_block_start", "ping", "content_block_delta", "content_block_delta",
                    "content_block_stop", "message_delta", "message_stop",
                ])
            for event in reply.events {
                #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(event.utf8)) }
            }
        }
    }

    @Test("gives one vector for each text, the same for the same text")
    func embeddings() async throws {
        try await MockUpstream.withRunning { mock in
            let reply = try await RawClient.post(mock, "/v1/embeddings", #"{"model":"m","input":["a","b","a"]}"#)
            let object = try #require(JSONSerialization.jsonObject(with: Data(reply.body.utf8)) as? [String: Any])
            let data = try #require(object["data"] as? [[String: Any]])
            let vectors = data.compactMap { $0["embedding"] as? [Double] }
            #expect(vectors.count == 3)
            #expect(vectors[0] == vectors[2])
            #expect(vectors[0] != vectors[1])
        }
    }

    @Test("gives errors in the shape of the door", arguments: [400, 401, 404, 429, 500, 503])
    func statuses(status: Int) async throws {
        try await MockUpstream.withRunning { mock in
            let body = "{\"model\":\"any/status-\(status)\"}"
            let chat = try await RawClient.post(mock, "/v1/chat/completions", body)
            let messages = try await RawClient.post(mock, "/v1/messages", body)
            #expect(chat.status == status)
            #expect(messages.status == status)
            #expect(chat.body.hasPrefix("{\"error\":{\"message\":"))
            #expect(messages.body.hasPrefix("{\"type\":\"error\",\"error\":{\"type\":"))
            #expect(chat.headers["retry-after"].isEmpty == (status != 429))
        }
    }

    @Test("succeeds at the second try after fail-once", arguments: ["fail-once-503", "fail-once-reset"])
    func failOnce(name: String) async throws {
        try await MockUpstream.withRunning { mock in
            let body = "{\"model\":\"\(name)\"}"
            let first = try? await RawClient.post(mock, "/v1/chat/completions", body)
            let second = try await RawClient.post(mock, "/v1/chat/completions", body)
            #expect(first == nil || first?.status == 503)
            #expect(second.status == 200)
        }
    }

    @Test(
        "breaks off where it is told to",
        arguments: ["reset-before-head", "reset-mid-json", "close-mid-json", "reset-mid-stream", "close-mid-stream"])
    func breaksOff(name: String) async throws {
        try await MockUpstream.withRunning { mock in
            let stream = name.hasSuffix("stream") ? ",\"stream\":true" : ""
            await #expect(throws: (any Error).self) {
                try await RawClient.post(mock, "/v1/chat/completions", "{\"model\":\"\(name)\"\(stream)}")
            }
            #expect(mock.counts.requests == 1)
            #expect(mock.counts.completedReplies == 0)
            #expect(mock.counts.abandonedReplies == 0, "the peer did not leave")
        }
    }

    @Test("notices a peer that leaves before the reply is whole", arguments: ["hang-before-head", "hang-mid-stream"])
    func peerLeaves(name: String) async throws {
        try await MockUpstream.withRunning { mock in
            let body = "{\"model\":\"\(name)\",\"stream\":true}"
            try await RawClient.postAndLeave(mock, "/v1/chat/completions", body) { mock.counts.requests == 1 }
            #expect(await mock.waits { $0.abandonedReplies == 1 && $0.openConnections == 0 })
        }
    }

    @Test("stops writing to a peer that does not read")
    func backPressure() async throws {
        try await MockUpstream.withRunning { mock in
            try await RawClient.postAndLeave(
                mock, "/v1/chat/completions", #"{"model":"chunks:200000","stream":true}"#, reading: false
            ) {
                mock.counts.chunks > 100
            }
            #expect(await mock.waits { $0.abandonedReplies == 1 })
            #expect(mock.counts.chunks < 200_000)
        }
    }

    @Test("replies early to a body that is not whole, and takes the next request on the same connection")
    func earlyReply() async throws {
        try await MockUpstream.withRunning { mock in
            let long = "{\"model\":\"early-reply\",\"text\":\"" + String(repeating: "x", count: 300_000) + "\"}"
            let head = "POST /v1/chat/completions HTTP/1.1\r\nHost: mock\r\nContent-Length: \(long.utf8.count)\r\n\r\n"
            let next = "GET /v1/models HTTP/1.1\r\nHost: mock\r\nConnection: close\r\n\r\n"
            let text = try await RawClient.exchange(
                mock, [head + long.prefix(1000), String(long.dropFirst(1000)), next])
            #expect(text.hasPrefix("HTTP/1.1 413"))
            #expect(text.contains("HTTP/1.1 200 OK"))
        }
    }

    @Test("refuses a Mock-Fault header that names no fault, and bytes that are not HTTP")
    func refusals() async throws {
        try await MockUpstream.withRunning { mock in
            let reply = try await RawClient.post(
                mock, "/v1/chat/completions", "{}", headers: [("Mock-Fault", "hang-befor-head")])
            #expect(reply.status == 400)
            #expect(reply.body.contains("hang-befor-head"))
            #expect(try await RawClient.exchange(mock, ["this is not HTTP\r\n\r\n"]).hasPrefix("HTTP/1.1 400"))
        }
    }

    @Test("gives 5 MiB for `huge`, and a page for `html`")
    func otherReplies() async throws {
        try await MockUpstream.withRunning { mock in
            let huge = try await RawClient.post(mock, "/v1/chat/completions", #"{"model":"huge"}"#)
            #expect(huge.body.utf8.count > 5 * 1024 * 1024)
            let page = try await RawClient.post(mock, "/v1/messages", #"{"model":"html"}"#)
            #expect(page.headers["content-type"] == ["text/html"])
            let cut = try await RawClient.post(mock, "/v1/messages", #"{"model":"truncated-json"}"#)
            #expect(throws: (any Error).self) { try JSONSerialization.jsonObject(with: Data(cut.body.utf8)) }
        }
    }
}
