/// How a person and one guidance of a charter stand: what all events about them come to.
public struct ConsentStanding: Hashable, Sendable {
    /// The id of the charter.
    public let charter: String
    /// The id of the guidance in it.
    public let guidance: String
    /// The last consent that was given, live or not.
    public internal(set) var consent: Consent?
    /// When the question was last put.
    public internal(set) var askedAt: Int64?
    /// The fingerprint of the question that was last put.
    public internal(set) var askedFingerprint: String?
    /// When the person last said no.
    public internal(set) var declinedAt: Int64?
    /// When the matter was last touched: asked, answered or taken back.
    public internal(set) var settledAt: Int64?

    init(charter: String, guidance: String) {
        self.charter = charter
        self.guidance = guidance
    }

    /// Whether the question was put and nothing has been said to it since.
    public var awaitsAnswer: Bool { askedAt != nil && lastKind == .asked }
    var lastKind: ConsentEvent.Kind?

    /// Whether the person's consent to just this question is live.
    public func isLive(_ question: ConsentQuestion, at moment: Int64) -> Bool {
        guard let consent else { return false }
        return consent.questionFingerprint == question.fingerprint && consent.isLive(at: moment)
    }

    /// Whether nobody may put the question now: it is live, or it was asked, answered or taken back within the
    /// question's period. A change of words does not shorten that: nobody is asked more often by rewording.
    public func isSettled(_ question: ConsentQuestion, at moment: Int64) -> Bool {
        if isLive(question, at: moment) { return true }
        guard let settledAt else { return false }
        return question.covers(moment, since: settledAt)
    }

    /// What the standing is after one more event.
    mutating func take(_ event: ConsentEvent) {
        lastKind = event.kind
        settledAt = event.at
        switch event.kind {
        case .asked:
            askedAt = event.at
            askedFingerprint = event.questionFingerprint
        case .granted:
            consent = Consent(
                guidance: guidance, charter: charter, question: event.question ?? "",
                questionFingerprint: event.questionFingerprint ?? "", givenAt: event.at,
                expiresAt: event.until ?? event.at, through: event.through)
        case .declined:
            declinedAt = event.at
            end(at: event.at)
        case .revoked:
            end(at: event.at)
        }
    }

    private mutating func end(at moment: Int64) {
        if consent?.revokedAt == nil { consent?.revokedAt = moment }
    }
}
