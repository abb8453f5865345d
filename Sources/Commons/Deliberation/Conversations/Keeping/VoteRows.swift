import Store

/// How votes lie in the store's tables: every one as an event, and what they come to.
enum VoteRows {
    /// A vote by the numbers of the conversation.
    struct Kept: Sendable, Hashable {
        let participant: Int64
        let statement: Int
        let stance: Stance
        let importance: Importance?
        let at: Int64
    }

    private static func kept(_ row: SQLRow) throws -> Kept {
        Kept(
            participant: try row.integer("participant"), statement: Int(try row.integer("statement")),
            stance: Stance(rawValue: Int8(truncatingIfNeeded: try row.integer("stance"))) ?? .pass,
            importance: try row.optionalInteger("importance").flatMap { Importance(steps: UInt8(clamping: $0)) },
            at: try row.integer("at"))
    }

    /// The vote that a participant has on a statement.
    static func standing(
        of participant: Int64, on statement: Int, in conversation: Int64, _ session: borrowing Session
    ) throws -> Kept? {
        try session.firstRow(
            """
            SELECT participant, statement, stance, importance, at FROM deliberation_votes
            WHERE conversation = ? AND participant = ? AND statement = ?
            """, .integer(conversation), .integer(participant), SQLValue(statement)
        ).map { try kept($0) }
    }

    /// The votes that count, of one participant or of all.
    static func standing(
        in conversation: Int64, of participant: Int64? = nil, _ session: borrowing Session
    ) throws -> [Kept] {
        let columns = """
            SELECT participant, statement, stance, importance, at FROM deliberation_votes WHERE conversation = ?
            """
        let order = " ORDER BY participant, statement"
        var found: [Kept] = []
        if let participant {
            try session.forEachRow(
                columns + " AND participant = ?" + order, [.integer(conversation), .integer(participant)]
            ) { found.append(try kept($0)) }
        } else {
            try session.forEachRow(columns + order, [.integer(conversation)]) { found.append(try kept($0)) }
        }
        return found
    }

    /// The votes after an event, in the order in which they came.
    static func events(
        after event: Int64, in conversation: Int64, _ session: borrowing Session
    ) throws -> [Kept] {
        var found: [Kept] = []
        try session.forEachRow(
            """
            SELECT participant, statement, stance, importance, at FROM deliberation_vote_events
            WHERE conversation = ? AND number > ? ORDER BY number
            """, [.integer(conversation), .integer(event)]
        ) { found.append(try kept($0)) }
        return found
    }

    /// Adds votes as events from a number on, and what they come to.
    static func add(
        _ votes: [Kept], from first: Int64, to conversation: Int64, in session: borrowing Session
    ) throws {
        try session.runBatch(
            """
            INSERT INTO deliberation_vote_events (
                conversation, number, participant, statement, stance, importance, at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            votes.enumerated().map { place, vote in
                [
                    .integer(conversation), .integer(first + Int64(place)), .integer(vote.participant),
                    SQLValue(vote.statement), SQLValue(vote.stance.rawValue),
                    .integer(ifAny: vote.importance.map { Int64($0.steps) }), .integer(vote.at),
                ]
            })
        try session.runBatch(
            """
            INSERT INTO deliberation_votes (conversation, participant, statement, stance, importance, at)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (conversation, participant, statement) DO UPDATE SET
                stance = excluded.stance, importance = excluded.importance, at = excluded.at
            """,
            votes.map { vote in
                [
                    .integer(conversation), .integer(vote.participant), SQLValue(vote.statement),
                    SQLValue(vote.stance.rawValue), .integer(ifAny: vote.importance.map { Int64($0.steps) }),
                    .integer(vote.at),
                ]
            })
        try session.run(
            "UPDATE deliberation_conversations SET last_event = ? WHERE number = ?",
            .integer(first + Int64(votes.count) - 1), .integer(conversation))
    }
}
