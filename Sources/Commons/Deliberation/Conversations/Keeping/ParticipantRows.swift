import Store

/// How participants lie in the store's tables, and their keys.
enum ParticipantRows {
    /// Adds a participant with a key of their own, unless somebody has the number.
    ///
    /// - Returns: whether they were added.
    static func add(
        _ number: Int64, secret: [UInt8]? = nil, link: [UInt8]? = nil, to conversation: ConversationKey,
        in session: borrowing Session
    ) throws -> Bool {
        let sealed = try conversation.makeKey(of: number).sealed
        return try added(at: { place in
            try session.run(
                """
                INSERT INTO deliberation_participants (place, conversation, number, secret, link, sealed_key)
                VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """,
                .integer(place), .integer(conversation.number), .integer(number), .blob(ifAny: secret),
                .blob(ifAny: link), .blob(sealed))
        }) {
            try session.firstRow(
                "SELECT number FROM deliberation_participants WHERE conversation = ? AND number = ?",
                .integer(conversation.number), .integer(number)) != nil
        }
    }

    /// That a participant wrote a statement.
    static func add(
        authorOf statement: Int, _ key: ParticipantKey, to conversation: ConversationKey, in session: borrowing Session
    ) throws {
        let sealed = try key.sealAuthorship(of: statement)
        _ = try added(at: { place in
            try session.run(
                """
                INSERT INTO deliberation_authorships (place, conversation, participant, sealed) VALUES (?, ?, ?, ?)
                ON CONFLICT DO NOTHING
                """,
                .integer(place), .integer(conversation.number), .integer(key.participant), .blob(sealed))
        }) { false }
    }

    /// Puts a row at a place that is drawn: the order in which rows lie must not say which came first.
    private static func added(at insert: (Int64) throws -> Int, isThere: () throws -> Bool) throws -> Bool {
        var draws = SystemRandomNumberGenerator()
        while true {
            // Within what an INTEGER of any engine holds.
            if try insert(Int64.random(in: 1..<(1 << 31), using: &draws)) == 1 { return true }
            if try isThere() { return false }
        }
    }

    /// How many statements a participant wrote.
    static func statementCount(
        by participant: Int64, in conversation: Int64, _ session: borrowing Session
    ) throws -> Int {
        Int(
            try session.firstRow(
                "SELECT COUNT(*) AS total FROM deliberation_authorships WHERE conversation = ? AND participant = ?",
                .integer(conversation), .integer(participant))?.integer("total") ?? 0)
    }

    /// Who wrote which statement.
    static func authors(_ keys: inout ParticipantKeys, _ session: borrowing Session) throws -> [Int: Int64] {
        var authors: [Int: Int64] = [:]
        let rows = try session.rows(
            "SELECT participant, sealed FROM deliberation_authorships WHERE conversation = ?",
            .integer(keys.conversation.number))
        for row in rows {
            let participant = try row.integer("participant")
            guard let key = try keys.key(of: participant, session) else { continue }
            authors[try key.authorship(try row.blob("sealed"))] = participant
        }
        return authors
    }

    /// The numbers of all participants, in their order.
    static func numbers(in conversation: Int64, _ session: borrowing Session) throws -> [Int64] {
        try session.rows(
            "SELECT number FROM deliberation_participants WHERE conversation = ? ORDER BY number",
            .integer(conversation)
        ).map { try $0.integer("number") }
    }

    /// Takes a participant out: first their key, without which nothing of theirs can be read wherever a copy of it is left,
    /// then their votes and authorships.
    static func delete(_ participant: Int64, in conversation: Int64, _ session: borrowing Session) throws {
        let whose: [SQLValue] = [.integer(conversation), .integer(participant)]
        try session.run("DELETE FROM deliberation_participants WHERE conversation = ? AND number = ?", whose)
        for table in ["deliberation_vote_events", "deliberation_authorships"] {
            try session.run("DELETE FROM \(table) WHERE conversation = ? AND participant = ?", whose)
        }
    }
}

/// The keys of a conversation's participants, each opened once while somebody looks at its rows. None is kept for longer.
struct ParticipantKeys {
    let conversation: ConversationKey
    private var opened: [Int64: ParticipantKey] = [:]
    private var isWhole = false

    init(_ conversation: ConversationKey) { self.conversation = conversation }

    /// The key of a participant; nil for somebody who isn't there (any more), whose rows nobody can read.
    mutating func key(of participant: Int64, _ session: borrowing Session) throws -> ParticipantKey? {
        if let key = opened[participant] { return key }
        guard !isWhole,
            let row = try session.firstRow(
                "SELECT sealed_key FROM deliberation_participants WHERE conversation = ? AND number = ?",
                .integer(conversation.number), .integer(participant))
        else { return nil }
        let key = try conversation.key(opening: try row.blob("sealed_key"), of: participant)
        opened[participant] = key
        return key
    }

    /// Opens all of them.
    mutating func openAll(_ session: borrowing Session) throws {
        var all: [Int64: ParticipantKey] = [:]
        try session.forEachRow(
            "SELECT number, sealed_key FROM deliberation_participants WHERE conversation = ?",
            [.integer(conversation.number)]
        ) { row in
            let participant = try row.integer("number")
            all[participant] = try conversation.key(opening: try row.blob("sealed_key"), of: participant)
        }
        (opened, isWhole) = (all, true)
    }
}
