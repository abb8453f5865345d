public import Counsel
public import Models

/// Everything the gateway must know before it starts: already resolved, checked, and free of spelling.
///
/// The command line builds this value from flags, environment and `trellis.yaml`; a test builds it by hand. Nothing
/// in here is read from a file later, so what was checked is what runs.
public struct GatewaySettings: Sendable {
    /// Where the gateway listens.
    public struct Listen: Sendable, Hashable {
        /// A host name or address, such as `127.0.0.1` or `::1`.
        public var host: String
        /// A TCP port; 0 lets the system choose a free one.
        public var port: Int

        /// An address to listen on; by default the loopback address and port 8080.
        public init(host: String = "127.0.0.1", port: Int = 8080) {
            self.host = host
            self.port = port
        }

        /// The base address that a client on this machine would use.
        /// - Parameter port: the port that was taken, when ``port`` is 0.
        public func url(port taken: Int? = nil) -> String {
            let reachable = host == "0.0.0.0" ? "127.0.0.1" : host == "::" ? "::1" : host
            let bracketed = reachable.contains(":") && !reachable.hasPrefix("[") ? "[\(reachable)]" : reachable
            return "http://\(bracketed):\(taken ?? port)"
        }

        /// True when only programs on this machine can reach the address.
        public var isLoopback: Bool {
            if host == "localhost" || host == "::1" || host == "[::1]" { return true }
            let parts = host.split(separator: ".", omittingEmptySubsequences: false)
            return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
        }
    }

    /// Bounds that keep one client from taking what belongs to the others.
    public struct Limits: Sendable, Hashable {
        /// The largest request body, in bytes; a larger one is answered with 413.
        public var bodyBytes = 10 * 1024 * 1024
        /// How deep arrays and objects may nest in a request body.
        public var jsonDepth = 64
        /// The largest request head (request line and headers), in bytes; a larger one is answered with 431.
        public var headBytes = 32 * 1024
        /// How many client connections may be open at once; more wait to be accepted until one closes.
        public var connections = 8192
        /// A request's head and body must arrive within this time.
        public var readTimeout: Duration = .seconds(30)
        /// An idle client connection is closed after this time.
        public var keepAlive: Duration = .seconds(75)
        /// How long open replies may go on after the gateway was asked to stop.
        public var shutdown: Duration = .seconds(30)
        /// The limits of a key that sets none of its own.
        public var perKey = KeyLimits()

        /// The default limits.
        public init() {}
    }

    /// How situations are read and drafts criticised.
    public struct Counsel: Sendable, Hashable {
        /// Who reads the situation that a message is in.
        public enum Reader: String, Sendable, Hashable, CaseIterable {
            /// Cues alone: no model, well under a millisecond.
            case cues
            /// Cues, and the nearness of meaning that an embedding model tells.
            case embedding
            /// Cues, and a language model that is asked.
            case model
        }

        /// Who reads the situation.
        public var reader = Reader.cues
        /// The model that ``reader`` asks; nil with cues, and for the embedding model that comes with Trellis.
        public var readerModel: String?
        /// How long reading may take; then cues alone count. Nil: 30 ms with embeddings, 5 s with a model.
        public var readerTime: Duration?
        /// Whether drafts are criticised when a charter or a caller asks for it.
        public var allowsCritique = true
        /// The model that criticises drafts; nil for the one that wrote them.
        public var criticModel: String?

        /// Cues alone, and critique on demand.
        public init() {}
    }

    /// How what people want remembered is kept and used.
    public struct Memory: Sendable, Hashable {
        /// Who reads what was said for what is to be remembered.
        public enum Reader: String, Sendable, Hashable, CaseIterable {
            /// Only what is said outright: "remember that…", "my goal is…".
            case statements
            /// That, and what a language model finds.
            case model
        }

        /// Whether conversations use memory at all. People's own controls work either way.
        public var isOn = true
        /// Who reads what was said.
        public var reader = Reader.statements
        /// The model that ``reader`` asks.
        public var readerModel: String?
        /// The embedding model by which items are found by meaning; nil where they are found by words alone.
        public var embedder: String?
        /// How long embedding a message may take; then its words alone are compared.
        public var embeddingTime = Duration.milliseconds(30)
        /// About how many tokens remembered items may take in front of a message.
        public var tokens = 400

        /// Memory on, what is said outright, found by words.
        public init() {}
    }

