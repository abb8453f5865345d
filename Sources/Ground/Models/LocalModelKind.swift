/// What a model on this machine is for.
public enum LocalModelKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// Conversation: SmolLM2-135M-Instruct (Allal et al. 2025, arXiv 2502.02737). It shows that everything works; it
    /// is no wise advisor.
    case chat
    /// Sentence embeddings of 384 numbers: all-MiniLM-L6-v2 (Reimers and Gurevych 2019, arXiv 1908.10084).
    case embedding

    /// The name under which the model is asked for, and the name of its file without `.gguf`.
    public var modelName: String {
        switch self {
        case .chat: "smollm2-135m-instruct"
        case .embedding: "all-minilm-l6-v2"
        }
    }

    /// Tokens that one request may hold, reply included. Longer ones are refused with status 400.
    public var contextTokens: Int {
        switch self {
        case .chat: 4096
        case .embedding: 512
        }
    }

    /// Requests answered at the same time; others wait their turn.
    public var parallelRequests: Int { 2 }
}

/// What a local model is doing.
public enum LocalRuntimeState: Sendable, Hashable {
    /// It is being loaded for the first time.
    case starting
    /// It answers.
    case ready
    /// It died and is being started again.
    case restarting(reason: String)
    /// It doesn't come up. If it ever ran, it is tried again twice a minute, so mending the cause is enough.
    case failed(reason: String)
    /// It is not running and nobody asked for it to be.
    case stopped
}

/// Why the local models can't run, and what to do.
public enum LocalRuntimeError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A file that `make setup` puts in place isn't there.
    case notSetUp(LocalModelKind, missing: String)
    /// The model's process ended, or stayed silent, before it answered.
    case didNotStart(LocalModelKind, reason: String)
    /// The system gave no loopback port.
    case noPort(reason: String)
    /// ``LocalRuntime/stop()`` was called meanwhile.
    case stopped

    /// What is wrong, and what to do about it.
    public var description: String {
        switch self {
        case .notSetUp(let kind, let missing):
            "The local model \(kind.modelName) is not set up: there is no \(missing). Run `make setup`, or name "
                + "another upstream in trellis.yaml."
        case .didNotStart(let kind, let reason):
            "The local model \(kind.modelName) did not start: \(reason). Run `make setup`; if it stays so, name "
                + "another upstream in trellis.yaml."
        case .noPort(let reason):
            "No loopback port for a local model: \(reason). Check that the loopback interface is up and that this "
                + "process may open sockets (`ulimit -n`)."
        case .stopped:
            "The local models were stopped before they had started."
        }
    }

    /// The model concerned, if it is one.
    var kind: LocalModelKind? {
        switch self {
        case .notSetUp(let kind, _), .didNotStart(let kind, _): kind
        case .noPort, .stopped: nil
        }
    }

    /// What is wrong, without advice.
    var reason: String {
        switch self {
        case .notSetUp(_, let missing): "there is no \(missing)"
        case .didNotStart(_, let reason), .noPort(let reason): reason
        case .stopped: "it was stopped"
        }
    }
}
