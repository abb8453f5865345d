public import Counsel
import Models

/// Which guard model floor clauses with `guard:` ask, and how.
public struct GuardSettings: Sendable, Hashable {
    /// How a guard is asked.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// OpenAI's `POST /v1/moderations`, or a server that copies it.
        case moderation
        /// A chat model that answers `safe` or `unsafe` with hazard codes, as Llama Guard does.
        case llamaGuard = "llama-guard"
    }

    /// How it is asked.
    public var kind: Kind
    /// Its name, which one of the upstreams serves.
    public var name: String
    /// How long it may take for one answer; without one by then, nothing passes.
    public var time: Duration

    /// A guard model.
    public init(kind: Kind, name: String, time: Duration = GuardTerms().patience) {
        self.kind = kind
        self.name = name
        self.time = time
    }

    /// How long it is waited for, and how much of a stream it is given at a time.
    var terms: GuardTerms { GuardTerms(patience: time) }

    func model(over client: UpstreamClient) -> any GuardModel {
        switch kind {
        case .moderation: ModerationGuard(ModerationModel(client, model: name))
        case .llamaGuard: LlamaGuard(UpstreamChatModel(client), model: name)
        }
    }
}
