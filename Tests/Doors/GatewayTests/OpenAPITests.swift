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
        // What is put must be there before it is asked for, and nothing is erased before.
        let order = ["PUT", "POST", "GET", "DELETE"]
        let sorted = cases.sorted {
            (order.firstIndex(of: $0.method) ?? 0, $0.path) < (order.firstIndex(of: $1.method) ?? 0, $1.path)
        }
        try await withGateway(settings: { $0.charter = .file(charter) }) { gateway in
            let receipt = try #require(try await gateway.chat().receipt)
            for (path, method, good) in sorted {
                let concrete = path.replacingOccurrences(of: "{model}", with: "mock-model")
                    .replacingOccurrences(of: "{id}", with: receipt)
                    .replacingOccurrences(of: "{guidance}", with: "drift")
                let body: String? =
                    switch path {
                    case "/v1/embeddings": #"{"model":"m","input":"x"}"#
                    case "/v1/messages": #"{"model":"m","max_tokens":5,"messages":[{"role":"user","content":"x"}]}"#
                    case "/trellis/v1/wishes": method == "PUT" ? "wishes: 1\navoid: [celebrate]\n" : nil
                    case "/trellis/v1/consents/{guidance}": nil
                    default: method == "POST" ? RunningGateway.chatBody() : nil
                    }
                let reply = try await gateway.send(
                    HTTPMethod(rawValue: method), concrete, body, headers: ["Trellis-Person": "ada"])
                #expect(reply.status == good, "\(method) \(path) answered \(reply.status): \(reply.body.prefix(200))")
            }
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
