public import Models
public import Store

/// The conversations that are held here: opening them, letting people in, their statements and votes.
///
/// Every vote and decision is an event that is only ever added, with a row of what the events come to. Several processes
/// may write at once: each write is one transaction, and what another process wrote is seen at the next look. Time is a
/// parameter, in milliseconds since 1970.
///
/// ```swift
/// let conversations = ConversationStore(store: store, seal: seal)
/// let opened = try await conversations.open(terms, by: "town-app", at: now)
/// let codes = try await conversations.invite(3, to: opened.id, by: opened.moderator)
/// let ada = try await conversations.join(opened.id, with: codes[0], at: now)
/// try await conversations.cast(NewVote(statement: 0, stance: .agree), by: ada.secret, in: opened.id, at: now)
/// ```
public final class ConversationStore: Sendable {
    let store: DataStore
    let seal: Seal
    /// What tells how near two statements are in meaning; nil where letters alone do.
    let embedder: (any Embedder)?
    /// The name of the embedding model, so that vectors of another are never compared with its own.
    let embedderName: String?
    let work: ProofOfWork
    let writer: VoteWriter
    let living: LivingConversations
    let upkeep: LogUpkeep

    /// Conversations in a store that was opened with ``ConversationsMigrations`` and ``Seal/migrations``.
    ///
    /// - Parameter embedder: the model by which near duplicates are found, and its name; nil: by letters alone.
    public init(store: DataStore, seal: Seal, embedder: (model: any Embedder, name: String)? = nil) {
        self.store = store
        self.seal = seal
        self.embedder = embedder?.model
        embedderName = embedder?.name
        work = ProofOfWork(secret: seal.secret(named: "deliberation/challenges"))
        writer = VoteWriter(store: store, seal: seal)
        living = LivingConversations(store: store, seal: seal)
        upkeep = LogUpkeep(store: store)
    }

    // MARK: Opening and looking after

    /// The most statements that a conversation begins with.
    public static let seedLimit = 1_000

    /// Opens a conversation. Its first statements are accepted already.
    ///
    /// - Throws: ``ConversationError/duplicate(of:)`` for two first statements that say the same.
    public func open(
        _ terms: ConversationTerms, by application: String, seeds: [SeedStatement] = [], at moment: Int64
    ) async throws(ConversationError) -> OpenedConversation {
        guard seeds.count <= Self.seedLimit else {
            throw .unfit("statements", "A conversation begins with at most \(Self.seedLimit) statements.")
        }
        let opened = OpenedConversation(id: .make(), moderator: .make(.moderator))
        let statements = try Self.statements(seeds, from: 0, in: terms, at: moment)
        try await write { [seal] session in
            let number = try ConversationRows.open(
                terms, id: opened.id, application: application, isOpen: true,
                linkKey: try ConversationKey.make(for: opened.id, with: seal, in: session), at: moment, in: session)
            try ConversationRows.addModerator(
                opened.moderator, named: "moderator", of: number, at: moment, in: session)
            for statement in statements { try Self.add(seed: statement, to: number, in: session) }
        }
        return opened
    }

    /// Puts further statements in, accepted already, in the name of whoever looks after the conversation.
    ///
    /// - Returns: their numbers.
    public func seed(
        _ seeds: [SeedStatement], into id: ConversationID, of application: String? = nil, by moderator: Overseer,
        at moment: Int64
    ) async throws(ConversationError) -> [Int] {
        guard seeds.count <= Self.seedLimit else {
            throw .unfit("statements", "At most \(Self.seedLimit) statements are put in at once.")
        }
        return try await write { session in
            let head = try ConversationRows.head(id, of: application, in: session)
            _ = try moderator.name(in: head.number, session)
            guard head.isOpen else { throw ConversationError.closedToStatements }
            let first = try StatementRows.nextNumber(in: head.number, session)
            let statements = try Self.statements(seeds, from: first, in: head.terms, at: moment)
            for statement in statements { try Self.add(seed: statement, to: head.number, in: session) }
            try ConversationRows.raiseRevision(head.number, in: session)
            return statements.map(\.number)
        }
    }

    private static func statements(
        _ seeds: [SeedStatement], from first: Int, in terms: ConversationTerms, at moment: Int64
    ) throws(ConversationError) -> [HeldStatement] {
        var statements: [HeldStatement] = []
        for seed in seeds {
            let language = try seed.language.map { tag throws(ConversationError) in try ConversationTerms.language(tag)
            }
            statements.append(
                HeldStatement(
                    number: first + statements.count, words: seed.text.words, language: language ?? terms.language,
                    author: nil, isSeed: true, standing: .accepted, at: moment))
        }
        return statements
    }

    private static func add(seed: HeldStatement, to conversation: Int64, in session: borrowing Session) throws {
        let form = StatementLikeness.fingerprint(of: seed.words)
        if let twin = try StatementRows.twin(of: form, in: conversation, session) {
            throw ConversationError.duplicate(of: twin)
        }
        try StatementRows.add(seed, form: form, vector: nil, model: nil, to: conversation, in: session)
    }

    /// The conversations of an application, or of all, the newest first.
    public func all(of application: String? = nil) async throws(ConversationError) -> [HeldConversation] {
        var all = try await read { session in try ConversationRows.all(of: application, in: session) }
        for place in all.indices { all[place].votes = try await living.voteCount(of: all[place], keeping: false) }
        return all
    }

