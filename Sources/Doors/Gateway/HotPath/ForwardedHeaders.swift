import NIOHTTP1

/// Which headers go on, and which concern one hop, one side, or nobody.
///
/// Fields that we don't know pass. What stays behind: hop-by-hop fields (RFC 9110, section 7.6.1, including those that
/// `Connection` names), credentials and cookies of the other side, whatever describes a body that we may rewrite,
/// and everything in Trellis's own name space.
enum ForwardedHeaders {
    /// A client's headers, for the upstream.
    static func request(_ headers: HTTPHeaders) -> HTTPHeaders {
        filtered(headers, without: notForUpstream)
    }

    /// A request's headers when its body is translated: what is said in one dialect's own fields (its version, its
    /// betas, its organisations) means nothing in the other.
    static func translated(_ headers: HTTPHeaders) -> HTTPHeaders {
        HTTPHeaders(
            headers.filter { name, _ in
                let lower = name.lowercased()
                return !lower.hasPrefix("anthropic-") && !lower.hasPrefix("openai-")
            })
    }

    /// An upstream's headers, for the client.
    static func reply(_ headers: HTTPHeaders) -> HTTPHeaders {
        filtered(headers, without: notForClient)
    }

    private static func filtered(_ headers: HTTPHeaders, without names: Set<String>) -> HTTPHeaders {
        var kept: [(String, String)] = []
        kept.reserveCapacity(headers.count + 6)
        var named: [String] = []
        for (name, value) in headers {
            let lower = name.lowercased()
            if lower == "connection" {
                named += value.lowercased().split(separator: ",").map {
                    String($0.drop { $0 == " " }.prefix { $0 != " " })
                }
            }
            if names.contains(lower) || lower.hasPrefix("trellis-") { continue }
            kept.append((name, value))
        }
        if named.contains(where: { $0 != "keep-alive" && $0 != "close" && !$0.isEmpty }) {
            kept.removeAll { named.contains($0.0.lowercased()) }
        }
        return HTTPHeaders(kept)
    }

    private static let hopByHop: Set<String> = [
        "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "trailer",
        "transfer-encoding", "upgrade", "content-length",
    ]

    private static let notForUpstream = hopByHop.union([
        "host", "authorization", "x-api-key", "api-key", "cookie", "expect", "accept-encoding", "origin", "referer",
        "forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "traceparent",
        "tracestate", "content-encoding", "http2-settings",
    ])

    private static let notForClient = hopByHop.union([
        "set-cookie", "server", "date", "alt-svc", "strict-transport-security", "content-encoding",
        "access-control-allow-origin", "access-control-allow-credentials",
    ])
}
