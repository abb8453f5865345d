import Logging
import MockUpstream
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization
import Testing

@testable import Models

/// A client for one mock upstream, and what a test may change about it.
func withClient<Result: Sendable>(
    port: Int, host: String = "127.0.0.1", change: (inout Upstream) -> Void = { _ in },
    _ body: (UpstreamClient) async throws -> Result
) async throws -> Result {
    var upstream = Upstream(
        name: "mock", address: UpstreamAddress(host: host, port: port, path: "/v1"),
        timeouts: .init(connect: .seconds(20), firstByte: .seconds(60), idle: .seconds(60)), retries: 0)
    change(&upstream)
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let client = try UpstreamClient(
        routes: ModelRoutes([upstream]), group: group, proxies: ProxyEnvironment([:]),
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    let result = try await body(client)
    await client.shutDown()
    try await group.shutdownGracefully()
    return result
}

private func chat(_ fault: String = "mock-model", stream: Bool = false) -> UpstreamRequest {
    UpstreamRequest(
        path: "/chat/completions", headers: ["content-type": "application/json"],
        body: ByteBuffer(string: #"{"model":"\#(fault)","stream":\#(stream),"messages":[]}"#))
}

@Suite("The upstream client")
struct UpstreamClientTests {
    @Test("sends the request with its own host and key, and brings the reply back whole")
    func roundTrip() async throws {
        try await MockUpstream.withRunning { mock in
            try await withClient(port: mock.port, change: { $0.credential = Credential("secret-key\n") }) { client in
                let reply = try await client.send(chat(), to: 0)
                #expect(reply.head.status == .ok)
                let body = try await reply.collected()
                #expect(String(buffer: body).contains("chat.completion"))
            }
            let last = try #require(mock.lastRequest)
            #expect(last.target == "/v1/chat/completions")
            #expect(last.values(of: "authorization") == ["Bearer secret-key"])
            #expect(last.values(of: "host") == ["127.0.0.1:\(mock.port)"])
        }
    }

    @Test("uses one connection for many requests that follow each other")
    func reuse() async throws {
        try await MockUpstream.withRunning { mock in
            try await withClient(port: mock.port) { client in
                for _ in 0..<50 { _ = try await client.send(chat(), to: 0).collected() }
            }
            #expect(mock.counts.requests == 50)
            #expect(mock.counts.connections == 1)
        }
    }

    @Test("opens no more connections than it may, and serves all who wait")
    func connectionLimit() async throws {
        try await MockUpstream.withRunning(.init(headDelay: .milliseconds(5))) { mock in
            try await withClient(port: mock.port, change: { $0.maximumConnections = 3 }) { client in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<60 { group.addTask { _ = try await client.send(chat(), to: 0).collected() } }
                    try await group.waitForAll()
                }
            }
            #expect(mock.counts.requests == 60)
            #expect(mock.counts.connections <= 3)
        }
    }

    @Test("opens a fresh connection when the server closed the old one between two requests")
    func staleConnection() async throws {
        try await MockUpstream.withRunning { mock in
            try await withClient(port: mock.port) { client in
                for _ in 0..<5 { _ = try await client.send(chat("close-after-each"), to: 0).collected() }
            }
            #expect(mock.counts.requests == 5)
        }
    }

    @Test(
        "names what failed",
        arguments: [
            ("hang-before-head", UpstreamFailure.Kind.firstByteTimeout),
            ("reset-before-head", .closedEarly),
        ])
    func failuresBeforeTheHead(fault: String, kind: UpstreamFailure.Kind) async throws {
        try await MockUpstream.withRunning { mock in
            // Only what must run into the limit gets a short one: on a busy machine a reset can take its time.
            let limit: TimeAmount = kind == .firstByteTimeout ? .milliseconds(300) : .seconds(60)
            try await withClient(port: mock.port, change: { $0.timeouts.firstByte = limit }) { client in
                let failure = await #expect(throws: UpstreamFailure.self) { try await client.send(chat(fault), to: 0) }
                #expect(failure?.kind == kind)
            }
        }
    }

    @Test(
        "names what failed in the middle of a reply",
        arguments: [
            ("hang-mid-stream", UpstreamFailure.Kind.idleTimeout), ("reset-mid-stream", .closedEarly),
        ])
    func failuresInTheMiddle(fault: String, kind: UpstreamFailure.Kind) async throws {
        try await MockUpstream.withRunning { mock in
            let limit: TimeAmount = kind == .idleTimeout ? .milliseconds(300) : .seconds(60)
            try await withClient(port: mock.port, change: { $0.timeouts.idle = limit }) { client in
                let reply = try await client.send(chat(fault, stream: true), to: 0)
                #expect(reply.head.status == .ok)
                let failure = await #expect(throws: UpstreamFailure.self) { try await reply.collected() }
                #expect(failure?.kind == kind)
            }
        }
    }

    @Test("says that nobody listens")
    func refused() async throws {
        // Bound and never listening, so that no server of another test can take it meanwhile.
        let port = try LoopbackPort()
        try await withClient(port: port.number) { client in
            let failure = await #expect(throws: UpstreamFailure.self) { try await client.send(chat(), to: 0) }
            #expect(failure?.kind == .cannotConnect)
            #expect(failure?.description.contains("can't be reached") == true)
        }
    }

    @Test("says that a host is unknown")
    func unknownHost() async throws {
        try await withClient(port: 9, host: "no-such-host.invalid") { client in
            let failure = await #expect(throws: UpstreamFailure.self) { try await client.send(chat(), to: 0) }
            #expect(failure?.kind == .cannotConnect)
        }
    }

    @Test("tries again when a failure may pass, and not more often than it may")
    func retries() async throws {
        try await MockUpstream.withRunning { mock in
            try await withClient(port: mock.port, change: { $0.retries = 2 }) { client in
                let reply = try await client.send(chat("fail-once-503"), to: 0)
                #expect(reply.head.status == .ok)
                _ = try await reply.collected()
            }
            #expect(mock.counts.requests == 2)
        }
        try await MockUpstream.withRunning { mock in
            try await withClient(port: mock.port, change: { $0.retries = 2 }) { client in
                let reply = try await client.send(chat("status-503"), to: 0)
                #expect(reply.head.status == .serviceUnavailable)
                _ = try await reply.collected()
            }
            #expect(mock.counts.requests == 3)
        }
    }

    @Test(
        "does not try again what the client got wrong, or what would be paid for twice",
        arguments: [
            "status-400", "status-401", "status-404", "status-500", "hang-before-head",
        ])
    func noRetries(fault: String) async throws {
        try await MockUpstream.withRunning { mock in
            try await withClient(
                port: mock.port,
                change: {
                    $0.retries = 2
                    $0.timeouts.firstByte = .milliseconds(200)
                }
            ) { client in
                _ = try? await client.send(chat(fault), to: 0).collected()
            }
            #expect(mock.counts.requests == 1)
        }
    }

    @Test("closes the upstream's connection when the caller gives up")
    func cancellation() async throws {
        try await MockUpstream.withRunning { mock in
            try await withClient(port: mock.port) { client in
                let reading = Task {
                    let reply = try await client.send(chat("hang-mid-stream", stream: true), to: 0)
                    return try await reply.collected()
                }
                _ = await mock.waits { $0.requests == 1 }
                reading.cancel()
                #expect(await mock.waits { $0.openConnections == 0 })
                _ = try? await reading.value
                let early = Task { try await client.send(chat("hang-before-head"), to: 0) }
                _ = await mock.waits { $0.requests == 2 }
                early.cancel()
                await #expect(throws: CancellationError.self) { try await early.value }
                #expect(await mock.waits { $0.openConnections == 0 })
            }
        }
    }

    @Test("a connection that was paused when its reply ended serves the next request")
    func pausedAtTheEnd() async throws {
        try await MockUpstream.withRunning { mock in
            try await withClient(port: mock.port) { client in
                let eventLoop = client.group.next()
                // The second request follows on the event loop itself: a test that waits for a thread in between
                // may wait longer than an idle connection is kept.
                try await eventLoop.flatSubmit {
                    let connections = client.connections(on: eventLoop)
                    func ended(pauses: Bool) -> EventLoopFuture<Void> {
                        let ended = eventLoop.makePromise(of: Void.self)
                        connections.exchange(chat(), to: 0, delegate: PausingDelegate(ended, pauses: pauses)).start()
                        return ended.futureResult
                    }
                    return ended(pauses: true).assumeIsolated().flatMap { ended(pauses: false) }.nonisolated()
                }.get()
            }
            #expect(mock.counts.completedReplies == 2)
            #expect(mock.counts.connections == 1)
        }
    }

    @Test("a busy pool says so after the connect timeout")
    func busy() async throws {
        try await MockUpstream.withRunning { mock in
            try await withClient(
                port: mock.port,
                change: {
                    $0.maximumConnections = 1
                    $0.timeouts.connect = .milliseconds(200)
                }
            ) { client in
                let first = Task { try await client.send(chat("hang-before-head"), to: 0) }
                _ = await mock.waits { $0.requests == 1 }
                let failure = await #expect(throws: UpstreamFailure.self) { try await client.send(chat(), to: 0) }
                #expect(failure?.kind == .busy)
                first.cancel()
            }
        }
    }
}

@Suite("Upstreams")
struct UpstreamTests {
    @Test("an address reads its parts, and says what is wrong with a bad one")
    func addresses() throws {
        let plain = try UpstreamAddress("http://localhost:11434/v1/")
        #expect(plain == UpstreamAddress(host: "localhost", port: 11434, path: "/v1"))
        let encrypted = try UpstreamAddress("https://api.openai.com/v1")
        #expect(encrypted.usesTLS && encrypted.port == 443 && encrypted.authority == "api.openai.com")
        #expect(try UpstreamAddress("http://[::1]:8080").authority == "[::1]:8080")
        for bad in [
            "", "localhost:80", "ftp://x", "http://", "http://u:p@x", "http://x/?q", "http://x:0", "http://x:99999",
        ] {
            #expect(throws: UpstreamAddress.Malformed.self, "\(bad)") { try UpstreamAddress(bad) }
        }
    }

    @Test("an exact name beats a longer prefix beats a shorter one, and no list at all takes the rest")
    func routing() {
        let address = UpstreamAddress(host: "h", port: 1)
        let routes = ModelRoutes([
            Upstream(name: "any", address: address),
            Upstream(name: "prefix", address: address, models: ["gpt-*"]),
            Upstream(name: "longer", address: address, models: ["gpt-4*"]),
            Upstream(name: "exact", address: address, models: ["gpt-4o"], renamed: ["gpt-4o": "inner"]),
        ])
        func name(_ model: String) -> String? { routes.route(model).map { routes.upstreams[$0.index].name } }
        #expect(name("gpt-4o") == "exact")
        #expect(routes.route("gpt-4o")?.model == "inner")
        #expect(name("gpt-4.1") == "longer")
        #expect(name("gpt-3") == "prefix")
        #expect(name("claude") == "any")
        #expect(ModelRoutes(Array(routes.upstreams.dropFirst())).route("claude") == nil)
    }

    @Test("proxies come from the environment, never for loopback, and NO_PROXY is honoured")
    func proxies() throws {
        let environment = ProxyEnvironment([
            "HTTPS_PROXY": "http://proxy:3128", "http_proxy": "plain:80",
            "NO_PROXY": "inner.example, .corp.example,x:8443",
        ])
        func proxy(_ text: String) throws -> String? { environment.proxy(for: try UpstreamAddress(text))?.host }
        #expect(try proxy("https://api.example") == "proxy")
        #expect(try proxy("http://api.example") == "plain")
        #expect(try proxy("https://inner.example") == nil)
        #expect(try proxy("https://a.corp.example") == nil)
        #expect(try proxy("https://x:8443") == nil)
        #expect(try proxy("https://localhost:1") == nil)
        #expect(try proxy("https://127.0.0.1:1") == nil)
        #expect(
            ProxyEnvironment(["NO_PROXY": "*", "ALL_PROXY": "p:1"]).proxy(for: try UpstreamAddress("http://a")) == nil)
    }

    @Test("a credential never shows itself")
    func credential() {
        let credential = Credential("  sk-very-secret\n")
        #expect(credential.secret == "sk-very-secret")
        var dumped = ""
        dump(credential, to: &dumped)
        for text in ["\(credential)", String(reflecting: credential), dumped] { #expect(!text.contains("very")) }
    }
}

/// Stops reading at the head of a reply, if it is told to, and never reads on.
private final class PausingDelegate: ExchangeDelegate {
    /// An exchange holds its delegate weakly, so this one holds itself until the end.
    private var itself: PausingDelegate?
    private let ended: EventLoopPromise<Void>
    private let pauses: Bool

    init(_ ended: EventLoopPromise<Void>, pauses: Bool) {
        self.ended = ended
        self.pauses = pauses
        itself = self
    }

    func exchange(_ exchange: Exchange, received head: HTTPResponseHead) {
        if pauses { exchange.pauseReading() }
    }
    func exchange(_ exchange: Exchange, received body: ByteBuffer) {}
    func exchangeReadComplete(_ exchange: Exchange) {}
    func exchangeFinished(_ exchange: Exchange) {
        itself = nil
        ended.succeed()
    }
    func exchange(_ exchange: Exchange, failed failure: UpstreamFailure) {
        itself = nil
        ended.fail(failure)
    }
}
