public import Store

/// The history of Consents' tables, read from top to bottom. A released step never changes.
public enum ConsentsMigrations {
    /// Every step so far.
    public static let all = [consents, memoryGrants]

    private static let consents = Migration(
        room: "Consents", version: 1, name: "consents",
        statements: [
            // Only ever added to, until the person is erased. Two writers that race for the next number of a person
            // collide here: the key lets one through, and the other looks again.
            """
            CREATE TABLE consent_events (
                application TEXT NOT NULL, person TEXT NOT NULL, number BIGINT NOT NULL, at BIGINT NOT NULL,
                kind TEXT NOT NULL, charter TEXT NOT NULL, guidance TEXT NOT NULL, question TEXT,
                question_fingerprint TEXT, held_until BIGINT, through TEXT NOT NULL,
                PRIMARY KEY (application, person, number))
            """,
            // What the events come to, one row for a person and a guidance.
            """
            CREATE TABLE consents (
                application TEXT NOT NULL, person TEXT NOT NULL, charter TEXT NOT NULL, guidance TEXT NOT NULL,
                question TEXT, question_fingerprint TEXT, given_at BIGINT, held_until BIGINT, revoked_at BIGINT,
                through TEXT, asked_at BIGINT, asked_fingerprint TEXT, declined_at BIGINT, settled_at BIGINT NOT NULL,
                last_kind TEXT NOT NULL,
                PRIMARY KEY (application, person, charter, guidance))
            """,
            // Who was erased, so that an audit of receipts can tell an erased consent from one that never was.
            """
            CREATE TABLE consent_erasures (
                application TEXT NOT NULL, person TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (application, person))
            """,
            // One row that changes with every write, so that other processes notice cheaply.
            "CREATE TABLE consent_revision (id BIGINT PRIMARY KEY, number BIGINT NOT NULL)",
            "INSERT INTO consent_revision (id, number) VALUES (1, 0)",
        ])

    private static let memoryGrants = Migration(
        room: "Consents", version: 2, name: "grants about memory",
        statements: [
            // Only ever added to, until the person is erased; the key keeps two racing writers apart.
            """
            CREATE TABLE memory_grant_events (
                application TEXT NOT NULL, person TEXT NOT NULL, number BIGINT NOT NULL, at BIGINT NOT NULL,
                event TEXT NOT NULL, purpose TEXT NOT NULL, kinds TEXT NOT NULL, held_until BIGINT,
                accepts_inferred BIGINT NOT NULL, through TEXT NOT NULL,
                PRIMARY KEY (application, person, number))
            """,
            // What the events come to, one row for a person, a purpose and a kind of item.
            """
            CREATE TABLE memory_grants (
                application TEXT NOT NULL, person TEXT NOT NULL, purpose TEXT NOT NULL, kind TEXT NOT NULL,
                given_at BIGINT NOT NULL, held_until BIGINT NOT NULL, revoked_at BIGINT,
                accepts_inferred BIGINT NOT NULL, through TEXT NOT NULL,
                PRIMARY KEY (application, person, purpose, kind))
            """,
            "CREATE TABLE memory_grant_revision (id BIGINT PRIMARY KEY, number BIGINT NOT NULL)",
            "INSERT INTO memory_grant_revision (id, number) VALUES (1, 0)",
        ])
}
