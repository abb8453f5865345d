public import Models

/// A guard over the OpenAI moderation endpoint, `POST /v1/moderations`, and the servers that copy it.
///
/// Goes by the server's own verdicts; where it gives only scores, by those of at least ``threshold``. A text that is
/// flagged for no category that is named counts for all: what can't be weighed against a clause must not pass it.
public struct ModerationGuard: GuardModel {
    private let model: ModerationModel
    /// From which score on a category counts, when a server sends no verdicts.
    public let threshold: Double

    /// A guard that asks `model`.
    public init(_ model: ModerationModel, threshold: Double = 0.5) {
        self.model = model
        self.threshold = threshold
    }

    /// See ``GuardModel/categories(of:inReplyTo:)``. The question isn't sent: the endpoint judges one text.
    public func categories(of text: String, inReplyTo question: String?) async throws(GuardUnavailable) -> Set<String> {
        let verdict: ModerationVerdict
        do {
            verdict = try await model.verdict(on: text)
        } catch {
            throw GuardUnavailable(error)
        }
        let found =
            verdict.categories ?? verdict.scores.map { scores in Set(scores.filter { $0.value >= threshold }.keys) }
        if let found, !found.isEmpty || verdict.flagged != true { return found }
        guard let flagged = verdict.flagged else {
            throw GuardUnavailable(reason: "its answer holds neither a verdict nor categories")
        }
        return flagged ? Set(GuardCategory.all) : []
    }
}

extension GuardUnavailable {
    /// What an upstream's failure means for a guard.
    init(_ error: any Error) {
        switch error {
        case let refusal as ChatRefusal: self.init(reason: "it answered with status \(refusal.status)")
        case let failure as UpstreamFailure: self.init(reason: failure.description)
        default: self.init(reason: "the request was given up")
        }
    }
}
