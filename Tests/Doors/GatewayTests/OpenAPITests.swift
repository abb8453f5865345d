import Foundation
import NIOHTTP1
import Testing
import Yams

@testable import Gateway

/// The description is held against the running gateway: every route it names answers as it says, and every member
/// that a receipt has is described.
@Suite("The OpenAPI description")
struct OpenAPITests {
    private func description() throws -> [String: Any] {
        let text = String(decoding: PackageResources.openapi_yaml, as: UTF8.self)
        return try #require(try Yams.load(yaml: text) as? [String: Any])
    }

    @Test("every route that it describes exists, and answers well when it is asked well")
    func routes() async throws {
        let paths = try #require(try description()["paths"] as? [String: [String: Any]])
        let cases = paths.flatMap { path, operations in
            operations.compactMap { method, operation -> (path: String, method: String, good: Int)? in
                guard let responses = (operation as? [String: Any])?["responses"] as? [String: Any],
                    let good = responses.keys.compactMap({ Int($0) }).min()
                else { return nil }
                return (path, method.uppercased(), good)
            }
        }
        #expect(cases.count >= 20)
        let charter = try charterWithGuidance()
        defer { try? FileManager.default.removeItem(atPath: charter) }
        // What is put must be there before it is asked for, nothing is erased before, and one thing before everything.
        let order = ["PUT", "POST", "PATCH", "GET", "DELETE"]
        func place(_ one: (path: String, method: String, good: Int)) -> (Int, String) {
            let isErasing = one.method == "DELETE"
            return (
                order.firstIndex(of: one.method) ?? 0,
                isErasing ? String(format: "%03d", 500 - one.path.count) + one.path : one.path
            )
        }
        let sorted = cases.sorted { place($0) < place($1) }
        try await withGateway(settings: { $0.charter = .file(charter) }) { gateway in
            let receipt = try #require(try await gateway.chat().receipt)
            for (path, method, good) in sorted {
                let concrete = try await Self.concrete(path, receipt: receipt, gateway)
                var headers: HTTPHeaders = ["Trellis-Person": "ada", "Accept": "application/json"]
                var (place, body) = (concrete, Self.body(method, path))
                if path.hasPrefix("/trellis/v1/conversations") {
                    let conversation = try await RunningConversation(gateway)
                    (place, body) = try await conversation.request(method, path)
                    for (name, value) in conversation.headers(for: path) { headers.add(name: name, value: value) }
                }
                let reply = try await gateway.send(HTTPMethod(rawValue: method), place, body, headers: headers)
                #expect(reply.status == good, "\(method) \(path) answered \(reply.status): \(reply.body.prefix(200))")
            }
        }
    }

    /// The path with something in the place of each parameter that is there.
    private static func concrete(_ path: String, receipt: String, _ gateway: RunningGateway) async throws -> String {
        var id = receipt
        if path.hasPrefix("/trellis/v1/memory"), path.contains("{id}") {
            // An item of its own: some routes leave one in a state in which another route can't take it.
            let made = try await gateway.send(
                .POST, "/trellis/v1/memory", #"{"kind": "fact", "words": "\#(UUID().uuidString)"}"#,
                headers: ["Trellis-Person": "ada"])
            id = try #require((try made.json()["items"] as? [[String: Any]])?.first?["id"] as? String)
            if path.contains("decisions") {
                let decisions = try await gateway.send(
                    .GET, "/trellis/v1/memory/decisions", headers: ["Trellis-Person": "ada"])
                id = try #require((try decisions.json()["decisions"] as? [[String: Any]])?.first?["id"] as? String)
            }
        }
        return path.replacingOccurrences(of: "{model}", with: "mock-model")
            .replacingOccurrences(of: "{id}", with: id)
            .replacingOccurrences(of: "{guidance}", with: "drift")
            .replacingOccurrences(of: "{purpose}", with: "use-in-replies")
            .replacingOccurrences(of: "{conversation}", with: "kitchen")
    }

    /// A body that a route takes.
    private static func body(_ method: String, _ path: String) -> String? {
        switch (method, path) {
        case (_, "/v1/embeddings"): #"{"model":"m","input":"x"}"#
        case (_, "/v1/messages"): #"{"model":"m","max_tokens":5,"messages":[{"role":"user","content":"x"}]}"#
        case ("PUT", "/trellis/v1/wishes"): "wishes: 1\navoid: [celebrate]\n"
        case ("POST", "/trellis/v1/memory"): #"{"kind": "goal", "words": "pass the exam"}"#
        case ("PATCH", "/trellis/v1/memory/{id}"): #"{"words": "lives in Marseille"}"#
        case ("PUT", "/trellis/v1/memory/retention"): #"{"retention": {"episode": 90}}"#
        case ("POST", "/mcp"): #"{"jsonrpc":"2.0","id":1,"method":"ping"}"#
        case ("POST", "/trellis/v1/memory/recall"): #"{"words": "the exam"}"#
        case ("POST", "/trellis/v1/memory/import"): #"{"format": "trellis-memory/1", "items": []}"#
        case ("POST", "/v1/chat/completions"): RunningGateway.chatBody()
        default: nil
        }
    }

    @Test("what was kept of a person is gone at a word, and of nobody else")
    func erasing() async throws {
        try await withGateway(settings: { $0.keepsBodies = true }) { gateway in
            let ada = try await gateway.chat(headers: ["Trellis-Person": "ada"])
            let ben = try await gateway.chat(headers: ["Trellis-Person": "ben"])
            let before = try await gateway.receipt(of: ada)
            #expect((before["bodies"] as? [String: Any])?["request"] as? String == RunningGateway.chatBody())
            #expect(try await gateway.send(.DELETE, "/trellis/v1/bodies").status == 400)
            let erased = try await gateway.send(.DELETE, "/trellis/v1/bodies", headers: ["Trellis-Person": "ada"])
            #expect(erased.status == 204)
            #expect(try await gateway.receipt(of: ada)["bodies"] == nil)
            #expect(try await gateway.receipt(of: ben)["bodies"] != nil)
        }
    }

    @Test("a receipt has all the members that are required, and none that are not described")
    func receipts() async throws {
        let components = try #require(try description()["components"] as? [String: Any])
        let schemas = try #require(components["schemas"] as? [String: Any])
        let schema = try #require(schemas["Receipt"] as? [String: Any])
        let described = Set(try #require(schema["properties"] as? [String: Any]).keys)
        let required = Set(try #require(schema["required"] as? [String]))
        try await withGateway(settings: { $0.keepsBodies = true }) { gateway in
            let reply = try await gateway.chat(headers: ["Trellis-Person": "ada"])
            let receipt = try await gateway.receipt(of: reply)
            #expect(Set(receipt.keys).isSubset(of: described), "\(Set(receipt.keys).subtracting(described))")
            #expect(required.isSubset(of: Set(receipt.keys)), "\(required.subtracting(receipt.keys))")
        }
    }

    @Test("errors of Trellis's own routes are problem details with a next step")
    func problems() async throws {
        try await withGateway { gateway in
            for path in ["/trellis/v1/receipts/nonsense", "/trellis/v1/receipts?last=0", "/trellis/v1/nothing", "/"] {
                let reply = try await gateway.send(.GET, path)
                #expect(reply.headers.first(name: "content-type") == "application/problem+json", "\(path)")
                let problem = try reply.json()
                #expect(problem["status"] as? Int == reply.status)
                #expect((problem["detail"] as? String)?.isEmpty == false)
            }
        }
    }
}
