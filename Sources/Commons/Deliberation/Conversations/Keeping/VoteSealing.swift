import Store

/// Seals votes and authorships that an older Trellis kept in the clear, each under a new key of its participant.
///
/// One conversation at a time, each in one transaction that also deletes what was in the clear; so it can be stopped
/// anywhere and seals nothing twice. The last step takes the old tables away.
struct VoteSealing {
    let store: DataStore
    let seal: Seal

    /// So many votes are in memory at once.
    private static let batch = 10_000

    /// Seals all there is.
    ///
    /// - Returns: how many votes were sealed. Complexity: O(votes), about 100,000 a second.
    func run() async throws -> Int {
        guard try await store.read({ try Self.isDue($0) }) else { return 0 }
        var count = 0
        while let sealed = try await store.write({ [seal] session in try Self.step(seal, session) }) { count += sealed }
        return count
    }

    private static func isDue(_ session: borrowing Session) throws -> Bool {
        try session.firstRow("SELECT id FROM deliberation_unsealed") != nil
    }

    /// Seals one conversation; nil when none is left.
    private static func step(_ seal: Seal, _ session: borrowing Session) throws -> Int? {
        // Asked again: another process may have done it meanwhile.
        guard try isDue(session) else { return nil }
        let next = try session.firstRow(
            """
            SELECT c.number, c.id FROM deliberation_conversations c
            JOIN deliberation_unsealed_participants p ON p.conversation = c.number LIMIT 1
            """)
        guard let next, let id = ConversationID(try next.text("id")) else {
            try finish(session)
            return nil
        }
        let key = try ConversationKey(of: id, number: try next.integer("number"), with: seal, in: session)
        try sealParticipants(of: key, session)
        var keys = ParticipantKeys(key)
        try keys.openAll(session)
        let count = try sealVotes(&keys, session)
        try sealAuthorships(&keys, session)
        for table in ["deliberation_unsealed_participants", "deliberation_unsealed_events"] {
            try session.run("DELETE FROM \(table) WHERE conversation = ?", .integer(key.number))
        }
        return count
    }

    private static func sealParticipants(of key: ConversationKey, _ session: borrowing Session) throws {
        let rows = try session.rows(
            "SELECT number, secret, link FROM deliberation_unsealed_participants WHERE conversation = ?",
            .integer(key.number))
        for row in rows {
            _ = try ParticipantRows.add(
                try row.integer("number"), secret: try row.optionalBlob("secret"), link: try row.optionalBlob("link"),
                to: key, in: session)
        }
    }

    private static func sealVotes(_ keys: inout ParticipantKeys, _ session: borrowing Session) throws -> Int {
        var (count, last) = (0, Int64(0))
        let newest = try session.firstRow(
            "SELECT last_event FROM deliberation_conversations WHERE number = ?", .integer(keys.conversation.number))
        while true {
            let rows = try session.rows(
                """
                SELECT number, participant, statement, stance, importance, at FROM deliberation_unsealed_events
                WHERE conversation = ? AND number > ? ORDER BY number LIMIT ?
                """, .integer(keys.conversation.number), .integer(last), SQLValue(batch))
            guard !rows.isEmpty else { break }
            // Where somebody withdrew numbers are missing, and they stay missing: what stands without a gap goes together.
            var run: (first: Int64, votes: [VoteRows.Kept]) = (last + 1, [])
            for row in rows {
                last = try row.integer("number")
                if last != run.first + Int64(run.votes.count) {
                    try add(run, &keys, session)
                    run = (last, [])
                }
                run.votes.append(try vote(row))
            }
            try add(run, &keys, session)
            count += rows.count
        }
        try session.run(
            "UPDATE deliberation_conversations SET last_event = ? WHERE number = ?",
            .integer(try newest?.integer("last_event") ?? last), .integer(keys.conversation.number))
        return count
    }

    private static func add(
        _ run: (first: Int64, votes: [VoteRows.Kept]), _ keys: inout ParticipantKeys, _ session: borrowing Session
    ) throws {
        if !run.votes.isEmpty { try VoteRows.add(run.votes, from: run.first, &keys, in: session) }
    }

    private static func vote(_ row: SQLRow) throws -> VoteRows.Kept {
        VoteRows.Kept(
            participant: try row.integer("participant"), statement: Int(try row.integer("statement")),
            stance: Stance(rawValue: Int8(truncatingIfNeeded: try row.integer("stance"))) ?? .pass,
            importance: try row.optionalInteger("importance").flatMap { Importance(steps: UInt8(clamping: $0)) },
            at: try row.integer("at"))
    }

    private static func sealAuthorships(_ keys: inout ParticipantKeys, _ session: borrowing Session) throws {
        let rows = try session.rows(
            "SELECT number, author FROM deliberation_statements WHERE conversation = ? AND author IS NOT NULL",
            .integer(keys.conversation.number))
        for row in rows {
            guard let key = try keys.key(of: try row.integer("author"), session) else { continue }
            try ParticipantRows.add(
                authorOf: Int(try row.integer("number")), key, to: keys.conversation, in: session)
        }
        try session.run(
            "UPDATE deliberation_statements SET author = NULL WHERE conversation = ?",
            .integer(keys.conversation.number))
    }

    private static func finish(_ session: borrowing Session) throws {
        for statement in [
            "DROP TABLE deliberation_unsealed_participants", "DROP TABLE deliberation_unsealed_events",
            "ALTER TABLE deliberation_statements DROP COLUMN author", "DELETE FROM deliberation_unsealed",
        ] {
            try session.run(statement)
        }
        // What was in the clear must not be left in the log either.
        try LogUpkeep.note(in: session)
    }
}

extension ConversationStore {
    /// Seals what an older Trellis kept of participants in the clear. Call it at every start, before anything is asked: votes
    /// that aren't sealed yet count for nothing.
    ///
    /// - Returns: how many votes were sealed.
    @discardableResult
    public func sealOlder() async throws(ConversationError) -> Int {
        let count: Int
        do { count = try await VoteSealing(store: store, seal: seal).run() } catch {
            throw ConversationError(any: error, path: store.path)
        }
        if count > 0 { await upkeep.begin() }
        return count
    }
}
