import Crypto
import Foundation
import NIOHTTP1
import Testing

@testable import Gateway

@Suite("Conversations by the API")
struct ConversationRoutesTests {
    private func detail(_ reply: RunningGateway.Reply) throws -> String {
        #expect(reply.headers.first(name: "content-type") == "application/problem+json")
        return try #require(try reply.json()["detail"] as? String)
    }

    @Test("people vote, change their minds, see what they said, and leave")
    func voting() async throws {
        try await withGateway { gateway in
            let hall = try await RunningConversation(gateway, #","importance":true"#)
            let first = try await hall.send(.GET, "/next").json()
            #expect(first["left"] as? Int == 2)
            let number = try #require((first["statement"] as? [String: Any])?["number"] as? Int)
            let vote = try await hall.send(
                .POST, "/votes", #"{"statement":\#(number),"stance":"agree","importance":0.5}"#)
            #expect(vote.status == 200)
            #expect(try vote.json()["isNew"] as? Bool == true)
            let again = try await hall.send(.POST, "/votes", #"{"statement":\#(number),"stance":"pass"}"#).json()
            #expect(again["previous"] as? String == "agree" && again["event"] as? Int == 2)
            let votes = try #require(try await hall.send(.GET, "/votes").json()["votes"] as? [[String: Any]])
            #expect(votes.count == 1 && votes[0]["stance"] as? String == "pass")
            #expect(try await hall.send(.GET, "/next").json()["left"] as? Int == 1)
            let landscape = try await hall.moderate(.GET, "/landscape").json()
            #expect(landscape["votes"] as? Int == 1 && landscape["event"] as? Int == 2)
            #expect(try await hall.send(.DELETE, "/participants/me").status == 204)
            #expect(try await hall.send(.GET, "/votes").status == 403)
            #expect(try await hall.moderate(.GET, "/landscape").json()["votes"] as? Int == 0)
        }
    }

    @Test(
        "a participant sees all that is held of them, also what waits and why something was taken out, and nobody else's"
    )
    func ownPart() async throws {
        try await withGateway { gateway in
            let hall = try await RunningConversation(gateway, #","strict":true,"importance":true"#)
            let code = try await RunningConversation.code(gateway, hall.path, hall.moderator)
            let other = try await gateway.post(hall.path + "/participants", #"{"invitation":"\#(code)"}"#).json()
            for words in ["More trees.", "Mr Smith is a thief."] {
                #expect(try await hall.send(.POST, "/statements", #"{"words":"\#(words)"}"#).status == 201)
            }
            _ = try await hall.send(.POST, "/votes", #"{"statement":1,"stance":"disagree","importance":1}"#)
            _ = try await hall.send(.POST, "/votes", #"{"statement":0,"stance":"agree"}"#)
            _ = try await hall.moderate(
                .POST, "/statements/3/decisions", #"{"standing":"rejected","reason":"It names a person."}"#)
            for isOpen in [true, false] {
                let own = try await hall.send(.GET, "/participants/me").json()
                #expect(own["participant"] as? Int != nil)
                let votes = try #require(own["votes"] as? [[String: Any]])
                #expect(votes.map { $0["stance"] as? String } == ["agree", "disagree"])
                #expect(votes[0]["importance"] == nil && votes[1]["importance"] as? Double == 1)
                let written = try #require(own["statements"] as? [[String: Any]])
                let statements = written.compactMap { $0["statement"] as? [String: Any] }
                #expect(statements.map { $0["standing"] as? String } == ["waiting", "rejected"])
                #expect(written.map { $0["reason"] as? String } == [nil, "It names a person."])
                if isOpen { _ = try await hall.moderate(.PATCH, "", #"{"open":false}"#) }
            }
            let theirs = try await gateway.send(
                .GET, hall.path + "/participants/me",
                headers: ["Trellis-Participant": try #require(other["secret"] as? String)]
            ).json()
            #expect((theirs["votes"] as? [Any])?.isEmpty == true && (theirs["statements"] as? [Any])?.isEmpty == true)
            #expect(try await gateway.send(.GET, hall.path + "/participants/me").status == 403)
        }
    }

    @Test("what can't be taken is refused with what to do, and changes nothing")
    func refusals() async throws {
        try await withGateway { gateway in
            let hall = try await RunningConversation(gateway)
            for (body, status, word) in [
                (#"{"statement":0,"stance":"yes"}"#, 400, "agree"),
                (#"{"statement":0,"stance":"agree","importance":0.5}"#, 400, "importance"),
                (#"{"statement":0,"stance":"agree","importance":7}"#, 400, "importance"),
                (#"{"statement":9,"stance":"agree"}"#, 404, "no statement 9"),
                (#"{"statement":0,"stanse":"agree"}"#, 400, "stanse"), ("[", 400, "statement"),
                (#"{"statement":0.5,"stance":"agree"}"#, 400, "statement"),
                (#"{"statement":0,"statement":1,"stance":"agree"}"#, 400, "twice"),
                (#"{"statement":0,"stance":"agree","st\u0061nce":"disagree"}"#, 400, "twice"),
            ] {
                let reply = try await hall.send(.POST, "/votes", body)
                #expect(reply.status == status, "\(body)")
                #expect(try detail(reply).contains(word), "\(body)")
            }
            let vote = #"{"statement":0,"stance":"agree"}"#
            let nobody = try await gateway.send(.POST, hall.path + "/votes", vote)
            #expect(nobody.status == 403)
            #expect(try detail(nobody).contains("Trellis-Participant"))
            let stranger = try await gateway.send(
                .POST, hall.path + "/votes", vote, headers: ["Trellis-Participant": hall.moderator])
            #expect(stranger.status == 403)
            for path in ["/trellis/v1/conversations/kitchen", "/trellis/v1/conversations/cv_0000000000000000"] {
                #expect(try await gateway.send(.GET, path).status == 404)
            }
            #expect(try await hall.send(.GET, "/export/passwords.csv").status == 404)
            #expect(try await hall.send(.GET, "/export/votes.csv").status == 403)
            #expect(try await hall.send(.GET, "/queue").status == 403)
            #expect(try await gateway.post("/trellis/v1/conversations", #"{"topic":""}"#).status == 400)
            #expect(
                try await gateway.post("/trellis/v1/conversations", #"{"topic":"x","joining":["oidc"]}"#).status == 400)
            #expect(
                try await gateway.post("/trellis/v1/conversations", #"{"topic":"x","statements":["a","A!"]}"#).status
                    == 409)
            #expect(try await hall.moderate(.PATCH, "", #"{"joining":["oidc"]}"#).status == 400)
            let held = try await gateway.send(.GET, hall.path).json()
            #expect(held["votes"] as? Int == 0)
        }
    }

    @Test("no body makes a route fail in any other way than by saying what is wrong")
    func fuzz() async throws {
        try await withGateway { gateway in
            let hall = try await RunningConversation(gateway)
            let good: [(HTTPMethod, String, String)] = [
                (.POST, "/votes", #"{"statement":1,"stance":"agree","importance":0.5}"#),
                (.POST, "/statements", #"{"words":"More trees e\u0301.","language":"en"}"#),
                (.POST, "/participants", #"{"challenge":"cv_.4.1.x.y","solution":"12"}"#),
                (.POST, "/participants", #"{"token":"e30.e30.e30"}"#),
                (.POST, "/statements/1/decisions", #"{"standing":"rejected","reason":"Off topic."}"#),
                (.PATCH, "", #"{"open":true,"joining":["invitation"],"proofBits":12}"#),
                (.POST, "/invitations", #"{"count":2}"#),
            ]
            var draws = SeededGenerator(seed: 3)
            for turn in 0..<280 {
                let (method, more, text) = good[turn % good.count]
                var bytes = Array(text.utf8)
                for _ in 0...(turn % 4) {
                    let place = Int.random(in: 0..<max(1, bytes.count), using: &draws)
                    let byte = [0x22, 0x7B, 0x2C, 0x5C, 0x30, 0x2D, 0x65, 0x00, 0xFF, 0x20, 0x5B].randomElement(
                        using: &draws)
                    switch turn % 3 {
                    case 0 where !bytes.isEmpty: bytes[place] = UInt8(byte ?? 0)
                    case 1 where !bytes.isEmpty: bytes.remove(at: place)
                    default: bytes.insert(UInt8(byte ?? 0), at: place)
                    }
                }
                let body = String(decoding: bytes, as: UTF8.self)
                let reply = try await gateway.send(
                    method, hall.path + more, body,
                    headers: ["Trellis-Participant": hall.secret])
                let moderated = try await gateway.send(
                    method, hall.path + more, body, headers: ["Trellis-Moderator": hall.moderator])
                for reply in [reply, moderated] {
                    #expect(reply.status < 500, "\(method) \(more) \(body) answered \(reply.status)")
                    if reply.status >= 400 { #expect(try !detail(reply).isEmpty) }
                }
            }
        }
    }

    @Test("a statement of ten megabytes is refused, the same words twice too, and a near one is pointed out")
    func statements() async throws {
        try await withGateway { gateway in
            let hall = try await RunningConversation(gateway)
            let huge = try await hall.send(
                .POST, "/statements", #"{"words":"\#(String(repeating: "a", count: 10 << 20))"}"#)
            #expect(huge.status == 413)
            let long = try await hall.send(
                .POST, "/statements", #"{"words":"\#(String(repeating: "a", count: 2_000))"}"#)
            #expect(long.status == 400)
            let twin = try await hall.send(.POST, "/statements", #"{"words":"open on SUNDAYS"}"#)
            #expect(twin.status == 409)
            #expect(try detail(twin).contains("Statement 0"))
            let near = try await hall.send(.POST, "/statements", #"{"words":"Open on Sunday."}"#)
            #expect(near.status == 201)
            #expect((try near.json()["near"] as? [[String: Any]])?.first?["statement"] as? Int == 0)
            let arabic = try await hall.send(
                .POST, "/statements", #"{"words":"حديقة \u202eللأطفال\u202c","language":"ar"}"#)
            #expect(arabic.status == 201)
            let queue = try #require(try await hall.moderate(.GET, "/queue").json()["queue"] as? [[String: Any]])
            #expect(queue.count == 2)
            let seeded = try await hall.moderate(.POST, "/statements", #"{"words":"Benches."}"#)
            #expect(seeded.status == 201)
            #expect((try seeded.json()["statement"] as? [String: Any])?["standing"] as? String == "accepted")
        }
    }

    @Test("moderators decide with a reason, and a rejected statement is voted on no more")
    func moderation() async throws {
        try await withGateway { gateway in
            let hall = try await RunningConversation(gateway)
            let place = "/statements/1/decisions"
            #expect(try await hall.moderate(.POST, place, #"{"standing":"rejected"}"#).status == 400)
            #expect(try await hall.send(.POST, place, #"{"standing":"accepted"}"#).status == 403)
            let decided = try await hall.moderate(.POST, place, #"{"standing":"rejected","reason":"Off topic."}"#)
            #expect(decided.status == 201)
            let vote = try await hall.send(.POST, "/votes", #"{"statement":1,"stance":"agree"}"#)
            #expect(vote.status == 409)
            let shown = try #require(
                try await gateway.send(.GET, hall.path + "/statements").json()["statements"] as? [[String: Any]])
            #expect(shown.map { $0["number"] as? Int } == [0])
            #expect(try await hall.moderate(.PATCH, "", #"{"open":false}"#).json()["open"] as? Bool == false)
            #expect(try await hall.send(.POST, "/votes", #"{"statement":0,"stance":"agree"}"#).status == 409)
        }
    }

    @Test("moderators take unused invitations back, add nothing to what is closed, and delete a conversation for good")
    func endings() async throws {
        try await withGateway { gateway in
            let hall = try await RunningConversation(gateway)
            let code = try await RunningConversation.code(gateway, hall.path, hall.moderator)
            _ = try await RunningConversation.code(gateway, hall.path, hall.moderator)
            let place = "/invitations/revocations"
            #expect(try await hall.send(.POST, place, "{}").status == 403)
            #expect(try await hall.moderate(.POST, place, #"{"invitations":["nonsense"]}"#).status == 403)
            let one = try await hall.moderate(.POST, place, #"{"invitations":["\#(code)"]}"#)
            #expect(try one.json()["revoked"] as? Int == 1)
            let late = try await gateway.send(.POST, hall.path + "/participants", #"{"invitation":"\#(code)"}"#)
            #expect(late.status == 403)
            #expect(try await hall.moderate(.POST, place, "{}").json()["revoked"] as? Int == 1)
            #expect(try await hall.moderate(.PATCH, "", #"{"open":false}"#).status == 200)
            let added = try await hall.moderate(.POST, "/statements", #"{"words":"Benches."}"#)
            #expect(added.status == 409)
            #expect(try detail(added).contains("Open it again"))
            #expect(try await hall.send(.DELETE, "").status == 403)
            #expect(try await hall.moderate(.DELETE, "").status == 204)
            #expect(try await hall.moderate(.GET, "").status == 404)
            #expect(try await hall.send(.DELETE, "/participants/me").status == 404)
        }
    }

    @Test("another application sees nothing of a conversation")
    func applications() async throws {
        try await withGateway(settings: { $0.development = false }) { gateway in
            let keys = try await gateway.keys(for: ["town", "village"])
            let town: HTTPHeaders = ["Authorization": "Bearer \(keys["town"] ?? "")"]
            let village: HTTPHeaders = ["Authorization": "Bearer \(keys["village"] ?? "")"]
            let opened = try await gateway.post(
                "/trellis/v1/conversations", #"{"topic":"Our square"}"#, headers: town)
            #expect(opened.status == 201)
            let id = try #require((try opened.json()["conversation"] as? [String: Any])?["id"] as? String)
            let path = "/trellis/v1/conversations/\(id)"
            #expect(try await gateway.send(.GET, path, headers: town).status == 200)
            for more in ["", "/statements", "/landscape", "/next", "/signals"] {
                let reply = try await gateway.send(
                    .GET, path + more,
                    headers: [
                        "Authorization": village["Authorization"].first ?? "",
                        "Trellis-Participant": "tpt_" + String(repeating: "0", count: 26),
                    ])
                #expect(reply.status == 404, "\(more)")
            }
            let listed = try await gateway.send(.GET, "/trellis/v1/conversations", headers: village).json()
            #expect((listed["conversations"] as? [Any])?.isEmpty == true)
            #expect(try await gateway.send(.GET, path).status == 401)
        }
    }

    @Test("an ID token lets somebody in when its issuer signed it for us and it hasn't run out, and in no other case")
    func identity() async throws {
        let issuer = try TokenIssuer()
        defer { issuer.close() }
        try await withGateway(settings: {
            $0.deliberation.identity = .init(issuer: issuer.name, audience: "town-app", keys: issuer.file)
        }) { gateway in
            let opened = try await gateway.post(
                "/trellis/v1/conversations", #"{"topic":"Our square","joining":["oidc"]}"#
            ).json()
            let id = try #require((opened["conversation"] as? [String: Any])?["id"] as? String)
            func join(_ token: String) async throws -> RunningGateway.Reply {
                try await gateway.post("/trellis/v1/conversations/\(id)/participants", #"{"token":"\#(token)"}"#)
            }
            let soon = Date().timeIntervalSince1970 + 600
            let good = try issuer.token(subject: "ada", audience: "town-app", expires: soon)
            let first = try await join(good)
            #expect(first.status == 201)
            // It lets in once, also with the signature written in another way: of two numbers, the second may be negated.
            let repeated = try await join(good)
            #expect(repeated.status == 409)
            #expect(try detail(repeated).contains("Sign in again"))
            #expect(try await join(try TokenIssuer.rewritten(good)).status == 409)
            let again = try await join(
                try issuer.token(
                    subject: "ada", audience: ["x", "town-app"], expires: soon, claims: #","azp":"town-app""#))
            #expect(try again.json()["participant"] as? Int == first.json()["participant"] as? Int)
            #expect(try again.json()["secret"] as? String != first.json()["secret"] as? String)
            let stranger = try TokenIssuer()
            defer { stranger.close() }
            let parts = good.split(separator: ".").map(String.init)
            for bad in [
                try issuer.token(subject: "ben", audience: "another-app", expires: soon),
                try issuer.token(subject: "ben", audience: [String](), expires: soon),
                try issuer.token(subject: "ben", audience: "town-app", expires: soon - 1_200),
                try issuer.token(subject: "ben", audience: "town-app", expires: soon, issuer: "https://elsewhere"),
                try stranger.token(subject: "ben", audience: "town-app", expires: soon),
                try issuer.token(subject: "ben", audience: "town-app", expires: soon, algorithm: "none"),
                try issuer.token(subject: "ben", audience: "town-app", expires: soon, algorithm: "HS256"),
                parts[0] + "." + parts[1] + ".", parts[0] + ".e30." + parts[2], "", "a.b.c", "é", good + "." + good,
            ] {
                let reply = try await join(bad)
                #expect(reply.status == 403, "\(bad.prefix(20))")
                #expect(try !detail(reply).contains(parts[2]))
            }
            // A token that was changed in any place lets nobody else in.
            var draws = SeededGenerator(seed: 9)
            for turn in 0..<120 {
                var bytes = Array(good.utf8)
                let place = Int.random(in: 0..<bytes.count, using: &draws)
                if turn.isMultiple(of: 3) {
                    bytes.remove(at: place)
                } else {
                    bytes[place] = Array("Aa0-_.".utf8).randomElement(using: &draws) ?? 0x41
                }
                let reply = try await join(String(decoding: bytes, as: UTF8.self))
                #expect([403, 409].contains(reply.status))
            }
        }
    }
}

/// Signs ID tokens (ES256) and keeps its keys in a file, as an issuer publishes them.
struct TokenIssuer {
    let name = "https://id.example"
    let file: String
    /// What is in the file.
    let keys: String
    private let kid: String
    private let key = P256.Signing.PrivateKey()

    init(kid: String = "one", use: String = "sig") throws {
        let point = key.publicKey.rawRepresentation
        let (x, y) = (Self.text(point.prefix(32)), Self.text(point.suffix(32)))
        file = FileManager.default.temporaryDirectory.appendingPathComponent("jwks-\(UUID().uuidString).json").path
        // A secret in the set must let nobody sign.
        self.kid = kid
        keys = """
            {"keys": [{"kty": "oct", "kid": "secret", "alg": "HS256", "k": "c2VjcmV0"},
                {"kty": "EC", "crv": "P-256", "kid": "\(kid)", "alg": "ES256", "use": "\(use)", "x": "\(x)", "y": "\(y)"}]}
            """
        try Data(keys.utf8).write(to: URL(fileURLWithPath: file))
    }

    func close() { try? FileManager.default.removeItem(atPath: file) }

    func token(
        subject: String, audience: some Encodable, expires: Double, issuer: String? = nil, algorithm: String = "ES256",
        made: Double? = nil, type: String = "JWT", head more: String = "", claims extra: String = ""
    ) throws -> String {
        let aud = String(decoding: try JSONEncoder().encode([audience]), as: UTF8.self).dropFirst().dropLast()
        let head = Self.text(Data(#"{"alg":"\#(algorithm)","kid":"\#(kid)","typ":"\#(type)"\#(more)}"#.utf8))
        let claims = Self.text(
            Data(
                #"{"iss":"\#(issuer ?? name)","sub":"\#(subject)","aud":\#(aud),"exp":\#(expires),"iat":\#(made ?? expires - 600)\#(extra)}"#
                    .utf8))
        let signed = "\(head).\(claims)"
        return "\(signed).\(Self.text(try key.signature(for: Data(signed.utf8)).rawRepresentation))"
    }

    /// The same token with another signature that holds as well: s becomes the order of the group less s.
    static func rewritten(_ token: String) throws -> String {
        var parts = token.split(separator: ".").map(String.init)
        var text = parts[2].replacing("-", with: "+").replacing("_", with: "/")
        text += String(repeating: "=", count: (4 - text.count % 4) % 4)
        var bytes = [UInt8](try #require(Data(base64Encoded: text)))
        let order: [UInt8] = [
            0xFF, 0xFF, 0xFF, 0xFF, 0x00, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
            0xBC, 0xE6, 0xFA, 0xAD, 0xA7, 0x17, 0x9E, 0x84, 0xF3, 0xB9, 0xCA, 0xC2, 0xFC, 0x63, 0x25, 0x51,
        ]
        var borrow = 0
        for place in order.indices.reversed() {
            let difference = Int(order[place]) - Int(bytes[32 + place]) - borrow
            borrow = difference < 0 ? 1 : 0
            bytes[32 + place] = UInt8(truncatingIfNeeded: difference)
        }
        parts[2] = Self.text(bytes)
        #expect(parts.joined(separator: ".") != token)
        return parts.joined(separator: ".")
    }

    private static func text(_ bytes: some DataProtocol) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
