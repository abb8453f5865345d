import Store

/// How consents lie in the store's tables.
enum ConsentRows {
    // MARK: Reading

    static func revision(_ session: borrowing Session) throws -> Int64 {
        try session.firstRow("SELECT number FROM consent_revision WHERE id = 1")?.integer("number") ?? 0
    }

    private static let standingColumns = """
        SELECT charter, guidance, question, question_fingerprint, given_at, held_until, revoked_at, through, asked_at,
            asked_fingerprint, declined_at, settled_at, last_kind
        FROM consents
        """

    static func standings(of person: PersonKey, in session: borrowing Session) throws -> [ConsentStanding] {
        try session.rows(
            standingColumns + " WHERE application = ? AND person = ? ORDER BY charter, guidance",
            .text(person.application), .text(person.person)
        ).map { try standing($0) }
    }

    private static func standing(_ row: SQLRow) throws -> ConsentStanding {
        var standing = ConsentStanding(charter: try row.text("charter"), guidance: try row.text("guidance"))
        if let givenAt = try row.optionalInteger("given_at") {
            standing.consent = Consent(
                guidance: standing.guidance, charter: standing.charter, question: try row.text("question"),
                questionFingerprint: try row.text("question_fingerprint"), givenAt: givenAt,
                expiresAt: try row.integer("held_until"), revokedAt: try row.optionalInteger("revoked_at"),
                through: Consent.Through(try row.text("through")))
        }
        standing.askedAt = try row.optionalInteger("asked_at")
        standing.askedFingerprint = try row.optionalText("asked_fingerprint")
        standing.declinedAt = try row.optionalInteger("declined_at")
        standing.settledAt = try row.integer("settled_at")
        standing.lastKind = ConsentEvent.Kind(rawValue: try row.text("last_kind"))
        return standing
    }

    private static let eventColumns = """
        SELECT application, person, number, at, kind, charter, guidance, question, question_fingerprint, held_until,
            through
        FROM consent_events
        """

    static func events(of person: PersonKey, in session: borrowing Session) throws -> [ConsentEvent] {
        try session.rows(
            eventColumns + " WHERE application = ? AND person = ? ORDER BY number", .text(person.application),
            .text(person.person)
        ).compactMap { try event($0) }
    }

    static func events(application: String?, in session: borrowing Session) throws -> [ConsentEvent] {
        let order = " ORDER BY application, person, number"
        let rows =
            if let application {
                try session.rows(eventColumns + " WHERE application = ?" + order, .text(application))
            } else {
                try session.rows(eventColumns + order)
            }
        return try rows.compactMap { try event($0) }
    }

    /// Nil for a kind of event that only a newer Trellis knows.
    private static func event(_ row: SQLRow) throws -> ConsentEvent? {
        guard let kind = ConsentEvent.Kind(rawValue: try row.text("kind")) else { return nil }
        return ConsentEvent(
            person: PersonKey(application: try row.text("application"), person: try row.text("person")),
            number: try row.integer("number"), at: try row.integer("at"), kind: kind,
            charter: try row.text("charter"), guidance: try row.text("guidance"),
            question: try row.optionalText("question"),
            questionFingerprint: try row.optionalText("question_fingerprint"),
            until: try row.optionalInteger("held_until"), through: Consent.Through(try row.text("through")))
    }

    static func erasures(application: String?, in session: borrowing Session) throws -> [PersonKey: Int64] {
        var found: [PersonKey: Int64] = [:]
        let filter = application == nil ? "" : " WHERE application = ?"
        try session.forEachRow(
            "SELECT application, person, at FROM consent_erasures" + filter, application.map { [.text($0)] } ?? []
        ) { row in
            found[PersonKey(application: try row.text("application"), person: try row.text("person"))] =
                try row.integer("at")
        }
        return found
    }

    // MARK: Writing

    /// What a write left: the revision afterwards, and the event that was added.
    struct Added: Sendable {
        var revision: Int64
        var event: ConsentEvent
    }

