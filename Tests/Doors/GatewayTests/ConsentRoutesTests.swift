import Charters
import Foundation
import NIOHTTP1
import Testing

@testable import Gateway

/// A charter with two ways of guiding, in a file of its own.
func charterWithGuidance(asks: String = "May I bring up your own goal when you drift from it?") throws -> String {
    let path = NSTemporaryDirectory() + "trellis-guidance-\(UUID().uuidString).yaml"
    let text = """
        charter: riverside/tutor
        version: 1.0.0
        community: Riverside School
        purpose: Help pupils become people who can learn without us.
        guidance:
          drift:
            says: Remind the pupil of their goal when they ask for a distraction.
            asks: \(asks)
            expires: 30d
          sleep:
            says: After ten in the evening, remind the pupil that sleep helps learning.
            asks: May I tell you when it is late?
        """
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
}

@Suite("Consents and wishes over HTTP")
struct ConsentRoutesTests {
    private func withGuidance(_ body: @escaping @Sendable (RunningGateway) async throws -> Void) async throws {
        let path = try charterWithGuidance()
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await withGateway(settings: { $0.charter = .file(path) }, body)
    }

    private static let ada: HTTPHeaders = ["Trellis-Person": "ada"]
    private static let ben: HTTPHeaders = ["Trellis-Person": "ben"]

    private func states(_ gateway: RunningGateway, _ person: HTTPHeaders = ada) async throws -> [String: String] {
        let reply = try await gateway.send(.GET, "/trellis/v1/consents", headers: person)
        #expect(reply.status == 200, "\(reply.body)")
        let list = try #require(try reply.json()["consents"] as? [[String: Any]])
        return Dictionary(
            uniqueKeysWithValues: list.map { ($0["guidance"] as? String ?? "?", $0["state"] as? String ?? "?") })
    }

    @Test("a person sees what may be asked, says yes, and takes it back in one step")
    func granting() async throws {
        try await withGuidance { gateway in
            #expect(try await states(gateway) == ["drift": "open", "sleep": "open"])
            let granted = try await gateway.send(.POST, "/trellis/v1/consents/drift", headers: Self.ada)
            #expect(granted.status == 200)
            let consent = try granted.json()
            #expect(consent["state"] as? String == "live")
            #expect(consent["question"] as? String == "May I bring up your own goal when you drift from it?")
            let since = try #require(consent["since"] as? Int64)
            #expect(consent["until"] as? Int64 == since + 30 * 86_400_000)
            #expect(try await states(gateway) == ["drift": "live", "sleep": "open"])
            #expect(try await states(gateway, Self.ben) == ["drift": "open", "sleep": "open"])
            for _ in 0..<2 {
                let revoked = try await gateway.send(.DELETE, "/trellis/v1/consents/drift", headers: Self.ada)
                #expect(revoked.status == 204)
            }
            #expect(try await states(gateway) == ["drift": "revoked", "sleep": "open"])
        }
    }

    @Test("everything is taken back at a word")
    func revokingAll() async throws {
        try await withGuidance { gateway in
            for id in ["drift", "sleep"] {
                _ = try await gateway.send(.POST, "/trellis/v1/consents/\(id)", headers: Self.ada)
            }
            #expect(try await gateway.send(.DELETE, "/trellis/v1/consents", headers: Self.ada).status == 204)
            #expect(try await states(gateway) == ["drift": "revoked", "sleep": "revoked"])
        }
    }

