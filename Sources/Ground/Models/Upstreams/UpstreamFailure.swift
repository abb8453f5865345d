/// Why no (whole) reply came from an upstream.
public struct UpstreamFailure: Error, Sendable, CustomStringConvertible {
    /// What happened.
    public enum Kind: String, Sendable, CaseIterable {
        /// The connection was refused, the host is unknown, or the network is down.
        case cannotConnect = "cannot-connect"
        /// No connection within the connect timeout.
        case connectTimeout = "connect-timeout"
        /// The TLS handshake or certificate check failed.
        case insecure
        /// The proxy would not let us through.
        case proxy
        /// All allowed connections stayed busy for as long as the connect timeout.
        case busy
        /// Connected, but no first byte in time.
        case firstByteTimeout = "first-byte-timeout"
        /// The reply began and then paused for too long.
        case idleTimeout = "idle-timeout"
        /// The connection ended before the reply did.
        case closedEarly = "closed-early"
        /// What came was not HTTP.
        case notHTTP = "not-http"
        /// What came was HTTP but not a reply in the API's form.
        case malformedReply = "malformed-reply"
        /// We gave up because our own caller left.
        case cancelled
    }

    /// What happened.
    public let kind: Kind
    /// The upstream's name.
    public let upstream: String
    /// More, for the log and the receipt; never holds a body or a secret.
    public let detail: String

    /// A failure of `upstream`.
    public init(_ kind: Kind, upstream: String, detail: String = "") {
        self.kind = kind
        self.upstream = upstream
        self.detail = detail
    }

    /// Whether the same request may well succeed if it is sent again, and costs nothing twice.
    ///
    /// A first-byte timeout is not: the model may be at work, and would be paid for twice.
    public var mayPass: Bool {
        switch kind {
        case .cannotConnect, .connectTimeout, .closedEarly, .busy: true
        default: false
        }
    }

    /// One sentence that says what happened and what to do.
    public var description: String {
        let what =
            switch kind {
            case .cannotConnect:
                "The upstream “\(upstream)” can't be reached. Check that it runs and that its url in trellis.yaml is right"
            case .connectTimeout:
                "The upstream “\(upstream)” did not accept a connection in time. Check its address and the network"
            case .insecure:
                "The encrypted connection to “\(upstream)” failed. Check its certificate and the clock of this machine"
            case .proxy: "The HTTP proxy on the way to “\(upstream)” refused. Check HTTPS_PROXY and NO_PROXY"
            case .busy:
                "All connections to “\(upstream)” are in use. Try again shortly, or raise its max-connections"
            case .firstByteTimeout:
                "The upstream “\(upstream)” took too long to begin its reply. Try again, or raise its first-byte timeout"
            case .idleTimeout:
                "The upstream “\(upstream)” stopped in the middle of its reply for too long. Try again"
            case .closedEarly: "The upstream “\(upstream)” closed the connection before its reply was whole. Try again"
            case .notHTTP: "The upstream “\(upstream)” did not answer in HTTP. Check its url in trellis.yaml"
            case .malformedReply:
                "The upstream “\(upstream)” answered in a form that is not the API's. Check its url and kind in trellis.yaml"
            case .cancelled: "The request was given up because the caller left"
            }
        return detail.isEmpty ? "\(what)." : "\(what) (\(detail))."
    }
}
