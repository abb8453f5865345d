import Store

/// How grants about memory lie in the store's tables.
enum GrantRows {
    static func revision(_ session: borrowing Session) throws -> Int64 {
        try session.firstRow("SELECT number FROM memory_grant_revision WHERE id = 1")?.integer("number") ?? 0
    }

    static func leaves(of person: PersonKey, in session: borrowing Session) throws -> [MemoryLeave] {
        try session.rows(
            """
            SELECT purpose, kind, given_at, held_until, revoked_at, accepts_inferred, through FROM memory_grants
            WHERE application = ? AND person = ?
            """, .text(person.application), .text(person.person)
        ).compactMap { row in
            // A word of a newer Trellis gives no leave here.
            guard let purpose = MemoryPurpose(rawValue: try row.text("purpose")),
                let kind = MemoryKind(rawValue: try row.text("kind"))
            else { return nil }
            return MemoryLeave(
                purpose: purpose, kind: kind, givenAt: try row.integer("given_at"),
                expiresAt: try row.integer("held_until"), revokedAt: try row.optionalInteger("revoked_at"),
                acceptsInferred: try row.integer("accepts_inferred") == 1,
                through: Consent.Through(try row.text("through")))
        }
    }

    static func events(of person: PersonKey, in session: borrowing Session) throws -> [MemoryGrantEvent] {
        try session.rows(
            """
            SELECT number, at, event, purpose, kinds, held_until, accepts_inferred, through FROM memory_grant_events
            WHERE application = ? AND person = ? ORDER BY number
            """, .text(person.application), .text(person.person)
        ).compactMap { row in
            guard let purpose = MemoryPurpose(rawValue: try row.text("purpose")),
                let kind = MemoryGrantEvent.Kind(rawValue: try row.text("event"))
            else { return nil }
            let kinds = try row.text("kinds").split(separator: " ").compactMap { MemoryKind(rawValue: String($0)) }
            return MemoryGrantEvent(
                person: person, number: try row.integer("number"), at: try row.integer("at"), kind: kind,
                purpose: purpose, kinds: Set(kinds), until: try row.optionalInteger("held_until"),
                acceptsInferred: try row.integer("accepts_inferred") == 1,
                through: Consent.Through(try row.text("through")))
        }
    }

    /// Adds what `decide` makes of the leaves as they are, and brings the rows beside the events up to date.
    ///
    /// - Returns: the revision afterwards; nil when `decide` added nothing.
    static func add(
        of person: PersonKey, at moment: Int64, in session: borrowing Session,
        deciding decide: ([MemoryLeave], Int64) -> GrantLedger.Entry?
    ) throws -> Int64? {
        let owner: [SQLValue] = [.text(person.application), .text(person.person)]
        let last = try session.rows(
            """
            SELECT number, at FROM memory_grant_events WHERE application = ? AND person = ?
            ORDER BY number DESC LIMIT 1
            """, owner
        ).first
        let at = max(moment, try last?.integer("at") ?? moment)
        guard let entry = decide(try leaves(of: person, in: session), at) else { return nil }
        try session.run(
            """
            INSERT INTO memory_grant_events (
                application, person, number, at, event, purpose, kinds, held_until, accepts_inferred, through)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            owner + [
                .integer((try last?.integer("number") ?? 0) + 1), .integer(at), .text(entry.kind.rawValue),
                .text(entry.purpose.rawValue), .text(entry.kinds.sorted().map(\.rawValue).joined(separator: " ")),
                .integer(ifAny: entry.until), entry.acceptsInferred ? 1 : 0, .text(entry.through.description),
            ])
        for kind in entry.kinds.sorted() {
            let matter = owner + [.text(entry.purpose.rawValue), .text(kind.rawValue)]
            switch entry.kind {
            case .granted:
                try session.run(
                    """
                    INSERT INTO memory_grants (
                        application, person, purpose, kind, given_at, held_until, revoked_at, accepts_inferred, through)
                    VALUES (?, ?, ?, ?, ?, ?, NULL, ?, ?)
                    ON CONFLICT (application, person, purpose, kind) DO UPDATE SET
                        given_at = excluded.given_at, held_until = excluded.held_until, revoked_at = NULL,
                        accepts_inferred = excluded.accepts_inferred, through = excluded.through
                    """,
                    matter + [
                        .integer(at), .integer(max(entry.until ?? at, at + 1)), entry.acceptsInferred ? 1 : 0,
                        .text(entry.through.description),
                    ])
            case .revoked:
                try session.run(
                    """
                    UPDATE memory_grants SET revoked_at = ?
                    WHERE application = ? AND person = ? AND purpose = ? AND kind = ? AND revoked_at IS NULL
                    """, [.integer(at)] + matter)
            }
        }
        return try raiseRevision(in: session)
    }

    private static func raiseRevision(in session: borrowing Session) throws -> Int64 {
        try session.run("UPDATE memory_grant_revision SET number = number + 1 WHERE id = 1")
        return try revision(session)
    }

    static func erase(_ person: PersonKey, in session: borrowing Session) throws -> Int64 {
        let owner: [SQLValue] = [.text(person.application), .text(person.person)]
        try session.run("DELETE FROM memory_grant_events WHERE application = ? AND person = ?", owner)
        try session.run("DELETE FROM memory_grants WHERE application = ? AND person = ?", owner)
        return try raiseRevision(in: session)
    }
}
