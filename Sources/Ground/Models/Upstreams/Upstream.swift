import Foundation
public import NIOCore

/// A model server that Trellis may talk to, by name.
///
/// An upstream says where the server is, which dialect it speaks, which models it serves, and how
/// patient to be with it. It holds no connection: ``UpstreamClient`` does.
public struct Upstream: Sendable {
    /// The API that an upstream speaks.
    public enum Dialect: String, Sendable, CaseIterable {
        /// Anything compatible with OpenAI's API: OpenAI itself, vLLM, Ollama, llama.cpp, LM Studio.
        case openAI = "openai"
        /// Anthropic's Messages API.
        case anthropic
    }

    /// How long to wait, for what.
    public struct Timeouts: Sendable, Equatable {
        /// For a connection to open, TLS included.
        public var connect: TimeAmount
        /// From the request being sent until the first byte of the reply.
        public var firstByte: TimeAmount
        /// Between two pieces of a reply.
        public var idle: TimeAmount

        /// Defaults fit large hosted models: 5 s, 120 s and 60 s.
        public init(
            connect: TimeAmount = .seconds(5), firstByte: TimeAmount = .seconds(120), idle: TimeAmount = .seconds(60)
        ) {
            self.connect = connect
            self.firstByte = firstByte
            self.idle = idle
        }
    }

    /// The name that configuration, receipts and metrics use.
    public var name: String
    /// The API that it speaks.
    public var dialect: Dialect
    /// Whether an OpenAI-compatible server also serves Anthropic's `/v1/messages` itself, as llama.cpp does. If not,
    /// Trellis translates.
    public var alsoSpeaksMessages: Bool
    /// Where it listens.
    public var address: UpstreamAddress
    /// What proves to it who we are, if it asks.
    public var credential: Credential?
    /// The models it serves: exact names, or a prefix followed by `*`. Empty means any model.
    public var models: [String]
    /// Public model name → the name that the upstream knows it by.
    public var renamed: [String: String]
    /// How long to wait.
    public var timeouts: Timeouts
    /// Connections at most, over all event loops.
    public var maximumConnections: Int
    /// Further tries at most, and only while nothing was streamed and the failure may pass.
    public var retries: Int
    /// The HTTP proxy to go through, if any. Without one, the environment decides (``ProxyEnvironment``).
    public var proxy: UpstreamAddress?
    /// A PEM file of certificate authorities to trust instead of the system's.
    public var certificateAuthorities: String?

    /// An upstream with the usual patience.
    public init(
        name: String, dialect: Dialect = .openAI, address: UpstreamAddress, credential: Credential? = nil,
        alsoSpeaksMessages: Bool = false, models: [String] = [], renamed: [String: String] = [:],
        timeouts: Timeouts = Timeouts(),
        maximumConnections: Int = 256, retries: Int = 2, proxy: UpstreamAddress? = nil,
        certificateAuthorities: String? = nil
    ) {
        self.name = name
        self.dialect = dialect
        self.address = address
        self.alsoSpeaksMessages = alsoSpeaksMessages
        self.credential = credential
        self.models = models
        self.renamed = renamed
        self.timeouts = timeouts
        self.maximumConnections = maximumConnections
        self.retries = retries
        self.proxy = proxy
        self.certificateAuthorities = certificateAuthorities
    }

    /// Whether this upstream serves `model`, and how exactly it says so.
    ///
    /// - Returns: `nil` if it does not; otherwise the length of the matching pattern, so that the most
    ///   exact claim wins (an exact name beats every prefix, "any model" loses to all).
    func claim(on model: some StringProtocol) -> Int? {
        if models.isEmpty { return 0 }
        var best: Int?
        for pattern in models {
            if pattern.hasSuffix("*") {
                guard model.hasPrefix(pattern.dropLast()) else { continue }
                best = max(best ?? 0, pattern.utf8.count)
            } else if model == pattern || renamed[pattern] == String(model) {
                return Int.max
            }
        }
        return best
    }
}

/// A secret that opens an upstream. It never shows itself in a description, a dump or a log.
public struct Credential: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The secret itself, for the one place that sends it.
    public let secret: String

    /// Wraps a secret, without surrounding white space (a file often ends in a newline).
    public init(_ secret: String) {
        self.secret = secret.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Always `‹credential›`.
    public var description: String { "‹credential›" }
    /// Always `‹credential›`.
    public var debugDescription: String { description }
    /// Has no children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// Which upstream serves which model.
public struct ModelRoutes: Sendable {
    /// The upstreams, in the order of the configuration.
    public let upstreams: [Upstream]

    /// Routes over `upstreams`; the first of two equal claims wins.
    public init(_ upstreams: [Upstream]) {
        self.upstreams = upstreams
    }

    /// The upstream for `model`, and the name to ask it for. `nil` if nobody serves it.
    ///
    /// Linear in the number of model patterns.
    public func route(_ model: String) -> (index: Int, model: String)? {
        var best: (index: Int, claim: Int)?
        for (index, upstream) in upstreams.enumerated() {
            guard let claim = upstream.claim(on: model), claim > (best?.claim ?? -1) else { continue }
            best = (index, claim)
        }
        guard let best else { return nil }
        return (best.index, upstreams[best.index].renamed[model] ?? model)
    }

    /// The models named exactly, for listings and for messages that say what there is.
    public var exactModels: [(model: String, upstream: String)] {
        upstreams.flatMap { upstream in
            upstream.models.filter { !$0.hasSuffix("*") }.map { ($0, upstream.name) }
        }
    }
}
