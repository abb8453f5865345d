/// One thing that happened between a person and a guidance. Events are only ever added; the moment of one that ended a
/// consent may be set later once, when every process knows of it.
public struct ConsentEvent: Hashable, Sendable {
    /// What happened.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The charter's question was put to the person.
        case asked
        /// The person said yes.
        case granted
        /// The person said no.
        case declined
        /// The person took their yes back.
        case revoked
    }

    /// Whose.
    public var person: PersonKey
    /// 1 for the person's first event, then one more each.
    public var number: Int64
    /// When, in milliseconds since 1970. Never before the person's event of the number before.
    public var at: Int64
    /// What happened.
    public var kind: Kind
    /// The id of the charter.
    public var charter: String
    /// The id of the guidance in it.
    public var guidance: String
    /// The question's words; nil when something was revoked.
    public var question: String?
    /// The question's fingerprint; nil when something was revoked.
    public var questionFingerprint: String?
    /// Until when a yes holds; nil for anything but a yes.
    public var until: Int64?
    /// How it was said.
    public var through: Consent.Through

    /// Describes an event.
    public init(
        person: PersonKey, number: Int64, at: Int64, kind: Kind, charter: String, guidance: String,
        question: String? = nil, questionFingerprint: String? = nil, until: Int64? = nil, through: Consent.Through
    ) {
        self.person = person
        self.number = number
        self.at = at
        self.kind = kind
        self.charter = charter
        self.guidance = guidance
        self.question = question
        self.questionFingerprint = questionFingerprint
        self.until = until
        self.through = through
    }
}
