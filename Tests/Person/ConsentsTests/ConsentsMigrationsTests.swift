import Foundation
import Store
import Testing

@testable import Consents

@Suite("The schema of consents")
struct ConsentsMigrationsTests {
    /// The first released schema, word for word, with rows as that release wrote them. Never changes.
    private static let version1 = [
        """
        CREATE TABLE store_migrations (
            room TEXT NOT NULL, version BIGINT NOT NULL, name TEXT NOT NULL, applied_at BIGINT NOT NULL,
            PRIMARY KEY (room, version))
        """,
        "INSERT INTO store_migrations VALUES ('Consents', 1, 'consents', 1790000000000)",
        """
        CREATE TABLE consent_events (
            application TEXT NOT NULL, person TEXT NOT NULL, number BIGINT NOT NULL, at BIGINT NOT NULL,
            kind TEXT NOT NULL, charter TEXT NOT NULL, guidance TEXT NOT NULL, question TEXT,
            question_fingerprint TEXT, held_until BIGINT, through TEXT NOT NULL,
            PRIMARY KEY (application, person, number))
        """,
        """
        CREATE TABLE consents (
            application TEXT NOT NULL, person TEXT NOT NULL, charter TEXT NOT NULL, guidance TEXT NOT NULL,
            question TEXT, question_fingerprint TEXT, given_at BIGINT, held_until BIGINT, revoked_at BIGINT,
            through TEXT, asked_at BIGINT, asked_fingerprint TEXT, declined_at BIGINT, settled_at BIGINT NOT NULL,
            last_kind TEXT NOT NULL,
            PRIMARY KEY (application, person, charter, guidance))
        """,
        """
        CREATE TABLE consent_erasures (
            application TEXT NOT NULL, person TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (application, person))
        """,
        "CREATE TABLE consent_revision (id BIGINT PRIMARY KEY, number BIGINT NOT NULL)",
        "INSERT INTO consent_revision (id, number) VALUES (1, 2)",
        """
        INSERT INTO consent_events VALUES
            ('homework', 'ada', 1, 1790000000000, 'asked', 'riverside/tutor', 'drift', 'May I bring up your goal?',
             'fb', NULL, 'reply:rcp_1'),
            ('homework', 'ada', 2, 1790000000005, 'granted', 'riverside/tutor', 'drift', 'May I bring up your goal?',
             'fb', 1792592000005, 'reply:rcp_2')
        """,
        """
        INSERT INTO consents VALUES
            ('homework', 'ada', 'riverside/tutor', 'drift', 'May I bring up your goal?', 'fb', 1790000000005,
             1792592000005, NULL, 'reply:rcp_2', 1790000000000, 'fb', NULL, 1790000000005, 'granted')
        """,
    ]

    @Test("of the first release is opened by today's code, with what was in it")
    func fromVersion1() async throws {
        let folder = try TemporaryFolder()
        let old = try DataStore(path: folder.path + "/trellis.sqlite", migrations: [])
        try await old.write { session in
            try session.run("DROP TABLE store_migrations")
            for statement in Self.version1 { try session.run(statement) }
        }
        try old.close()
        let ledger = try folder.ledger()
        let standing = try #require(try await ledger.standings(of: ada).first)
        #expect(standing.consent?.question == "May I bring up your goal?")
        #expect(standing.consent?.expiresAt == 1_792_592_000_005)
        #expect(standing.consent?.through == .reply("rcp_2"))
        #expect(standing.askedAt == now && !standing.awaitsAnswer)
        #expect(try await ledger.events(of: ada).map(\.kind) == [.asked, .granted])
        _ = try await ledger.revoke("drift", of: "riverside/tutor", by: ada, at: now + 10, through: .api)
        #expect(try await ledger.events(of: ada).map(\.number) == [1, 2, 3])
    }

    /// Were the fingerprint ever made in another way, every consent that people gave would lapse at an upgrade.
    @Test("a question's fingerprint is the same in every release")
    func fingerprint() {
        #expect(question().fingerprint == Self.fingerprint)
    }

    private static let fingerprint = "9a56ec490070d3fd440e335a885ceeb1746359450024eefa15f26248bb04d9b0"
}
