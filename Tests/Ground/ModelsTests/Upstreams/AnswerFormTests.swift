import Foundation
import MockUpstream
import Testing

@testable import Models

@Suite("The form of an answer")
struct AnswerFormTests {
    private static let schema = #"{"type":"object","properties":{"a":{"type":"integer"}}}"#

    @Test("has a name that servers take and a schema that is JSON")
    func checked() {
        #expect(AnswerForm(name: "memories", schema: Self.schema) != nil)
        for name in ["", "with space", "ü", String(repeating: "a", count: 65)] {
            #expect(AnswerForm(name: name, schema: Self.schema) == nil)
        }
        for schema in ["", "[]", "{", "5"] { #expect(AnswerForm(name: "a", schema: schema) == nil) }
    }

    @Test("goes to the upstream in its own dialect", arguments: [Upstream.Dialect.openAI, .anthropic])
    func sent(_ dialect: Upstream.Dialect) async throws {
        let form = try #require(AnswerForm(name: "memories", schema: Self.schema))
        try await MockUpstream.withRunning { mock in
            try await withClient(
                port: mock.port,
                change: {
                    $0.dialect = dialect
                    if dialect == .anthropic {
                        $0.address = UpstreamAddress(host: "127.0.0.1", port: mock.port, path: "")
                    }
                }
            ) { client in
                _ = try await UpstreamChatModel(client).reply(
                    to: ChatRequest(model: "mock-model", turns: [ChatTurn(.user, "hello")], form: form))
            }
            let body = try #require(mock.lastRequest?.body)
            let parsed = try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any]
            let place =
                switch dialect {
                case .openAI: ((parsed?["response_format"] as? [String: Any])?["json_schema"]) as? [String: Any]
                case .anthropic: ((parsed?["output_config"] as? [String: Any])?["format"]) as? [String: Any]
                }
            #expect((place?["schema"] as? [String: Any])?["type"] as? String == "object")
        }
    }

    @Test("llama.cpp may fill it in with words of the question, and no other server is told of what it may not know")
    func repeats() async throws {
        let form = try #require(AnswerForm(name: "memories", schema: Self.schema))
        for (isLlama, form) in [(true, form), (false, form), (true, nil)] {
            try await MockUpstream.withRunning { mock in
                try await withClient(port: mock.port, change: { $0.alsoSpeaksMessages = isLlama }) { client in
                    _ = try await UpstreamChatModel(client).reply(
                        to: ChatRequest(model: "mock-model", turns: [ChatTurn(.user, "hello")], form: form))
                }
                let body = try #require(mock.lastRequest?.body)
                let parsed = try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any]
                #expect((parsed?["repeat_penalty"] as? Int == 1) == (isLlama && form != nil))
            }
        }
    }

    @Test("a server that refuses it is asked once more without")
    func refused() async throws {
        let form = try #require(AnswerForm(name: "memories", schema: Self.schema))
        try await MockUpstream.withRunning { mock in
            try await withClient(port: mock.port) { client in
                _ = await #expect(throws: ChatRefusal.self) {
                    try await UpstreamChatModel(client).reply(
                        to: ChatRequest(model: "status-400", turns: [ChatTurn(.user, "hello")], form: form))
                }
            }
            #expect(mock.counts.requests == 2)
            #expect(mock.lastRequest?.body.contains("response_format") == false)
        }
    }
}
