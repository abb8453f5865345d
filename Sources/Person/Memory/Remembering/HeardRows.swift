import Consents
import Foundation
import Store

/// What was heard and still waits, as rows of the store, each sealed under its person's own key.
struct HeardRows {
    let seal: Seal

    /// How far a row has come.
    enum Stage: Int64 {
        /// Nothing was read out of it yet.
        case whole = 0
        /// What was said outright is remembered; a model may still read it.
        case statementsRead = 1
    }

    /// That this process reads a row, and since when. It is worth nothing once the row is gone, or another's.
    struct Claim: Sendable {
        let id: String
        let at: Int64
    }

    struct Waiting: Sendable {
        var claim: Claim
        var heard: Heard
        var stage: Stage
        var attempts: Int
    }

    /// Puts a batch of journal records in the table. What was said before its person erased everything is left out.
    func insert(_ records: [[UInt8]], in session: borrowing Session) throws {
        for record in records {
            // A record that can't be opened was sealed for another store, or is damaged: there is nothing to read in it.
            guard let plain = try? seal.openInTransit(record, context: Self.transit),
                let heard = try? JSONDecoder().decode(Heard.self, from: Data(plain))
            else { continue }
            if let erasedAt = try MemoryRows.erasedAt(heard.person, in: session), heard.at <= erasedAt { continue }
            let id = UUID().uuidString.lowercased()
            let sealed = try seal.seal(
                plain, for: MemoryKey.owner(heard.person), context: Self.context(id), in: session)
            try session.run(
                """
                INSERT INTO memory_heard (id, application, person, at, stage, attempts, claimed_at, sealed)
                VALUES (?, ?, ?, ?, 0, 0, NULL, ?)
                """, .text(id), .text(heard.person.application), .text(heard.person.person), .integer(heard.at),
                .blob(sealed))
        }
    }

    static let transit = "memory/heard"
    private static func context(_ id: String) -> String { "memory/heard/\(id)" }

    /// Takes the oldest that nobody works on, up to some stage, for this process.
    ///
    /// - Parameters:
    ///   - person: Only what this person said; nil for everybody's.
    ///   - moment: Now.
    ///   - stale: A claim from before then is no claim any more: whoever made it is gone, or failed.
    func claim(
        upTo stage: Stage, of person: PersonKey?, at moment: Int64, stale: Int64, in session: borrowing Session
    ) throws -> Waiting? {
        let whose = person == nil ? "" : "AND application = ? AND person = ?"
        while let row = try session.rows(
            """
            SELECT id, stage, attempts, sealed FROM memory_heard
            WHERE stage <= ? AND (claimed_at IS NULL OR claimed_at < ?) \(whose) ORDER BY at, id LIMIT 1
            """, [.integer(stage.rawValue), .integer(stale)] + Self.owner(person)
        ).first {
            let id = try row.text("id")
            do {
                let plain = try seal.open(try row.blob("sealed"), context: Self.context(id), in: session)
                let heard = try JSONDecoder().decode(Heard.self, from: Data(plain))
                try session.run(
                    "UPDATE memory_heard SET claimed_at = ?, attempts = attempts + 1 WHERE id = ?", .integer(moment),
                    .text(id))
                return Waiting(
                    claim: Claim(id: id, at: moment), heard: heard,
                    stage: Stage(rawValue: try row.integer("stage")) ?? .whole,
                    attempts: Int(try row.integer("attempts")) + 1)
            } catch SealError.keyDestroyed {
                // Its person was erased meanwhile.
                try session.run("DELETE FROM memory_heard WHERE id = ?", .text(id))
            }
        }
        return nil
    }

    /// Whether anything waits, of a person or of anybody.
    static func isEmpty(of person: PersonKey?, in session: borrowing Session) throws -> Bool {
        let whose = person == nil ? "" : "WHERE application = ? AND person = ?"
        return try session.rows("SELECT id FROM memory_heard \(whose) LIMIT 1", owner(person)).isEmpty
    }

    private static func owner(_ person: PersonKey?) -> [SQLValue] {
        person.map { [.text($0.application), .text($0.person)] } ?? []
    }

    /// Whether a row is still there and still this reader's.
    ///
    /// Asked in the transaction in which something that was read out of it is kept: whoever erases an item takes what
    /// waits of its person with it, and a model that was already reading must not bring it back.
    static func holds(_ claim: Claim, in session: borrowing Session) throws -> Bool {
        try session.firstRow(
            "SELECT id FROM memory_heard WHERE id = ? AND claimed_at = ?", .text(claim.id), .integer(claim.at)) != nil
    }

    /// Marks a row as read that far.
    /// - Parameter isLeft: whether others may have it from now on.
    static func reached(_ stage: Stage, _ claim: Claim, isLeft: Bool, in session: borrowing Session) throws {
        try session.run(
            "UPDATE memory_heard SET stage = ?, claimed_at = ?, attempts = 0 WHERE id = ? AND claimed_at = ?",
            .integer(stage.rawValue), isLeft ? .null : .integer(claim.at), .text(claim.id), .integer(claim.at))
    }

    /// Lets a row be claimed again once `moment` is stale.
    static func leave(_ claim: Claim, claimedAt moment: Int64, in session: borrowing Session) throws {
        try session.run(
            "UPDATE memory_heard SET claimed_at = ? WHERE id = ? AND claimed_at = ?", .integer(moment), .text(claim.id),
            .integer(claim.at))
    }

    /// Drops a row that was read.
    static func delete(_ claim: Claim, in session: borrowing Session) throws {
        try session.run(
            "DELETE FROM memory_heard WHERE id = ? AND claimed_at = ?", .text(claim.id), .integer(claim.at))
    }

    /// Drops what waits of a person.
    static func delete(of person: PersonKey, in session: borrowing Session) throws {
        try session.run(
            "DELETE FROM memory_heard WHERE application = ? AND person = ?", .text(person.application),
            .text(person.person))
    }
}
