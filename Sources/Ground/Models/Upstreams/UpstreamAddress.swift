public import Foundation

/// Where a server listens: scheme, host, port and a path that every request begins with.
public struct UpstreamAddress: Sendable, Hashable, CustomStringConvertible {
    /// Why an address could not be read. The description says what to write instead.
    public struct Malformed: Error, Sendable, CustomStringConvertible, LocalizedError {
        /// What is wrong and what to write instead.
        public let description: String
        /// The same, for callers that print errors through Foundation.
        public var errorDescription: String? { description }
    }

    /// Whether the connection is encrypted (https).
    public let usesTLS: Bool
    /// A host name or an IP address, without brackets.
    public let host: String
    /// 1 to 65,535.
    public let port: Int
    /// Empty, or begins with `/` and does not end with one.
    public let path: String

    /// An address from its parts.
    public init(usesTLS: Bool = false, host: String, port: Int, path: String = "") {
        self.usesTLS = usesTLS
        self.host = host
        self.port = port
        self.path = path
    }

    /// Reads `http://host[:port][/path]` or `https://…`.
    ///
    /// - Throws: ``Malformed`` for another scheme, a missing host, or a query, fragment or password, which
    ///   have no place in a base address (a secret in a URL ends up in logs).
    public init(_ text: String) throws(Malformed) {
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            scheme == "http" || scheme == "https"
        else {
            throw Malformed(description: "not a web address: write http://host:port/path or https://host/path")
        }
        guard parts.user == nil, parts.password == nil else {
            throw Malformed(description: "an address must not hold a user or a password: name the key by environment")
        }
        guard parts.query == nil, parts.fragment == nil else {
            throw Malformed(description: "an address ends with its path: leave out what follows ? or #")
        }
        guard let host = parts.host, !host.isEmpty else {
            throw Malformed(description: "the address names no host: write http://host:port/path")
        }
        let port = parts.port ?? (scheme == "https" ? 443 : 80)
        guard (1...65_535).contains(port) else {
            throw Malformed(description: "port \(port) is out of range: use 1 to 65535")
        }
        var path = parts.percentEncodedPath
        while path.hasSuffix("/") { path.removeLast() }
        self.init(
            usesTLS: scheme == "https", host: host.trimmingCharacters(in: CharacterSet(charactersIn: "[]")),
            port: port, path: path)
    }

    /// The address as a URL, without a trailing slash.
    public var description: String { "\(usesTLS ? "https" : "http")://\(authority)\(path)" }

    /// `host`, with the port unless it is the scheme's own, as the `Host` header wants it.
    public var authority: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == (usesTLS ? 443 : 80) ? name : "\(name):\(port)"
    }
}

/// The proxies that the environment names, as curl and most clients read them.
///
/// `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`, also in lower case. As in curl, upper-case
/// `HTTP_PROXY` is ignored inside CGI (where a client's `Proxy:` header could set it).
public struct ProxyEnvironment: Sendable {
    private let plain: UpstreamAddress?
    private let encrypted: UpstreamAddress?
    private let exempt: [String]

    /// Reads the proxies from environment variables.
    public init(_ environment: [String: String]) {
        func address(_ names: String...) -> UpstreamAddress? {
            for name in names {
                guard let value = environment[name], !value.isEmpty else { continue }
                return try? UpstreamAddress(value.contains("://") ? value : "http://\(value)")
            }
            return nil
        }
        let inCGI = environment["REQUEST_METHOD"] != nil
        plain = inCGI ? address("http_proxy") : address("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY")
        encrypted = address("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")
        exempt = (environment["no_proxy"] ?? environment["NO_PROXY"] ?? "")
            .split(separator: ",")
            .map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
            .filter { !$0.isEmpty }
    }

    /// The proxy for an address, or `nil` to go straight there. Loopback never goes through a proxy.
    public func proxy(for address: UpstreamAddress) -> UpstreamAddress? {
        let host = address.host.lowercased()
        if host == "localhost" || host == "::1" || host.hasPrefix("127.") { return nil }
        for entry in exempt {
            let name = entry.hasPrefix(".") ? String(entry.dropFirst()) : entry
            if entry == "*" || host == name || host.hasSuffix(".\(name)") { return nil }
            if "\(host):\(address.port)" == name { return nil }
        }
        return address.usesTLS ? encrypted : plain
    }
}
