import Foundation
import NIOCore
import NIOFoundationCompat
import NIOHTTP1

/// What a moderation endpoint says of one text.
public struct ModerationVerdict: Hashable, Sendable {
    /// Whether anything was wrong with it; nil when the server didn't say.
    public var flagged: Bool?
    /// The categories that were found; nil when the server gave no verdicts by category.
    public var categories: Set<String>?
    /// A score from 0 to 1 by category; nil when the server gave none.
    public var scores: [String: Double]?

    /// A verdict.
    public init(flagged: Bool? = nil, categories: Set<String>? = nil, scores: [String: Double]? = nil) {
        self.flagged = flagged
        self.categories = categories
        self.scores = scores
    }
}

/// Asks a model behind OpenAI's moderation endpoint, `POST /v1/moderations`, or a server that copies it.
public struct ModerationModel: Sendable {
    private let client: UpstreamClient
    private let model: String

    /// The model of that name, at the upstream that serves it in `client`'s routes.
    public init(_ client: UpstreamClient, model: String) {
        self.client = client
        self.model = model
    }

    /// The verdict on a text.
    ///
    /// - Throws: ``UpstreamFailure``, or ``ChatRefusal`` if the server answered with an error.
    public func verdict(on text: String) async throws -> ModerationVerdict {
        guard let route = client.routes.route(model) else {
            throw ChatRefusal(status: 404, message: "No upstream serves the model “\(model)”.")
        }
        let body = try JSONEncoder().encode(["model": route.model, "input": text])
        let reply = try await client.send(
            UpstreamRequest(
                path: "/moderations", headers: ["content-type": "application/json"], body: ByteBuffer(bytes: body)),
            to: route.index)
        let whole = try await reply.collected(upTo: 1 << 20)
        guard reply.head.status.code < 300 else {
            throw ChatRefusal(status: Int(reply.head.status.code), message: "The server answered \(reply.head.status)")
        }
        guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(buffer: whole)),
            let result = answer.results.first
        else { throw UpstreamFailure(.malformedReply, upstream: client.routes.upstreams[route.index].name) }
        return ModerationVerdict(
            flagged: result.flagged,
            categories: result.categories.map { Set($0.filter { $0.value == true }.keys) },
            scores: result.categoryScores.map { $0.compactMapValues { $0 } })
    }

    private struct Answer: Decodable {
        struct Result: Decodable {
            let flagged: Bool?
            let categories: [String: Bool?]?
            let categoryScores: [String: Double?]?

            private enum CodingKeys: String, CodingKey {
                case flagged, categories
                case categoryScores = "category_scores"
            }
        }
        let results: [Result]
    }
}
