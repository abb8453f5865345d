import Store

/// How conversations lie in the store's tables.
enum ConversationRows {
    private static let columns = """
        SELECT c.number, c.id, c.application, c.topic, c.about, c.language, c.ways, c.takes_importance, c.is_strict,
            c.proof_bits, c.is_open, c.opened_at, c.last_event, c.revision, c.withdrawn,
            (SELECT COUNT(*) FROM deliberation_participants p WHERE p.conversation = c.number) AS participants
        FROM deliberation_conversations c
        """

    /// The conversations of an application, or of all, the newest first. Their votes aren't counted.
    static func all(of application: String?, in session: borrowing Session) throws -> [HeldConversation] {
        let order = " ORDER BY c.opened_at DESC, c.number DESC"
        let rows =
            if let application {
                try session.rows(columns + " WHERE c.application = ?" + order, .text(application))
            } else {
                try session.rows(columns + order)
            }
        var found: [HeldConversation] = []
        for row in rows { found.append(try conversation(row, in: session)) }
        return found
    }

    /// One conversation, its votes not counted. That of another application is answered like one that isn't there.
    static func conversation(
        _ id: ConversationID, of application: String?, in session: borrowing Session
    ) throws -> HeldConversation {
        guard let row = try session.firstRow(columns + " WHERE c.id = ?", .text(id.description)) else {
            throw ConversationError.noSuchConversation
        }
        if let application, try row.text("application") != application { throw ConversationError.noSuchConversation }
        return try conversation(row, in: session)
    }

    private static func conversation(_ row: SQLRow, in session: borrowing Session) throws -> HeldConversation {
        let number = try row.integer("number")
        var statements: [HeldStatement.Standing: Int] = [:]
        try session.forEachRow(
            "SELECT standing, COUNT(*) AS total FROM deliberation_statements WHERE conversation = ? GROUP BY standing",
            [.integer(number)]
        ) { row in
            guard let standing = HeldStatement.Standing(rawValue: try row.text("standing")) else { return }
            statements[standing] = Int(try row.integer("total"))
        }
        guard let id = ConversationID(try row.text("id")) else { throw ConversationError.noSuchConversation }
        return HeldConversation(
            id: id, application: try row.text("application"), terms: try terms(row),
            isOpen: try row.integer("is_open") != 0, openedAt: try row.integer("opened_at"),
            participants: Int(try row.integer("participants")), statements: statements,
            votes: 0, withdrawn: Int(try row.integer("withdrawn")), number: number,
            lastEvent: try row.integer("last_event"), revision: try row.integer("revision"))
    }

    private static func terms(_ row: SQLRow) throws -> ConversationTerms {
        ConversationTerms(
            kept: try row.text("topic"), about: try row.text("about"), language: try row.text("language"),
            ways: Set(try row.text("ways").split(separator: " ").compactMap { JoiningWay(rawValue: String($0)) }),
            takesImportance: try row.integer("takes_importance") != 0, isStrict: try row.integer("is_strict") != 0,
            proofBits: Int(try row.integer("proof_bits")))
    }

    /// What a door needs to know first, without counting anything.
    struct Head {
        let number: Int64
        let id: ConversationID
        let application: String
        let isOpen: Bool
        let terms: ConversationTerms
        let lastEvent: Int64
        let revision: Int64
        let withdrawn: Int64
    }

    static func head(
        _ id: ConversationID, of application: String?, in session: borrowing Session
    ) throws -> Head {
        guard
            let row = try session.firstRow(
                """
                SELECT number, application, topic, about, language, ways, takes_importance, is_strict, proof_bits,
                    is_open, last_event, revision, withdrawn
                FROM deliberation_conversations WHERE id = ?
                """, .text(id.description))
        else { throw ConversationError.noSuchConversation }
        if let application, try row.text("application") != application { throw ConversationError.noSuchConversation }
        return Head(
            number: try row.integer("number"), id: id, application: try row.text("application"),
            isOpen: try row.integer("is_open") != 0, terms: try terms(row),
            lastEvent: try row.integer("last_event"), revision: try row.integer("revision"),
            withdrawn: try row.integer("withdrawn"))
    }

    static func raiseRevision(_ conversation: Int64, in session: borrowing Session) throws {
        try session.run(
            "UPDATE deliberation_conversations SET revision = revision + 1 WHERE number = ?", .integer(conversation))
    }

    /// A new row for a conversation; gives its key.
    static func open(
        _ terms: ConversationTerms, id: ConversationID, application: String, isOpen: Bool, linkKey: [UInt8],
        at moment: Int64, in session: borrowing Session
    ) throws -> Int64 {
        let number =
            (try session.firstRow("SELECT MAX(number) AS last FROM deliberation_conversations")?
                .optionalInteger("last") ?? 0) + 1
        try session.run(
            """
            INSERT INTO deliberation_conversations (
                number, id, application, topic, about, language, ways, takes_importance, is_strict, proof_bits, is_open,
                opened_at, link_key, last_event, revision, withdrawn)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0)
            """,
            [
                .integer(number), .text(id.description), .text(application), .text(terms.topic), .text(terms.about),
                .text(terms.language), .text(ways(terms)), .integer(terms.takesImportance ? 1 : 0),
                .integer(terms.isStrict ? 1 : 0), SQLValue(terms.proofBits), .integer(isOpen ? 1 : 0),
                .integer(moment), .blob(linkKey),
            ])
        return number
    }

    private static func ways(_ terms: ConversationTerms) -> String {
        terms.ways.map(\.rawValue).sorted().joined(separator: " ")
    }

    static func change(
        _ conversation: Int64, to terms: ConversationTerms, isOpen: Bool, in session: borrowing Session
    ) throws {
        try session.run(
            """
            UPDATE deliberation_conversations SET topic = ?, about = ?, language = ?, ways = ?, takes_importance = ?,
                is_strict = ?, proof_bits = ?, is_open = ?, revision = revision + 1
            WHERE number = ?
            """,
            [
                .text(terms.topic), .text(terms.about), .text(terms.language), .text(ways(terms)),
                .integer(terms.takesImportance ? 1 : 0), .integer(terms.isStrict ? 1 : 0), SQLValue(terms.proofBits),
                .integer(isOpen ? 1 : 0), .integer(conversation),
            ])
    }

    // MARK: Moderators

    static func addModerator(
        _ secret: ConversationSecret, named name: String, of conversation: Int64, at moment: Int64,
        in session: borrowing Session
    ) throws {
        try session.run(
            "INSERT INTO deliberation_moderators (conversation, secret, name, made_at) VALUES (?, ?, ?, ?)",
            .integer(conversation), .blob(secret.digest), .text(name), .integer(moment))
    }

    /// The name of a moderator's key.
    static func moderator(
        _ secret: ConversationSecret?, of conversation: Int64, in session: borrowing Session
    ) throws -> String {
        guard let secret, secret.kind == .moderator,
            let row = try session.firstRow(
                "SELECT name FROM deliberation_moderators WHERE conversation = ? AND secret = ?",
                .integer(conversation), .blob(secret.digest))
        else { throw ConversationError.notAModerator }
        return try row.text("name")
    }

    /// The number of the participant whose secret it is.
    static func participant(
        _ secret: ConversationSecret?, of conversation: Int64, in session: borrowing Session
    ) throws -> Int64 {
        guard let secret, secret.kind == .participant,
            let row = try session.firstRow(
                "SELECT number FROM deliberation_participants WHERE conversation = ? AND secret = ?",
                .integer(conversation), .blob(secret.digest))
        else { throw ConversationError.notAParticipant }
        return try row.integer("number")
    }
}
