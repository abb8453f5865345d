public import Store

/// The gateway's tables, from the first version on, read from top to bottom as history.
///
/// Hand these to ``DataStore`` together with the other rooms' migrations.
public let gatewayMigrations: [Migration] = [
    Migration(
        room: "Gateway", version: 1, name: "keys and what they used",
        statements: [
            // A key's digest, never the key. `charter` is a name in the commons or an absolute path.
            """
            CREATE TABLE api_keys (
                id TEXT PRIMARY KEY NOT NULL,
                digest BYTEA NOT NULL UNIQUE,
                hint TEXT NOT NULL,
                application TEXT NOT NULL,
                charter TEXT,
                role TEXT,
                label TEXT,
                requests_per_minute BIGINT,
                tokens_per_day BIGINT,
                concurrent BIGINT,
                created_at BIGINT NOT NULL,
                revoked_at BIGINT)
            """,
            // Tokens by key and day (days since 1970, UTC). A sum for an application, nothing about a person.
            """
            CREATE TABLE api_key_tokens (
                key_id TEXT NOT NULL REFERENCES api_keys (id),
                day BIGINT NOT NULL,
                tokens BIGINT NOT NULL,
                PRIMARY KEY (key_id, day))
            """,
        ])
]
