import Foundation
import Logging
import Models
import NIOCore
import NIOHTTP1
import NIOPosix

/// A running Trellis, as the command line talks to it: the models' API and Trellis's own.
struct TrellisClient: Sendable {
    /// Where it listens.
    let address: UpstreamAddress
    /// Its models.
    let model: UpstreamChatModel
    private let client: UpstreamClient

    /// The place of Trellis's own API among the client's routes; the models' API is at 0.
    private static let ownAPI = 1

    /// A client for a base address such as `http://127.0.0.1:8080`.
    /// - Throws: ``CommandFailure`` when the address can't be read.
    init(url: String, key: String?, environment: [String: String] = ProcessInfo.processInfo.environment) throws {
        do { address = try UpstreamAddress(url) } catch {
            throw CommandFailure(.negative, "--url \(url): \(error.description).")
        }
        let credential = key.map { Credential($0) }
        let models = UpstreamAddress(
            usesTLS: address.usesTLS, host: address.host, port: address.port, path: address.path + "/v1")
        let routes = ModelRoutes([
            Upstream(
                name: "Trellis", address: models, credential: credential,
                timeouts: .init(firstByte: .seconds(600), idle: .seconds(300)), retries: 0),
            Upstream(name: "Trellis", address: address, credential: credential, retries: 0),
        ])
        client = try UpstreamClient(
            routes: routes, group: MultiThreadedEventLoopGroup.singleton, proxies: ProxyEnvironment(environment),
            logger: Logger(label: "trellis.client"))
        model = UpstreamChatModel(client)
    }

    /// An answer of Trellis's own API.
    struct Answer: Sendable {
        let status: Int
        let body: Data

        /// The message of an error answer, in any of the three shapes that Trellis gives; nil when there is none.
        var problem: String? {
            struct Problem: Decodable {
                struct Inner: Decodable { let message: String? }
                let detail: String?
                let error: Inner?
            }
            let read = try? JSONDecoder().decode(Problem.self, from: body)
            return read?.detail ?? read?.error?.message
        }
    }

    /// What a path answers.
    /// - Throws: ``UpstreamFailure`` when it can't be reached.
    func get(_ path: String) async throws -> Answer {
        let reply = try await client.send(UpstreamRequest(method: .GET, path: path), to: Self.ownAPI)
        let body = try await reply.collected(upTo: 16 << 20)
        return Answer(status: Int(reply.head.status.code), body: Data(body.readableBytesView))
    }

    /// What a path of Trellis's own API answers on behalf of a person.
    ///
    /// - Parameter allows: statuses from 300 up that are answers all the same.
    /// - Throws: ``CommandFailure`` with what the server said.
    func own(
        _ method: HTTPMethod, _ path: String, person: String, allows: [Int] = [], body: Data? = nil,
        type: String = "application/json"
    ) async throws -> Answer {
        var request = UpstreamRequest(method: method, path: path, headers: ["Trellis-Person": person])
        if let body {
            request.headers.add(name: "Content-Type", value: type)
            request.body = ByteBuffer(bytes: body)
        }
        let answer = try await answer(to: request)
        guard (200..<300).contains(answer.status) || allows.contains(answer.status) else {
            throw CommandFailure(answer.status == 404 ? .negative : .failed, Self.words(for: answer, at: address))
        }
        return answer
    }

    /// What Trellis's own API answers to a request, whatever the status.
    /// - Throws: ``CommandFailure`` when it can't be reached.
    func answer(to request: UpstreamRequest) async throws -> Answer {
        do {
            let reply = try await client.send(request, to: Self.ownAPI)
            let body = try await reply.collected(upTo: 16 << 20)
            return Answer(status: Int(reply.head.status.code), body: Data(body.readableBytesView))
        } catch let failure as UpstreamFailure {
            throw CommandFailure(.unreachable, Self.words(for: failure, at: address))
        }
    }

    /// The decoded answer of a path.
    /// - Throws: ``CommandFailure`` with what the server said.
    func get<Value: Decodable>(_ path: String, as type: Value.Type) async throws -> Value {
        let answer: Answer
        do { answer = try await get(path) } catch let failure as UpstreamFailure {
            throw CommandFailure(.unreachable, Self.words(for: failure, at: address))
        }
        guard answer.status == 200 else {
            throw CommandFailure(answer.status == 404 ? .negative : .failed, Self.words(for: answer, at: address))
        }
        do { return try JSONDecoder().decode(type, from: answer.body) } catch {
            throw CommandFailure(
                .failed, "\(address)\(path) did not answer as Trellis does. Is it another program, or another version?")
        }
    }

    /// True when a Trellis answers there.
    func isThere() async -> Bool {
        struct Health: Decodable { let status: String }
        guard let answer = try? await get("/healthz"), answer.status == 200 else { return false }
        return (try? JSONDecoder().decode(Health.self, from: answer.body)) != nil
    }

    /// The models that may be asked for.
    func models() async throws -> [String] {
        struct Page: Decodable {
            struct Entry: Decodable { let id: String }
            let data: [Entry]
        }
        return try await get("/v1/models", as: Page.self).data.map(\.id)
    }

    private static func words(for failure: UpstreamFailure, at address: UpstreamAddress) -> String {
        switch failure.kind {
        case .cannotConnect, .connectTimeout:
            "no Trellis answers at \(address). Start one with `trellis serve`, or name another with --url."
        default: failure.description
        }
    }

    static func words(for answer: Answer, at address: UpstreamAddress) -> String {
        let message = answer.problem ?? "\(address) answered with status \(answer.status)."
        guard answer.status == 401 else { return message }
        return message + " Put the key into TRELLIS_KEY, or name the variable that holds it with --key-env."
    }
}

extension UpstreamChatModel {
    /// A model at one address.
    static func single(
        name: String, address: UpstreamAddress, credential: Credential?, environment: [String: String],
        embeddingModel: String?
    ) throws -> UpstreamChatModel {
        let routes = ModelRoutes([
            Upstream(
                name: name, address: address, credential: credential,
                timeouts: .init(firstByte: .seconds(600), idle: .seconds(300)), retries: 0)
        ])
        let client = try UpstreamClient(
            routes: routes, group: MultiThreadedEventLoopGroup.singleton, proxies: ProxyEnvironment(environment),
            logger: Logger(label: "trellis.client"))
        return UpstreamChatModel(client, embeddingModel: embeddingModel)
    }
}