    @Test("a person may shorten a consent, and nobody may lengthen it beyond the charter's time")
    func until() async throws {
        try await withGuidance { gateway in
            let now = Moment.now().wall
            let short = try await gateway.send(
                .POST, "/trellis/v1/consents/drift", #"{"until": \#(now + 3_600_000)}"#, headers: Self.ada)
            #expect(try short.json()["until"] as? Int64 == now + 3_600_000)
            for body in [
                #"{"until": \#(now + 40 * 86_400_000)}"#, #"{"until": \#(now - 1)}"#, #"{"until": "soon"}"#, "[",
                #"{"until": 9223372036854775807}"#, #"{"until": 1e400}"#,
            ] {
                let reply = try await gateway.send(.POST, "/trellis/v1/consents/drift", body, headers: Self.ada)
                #expect(reply.status == 400, "\(body) answered \(reply.body)")
                #expect(reply.headers.first(name: "content-type") == "application/problem+json")
                #expect(try reply.json()["param"] as? String == "until")
            }
            let large = "{\"x\": \"" + String(repeating: "x", count: 10_000) + "\"}"
            #expect(try await gateway.send(.POST, "/trellis/v1/consents/drift", large, headers: Self.ada).status == 413)
        }
    }

    @Test("what can't be done is a problem with a next step")
    func problems() async throws {
        try await withGuidance { gateway in
            let cases: [(HTTPMethod, String, HTTPHeaders, Int, String)] = [
                (.GET, "/trellis/v1/consents", [:], 400, "Trellis-Person"),
                (.POST, "/trellis/v1/consents/drift", [:], 400, "Trellis-Person"),
                (.DELETE, "/trellis/v1/consents/drift", [:], 400, "Trellis-Person"),
                (.POST, "/trellis/v1/consents/dirft", Self.ada, 404, "drift, sleep"),
                (.DELETE, "/trellis/v1/consents/no%20such", Self.ada, 404, "drift, sleep"),
                (.GET, "/trellis/v1/wishes", Self.ada, 404, "PUT"),
                (.GET, "/trellis/v1/wishes", [:], 400, "Trellis-Person"),
                (.PUT, "/trellis/v1/wishes", Self.ada, 400, "wishes"),
            ]
            for (method, path, headers, status, words) in cases {
                let reply = try await gateway.send(method, path, method == .PUT ? "x: 1" : nil, headers: headers)
                #expect(reply.status == status, "\(method) \(path) answered \(reply.status)")
                #expect(reply.headers.first(name: "content-type") == "application/problem+json")
                let problem = try reply.json()
                #expect((problem["detail"] as? String)?.contains(words) == true, "\(problem)")
            }
        }
    }

    @Test("wishes are kept word for word, checked, replaced and erased")
    func wishes() async throws {
        try await withGuidance { gateway in
            let text = "# mine\nwishes: 1\navoid: [celebrate]\n"
            let kept = try await gateway.send(.PUT, "/trellis/v1/wishes", text, headers: Self.ada)
            #expect(kept.status == 200, "\(kept.body)")
            #expect((try kept.json()["fingerprint"] as? String)?.isEmpty == false)
            #expect(try await gateway.send(.GET, "/trellis/v1/wishes", headers: Self.ada).body == text)
            #expect(try await gateway.send(.GET, "/trellis/v1/wishes", headers: Self.ben).status == 404)
            let wrong = try await gateway.send(
                .PUT, "/trellis/v1/wishes", "wishes: 1\navoid: [singing]\n", headers: Self.ada)
            #expect(wrong.status == 400)
            #expect((try wrong.json()["detail"] as? String)?.contains("line 2") == true)
            let long = text + "# " + String(repeating: "x", count: 70_000)
            #expect(try await gateway.send(.PUT, "/trellis/v1/wishes", long, headers: Self.ada).status == 413)
            #expect(try await gateway.send(.GET, "/trellis/v1/wishes", headers: Self.ada).body == text)
            #expect(try await gateway.send(.DELETE, "/trellis/v1/wishes", headers: Self.ada).status == 204)
            #expect(try await gateway.send(.GET, "/trellis/v1/wishes", headers: Self.ada).status == 404)
        }
    }

    @Test("who is erased has no wishes and no consents any more, and others keep theirs")
    func erasing() async throws {
        try await withGuidance { gateway in
            for person in [Self.ada, Self.ben] {
                _ = try await gateway.send(.POST, "/trellis/v1/consents/drift", headers: person)
                _ = try await gateway.send(
                    .PUT, "/trellis/v1/wishes", "wishes: 1\navoid: [celebrate]\n", headers: person)
            }
            #expect(try await gateway.send(.DELETE, "/trellis/v1/bodies", headers: Self.ada).status == 204)
            #expect(try await states(gateway) == ["drift": "open", "sleep": "open"])
            #expect(try await gateway.send(.GET, "/trellis/v1/wishes", headers: Self.ada).status == 404)
            #expect(try await states(gateway, Self.ben) == ["drift": "live", "sleep": "open"])
            #expect(try await gateway.send(.GET, "/trellis/v1/wishes", headers: Self.ben).status == 200)
        }
    }

    @Test("a person sees what governs them, their own wishes included, and nobody sees another's")
    func charterOfAPerson() async throws {
        try await withGuidance { gateway in
            let text =
                "wishes: 1\ngoods:\n  my-pace: { says: \"Take it at the pace of a heron.\" }\navoid: [challenge]\n"
            #expect(try await gateway.send(.PUT, "/trellis/v1/wishes", text, headers: Self.ada).status == 200)
            let hers = try await gateway.send(.GET, "/trellis/v1/charter", headers: Self.ada).json()
            let layers = try #require(hers["layers"] as? [[String: Any]])
            #expect(layers.map { $0["kind"] as? String } == ["floor", "community", "person"])
            #expect((hers["brief"] as? String)?.contains("heron") == true)
            #expect((hers["wishes"] as? [String: Any])?["text"] as? String == text)
            #expect((hers["moves"] as? [String])?.contains("challenge") == false)
            for headers in [Self.ben, [:], ["Trellis-Person": "Ada"]] as [HTTPHeaders] {
                let reply = try await gateway.send(.GET, "/trellis/v1/charter", headers: headers)
                #expect(!reply.body.contains("heron") && !reply.body.contains("\"wishes\""), "\(reply.body)")
                let theirs = try reply.json()
                #expect(
                    (theirs["layers"] as? [[String: Any]])?.map { $0["kind"] as? String } == ["floor", "community"])
                #expect(theirs["stack"] as? String != hers["stack"] as? String)
                #expect(theirs["fingerprint"] as? String == hers["fingerprint"] as? String)
                #expect((theirs["moves"] as? [String])?.contains("challenge") == true)
            }
            #expect(try await gateway.send(.DELETE, "/trellis/v1/bodies", headers: Self.ada).status == 204)
            let erased = try await gateway.send(.GET, "/trellis/v1/charter", headers: Self.ada)
            #expect(!erased.body.contains("heron"))
        }
    }