    /// One conversation as it stands. That of another application is answered like one that isn't there.
    public func conversation(
        _ id: ConversationID, of application: String? = nil
    ) async throws(ConversationError) -> HeldConversation {
        var held = try await read { session in
            try ConversationRows.conversation(id, of: application, in: session)
        }
        held.votes = try await living.voteCount(of: held, keeping: true)
        return held
    }

    /// What holds in a conversation, without counting anything.
    public func terms(
        of id: ConversationID, of application: String? = nil
    ) async throws(ConversationError) -> ConversationTerms {
        try await read { session in try ConversationRows.head(id, of: application, in: session).terms }
    }

    /// Changes what holds in a conversation, closes it or opens it again.
    public func change(
        _ id: ConversationID, of application: String? = nil, by moderator: Overseer, isOpen: Bool? = nil,
        _ change: @escaping @Sendable (ConversationTerms) throws -> ConversationTerms = { $0 }
    ) async throws(ConversationError) {
        try await write { session in
            let head = try ConversationRows.head(id, of: application, in: session)
            _ = try moderator.name(in: head.number, session)
            try ConversationRows.change(
                head.number, to: try change(head.terms), isOpen: isOpen ?? head.isOpen, in: session)
        }
    }

    /// Makes another key of a moderator, with a name that stands beside their decisions.
    public func addModerator(
        named name: String, to id: ConversationID, of application: String? = nil, by moderator: Overseer,
        at moment: Int64
    ) async throws(ConversationError) -> ConversationSecret {
        try Overseer.check(name)
        let secret = ConversationSecret.make(.moderator)
        try await write { session in
            let head = try ConversationRows.head(id, of: application, in: session)
            _ = try moderator.name(in: head.number, session)
            try ConversationRows.addModerator(secret, named: name, of: head.number, at: moment, in: session)
        }
        return secret
    }

    /// Makes the keys of moderators of this name worth nothing. What they decided stands.
    ///
    /// - Returns: how many there were.
    public func removeModerators(
        named name: String, from id: ConversationID, of application: String? = nil, by moderator: Overseer
    ) async throws(ConversationError) -> Int {
        try await write { session in
            let head = try ConversationRows.head(id, of: application, in: session)
            _ = try moderator.name(in: head.number, session)
            return try session.run(
                "DELETE FROM deliberation_moderators WHERE conversation = ? AND name = ?", .integer(head.number),
                .text(name))
        }
    }

    // MARK: Votes

    /// Takes a vote. It is safe from a sudden end of the process once this returns; many that come at once share one
    /// transaction.
    ///
    /// A person's last vote on a statement counts; who says again what they said already changes nothing.
    @discardableResult
    public func cast(
        _ vote: NewVote, by secret: ConversationSecret, in id: ConversationID, of application: String? = nil,
        at moment: Int64
    ) async throws(ConversationError) -> VoteReceipt {
        let receipt = try await writer.cast(
            VoteWriter.Order(
                vote: vote, secret: secret, conversation: id, application: application, at: moment))
        living.heard(id)
        return receipt
    }

    /// What a participant said so far, by statement.
    public func votes(
        of secret: ConversationSecret, in id: ConversationID, of application: String? = nil
    ) async throws(ConversationError) -> [NewVote] {
        try await read { [seal] session in
            let head = try ConversationRows.head(id, of: application, in: session)
            let participant = try ConversationRows.participant(secret, of: head.number, in: session)
            var keys = ParticipantKeys(try ConversationKey(of: head, with: seal, in: session))
            guard let key = try keys.key(of: participant, session) else { throw ConversationError.notAParticipant }
            return try VoteRows.standing(of: key, in: head.number, session).map {
                NewVote(statement: $0.statement, stance: $0.stance, importance: $0.importance)
            }
        }
    }

    // MARK: Underneath

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (borrowing Session) throws -> Value
    ) async throws(ConversationError) -> Value {
        do { return try await store.read(body) } catch { throw ConversationError(any: error, path: store.path) }
    }

    @discardableResult
    func write<Value: Sendable>(
        _ body: @escaping @Sendable (borrowing Session) throws -> Value
    ) async throws(ConversationError) -> Value {
        do { return try await store.write(body) } catch { throw ConversationError(any: error, path: store.path) }
    }
}

/// Who looks after a conversation.
public enum Overseer: Sendable, Hashable {
    /// Whoever runs Trellis, at the machine itself. The name stands beside their decisions.
    case `operator`(name: String)
    /// Whoever shows the key of a moderator; nil where none was shown.
    case moderator(ConversationSecret?)

    func name(in conversation: Int64, _ session: borrowing Session) throws -> String {
        switch self {
        case .operator(let name):
            try Self.check(name)
            return name
        case .moderator(let secret): return try ConversationRows.moderator(secret, of: conversation, in: session)
        }
    }

    /// Makes sure that a name can stand beside decisions.
    static func check(_ name: String) throws(ConversationError) {
        guard (1...100).contains(name.utf8.count), PublicText.isShowable(name), !name.contains(where: \.isNewline)
        else { throw .unfit("name", "The name of a moderator is one line of 1 to 100 bytes, with something to read.") }
    }
}
