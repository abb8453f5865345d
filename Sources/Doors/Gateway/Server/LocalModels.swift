import Foundation
import Logging
import Models
import NIOCore

/// The local runtime as the gateway uses it: started in the background, reachable as upstreams.
final class LocalModels: Sendable {
    /// One upstream a model, each on its loopback port.
    let upstreams: [Upstream]
    private let runtime: LocalRuntime
    private let starting: Task<Void, Never>

    /// Starts the models that `models` names and returns once their ports are known; loading goes on meanwhile.
    ///
    /// - Throws: ``GatewayStartFailure`` if set-up is missing something.
    init(home: String, name: String, models: [String], logger: Logger) async throws {
        let kinds = Dictionary(
            models.compactMap { model in LocalModelKind(model: model).map { ($0, model) } },
            uniquingKeysWith: { first, _ in first })
        if let stranger = models.first(where: { LocalModelKind(model: $0) == nil }) {
            throw GatewayStartFailure(
                "the local runtime has no model named \(stranger): it has smollm2 and all-minilm-l6-v2. Name another "
                    + "server as an upstream of its own to use its models")
        }
        let runtime = LocalRuntime(home: URL(fileURLWithPath: home), kinds: Set(kinds.keys), log: logger)
        self.runtime = runtime
        let outcome = Outcome()
        starting = Task {
            do throws(LocalRuntimeError) {
                try await runtime.start()
            } catch {
                await outcome.failed(error.description)
                logger.error("the local models did not start", metadata: ["reason": "\(error.description)"])
            }
        }
        // Ports are chosen before anything is loaded, so this takes milliseconds.
        var found: [Upstream] = []
        for (kind, model) in kinds.sorted(by: { $0.value < $1.value }) {
            while true {
                if let reason = await outcome.reason { throw GatewayStartFailure(reason) }
                if let endpoint = await runtime.endpoint(kind) {
                    found.append(Self.upstream(kind, model, name: name, endpoint: endpoint))
                    break
                }
                try await Task.sleep(for: .milliseconds(2))
            }
        }
        upstreams = found
    }

    private static func upstream(
        _ kind: LocalModelKind, _ model: String, name: String, endpoint: (host: String, port: Int)
    ) -> Upstream {
        Upstream(
            name: kind == .chat ? name : "\(name)-embeddings", dialect: .openAI,
            address: UpstreamAddress(host: endpoint.host, port: endpoint.port, path: "/v1"),
            // llama.cpp speaks Anthropic's Messages API itself.
            alsoSpeaksMessages: true, models: [model],
            // While the model loads, connections are refused or answered with 503. Ten tries bridge about fifteen
            // seconds: a message that comes too early waits instead of failing.
            timeouts: .init(connect: .seconds(5), firstByte: .seconds(300), idle: .seconds(120)),
            maximumConnections: 64, retries: 10)
    }

    func readiness() async -> Readiness.Part {
        let states = await runtime.state
        let note = states.sorted { $0.key.rawValue < $1.key.rawValue }
            .map { "\($0.key.rawValue): \($0.value)" }.joined(separator: ", ")
        return Readiness.Part(name: "local models", ready: states.values.allSatisfy { $0 == .ready }, note: note)
    }

    func stop() async {
        starting.cancel()
        await runtime.stop()
    }

    private actor Outcome {
        private(set) var reason: String?

        func failed(_ reason: String) {
            self.reason = reason
        }
    }
}

extension LocalModelKind {
    /// The kind that the public name of a local model stands for.
    init?(model: String) {
        switch model {
        case "smollm2", "smollm2-135m-instruct": self = .chat
        case "all-minilm-l6-v2": self = .embedding
        default: return nil
        }
    }
}
