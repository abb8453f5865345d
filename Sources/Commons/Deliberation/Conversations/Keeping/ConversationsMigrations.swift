public import Store

/// The history of the tables of conversations, read from top to bottom. A released step never changes.
public enum ConversationsMigrations {
    /// Every step so far.
    public static let all = [conversations, traces, sealed, tokens]

    private static let conversations = Migration(
        room: "Deliberation", version: 1, name: "conversations",
        statements: [
            // `last_event` is the number of the newest vote. `revision` grows with whatever a running tally can't take in
            // by itself: statements, decisions, terms, and people who leave.
            """
            CREATE TABLE deliberation_conversations (
                number BIGINT PRIMARY KEY, id TEXT NOT NULL UNIQUE, application TEXT NOT NULL, topic TEXT NOT NULL,
                about TEXT NOT NULL, language TEXT NOT NULL, ways TEXT NOT NULL, takes_importance BIGINT NOT NULL,
                is_strict BIGINT NOT NULL, proof_bits BIGINT NOT NULL, is_open BIGINT NOT NULL,
                opened_at BIGINT NOT NULL, link_key BYTEA NOT NULL, last_event BIGINT NOT NULL,
                revision BIGINT NOT NULL, withdrawn BIGINT NOT NULL)
            """,
            """
            CREATE TABLE deliberation_moderators (
                conversation BIGINT NOT NULL, secret BYTEA NOT NULL, name TEXT NOT NULL, made_at BIGINT NOT NULL,
                PRIMARY KEY (conversation, secret))
            """,
            // `form` is a digest of the words without what copies differ in.
            """
            CREATE TABLE deliberation_statements (
                conversation BIGINT NOT NULL, number BIGINT NOT NULL, words TEXT NOT NULL, form BYTEA NOT NULL,
                language TEXT NOT NULL, author BIGINT, is_seed BIGINT NOT NULL, standing TEXT NOT NULL,
                at BIGINT NOT NULL, vector BYTEA, vector_model TEXT, PRIMARY KEY (conversation, number))
            """,
            "CREATE INDEX deliberation_statement_forms ON deliberation_statements (conversation, form)",
            """
            CREATE TABLE deliberation_near (
                conversation BIGINT NOT NULL, statement BIGINT NOT NULL, near BIGINT NOT NULL,
                likeness DOUBLE PRECISION NOT NULL, means TEXT NOT NULL, PRIMARY KEY (conversation, statement, near))
            """,
            // Only ever added to.
            """
            CREATE TABLE deliberation_decisions (
                conversation BIGINT NOT NULL, number BIGINT NOT NULL, statement BIGINT NOT NULL, standing TEXT NOT NULL,
                reason TEXT, moderator TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (conversation, number))
            """,
            // Numbers are drawn at random: they don't say who came first. `link` is sealed, and leads to the row of
            // `deliberation_links` for those who have one.
            """
            CREATE TABLE deliberation_participants (
                conversation BIGINT NOT NULL, number BIGINT NOT NULL, secret BYTEA, link BYTEA,
                PRIMARY KEY (conversation, number))
            """,
            "CREATE INDEX deliberation_participant_secrets ON deliberation_participants (conversation, secret)",
            // Digests under the conversation's own key of accounts that joined; whom they joined as is sealed.
            """
            CREATE TABLE deliberation_links (
                conversation BIGINT NOT NULL, link BYTEA NOT NULL, participant BYTEA NOT NULL,
                PRIMARY KEY (conversation, link))
            """,
            // Digests of codes, and whether somebody came in with them. Not who.
            """
            CREATE TABLE deliberation_invitations (
                conversation BIGINT NOT NULL, code BYTEA NOT NULL, is_used BIGINT NOT NULL,
                PRIMARY KEY (conversation, code))
            """,
            // Challenges that somebody joined with, until they would be over anyway.
            """
            CREATE TABLE deliberation_spent (
                conversation BIGINT NOT NULL, challenge BYTEA NOT NULL, held_until BIGINT NOT NULL,
                PRIMARY KEY (conversation, challenge))
            """,
            // Only ever added to, until the participant withdraws.
            """
            CREATE TABLE deliberation_vote_events (
                conversation BIGINT NOT NULL, number BIGINT NOT NULL, participant BIGINT NOT NULL,
                statement BIGINT NOT NULL, stance BIGINT NOT NULL, importance BIGINT, at BIGINT NOT NULL,
                PRIMARY KEY (conversation, number))
            """,
            "CREATE INDEX deliberation_vote_events_of ON deliberation_vote_events (conversation, participant)",
            // What the events come to: the last vote of each participant on each statement.
            """
            CREATE TABLE deliberation_votes (
                conversation BIGINT NOT NULL, participant BIGINT NOT NULL, statement BIGINT NOT NULL,
                stance BIGINT NOT NULL, importance BIGINT, at BIGINT NOT NULL,
                PRIMARY KEY (conversation, participant, statement))
            """,
        ])

