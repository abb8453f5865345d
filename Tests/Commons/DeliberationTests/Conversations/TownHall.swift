import Foundation
import Models
import Store

@testable import Deliberation

/// Conversations in a real database, in a folder that is gone afterwards.
final class TownHall: Sendable {
    static let now: Int64 = 1_790_000_000_000
    let path: String
    let store: DataStore
    let seal: Seal
    let conversations: ConversationStore

    /// - Parameters:
    ///   - beside: another hall, to be a second server on the same database.
    ///   - older: a database that an older Trellis made, in a folder of its own.
    init(
        beside other: TownHall? = nil, older: String? = nil, embedder: (model: any Embedder, name: String)? = nil
    ) throws {
        path =
            other?.path ?? older
            ?? FileManager.default.temporaryDirectory.appendingPathComponent("hall-\(UUID().uuidString)/hall.sqlite")
            .path
        store = try DataStore(path: path, migrations: ConversationsMigrations.all + Seal.migrations)
        seal = try Self.seal(store)
        conversations = ConversationStore(store: store, seal: seal, embedder: embedder)
    }

    static func seal(_ store: DataStore) throws -> Seal {
        try Seal(
            store: store,
            keyEncryptionKey: KeyEncryptionKey(text: String(repeating: "7a", count: 32), source: "the test"))
    }

    func close() {
        try? store.close()
        try? FileManager.default.removeItem(at: URL(fileURLWithPath: path).deletingLastPathComponent())
    }

    /// A conversation with some statements.
    func open(
        _ statements: [String] = ["Open on Sundays.", "No cars.", "Benches in the shade."],
        ways: Set<JoiningWay> = [.invitation], importance: Bool = false, strict: Bool = false, bits: Int = 12
    ) async throws -> OpenedConversation {
        try await conversations.open(
            ConversationTerms(
                topic: "Our square", ways: ways, takesImportance: importance, isStrict: strict, proofBits: bits),
            by: "town", seeds: try statements.map { SeedStatement(try StatementText($0)) }, at: Self.now)
    }

    /// People who were invited.
    func invited(_ count: Int, to opened: OpenedConversation) async throws -> [JoinedParticipant] {
        var joined: [JoinedParticipant] = []
        let codes = try await conversations.invite(count, to: opened.id, by: .moderator(opened.moderator))
        for code in codes { joined.append(try await conversations.join(opened.id, with: code)) }
        return joined
    }

    @discardableResult
    func vote(
        _ stance: Stance, on statement: Int, by person: JoinedParticipant, in opened: OpenedConversation,
        importance: Importance? = nil
    ) async throws -> VoteReceipt {
        try await conversations.cast(
            NewVote(statement: statement, stance: stance, importance: importance), by: person.secret, in: opened.id,
            at: Self.now)
    }

    /// Every vote of a conversation that can be opened, in the order in which they came.
    func events(_ opened: OpenedConversation) throws -> [VoteRows.Kept] {
        try store.read { session in
            var keys = try self.keys(opened, session)
            return try VoteRows.events(after: 0, &keys, session)
        }
    }

    /// The votes that count.
    func standing(_ opened: OpenedConversation) throws -> [VoteRows.Kept] {
        try store.read { session in
            var keys = try self.keys(opened, session)
            return try VoteRows.standing(&keys, session)
        }
    }

    private func keys(_ opened: OpenedConversation, _ session: borrowing Session) throws -> ParticipantKeys {
        ParticipantKeys(
            try ConversationKey(
                of: ConversationRows.head(opened.id, of: nil, in: session), with: seal, in: session))
    }

    /// Whether some bytes are anywhere in the database's file or its log.
    func holds(_ bytes: [UInt8]) throws -> Bool {
        try [path, path + "-wal"].contains { path in
            guard FileManager.default.fileExists(atPath: path) else { return false }
            return try Data(contentsOf: URL(fileURLWithPath: path)).range(of: Data(bytes)) != nil
        }
    }

    func rows(_ sql: String) throws -> [SQLRow] { try store.read { session in try session.rows(sql) } }
}

/// Runs some work in a hall of its own.
func inTownHall(
    embedder: (model: any Embedder, name: String)? = nil, _ work: (TownHall) async throws -> Void
) async throws {
    let hall = try TownHall(embedder: embedder)
    defer { hall.close() }
    try await work(hall)
}
