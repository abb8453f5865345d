/// Why the gateway will not or cannot answer, before it takes the shape that a client's SDK expects.
public struct GatewayRefusal: Error, Sendable, Hashable {
    /// What went wrong, told apart by who can do something about it.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The client sent something that can't be read or isn't allowed; it must change the request.
        case invalidRequest = "invalid-request"
        /// There is no key, or it is unknown or revoked.
        case authentication
        /// The key is known and may not do this.
        case permission
        /// There is no such route, model or receipt.
        case notFound = "not-found"
        /// The body is over the limit.
        case tooLarge = "too-large"
        /// The key asks too often or has used its tokens; try again later.
        case rateLimited = "rate-limited"
        /// The upstream refused, broke off or sent something malformed.
        case upstreamFault = "upstream-fault"
        /// The upstream took too long.
        case upstreamTimeout = "upstream-timeout"
        /// Trellis can't serve this now: it starts, stops, or its charter can't be read.
        case unavailable
        /// There is no room left where Trellis keeps things; whoever runs it must free some.
        case storageFull = "storage-full"
        /// Too much is going on at once here or upstream; try again later.
        case overloaded
        /// Something broke inside Trellis.
        case internalFault = "internal-fault"
    }

    /// The HTTP status, from 400 to 599.
    public var status: Int
    /// What went wrong.
    public var kind: Kind
    /// What happened and what to do, in one or two sentences. Goes to the client.
    public var message: String
    /// The field of the request that is at fault, as in `messages[0].role`.
    public var param: String?
    /// After how many seconds another try makes sense.
    public var retryAfter: Int?

    /// A refusal.
    public init(status: Int, kind: Kind, message: String, param: String? = nil, retryAfter: Int? = nil) {
        self.status = status
        self.kind = kind
        self.message = message
        self.param = param
        self.retryAfter = retryAfter
    }

    /// The refusal for a body that is not strict JSON, or in which a field is missing or wrong.
    public init(_ fault: JSONFault) {
        self.init(status: 400, kind: .invalidRequest, message: fault.message, param: fault.field)
    }
}
