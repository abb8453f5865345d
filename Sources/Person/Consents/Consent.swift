/// One person's consent to one guidance of a charter.
public struct Consent: Hashable, Sendable {
    /// The id of the guidance that was agreed to.
    public var guidance: String
    /// The question that the person was asked, in the charter's words.
    public var question: String
}
