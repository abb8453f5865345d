import Foundation
import Gateway
import Logging
import ServiceLifecycle

/// A gateway inside this process, for the length of a conversation.
struct OwnGateway: Sendable {
    /// The port that it listens on.
    let port: Int
    private let group: ServiceGroup
    private let serving: Task<Void, any Error>

    /// Starts a gateway and waits until its models can answer.
    /// - Throws: ``CommandFailure`` with what to do when it can't be started.
    init(settings: GatewaySettings, log: Logger) async throws {
        let server: GatewayServer
        do {
            server = try await GatewayServer(
                settings: settings, environment: ProcessInfo.processInfo.environment, logger: log)
        } catch {
            throw CommandFailure(.configuration, "\(error)")
        }
        let (ports, listening) = AsyncStream<Int>.makeStream()
        let group = ServiceGroup(
            services: [Serving(server: server, listening: listening)],
            logger: Logger(label: "trellis") { _ in SwiftLogNoOpLogHandler() })
        self.group = group
        serving = Task {
            defer { listening.finish() }
            try await group.run()
        }
        var found: Int?
        for await port in ports {
            found = port
            break
        }
        guard let found else {
            do { try await serving.value } catch { throw CommandFailure(.failed, "\(error)") }
            throw CommandFailure(.failed, "the gateway stopped before it listened.")
        }
        port = found
        try await waitUntilReady()
    }

    private func waitUntilReady() async throws {
        let trellis = try TrellisClient(url: "http://127.0.0.1:\(port)", key: nil)
        var said = "it did not say why"
        // Loading the local model takes about five seconds, on a slow disk a minute.
        for _ in 0..<1200 {
            if let answer = try? await trellis.get("/readyz") {
                if answer.status == 200 { return }
                said = Self.notReady(answer.body) ?? said
            }
            try await Task.sleep(for: .milliseconds(100))
        }
        await stop()
        throw CommandFailure(
            .failed, "the gateway was not ready within two minutes: \(said). `trellis doctor` looks into it.")
    }

    private static func notReady(_ body: Data) -> String? {
        struct Report: Decodable {
            struct Part: Decodable {
                let name: String
                let ready: Bool
                let note: String
            }
            let parts: [Part]
        }
        let report = try? JSONDecoder().decode(Report.self, from: body)
        return report?.parts.first { !$0.ready }.map { "\($0.name): \($0.note)" }
    }

    /// Stops the gateway and its models, as SIGTERM would stop `trellis serve`.
    func stop() async {
        await group.triggerGracefulShutdown()
        _ = await serving.result
    }

    /// The gateway as a service of a group, so that it can be told to stop from here.
    private struct Serving: Service {
        let server: GatewayServer
        let listening: AsyncStream<Int>.Continuation

        func run() async throws {
            // Ctrl-C belongs to the conversation: it stops a reply, not the gateway.
            try await server.run(stopsOnSignals: false) { port in listening.yield(port) }
        }
    }
}
