import NIOCore
import NIOHTTP1
import Synchronization

/// What a mock upstream has seen since it started.
public struct Counts: Sendable, Hashable, Codable {
    /// Whole requests for a model route (health and `/mock` routes are not counted).
    public var requests = 0
    /// Replies whose last byte was handed to the system.
    public var completedReplies = 0
    /// Connections accepted.
    public var connections = 0
    /// Connections open now.
    public var openConnections = 0
    /// Connections that the peer closed while a reply was due or under way.
    public var abandonedReplies = 0
    /// Connections that the peer closed before its request was whole.
    public var abandonedRequests = 0
    /// Text chunks of streams handed to the system; stands still while the peer reads nothing.
    public var chunks = 0

    init() {}
}

/// One request as it arrived.
public struct RecordedRequest: Sendable, Hashable, Codable {
    /// One header field, as spelled.
    public struct Field: Sendable, Hashable, Codable {
        /// The name, in the case it was sent in.
        public let name: String
        /// The value without surrounding white space.
        public let value: String
    }

    /// The method, such as `POST`.
    public let method: String
    /// The request target, query included.
    public let target: String
    /// The header fields in order of arrival.
    public let headers: [Field]
    /// The body as text; bytes that are not UTF-8 are replaced.
    public let body: String

    /// Every value sent under `name`, in any case.
    public func values(of name: String) -> [String] {
        headers.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    }
}

/// The shared memory of one mock upstream. One short lock a request.
final class Ledger: Sendable {
    private struct State {
        var counts = Counts()
        var lastHead: HTTPRequestHead?
        var lastBody = ByteBuffer()
        /// The latest that asks for a reply, and not for vectors.
        var lastTalkHead: HTTPRequestHead?
        var lastTalkBody = ByteBuffer()
        var channels: [ObjectIdentifier: any Channel] = [:]
        var failedOnce: Set<String> = []
    }

    private let state = Mutex(State())

    var counts: Counts { state.withLock { $0.counts } }

    var lastRequest: RecordedRequest? {
        state.withLock { state in state.lastHead.map { Self.recorded($0, state.lastBody) } }
    }

    var lastTalk: RecordedRequest? {
        state.withLock { state in state.lastTalkHead.map { Self.recorded($0, state.lastTalkBody) } }
    }

    private static func recorded(_ head: HTTPRequestHead, _ body: ByteBuffer) -> RecordedRequest {
        RecordedRequest(
            method: head.method.rawValue, target: head.uri,
            headers: head.headers.map { .init(name: $0.name, value: $0.value) }, body: String(buffer: body))
    }

    func openChannels() -> [any Channel] { state.withLock { Array($0.channels.values) } }

    func opened(_ channel: any Channel) {
        state.withLock { state in
            state.counts.connections += 1
            state.counts.openConnections += 1
            state.channels[ObjectIdentifier(channel)] = channel
        }
    }

    func closed(_ channel: any Channel, duringReply: Bool, duringRequest: Bool) {
        state.withLock { state in
            state.counts.openConnections -= 1
            if duringReply { state.counts.abandonedReplies += 1 }
            if duringRequest { state.counts.abandonedRequests += 1 }
            state.channels[ObjectIdentifier(channel)] = nil
        }
    }

    /// Copies the request, so that the connection can reuse its own buffer.
    func received(_ head: HTTPRequestHead, body: ByteBuffer) {
        state.withLock { state in
            state.counts.requests += 1
            state.lastHead = head
            state.lastBody.clear()
            state.lastBody.writeImmutableBuffer(body)
            guard !head.uri.hasSuffix("/embeddings") else { return }
            state.lastTalkHead = head
            state.lastTalkBody.clear()
            state.lastTalkBody.writeImmutableBuffer(body)
        }
    }

    func completed() { state.withLock { $0.counts.completedReplies += 1 } }

    func wroteChunk() { state.withLock { $0.counts.chunks += 1 } }

    /// True at the first, third, fifth… call with the same name.
    func failsThisTime(_ name: String) -> Bool {
        state.withLock { state in
            if state.failedOnce.remove(name) != nil { return false }
            state.failedOnce.insert(name)
            return true
        }
    }
}
