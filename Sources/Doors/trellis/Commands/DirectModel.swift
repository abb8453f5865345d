import Foundation
import Gateway
import Logging
import Models
import NIOPosix

/// A model that a command asks itself, as for drafting or judging: at an address of its own, at a configured upstream, or
/// on this machine.
///
/// It is asked directly and not through a gateway, whose charter would find its way into the words.
struct DirectModel {
    let model: UpstreamChatModel
    let name: String
    /// Where it is asked, without anything secret.
    let address: String
    private let runtime: LocalRuntime?

    /// A model at an address.
    init(_ name: String, at url: String, keyEnv: String?) throws {
        let environment = ProcessInfo.processInfo.environment
        let address: UpstreamAddress
        do { address = try UpstreamAddress(url) } catch {
            throw CommandFailure(.negative, "--url \(WrappedText.plain(url)): \(error.description).")
        }
        var credential: Credential?
        if let keyEnv {
            guard let key = environment[keyEnv], !key.isEmpty else {
                throw CommandFailure(.configuration, "the environment variable \(keyEnv) is not set.")
            }
            credential = Credential(key)
        }
        self.name = name
        self.address = "\(address)"
        model = try UpstreamChatModel.single(
            name: name, address: address, credential: credential, environment: environment, embeddingModel: nil)
        runtime = nil
    }

    /// A model that the configuration knows.
    init(_ name: String, of settings: Settings) async throws {
        self.name = name
        let remote = settings.gateway.upstreams.compactMap { upstream -> Upstream? in
            if case .remote(let remote) = upstream { remote } else { nil }
        }
        if let route = ModelRoutes(remote).route(name) {
            address = "\(ModelRoutes(remote).upstreams[route.index].address)"
            let client = try UpstreamClient(
                routes: ModelRoutes(remote), group: MultiThreadedEventLoopGroup.singleton,
                proxies: ProxyEnvironment(ProcessInfo.processInfo.environment),
                logger: Logger(label: "trellis.models"))
            model = UpstreamChatModel(client, embeddingModel: nil)
            runtime = nil
            return
        }
        guard settings.gateway.upstreams.contains(where: { $0.isLocal && $0.models.contains(name) }) else {
            let known = settings.gateway.upstreams.flatMap(\.models).joined(separator: ", ")
            throw CommandFailure(
                .configuration,
                "no upstream of the configuration has the model \(WrappedText.plain(name)). It has: \(known). Name its address with --url, or add it to trellis.yaml."
            )
        }
        var log = Logger(label: "trellis.models")
        log.logLevel = .warning
        let runtime = LocalRuntime(
            home: URL(fileURLWithPath: settings.gateway.home), kinds: [.chat], log: log)
        do throws(LocalRuntimeError) { try await runtime.start() } catch {
            throw CommandFailure(.failed, error.description)
        }
        guard let endpoint = await runtime.endpoint(.chat) else {
            await runtime.stop()
            throw CommandFailure(.failed, "the local model didn't start. `trellis doctor` looks into it.")
        }
        self.runtime = runtime
        address = "this machine"
        model = try UpstreamChatModel.single(
            name: "local", address: UpstreamAddress(host: endpoint.host, port: endpoint.port, path: "/v1"),
            credential: nil, environment: [:], embeddingModel: nil)
    }

    /// Stops what was started.
    func stop() async { await runtime?.stop() }
}
