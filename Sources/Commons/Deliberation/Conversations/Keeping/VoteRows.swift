import Store

/// How votes lie in the store's tables: each as an event, sealed under the key of whoever cast it.
///
/// In the clear stand the conversation, the participant, and the place in the order of events; not the statement, stance,
/// importance or time. What the events come to, the last vote of each participant on each statement, is found by opening
/// them.
enum VoteRows {
    /// A vote by the numbers of the conversation.
    struct Kept: Sendable, Hashable {
        let participant: Int64
        let statement: Int
        let stance: Stance
        let importance: Importance?
        let at: Int64
    }

    /// The vote that a participant has on a statement.
    static func standing(
        of key: ParticipantKey, on statement: Int, in conversation: Int64, _ session: borrowing Session
    ) throws -> Kept? {
        try session.firstRow(
            """
            SELECT number, sealed FROM deliberation_vote_events
            WHERE conversation = ? AND participant = ? AND tag = ? ORDER BY number DESC LIMIT 1
            """, .integer(conversation), .integer(key.participant), .blob(key.tag(of: statement))
        ).map { try key.vote(try $0.blob("sealed"), as: try $0.integer("number")) }
    }

    /// The votes that count of one participant, by statement.
    static func standing(
        of key: ParticipantKey, in conversation: Int64, _ session: borrowing Session
    ) throws -> [Kept] {
        var last: [Int: Kept] = [:]
        try session.forEachRow(
            """
            SELECT number, sealed FROM deliberation_vote_events WHERE conversation = ? AND participant = ? ORDER BY number
            """, [.integer(conversation), .integer(key.participant)]
        ) { row in
            let vote = try key.vote(try row.blob("sealed"), as: try row.integer("number"))
            last[vote.statement] = vote
        }
        return last.values.sorted { $0.statement < $1.statement }
    }

    /// The votes that count of all, by participant and statement.
    static func standing(_ keys: inout ParticipantKeys, _ session: borrowing Session) throws -> [Kept] {
        var places: [Cell: Int] = [:]
        var found: [Kept] = []
        for vote in try events(after: 0, &keys, session) {
            let cell = Cell(vote)
            if let place = places[cell] {
                found[place] = vote
            } else {
                places[cell] = found.count
                found.append(vote)
            }
        }
        return found.sorted { ($0.participant, $0.statement) < ($1.participant, $1.statement) }
    }

    /// One person and one statement.
    private struct Cell: Hashable {
        let participant: Int64
        let statement: Int

        init(_ vote: Kept) { (participant, statement) = (vote.participant, vote.statement) }
    }

    /// The votes after an event, in the order in which they came.
    ///
    /// Votes of somebody whose key is gone are no votes any more.
    static func events(
        after event: Int64, _ keys: inout ParticipantKeys, _ session: borrowing Session
    ) throws -> [Kept] {
        if event == 0 { try keys.openAll(session) }
        var found: [Kept] = []
        try session.forEachRow(
            """
            SELECT number, participant, sealed FROM deliberation_vote_events WHERE conversation = ? AND number > ?
            ORDER BY number
            """, [.integer(keys.conversation.number), .integer(event)]
        ) { row in
            guard let key = try keys.key(of: try row.integer("participant"), session) else { return }
            found.append(try key.vote(try row.blob("sealed"), as: try row.integer("number")))
        }
        return found
    }

    /// Adds votes of participants who are there as events from a number on.
    static func add(
        _ votes: [Kept], from first: Int64, _ keys: inout ParticipantKeys, in session: borrowing Session
    ) throws {
        let conversation = keys.conversation.number
        var rows: [[SQLValue]] = []
        rows.reserveCapacity(votes.count)
        for (place, vote) in votes.enumerated() {
            guard let key = try keys.key(of: vote.participant, session) else { throw SealError.keyDestroyed }
            let event = first + Int64(place)
            rows.append([
                .integer(conversation), .integer(event), .integer(vote.participant),
                .blob(key.tag(of: vote.statement)), .blob(try key.seal(vote, as: event)),
            ])
        }
        try session.runBatch(
            """
            INSERT INTO deliberation_vote_events (conversation, number, participant, tag, sealed)
            VALUES (?, ?, ?, ?, ?)
            """, rows)
        try session.run(
            "UPDATE deliberation_conversations SET last_event = ? WHERE number = ?",
            .integer(first + Int64(votes.count) - 1), .integer(conversation))
    }
}
