import Foundation
import Testing

@testable import Counsel

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("Fetching a charter")
struct CharterFetchTests {
    @Test("brings what a server sends, whole")
    func whole() throws {
        let server = try LoopbackServer { _ in .ok("charter: a/b\n") }
        #expect(try fetch(server).bytes(of: server.url("/a")) == Array("charter: a/b\n".utf8))
    }

    @Test("gives up on what is larger than allowed, announced or not")
    func large() throws {
        let server = try LoopbackServer { path in
            path == "/announced" ? .ok(String(repeating: "a", count: 5_000)) : .endless
        }
        for path in ["/announced", "/endless"] {
            let failure = try #require(throws: CharterFetch.Failure.self) {
                try fetch(server).bytes(of: server.url(path))
            }
            #expect(failure.reason.contains("larger than 4 KiB"), "\(failure.reason)")
        }
    }

    @Test("gives up on a server that doesn't answer")
    func slow() throws {
        let server = try LoopbackServer { _ in .silence }
        let failure = try #require(throws: CharterFetch.Failure.self) {
            try fetch(server, seconds: 1).bytes(of: server.url("/a"))
        }
        #expect(failure.reason.contains("no answer"), "\(failure.reason)")
    }

    @Test("follows a redirection to where it may, and no other, and not for ever")
    func redirections() throws {
        let server = try LoopbackServer { path in
            switch path {
            case "/moved": .redirect("/a")
            case "/away": .redirect("http://localhost:1/a")
            case "/round": .redirect("/round")
            default: .ok("here")
            }
        }
        #expect(try fetch(server).bytes(of: server.url("/moved")) == Array("here".utf8))
        let away = try #require(throws: CharterFetch.Failure.self) { try fetch(server).bytes(of: server.url("/away")) }
        #expect(away.reason.contains("may not be asked"))
        let round = try #require(throws: CharterFetch.Failure.self) {
            try fetch(server).bytes(of: server.url("/round"))
        }
        #expect(round.reason.contains("again and again"), "\(round.reason)")
    }

    @Test("takes no page that says that something is wrong for a charter")
    func status() throws {
        let server = try LoopbackServer { _ in .notFound }
        let failure = try #require(throws: CharterFetch.Failure.self) { try fetch(server).bytes(of: server.url("/a")) }
        #expect(failure.reason.contains("404"))
    }

    private func fetch(_ server: LoopbackServer, seconds: Double = 5) -> CharterFetch {
        CharterFetch(seconds: seconds, bytes: 4_096) { [port = server.port] url in
            url.host() == "127.0.0.1" && url.port == port
        }
    }
}

/// A server of a few lines on loopback, one thread, one connection at a time.
final class LoopbackServer: Sendable {
    enum Answer: Sendable {
        case ok(String), redirect(String), notFound, endless, silence
    }

    let port: Int
    private let socket: Int32

    init(_ answer: @escaping @Sendable (String) -> Answer) throws {
        #if canImport(Glibc)
            let stream = Int32(SOCK_STREAM.rawValue)
        #else
            let stream = SOCK_STREAM
        #endif
        let socket = Foundation.socket(AF_INET, stream, 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(socket, pointer, length) == 0 && listen(socket, 16) == 0
                    && getsockname(socket, pointer, &length) == 0
            }
        }
        guard isBound else { throw CocoaError(.featureUnsupported) }
        self.socket = socket
        port = Int(UInt16(bigEndian: address.sin_port))
        // Ends when the socket is shut down.
        Thread {
            while true {
                let connection = accept(socket, nil, nil)
                guard connection >= 0 else {
                    // Closed here and not by whoever shuts it down: else a server that opens meanwhile could get the
                    // same number, and this thread would answer in its place.
                    close(socket)
                    return
                }
                Self.serve(connection, answer)
            }
        }.start()
    }

    deinit {
        shutdown(socket, Int32(SHUT_RDWR))
    }

    func url(_ path: String) -> URL {
        URL(string: "http://127.0.0.1:\(port)\(path)")!
    }

    private static func serve(_ connection: Int32, _ answer: (String) -> Answer) {
        defer { close(connection) }
        var buffer = [UInt8](repeating: 0, count: 4_096)
        let count = read(connection, &buffer, buffer.count)
        guard count > 0 else { return }
        let request = String(decoding: buffer[..<count], as: UTF8.self)
        let path = request.split(separator: " ").dropFirst().first.map(String.init) ?? "/"
        func send(_ text: String) -> Bool {
            let bytes = Array(text.utf8)
            return Foundation.send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
        }
        switch answer(path) {
        case .ok(let body):
            _ = send("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)")
        case .redirect(let place):
            _ = send("HTTP/1.1 302 Found\r\nLocation: \(place)\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        case .notFound:
            _ = send("HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\nConnection: close\r\n\r\nnone")
        case .endless:
            _ = send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
            for _ in 0..<1_000 where !send(String(repeating: "a", count: 1_024)) { return }
        case .silence:
            // Until the caller gives up and closes.
            _ = read(connection, &buffer, buffer.count)
        }
    }
}