    @Test("the same name in another application is another person, whose charter shows no wishes")
    func charterOfAnotherApplication() async throws {
        try await withGateway(settings: { $0.development = false }) { gateway in
            let keys = try await gateway.keys(for: ["school", "club"])
            func headers(_ application: String) -> HTTPHeaders {
                ["Trellis-Person": "ada", "Authorization": "Bearer \(keys[application] ?? "")"]
            }
            let text = "wishes: 1\ngoods:\n  my-pace: { says: \"Take it at the pace of a heron.\" }\n"
            let kept = try await gateway.send(.PUT, "/trellis/v1/wishes", text, headers: headers("school"))
            #expect(kept.status == 200, "\(kept.body)")
            let hers = try await gateway.send(.GET, "/trellis/v1/charter", headers: headers("school"))
            #expect(hers.body.contains("heron"))
            let others = try await gateway.send(.GET, "/trellis/v1/charter", headers: headers("club"))
            #expect(others.status == 200 && !others.body.contains("heron"))
        }
    }

    @Test("a wish that the floor will refuse is kept with a warning, and one that can't be laid on the charter isn't")
    func wishesOnTheCharter() async throws {
        let path = NSTemporaryDirectory() + "trellis-wishes-\(UUID().uuidString).yaml"
        try """
        charter: riverside/tutor
        version: 1.0.0
        purpose: Help pupils become people who can learn without us.
        goods:
          comfort: { says: Pupils feel at ease. }
          candour: { says: Pupils hear the truth. }
        tensions:
          - { between: [comfort, candour], decide: person }
        floor:
          no-shame: { says: Never shame anybody., severity: block, detect: { phrases: [you are lazy] } }
        """.write(toFile: path, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await withGateway(settings: { $0.charter = .file(path) }) { gateway in
            let harsh = "wishes: 1\ngoods:\n  push: { says: \"Tell me that you are lazy is what I am.\" }\n"
            let kept = try await gateway.send(.PUT, "/trellis/v1/wishes", harsh, headers: Self.ada)
            #expect(kept.status == 200, "\(kept.body)")
            let warnings = try #require(try kept.json()["warnings"] as? [[String: Any]])
            #expect(warnings.map { $0["code"] as? String } == ["floor-refuses"])
            #expect((warnings[0]["message"] as? String)?.contains("floor/no-shame") == true)
            let shown = try await gateway.send(.GET, "/trellis/v1/charter", headers: Self.ada).json()
            let doubts = (shown["wishes"] as? [String: Any])?["warnings"] as? [[String: Any]]
            #expect(doubts?.map { $0["code"] as? String } == ["floor-refuses"])

            let takes = "wishes: 1\nwithout: { tensions/candour~comfort: because I can't decide }\n"
            let refused = try await gateway.send(.PUT, "/trellis/v1/wishes", takes, headers: Self.ada)
            #expect(refused.status == 400, "\(refused.body)")
            #expect(refused.headers.first(name: "content-type") == "application/problem+json")
            let detail = try #require(try refused.json()["detail"] as? String)
            #expect(detail.contains("can't be taken back") && detail.contains("send the whole text again"), "\(detail)")
            #expect(
                try await gateway.send(.GET, "/trellis/v1/wishes", headers: Self.ada).body == harsh, "nothing is lost")
        }
    }
}
