import Foundation
import NIOCore
import NIOFoundationCompat
import NIOHTTP1

/// A ``ChatModel`` and ``Embedder`` over an ``UpstreamClient``: speaks the dialect of whichever upstream serves the
/// model that a request names.
public struct UpstreamChatModel: ChatModel, Embedder {
    private let client: UpstreamClient
    private let embeddingModel: String?

    /// A model over `client`. `embeddingModel`: which model ``embed(_:)`` asks.
    public init(_ client: UpstreamClient, embeddingModel: String? = nil) {
        self.client = client
        self.embeddingModel = embeddingModel
    }

    /// See ``ChatModel/reply(to:)``.
    public func reply(to request: ChatRequest) async throws -> ChatReply {
        do {
            return try await onceAsked(request)
        } catch let refusal as ChatRefusal where request.form != nil && [400, 404, 422, 501].contains(refusal.status) {
            var plain = request
            plain.form = nil
            return try await onceAsked(plain)
        }
    }

    private func onceAsked(_ request: ChatRequest) async throws -> ChatReply {
        let (index, dialect, upstreamRequest) = try prepared(request, streams: false)
        let reply = try await client.send(upstreamRequest, to: index)
        let body = try await checked(reply)
        let receipt = reply.head.headers.first(name: "trellis-receipt")
        let malformed = UpstreamFailure(.malformedReply, upstream: client.routes.upstreams[index].name)
        switch dialect {
        case .openAI:
            guard let whole = try? Self.decoder.decode(OpenAIReply.self, from: body),
                let choice = whole.choices.first
            else { throw malformed }
            return ChatReply(
                content: choice.message?.content ?? "",
                finishReason: choice.message?.refusal?.isEmpty == false ? "refusal" : choice.finishReason,
                inputTokens: Self.believed(whole.usage?.promptTokens),
                outputTokens: Self.believed(whole.usage?.completionTokens), receipt: receipt)
        case .anthropic:
            guard let whole = try? Self.decoder.decode(AnthropicReply.self, from: body) else { throw malformed }
            return ChatReply(
                content: whole.content.compactMap(\.text).joined(), finishReason: whole.stopReason,
                inputTokens: Self.believed(whole.usage?.inputTokens),
                outputTokens: Self.believed(whole.usage?.outputTokens), receipt: receipt)
        }
    }

    /// A count of tokens as far as it can be one: what is below 0 or above 10^9 is no count.
    private static func believed(_ count: Int?) -> Int? {
        count.flatMap { (0...1_000_000_000).contains($0) ? $0 : nil }
    }

