public import Consents

/// Erases all that is kept of one person: what was said, what they wished, and what they consented to.
///
/// Their receipts stay, without words, under a pseudonym that nobody can turn back; that they were erased is noted, so
/// that an audit can tell it from a consent that never was.
public struct PersonErasure: Sendable {
    private let receipts: ReceiptLedger
    private let consents: ConsentLedger
    private let wishes: WishesStore

    /// Erasing from these three.
    public init(receipts: ReceiptLedger, consents: ConsentLedger, wishes: WishesStore) {
        self.receipts = receipts
        self.consents = consents
        self.wishes = wishes
    }

    /// Erases a person for good.
    ///
    /// Consents go first: whatever fails after that, nobody is steered any more. The person's key goes last, and with it
    /// every copy of their words, in backups made afterwards too. Doing it again does no harm.
    /// - Throws: what went wrong, in words; then something may be left, and it should be tried again.
    public func erase(_ person: PersonPseudonym, in application: String, at moment: Int64) async throws {
        let key = PersonKey(person, in: application)
        try await consents.erase(key, at: moment)
        try await wishes.erase(key)
        try await receipts.eraseBodies(of: person)
    }
}
