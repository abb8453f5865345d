import Foundation
import Store
import Testing

@testable import Counsel

@Suite("The schema of receipts")
struct CounselMigrationsTests {
    /// The first released schema, word for word, with a receipt as that release wrote it. Never changes.
    private static let version1 = [
        """
        CREATE TABLE store_migrations (
            room TEXT NOT NULL, version BIGINT NOT NULL, name TEXT NOT NULL, applied_at BIGINT NOT NULL,
            PRIMARY KEY (room, version))
        """,
        "INSERT INTO store_migrations VALUES ('Counsel', 1, 'receipts', 1790000000000)",
        """
        CREATE TABLE receipts (
            id TEXT PRIMARY KEY, at BIGINT NOT NULL, application TEXT NOT NULL, person TEXT, brief TEXT,
            content TEXT NOT NULL)
        """,
        "CREATE INDEX receipts_of_application ON receipts (application, id)",
        "CREATE TABLE briefs (fingerprint TEXT PRIMARY KEY, words TEXT NOT NULL)",
        """
        CREATE TABLE receipt_bodies (
            receipt TEXT PRIMARY KEY REFERENCES receipts (id), owner TEXT NOT NULL, sealed_request BYTEA,
            sealed_reply BYTEA)
        """,
        "CREATE INDEX receipt_bodies_of_owner ON receipt_bodies (owner)",
        "CREATE TABLE receipts_set_aside (digest TEXT PRIMARY KEY, record BYTEA NOT NULL, reason TEXT NOT NULL)",
        "INSERT INTO briefs VALUES ('bf', 'Care about understanding.')",
        """
        INSERT INTO receipts VALUES (
            'rcp_01ARYZ6S410000000000000000', 1469918176385, 'riverside', NULL, 'bf',
            '{"id":"rcp_01ARYZ6S410000000000000000","at":1469918176385,"door":"messages","application":"riverside",\
        "charter":{"id":"commons/tutor","version":"1.0.0","fingerprint":"\(String(repeating: "3f", count: 32))",\
        "role":"tutor"},"clauses":["goods/understanding"],"move":"answer","moveReason":"","brief":{"fingerprint":"bf"},\
        "upstream":"local","modelRequested":"m","status":200,"outcome":{"kind":"cutOff","by":"client",\
        "reason":"it left"},"streamed":true,"usage":{"input":3,"source":"reported"},"timings":{"total":1200},\
        "attempts":1,"missing":["x"]}')
        """,
    ]

    @Test("of the first release is opened by today's code, with what was in it")
    func fromVersion1() throws {
        let folder = try TemporaryFolder()
        let path = folder("t.sqlite")
        let old = try DataStore(path: path, migrations: [])
        try old.write { session in
            try session.run("DROP TABLE store_migrations")
            for statement in Self.version1 { try session.run(statement) }
        }
        try old.close()
        let store = try DataStore(path: path, migrations: CounselMigrations.all)
        let reader = ReceiptReader(store: store, journalDirectory: folder("journal"), seal: nil)
        let id = try #require(ReceiptID("rcp_01ARYZ6S410000000000000000"))
        let receipt = try #require(try reader.receipt(id))
        #expect(receipt.at == 1_469_918_176_385)
        #expect(receipt.door == .messages)
        #expect(receipt.brief == Receipt.Brief(fingerprint: "bf", text: "Care about understanding."))
        #expect(receipt.outcome == .cutOff(by: .client, reason: "it left"))
        #expect(receipt.usage == Receipt.Usage(input: 3, output: nil, source: .reported))
        #expect(receipt.charter?.fingerprint == Receipt.sampleFingerprint)
        #expect(try reader.latest(5).map(\.id) == [id])
        try store.checkIntegrity()
    }

    @Test("made today is the same as the first release's, for as long as there is one version")
    func sameTables() throws {
        let folder = try TemporaryFolder()
        let old = try DataStore(path: folder("old.sqlite"), migrations: [])
        try old.write { session in
            try session.run("DROP TABLE store_migrations")
            for statement in Self.version1 { try session.run(statement) }
        }
        let new = try DataStore(path: folder("new.sqlite"), migrations: Array(CounselMigrations.all.prefix(1)))
        let tables = { (store: DataStore) in
            try store.read { session in
                try session.rows(
                    "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'store_migrations' ORDER BY name"
                )
                .map { try $0.text("sql").split(whereSeparator: \.isWhitespace).joined(separator: " ") }
            }
        }
        #expect(try tables(old) == tables(new))
    }
}
