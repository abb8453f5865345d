public import Consents
public import Counsel
import Deliberation
import Foundation
public import Logging
public import Memory
public import Store

/// What Trellis keeps between starts, in one folder: the store, the journal of receipts, and the keys that seal what
/// a person may erase.
///
/// | file | holds |
/// |---|---|
/// | `trellis.sqlite` | receipts, briefs, consents, what people want remembered (sealed), conversations, API keys (as digests), wrapped keys |
/// | `trellis.sqlite-mark` | a number that tells other processes that something changed; needs no backup |
/// | `journal/` | receipts on their way into the store |
/// | `heard/` | what was said and is still to be read for what is worth remembering (sealed) |
/// | `charters/` | parents of charters that came over the network, by fingerprint |
/// | `keys/kek` | the key-encryption key, unless `TRELLIS_KEK` or `TRELLIS_KEK_FILE` names another |
public struct KeptThings: Sendable {
    /// The tables of every room that keeps something here.
    public static let migrations =
        CounselMigrations.all + ConsentsMigrations.all + MemoryMigrations.all + ConversationsMigrations.all
        + gatewayMigrations + Seal.migrations

    /// The store.
    public let store: DataStore
    /// What seals what a person may erase.
    let seal: Seal
    /// Where receipts wait for the store.
    public let journal: Journal
    /// The receipts.
    public let ledger: ReceiptLedger
    /// Who consented to what guidance.
    public let consents: ConsentLedger
    /// What turns a person's name into a pseudonym.
    public let pseudonyms: Pseudonyms
    /// What each person wishes for themselves.
    public let wishes: WishesStore
    /// What each person granted of their memory.
    public let grants: GrantLedger
    /// What people want remembered.
    public let memories: MemoryStore
    /// Where what was said waits to be read for what is to be remembered.
    public let heard: Journal

    /// Erases all that is kept of one person.
    public var erasure: PersonErasure {
        PersonErasure(receipts: ledger, consents: consents, wishes: wishes, memories: memories)
    }

    /// The path of the store in a data folder.
    public static func storePath(in folder: String) -> String { "\(folder)/trellis.sqlite" }
    /// The path of the journal in a data folder.
    public static func journalPath(in folder: String) -> String { "\(folder)/journal" }

    /// Opens everything in `folder`, making what is missing.
    ///
    /// - Throws: ``GatewayStartFailure`` with what to do.
    public init(folder: String, environment: [String: String], logger: Logger) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw GatewayStartFailure(
                "the data folder \(folder) can't be made: check the permissions of the folder above it, or choose another "
                    + "with --data")
        }
        do {
            store = try DataStore(path: Self.storePath(in: folder), migrations: Self.migrations)
            journal = try Journal(directory: Self.journalPath(in: folder))
            heard = try Journal(directory: "\(folder)/heard")
            seal = try Seal(
                store: store, keyEncryptionKey: Self.keyEncryptionKey(folder, environment, of: store))
            ledger = ReceiptLedger(store: store, journal: journal, seal: seal, logger: logger)
            consents = ConsentLedger(store: store, logger: logger, clock: { Moment.now().wall })
            pseudonyms = Pseudonyms(secret: seal.secret(named: "pseudonyms"))
            wishes = WishesStore(store: store, seal: seal)
            grants = GrantLedger(store: store, logger: logger)
            memories = MemoryStore(store: store, seal: seal, grants: grants, logger: logger)
        } catch {
            throw GatewayStartFailure("\(error)")
        }
    }

    /// Where the key-encryption key comes from.
    public enum KeySource: Hashable, Sendable {
        /// The variable `TRELLIS_KEK` holds it.
        case variable(text: String)
        /// The file that `TRELLIS_KEK_FILE` names holds it.
        case file(path: String)
        /// Trellis keeps it beside the store.
        case kept(path: String)

        /// Where it comes from, in words.
        public var name: String {
            switch self {
            case .variable: "the variable TRELLIS_KEK"
            case .file(let path): "\(path), which TRELLIS_KEK_FILE names"
            case .kept(let path): path
            }
        }
    }

    /// Where the key-encryption key of a data folder comes from.
    public static func keySource(_ folder: String, _ environment: [String: String]) -> KeySource {
        if let text = environment["TRELLIS_KEK"], !text.isEmpty { return .variable(text: text) }
        if let path = environment["TRELLIS_KEK_FILE"], !path.isEmpty { return .file(path: path) }
        return .kept(path: keptKeyPath(in: folder))
    }

    /// Where Trellis keeps the key-encryption key of a data folder, if nobody else does.
    public static func keptKeyPath(in folder: String) -> String { "\(folder)/keys/kek" }

    /// The key-encryption key of a store: from the environment, from a file that it names, or kept beside the store.
    ///
    /// One that is kept is made for a store that has no keys yet, and never in the place of one that was lost; a change
    /// of it that was cut short is completed. For a store that is open for reading only nothing is made or changed.
    public static func keyEncryptionKey(
        _ folder: String, _ environment: [String: String], of store: DataStore
    ) throws(SealError) -> KeyEncryptionKey {
        switch keySource(folder, environment) {
        case .variable(let text): try KeyEncryptionKey(text: text, source: "TRELLIS_KEK")
        case .file(let path): try KeyEncryptionKey(file: path)
        case .kept(let path): try KeyEncryptionKey(keptAt: path, of: store)
        }
    }
}
