import Foundation
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization
import Testing

@testable import Gateway

@Suite("ID tokens")
struct IdentityTokensTests {
    /// 2026-09-21, in seconds.
    private static let now = 1_790_000_000.0

    private func tokens(_ keys: String, of issuer: TokenIssuer) throws -> IdentityTokens {
        try IdentityTokens(
            .init(issuer: issuer.name, audience: "town-app", keys: keys), group: MultiThreadedEventLoopGroup.singleton,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    @Test("only a token that was made for us, just now, to say who somebody is, lets them in")
    func others() async throws {
        let issuer = try TokenIssuer()
        defer { issuer.close() }
        let tokens = try tokens(issuer.file, of: issuer)
        let (now, soon, moment) = (Self.now, Self.now + 600, Int64(Self.now * 1_000))
        func token(
            _ audience: some Encodable = "town-app", subject: String = "ada", made: Double? = nil, type: String = "JWT",
            head: String = "", claims: String = ""
        ) throws -> String {
            try issuer.token(
                subject: subject, audience: audience, expires: soon, made: made, type: type, head: head, claims: claims)
        }
        for good in [
            try token(), try token(type: "jwt"), try token(claims: #","azp":"town-app""#),
            try token(["x", "town-app"], claims: #","azp":"town-app""#), try token(made: now + 30),
            try token(made: now - 3_000),
        ] {
            _ = try await tokens.identity(of: good, at: moment)
        }
        for (word, bad) in [
            ("azp", try token(claims: #","azp":"another-app""#)), ("azp", try token(["x", "town-app"])),
            ("azp", try token(["x", "town-app"], claims: #","azp":"x""#)),
            ("id_token", try token(type: "at+jwt")), ("id_token", try token(type: "logout+jwt")),
            ("crit", try token(head: #","crit":["exp"],"exp":1"#)), ("crit", try token(head: #","crit":null"#)),
            ("iat", try token(made: now + 86_400)), ("hour", try token(made: now - 4_000)),
            ("nobody", try token(subject: " ")),
        ] {
            let refusal = await #expect(throws: GatewayRefusal.self, "\(word)") {
                try await tokens.identity(of: bad, at: moment)
            }
            #expect(refusal?.message.contains(word) == true, "\(refusal?.message ?? "")")
        }
        await tokens.close()
    }

    @Test("a key that its issuer encrypts with signs nothing")
    func use() async throws {
        let issuer = try TokenIssuer(use: "enc")
        defer { issuer.close() }
        let tokens = try tokens(issuer.file, of: issuer)
        let token = try issuer.token(subject: "ada", audience: "town-app", expires: Self.now + 600)
        await #expect(throws: GatewayRefusal.self) {
            try await tokens.identity(of: token, at: Int64(Self.now * 1_000))
        }
    }

    @Test("a key that the issuer took out is trusted no more after ten minutes, and none an hour after the last answer")
    func withdrawnKey() async throws {
        let (old, new) = (try TokenIssuer(kid: "old"), try TokenIssuer(kid: "new"))
        defer {
            old.close()
            new.close()
        }
        let server = try await KeyServer(old.keys)
        let tokens = try tokens("http://127.0.0.1:\(server.port)/keys", of: old)
        func joins(_ issuer: TokenIssuer, after milliseconds: Int64) async throws -> Bool {
            let now = Self.now + Double(milliseconds) / 1_000
            let token = try issuer.token(subject: "ada", audience: "town-app", expires: now + 600, made: now)
            return (try? await tokens.identity(of: token, at: Int64(now * 1_000))) != nil
        }
        #expect(try await joins(old, after: 0))
        server.keys.become(new.keys)
        #expect(try await joins(old, after: 1_000))
        #expect(try await !joins(old, after: IdentityTokens.keyAge))
        #expect(try await joins(new, after: IdentityTokens.keyAge + 1_000))
        // Nobody is turned away because the issuer doesn't answer for a while, but not for ever.
        server.keys.become(nil)
        #expect(try await joins(new, after: 3 * IdentityTokens.keyAge))
        #expect(try await !joins(new, after: IdentityTokens.keyAge + IdentityTokens.keyAgeLimit))
        await tokens.close()
        try await server.close()
    }
}

/// Answers each request with a set of keys, or with 500 where there is none.
private struct KeyServer: Sendable {
    final class Answer: Sendable {
        private let text: Mutex<String?>
        init(_ text: String?) { self.text = Mutex(text) }
        var now: String? { text.withLock { $0 } }
        func become(_ new: String?) { text.withLock { $0 = new } }
    }

    let keys: Answer
    private let channel: any Channel
    var port: Int { channel.localAddress?.port ?? 0 }

    init(_ text: String) async throws {
        let answer = Answer(text)
        keys = answer
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(Handler(answer))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    func close() async throws { try await channel.close() }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart
        private let answer: Answer

        init(_ answer: Answer) { self.answer = answer }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            guard case .end = unwrapInboundIn(data) else { return }
            let text = answer.now
            let body = ByteBuffer(string: text ?? "")
            let head = HTTPResponseHead(
                version: .http1_1, status: text == nil ? .internalServerError : .ok,
                headers: ["content-length": "\(body.readableBytes)", "content-type": "application/json"])
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
    }
}