    /// Adds what `decide` says, and brings the row of what stands up to date.
    /// - Returns: nil when nothing was added.
    static func add(
        to charter: String, _ guidance: String, of person: PersonKey, at moment: Int64,
        in session: borrowing Session, deciding decide: (ConsentStanding, Int64) -> ConsentLedger.Entry?
    ) throws -> Added? {
        let owner: [SQLValue] = [.text(person.application), .text(person.person)]
        let last = try session.rows(
            """
            SELECT number, at FROM consent_events WHERE application = ? AND person = ? ORDER BY number DESC LIMIT 1
            """, owner
        ).first
        let at = max(moment, try last?.integer("at") ?? moment)
        var standing =
            try session.rows(
                standingColumns + " WHERE application = ? AND person = ? AND charter = ? AND guidance = ?",
                owner + [.text(charter), .text(guidance)]
            ).first.map { try Self.standing($0) } ?? ConsentStanding(charter: charter, guidance: guidance)
        guard let entry = decide(standing, at) else { return nil }
        let event = ConsentEvent(
            person: person, number: (try last?.integer("number") ?? 0) + 1, at: at, kind: entry.kind, charter: charter,
            guidance: guidance, question: entry.question?.asks, questionFingerprint: entry.question?.fingerprint,
            until: entry.until, through: entry.through)
        try session.run(
            """
            INSERT INTO consent_events (
                application, person, number, at, kind, charter, guidance, question, question_fingerprint, held_until,
                through)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            owner + [
                .integer(event.number), .integer(event.at), .text(event.kind.rawValue), .text(charter),
                .text(guidance), .text(ifAny: event.question), .text(ifAny: event.questionFingerprint),
                .integer(ifAny: event.until), .text(event.through.description),
            ])
        standing.take(event)
        try write(standing, of: person, in: session)
        return Added(revision: try raiseRevision(in: session), event: event)
    }

    /// Dates an event that ended a consent later, but never later than what happened to the person next.
    /// - Returns: the revision afterwards.
    static func postpone(
        _ event: ConsentEvent, to moment: Int64, in session: borrowing Session
    ) throws -> Int64 {
        let owner: [SQLValue] = [.text(event.person.application), .text(event.person.person)]
        let next = try session.rows(
            "SELECT at FROM consent_events WHERE application = ? AND person = ? AND number = ?",
            owner + [.integer(event.number + 1)]
        ).first?.integer("at")
        let at = max(event.at, min(moment, next ?? moment))
        try session.run(
            "UPDATE consent_events SET at = ? WHERE application = ? AND person = ? AND number = ?",
            [.integer(at)] + owner + [.integer(event.number)])
        // The row of what stands names the same moment, unless something has happened since.
        let matter = owner + [.text(event.charter), .text(event.guidance), .integer(event.at)]
        for column in ["revoked_at", "declined_at", "settled_at"] {
            try session.run(
                """
                UPDATE consents SET \(column) = ?
                WHERE application = ? AND person = ? AND charter = ? AND guidance = ? AND \(column) = ?
                """, [.integer(at)] + matter)
        }
        return try raiseRevision(in: session)
    }

    private static func write(
        _ standing: ConsentStanding, of person: PersonKey, in session: borrowing Session
    ) throws {
        let consent = standing.consent
        try session.run(
            """
            INSERT INTO consents (
                application, person, charter, guidance, question, question_fingerprint, given_at, held_until,
                revoked_at, through, asked_at, asked_fingerprint, declined_at, settled_at, last_kind)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (application, person, charter, guidance) DO UPDATE SET
                question = excluded.question, question_fingerprint = excluded.question_fingerprint,
                given_at = excluded.given_at, held_until = excluded.held_until, revoked_at = excluded.revoked_at,
                through = excluded.through, asked_at = excluded.asked_at,
                asked_fingerprint = excluded.asked_fingerprint, declined_at = excluded.declined_at,
                settled_at = excluded.settled_at, last_kind = excluded.last_kind
            """,
            .text(person.application), .text(person.person), .text(standing.charter), .text(standing.guidance),
            .text(ifAny: consent?.question), .text(ifAny: consent?.questionFingerprint),
            .integer(ifAny: consent?.givenAt), .integer(ifAny: consent?.expiresAt),
            .integer(ifAny: consent?.revokedAt), .text(ifAny: consent?.through.description),
            .integer(ifAny: standing.askedAt), .text(ifAny: standing.askedFingerprint),
            .integer(ifAny: standing.declinedAt), .integer(standing.settledAt ?? 0),
            .text((standing.lastKind ?? .asked).rawValue))
    }

    private static func raiseRevision(in session: borrowing Session) throws -> Int64 {
        try session.run("UPDATE consent_revision SET number = number + 1 WHERE id = 1")
        return try revision(session)
    }

    /// Deletes all that is kept of a person, and notes that it was.
    /// - Returns: the revision afterwards.
    static func erase(_ person: PersonKey, at moment: Int64, in session: borrowing Session) throws -> Int64 {
        let owner: [SQLValue] = [.text(person.application), .text(person.person)]
        try session.run("DELETE FROM consent_events WHERE application = ? AND person = ?", owner)
        try session.run("DELETE FROM consents WHERE application = ? AND person = ?", owner)
        try session.run(
            """
            INSERT INTO consent_erasures (application, person, at) VALUES (?, ?, ?)
            ON CONFLICT (application, person) DO UPDATE SET at = excluded.at
            """, owner + [.integer(moment)])
        return try raiseRevision(in: session)
    }

    /// Dates a person's erasure later.
    static func postponeErasure(of person: PersonKey, to moment: Int64, in session: borrowing Session) throws {
        try session.run(
            "UPDATE consent_erasures SET at = ? WHERE application = ? AND person = ? AND at < ?", .integer(moment),
            .text(person.application), .text(person.person), .integer(moment))
    }
}
