import MockUpstream
import NIOCore
import NIOHTTP1
import NIOPosix

/// A client for tests of the mock that shows exactly what came over the wire.
enum RawClient {
    struct Reply: Sendable, Equatable {
        var status: Int
        var headers: HTTPHeaders
        var body: String

        /// The data of each server-sent event.
        var events: [String] {
            body.split(separator: "\n").filter { $0.hasPrefix("data: ") }.map { String($0.dropFirst(6)) }
        }
    }

    enum Failure: Error { case replyIncomplete }

    static func get(_ mock: MockUpstream, _ path: String) async throws -> Reply {
        try await send(mock, .GET, path, "", headers: [])
    }

    static func post(
        _ mock: MockUpstream, _ path: String, _ body: String, headers: [(String, String)] = []
    ) async throws -> Reply {
        try await send(mock, .POST, path, body, headers: headers)
    }

    /// Sends one request on a connection of its own and reads the whole reply.
    private static func send(
        _ mock: MockUpstream, _ method: HTTPMethod, _ path: String, _ body: String, headers: [(String, String)]
    ) async throws -> Reply {
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connect(host: mock.host, port: mock.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    return try NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>(
                        wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            var head = HTTPRequestHead(version: .http1_1, method: method, uri: path)
            head.headers = HTTPHeaders(headers + [("Host", "mock"), ("Content-Length", "\(body.utf8.count)")])
            try await outbound.write(.head(head))
            try await outbound.write(.body(.byteBuffer(ByteBuffer(string: body))))
            try await outbound.write(.end(nil))
            var reply = Reply(status: 0, headers: [:], body: "")
            for try await part in inbound {
                switch part {
                case .head(let head):
                    reply.status = Int(head.status.code)
                    reply.headers = head.headers
                case .body(let piece): reply.body += String(buffer: piece)
                case .end: return reply
                }
            }
            throw Failure.replyIncomplete
        }
    }

    /// Writes pieces one after the other, each after the last one left, and reads until the mock closes.
    static func exchange(_ mock: MockUpstream, _ pieces: [String]) async throws -> String {
        let channel = try await rawChannel(mock, reading: true)
        return try await channel.executeThenClose { inbound, outbound in
            for piece in pieces { try await outbound.write(ByteBuffer(string: piece)) }
            var text = ""
            for try await piece in inbound { text += String(buffer: piece) }
            return text
        }
    }

    /// Sends a request, waits until `condition` holds, and closes the connection.
    static func postAndLeave(
        _ mock: MockUpstream, _ path: String, _ body: String, reading: Bool = true,
        once condition: @Sendable () -> Bool
    ) async throws {
        let channel = try await rawChannel(mock, reading: reading)
        try await channel.executeThenClose { _, outbound in
            let head = "POST \(path) HTTP/1.1\r\nHost: mock\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
            try await outbound.write(ByteBuffer(string: head + body))
            while !condition() { try await Task.sleep(for: .milliseconds(2)) }
        }
    }

    private static func rawChannel(
        _ mock: MockUpstream, reading: Bool
    ) async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
        try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .channelOption(.autoRead, value: reading)
            .connect(host: mock.host, port: mock.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel(wrappingChannelSynchronously: channel)
                }
            }
    }
}
