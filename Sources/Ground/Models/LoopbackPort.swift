import Dispatch

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A TCP port on loopback, kept for a child process for as long as this value lives.
///
/// A socket of ours is bound to the port but never listens, so no connection goes to it. Because both sockets allow
/// the port to be shared (`SO_REUSEPORT`, which the system grants to one user only), the child can listen there, and
/// while the child is down nobody else is given the port.
final class LoopbackPort: Sendable {
    /// The address that every local model listens on.
    static let host = "127.0.0.1"

    /// The port's number.
    let number: Int
    private let holder: Int32

    /// Takes a free port.
    init() throws(LocalRuntimeError) {
        holder = Self.streamSocket()
        guard holder >= 0 else { throw .noPort(reason: "socket: \(String(cString: strerror(errno)))") }
        var yes: Int32 = 1
        setsockopt(holder, SOL_SOCKET, SO_REUSEPORT, &yes, socklen_t(MemoryLayout<Int32>.size))
        var address = Self.address(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let holder = self.holder
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(holder, $0, length) == 0 && getsockname(holder, $0, &length) == 0
            }
        }
        guard isBound else {
            let reason = String(cString: strerror(errno))
            close(holder)
            throw .noPort(reason: "bind: \(reason)")
        }
        number = Int(UInt16(bigEndian: address.sin_port))
    }

    deinit { close(holder) }

    /// Whether an HTTP server on the port answers `GET /health` with 200 within five seconds.
    func answersHealthy() async -> Bool {
        let number = self.number
        return await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(returning: Self.isHealthy(port: number))
            }
        }
    }

    private static func isHealthy(port: Int) -> Bool {
        let descriptor = streamSocket()
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var limit = timeval(tv_sec: 5, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = address(port: port)
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else { return false }
        let request = Array("GET /health HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\r\n".utf8)
        #if canImport(Darwin)
            let flags: Int32 = 0
        #else
            let flags = Int32(MSG_NOSIGNAL)
        #endif
        guard send(descriptor, request, request.count, flags) == request.count else { return false }
        let expected = Array("HTTP/1.1 200 ".utf8)
        var received: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 512)
        while received.count < expected.count {
            let count = recv(descriptor, &piece, piece.count, 0)
            guard count > 0 else { return false }
            received.append(contentsOf: piece[..<count])
        }
        return received.starts(with: expected)
    }

    private static func streamSocket() -> Int32 {
        #if canImport(Darwin)
            let descriptor = socket(AF_INET, SOCK_STREAM, 0)
            if descriptor >= 0 { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
            return descriptor
        #else
            return socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        #endif
    }

    private static func address(port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(truncatingIfNeeded: port)).bigEndian
        address.sin_addr.s_addr = inet_addr(host)
        return address
    }
}
