import Foundation
import NIOHTTP1
import Testing

@testable import Gateway

@Suite("A person's memory over HTTP")
struct MemoryRoutesTests {
    private static let ada: HTTPHeaders = ["Trellis-Person": "ada"]
    private static let ben: HTTPHeaders = ["Trellis-Person": "ben"]
    private static let path = "/trellis/v1/memory"

    private func say(
        _ gateway: RunningGateway, _ body: String, _ person: HTTPHeaders = ada
    ) async throws -> [[String: Any]] {
        let reply = try await gateway.send(.POST, Self.path, body, headers: person)
        #expect(reply.status == 200, "\(reply.body)")
        return try #require(try reply.json()["items"] as? [[String: Any]])
    }

    private func id(_ gateway: RunningGateway, _ body: String, _ person: HTTPHeaders = ada) async throws -> String {
        try #require(try await say(gateway, body, person).first?["id"] as? String)
    }

    private func words(
        _ gateway: RunningGateway, _ query: String = "", _ person: HTTPHeaders = ada
    ) async throws -> [String] {
        let reply = try await gateway.send(.GET, Self.path + query, headers: person)
        #expect(reply.status == 200, "\(reply.body)")
        let items = try #require(try reply.json()["items"] as? [[String: Any]])
        return items.compactMap { $0["words"] as? String }
    }

    @Test("what a person says is listed, found, and shown to nobody else")
    func seeing() async throws {
        try await withGateway { gateway in
            let said = try await say(
                gateway,
                #"{"items": [{"kind": "goal", "words": "Pass the Chémistry exam", "due": 1900000000000}, "#
                    + #"{"kind": "fact", "words": "lives in Lyon"}, {"kind": "fact", "words": "lives in Lyon"}]}"#)
            #expect(said.count == 3 && said[1]["id"] as? String == said[2]["id"] as? String)
            #expect(said[0]["status"] as? String == "confirmed" && said[0]["source"] as? String == "stated")
            #expect(try await words(gateway) == ["lives in Lyon", "Pass the Chémistry exam"])
            #expect(try await words(gateway, "?kind=goal,value") == ["Pass the Chémistry exam"])
            #expect(try await words(gateway, "?q=exam%20CHEMISTRY") == ["Pass the Chémistry exam"])
            #expect(try await words(gateway, "?status=proposed") == [])
            #expect(try await words(gateway, "?limit=1") == ["lives in Lyon"])
            let page = try await gateway.send(.GET, Self.path + "?limit=1", headers: Self.ada).json()
            #expect(page["total"] as? Int == 2)
            let next = try #require(page["next"] as? String)
            #expect(try await words(gateway, "?limit=1&before=\(next)") == ["Pass the Chémistry exam"])
            #expect(try await words(gateway, "", Self.ben) == [])
            let one = try #require(said[0]["id"] as? String)
            #expect(
                try await gateway.send(.GET, "\(Self.path)/\(one)", headers: Self.ada).json()["due"] as? Int64 != nil)
            #expect(try await gateway.send(.GET, "\(Self.path)/\(one)", headers: Self.ben).status == 404)
        }
    }

