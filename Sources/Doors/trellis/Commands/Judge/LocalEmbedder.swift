import Foundation
import Logging
import Models

/// The local embedder for the time of one command.
struct LocalEmbedder {
    let model: UpstreamChatModel
    private let runtime: LocalRuntime

    /// Starts it.
    ///
    /// - Throws: ``CommandFailure`` when set-up is missing something, or it doesn't come up.
    init(home: String) async throws {
        var log = Logger(label: "trellis.judging")
        log.logLevel = .warning
        let runtime = LocalRuntime(home: URL(fileURLWithPath: home), kinds: [.embedding], log: log)
        do throws(LocalRuntimeError) { try await runtime.start() } catch {
            throw CommandFailure(.failed, error.description)
        }
        guard let endpoint = await runtime.endpoint(.embedding) else {
            await runtime.stop()
            throw CommandFailure(.failed, "the local embedder didn't start. `trellis doctor` looks into it.")
        }
        self.runtime = runtime
        model = try UpstreamChatModel.single(
            name: "local", address: UpstreamAddress(host: endpoint.host, port: endpoint.port, path: "/v1"),
            credential: nil, environment: [:], embeddingModel: LocalModelKind.embedding.modelName)
    }

    /// Stops it.
    func stop() async { await runtime.stop() }
}
