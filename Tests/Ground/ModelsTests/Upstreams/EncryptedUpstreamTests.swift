import Foundation
import Logging
import MockUpstream
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization
import Testing

@testable import Models

/// Passes bytes on between two channels of one event loop.
private final class Relay: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private let other: any Channel

    init(to other: any Channel) {
        self.other = other
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        other.writeAndFlush(unwrapInboundIn(data), promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        other.close(promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}

/// Waits for a `CONNECT` and then is a pipe to where it asked for; or, without waiting, to a fixed port.
private final class Pipe: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    private let port: Int
    private var seen = ByteBuffer()
    private var opening = false

    /// - Parameter requests: where `CONNECT` lines are noted; nil makes it a plain pipe to `port`.
    init(to port: Int, notingRequestsIn requests: Requests?) {
        self.port = port
        self.requests = requests
    }

    final class Requests: Sendable {
        private let lines = Mutex<[String]>([])
        var all: [String] { lines.withLock { $0 } }
        func note(_ line: String) { lines.withLock { $0.append(line) } }
    }
    private let requests: Requests?

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        seen.writeBuffer(&bytes)
        guard !opening else { return }
        if let requests {
            let text = String(buffer: seen)
            guard text.hasSuffix("\r\n\r\n") else { return }
            requests.note(String(text.prefix { $0 != "\r\n" }))
            seen.clear()
        }
        opening = true
        let channel = context.channel
        let answersConnect = requests != nil
        ClientBootstrap(group: context.eventLoop).connect(host: "127.0.0.1", port: port).assumeIsolated().whenComplete {
            [self] result in
            guard case .success(let other) = result else {
                channel.close(promise: nil)
                return
            }
            let operations = channel.pipeline.syncOperations
            try? operations.addHandler(Relay(to: other))
            try? other.pipeline.syncOperations.addHandler(Relay(to: channel))
            if answersConnect {
                channel.writeAndFlush(ByteBuffer(string: "HTTP/1.1 200 Connection established\r\n\r\n"), promise: nil)
            }
            if seen.readableBytes > 0 { other.writeAndFlush(seen, promise: nil) }
            operations.removeHandler(self, promise: nil)
        }
    }
}

@Suite("Encrypted upstreams and proxies")
struct EncryptedUpstreamTests {
    /// A self-signed certificate for localhost, made for these tests and used nowhere else.
    private static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIBlTCCATugAwIBAgIUXZJmD1YcXhBoR0j+vPnqX80e2tkwCgYIKoZIzj0EAwIw
        FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMzIwMzYzOVoYDzIxMjYxMDMw
        MjAzNjM5WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
        PQMBBwNCAATxHBMuySds2vYDl6HhFMIzRC4xP5KJe5nsrhYEMKXRVVNwTg8W2SC/
        rIG8W+HfM+XkpzmJHpN3yv3UsjZ5baLno2kwZzAdBgNVHQ4EFgQUGm7qqWzlIsBu
        FDGy+Smu8wa50eAwHwYDVR0jBBgwFoAUGm7qqWzlIsBuFDGy+Smu8wa50eAwDwYD
        VR0TAQH/BAUwAwEB/zAUBgNVHREEDTALgglsb2NhbGhvc3QwCgYIKoZIzj0EAwID
        SAAwRQIhAJ+OT8vIKFpSStHSpgk6mBNmKiBnXSeH+pB5BNUA7XJuAiBuufA+hl0X
        V5jsVGx6kyncePiR4VJcLouIvyyggrXmPQ==
        -----END CERTIFICATE-----
        """

    private static let privateKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgODoA45oW39AVGO5w
        8vu5S3FVUPbX5DhBlu0DRU8ZYUGhRANCAATxHBMuySds2vYDl6HhFMIzRC4xP5KJ
        e5nsrhYEMKXRVVNwTg8W2SC/rIG8W+HfM+XkpzmJHpN3yv3UsjZ5baLn
        -----END PRIVATE KEY-----
        """