    /// See ``ChatModel/stream(_:)``.
    public func stream(_ request: ChatRequest) -> AsyncThrowingStream<ChatDelta, any Error> {
        AsyncThrowingStream { continuation in
            let task = Task {
                do {
                    try await stream(request) { continuation.yield($0) }
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }

    private func stream(_ request: ChatRequest, _ hand: (ChatDelta) -> Void) async throws {
        let (index, dialect, upstreamRequest) = try prepared(request, streams: true)
        let reply = try await client.send(upstreamRequest, to: index)
        guard reply.head.status.code < 400 else {
            _ = try await checked(reply)
            return
        }
        hand(.begins(receipt: reply.head.headers.first(name: "trellis-receipt")))
        var finishReason: String?
        var lines = EventLines()
        for try await piece in reply.body {
            for payload in lines.take(piece) where payload != "[DONE]" {
                let data = Data(payload.utf8)
                if let failure = try? Self.decoder.decode(ErrorReply.self, from: data) {
                    throw ChatRefusal(status: 500, message: failure.error.message)
                }
                if let step = (try? Self.decoder.decode(ProgressEvent.self, from: data))?.trellis.progress {
                    hand(.progress(step))
                    continue
                }
                switch dialect {
                case .openAI:
                    guard let choice = try? Self.decoder.decode(OpenAIReply.self, from: data).choices.first else {
                        continue
                    }
                    if let words = choice.delta?.content, !words.isEmpty { hand(.words(words)) }
                    finishReason = choice.finishReason ?? finishReason
                case .anthropic:
                    guard let event = try? Self.decoder.decode(AnthropicEvent.self, from: data) else { continue }
                    if let words = event.delta?.text, !words.isEmpty { hand(.words(words)) }
                    finishReason = event.delta?.stopReason ?? finishReason
                }
            }
        }
        // A body that is given up ends like one that is whole.
        try Task.checkCancellation()
        hand(.ends(finishReason: finishReason))
    }

    /// See ``Embedder/embed(_:)``.
    public func embed(_ texts: [String]) async throws -> [[Float]] {
        guard !texts.isEmpty else { return [] }
        let model = embeddingModel ?? client.routes.exactModels.first?.model ?? ""
        let (index, name) = try route(model)
        let body = try Self.encoder.encode(EmbeddingRequest(model: name, input: texts))
        let reply = try await client.send(
            UpstreamRequest(path: "/embeddings", headers: Self.headers, body: ByteBuffer(bytes: body)), to: index)
        let whole = try await checked(reply)
        guard let decoded = try? Self.decoder.decode(EmbeddingReply.self, from: whole),
            decoded.data.count == texts.count
        else { throw UpstreamFailure(.malformedReply, upstream: client.routes.upstreams[index].name) }
        return decoded.data.sorted { $0.index < $1.index }.map(\.embedding)
    }

    // MARK: Requests

    private static var encoder: JSONEncoder {
        let encoder = JSONEncoder()
        // The same question is the same bytes, so that whoever keeps answers by them knows it again.
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }

    private static var decoder: JSONDecoder { JSONDecoder() }

    private static let headers: HTTPHeaders = ["content-type": "application/json"]

    private func route(_ model: String) throws -> (Int, String) {
        guard let found = client.routes.route(model) else {
            throw ChatRefusal(status: 404, message: "No upstream serves the model “\(model)”.")
        }
        return (found.index, found.model)
    }

    private func prepared(
        _ request: ChatRequest, streams: Bool
    ) throws -> (Int, Upstream.Dialect, UpstreamRequest) {
        let (index, name) = try route(request.model)
        let upstream = client.routes.upstreams[index]
        let dialect = upstream.dialect
        var headers = Self.headers
        for (name, value) in request.headers { headers.replaceOrAdd(name: name, value: value) }
        var body = ChatBody(model: name, stream: streams, temperature: request.temperature)
        let path: String
        switch dialect {
        case .openAI:
            path = "/chat/completions"
            body.messages = request.turns
            body.maxTokens = request.maximumTokens
            body.seed = request.seed
        case .anthropic:
            path = "/v1/messages"
            headers.replaceOrAdd(name: "anthropic-version", value: "2023-06-01")
            let system = request.turns.filter { $0.role == .system }.map(\.content).joined(separator: "\n\n")
            body.system = system.isEmpty ? nil : system
            body.messages = request.turns.filter { $0.role != .system }
            body.maxTokens = request.maximumTokens ?? 4_096
        }
        var bytes = try Self.encoder.encode(body)
        if let form = request.form {
            bytes.removeLast()
            // llama.cpp punishes words that stood in the question already, and a form is often filled in with those. Who
            // takes both APIs is llama.cpp or one like it, and leaves alone what it doesn't know.
            let plain = upstream.alsoSpeaksMessages && dialect == .openAI ? #","repeat_penalty":1"# : ""
            bytes.append(contentsOf: (form.member(for: dialect) + plain + "}").utf8)
        }
        return (index, dialect, UpstreamRequest(path: path, headers: headers, body: ByteBuffer(bytes: bytes)))
    }

    private func checked(_ reply: UpstreamReply) async throws -> Data {
        let body = Data(buffer: try await reply.collected())
        guard reply.head.status.code < 400 else {
            let told = (try? Self.decoder.decode(ErrorReply.self, from: body))?.error.message
            throw ChatRefusal(
                status: Int(reply.head.status.code), message: told ?? "The server answered \(reply.head.status)")
        }
        return body
    }
}

/// The `data:` payloads of a server-sent event stream, whole lines only.
struct EventLines {
    private var rest: [UInt8] = []

    mutating func take(_ piece: ByteBuffer) -> [String] {
        rest.append(contentsOf: piece.readableBytesView)
        guard let last = rest.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
        let whole = rest[...last]
        let payloads = whole.split(separator: UInt8(ascii: "\n")).compactMap { line -> String? in
            guard line.starts(with: "data:".utf8) else { return nil }
            return String(decoding: line.dropFirst(5), as: UTF8.self).trimmingCharacters(in: .whitespaces)
        }
        rest.removeSubrange(...last)
        return payloads
    }
}

// MARK: The wire forms, as far as this file needs them

private struct ChatBody: Encodable {
    var model: String
    var stream: Bool
    var temperature: Double?
    var system: String?
    var messages: [ChatTurn] = []
    var maxTokens: Int?
    var seed: UInt64?

    enum CodingKeys: String, CodingKey {
        case model, stream, temperature, system, messages, seed
        case maxTokens = "max_tokens"
    }
}

private struct OpenAIReply: Decodable {
    struct Choice: Decodable {
        struct Message: Decodable {
            let content: String?
            let refusal: String?
        }
        let message: Message?
        let delta: Message?
        let finishReason: String?

        enum CodingKeys: String, CodingKey {
            case message, delta
            case finishReason = "finish_reason"
        }
    }
    struct Usage: Decodable {
        let promptTokens: Int?
        let completionTokens: Int?

        enum CodingKeys: String, CodingKey {
            case promptTokens = "prompt_tokens"
            case completionTokens = "completion_tokens"
        }
    }
    let choices: [Choice]
    let usage: Usage?
}

private struct AnthropicReply: Decodable {
    struct Block: Decodable { let text: String? }
    struct Usage: Decodable {
        let inputTokens: Int?
        let outputTokens: Int?

        enum CodingKeys: String, CodingKey {
            case inputTokens = "input_tokens"
            case outputTokens = "output_tokens"
        }
    }
    let content: [Block]
    let stopReason: String?
    let usage: Usage?

    enum CodingKeys: String, CodingKey {
        case content, usage
        case stopReason = "stop_reason"
    }
}

private struct AnthropicEvent: Decodable {
    struct Delta: Decodable {
        let text: String?
        let stopReason: String?

        enum CodingKeys: String, CodingKey {
            case text
            case stopReason = "stop_reason"
        }
    }
    let delta: Delta?
}

/// What a Trellis tells beside the words of either dialect.
private struct ProgressEvent: Decodable {
    struct Told: Decodable { let progress: String }
    let trellis: Told
}

private struct ErrorReply: Decodable {
    struct Inner: Decodable { let message: String }
    let error: Inner
}

private struct EmbeddingRequest: Encodable {
    let model: String
    let input: [String]
}

private struct EmbeddingReply: Decodable {
    struct Row: Decodable {
        let index: Int
        let embedding: [Float]
    }
    let data: [Row]
}
