public import Store

/// The history of Counsel's tables, read from top to bottom. A released step never changes.
public enum CounselMigrations {
    /// Every step so far.
    public static let all = [receipts, workings, wishes, erasures, reasons, consentsInReasons]

    private static let receipts = Migration(
        room: "Counsel", version: 1, name: "receipts",
        statements: [
            // `content` is the receipt as JSON; the other columns are copies of it, to find it by. There is no index by
            // person: with a thousand people it would make every insertion cost three times as much.
            """
            CREATE TABLE receipts (
                id TEXT PRIMARY KEY, at BIGINT NOT NULL, application TEXT NOT NULL, person TEXT, brief TEXT,
                content TEXT NOT NULL)
            """,
            "CREATE INDEX receipts_of_application ON receipts (application, id)",
            // A brief is the same for thousands of receipts, so its words stand here once.
            "CREATE TABLE briefs (fingerprint TEXT PRIMARY KEY, words TEXT NOT NULL)",
            // What was said, sealed under its owner's key. A row with nulls: it was kept, and then erased.
            """
            CREATE TABLE receipt_bodies (
                receipt TEXT PRIMARY KEY REFERENCES receipts (id), owner TEXT NOT NULL, sealed_request BYTEA,
                sealed_reply BYTEA)
            """,
            "CREATE INDEX receipt_bodies_of_owner ON receipt_bodies (owner)",
            // Journal records that could not be sorted in: kept, so that nothing is lost, and told of in the log.
            "CREATE TABLE receipts_set_aside (digest TEXT PRIMARY KEY, record BYTEA NOT NULL, reason TEXT NOT NULL)",
        ])

    private static let workings = Migration(
        room: "Counsel", version: 2, name: "workings",
        statements: [
            // Drafts, criticisms and briefs that hold a person's own wishes, sealed under their owner's key. A null: it
            // was kept, and then erased.
            """
            CREATE TABLE receipt_workings (
                receipt TEXT PRIMARY KEY REFERENCES receipts (id), owner TEXT NOT NULL, sealed BYTEA)
            """,
            "CREATE INDEX receipt_workings_of_owner ON receipt_workings (owner)",
        ])

    private static let wishes = Migration(
        room: "Counsel", version: 3, name: "wishes",
        statements: [
            // A person's own wishes as they wrote them, sealed under the person's key. Only the last ones.
            """
            CREATE TABLE wishes (
                application TEXT NOT NULL, person TEXT NOT NULL, changed_at BIGINT NOT NULL, sealed BYTEA NOT NULL,
                PRIMARY KEY (application, person))
            """,
            // One row that changes with every write, so that other processes notice cheaply.
            "CREATE TABLE wishes_revision (id BIGINT PRIMARY KEY, number BIGINT NOT NULL)",
            "INSERT INTO wishes_revision (id, number) VALUES (1, 0)",
        ])

    private static let erasures = Migration(
        room: "Counsel", version: 4, name: "erasures under way",
        statements: [
            // Who is to be erased and not wholly gone yet: written first, deleted last.
            """
            CREATE TABLE person_erasures (
                id TEXT PRIMARY KEY, application TEXT NOT NULL, person TEXT NOT NULL, at BIGINT NOT NULL)
            """
        ])

    private static let reasons = Migration(
        room: "Counsel", version: 5, name: "reasons",
        statements: [
            // What a receipt tells of its person, sealed under their key, or the application's where nobody was named.
            // `content` says only that it is sealed. Beside the rest and not in a table of its own: nearly every receipt
            // has some.
            "ALTER TABLE receipts ADD COLUMN reasons BYTEA",
            // Where the sealing of older receipts stands; no row: it is done.
            "CREATE TABLE receipts_to_seal (id BIGINT PRIMARY KEY, after TEXT NOT NULL)",
            "INSERT INTO receipts_to_seal (id, after) SELECT 1, '' WHERE EXISTS (SELECT 1 FROM receipts)",
        ])

    private static let consentsInReasons = Migration(
        room: "Counsel", version: 6, name: "consents in reasons",
        statements: [
            // What a person consented to is part of the reasons now, so the sealing of older receipts begins once more.
            "DELETE FROM receipts_to_seal",
            "INSERT INTO receipts_to_seal (id, after) SELECT 1, '' WHERE EXISTS (SELECT 1 FROM receipts)",
            // What the clauses of a brief say and who asked for each, as JSON, once for all receipts that share both. The
            // key is made of the brief and of the layers that governed.
            "CREATE TABLE clauses_asked (key TEXT PRIMARY KEY, clauses TEXT NOT NULL)",
        ])
}