    private static func listening(
        _ handlers: @escaping @Sendable () throws -> [any ChannelHandler]
    ) async throws -> any Channel {
        try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandlers(handlers()) }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    /// Takes TLS off and passes on to `port`.
    private static func encrypted(to port: Int) async throws -> any Channel {
        let configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMBytes(Array(certificate.utf8)).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(privateKey.utf8), format: .pem)))
        let context = try NIOSSLContext(configuration: configuration)
        return try await listening { [NIOSSLServerHandler(context: context), Pipe(to: port, notingRequestsIn: nil)] }
    }

    private func trusting(_ body: (String) async throws -> Void) async throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("trellis-\(UUID().uuidString).pem")
        try Self.certificate.write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        try await body(file.path)
    }

    private func chat() -> UpstreamRequest {
        UpstreamRequest(
            path: "/chat/completions", headers: ["content-type": "application/json"],
            body: ByteBuffer(string: #"{"model":"mock-model","messages":[]}"#))
    }

    @Test("a request goes out and a reply comes back over TLS, and the connection is kept")
    func tls() async throws {
        try await MockUpstream.withRunning { mock in
            let server = try await Self.encrypted(to: mock.port)
            let port = server.localAddress?.port ?? 0
            try await trusting { authorities in
                try await withClient(
                    port: port,
                    change: {
                        $0.address = UpstreamAddress(usesTLS: true, host: "localhost", port: port, path: "/v1")
                        $0.certificateAuthorities = authorities
                    }
                ) { client in
                    for _ in 0..<3 {
                        let reply = try await client.send(chat(), to: 0)
                        #expect(reply.head.status == .ok)
                        _ = try await reply.collected()
                    }
                }
            }
            #expect(mock.counts.requests == 3)
            #expect(mock.counts.connections == 1)
            try await server.close()
        }
    }

    @Test("a certificate that nobody vouches for is refused, and so is one for another name")
    func untrusted() async throws {
        try await MockUpstream.withRunning { mock in
            let server = try await Self.encrypted(to: mock.port)
            let port = server.localAddress?.port ?? 0
            try await withClient(
                port: port, change: { $0.address = UpstreamAddress(usesTLS: true, host: "localhost", port: port) }
            ) { client in
                let failure = await #expect(throws: UpstreamFailure.self) { try await client.send(chat(), to: 0) }
                #expect(failure?.kind == .insecure)
            }
            try await trusting { authorities in
                try await withClient(
                    port: port,
                    change: {
                        $0.address = UpstreamAddress(usesTLS: true, host: "127.0.0.1", port: port)
                        $0.certificateAuthorities = authorities
                    }
                ) { client in
                    let failure = await #expect(throws: UpstreamFailure.self) { try await client.send(chat(), to: 0) }
                    #expect(failure?.kind == .insecure)
                }
            }
            #expect(mock.counts.requests == 0)
            try await server.close()
        }
    }

    @Test("an encrypted upstream is reached through a proxy's tunnel")
    func tunnel() async throws {
        try await MockUpstream.withRunning { mock in
            let server = try await Self.encrypted(to: mock.port)
            let port = server.localAddress?.port ?? 0
            let requests = Pipe.Requests()
            let proxy = try await Self.listening { [Pipe(to: port, notingRequestsIn: requests)] }
            let proxyPort = proxy.localAddress?.port ?? 0
            try await trusting { authorities in
                try await withClient(
                    port: port,
                    change: {
                        $0.address = UpstreamAddress(usesTLS: true, host: "localhost", port: port, path: "/v1")
                        $0.certificateAuthorities = authorities
                        $0.proxy = UpstreamAddress(host: "127.0.0.1", port: proxyPort)
                    }
                ) { client in
                    let reply = try await client.send(chat(), to: 0)
                    #expect(reply.head.status == .ok)
                    _ = try await reply.collected()
                }
            }
            #expect(requests.all == ["CONNECT localhost:\(port) HTTP/1.1"])
            #expect(mock.counts.requests == 1)
            try await proxy.close()
            try await server.close()
        }
    }

    @Test("a plain upstream is asked for by its whole address at a proxy")
    func plainProxy() async throws {
        // The mock stands in for the proxy: what matters is what it is asked for.
        try await MockUpstream.withRunning { mock in
            try await withClient(
                port: 9,
                change: {
                    $0.address = UpstreamAddress(host: "models.example", port: 8000, path: "/v1")
                    $0.proxy = UpstreamAddress(host: "127.0.0.1", port: mock.port)
                }
            ) { client in _ = try? await client.send(chat(), to: 0).collected() }
            #expect(mock.lastRequest?.target == "http://models.example:8000/v1/chat/completions")
            #expect(mock.lastRequest?.values(of: "host") == ["models.example:8000"])
        }
    }
}