    /// How conversations of many people are held.
    public struct Deliberation: Sendable, Hashable {
        /// Whose ID tokens let people into conversations.
        public struct Identity: Sendable, Hashable {
            /// The issuer, as it stands in the tokens.
            public var issuer: String
            /// The client's id there: tokens for others are refused.
            public var audience: String
            /// Where the issuer's keys (JWKS) are: a file, or an address with `://`.
            public var keys: String

            /// An issuer.
            public init(issuer: String, audience: String, keys: String) {
                self.issuer = issuer
                self.audience = audience
                self.keys = keys
            }
        }

        /// The embedding model by which statements are found that say nearly the same; nil: by their letters alone.
        public var embedder: String?
        /// Whose ID tokens let people in; nil for nobody's.
        public var identity: Identity?

        /// Letters alone, and no issuer.
        public init() {}
    }

    /// How conversations of many people are held.
    public var deliberation = Deliberation()
    /// How situations are read and drafts criticised.
    public var counsel = Counsel()
    /// How what people want remembered is kept and used.
    public var memory = Memory()
    /// Where to listen.
    public var listen = Listen()
    /// The folder of the store, the journal and the keys.
    public var dataDirectory = ".trellis/data"
    /// The folder of the local runtime: its Python environment and its models.
    public var home = ".trellis"
    /// The charter for development mode, and for keys that name none.
    public var charter: CharterReference = .commons("commons/advisor")
    /// The role within ``charter``, if one is taken.
    public var role: String?
    /// Where charters that others build on may be found.
    public var charters = CharterLibrary.Settings()
    /// True when no key is asked for. Only valid on a loopback address; see ``problems``.
    public var development = false
    /// True when receipts keep message bodies (sealed) although the charter doesn't ask for it.
    public var keepsBodies = false
    /// Bounds on requests and connections.
    public var limits = Limits()
    /// How many event loops serve requests; 0 means one a core.
    public var threads = 0
    /// The upstreams, in the order in which their model patterns are tried.
    public var upstreams: [UpstreamSettings] = [.local]

    /// The guard model that floor clauses with `guard:` ask; nil for none, and then those clauses let nothing pass.
    public var guardModel: GuardSettings?

    /// The default settings: loopback, keys required, the advisor's charter, the local model.
    public init() {}

    /// Where charters and what they build on are found. What comes over the network is kept in the data folder.
    public var library: CharterLibrary {
        var settings = charters
        settings.keptIn = settings.keptIn ?? dataDirectory + "/charters"
        return CharterLibrary(settings)
    }

    /// What would be unsafe or impossible about these settings, in words; empty when they can be used.
    public var problems: [String] {
        var found: [String] = []
        if development && !listen.isLoopback {
            found.append(
                "development mode needs no key, so it only listens on loopback, and \(listen.host) is reachable from "
                    + "elsewhere: listen on 127.0.0.1, or turn development off and create keys with `trellis key create`"
            )
        }
        if !(0...65535).contains(listen.port) {
            found.append("\(listen.port) is no port: give a number from 0 to 65535")
        }
        if upstreams.isEmpty { found.append("no upstream is named: add one under `upstreams:`") }
        var seen: Set<String> = []
        for upstream in upstreams where !seen.insert(upstream.name).inserted {
            found.append("two upstreams are named \(upstream.name): give each its own name")
        }
        if upstreams.count(where: \.isLocal) > 1 {
            found.append("more than one upstream has the kind local: one local runtime serves all local models")
        }
        if counsel.reader == .model && counsel.readerModel == nil {
            found.append("counsel.reader is model, and no model is named: name one with counsel.reader-model")
        }
        if memory.reader == .model && memory.readerModel == nil {
            found.append("memory.reader is model, and no model is named: name one with memory.reader-model")
        }
        return found
    }
}

/// One upstream as the settings name it.
public enum UpstreamSettings: Sendable {
    /// The local runtime, which Trellis starts itself; its address is known once it runs.
    case local(name: String, models: [String])
    /// A model server that runs on its own.
    case remote(Upstream)

    /// The name that routes, receipts and metrics use.
    public var name: String {
        switch self {
        case .local(let name, _): name
        case .remote(let upstream): upstream.name
        }
    }

    /// Exact model names, or prefixes followed by `*`.
    public var models: [String] {
        switch self {
        case .local(_, let models): models
        case .remote(let upstream): upstream.models
        }
    }

    /// True for the local runtime.
    public var isLocal: Bool {
        if case .local = self { true } else { false }
    }

    /// The local runtime with the two models that come with Trellis.
    public static let local: UpstreamSettings = .local(name: "local", models: ["smollm2", "all-minilm-l6-v2"])
}
