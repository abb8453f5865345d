public import Consents
import Foundation
public import Memory
import Store

/// Erases all that is kept of one person: what was said, what they wished, what they consented to, what they granted,
/// and what was remembered of them.
///
/// Their receipts stay, without words, under a pseudonym that nobody can turn back; that they were erased is noted, so
/// that an audit can tell it from a consent that never was. That it is to be done is written down first, so that it is
/// completed at the next start if the process dies in the middle: see ``finish()``.
public struct PersonErasure: Sendable {
    private let receipts: ReceiptLedger
    private let consents: ConsentLedger
    private let wishes: WishesStore
    private let memories: MemoryStore?

    /// Erasing from these, which are all on one store.
    /// - Parameter memories: nil where nothing is ever remembered.
    public init(
        receipts: ReceiptLedger, consents: ConsentLedger, wishes: WishesStore, memories: MemoryStore? = nil
    ) {
        self.receipts = receipts
        self.consents = consents
        self.wishes = wishes
        self.memories = memories
    }

    /// Erases a person for good.
    ///
    /// Consents and grants go first: whatever fails after that, nobody is steered or remembered any more. The person's
    /// key goes last, and with it every copy of their words, in backups made afterwards too. Doing it again does no harm.
    /// - Returns: a signed certificate of what was erased; nil where there is no memory to sign with.
    /// - Throws: what went wrong, in words; then something may be left. It is tried again at the next start, and should be
    ///   tried again now.
    @discardableResult
    public func erase(
        _ person: PersonPseudonym, in application: String, at moment: Int64
    ) async throws -> ErasureCertificate? {
        let key = PersonKey(person, in: application)
        let id = UUID().uuidString.lowercased()
        try await receipts.store.write { session in
            try session.run(
                "INSERT INTO person_erasures (id, application, person, at) VALUES (?, ?, ?, ?)", .text(id),
                .text(application), .text(key.person), .integer(moment))
        }
        let count = try await eraseEach(person, key, at: moment)
        try await receipts.store.write { session in
            // Every intent about this person: they are all fulfilled now.
            try session.run(
                "DELETE FROM person_erasures WHERE application = ? AND person = ?", .text(application),
                .text(key.person))
        }
        return memories?.signer.certificate(
            of: .everything, person: key, count: count, askedAt: moment, done: Self.done)
    }

    /// Completes erasures that a dying process left half done. Call it at every start, before anybody is served.
    /// - Returns: how many there were.
    @discardableResult
    public func finish() async throws -> Int {
        _ = try await memories?.finishErasures()
        let found = try await receipts.store.read { session in
            try session.rows(
                "SELECT application, person, MAX(at) AS at FROM person_erasures GROUP BY application, person"
            )
            .map { (try $0.text("application"), try $0.text("person"), try $0.integer("at")) }
        }
        var finished = 0
        for (application, text, moment) in found {
            guard let person = PersonPseudonym(text) else { continue }
            try await erase(person, in: application, at: moment)
            finished += 1
        }
        return finished
    }

    private func eraseEach(_ person: PersonPseudonym, _ key: PersonKey, at moment: Int64) async throws -> Int? {
        try await consents.erase(key, at: moment)
        let count = try await memories?.erasePerson(key, at: moment)
        try await wishes.erase(key)
        try await receipts.eraseBodies(of: person)
        return count ?? nil
    }

    private static let done = [
        "Their consents, grants, wishes and everything remembered were deleted and their bytes overwritten.",
        "What was said in conversations was taken out of the receipts.",
        "The key that all of it was sealed under was destroyed, here and for every backup made from now on.",
        "The write-ahead log was emptied, and open copies were dropped.",
    ]
}
