import Store

/// How statements and decisions about them lie in the store's tables.
enum StatementRows {
    private static let columns = """
        SELECT number, words, language, is_seed, standing, at FROM deliberation_statements
        WHERE conversation = ?
        """

    /// All of them, by their numbers.
    ///
    /// - Parameter authors: who wrote which, as ``ParticipantRows/authors(_:_:)`` finds it; nobody's where that isn't asked.
    static func all(
        of conversation: Int64, authors: [Int: Int64] = [:], in session: borrowing Session
    ) throws -> [HeldStatement] {
        try session.rows(columns + " ORDER BY number", .integer(conversation)).map { try statement($0, authors) }
    }

    static func statement(
        _ number: Int, of conversation: Int64, in session: borrowing Session
    ) throws -> HeldStatement {
        guard let row = try session.firstRow(columns + " AND number = ?", .integer(conversation), SQLValue(number))
        else { throw ConversationError.noSuchStatement(number) }
        return try statement(row, [:])
    }

    private static func statement(_ row: SQLRow, _ authors: [Int: Int64]) throws -> HeldStatement {
        let number = Int(try row.integer("number"))
        return HeldStatement(
            number: number, words: try row.text("words"), language: try row.text("language"),
            author: authors[number], isSeed: try row.integer("is_seed") != 0,
            standing: HeldStatement.Standing(rawValue: try row.text("standing")) ?? .waiting,
            at: try row.integer("at"))
    }

    /// The statement with the same words, if there is one.
    static func twin(of form: [UInt8], in conversation: Int64, _ session: borrowing Session) throws -> Int? {
        try session.firstRow(
            "SELECT number FROM deliberation_statements WHERE conversation = ? AND form = ? ORDER BY number LIMIT 1",
            .integer(conversation), .blob(form)
        ).map { Int(try $0.integer("number")) }
    }

    static func nextNumber(in conversation: Int64, _ session: borrowing Session) throws -> Int {
        let last = try session.firstRow(
            "SELECT MAX(number) AS last FROM deliberation_statements WHERE conversation = ?", .integer(conversation))
        return Int(try last?.optionalInteger("last") ?? -1) + 1
    }

    static func add(
        _ statement: HeldStatement, form: [UInt8], vector: [Float]?, model: String?, to conversation: Int64,
        in session: borrowing Session
    ) throws {
        try session.run(
            """
            INSERT INTO deliberation_statements (
                conversation, number, words, form, language, is_seed, standing, at, vector, vector_model)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .integer(conversation), SQLValue(statement.number), .text(statement.words), .blob(form),
                .text(statement.language), .integer(statement.isSeed ? 1 : 0),
                .text(statement.standing.rawValue), .integer(statement.at), .blob(ifAny: vector.map(bytes)),
                .text(ifAny: vector == nil ? nil : model),
            ])
    }

    // MARK: Likeness

    /// What other statements are compared by.
    struct Compared: Sendable {
        let number: Int
        let words: String
        /// By the model that is asked now; nil for one that was never embedded by it.
        let vector: [Float]?
    }

    static func compared(
        in conversation: Int64, model: String?, _ session: borrowing Session
    ) throws -> [Compared] {
        try session.rows(
            """
            SELECT number, words, vector, vector_model FROM deliberation_statements WHERE conversation = ? ORDER BY number
            """, .integer(conversation)
        ).map { row in
            let isOurs = try row.optionalText("vector_model") == model
            return Compared(
                number: Int(try row.integer("number")), words: try row.text("words"),
                vector: isOurs ? try row.optionalBlob("vector").map(floats) : nil)
        }
    }

    static func keep(
        _ vector: [Float], by model: String, of statement: Int, in conversation: Int64, _ session: borrowing Session
    ) throws {
        try session.run(
            "UPDATE deliberation_statements SET vector = ?, vector_model = ? WHERE conversation = ? AND number = ?",
            .blob(bytes(vector)), .text(model), .integer(conversation), SQLValue(statement))
    }

    static func keep(
        _ near: [NearStatement], of statement: Int, in conversation: Int64, _ session: borrowing Session
    ) throws {
        try session.runBatch(
            """
            INSERT INTO deliberation_near (conversation, statement, near, likeness, means) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (conversation, statement, near) DO NOTHING
            """,
            near.map {
                [
                    .integer(conversation), SQLValue(statement), SQLValue($0.statement), .real($0.likeness),
                    .text($0.means.rawValue),
                ]
            })
    }

    static func near(in conversation: Int64, _ session: borrowing Session) throws -> [Int: [NearStatement]] {
        var near: [Int: [NearStatement]] = [:]
        try session.forEachRow(
            """
            SELECT statement, near, likeness, means FROM deliberation_near WHERE conversation = ?
            ORDER BY likeness DESC, near
            """, [.integer(conversation)]
        ) { row in
            near[Int(try row.integer("statement")), default: []].append(
                NearStatement(
                    statement: Int(try row.integer("near")), likeness: try row.real("likeness"),
                    means: NearStatement.Means(rawValue: try row.text("means")) ?? .letters))
        }
        return near
    }

    private static func bytes(_ vector: [Float]) -> [UInt8] {
        vector.flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) } }
    }

    private static func floats(_ bytes: [UInt8]) -> [Float] {
        stride(from: 0, to: bytes.count - bytes.count % 4, by: 4).map { start in
            Float(bitPattern: (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[start + $1]) << (8 * $1) })
        }
    }

    // MARK: Decisions

    static func decide(
        _ decision: ModeratorDecision, in conversation: Int64, _ session: borrowing Session
    ) throws {
        let last = try session.firstRow(
            "SELECT MAX(number) AS last FROM deliberation_decisions WHERE conversation = ?", .integer(conversation))
        try session.run(
            """
            INSERT INTO deliberation_decisions (conversation, number, statement, standing, reason, moderator, at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            .integer(conversation), .integer((try last?.optionalInteger("last") ?? 0) + 1),
            SQLValue(decision.statement), .text(decision.standing.rawValue), .text(ifAny: decision.reason),
            .text(decision.moderator), .integer(decision.at))
        try session.run(
            "UPDATE deliberation_statements SET standing = ? WHERE conversation = ? AND number = ?",
            .text(decision.standing.rawValue), .integer(conversation), SQLValue(decision.statement))
    }

    /// Every decision, the earliest first.
    static func decisions(
        in conversation: Int64, _ session: borrowing Session
    ) throws -> [Int: [ModeratorDecision]] {
        var found: [Int: [ModeratorDecision]] = [:]
        try session.forEachRow(
            """
            SELECT statement, standing, reason, moderator, at FROM deliberation_decisions WHERE conversation = ?
            ORDER BY number
            """, [.integer(conversation)]
        ) { row in
            let statement = Int(try row.integer("statement"))
            found[statement, default: []].append(
                ModeratorDecision(
                    statement: statement,
                    standing: HeldStatement.Standing(rawValue: try row.text("standing")) ?? .waiting,
                    reason: try row.optionalText("reason"), moderator: try row.text("moderator"),
                    at: try row.integer("at")))
        }
        return found
    }
}
