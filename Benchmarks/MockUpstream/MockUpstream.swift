public import NIOCore
import NIOPosix

/// A stand-in for a model server: it speaks enough of the OpenAI and Anthropic HTTP interfaces for
/// benchmarks and failure tests, answers from bytes rendered in advance, and goes wrong on request.
///
/// ```swift
/// let mock = try await MockUpstream.start()
/// // POST http://127.0.0.1:\(mock.port)/v1/chat/completions
/// // {"model": "reset-mid-stream", "stream": true, "messages": […]}
/// await mock.shutdown()
/// ```
///
/// What goes wrong is named by the request's model or its `Mock-Fault` header; see ``Fault``.
public final class MockUpstream: Sendable {
    /// How replies without a fault look.
    public struct Behaviour: Sendable {
        /// How many text chunks a stream has, besides its opening and closing events.
        public var chunks: Int
        /// How long a stream waits between two chunks; zero hands the thread on after each chunk
        /// but does not wait.
        public var chunkDelay: TimeAmount
        /// How long every reply waits before its first byte.
        public var headDelay: TimeAmount

        /// Describes replies; the defaults are 20 chunks without a pause.
        public init(chunks: Int = 20, chunkDelay: TimeAmount = .zero, headDelay: TimeAmount = .zero) {
            self.chunks = max(0, chunks)
            self.chunkDelay = chunkDelay
            self.headDelay = headDelay
        }
    }

    /// The port it listens on.
    public let port: Int
    /// The host it listens on.
    public let host: String
    private let server: any Channel
    private let ledger: Ledger
    private let ownedGroup: MultiThreadedEventLoopGroup?

    private init(server: any Channel, host: String, port: Int, ledger: Ledger, ownedGroup: MultiThreadedEventLoopGroup?)
    {
        self.server = server
        self.host = host
        self.port = port
        self.ledger = ledger
        self.ownedGroup = ownedGroup
    }

    /// Starts listening; when this returns, connections are accepted.
    ///
    /// - Parameters:
    ///   - behaviour: How replies without a fault look.
    ///   - host: The address to listen on.
    ///   - port: The port to listen on; 0 lets the system choose a free one.
    ///   - threads: Event loops of its own; nil shares the process-wide event loops.
    /// - Throws: `IOError` when the address cannot be bound.
    public static func start(
        _ behaviour: Behaviour = Behaviour(), host: String = "127.0.0.1", port: Int = 0, threads: Int? = nil
    ) async throws -> MockUpstream {
        let ledger = Ledger()
        let owned = threads.map { MultiThreadedEventLoopGroup(numberOfThreads: max(1, $0)) }
        let group = owned ?? MultiThreadedEventLoopGroup.singleton
        do {
            let server = try await ServerBootstrap(group: group)
                .serverChannelOption(.backlog, value: 1024)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try MockConnection.install(on: channel, behaviour: behaviour, ledger: ledger)
                    }
                }
                .bind(host: host, port: port).get()
            return MockUpstream(
                server: server, host: host, port: server.localAddress?.port ?? port, ledger: ledger, ownedGroup: owned)
        } catch {
            try? await owned?.shutdownGracefully()
            throw error
        }
    }

    /// Starts a mock, runs `body` with it, and shuts it down however `body` ends.
    public static func withRunning<Result: Sendable>(
        _ behaviour: Behaviour = Behaviour(), _ body: (MockUpstream) async throws -> Result
    ) async throws -> Result {
        let mock = try await start(behaviour)
        do {
            let result = try await body(mock)
            await mock.shutdown()
            return result
        } catch {
            await mock.shutdown()
            throw error
        }
    }

    /// Stops listening and closes every connection. A second call does nothing.
    public func shutdown() async {
        try? await server.close().get()
        for channel in ledger.openChannels() { try? await channel.close().get() }
        try? await ownedGroup?.shutdownGracefully()
    }

    /// What has been seen since the start.
    public var counts: Counts { ledger.counts }

    /// The latest request for a model route, whole; nil before the first.
    public var lastRequest: RecordedRequest? { ledger.lastRequest }

    /// The latest request for a reply, whole, whatever was asked of an embedder since; nil before the first.
    public var lastTalk: RecordedRequest? { ledger.lastTalk }

    /// Waits until the counts satisfy `condition`, looking every few milliseconds.
    ///
    /// - Returns: Whether they did before the limit of `seconds`.
    public func waits(upTo seconds: Int = 60, for condition: @Sendable (Counts) -> Bool) async -> Bool {
        for _ in 0..<(seconds * 200) {
            if condition(counts) { return true }
            try? await Task.sleep(for: .milliseconds(5))
        }
        return condition(counts)
    }

    /// Returns when the server has stopped listening.
    public func waitUntilClosed() async throws {
        try await server.closeFuture.get()
    }
}
