/// One person's consent to one guidance of a charter: what they said yes to, when, until when, and how they said it.
public struct Consent: Hashable, Sendable {
    /// The way by which a person said something about a guidance.
    public enum Through: Hashable, Sendable {
        /// In a conversation; the receipt's id of the reply that was prepared with it.
        case reply(String)
        /// By the API, on the person's behalf.
        case api
        /// By the command line.
        case commandLine
    }

    /// The id of the guidance that was agreed to.
    public var guidance: String
    /// The id of the charter that it belongs to.
    public var charter: String
    /// The question that the person said yes to, in the charter's words.
    public var question: String
    /// The question's fingerprint: see ``ConsentQuestion/fingerprint``.
    public var questionFingerprint: String
    /// When it was given, in milliseconds since 1970.
    public var givenAt: Int64
    /// From when on it no longer holds.
    public var expiresAt: Int64
    /// When the person took it back, if they did.
    public var revokedAt: Int64?
    /// How it was given.
    public var through: Through

    /// Describes a consent.
    public init(
        guidance: String, charter: String, question: String, questionFingerprint: String, givenAt: Int64,
        expiresAt: Int64, revokedAt: Int64? = nil, through: Through
    ) {
        self.guidance = guidance
        self.charter = charter
        self.question = question
        self.questionFingerprint = questionFingerprint
        self.givenAt = givenAt
        self.expiresAt = expiresAt
        self.revokedAt = revokedAt
        self.through = through
    }

    /// Whether it holds at a moment. One that was taken back holds at none, whatever the clocks say.
    public func isLive(at moment: Int64) -> Bool {
        revokedAt == nil && givenAt <= moment && moment < expiresAt
    }
}

extension Consent.Through: CustomStringConvertible {
    /// As it is kept: `reply:rcp_…`, `api`, `command-line`.
    public var description: String {
        switch self {
        case .reply(let receipt): "reply:\(receipt)"
        case .api: "api"
        case .commandLine: "command-line"
        }
    }

    /// Reads ``description``. A word from a newer Trellis counts as the API.
    init(_ text: String) {
        if text.hasPrefix("reply:") {
            self = .reply(String(text.dropFirst(6)))
        } else {
            self = text == "command-line" ? .commandLine : .api
        }
    }
}
