import Consents
import Counsel
import Foundation
import Memory
import NIOHTTP1
import Store
import Testing

@testable import Gateway

@Suite("MCP over HTTP")
struct MCPRoutesTests {
    private static let ada: HTTPHeaders = [
        "Trellis-Person": "ada", "Accept": "application/json, text/event-stream",
    ]
    private static let hello =
        #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{}}}"#
    private static let list = #"{"jsonrpc":"2.0","id":2,"method":"tools/list"}"#

    private static func headers(_ more: [String: String]) -> HTTPHeaders {
        var headers = ada
        for (name, value) in more { headers.replaceOrAdd(name: name, value: value) }
        return headers
    }

    @Test("a message is answered as JSON, and a notification with nothing but 202")
    func messages() async throws {
        try await withGateway { gateway in
            let welcome = try await gateway.post("/mcp", Self.hello, headers: Self.ada)
            #expect(welcome.status == 200)
            #expect(welcome.headers.first(name: "content-type") == "application/json")
            #expect(welcome.headers.first(name: "cache-control") == "no-store")
            #expect(welcome.headers.first(name: "mcp-session-id") == nil)
            #expect((try welcome.json()["result"] as? [String: Any])?["protocolVersion"] as? String == "2025-06-18")
            let note = try await gateway.post(
                "/mcp", #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#, headers: Self.ada)
            #expect(note.status == 202)
            #expect(note.body.isEmpty)
            let tools = try await gateway.post(
                "/mcp", Self.list, headers: Self.headers(["MCP-Protocol-Version": "2025-06-18"]))
            #expect(tools.body.contains("outputSchema"))
            // Without the header, 2025-03-26 is spoken: no schema of results, and several messages at once.
            let older = try await gateway.post("/mcp", "[\(Self.list)]", headers: Self.ada)
            #expect(older.status == 200)
            #expect(older.body.hasPrefix("["))
            #expect(!older.body.contains("outputSchema"))
        }
    }

    @Test("what can't be answered is refused by status and in words")
    func refusals() async throws {
        try await withGateway { gateway in
            let cases: [(String, HTTPHeaders, Int, String)] = [
                (Self.hello, [:], 400, "Trellis-Person"),
                (Self.hello, Self.headers(["Content-Type": "text/plain"]), 415, "application/json"),
                (Self.hello, Self.headers(["Accept": "text/html"]), 406, "application/json"),
                (Self.hello, Self.headers(["Origin": "https://evil.example"]), 403, "origin"),
                (Self.hello, Self.headers(["Origin": "null"]), 403, "origin"),
                (Self.hello, Self.headers(["Host": "evil.example"]), 403, "localhost"),
                (
                    Self.hello, Self.headers(["Host": "evil.example", "Origin": "http://evil.example"]), 403,
                    "localhost"
                ),
                ("{", Self.ada, 400, "-32700"), ("7", Self.ada, 400, "-32600"),
                (Self.list, Self.headers(["MCP-Protocol-Version": "1999-01-01"]), 400, "-32022"),
                ("[\(Self.list)]", Self.headers(["MCP-Protocol-Version": "2025-06-18"]), 400, "-32600"),
                (#"{"jsonrpc":"2.0","id":1,"method":"none"}"#, Self.ada, 200, "-32601"),
                (Self.list, Self.headers(["MCP-Protocol-Version": "2026-07-28"]), 400, "-32020"),
                (String(repeating: " ", count: MCPMessage.maximumBytes + 1), Self.ada, 413, "262144"),
            ]
            for (body, headers, status, words) in cases {
                let reply = try await gateway.post("/mcp", body, headers: headers)
                #expect(reply.status == status, "\(body.prefix(80)) \(headers) answered \(reply.status) \(reply.body)")
                #expect(reply.body.contains(words), "\(body.prefix(80)) \(headers) answered \(reply.body)")
            }
            for method in [HTTPMethod.GET, .DELETE] {
                let reply = try await gateway.send(method, "/mcp", headers: Self.ada)
                #expect(reply.status == 405)
                #expect(reply.headers.first(name: "allow") == "POST")
            }
            let own = try await gateway.post(
                "/mcp", Self.hello, headers: Self.headers(["Origin": "http://localhost:3000"]))
            #expect(own.status == 200)
        }
    }

    @Test("an origin is our own only with the very host, or on this machine")
    func origins() {
        for (origin, host, isOwn) in [
            ("https://trellis.example", "trellis.example", true),
            ("https://Trellis.example:8443", "trellis.example:8443", true),
            ("https://trellis.example:8443", "trellis.example", false),
            ("https://evil.example", "trellis.example", false),
            ("http://localhost:3000", "127.0.0.1:8080", true), ("http://localhost.evil.example", "localhost", false),
            ("http://127.0.0.1", "trellis.example", false), ("null", "localhost", false), ("", "localhost", false),
            ("file://localhost", "localhost", false), ("http://localhost/x", "localhost", false),
            ("http://evil@localhost", "localhost", false), ("http://localhost", "", false),
        ] {
            #expect(MCPRoutes.isOwn(origin: origin, host: host) == isOwn, "\(origin) at \(host)")
        }
    }

    @Test("without a handshake, the headers must say what the message says")
    func headers() async throws {
        let meta = MCPDoorTests.meta.replacingOccurrences(of: "\n", with: "")
        let call = #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read_charter","_meta":\#(meta)}}"#
        let version = ["MCP-Protocol-Version": "2026-07-28"]
        try await withGateway { gateway in
            let good = Self.headers(version.merging(["Mcp-Method": "tools/call", "Mcp-Name": "read_charter"]) { $1 })
            let reply = try await gateway.post("/mcp", call, headers: good)
            #expect(reply.status == 200)
            #expect((try reply.json()["result"] as? [String: Any])?["resultType"] as? String == "complete")
            let encoded = Self.headers(
                version.merging(["Mcp-Method": "tools/call", "Mcp-Name": "=?base64?cmVhZF9jaGFydGVy?="]) { $1 })
            #expect(try await gateway.post("/mcp", call, headers: encoded).status == 200)
            for wrong in [
                [:], version, version.merging(["Mcp-Method": "tools/call"]) { $1 },
                version.merging(["Mcp-Method": "tools/list", "Mcp-Name": "read_charter"]) { $1 },
                version.merging(["Mcp-Method": "tools/call", "Mcp-Name": "recall"]) { $1 },
                ["MCP-Protocol-Version": "2025-06-18", "Mcp-Method": "tools/call", "Mcp-Name": "read_charter"],
            ] {
                let reply = try await gateway.post("/mcp", call, headers: Self.headers(wrong))
                #expect(reply.status == 400)
                #expect(reply.body.contains("-32020"), "\(wrong)")
            }
            let none = #"{"jsonrpc":"2.0","id":1,"method":"none","params":{"_meta":\#(meta)}}"#
            let unknown = try await gateway.post(
                "/mcp", none, headers: Self.headers(version.merging(["Mcp-Method": "none"]) { $1 }))
            #expect(unknown.status == 404)
            #expect(unknown.body.contains("-32601"))
        }
    }

    @Test("an application's assistants need its key, share its limits and see its people only")
    func keys() async throws {
        try await withGateway(settings: { $0.development = false }) { gateway in
            #expect(try await gateway.post("/mcp", Self.hello, headers: Self.ada).status == 401)
            let keys = try await gateway.keys(for: ["homework", "club"])
            func headers(_ application: String) -> HTTPHeaders {
                Self.headers([
                    "Authorization": "Bearer \(keys[application] ?? "")", "MCP-Protocol-Version": "2025-11-25",
                ])
            }
            let store = try DataStore(
                path: KeptThings.storePath(in: gateway.settings.dataDirectory), migrations: KeptThings.migrations)
            defer { try? store.close() }
            let seal = try Seal(
                store: store,
                keyEncryptionKey: KeptThings.keyEncryptionKey(gateway.settings.dataDirectory, [:], of: store))
            let grants = GrantLedger(store: store)
            let memories = MemoryStore(store: store, seal: seal, grants: grants)
            let pseudonyms = Pseudonyms(secret: seal.secret(named: "pseudonyms"))
            let ada = PersonKey(pseudonyms.pseudonym(of: "ada", in: "homework"), in: "homework")
            let now = Moment.now().wall
            try await memories.memory(of: ada).own.state([.add(ItemDraft(.goal, "pass the zebra exam"))], at: now)
            let call = #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list_memory"}}"#
            let before = try await gateway.post("/mcp", call, headers: headers("homework"))
            #expect(before.body.contains("PUT /trellis/v1/memory/grants/use-in-replies"))
            #expect(!before.body.contains("zebra"))
            try await grants.grant(.useInReplies, [.goal], by: ada, at: now, through: .commandLine)
            var seen = false
            for _ in 0..<200 where !seen {
                seen = try await gateway.post("/mcp", call, headers: headers("homework")).body.contains("zebra")
                if !seen { try await Task.sleep(for: .milliseconds(50)) }
            }
            #expect(seen)
            #expect(!(try await gateway.post("/mcp", call, headers: headers("club"))).body.contains("zebra"))
        }
    }
}
