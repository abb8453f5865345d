import Foundation
import NIOHTTP1
import Testing

@testable import Gateway

/// A conversation in a running gateway, with one participant.
struct RunningConversation: Sendable {
    let gateway: RunningGateway
    let path: String
    let moderator: String
    let secret: String

    init(_ gateway: RunningGateway, _ more: String = "") async throws {
        self.gateway = gateway
        let opened = try await gateway.post(
            "/trellis/v1/conversations",
            #"{"topic":"Our square","joining":["invitation","proof-of-work"],"proofBits":12,"statements":["Open on Sundays.","No cars."]\#(more)}"#
        ).json()
        let id = try #require((opened["conversation"] as? [String: Any])?["id"] as? String)
        path = "/trellis/v1/conversations/\(id)"
        moderator = try #require(opened["moderator"] as? String)
        let code = try await Self.code(gateway, path, moderator)
        let joined = try await gateway.post(path + "/participants", #"{"invitation":"\#(code)"}"#).json()
        secret = try #require(joined["secret"] as? String)
    }

    static func code(_ gateway: RunningGateway, _ path: String, _ moderator: String) async throws -> String {
        let invited = try await gateway.post(
            path + "/invitations", #"{"count":1}"#, headers: ["Trellis-Moderator": moderator]
        ).json()
        return try #require((invited["invitations"] as? [String])?.first)
    }

    /// As the participant.
    func send(_ method: HTTPMethod, _ more: String, _ body: String? = nil) async throws -> RunningGateway.Reply {
        try await gateway.send(method, path + more, body, headers: ["Trellis-Participant": secret])
    }

    /// As the moderator.
    func moderate(_ method: HTTPMethod, _ more: String, _ body: String? = nil) async throws -> RunningGateway.Reply {
        try await gateway.send(method, path + more, body, headers: ["Trellis-Moderator": moderator])
    }

    // MARK: For the description

    /// What a route takes, by its path in the description.
    func request(_ method: String, _ described: String) async throws -> (path: String, body: String?) {
        let root = "/trellis/v1/conversations"
        let more = described.replacingOccurrences(of: "\(root)/{conversation}", with: "")
        let concrete =
            described == root
            ? root
            : path
                + more.replacingOccurrences(of: "{statement}", with: "1")
                .replacingOccurrences(of: "{file}", with: "votes.csv")
        let body: String? =
            switch (method, more) {
            case ("POST", root): #"{"topic": "Another"}"#
            case ("PATCH", ""): #"{"strict": true}"#
            case ("POST", "/invitations"): #"{"count": 2}"#
            case ("POST", "/invitations/revocations"): "{}"
            case ("POST", "/participants"): #"{"invitation": "\#(try await Self.code(gateway, path, moderator))"}"#
            case ("POST", "/statements"): #"{"words": "More trees."}"#
            case ("POST", "/statements/{statement}/decisions"): #"{"standing": "rejected", "reason": "Off topic."}"#
            case ("POST", "/votes"): #"{"statement": 0, "stance": "agree"}"#
            default: nil
            }
        return (concrete, body)
    }

    /// Who asks for it.
    func headers(for described: String) -> HTTPHeaders {
        let isModerators = [
            "/{conversation}", "/invitations", "/revocations", "/queue", "/decisions", "/export/{file}",
            "/signals",
        ]
        .contains { described.hasSuffix($0) }
        return isModerators ? ["Trellis-Moderator": moderator] : ["Trellis-Participant": secret]
    }
}
