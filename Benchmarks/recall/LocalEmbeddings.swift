import Foundation
import Logging
import Models
import NIOCore
import NIOPosix

/// all-MiniLM-L6-v2 on this machine, as Trellis itself runs it. Started when the first text comes.
actor LocalEmbeddings {
    private let home: URL
    private var model: UpstreamChatModel?
    private var runtime: LocalRuntime?

    init(home: URL) { self.home = home }

    func embed(_ texts: [String]) async throws -> [[Float]] {
        try await started().embed(texts)
    }

    func stop() async { await runtime?.stop() }

    private func started() async throws -> UpstreamChatModel {
        if let model { return model }
        let log = Logger(label: "recall-benchmark") { _ in SwiftLogNoOpLogHandler() }
        let runtime = LocalRuntime(home: home, kinds: [.embedding], log: log)
        try await runtime.start()
        self.runtime = runtime
        guard let (host, port) = await runtime.endpoint(.embedding) else { throw LocalRuntimeError.stopped }
        let name = LocalModelKind.embedding.modelName
        let upstream = Upstream(
            name: "local", address: UpstreamAddress(host: host, port: port, path: "/v1"), models: [name])
        let client = try UpstreamClient(
            routes: ModelRoutes([upstream]), group: MultiThreadedEventLoopGroup.singleton,
            proxies: ProxyEnvironment([:]),
            logger: log)
        let made = UpstreamChatModel(client, embeddingModel: name)
        model = made
        return made
    }
}