    private static let traces = Migration(
        room: "Deliberation", version: 2, name: "traces of who withdrew",
        statements: [
            // A row for each withdrawal after which the write-ahead log wasn't emptied yet. It says nothing of whose.
            "CREATE TABLE deliberation_traces (id TEXT PRIMARY KEY)"
        ])

    private static let sealed = Migration(
        room: "Deliberation", version: 3, name: "sealed votes",
        statements: [
            // What is in the clear waits here until the program has sealed it (``VoteSealing``), which takes these away,
            // and `author` of the statements.
            "ALTER TABLE deliberation_participants RENAME TO deliberation_unsealed_participants",
            "ALTER TABLE deliberation_vote_events RENAME TO deliberation_unsealed_events",
            "DROP TABLE deliberation_votes",
            "CREATE TABLE deliberation_unsealed (id BIGINT PRIMARY KEY)",
            "INSERT INTO deliberation_unsealed (id) VALUES (1)",
            // `place` is drawn, so that neither the rows nor where they lie say who came first. `sealed_key` is under the
            // conversation's key; whoever's row is gone can't be read any more.
            """
            CREATE TABLE deliberation_participants (
                place INTEGER PRIMARY KEY, conversation BIGINT NOT NULL, number BIGINT NOT NULL, secret BYTEA,
                link BYTEA, sealed_key BYTEA NOT NULL, UNIQUE (conversation, number))
            """,
            "CREATE INDEX deliberation_participants_by_secret ON deliberation_participants (conversation, secret)",
            // Only ever added to, until the participant withdraws. `sealed` holds the statement, the stance, its importance
            // and the time, under the participant's key; `tag` is a digest under that key of the statement, by which the
            // vote before is found.
            """
            CREATE TABLE deliberation_vote_events (
                conversation BIGINT NOT NULL, number BIGINT NOT NULL, participant BIGINT NOT NULL, tag BYTEA NOT NULL,
                sealed BYTEA NOT NULL, PRIMARY KEY (conversation, number))
            """,
            """
            CREATE INDEX deliberation_vote_events_by_tag
                ON deliberation_vote_events (conversation, participant, tag, number)
            """,
            // Who wrote which statement: `sealed` holds its number, under the author's key.
            """
            CREATE TABLE deliberation_authorships (
                place INTEGER PRIMARY KEY, conversation BIGINT NOT NULL, participant BIGINT NOT NULL,
                sealed BYTEA NOT NULL)
            """,
            "CREATE INDEX deliberation_authorships_of ON deliberation_authorships (conversation, participant)",
        ])

    private static let tokens = Migration(
        room: "Deliberation", version: 4, name: "used ID tokens",
        statements: [
            // Digests of ID tokens that somebody joined with, until they would be over anyway. Not who, nor where.
            "CREATE TABLE deliberation_tokens (token BYTEA PRIMARY KEY, held_until BIGINT NOT NULL)"
        ])
}
