/// Leave to put one guidance of a charter into a brief, because the person's consent to it is live.
///
/// This is the third law as a type: whatever needs a permit can't be written without one, and only the ledger of
/// consents makes them. Its initializer is behind `@_spi(ConsentLedger)`, which one file outside the tests imports; a
/// test of the house holds it to that. Ask for permits anew for every message: a permit says that a consent *was* live
/// when it was made, and a person can revoke at any time.
public struct GuidancePermit: Hashable, Sendable, Identifiable {
    /// The guidance's id.
    public let guidance: String
    /// The id of the charter that it belongs to.
    public let charter: String
    /// The fingerprint of the question that the person said yes to.
    public let question: String

    /// The guidance's id.
    public var id: String { guidance }

    /// Grants leave. Only the ledger of consents, and tests, may.
    @_spi(ConsentLedger)
    public init(guidance: String, charter: String, question: String) {
        self.guidance = guidance
        self.charter = charter
        self.question = question
    }
}
