import NIOHTTP1
import Testing

@testable import Gateway

@Suite("What the API tells of a conversation's votes")
struct LandscapeRoutesTests {
    @Test("the landscape doesn't tell what one voter holds, and says so")
    func oneVoter() async throws {
        try await withGateway { gateway in
            let hall = try await RunningConversation(gateway)
            for body in [#"{"statement":0,"stance":"agree"}"#, #"{"statement":1,"stance":"disagree"}"#] {
                #expect(try await hall.send(.POST, "/votes", body).status == 200)
            }
            let landscape = try await gateway.send(.GET, hall.path + "/landscape").json()
            #expect(landscape["votes"] as? Int == 2)
            for list in ["agreed", "refused", "divisive", "groups"] {
                #expect((landscape[list] as? [Any])?.isEmpty == true, "\(list)")
            }
            #expect((landscape["untold"] as? String)?.contains("fewer than 5") == true)
        }
    }

    @Test("everybody sees the landscape in steps of five people, moderators see it live, and it says which it is")
    func steps() async throws {
        try await withGateway { gateway in
            let hall = try await RunningConversation(gateway)
            let first = try await gateway.send(.GET, hall.path + "/landscape")
            #expect(try first.json()["renewedAfter"] as? Int == 5 && first.json()["asOf"] is Int)
            #expect(try first.json()["verdict"] as? String == "too-few-votes")
            #expect(try await hall.send(.POST, "/votes", #"{"statement":0,"stance":"agree"}"#).status == 200)
            let second = try await gateway.send(.GET, hall.path + "/landscape?whole=true")
            #expect(second.body == first.body)
            let live = try await hall.moderate(.GET, "/landscape").json()
            #expect(live["renewedAfter"] as? Int == 0 && live["votes"] as? Int == 1)
            let stranger = try await gateway.send(
                .GET, hall.path + "/landscape",
                headers: ["Trellis-Moderator": "tmd_" + String(repeating: "0", count: 26)])
            #expect(stranger.status == 403)
            for _ in 0..<4 {
                let code = try await RunningConversation.code(gateway, hall.path, hall.moderator)
                let joined = try await gateway.post(hall.path + "/participants", #"{"invitation":"\#(code)"}"#).json()
                let secret = try #require(joined["secret"] as? String)
                #expect(try await gateway.send(.GET, hall.path + "/landscape").body == first.body)
                let vote = try await gateway.send(
                    .POST, hall.path + "/votes", #"{"statement":0,"stance":"agree"}"#,
                    headers: ["Trellis-Participant": secret])
                #expect(vote.status == 200)
            }
            let renewed = try await gateway.send(.GET, hall.path + "/landscape").json()
            #expect(renewed["people"] as? Int == 5 && renewed["event"] as? Int == 5)
            let agreed = try #require(renewed["agreed"] as? [[String: Any]])
            #expect(agreed.compactMap { ($0["statement"] as? [String: Any])?["number"] as? Int } == [0])
        }
    }

    @Test("signs of manipulation are for moderators alone")
    func signals() async throws {
        try await withGateway { gateway in
            let hall = try await RunningConversation(gateway)
            #expect(try await hall.send(.POST, "/votes", #"{"statement":0,"stance":"agree"}"#).status == 200)
            let seen = try await hall.moderate(.GET, "/signals")
            #expect(seen.status == 200)
            #expect(try seen.json()["event"] as? Int == 1 && seen.json()["signs"] is [Any])
            #expect((try seen.json()["errorRates"] as? [Any])?.count == 4)
            for reply in [
                try await gateway.send(.GET, hall.path + "/signals"), try await hall.send(.GET, "/signals"),
            ] {
                #expect(reply.status == 403)
                #expect(try (reply.json()["detail"] as? String)?.contains("tmd_") == true)
            }
        }
    }
}
