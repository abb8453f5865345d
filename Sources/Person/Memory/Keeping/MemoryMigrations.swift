public import Store

/// The history of Memory's tables, read from top to bottom. A released step never changes.
public enum MemoryMigrations {
    /// Every step so far.
    public static let all = [memory, heard, readings]

    private static let memory = Migration(
        room: "Memory", version: 1, name: "memory",
        statements: [
            // Whose memory there is. In the clear stand only: the pseudonym, a random number, how often it was changed,
            // and the day on which to look whether something has run out. `sealed_key` is under the person's own key.
            """
            CREATE TABLE memory_people (
                application TEXT NOT NULL, person TEXT NOT NULL, number BIGINT NOT NULL UNIQUE, revision BIGINT NOT NULL,
                sweep_on BIGINT, sealed_key BYTEA NOT NULL, sealed_settings BYTEA NOT NULL,
                PRIMARY KEY (application, person))
            """,
            "CREATE INDEX memory_people_by_sweep ON memory_people (sweep_on)",
            // Items, vectors and decisions, many sealed together: neither which nor how many can be seen from outside.
            """
            CREATE TABLE memory_segments (
                person BIGINT NOT NULL, number BIGINT NOT NULL, kind BIGINT NOT NULL, sealed BYTEA NOT NULL,
                PRIMARY KEY (person, number))
            """,
            // What is to be erased and not wholly gone yet: written first, deleted last, so that an erasure that was cut
            // short is completed at the next start.
            """
            CREATE TABLE memory_erasures (
                id TEXT PRIMARY KEY, application TEXT NOT NULL, person TEXT NOT NULL, at BIGINT NOT NULL,
                scope TEXT NOT NULL)
            """,
            // When a person last erased everything: what was heard before and comes late is not kept.
            """
            CREATE TABLE memory_erased (
                application TEXT NOT NULL, person TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (application, person))
            """,
        ])

    private static let heard = Migration(
        room: "Memory", version: 2, name: "what was heard",
        statements: [
            // What people said and nobody has read yet for what is to be remembered. Sealed under each person's own key.
            """
            CREATE TABLE memory_heard (
                id TEXT PRIMARY KEY, application TEXT NOT NULL, person TEXT NOT NULL, at BIGINT NOT NULL,
                stage BIGINT NOT NULL, attempts BIGINT NOT NULL, claimed_at BIGINT, sealed BYTEA NOT NULL)
            """,
            "CREATE INDEX memory_heard_by_person ON memory_heard (application, person)",
        ])

    private static let readings = Migration(
        room: "Memory", version: 3, name: "words read ahead",
        statements: [
            // What recall reads out of a segment of items, sealed as the items are; it goes with its segment.
            """
            CREATE TABLE memory_readings (
                person BIGINT NOT NULL, segment BIGINT NOT NULL, sealed BYTEA NOT NULL, PRIMARY KEY (person, segment))
            """
        ])
}