    @Test("a correction changes what is named and nothing else, and what was before stays to be seen")
    func correcting() async throws {
        try await withGateway { gateway in
            let old = try await id(
                gateway, #"{"kind": "goal", "words": "pass physics", "due": 1900000000000, "confidence": 0.5}"#)
            let reply = try await gateway.send(
                .PATCH, "\(Self.path)/\(old)", #"{"words": "pass chemistry"}"#, headers: Self.ada)
            #expect(reply.status == 200, "\(reply.body)")
            let new = try reply.json()
            #expect(new["words"] as? String == "pass chemistry" && new["due"] as? Int64 == 1_900_000_000_000)
            #expect(new["confidence"] as? Double == 0.5 && new["kind"] as? String == "goal")
            let id = try #require(new["id"] as? String)
            let undated = try await gateway.send(
                .PATCH, "\(Self.path)/\(id)", #"{"due": null, "kind": "value"}"#, headers: Self.ada)
            #expect(undated.status == 200 && undated.body.contains("\"due\"") == false)
            #expect(try await words(gateway, "?held=true") == ["pass chemistry"])
            #expect(try await words(gateway, "?held=false") == ["pass chemistry", "pass physics"])
            let late = try await gateway.send(.PATCH, "\(Self.path)/\(old)", #"{"words": "x"}"#, headers: Self.ada)
            #expect(late.status == 409)
        }
    }

    @Test("items replace and conflict with others by their links, and every decision can be undone")
    func deciding() async throws {
        try await withGateway { gateway in
            let lyon = try await id(gateway, #"{"kind": "fact", "words": "lives in Lyon"}"#)
            _ = try await say(
                gateway,
                #"{"kind": "fact", "words": "lives in Nice", "links": [{"relation": "replaces", "item": "\#(lyon)"}]}"#)
            #expect(try await words(gateway, "?held=true") == ["lives in Nice"])
            let decisions = try await gateway.send(.GET, "\(Self.path)/decisions", headers: Self.ada).json()
            let last = try #require((decisions["decisions"] as? [[String: Any]])?.first)
            #expect(last["act"] as? String == "replaced" && last["author"] as? String == "person")
            let decision = try #require(last["id"] as? String)
            let undone = try await gateway.send(.POST, "\(Self.path)/decisions/\(decision)/undo", headers: Self.ada)
            #expect(undone.status == 204, "\(undone.body)")
            #expect(try await words(gateway, "?held=true") == ["lives in Lyon"])
            let again = try await gateway.send(.POST, "\(Self.path)/decisions/\(decision)/undo", headers: Self.ada)
            #expect(again.status == 409)
            let both = try await say(
                gateway,
                #"{"kind": "preference", "words": "wants Nice", "links": [{"relation": "conflictsWith", "item": "\#(lyon)"}]}"#
            )
            #expect((both[0]["links"] as? [[String: Any]])?.first?["relation"] as? String == "conflictsWith")
            for (word, key, value) in [
                ("pin", "isPinned", "1"), ("unpin", "isPinned", "0"), ("reject", "status", "rejected"),
                ("confirm", "status", "confirmed"),
            ] {
                let reply = try await gateway.send(.POST, "\(Self.path)/\(lyon)/\(word)", headers: Self.ada)
                let shown = try reply.json()[key].map { "\($0)" } ?? ""
                #expect(shown == value || Bool(shown).map { $0 == (value == "1") } == true, "\(word): \(reply.body)")
            }
        }
    }

    @Test("retention is set as a whole, and conversations are paused by any name")
    func settings() async throws {
        try await withGateway { gateway in
            let path = "\(Self.path)/retention"
            let set = try await gateway.send(
                .PUT, path, #"{"retention": {"episode": 90, "fact": 7}}"#, headers: Self.ada)
            #expect(try set.json()["retention"] as? [String: Int] == ["episode": 90, "fact": 7])
            for wrong in [
                #"{"retention": {"episode": 0}}"#, #"{"retention": {"dream": 7}}"#, #"{"retention": {"fact": "x"}}"#,
                #"{"episode": 7}"#, "[]",
            ] {
                let reply = try await gateway.send(.PUT, path, wrong, headers: Self.ada)
                #expect(reply.status == 400, "\(wrong): \(reply.body)")
            }
            #expect(
                try await gateway.send(.GET, path, headers: Self.ada).json()["retention"] as? [String: Int]
                    == ["episode": 90, "fact": 7], "an unfit one changes nothing")
            _ = try await gateway.send(.PUT, path, #"{"retention": {}}"#, headers: Self.ada)
            #expect(try await gateway.send(.GET, path, headers: Self.ada).body == #"{"retention":{}}"#)

            let odd = "\(Self.path)/paused/a%20b%2Fc%C3%BC"
            #expect(try await gateway.send(.PUT, odd, headers: Self.ada).status == 204)
            let paused = try await gateway.send(.GET, "\(Self.path)/paused", headers: Self.ada).json()
            #expect(paused["paused"] as? [String] == ["a b/cü"])
            #expect(try await gateway.send(.DELETE, odd, headers: Self.ada).status == 204)
            #expect(try await gateway.send(.GET, "\(Self.path)/paused", headers: Self.ada).body == #"{"paused":[]}"#)
            let long = String(repeating: "x", count: 300)
            #expect(try await gateway.send(.PUT, "\(Self.path)/paused/\(long)", headers: Self.ada).status == 400)
        }
    }

    @Test("a reply is told only what the person allows, and the grants say until when")
    func granting() async throws {
        try await withGateway { gateway in
            _ = try await say(
                gateway,
                #"{"items": [{"kind": "goal", "words": "pass the exam"}, {"kind": "fact", "words": "an exam hall"}]}"#)
            let question = #"{"words": "how do I prepare the exam?"}"#
            let refused = try await gateway.send(.POST, "\(Self.path)/recall", question, headers: Self.ada)
            #expect(refused.status == 403 && refused.body.contains("use-in-replies"), "\(refused.body)")
            let until = Moment.now().wall + 3_600_000
            let granted = try await gateway.send(
                .PUT, "\(Self.path)/grants/use-in-replies", #"{"kinds": ["goal"], "until": \#(until)}"#,
                headers: Self.ada)
            #expect(granted.status == 200, "\(granted.body)")
            let kinds = try #require(try granted.json()["kinds"] as? [[String: Any]])
            #expect(kinds.filter { $0["state"] as? String == "live" }.map { $0["kind"] as? String } == ["goal"])
            #expect(kinds.contains { $0["until"] as? Int64 == until })
            let recalled = try await gateway.send(.POST, "\(Self.path)/recall", question, headers: Self.ada)
            #expect(recalled.status == 200, "\(recalled.body)")
            let account = try recalled.json()
            let items = try #require(account["items"] as? [[String: Any]])
            #expect(items.compactMap { ($0["item"] as? [String: Any])?["words"] as? String } == ["pass the exam"])
            #expect((items[0]["reasons"] as? [String])?.contains("lexical") == true)
            #expect((account["brief"] as? String)?.contains("“pass the exam”") == true)
            #expect(account["kinds"] as? [String] == ["goal"])
            #expect(try await gateway.send(.POST, "\(Self.path)/recall", question, headers: Self.ben).status == 403)

            let some = try await gateway.send(
                .DELETE, "\(Self.path)/grants/use-in-replies?kinds=goal,fact", headers: Self.ada)
            #expect(some.status == 204)
            #expect(try await gateway.send(.POST, "\(Self.path)/recall", question, headers: Self.ada).status == 403)
            _ = try await gateway.send(
                .PUT, "\(Self.path)/grants/remember", #"{"acceptsInferred": true}"#, headers: Self.ada)
            func live() async throws -> Int {
                let list = try await gateway.send(.GET, "\(Self.path)/grants", headers: Self.ada).json()
                let grants = try #require(list["grants"] as? [[String: Any]])
                #expect(grants.count == 4)
                return grants.flatMap { $0["kinds"] as? [[String: Any]] ?? [] }
                    .count { $0["state"] as? String == "live" }
            }
            #expect(try await live() == 8)
            #expect(try await gateway.send(.DELETE, "\(Self.path)/grants", headers: Self.ada).status == 204)
            #expect(try await live() == 0)
        }
    }

    @Test("everything can be taken along, read as a page, and brought in elsewhere")
    func bringing() async throws {
        try await withGateway { gateway in
            let lyon = try await id(
                gateway,
                #"{"kind": "value", "words": "<script>alert(1)</script> & \"patience\"", "#
                    + #""origin": {"conversation": "kitchen", "turn": 3}}"#)
            _ = try await say(
                gateway,
                #"{"kind": "preference", "words": "wants it now", "links": [{"relation": "conflictsWith", "item": "\#(lyon)"}]}"#
            )
            let export = try await gateway.send(.GET, "\(Self.path)/export", headers: Self.ada)
            #expect(export.headers.first(name: "content-type") == "application/json")
            #expect(export.headers.first(name: "cache-control") == "no-store")
            #expect((try export.json()["items"] as? [[String: Any]])?.count == 2)
            let page = try await gateway.send(
                .GET, "\(Self.path)/export", headers: ["Trellis-Person": "ada", "Accept": "text/html,*/*"])
            #expect(page.headers.first(name: "content-type") == "text/html; charset=utf-8")
            #expect(!page.body.contains("<script") && page.body.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
            #expect(page.body.contains("Pulls against “wants it now”") && page.body.contains("turn 3"))
            for _ in 0..<2 {
                let brought = try await gateway.send(
                    .POST, "\(Self.path)/import", export.body, headers: Self.ben)
                #expect(brought.status == 200, "\(brought.body)")
            }
            #expect(try await words(gateway, "", Self.ben).count == 2)
            let wrong = export.body.replacingOccurrences(of: "wants it now", with: "a\\u0007b")
                .replacingOccurrences(of: "\"kind\" : \"value\"", with: "\"kind\" : \"dream\"")
            let refused = try await gateway.send(
                .POST, "\(Self.path)/import", wrong, headers: ["Trellis-Person": "eve"])
            #expect(refused.status == 400 && refused.body.contains("items[0].kind"), "\(refused.body)")
            #expect(refused.body.contains("items[1]"), "every mistake is told: \(refused.body)")
            #expect(try await words(gateway, "", ["Trellis-Person": "eve"]) == [])
        }
    }

    @Test("an item, a memory and a person are erased with certificates that this store signed")
    func erasing() async throws {
        try await withGateway { gateway in
            let key = try await gateway.send(.GET, "\(Self.path)/certificate-key").json()["key"] as? String
            let lyon = try await id(gateway, #"{"kind": "fact", "words": "lives in Lyon"}"#)
            _ = try await say(gateway, #"{"kind": "fact", "words": "has a heron"}"#)
            _ = try await say(gateway, #"{"kind": "fact", "words": "has a heron"}"#, Self.ben)
            func erase(_ path: String, _ scope: String) async throws {
                let reply = try await gateway.send(
                    .DELETE, path, headers: ["Trellis-Person": "ada", "Accept": "application/json"])
                #expect(reply.status == 200, "\(path): \(reply.body)")
                let certificate = try JSONDecoder().decode(Certificate.self, from: Data(reply.body.utf8))
                #expect(certificate.scope == scope && certificate.key == key && !certificate.signature.isEmpty)
                #expect(!reply.body.contains("Lyon") && !reply.body.contains("heron"))
            }
            try await erase("\(Self.path)/\(lyon)", "items")
            #expect(try await gateway.send(.DELETE, "\(Self.path)/\(lyon)", headers: Self.ada).status == 404)
            #expect(try await words(gateway) == ["has a heron"])
            // An application that lost the item's id on the way must not erase everything.
            for path in [
                "\(Self.path)/", "\(Self.path)//", "/trellis/v1//memory", "\(Self.path)/grants/",
                "\(Self.path)?kind=fact", "\(Self.path)/grants?kinds=fact",
            ] {
                #expect(try await gateway.send(.DELETE, path, headers: Self.ada).status == 400, "\(path)")
            }
            #expect(try await words(gateway) == ["has a heron"])
            try await erase(Self.path, "memory")
            #expect(try await words(gateway) == [])
            _ = try await say(gateway, #"{"kind": "fact", "words": "begins anew"}"#)
            try await erase("/trellis/v1/bodies", "everything")
            #expect(try await words(gateway) == [])
            #expect(try await words(gateway, "", Self.ben) == ["has a heron"])
        }
    }

    private struct Certificate: Decodable {
        let scope: String
        let key: String
        let signature: String
    }

    @Test("what can't be done is a problem with a next step, and nothing is changed")
    func problems() async throws {
        try await withGateway { gateway in
            let item = try await id(gateway, #"{"kind": "fact", "words": "lives in Lyon"}"#)
            let missing = "00000000000000000000000000"
            let big = #"{"words": ""# + String(repeating: "x", count: 70_000) + #""}"#
            let cases: [(HTTPMethod, String, String?, HTTPHeaders, Int, String)] = [
                (.GET, "", nil, [:], 400, "Trellis-Person"),
                (.GET, "?kind=dream", nil, Self.ada, 400, "value, goal"),
                (.GET, "?status=x", nil, Self.ada, 400, "proposed"),
                (.GET, "?limit=0", nil, Self.ada, 400, "1 to 1000"),
                (.GET, "?held=maybe", nil, Self.ada, 400, "true or false"),
                (.GET, "?before=x", nil, Self.ada, 400, "26"),
                (.POST, "", nil, Self.ada, 400, "words"),
                (.POST, "", "[1]", Self.ada, 400, "words"),
                (.POST, "", #"{"kind": "fact"}"#, Self.ada, 400, "`words`"),
                (.POST, "", #"{"kind": "dream", "words": "x"}"#, Self.ada, 400, "value, goal"),
                (.POST, "", #"{"kind": "fact", "words": "x", "id": "1"}"#, Self.ada, 400, "`id`"),
                (.POST, "", #"{"kind": "fact", "words": "a\u0000b"}"#, Self.ada, 400, "control character"),
                (.POST, "", #"{"kind": "fact", "words": " "}"#, Self.ada, 400, "empty"),
                (.POST, "", #"{"items": [{"kind": "fact", "words": "x"}, {"kind": 7}]}"#, Self.ada, 400, "items[1]"),
                (.POST, "", #"{"kind": "fact", "words": "x", "due": 1e400}"#, Self.ada, 400, "JSON"),
                (.GET, "/nonsense", nil, Self.ada, 400, "26"),
                (.GET, "/\(missing)", nil, Self.ada, 404, "erased"),
                (.PATCH, "/\(item)", "{}", Self.ada, 400, "put right"),
                (.PATCH, "/\(item)", #"{"wrods": "x"}"#, Self.ada, 400, "wrods"),
                (.PATCH, "/\(item)", #"{"words": null}"#, Self.ada, 400, "words"),
                (.PATCH, "/\(item)", big, Self.ada, 413, "bytes"),
                (.PATCH, "/\(missing)", #"{"words": "x"}"#, Self.ada, 404, "erased"),
                (.DELETE, "/\(missing)", nil, Self.ada, 404, "erased"),
                (.POST, "/\(missing)/pin", nil, Self.ada, 404, "erased"),
                (.POST, "/decisions/\(missing)/undo", nil, Self.ada, 404, "decision"),
                (.PUT, "/grants/world-domination", nil, Self.ada, 404, "remember"),
                (.PUT, "/grants/remember", #"{"kinds": []}"#, Self.ada, 400, "at least one kind"),
                (.PUT, "/grants/remember", #"{"until": 1}"#, Self.ada, 400, "two years"),
                (.PUT, "/grants/use-for-growth", #"{"acceptsInferred": true}"#, Self.ada, 400, "remember"),
                (.POST, "/recall", #"{"words": "x", "limit": 0}"#, Self.ada, 400, "1 to 100"),
                (.POST, "/import", "nonsense", Self.ada, 400, "JSON"),
                (.POST, "/import", #"{"format": "other/1", "items": []}"#, Self.ada, 400, "trellis-memory/1"),
            ]
            for (method, path, body, headers, status, words) in cases {
                let reply = try await gateway.send(method, Self.path + path, body, headers: headers)
                #expect(
                    reply.status == status, "\(method) \(path) \(body ?? "") answered \(reply.status): \(reply.body)")
                #expect(reply.headers.first(name: "content-type") == "application/problem+json")
                let detail = try reply.json()["detail"] as? String ?? ""
                #expect(detail.contains(words), "\(method) \(path): \(detail)")
            }
            #expect(try await words(gateway) == ["lives in Lyon"])
        }
    }

    @Test("without a key nothing is told, and the same name in another application is another person")
    func keys() async throws {
        try await withGateway(settings: { $0.development = false }) { gateway in
            let keys = try await gateway.keys(for: ["school", "club"])
            func headers(_ application: String) -> HTTPHeaders {
                ["Trellis-Person": "ada", "Authorization": "Bearer \(keys[application] ?? "")"]
            }
            #expect(try await gateway.send(.GET, Self.path, headers: Self.ada).status == 401)
            #expect(try await gateway.send(.GET, "\(Self.path)/certificate-key").status == 401)
            _ = try await say(gateway, #"{"kind": "fact", "words": "lives in Lyon"}"#, headers("school"))
            #expect(try await words(gateway, "", headers("school")) == ["lives in Lyon"])
            #expect(try await words(gateway, "", headers("club")) == [])
        }
    }
}
