import Foundation
import Logging
import MockUpstream
import Models
import NIOCore
import NIOHTTP1
import NIOPosix
import Store
import Synchronization
import Testing

@testable import Gateway

/// A whole gateway on a free loopback port, in front of a mock upstream, for as long as `body` runs.
func withGateway<Result: Sendable>(
    behaviour: MockUpstream.Behaviour = .init(),
    upstream change: (inout Upstream) -> Void = { _ in },
    settings adjust: (inout GatewaySettings) -> Void = { _ in },
    _ body: @escaping @Sendable (RunningGateway) async throws -> Result
) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("trellis-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await MockUpstream.withRunning(behaviour) { mock in
        var upstream = Upstream(
            name: "mock", address: UpstreamAddress(host: "127.0.0.1", port: mock.port, path: "/v1"),
            timeouts: .init(connect: .seconds(20), firstByte: .seconds(60), idle: .seconds(60)), retries: 0)
        change(&upstream)
        var settings = GatewaySettings()
        settings.listen.port = 0
        settings.dataDirectory = folder.path + "/data"
        settings.development = true
        settings.threads = 2
        settings.upstreams = [.remote(upstream)]
        adjust(&settings)
        return try await RunningGateway.with(settings, mock: mock, body)
    }
}

/// A gateway that runs, its mock upstream, and a client to talk to it.
struct RunningGateway: Sendable {
    let port: Int
    let mock: MockUpstream
    let settings: GatewaySettings
    private let client: UpstreamClient

    static func with<Result: Sendable>(
        _ settings: GatewaySettings, mock: MockUpstream,
        _ body: @escaping @Sendable (RunningGateway) async throws -> Result
    ) async throws -> Result {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let server = try await GatewayServer(settings: settings, environment: [:], logger: logger)
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let result = try await withThrowingTaskGroup(of: Result?.self) { tasks in
            tasks.addTask {
                do {
                    try await server.run(stopsOnSignals: false) { continuation.yield($0) }
                } catch is CancellationError {}
                continuation.finish()
                return nil
            }
            tasks.addTask {
                var iterator = ports.makeAsyncIterator()
                guard let port = await iterator.next() else { throw GatewayStartFailure("it did not start") }
                let client = try UpstreamClient(
                    routes: ModelRoutes([
                        Upstream(
                            name: "trellis", address: UpstreamAddress(host: "127.0.0.1", port: port), retries: 0)
                    ]), group: group, proxies: ProxyEnvironment([:]), logger: logger)
                let running = RunningGateway(port: port, mock: mock, settings: settings, client: client)
                let result = try await body(running)
                await client.shutDown()
                return result
            }
            defer { tasks.cancelAll() }
            while let value = try await tasks.next() {
                if let value { return value }
            }
            throw GatewayStartFailure("it ended by itself")
        }
        try await group.shutdownGracefully()
        return result
    }

    /// A reply, read whole.
    struct Reply {
        let status: Int
        let headers: HTTPHeaders
        let body: String

        func json() throws -> [String: Any] {
            try #require(
                JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any], "not an object: \(body)")
        }

        var receipt: String? { headers.first(name: "trellis-receipt") }

        /// The payloads of a stream's `data:` lines.
        var events: [String] {
            body.split(separator: "\n").compactMap { $0.hasPrefix("data: ") ? String($0.dropFirst(6)) : nil }
        }
    }

    func open(
        _ method: HTTPMethod, _ path: String, _ body: String? = nil, headers: HTTPHeaders = [:]
    ) async throws -> UpstreamReply {
        var all: HTTPHeaders = body == nil ? [:] : ["content-type": "application/json"]
        for (name, value) in headers { all.replaceOrAdd(name: name, value: value) }
        let bytes = body.map { ByteBuffer(string: $0) }
        return try await client.send(UpstreamRequest(method: method, path: path, headers: all, body: bytes), to: 0)
    }

    func send(
        _ method: HTTPMethod, _ path: String, _ body: String? = nil, headers: HTTPHeaders = [:]
    ) async throws -> Reply {
        let reply = try await open(method, path, body, headers: headers)
        let whole = try await reply.collected()
        return Reply(status: Int(reply.head.status.code), headers: reply.head.headers, body: String(buffer: whole))
    }

    func post(_ path: String, _ body: String, headers: HTTPHeaders = [:]) async throws -> Reply {
        try await send(.POST, path, body, headers: headers)
    }

    func chat(
        _ model: String = "mock-model", stream: Bool = false, extra: String = "", headers: HTTPHeaders = [:]
    ) async throws -> Reply {
        try await post("/v1/chat/completions", Self.chatBody(model, stream: stream, extra: extra), headers: headers)
    }

    static func chatBody(_ model: String = "mock-model", stream: Bool = false, extra: String = "") -> String {
        #"{"model":"\#(model)","stream":\#(stream),"messages":[{"role":"user","content":"Hello"}]\#(extra)}"#
    }

    /// A key for each application, as `trellis key create` makes them beside a running server.
    func keys(for applications: [String]) async throws -> [String: String] {
        let store = try DataStore(
            path: KeptThings.storePath(in: settings.dataDirectory), migrations: KeptThings.migrations)
        defer { try? store.close() }
        var keys: [String: String] = [:]
        for application in applications {
            keys[application] = try KeyTable(store).create(KeyTable.Order(application: application)).key.reveal()
        }
        for key in keys.values {
            // The server hears of them within a second.
            for _ in 0..<200
            where try await send(.GET, "/v1/models", headers: ["Authorization": "Bearer \(key)"]).status != 200 {
                try await Task.sleep(for: .milliseconds(50))
            }
        }
        return keys
    }

    /// The receipt of a reply, once it is there.
    func receipt(of reply: Reply) async throws -> [String: Any] {
        let id = try #require(reply.receipt)
        return try await send(.GET, "/trellis/v1/receipts/\(id)").json()
    }

    /// Sends raw bytes and gives what comes back until the connection closes or `seconds` are over.
    func raw(_ bytes: String, seconds: Int64 = 3) async throws -> String {
        let collected = Collected()
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(RawReader(collected))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        try? await channel.writeAndFlush(ByteBuffer(string: bytes)).get()
        let timeout = channel.eventLoop.scheduleTask(in: .seconds(seconds)) { channel.close(promise: nil) }
        try? await channel.closeFuture.get()
        timeout.cancel()
        return collected.text
    }

    private final class Collected: Sendable {
        private let bytes = Mutex<[UInt8]>([])
        var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }
        func add(_ more: ByteBuffer) { bytes.withLock { $0 += Array(more.readableBytesView) } }
    }

    private final class RawReader: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private let collected: Collected
        init(_ collected: Collected) { self.collected = collected }
        func channelRead(context: ChannelHandlerContext, data: NIOAny) { collected.add(unwrapInboundIn(data)) }
        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }
}
