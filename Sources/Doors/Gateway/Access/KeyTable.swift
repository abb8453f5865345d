public import Store

/// The keys as the store keeps them: what `trellis key` works on, whether or not a gateway runs.
public struct KeyTable: Sendable {
    private let store: DataStore

    /// The keys in a store that was opened with ``gatewayMigrations``.
    public init(_ store: DataStore) {
        self.store = store
    }

    /// What a new key is for.
    public struct Order: Sendable, Hashable {
        /// The application that the key speaks for.
        public var application: String
        /// The charter that governs it; nil takes the operator's.
        public var charter: CharterReference?
        /// The role within the charter.
        public var role: String?
        /// The key's own limits.
        public var limits: KeyLimits
        /// What people call the key.
        public var label: String?

        /// An order for a key.
        public init(
            application: String, charter: CharterReference? = nil, role: String? = nil, limits: KeyLimits = KeyLimits(),
            label: String? = nil
        ) {
            self.application = application
            self.charter = charter
            self.role = role
            self.limits = limits
            self.label = label
        }

        /// What can't be right about the order, in words with a next step; nil when it can be filled.
        public var problem: String? {
            let allowed = { (character: Character) in
                character.isASCII && (character.isLetter || character.isNumber || "-_./".contains(character))
            }
            if application.isEmpty || application.utf8.count > 100 || !application.allSatisfy(allowed) {
                return "an application's name has 1 to 100 of the characters a-z, A-Z, 0-9, - _ . and /"
            }
            if let label, label.utf8.count > 200 || label.unicodeScalars.contains(where: { $0.value < 32 }) {
                return "a label has at most 200 bytes and no control characters"
            }
            let limits = [limits.requestsPerMinute, limits.tokensPerDay, limits.concurrent]
            if limits.contains(where: { $0.map { $0 < 0 } ?? false }) {
                return "a limit is a whole number from 0 up (0 refuses every request); leave it out for no limit"
            }
            return nil
        }
    }

    /// Makes a key and keeps its digest. The key itself is in the result and nowhere else.
    /// - Throws: ``StoreError``; ``KeyOrderProblem`` when the order can't be filled.
    public func create(_ order: Order, at now: Moment = .now()) throws -> (key: APIKey, record: KeyRecord) {
        if let problem = order.problem { throw KeyOrderProblem(message: problem) }
        let key = APIKey()
        let record = KeyRecord(
            id: Self.newID(), application: order.application, charter: order.charter, role: order.role,
            limits: order.limits, label: order.label, hint: key.hint, createdAt: now.wall, revokedAt: nil)
        try store.write { session in
            try session.run(
                """
                INSERT INTO api_keys (id, digest, hint, application, charter, role, label, requests_per_minute,
                    tokens_per_day, concurrent, created_at, revoked_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)
                """,
                .text(record.id), .blob(key.digest.bytes), .text(record.hint), .text(record.application),
                .text(ifAny: record.charter?.description), .text(ifAny: record.role), .text(ifAny: record.label),
                .integer(ifAny: record.limits.requestsPerMinute.map(Int64.init)),
                .integer(ifAny: record.limits.tokensPerDay.map(Int64.init)),
                .integer(ifAny: record.limits.concurrent.map(Int64.init)), .integer(record.createdAt))
        }
        return (key, record)
    }

    /// Revokes a key for good. Revoking it again changes nothing.
    /// - Returns: the record as it is now, or nil when there is no key of that id.
    public func revoke(id: String, at now: Moment = .now()) throws -> KeyRecord? {
        try store.write { session in
            try session.run(
                "UPDATE api_keys SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", .integer(now.wall), .text(id))
            return try session.firstRow("SELECT * FROM api_keys WHERE id = ?", .text(id)).map(Self.record)
        }
    }

    /// All keys, oldest first, with the tokens each used today.
    public func all(at now: Moment = .now()) throws -> [(record: KeyRecord, tokensToday: Int)] {
        let day = now.day
        return try store.read { session in
            try session.rows(
                """
                SELECT k.*, COALESCE(t.tokens, 0) AS tokens_today FROM api_keys k
                LEFT JOIN api_key_tokens t ON t.key_id = k.id AND t.day = ? ORDER BY k.created_at, k.id
                """, .integer(day)
            ).map { (try Self.record($0), Int(try $0.integer("tokens_today"))) }
        }
    }

    /// What the gateway holds in memory: every key by its digest, and today's tokens.
    func load(day: Int64) throws -> [(digest: KeyDigest, record: KeyRecord, tokensToday: Int)] {
        try store.read { session in
            try session.rows(
                """
                SELECT k.*, COALESCE(t.tokens, 0) AS tokens_today FROM api_keys k
                LEFT JOIN api_key_tokens t ON t.key_id = k.id AND t.day = ?
                """, .integer(day)
            ).compactMap { row in
                guard let digest = KeyDigest(stored: try row.blob("digest")) else { return nil }
                return (digest, try Self.record(row), Int(try row.integer("tokens_today")))
            }
        }
    }

    /// Adds to what keys used, in one transaction, and gives back the sums as they are now.
    func addTokens(_ used: [(id: String, day: Int64, tokens: Int)]) throws -> [(id: String, day: Int64, total: Int)] {
        try store.write { session in
            try session.runBatch(
                """
                INSERT INTO api_key_tokens (key_id, day, tokens) VALUES (?, ?, ?)
                ON CONFLICT (key_id, day) DO UPDATE SET tokens = api_key_tokens.tokens + excluded.tokens
                """, used.map { [.text($0.id), .integer($0.day), .integer(Int64($0.tokens))] })
            return try used.compactMap { entry in
                try session.firstRow(
                    "SELECT tokens FROM api_key_tokens WHERE key_id = ? AND day = ?", .text(entry.id),
                    .integer(entry.day)
                ).map { (entry.id, entry.day, Int(try $0.integer("tokens"))) }
            }
        }
    }

    /// A number that changes when another process has changed the store.
    func version() throws -> Int64 { try store.dataVersion() }

    private static func record(_ row: SQLRow) throws -> KeyRecord {
        KeyRecord(
            id: try row.text("id"), application: try row.text("application"),
            charter: try row.optionalText("charter").map { CharterReference($0) }, role: try row.optionalText("role"),
            limits: KeyLimits(
                requestsPerMinute: try row.optionalInteger("requests_per_minute").map { Int(clamping: $0) },
                tokensPerDay: try row.optionalInteger("tokens_per_day").map { Int(clamping: $0) },
                concurrent: try row.optionalInteger("concurrent").map { Int(clamping: $0) }),
            label: try row.optionalText("label"), hint: try row.text("hint"), createdAt: try row.integer("created_at"),
            revokedAt: try row.optionalInteger("revoked_at"))
    }

    /// Says nothing about the key: 12 random characters.
    private static func newID() -> String {
        let characters = Array("0123456789abcdefghjkmnpqrstvwxyz")
        return "key_" + String((0..<12).map { _ in characters[Int.random(in: 0..<32)] })
    }
}

/// Why no key was made.
public struct KeyOrderProblem: Error, Sendable, CustomStringConvertible {
    /// What is wrong and what to write instead.
    public let message: String

    /// The message.
    public var description: String { message }
}
