import Deliberation
import Foundation
import Models
import NIOCore
import NIOHTTP1

/// One conversation on a running Trellis, as somebody who takes part talks to it.
struct ConversationClient: Sendable {
    let trellis: TrellisClient
    let id: ConversationID
    /// By what the person is known there; nil before they joined.
    var secret: ConversationSecret?

    /// Statuses that say that what was asked for can't be had, and not that something broke.
    private static let refusals = [400, 403, 404, 409]

    /// The conversation as it stands.
    func conversation() async throws -> SeenConversation { try await ask(.GET, "") }

    /// The statement to vote on next.
    func next() async throws -> SeenConversation.Next { try await ask(.GET, "/next") }

    /// The statements that people see.
    func statements() async throws -> [SeenConversation.Statement] {
        try await ask(.GET, "/statements", as: SeenConversation.Statements.self).statements
    }

    /// All that is held of the person.
    func ownPart() async throws -> SeenConversation.OwnPart { try await ask(.GET, "/participants/me") }

    /// Casts a vote.
    func vote(_ stance: VotedStance, on statement: Int, importance: Double?) async throws -> SeenConversation.Vote {
        struct Sent: Encodable {
            let statement: Int
            let stance: String
            let importance: Double?
        }
        return try await ask(
            .POST, "/votes", Sent(statement: statement, stance: stance.rawValue, importance: importance))
    }

    /// Writes a statement.
    func say(_ words: String, language: String?) async throws -> SeenConversation.Written {
        struct Sent: Encodable {
            let words: String
            let language: String?
        }
        return try await ask(.POST, "/statements", Sent(words: words, language: language))
    }

    /// Takes the person out.
    func leave() async throws { _ = try await answer(.DELETE, "/participants/me", nil) }

    // MARK: Joining

    /// What to work on before joining without an invitation.
    func challenge() async throws -> SeenConversation.Challenge { try await ask(.POST, "/challenges") }

    /// Joins with what shows that one may.
    func join(_ pass: [String: String]) async throws -> (participant: Int64, secret: ConversationSecret) {
        let joined = try await ask(.POST, "/participants", pass, as: SeenConversation.Joined.self)
        guard let secret = ConversationSecret(joined.secret, .participant) else { throw unreadable }
        return (joined.participant, secret)
    }

    // MARK: Underneath

    private func ask<Answer: Decodable>(
        _ method: HTTPMethod, _ path: String, _ body: (any Encodable)? = nil, as type: Answer.Type = Answer.self
    ) async throws -> Answer {
        let bytes = try await answer(method, path, body).body
        do { return try JSONDecoder().decode(type, from: bytes) } catch { throw unreadable }
    }

    private func answer(
        _ method: HTTPMethod, _ path: String, _ body: (any Encodable)?
    ) async throws -> TrellisClient.Answer {
        var request = UpstreamRequest(method: method, path: "/trellis/v1/conversations/\(id)\(path)")
        if let secret { request.headers.add(name: "Trellis-Participant", value: secret.reveal()) }
        if let body {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = ByteBuffer(bytes: try JSONEncoder().encode(body))
        }
        let answer = try await trellis.answer(to: request)
        guard (200..<300).contains(answer.status) else {
            throw CommandFailure(
                Self.refusals.contains(answer.status) ? .negative : .failed,
                WrittenLines.plain(TrellisClient.words(for: answer, at: trellis.address)))
        }
        return answer
    }

    private var unreadable: CommandFailure {
        CommandFailure(
            .failed,
            "\(trellis.address) did not answer as Trellis does. Is it another program, or another version?")
    }
}
